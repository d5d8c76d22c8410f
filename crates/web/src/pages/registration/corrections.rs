//! More forms of a candidate: what the list said otherwise, originals that go back, a place that is not lost after all.

use axum::extract::Path;
use base::ids::CandidateId;
use domain::{
    papers::{PaperKind, PaperState},
    registration::{CandidateState, Clearance, Clearances},
};
use services::{
    Action,
    registration::{self, CorrectCandidate, OpenedCandidate, RestoreCandidate, ReturnOriginals},
};
use storage::papers::HeldPaper;

use super::acts::{about, opened};
use crate::{
    components::{Note, State, form::Choice},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        plain_form::{PlainForm, ask_password},
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    views::forms::Input,
};

// What is known ---------------------------------------------------------------------------------------

/// `GET /kayit/{id}/bilgi`.
pub async fn correct(ctx: Ctx, Path(id): Path<CandidateId>) -> Answer {
    let opened = opened(&ctx, id, Action::RegisterCandidates).await?;
    correct_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn correct_page(ctx: &Ctx, s: &OpenedCandidate, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let d = &s.candidate.data;
    let answer = |name: &'static str, label: &'static str, now: Clearance| {
        let chosen = form.value(name, now.code());
        let choices = Clearance::ALL
            .iter()
            .map(|c| Choice::new(c.code(), t.variant("clearance", c.code())).chosen(c.code() == chosen))
            .collect();
        Input::Select(form.field(name, label, now.code()), choices)
    };
    let mut inputs = vec![
        Input::Heading(t.get("correct-answers").into()),
        answer("school", "correct-school", d.clearances.school),
        answer("military", "correct-military", d.clearances.military),
        answer("elsewhere", "correct-elsewhere", d.clearances.elsewhere),
        Input::Text(
            form.field("clearance_words", "correct-words", d.clearance_words.as_str())
                .hint(t.get("correct-words-hint"))
                .optional()
                .max(200),
        ),
    ];
    if s.candidate.state == CandidateState::Waiting {
        let prep = if d.needs_preparatory { "1" } else { "" };
        inputs.extend([
            Input::Heading(t.get("correct-class").into()),
            Input::Check(form.field("needs_preparatory", "correct-prep", prep).optional()),
            Input::Heading(t.get("correct-contact").into()),
            Input::Text(form.field("email", "contact-email", d.email.as_str()).optional().max(254)),
            Input::Text(form.field("phone", "contact-phone", d.phone.as_str()).optional().max(20)),
            Input::Area(form.field("address", "contact-address", d.address.as_str()).optional().max(500)),
        ]);
    }
    let page = about(t, s, ("correct-title", "form-save"), "bilgi", inputs);
    PlainForm { danger: false, ..page }.show(ctx, form).await
}

/// `POST /kayit/{id}/bilgi`.
pub async fn save_correct(ctx: Ctx, Path(id): Path<CandidateId>, posted: Posted) -> Answer {
    let text = |name: &str| posted.text(name).to_owned();
    let answer = |name: &str| Clearance::from_code(posted.text(name)).unwrap_or(Clearance::Unknown);
    let command = CorrectCandidate {
        candidate: id,
        version: posted.number("version").unwrap_or(0),
        clearances: Clearances {
            school: answer("school"),
            military: answer("military"),
            elsewhere: answer("elsewhere"),
        },
        clearance_words: text("clearance_words"),
        needs_preparatory: !posted.text("needs_preparatory").is_empty(),
        email: text("email"),
        phone: text("phone"),
        address: text("address"),
    };
    match registration::correct_candidate(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/kayit/{id}"), "candidate-corrected")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, id, Action::RegisterCandidates).await?;
            correct_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// Originals ---------------------------------------------------------------------------------------------

/// Whether the office has the original of a paper.
pub(super) fn is_here(paper: &HeldPaper) -> bool {
    paper.state == PaperState::Received && paper.returned_on.is_none()
}

/// Which originals go back and to whom; nothing where none is here. Where the page is about nothing else, at least one
/// has to be named.
pub(super) fn returned_inputs<'a>(
    t: &'a Texts,
    s: &OpenedCandidate,
    form: &Form<'a>,
    is_asked: bool,
) -> Vec<Input<'a>> {
    let here: Vec<PaperKind> =
        s.desk.held.iter().filter(|paper| is_here(paper)).map(|paper| paper.kind).collect();
    if here.is_empty() {
        return Vec::new();
    }
    let choices = here
        .iter()
        .map(|kind| {
            let chosen = form.sent("returned").iter().any(|code| code == kind.code());
            Choice::new(kind.code(), t.variant("paper", kind.code())).chosen(chosen)
        })
        .collect();
    let papers = form.field("returned", "return-papers", "").hint(t.get("return-papers-hint"));
    vec![
        Input::Checks(if is_asked { papers } else { papers.optional() }, choices),
        Input::Text(
            form.field("returned_to", "return-to", "").hint(t.get("return-to-hint")).optional().max(100),
        ),
    ]
}

/// The originals that a form gives back.
pub(super) fn returned(posted: &Posted) -> Vec<PaperKind> {
    posted.all("returned").iter().filter_map(|code| PaperKind::from_code(code)).collect()
}

/// `GET /kayit/{id}/iade`.
pub async fn give_back(ctx: Ctx, Path(id): Path<CandidateId>) -> Answer {
    let opened = opened(&ctx, id, Action::RegisterCandidates).await?;
    give_back_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn give_back_page(ctx: &Ctx, s: &OpenedCandidate, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let inputs = returned_inputs(t, s, form, true);
    let nothing = inputs.is_empty();
    let mut page = about(t, s, ("return-title", "return-submit"), "iade", inputs);
    if nothing {
        page.notes = vec![Note::new(State::Info, t.get("return-nothing"), "")];
    }
    PlainForm { danger: false, ..page }.show(ctx, form).await
}

/// `POST /kayit/{id}/iade`.
pub async fn save_give_back(ctx: Ctx, Path(id): Path<CandidateId>, posted: Posted) -> Answer {
    let command = ReturnOriginals {
        candidate: id,
        papers: returned(&posted),
        to: posted.text("returned_to").to_owned(),
    };
    match registration::return_originals(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/kayit/{id}"), "originals-returned")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, id, Action::RegisterCandidates).await?;
            give_back_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// The place again -----------------------------------------------------------------------------------------

/// `GET /kayit/{id}/yeniden`.
pub async fn restore(ctx: Ctx, Path(id): Path<CandidateId>) -> Answer {
    let opened = opened(&ctx, id, Action::UndoRegistration).await?;
    ask_password(&ctx)?;
    restore_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn restore_page(ctx: &Ctx, s: &OpenedCandidate, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let inputs = vec![
        Input::Text(
            form.field("ground_ref", "ground-ref", "").hint(t.get("restore-ref-hint")).max(100).focus(),
        ),
        Input::Date(form.field("ground_on", "ground-on", "")),
    ];
    let mut page = about(t, s, ("restore-title", "restore-submit"), "yeniden", inputs);
    page.notes = vec![Note::new(State::Info, t.get("restore-note"), t.get("restore-note-text"))];
    PlainForm { danger: false, ..page }.show(ctx, form).await
}

/// `POST /kayit/{id}/yeniden`.
pub async fn save_restore(ctx: Ctx, Path(id): Path<CandidateId>, posted: Posted) -> Answer {
    let command = RestoreCandidate {
        candidate: id,
        version: posted.number("version").unwrap_or(0),
        ground_ref: posted.text("ground_ref").to_owned(),
        ground_on: posted.text("ground_on").to_owned(),
    };
    match registration::restore_candidate(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/kayit/{id}"), "candidate-restored")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, id, Action::UndoRegistration).await?;
            restore_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}
