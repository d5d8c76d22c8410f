use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::*;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

fn keys(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    OWN.iter()
        .filter(|source| source.lang == lang)
        .flat_map(|source| keys_of(source.text).map(|key| (key, source.name)))
        .collect()
}

/// The names of the `{ $places }` of every message.
fn places(lang: Lang) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in OWN.iter().filter(|source| source.lang == lang) {
        let mut key = "";
        for line in source.text.lines() {
            key = keys_of(line).next().unwrap_or(key);
            for piece in line.split('$').skip(1) {
                let end = piece.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(piece.len());
                found.entry(key).or_default().insert(&piece[..end]);
            }
        }
    }
    found
}

/// Everything between double quotes in the templates and sources of this crate.
fn quoted() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let sources = files(&here().join("src"), ".rs").into_iter();
    for path in sources.chain(files(&here().join("templates"), ".html")) {
        let text = std::fs::read_to_string(&path).expect("source");
        found.extend(text.split('"').filter(|piece| piece.len() < 80).map(str::to_owned));
    }
    found
}

fn first_arguments(call: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let sources = files(&here().join("src"), ".rs").into_iter();
    for path in sources.chain(files(&here().join("templates"), ".html")) {
        let text = std::fs::read_to_string(&path).expect("source");
        for piece in text.split(&format!("{call}(\"")).skip(1) {
            if let Some((key, _)) = piece.split_once('"') {
                found.insert(key.to_owned(), path.display().to_string());
            }
        }
    }
    found
}

#[test]
fn every_file_is_in_the_list() {
    for lang in Lang::ALL {
        let on_disk: BTreeSet<String> = files(&here().join("texts").join(lang.code()), ".ftl")
            .iter()
            .filter_map(|path| path.strip_prefix(here()).ok())
            .map(|path| path.display().to_string())
            .collect();
        let listed: BTreeSet<String> =
            OWN.iter().filter(|s| s.lang == lang).map(|s| s.name.to_owned()).collect();
        assert_eq!(on_disk, listed);
    }
}

#[test]
fn both_languages_have_the_same_keys_and_places() {
    let languages = Languages::load(&[]).expect("texts");
    assert_eq!(keys(Lang::Tr).keys().collect::<Vec<_>>(), keys(Lang::En).keys().collect::<Vec<_>>());
    let (tr, en) = (places(Lang::Tr), places(Lang::En));
    let none = BTreeSet::new();
    for (key, file) in keys(Lang::Tr) {
        let (tr, en) = (tr.get(key).unwrap_or(&none), en.get(key).unwrap_or(&none));
        // `$n` may choose a plural form in one language alone.
        let mut differing: Vec<_> = tr.symmetric_difference(en).copied().collect();
        differing.retain(|name| *name != "n");
        assert!(differing.is_empty(), "{file}: {key}: {differing:?}");
        for lang in Lang::ALL {
            assert!(languages.of(lang).has(key), "{key}");
        }
    }
}

#[test]
fn no_key_is_unused_and_none_is_missing() {
    let quoted = quoted();
    let groups = first_arguments(".variant");
    // Keys put together at run time: "error-{}-text".
    let made: Vec<&str> = quoted
        .iter()
        .filter_map(|piece| Some(piece.split_once('{')?.0).filter(|start| start.ends_with('-')))
        .collect();
    for (key, file) in keys(Lang::Tr) {
        let used = quoted.contains(key)
            || made.iter().any(|start| key.starts_with(start))
            || groups.keys().any(|group| key.starts_with(&format!("{group}-")));
        assert!(used, "{file}: “{key}” is not used by any page");
    }
    let known = keys(Lang::Tr);
    for call in ["t.get", "t.fmt", "t.count"] {
        for (key, file) in first_arguments(call) {
            assert!(
                known.contains_key(key.as_str()) || file.ends_with("tests.rs"),
                "{file}: “{key}” has no text"
            );
        }
    }
}

#[test]
fn plain_filled_and_counted_texts() {
    let source = |lang, text| Source { lang, name: "probe.ftl", text };
    let tr = Texts::from_sources(
        Lang::Tr,
        &[
            source(
                Lang::Tr,
                "selam = Merhaba { $ad }\nkayit-sayisi = { $n } kayıt\nduz = İŞLEM\nrol-memur = Memur\n",
            ),
            source(Lang::En, "duz = ACT\n"),
        ],
    )
    .expect("texts");
    assert_eq!(tr.get("duz"), "İŞLEM");
    assert_eq!(tr.fmt("selam", &[("ad", "Işıl")]), "Merhaba Işıl");
    assert_eq!(tr.count("kayit-sayisi", 770_037), "770.037 kayıt");
    assert_eq!(tr.count("kayit-sayisi", 12), "12 kayıt");
    assert_eq!(tr.variant("rol", "memur"), "Memur");
    assert_eq!(tr.missing(), Vec::<String>::new());

    let en = Texts::from_sources(
        Lang::En,
        &[source(Lang::En, "n-rows = { $n ->\n    [one] One row\n   *[other] { $n } rows\n  }\n")],
    )
    .expect("texts");
    assert_eq!(en.count("n-rows", 1), "One row");
    assert_eq!(en.count("n-rows", 20_000), "20,000 rows");
}

#[test]
fn what_is_missing_is_shown_as_its_key_and_remembered() {
    let t = Texts::from_sources(Lang::Tr, &[]).expect("texts");
    assert_eq!(t.get("yok"), "yok");
    assert_eq!(t.fmt("o-da-yok", &[]), "o-da-yok");
    assert_eq!(t.variant("rol", "yok"), "");
    assert_eq!(t.missing(), ["o-da-yok", "rol-yok", "yok"]);
}

#[test]
fn a_bad_file_is_named() {
    let source = |name, text| Source { lang: Lang::Tr, name, text };
    let twice = Texts::from_sources(Lang::Tr, &[source("a.ftl", "x = 1\n"), source("b.ftl", "x = 2\n")]);
    assert_eq!(twice.err(), Some(TextError::Twice { file: "b.ftl".into(), key: "x".into() }));
    let broken = Texts::from_sources(Lang::Tr, &[source("c.ftl", "x = { $\n")]);
    assert!(matches!(broken.err(), Some(TextError::Syntax { file, .. }) if file == "c.ftl"));
}
