//! The domain's words in the reader's language.

use base::{lang::Lang, time::date_tr};
use domain::{
    accounts::{AccountStatus, Role},
    documents::DocumentStatus,
    enrolments::EnrolmentStatus,
    ledger::Ground,
    papers::PaperState,
    student_file::TermFacts,
};

use crate::{
    components::{self, State, Tag},
    texts::Texts,
};

/// A status with its colour.
pub fn status(t: &Texts, status: EnrolmentStatus) -> Tag<'_> {
    let state = match status {
        EnrolmentStatus::Active => State::Ok,
        EnrolmentStatus::OnLeave | EnrolmentStatus::Suspended => State::Ask,
        EnrolmentStatus::Graduated => State::Info,
        EnrolmentStatus::Withdrawn
        | EnrolmentStatus::Dismissed
        | EnrolmentStatus::Transferred
        | EnrolmentStatus::Deceased => State::Na,
    };
    Tag::new(state, t.variant("status", status.code()))
}

/// The state of an issued paper.
pub fn document_status(t: &Texts, status: DocumentStatus) -> Tag<'_> {
    let state = match status {
        DocumentStatus::Preparing => State::Ask,
        DocumentStatus::Valid => State::Ok,
        DocumentStatus::Superseded => State::Na,
        DocumentStatus::Cancelled => State::No,
    };
    Tag::new(state, t.variant("document-status", status.code()))
}

/// What the office has of a paper.
pub fn paper_state(t: &Texts, state: PaperState) -> Tag<'_> {
    let colour = match state {
        PaperState::Received | PaperState::CopySeen => State::Ok,
        PaperState::Missing => State::No,
        PaperState::Waived => State::Na,
    };
    Tag::new(colour, t.variant("paper-state", state.code()))
}

/// A ground as it is cited: its kind, its reference and its day.
pub fn ground(t: &Texts, ground: &Ground) -> components::Ground<'static> {
    let mut text = format!("{} {}", t.variant("ground", ground.kind.code()), ground.reference);
    if let Some(day) = ground.dated {
        text.push_str(", ");
        text.push_str(&date_tr(day));
    }
    components::Ground::named(text)
}

/// `2024-2025 Güz`.
pub fn term(t: &Texts, term: &TermFacts) -> String {
    format!("{} {}", term.academic_year, t.variant("season", term.season.code()))
}

/// A figure stored with a decimal point, as the reader writes it.
pub fn decimal(lang: Lang, stored: &str) -> String {
    match lang {
        Lang::Tr => stored.replace('.', ","),
        Lang::En => stored.to_owned(),
    }
}

/// Whether an account may sign in.
pub fn account_status(t: &Texts, status: AccountStatus) -> Tag<'_> {
    let state = match status {
        AccountStatus::Invited => State::Ask,
        AccountStatus::Active => State::Ok,
        AccountStatus::Locked => State::No,
        AccountStatus::Closed => State::Na,
    };
    Tag::new(state, t.variant("account-status", status.code()))
}

/// Roles with the code of their unit, as one line: `Memur (FEN), Danışman`.
pub fn roles<'a>(t: &Texts, held: impl Iterator<Item = (Role, &'a str)>) -> String {
    let words: Vec<String> = held
        .map(|(role, unit)| {
            let word = t.variant("role", role.code());
            if unit.is_empty() { word.to_owned() } else { format!("{word} ({unit})") }
        })
        .collect();
    words.join(", ")
}

/// An action of the audit log; one that a later version writes is shown as its code.
pub fn act<'a>(t: &'a Texts, action: &'a str) -> &'a str {
    if t.has(&format!("audit-act-{action}")) { t.variant("audit-act", action) } else { action }
}

/// The codes of an audit row's detail in words: keys and closed vocabularies are named, days are written as here,
/// numbers and what is unknown stay as they are.
pub fn audit_detail(t: &Texts, detail: &str) -> String {
    let mut out = String::new();
    for piece in detail.split_whitespace() {
        let (key, value) = piece.split_once('=').unwrap_or(("", piece));
        if value.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str(if key.is_empty() { " " } else { " · " });
        }
        if !key.is_empty() {
            let has = t.has(&format!("audit-key-{key}"));
            out.push_str(if has { t.variant("audit-key", key) } else { key });
            out.push_str(": ");
        }
        out.push_str(&detail_value(t, key, value));
    }
    out
}

fn detail_value(t: &Texts, key: &str, value: &str) -> String {
    let groups: &[&str] = match key {
        "status" => &["status", "account-status"],
        "role" => &["role"],
        "office" => &["office"],
        "proof" => &["proof"],
        "scope" => &["token-scope"],
        "action" => &["audit-act"],
        "lang" => &["language"],
        "theme" => &["shell-theme"],
        "" => &[
            "role",
            "slip-purpose",
            "status",
            "paper",
            "paper-state",
            "document",
            "language",
            "account-status",
        ],
        _ => &[],
    };
    if let Some(day) = value.parse().ok().filter(|_| matches!(key, "from" | "to")) {
        return date_tr(day);
    }
    // A role in a unit is written `clerk@3`.
    let word = value.split_once('@').map_or(value, |(role, _)| role);
    if key.is_empty() && t.has(&format!("audit-word-{word}")) {
        return t.variant("audit-word", word).to_owned();
    }
    let group = groups.iter().find(|group| t.has(&format!("{group}-{word}")));
    group.map_or_else(|| value.to_owned(), |group| t.variant(group, word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_of_the_log_are_read_as_words() {
        let languages = crate::texts::Languages::load(&[]).expect("texts");
        let t = languages.of(Lang::Tr);
        for (detail, words) in [
            ("", ""),
            ("activation", "Etkinleştirme bağlantısı"),
            ("clerk@3 from=2026-11-23", "Öğrenci işleri memuru · başlangıç: 23.11.2026"),
            ("q=4 harf status=active", "arama: 4 harf · durum: Aktif öğrenci"),
            ("role= unit= status=locked text", "durum: Kilitli ad"),
            ("reset proof=passport", "Parola yenileme bağlantısı · kimlik: Pasaport"),
            ("transcript 2026/000012 document=7", "Transkript 2026/000012 · belge: 7"),
            ("yeni=şey", "yeni: şey"),
        ] {
            assert_eq!(audit_detail(t, detail), words, "{detail}");
        }
        assert_eq!(t.missing(), Vec::<String>::new());
    }
}
