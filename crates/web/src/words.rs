//! The domain's words in the reader's language.

use base::{lang::Lang, time::date_tr};
use domain::{
    accounts::{AccountStatus, Role},
    documents::DocumentStatus,
    enrolments::EnrolmentStatus,
    ledger::{Ground, GroundKind},
    papers::PaperState,
    registration::CandidateState,
    student_file::TermFacts,
};

use services::institution::UnitLine;

use crate::{
    components::{self, State, Tag},
    texts::Texts,
};

/// A status with its colour.
pub fn status(t: &Texts, status: EnrolmentStatus) -> Tag<'_> {
    let state = match status {
        EnrolmentStatus::Active => State::Ok,
        EnrolmentStatus::OnLeave | EnrolmentStatus::Suspended | EnrolmentStatus::Provisional => State::Ask,
        EnrolmentStatus::Graduated => State::Info,
        EnrolmentStatus::Withdrawn
        | EnrolmentStatus::Dismissed
        | EnrolmentStatus::Transferred
        | EnrolmentStatus::Deceased
        | EnrolmentStatus::RegistrationCancelled => State::Na,
    };
    Tag::new(state, t.variant("status", status.code()))
}

/// Where a candidate stands.
pub fn candidate_state(t: &Texts, state: CandidateState) -> Tag<'_> {
    let colour = match state {
        CandidateState::Waiting => State::Info,
        CandidateState::Provisional => State::Ask,
        CandidateState::Registered => State::Ok,
        CandidateState::Renounced | CandidateState::Lapsed => State::Na,
    };
    Tag::new(colour, t.variant("candidate-state", state.code()))
}

/// A finding as one sentence, with the names of papers and fields for their codes.
pub fn finding(t: &Texts, finding: &regulations::Finding) -> String {
    let worded = |name: &str, value: &str| match name {
        "paper" => t.variant("paper", value).to_owned(),
        "field" => t.variant("desk-field", value).to_owned(),
        _ => value.to_owned(),
    };
    let values: Vec<(&str, String)> =
        finding.values.iter().map(|(name, value)| (name.as_str(), worded(name, value))).collect();
    let args: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    t.fmt(&format!("finding-{}", finding.code), &args)
}

/// Where a rule stands, for a line below what it says; the mark is told where nobody has read it.
pub fn citation(t: &Texts, citation: &regulations::Citation) -> String {
    let mut parts = vec![citation.text.clone(), citation.article_in(t.lang()), citation.rule.clone()];
    if !citation.mark.is_verified() {
        parts.push(t.get("student-withheld").to_owned());
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
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
    // Records of an earlier system are cited by file and row.
    if ground.kind == GroundKind::Records
        && let Some((file, row)) = ground.reference.rsplit_once(':')
        && row.bytes().all(|b| b.is_ascii_digit())
    {
        let text = t.fmt("ground-records-row", &[("row", row)]);
        return components::Ground::named(text).beside(file.to_owned());
    }
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

/// The name of the day, or the code where the unit has none that day.
pub fn unit(unit: &UnitLine, lang: Lang) -> &str {
    let name = unit.name.of(lang);
    if name.is_empty() { &unit.code } else { name }
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
