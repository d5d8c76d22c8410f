//! Words that do not belong into the repository, put together here so that this file does not hold them either.

use crate::tree::{File, assert_none, files};

/// Anywhere: paths of somebody's machine, and registries that an installation need not know.
const ANYWHERE: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("crates", ".io"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("pypi", ".org"),
    concat!("deb.debian", ".org"),
    // Plans that are not in the repository; what is needed of them stands in ARCHITECTURE.md and docs/.
    concat!("duties", ".md"),
    concat!("architecture", ".md"),
    concat!("stack", ".md"),
];

/// In what is compiled or shown: marks of work that is not done, and tests that are not run.
const IN_SOURCES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("#[ign", "ore")];

const SOURCES: &[&str] = &["rs", "toml", "typ", "ftl", "html", "css", "js", "sql", "sh"];

/// Copied from elsewhere, and kept as it came.
fn is_foreign(path: &str) -> bool {
    path == "Cargo.lock" || path.contains("/vendor/")
}

fn breaches(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| !is_foreign(&file.path)) {
        let in_sources = if SOURCES.iter().any(|kind| file.is(kind)) { IN_SOURCES } else { &[] };
        for (number, line) in file.lines() {
            for word in ANYWHERE.iter().chain(in_sources).filter(|word| line.contains(**word)) {
                found.push(format!("{}:{number}: {word}", file.path));
            }
        }
    }
    found
}

#[test]
fn a_path_of_a_machine_and_unfinished_work_are_seen() {
    let unfinished = concat!("// TO", "DO: later");
    let files = [
        File::new("docs/a.md", concat!("see /ho", "me/ayse/notes")),
        File::new("crates/a/src/lib.rs", unfinished),
        File::new("docs/b.md", unfinished),
        File::new("Cargo.lock", concat!("https://crates", ".io")),
    ];
    assert_eq!(
        breaches(&files),
        [concat!("docs/a.md:1: /ho", "me/"), concat!("crates/a/src/lib.rs:1: TO", "DO")]
    );
}

#[test]
fn no_word_is_out_of_place() {
    assert_none(&breaches(&files()));
}
