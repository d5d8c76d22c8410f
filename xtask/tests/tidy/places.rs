//! What belongs into one crate alone stays there.

use crate::tree::{File, assert_none, files};

/// Something that may stand in some places only.
struct Rule {
    what: &'static str,
    /// Whether a line holds it.
    holds: fn(&str) -> bool,
    /// Whether a file is one where it must not stand.
    forbidden_in: fn(&File) -> bool,
}

const RULES: &[Rule] = &[
    Rule { what: "SQL", holds: is_sql, forbidden_in: |file| !file.path.starts_with("crates/storage/") },
    Rule {
        what: "the name of the typesetter",
        holds: |line| line.contains(concat!("typ", "st")),
        forbidden_in: |file| !file.path.starts_with("crates/pdf/"),
    },
    Rule {
        what: "a connection to the outside",
        holds: |line| line.contains(concat!("TcpStream::", "connect")),
        forbidden_in: |file| {
            let doors = ["crates/gateways/src/", "crates/testkit/", "bench/", "xtask/"];
            !doors.iter().any(|door| file.path.starts_with(door)) && !file.is_test()
        },
    },
    Rule { what: "input, output, time or waiting", holds: is_impure, forbidden_in: is_pure_product },
    Rule { what: "a floating-point number", holds: is_float, forbidden_in: is_pure_product },
];

fn is_sql(line: &str) -> bool {
    let update = line.split_once("UPDATE ").and_then(|(_, rest)| rest.split_once(' '));
    line.contains(concat!("SEL", "ECT "))
        || line.contains(concat!("INSERT", " INTO"))
        || line.contains(concat!("DELETE", " FROM"))
        || update.is_some_and(|(_, rest)| rest.starts_with("SET"))
}

/// What a test of a pure crate reads is its own business.
fn is_pure_product(file: &File) -> bool {
    let pure = ["crates/base/src/", "crates/regulations/src/", "crates/domain/src/", "crates/catalogue/src/"];
    pure.iter().any(|source| file.path.starts_with(source)) && !file.is_test()
}

fn is_impure(line: &str) -> bool {
    ["std::fs", "std::net", "std::process", "std::env", "std::thread", "tokio", "async ", ".await"]
        .iter()
        .any(|word| line.contains(word))
}

fn is_float(line: &str) -> bool {
    line.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| word.ends_with("f32") || word.ends_with("f64"))
}

fn breaches(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is("rs")) {
        for rule in RULES.iter().filter(|rule| (rule.forbidden_in)(file)) {
            for (number, line) in file.code_lines().filter(|(_, line)| (rule.holds)(line)) {
                found.push(format!(
                    "{}:{number}: {} does not belong here: {}",
                    file.path,
                    rule.what,
                    line.trim()
                ));
            }
        }
    }
    for file in files.iter().filter(|file| file.is("sql") && !file.path.starts_with("crates/storage/")) {
        found.push(format!("{}: SQL does not belong here", file.path));
    }
    found
}

#[test]
fn what_stands_in_the_wrong_place_is_seen() {
    let sql =
        concat!("let a = \"SEL", "ECT 1\";\nlet b = \"UPDATE", " t SET a = 1\";\n// \"DELETE", " FROM\"\n");
    let files = [
        File::new("crates/web/src/a.rs", sql),
        File::new("crates/storage/src/a.rs", sql),
        File::new("crates/domain/src/a.rs", "fn a(x: f64) {}\nasync fn b() {}\n#[cfg(test)]\nuse std::fs;\n"),
        File::new("crates/services/src/a.rs", concat!("use typ", "st::World;")),
        File::new("crates/services/src/b.rs", concat!("TcpStream::", "connect(address);")),
        File::new("crates/gateways/src/a.rs", concat!("TcpStream::", "connect(address);")),
        File::new("crates/web/src/a.sql", ""),
    ];
    let found = breaches(&files);
    let places: Vec<&str> =
        found.iter().map(|breach| breach.split_once(": ").map_or("", |(at, _)| at)).collect();
    assert_eq!(
        places,
        [
            "crates/web/src/a.rs:1",
            "crates/web/src/a.rs:2",
            "crates/domain/src/a.rs:2",
            "crates/domain/src/a.rs:1",
            "crates/services/src/a.rs:1",
            "crates/services/src/b.rs:1",
            "crates/web/src/a.sql",
        ]
    );
}

#[test]
fn everything_stands_in_its_place() {
    assert_none(&breaches(&files()));
}
