//! `cargo xtask new`: the skeleton of a kind, ready to compile and to print.

use std::{fs, path::Path, process::Command};

use crate::Failure;

/// The list of document kinds, from the root of the repository.
const LIST: &str = "crates/catalogue/src/documents/mod.rs";

/// The files of a document kind with their skeletons.
const FILES: &[(&str, &str)] = &[
    ("mod.rs", include_str!("new/mod.rs.in")),
    ("data.rs", include_str!("new/data.rs.in")),
    ("compose.rs", include_str!("new/compose.rs.in")),
    ("rules.rs", include_str!("new/rules.rs.in")),
    ("cases.toml", include_str!("new/cases.toml.in")),
    ("paper.typ", include_str!("new/paper.typ.in")),
    ("samples.rs", include_str!("new/samples.rs.in")),
    ("tr.ftl", include_str!("new/tr.ftl.in")),
    ("en.ftl", include_str!("new/en.ftl.in")),
];

/// What the counter calls the kind and says about it, with the files that these words are added to.
const WORDS: &[(&str, &str)] = &[
    ("crates/web/texts/tr/documents.ftl", include_str!("new/counter.tr.ftl.in")),
    ("crates/web/texts/en/documents.ftl", include_str!("new/counter.en.ftl.in")),
];

/// Makes the folder of a document kind, adds its line to the list of kinds, and its words to the counter's.
pub(crate) fn document(key: &str, title_tr: &str, title_en: &str) -> Result<(), Failure> {
    if !is_key(key) {
        return Err(format!("`{key}`: a kind's name is small ASCII words joined by _").into());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let list = root.join(LIST);
    let folder = list.with_file_name(key);
    if folder.exists() {
        return Err(format!("{} is already there", folder.display()).into());
    }
    let with_kind = with_kind(&fs::read_to_string(&list)?, key)
        .ok_or_else(|| format!("{LIST} does not look as expected; add `{key}::KIND` by hand"))?;
    fs::create_dir(&folder)?;
    for (name, skeleton) in FILES {
        fs::write(folder.join(name), fill(skeleton, key, title_tr, title_en))?;
        println!("crates/catalogue/src/documents/{key}/{name}");
    }
    fs::write(list, with_kind)?;
    println!("{LIST}");
    for (path, skeleton) in WORDS {
        let words = fs::read_to_string(root.join(path))?;
        let more = fill(skeleton, key, title_tr, title_en);
        fs::write(root.join(path), format!("{}\n\n{more}", words.trim_end()))?;
        println!("{path}");
    }
    Command::new("cargo").args(["fmt", "--package", "catalogue"]).current_dir(root).status()?;
    println!("\nWhat is left to do: docs/recipes/add-a-document.md");
    Ok(())
}

fn is_key(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_lowercase())
        && key.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

/// The list with the kind's module and, behind the others, its line.
fn with_kind(list: &str, key: &str) -> Option<String> {
    let (before, kinds) = list.split_once("pub const KINDS: &[Kind] = &[")?;
    let (kinds, after) = kinds.split_once("];")?;
    let kinds = kinds.trim_end().trim_end_matches(',');
    let (head, modules) = before.split_once("pub mod ")?;
    Some(format!(
        "{head}pub mod {key};\npub mod {modules}pub const KINDS: &[Kind] = &[{kinds}, {key}::KIND];{after}"
    ))
}

fn fill(skeleton: &str, key: &str, title_tr: &str, title_en: &str) -> String {
    skeleton
        .replace("@KEY@", key)
        .replace("@CODE@", &key.replace('_', "-"))
        .replace("@TYPE@", &type_name(key))
        .replace("@TR@", title_tr)
        .replace("@EN@", title_en)
        .replace("@TR_CAPITALS@", &turkish_capitals(title_tr))
        .replace("@EN_CAPITALS@", &capitals(title_en))
}

/// `leave_certificate` as `LeaveCertificate`.
fn type_name(key: &str) -> String {
    key.split('_')
        .flat_map(|word| word.split_at_checked(1))
        .fold(String::new(), |name, (first, rest)| name + &first.to_ascii_uppercase() + rest)
}

fn turkish_capitals(text: &str) -> String {
    capitals(&text.replace('i', "İ"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the Turkish i is dealt with before; xtask imports no crate of the product"
)]
fn capitals(text: &str) -> String {
    text.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAT: &str = "pub mod common;\n\npub const KINDS: &[Kind] = &[a::KIND, b::KIND];\n\nrest();\n";

    #[test]
    fn a_kind_is_one_module_and_one_line() {
        let expected = "pub mod c;\npub mod common;\n\npub const KINDS: &[Kind] = &[a::KIND, b::KIND, c::KIND];\n\nrest();\n";
        assert_eq!(with_kind(FLAT, "c").as_deref(), Some(expected));
        let broken = FLAT.replace("[a::KIND, b::KIND]", "[\n    a::KIND,\n    b::KIND,\n]");
        let twice = with_kind(&broken, "c").expect("the list is found");
        assert!(twice.contains("b::KIND, c::KIND];"), "{twice}");
        assert_eq!(with_kind("no list", "c"), None);
    }

    #[test]
    fn the_real_list_takes_a_kind() {
        let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(LIST);
        let list = fs::read_to_string(list).expect("the list of kinds");
        assert!(with_kind(&list, "leave_certificate").is_some());
    }

    #[test]
    fn names_and_titles_are_filled_in() {
        let filled = fill(
            "@KEY@ @CODE@ @TYPE@ @TR_CAPITALS@ @EN_CAPITALS@",
            "leave_certificate",
            "Kayıt İlişiği",
            "Leave In",
        );
        assert_eq!(filled, "leave_certificate leave-certificate LeaveCertificate KAYIT İLİŞİĞİ LEAVE IN");
        for (name, skeleton) in FILES.iter().chain(WORDS) {
            assert!(!fill(skeleton, "a", "b", "c").contains('@'), "{name}");
        }
    }

    #[test]
    fn a_key_is_small_ascii() {
        assert!(is_key("leave_certificate"));
        for wrong in ["", "Leave", "izin-belgesi", "öğrenci", "../x", "_x"] {
            assert!(!is_key(wrong), "{wrong}");
        }
    }
}
