//! What a registration binds, and what came of it: facts, papers to print, the account.

use base::{
    lang::Lang,
    time::{Timestamp, date_time_tr},
};
use domain::documents::DocumentStatus;
use regulations::Verdict as Answered;
use services::{Action as May, ServiceError, registration::OpenedCandidate, students::open};
use storage::documents::Document;

use super::candidate::CONFIRMATION;
use crate::{
    components::{Button, Fact, State, record::Action},
    ctx::Ctx,
    fault::Fault,
    texts::Texts,
    views::registration::Enrolled,
    words,
};

/// What the registration binds, or has bound.
pub(super) fn binds<'a>(t: &'a Texts, s: &OpenedCandidate) -> Vec<Fact<'a>> {
    let b = &s.binding;
    let curriculum = b.curriculum.as_ref().map(|version| {
        let (version, year) = (version.version.to_string(), version.effective_year.to_string());
        t.fmt("student-curriculum-value", &[("version", &version), ("year", &year)])
    });
    let class = match b.class_year {
        0 => t.get("desk-preparatory").to_owned(),
        class => class.to_string(),
    };
    let advisor = Fact::text(t.get("student-advisor"), b.advisor.clone().unwrap_or_default());
    vec![
        Fact::text(t.get("student-curriculum"), curriculum.unwrap_or_default()),
        Fact::text(t.get("student-class"), class),
        match (&s.number, &b.advisor) {
            (None, Some(_)) => advisor.with_note(t.get("desk-advisor-by-rule")),
            (None, None) => advisor.with_note(t.get("desk-advisor-none")),
            (Some(_), _) => advisor,
        },
    ]
}

/// What came of the registration: number, papers to print, the account.
pub(super) async fn outcome<'a>(
    ctx: &'a Ctx,
    s: &'a OpenedCandidate,
    number: &'a str,
) -> Result<Enrolled<'a>, Fault> {
    let t = ctx.t();
    let base = format!("/ogrenci/{number}");
    let mut facts = vec![Fact::link(t.get("students-number"), number, base.clone())];
    facts.extend(binds(t, s));
    if let Some(r) = &s.registration {
        facts.push(
            Fact::text(t.get("desk-fee"), t.variant("desk-fee", r.fee.state.code()))
                .with_note(r.fee.receipt.as_str()),
        );
        let read =
            Fact::text(t.get("desk-notice-fact"), r.notice_read_at.map(date_time_tr).unwrap_or_default());
        facts.push(match r.notice_version.as_str() {
            "" => read,
            version => read.with_note(t.fmt("notice-version", &[("version", version)])),
        });
        facts.push(Fact::text(t.get("desk-registered-at"), date_time_tr(r.registered_at)));
    }
    let mut actions = Vec::new();
    if ctx.actor().may(May::ReadStudent) {
        match open::open_student(ctx.office(), ctx.actor(), number.to_owned()).await {
            Ok(student) => actions = student_actions(t, &student, &base, s.candidate.state_at),
            // Whoever sees candidates need not see students.
            Err(ServiceError::NotFound | ServiceError::Forbidden(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(Enrolled { facts, actions })
}

/// Papers to print and the account. A confirmation that was made since the candidate stands where he or she stands is
/// printed as it is.
fn student_actions<'a>(
    t: &'a Texts,
    student: &open::StudentPage,
    base: &str,
    since: Timestamp,
) -> Vec<Action<'a>> {
    let mut out = Vec::new();
    for printable in &student.printable {
        let key = printable.kind.key;
        let is_confirmation = key == CONFIRMATION;
        let title = t.variant("document", key);
        if let Some(against) = printable.findings.with(Answered::Refuses).next() {
            // That this one is not to be had is told; of the others there are many.
            if is_confirmation {
                out.push(Action {
                    state: State::No,
                    title: title.into(),
                    note: words::finding(t, against).into(),
                    ..Action::default()
                });
            }
            continue;
        }
        let button = |lang: Lang, letter: &'static str| {
            Button::link(
                t.variant("document-print", lang.code()),
                format!("{base}/belge/{key}?dil={}", lang.code()),
            )
            .small()
            .key(letter)
            .about(title)
        };
        let made = student
            .documents
            .iter()
            .find(|d| is_confirmation && d.kind == key && d.issued_at >= since && is_valid(d));
        let letter = if is_confirmation && made.is_none() { "o" } else { "" };
        let mut buttons = vec![button(Lang::Tr, letter), button(Lang::En, "")];
        let mut note = String::new();
        if let Some(paper) = made {
            note = format!("{} · {}", paper.number, date_time_tr(paper.issued_at));
            let file = Button::link(t.get("desk-confirmation-print"), format!("/belge/{}/pdf", paper.id));
            buttons.insert(0, file.icon("print").small().key("o").about(title));
        }
        out.push(Action {
            state: if printable.findings.needs_human() { State::Ask } else { State::Ok },
            title: title.into(),
            note: note.into(),
            buttons,
            ..Action::default()
        });
    }
    if student.may.contains(&May::IssueStudentLink) {
        out.push(Action {
            state: State::Ok,
            title: t.variant("act", "account").into(),
            note: t.variant("act-note", "account").into(),
            buttons: vec![Button::link(t.get("act-open"), format!("{base}/hesap")).small().key("h")],
            ..Action::default()
        });
    }
    out
}

/// Whether a paper can be handed out as it is.
fn is_valid(paper: &Document) -> bool {
    paper.status == DocumentStatus::Valid && paper.sha256.is_some()
}
