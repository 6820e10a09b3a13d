//! Embeds the web pages anew when their folder changes: the compiler alone sees only the files that it has read.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../web/dist");
}
