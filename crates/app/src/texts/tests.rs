use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::{Command, CommandFactory};
use services::{
    backup::Damage,
    records::{ColumnFormat, Expected, Problem, RecordsFile, columns_of},
    verify,
};

use super::*;
use crate::wording::{self, usage};

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

/// The console's keys with the names of their places.
fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in CONSOLE.iter().filter(|source| source.lang == lang) {
        let mut key = String::new();
        for line in source.text.lines() {
            if let Some((name, _)) = line.split_once(" =")
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                name.clone_into(&mut key);
                found.entry(key.clone()).or_default();
            }
            for piece in line.split('$').skip(1) {
                let end = piece.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(piece.len());
                found.entry(key.clone()).or_default().insert(piece[..end].to_owned());
            }
        }
    }
    found
}

/// Every situation that must have a sentence, with the names of its values.
fn situations() -> Vec<(String, Vec<&'static str>)> {
    let mut out = Vec::new();
    for (prefix, list) in [
        ("fault", Problem::SITUATIONS),
        ("expected", Expected::SITUATIONS),
        ("found", verify::Fault::SITUATIONS),
        ("place", verify::Place::KINDS),
        ("damage", Damage::SITUATIONS),
        ("address", storage::AddressFault::SITUATIONS),
    ] {
        out.extend(list.iter().map(|(code, values)| (format!("{prefix}-{code}"), values.to_vec())));
    }
    out.extend(
        ["reading", "checking", "comparing", "applying"].map(|p| (format!("phase-{p}"), vec!["file"])),
    );
    out.extend(
        ["root-altered", "history-rewritten"].map(|c| (format!("found-{c}-run"), vec!["until", "days"])),
    );
    out
}

/// Every key that help asks for.
fn help_keys(command: &Command, path: &str, out: &mut BTreeSet<String>) {
    let path = if path == "help" { "help-command" } else { path };
    out.extend([format!("help-{path}"), "help-help".to_owned(), "help-version".to_owned()]);
    out.extend(command.get_arguments().map(|arg| format!("help-{path}-{}", arg.get_id())));
    for below in command.get_subcommands() {
        let name = below.get_name();
        let path = if path == "kunye" { name.to_owned() } else { format!("{path}-{name}") };
        help_keys(below, &path, out);
    }
}

fn is_turkish(text: &str) -> bool {
    text.replace("Künye", "")
        .replace("ÖSYM", "")
        .replace("YÖKSİS", "")
        .contains(['ç', 'ğ', 'ı', 'ö', 'ş', 'ü', 'Ç', 'Ğ', 'İ', 'Ö', 'Ş', 'Ü'])
}

#[test]
fn both_languages_are_read_and_have_the_same_keys_and_places() {
    for lang in Lang::ALL {
        assert_eq!(read(lang).err(), None);
        let on_disk = files(&here().join("texts").join(lang.code()), ".ftl").len();
        assert_eq!(on_disk, CONSOLE.iter().filter(|s| s.lang == lang).count(), "a file is not in the list");
    }
    assert_eq!(keys(Lang::Tr), keys(Lang::En));
    for source in CONSOLE.iter().filter(|source| source.lang == Lang::En) {
        let turkish: Vec<&str> = source.text.lines().filter(|line| is_turkish(line)).collect();
        assert!(turkish.is_empty(), "{}: {turkish:?}", source.name);
    }
}

#[test]
fn every_situation_has_a_sentence_in_both_languages() {
    for lang in Lang::ALL {
        let t = of(lang);
        for (key, values) in situations() {
            assert!(t.has(&key), "{lang:?}: {key} has no sentence");
            let args: Vec<(&str, &str)> = values.iter().map(|name| (*name, "…")).collect();
            let said = t.fmt(&key, &args);
            // A place that no value fills stays as it stands in the file.
            assert!(!said.is_empty() && !said.contains('$'), "{lang:?}: {key}: {said}");
        }
    }
    for (key, places) in keys(Lang::Tr) {
        let Some((_, values)) = situations().into_iter().find(|(known, _)| *known == key) else { continue };
        let strange: Vec<_> = places.iter().filter(|name| !values.contains(&name.as_str())).collect();
        assert!(strange.is_empty(), "{key} has no value {strange:?}");
    }
}

