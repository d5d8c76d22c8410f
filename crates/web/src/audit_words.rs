//! What rows of the audit log say, in the reader's language.
//!
//! Acts and keys are codes that [`storage::audit`] lists; the tests here show that each has words.

use base::time::{Timestamp, date_time_tr, date_tr};
use services::audit::{AuditLine, AuditNames};

use crate::texts::Texts;

/// The act of a row: as [`act`], but looking at a list of papers is told from looking at one.
pub fn act_of<'a>(t: &'a Texts, line: &'a AuditLine) -> &'a str {
    match (line.action.as_str(), line.object_kind.as_str()) {
        ("read_document", "list") => t.get("audit-list-read_document"),
        (action, _) => act(t, action),
    }
}

/// An act; one that a later version writes is shown as its code.
pub fn act<'a>(t: &'a Texts, action: &'a str) -> &'a str {
    if t.has(&format!("audit-act-{action}")) { t.variant("audit-act", action) } else { action }
}

/// A row's detail: keys and closed vocabularies are named, days are written as here, row numbers become the names of
/// `names`; numbers and what is unknown stay as they are.
pub fn detail(t: &Texts, names: &AuditNames, object_kind: &str, detail: &str) -> String {
    let mut out = String::new();
    for (key, value) in pieces(detail) {
        let Some(said) = value_of(t, names, object_kind, &key, &value).or(Some(value)) else { continue };
        if said.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str(if key.is_empty() { " " } else { " · " });
        }
        if !key.is_empty() {
            out.push_str(key_of(t, &key, &said).unwrap_or(&key));
            out.push_str(": ");
        }
        out.push_str(&said);
    }
    out
}

/// Keys with their values; a word without a key has an empty one.
fn pieces(detail: &str) -> Vec<(String, String)> {
    // An order of papers was once kept as it was sent: how many, then the order itself.
    let (codes, order) = match detail.find('{').map(|at| detail.split_at(at)) {
        Some((codes, json)) => (codes, serde_json::from_str::<Ordered>(json).ok()),
        None => (detail, None),
    };
    // Letters of a typed name were once counted as `q=4 harf`.
    let mut found: Vec<(String, String)> = codes
        .split_whitespace()
        .filter(|piece| *piece != "harf")
        .map(|piece| {
            let (key, value) = piece.split_once('=').unwrap_or(("", piece));
            (key.to_owned(), value.to_owned())
        })
        .filter(|(_, value)| !value.is_empty())
        .collect();
    if let Some(order) = order {
        for (key, _) in found.iter_mut().filter(|(key, value)| key.is_empty() && is_figure(value)) {
            *key = "students".to_owned();
        }
        found.extend([(String::new(), order.kind), (String::new(), order.lang)]);
    }
    found
}

#[derive(serde::Deserialize)]
struct Ordered {
    kind: String,
    lang: String,
}

/// Digits, with the signs of document numbers, codes and cursors between them.
fn is_figure(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit() || b"/-.,".contains(&b))
}

fn key_of<'a>(t: &'a Texts, key: &str, said: &str) -> Option<&'a str> {
    // A file of records counts its rows and may have the name of another key.
    let group =
        if is_figure(said) || !t.has(&format!("audit-file-{key}")) { "audit-key" } else { "audit-file" };
    t.has(&format!("{group}-{key}")).then(|| t.variant(group, key))
}

/// A value in words; `None` where it is no word of ours.
fn value_of(t: &Texts, names: &AuditNames, object_kind: &str, key: &str, value: &str) -> Option<String> {
    if let Some((new, changed)) = value.strip_prefix('+').and_then(|counts| counts.split_once('~')) {
        return Some(t.fmt("audit-file-rows", &[("new", new), ("changed", changed)]));
    }
    let piece = if key.is_empty() { value.to_owned() } else { format!("{key}={value}") };
    let mention = names.of_piece(object_kind, &piece);
    if let (Some(name), false) = (mention, key.is_empty()) {
        return Some(name.to_owned());
    }
    // That a student's page was opened says the act itself.
    if key.is_empty() && value == "page" {
        return Some(String::new());
    }
    match key {
        "from" | "to" => return value.parse().ok().map(date_tr),
        "taken_at" => return value.parse::<Timestamp>().ok().map(date_time_tr),
        "comfortable" => {
            let key = if value == "true" { "shell-size-comfortable" } else { "shell-size-dense" };
            return Some(t.get(key).to_owned());
        }
        // Of a name that was searched for, the number of its letters alone is kept.
        "q" | "surname" if let Ok(letters) = value.parse::<usize>() => {
            return Some(t.count("audit-letters", letters));
        }
        // Typed by people or given by the institution: said as they are.
        "code" | "number" | "user" | "unit" | "programme" | "staff" | "session" | "year" => {
            return Some(value.to_owned());
        }
        _ => {}
    }
    if is_figure(value) {
        return Some(value.to_owned());
    }
    let groups: &[&str] = match key {
        "status" => &["status", "account-status", "document-status"],
        "role" => &["role"],
        "office" => &["office"],
        "proof" => &["proof"],
        "scope" => &["token-scope"],
        "action" => &["audit-act"],
        "lang" => &["language"],
        "theme" => &["shell-theme"],
        "kind" => &["document"],
        "system" => &["code-system"],
        "window" => &["window-kind"],
        "channel" => &["attendance-channel"],
        "outcome" => &["pack-outcome"],
        "" => &[
            "role",
            "slip-purpose",
            "status",
            "paper",
            "paper-state",
            "document",
            "language",
            "account-status",
            "entry",
        ],
        _ => &[],
    };
    // A role in a unit is written `clerk@3`.
    let word = value.split_once('@').map_or(value, |(role, _)| role);
    if key.is_empty() && t.has(&format!("audit-word-{word}")) {
        return Some(t.variant("audit-word", word).to_owned());
    }
    let group = groups.iter().find(|group| t.has(&format!("{group}-{word}")))?;
    let said = t.variant(group, word);
    Some(match mention {
        Some(unit) => format!("{said} ({unit})"),
        None => said.to_owned(),
    })
}

#[cfg(test)]
mod tests;
