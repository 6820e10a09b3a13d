//! The web lock file names packages and hashes, and no registry's host: whoever builds chooses where packages come from.

use super::{File, Finding};

/// The lock file.
const PATH: &str = "web/package-lock.json";

/// Looks for addresses that packages were fetched from.
pub(super) fn check(file: &File) -> Vec<Finding> {
    if !file.path.ends_with(PATH) {
        return Vec::new();
    }
    let named = file.lines().filter(|(_, text)| text.contains("\"resolved\"") && text.contains("://"));
    named.map(|(line, _)| file.finding(line, "names a registry; keep 'omit-lockfile-registry-resolved' set")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_the_lock_file_is_found() {
        let resolved = "{\n\"resolved\": \"https://registry.test/ws.tgz\"\n}";
        assert_eq!(check(&File::of(PATH, resolved)).len(), 1);
        assert!(check(&File::of(PATH, "{ \"integrity\": \"sha512-x\" }")).is_empty());
    }
}