#[test]
fn no_key_is_unused_and_none_is_missing() {
    let mut used: BTreeSet<String> = situations().into_iter().map(|(key, _)| key).collect();
    help_keys(&crate::commands::Cli::command(), "kunye", &mut used);
    let mut sources = String::new();
    for path in files(&here().join("src"), ".rs") {
        if !path.ends_with("texts/tests.rs") {
            sources.push_str(&std::fs::read_to_string(path).expect("source"));
        }
    }
    let pieces: BTreeSet<&str> = sources.split('"').filter(|piece| piece.len() < 60).collect();
    let known = keys(Lang::Tr);
    for key in known.keys() {
        let short = key.strip_prefix("cannot-").or(key.strip_prefix("field-")).unwrap_or(key);
        let made = ["cannot-setting-", "say-check-", "say-worker-", "typed-"]
            .iter()
            .any(|start| key.starts_with(start));
        assert!(
            made || used.contains(key) || pieces.contains(key.as_str()) || pieces.contains(short),
            "“{key}” is not used"
        );
    }
    let t = of(Lang::Tr);
    for call in ["Said::plain(t, \"", "Said::with(t, \"", "logged(\"", "Told { code: \""] {
        for piece in sources.split(call).skip(1) {
            let key = format!("cannot-{}", piece.split('"').next().unwrap_or_default());
            assert!(key.contains('{') || t.has(&key), "“{key}” has no text");
        }
    }
    for piece in pieces.iter().filter(|p| ["say-", "cannot-", "usage-"].iter().any(|s| p.starts_with(s))) {
        assert!(piece.ends_with('-') || piece.contains('{') || t.has(piece), "“{piece}” has no text");
    }
}

#[test]
fn every_command_and_option_is_explained_in_both_languages() {
    let mut wanted = BTreeSet::new();
    help_keys(&crate::commands::Cli::command(), "kunye", &mut wanted);
    for lang in Lang::ALL {
        let t = of(lang);
        for key in &wanted {
            assert!(t.has(key), "{lang:?}: {key}");
        }
        let mut whole = usage::spoken(crate::commands::Cli::command(), t);
        whole.build();
        let help = whole.render_long_help().to_string();
        assert!(help.starts_with(t.get("help-kunye")), "{help}");
        assert_eq!(is_turkish(&help), lang == Lang::Tr, "{help}");
        whole.debug_assert();
    }
}

#[test]
fn the_description_of_the_files_is_current() {
    let t = of(Lang::Tr);
    let path = here().join("../../docs/records-format.md");
    let text = std::fs::read_to_string(path).expect("docs/records-format.md");
    for file in RecordsFile::ALL {
        let columns = columns_of(file);
        let header: Vec<&str> = columns.iter().map(|c| c.name).collect();
        let mut table = format!("`{}`\n\n| sütun | zorunlu | içerik |\n|---|---|---|\n", header.join(","));
        for ColumnFormat { name, required, expected } in columns {
            let mark = if required { "evet" } else { "hayır" };
            let what = wording::expected(t, &expected).replace('|', "\\|");
            table.push_str(&format!("| `{name}` | {mark} | {what} |\n"));
        }
        assert!(text.contains(&table), "docs/records-format.md, {}; expected:\n\n{table}", file.file_name());
    }
}

#[test]
fn the_manual_knows_everything_that_verification_finds() {
    let path = here().join("../../docs/operating/verify.md");
    let text = std::fs::read_to_string(path).expect("docs/operating/verify.md");
    for (code, _) in verify::Fault::SITUATIONS {
        assert!(text.contains(&format!("`{code}`")), "docs/operating/verify.md lacks `{code}`");
    }
}
