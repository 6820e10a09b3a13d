//! Region coverage of source files, from a binary and the profiles of its runs.
//!
//! ```text
//! kith-fuzz-coverage ROOT BINARY PROFILE...
//! ```
//! Prints a line for each source file below ROOT that has code in the binary: the path from ROOT, regions that ran, all
//! regions, lines on which a region begins that ran, all lines on which one begins; then the lines of regions that did
//! not run, with tabs between. Only code that the compiler kept a map of is counted: generic code that nobody uses has
//! none.

use llvm_profparser::{CoverageMapping, merge_profiles};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(root), Some(binary)) = (args.next(), args.next()) else {
        return Err("usage: kith-fuzz-coverage ROOT BINARY PROFILE...".into());
    };
    let profile = merge_profiles(&args.collect::<Vec<_>>())?;
    let binaries = [binary];
    let report = CoverageMapping::new(&binaries, &profile, true)?.generate_report()?;
    for (path, result) in &report.files {
        let Ok(path) = path.strip_prefix(&root) else { continue };
        let ran = result.hits.values().filter(|hits| **hits > 0).count();
        let mut lines: BTreeMap<usize, bool> = BTreeMap::new();
        for (region, hits) in &result.hits {
            *lines.entry(region.line_start).or_default() |= *hits > 0;
        }
        let covered = lines.values().filter(|ran| **ran).count();
        let missed: BTreeSet<_> =
            result.hits.iter().filter(|(_, hits)| **hits == 0).map(|(region, _)| region.line_start).collect();
        let missed: Vec<_> = missed.iter().map(usize::to_string).collect();
        println!(
            "{}\t{ran}\t{}\t{covered}\t{}\t{}",
            path.display(),
            result.hits.len(),
            lines.len(),
            missed.join(",")
        );
    }
    Ok(())
}
