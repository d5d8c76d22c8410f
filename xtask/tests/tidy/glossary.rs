//! The glossary and the code speak of the same things.
//!
//! In the first column of its tables, `code` is an identifier that exists in the code; a plain word is kept for
//! the day when it comes. Every public type of `domain` has its row, errors apart.

use crate::tree::{File, assert_none, files};

const GLOSSARY: &str = "docs/glossary.md";

fn breaches(files: &[File]) -> Vec<String> {
    let Some(glossary) = files.iter().find(|file| file.path == GLOSSARY) else {
        return vec![format!("{GLOSSARY} is missing")];
    };
    let rust: Vec<&File> =
        files.iter().filter(|file| file.path.starts_with("crates/") && file.is("rs")).collect();
    let named = identifiers(&glossary.text);
    let mut found: Vec<String> = named
        .iter()
        .filter(|name| !rust.iter().any(|file| speaks_of(file, name)))
        .map(|name| format!("{GLOSSARY}: `{name}` is not in the code"))
        .collect();
    for file in rust.iter().filter(|file| file.path.starts_with("crates/domain/src/")) {
        for name in public_types(file).filter(|name| !named.contains(name)) {
            found.push(format!("{}: `{name}` is not in the glossary", file.path));
        }
    }
    found
}

/// What stands in back-ticks in the first column of the tables.
fn identifiers(glossary: &str) -> Vec<&str> {
    glossary
        .lines()
        .filter_map(|line| line.strip_prefix('|')?.split_once('|'))
        .flat_map(|(first, _)| first.split('`').skip(1).step_by(2))
        .collect()
}

/// Whether the code of a file speaks of `Name`, or for `Type::Name` of both.
fn speaks_of(file: &File, name: &str) -> bool {
    name.split("::").all(|part| file.code_lines().any(|(_, line)| words(line).any(|word| word == part)))
}

/// The public structs and enums of a file, those that `vocabulary!` declares included and errors left out.
fn public_types(file: &File) -> impl Iterator<Item = &str> {
    let mut in_vocabulary = false;
    let mut is_error = false;
    file.code_lines().filter_map(move |(_, line)| {
        let line = line.trim();
        if line.starts_with("vocabulary!") {
            in_vocabulary = true;
            return None;
        }
        if line.starts_with("#[") {
            is_error |= line.contains("thiserror::Error");
            return None;
        }
        let declared = if in_vocabulary {
            line.strip_suffix(" {")
        } else {
            let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
            // Inside a macro the name is still a `$name`.
            rest.and_then(|rest| words(rest).next()).filter(|name| name.starts_with(char::is_uppercase))
        };
        in_vocabulary &= declared.is_none();
        declared.filter(|_| !std::mem::take(&mut is_error))
    })
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

#[test]
fn a_word_without_code_and_a_type_without_word_are_seen() {
    let glossary = "\
| English | Turkish |
|---|---|
| `Enrolment` | öğrencilik |
| `Status`, `Status::OnLeave` | izinli |
| `Status::Gone` | - |
| `Person` | kişi |
| Petition | dilekçe |
";
    let code = "\
vocabulary! {
    /// Where a Person stands.
    Status {
        OnLeave => \"on_leave\",
    }
}
pub struct Enrolment {}
pub struct Mark(u8);
struct Private;
#[derive(Debug, thiserror::Error)]
#[error(\"refused\")]
pub struct Refused;
vocabulary! {
    Level {
    }
}
";
    let files = [File::new(GLOSSARY, glossary), File::new("crates/domain/src/lib.rs", code)];
    assert_eq!(
        breaches(&files),
        [
            "docs/glossary.md: `Status::Gone` is not in the code",
            "docs/glossary.md: `Person` is not in the code",
            "crates/domain/src/lib.rs: `Mark` is not in the glossary",
            "crates/domain/src/lib.rs: `Level` is not in the glossary",
        ]
    );
}

#[test]
fn the_glossary_and_the_code_agree() {
    assert_none(&breaches(&files()));
}
