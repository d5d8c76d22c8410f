//! Decision records: `docs/decisions/NNN-title.md`, numbered without a gap, each with status, context and decision.

use crate::tree::{File, assert_none, files};

const FOLDER: &str = "docs/decisions/";
const SECTIONS: &[&str] = &["## Context", "## Decision"];

fn breaches(files: &[File]) -> Vec<String> {
    let mut records: Vec<(&str, &File)> =
        files.iter().filter_map(|file| Some((file.path.strip_prefix(FOLDER)?, file))).collect();
    records.sort_by_key(|(name, _)| *name);
    let mut found = Vec::new();
    for (number, (name, file)) in (1..).zip(records) {
        let expected = format!("{number:03}-");
        if !name.starts_with(&expected) || !file.is("md") {
            found.push(format!("{}: expected {expected}title.md", file.path));
        }
        if !file.text.starts_with("# ") {
            found.push(format!("{}: no title in the first line", file.path));
        }
        if !file.text.lines().any(|line| line.starts_with("Status: ")) {
            found.push(format!("{}: no line `Status: ..`", file.path));
        }
        for section in SECTIONS {
            if !file.text.lines().any(|line| line.trim_end() == *section) {
                found.push(format!("{}: no section `{section}`", file.path));
            }
        }
    }
    found
}

#[test]
fn a_gap_and_a_missing_section_are_seen() {
    let whole = "# 001 One\n\nStatus: accepted.\n\n## Context\n\n## Decision\n";
    let files = [
        File::new("docs/decisions/003-three.md", "Three\n## Decision\n"),
        File::new("docs/decisions/001-one.md", whole),
    ];
    assert_eq!(
        breaches(&files),
        [
            "docs/decisions/003-three.md: expected 002-title.md",
            "docs/decisions/003-three.md: no title in the first line",
            "docs/decisions/003-three.md: no line `Status: ..`",
            "docs/decisions/003-three.md: no section `## Context`",
        ]
    );
}

#[test]
fn every_decision_is_numbered_and_whole() {
    assert_none(&breaches(&files()));
}
