//! Which crate may import which: the map of `ARCHITECTURE.md`, kept by reading the manifests.

use crate::tree::{File, assert_none, files};

/// Each crate with what stands to its left. Whoever adds a crate adds its line.
const LEFT_OF: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("regulations", &["base"]),
    ("domain", &["base", "regulations"]),
    ("catalogue", &["base", "regulations", "domain"]),
    ("storage", &["base", "regulations", "domain"]),
    ("services", &["base", "regulations", "domain", "catalogue", "storage"]),
    ("pdf", &[]),
    ("gateways", &["base", "services"]),
    ("web", &["base", "regulations", "domain", "catalogue", "storage", "services"]),
    ("app", &["base", "regulations", "domain", "catalogue", "storage", "services", "gateways", "pdf", "web"]),
    ("testkit", &["base", "regulations", "domain", "catalogue", "storage", "services", "pdf", "web"]),
    ("bench", &[]),
    ("xtask", &[]),
];

fn breaches(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    let manifests =
        files.iter().filter(|file| file.path.ends_with("/Cargo.toml")).map(|file| (file, parse(&file.text)));
    for (file, manifest) in manifests {
        let name = manifest["package"]["name"].as_str().unwrap_or_default();
        let Some((_, left)) = LEFT_OF.iter().find(|(crate_, _)| *crate_ == name) else {
            found.push(format!("{}: `{name}` has no line in the table of arrows", file.path));
            continue;
        };
        for dependency in keys(&manifest, "dependencies").chain(keys(&manifest, "build-dependencies")) {
            let ours = LEFT_OF.iter().any(|(crate_, _)| *crate_ == dependency);
            if ours && !left.contains(&dependency) {
                found.push(format!("{}: `{name}` may not import `{dependency}`", file.path));
            }
        }
    }
    found
}

fn parse(manifest: &str) -> toml::Value {
    toml::from_str(manifest).expect("cargo has read the manifest already")
}

fn keys<'a>(manifest: &'a toml::Value, table: &str) -> impl Iterator<Item = &'a str> {
    manifest.get(table).and_then(toml::Value::as_table).into_iter().flatten().map(|(name, _)| name.as_str())
}

#[test]
fn an_arrow_to_the_right_is_seen() {
    let domain =
        "[package]\nname = 'domain'\n[dependencies]\nbase.workspace = true\nstorage.workspace = true\n";
    let test_help = "[package]\nname = 'web'\n[dependencies]\ntestkit.workspace = true\n";
    let unknown = "[package]\nname = 'manager'\n";
    let files = [
        File::new("crates/domain/Cargo.toml", domain),
        File::new("crates/web/Cargo.toml", test_help),
        File::new("crates/manager/Cargo.toml", unknown),
    ];
    assert_eq!(
        breaches(&files),
        [
            "crates/domain/Cargo.toml: `domain` may not import `storage`",
            "crates/web/Cargo.toml: `web` may not import `testkit`",
            "crates/manager/Cargo.toml: `manager` has no line in the table of arrows",
        ]
    );
}

#[test]
fn help_for_tests_is_free() {
    let manifest = "[package]\nname = 'web'\n[dev-dependencies]\ntestkit.workspace = true\n";
    assert_none(&breaches(&[File::new("crates/web/Cargo.toml", manifest)]));
}

#[test]
fn arrows_point_to_the_left() {
    assert_none(&breaches(&files()));
}
