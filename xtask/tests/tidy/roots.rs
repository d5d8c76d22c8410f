//! Every crate begins with what it is and what it must never contain.

use crate::tree::{File, assert_none, files};

fn breaches(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| is_root(&file.path) && !file.text.starts_with("//!"))
        .map(|file| format!("{}: does not begin with `//!`", file.path))
        .collect()
}

fn is_root(path: &str) -> bool {
    path.ends_with("/src/lib.rs")
        || path.ends_with("/src/main.rs")
        || path.ends_with("/main.rs") && path.contains("/tests/")
}

#[test]
fn a_silent_crate_is_seen() {
    let files = [
        File::new("crates/a/src/lib.rs", "mod b;\n"),
        File::new("crates/b/src/main.rs", "//! What it is.\n"),
        File::new("crates/b/src/other.rs", ""),
    ];
    assert_eq!(breaches(&files), ["crates/a/src/lib.rs: does not begin with `//!`"]);
}

#[test]
fn every_crate_says_what_it_is() {
    assert_none(&breaches(&files()));
}
