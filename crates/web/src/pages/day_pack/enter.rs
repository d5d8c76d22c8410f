//! Entering the paper forms of a pack: first whose form it is, then what stands on it, beside that candidate's name and
//! papers.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use base::{
    ids::{CandidateId, DayPackId},
    time::date_tr,
};
use domain::{
    papers::{PaperKind, PaperState},
    registration::{CandidateState, FeeState},
};
use regulations::{Findings, Verdict};
use serde::Deserialize;
use services::{
    ServiceError,
    day_pack::{self, EnterForm, FormOutcome, FormPaper, OpenedPack, find_place},
    registration::{FeeForm, OpenedCandidate, open_candidate},
};

use super::{WORK, crumbs};
use crate::{
    components::{Fact, Link, Note, State, form::Choice},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        plain_form::PlainForm,
        student_forms::{Form, Outcome},
    },
    views::forms::Input,
    words::finding,
};

/// What the address of a form says.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EnterParams {
    /// Whose form it is, once it was found.
    aday: Option<i64>,
    /// The form was spoilt.
    gecersiz: bool,
}

/// What is asked of whoever enters a form.
#[derive(Clone, Copy)]
enum Step {
    /// Whose it is.
    Whose,
    /// What stands on the form of this candidate.
    Form(CandidateId),
    /// Why it is void.
    Void,
}

impl Step {
    fn of(params: EnterParams) -> Self {
        match params.aday {
            Some(id) => Self::Form(CandidateId::new(id)),
            None if params.gecersiz => Self::Void,
            None => Self::Whose,
        }
    }
}

/// A form of a pack.
#[derive(Clone, Copy)]
struct At {
    pack: DayPackId,
    no: i64,
}

impl At {
    fn queue(self) -> String {
        format!("/kayit/paket/{}", self.pack)
    }

    fn href(self) -> String {
        format!("/kayit/paket/{}/{}", self.pack, self.no)
    }
}

/// `GET /kayit/paket/{id}/{no}`.
pub async fn enter_form(
    ctx: Ctx,
    Path((pack, no)): Path<(DayPackId, i64)>,
    Query(params): Query<EnterParams>,
) -> Answer {
    page(&ctx, At { pack, no }, Step::of(params), &Form::fresh(&ctx), &Findings::new()).await
}

/// The page of a step; `refused` is what stood against the last sending.
async fn page(ctx: &Ctx, at: At, step: Step, form: &Form<'_>, refused: &Findings) -> Answer {
    let opened = day_pack::open_pack(ctx.office(), ctx.actor(), at.pack).await?;
    match opened.forms.iter().find(|form| form.form_no == at.no) {
        None => return Err(ServiceError::NotFound.into()),
        // Entered already, or not written yet: the queue says which.
        Some(form) if form.outcome.is_some() || !opened.is_due => {
            return Ok(Redirect::to(&at.queue()).into_response());
        }
        Some(_) => {}
    }
    match step {
        Step::Whose => whose(ctx, at, &opened, form).await,
        Step::Void => void(ctx, at, &opened, form).await,
        Step::Form(id) => {
            let candidate = open_candidate(ctx.office(), ctx.actor(), id).await?;
            whole(ctx, at, &opened, &candidate, form, refused).await
        }
    }
}

/// What every step of a form has around its fields.
fn around<'a>(ctx: &'a Ctx, at: At, opened: &OpenedPack) -> PlainForm<'a> {
    let t = ctx.t();
    let day = date_tr(opened.pack.day);
    let mut way = crumbs(ctx);
    way.push(Link::new(day.clone(), at.queue()));
    PlainForm {
        current: WORK,
        title: "pack-enter",
        crumbs: way,
        lead: t.fmt("pack-enter-lead", &[("no", &format!("{}-{}", at.pack, at.no)), ("day", &day)]),
        notes: Vec::new(),
        action: at.href(),
        hidden: Vec::new(),
        inputs: Vec::new(),
        facts: Vec::new(),
        submit: "pack-enter-save",
        danger: false,
        back: at.queue(),
    }
}

async fn whose(ctx: &Ctx, at: At, opened: &OpenedPack, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let spoilt = Note::new(State::Info, t.get("pack-spoilt"), t.get("pack-spoilt-text"))
        .with_link(t.get("pack-form-void"), format!("{}?gecersiz=true", at.href()));
    let page = PlainForm {
        notes: vec![spoilt],
        inputs: vec![
            Input::Text(form.field("key", "pack-form-key", "").max(20).focus()),
            Input::Text(
                form.field("programme", "pack-form-programme", "")
                    .hint(t.get("pack-form-programme-hint"))
                    .optional()
                    .max(64),
            ),
        ],
        submit: "pack-find",
        ..around(ctx, at, opened)
    };
    page.show(ctx, form).await
}

async fn void(ctx: &Ctx, at: At, opened: &OpenedPack, form: &Form<'_>) -> Answer {
    let page = PlainForm {
        hidden: vec![("void", "1".to_owned())],
        inputs: vec![Input::Text(
            form.field("note", "pack-void-reason", "")
                .hint(ctx.t().get("pack-void-reason-hint"))
                .max(200)
                .focus(),
        )],
        submit: "pack-form-void",
        danger: true,
        back: at.href(),
        ..around(ctx, at, opened)
    };
    page.show(ctx, form).await
}

async fn whole(
    ctx: &Ctx,
    at: At,
    opened: &OpenedPack,
    of: &OpenedCandidate,
    form: &Form<'_>,
    refused: &Findings,
) -> Answer {
    let t = ctx.t();
    let mut page = PlainForm { back: at.href(), facts: about(ctx, of), ..around(ctx, at, opened) };
    page.hidden.push(("candidate", of.candidate.id.to_string()));
    page.inputs = fields(ctx, of, form);
    page.notes = refused
        .with(Verdict::Refuses)
        .enumerate()
        .map(|(at, refusal)| {
            let text = if at == 0 { t.get("pack-refused") } else { "" };
            Note::new(State::No, finding(t, refusal), text)
        })
        .collect();
    let is_refused = !page.notes.is_empty();
    if of.candidate.state == CandidateState::Registered {
        page.notes.push(Note::new(State::Ask, t.get("pack-there"), t.get("pack-there-text")));
    }
    let mut answer = page.show(ctx, form).await?;
    if is_refused {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// Whose form it is, to be compared with the paper before anything is written.
fn about<'a>(ctx: &'a Ctx, of: &OpenedCandidate) -> Vec<Fact<'a>> {
    let t = ctx.t();
    let data = &of.candidate.data;
    let programme = of.desk.programme.as_ref().map(|p| p.name.of(t.lang()).to_owned()).unwrap_or_default();
    vec![
        Fact::link(t.get("pack-form-name"), data.full_name(), format!("/kayit/{}", of.candidate.id)),
        Fact::text(t.get("pack-form-programme"), programme).with_note(of.candidate.programme_code.clone()),
        Fact::text(t.get("pack-form-born"), date_tr(data.birth_date)),
        Fact::text(t.get("pack-form-entry"), t.variant("entry", data.entry_kind.code())),
        Fact::text(t.get("pack-form-state"), t.variant("candidate-state", of.candidate.state.code())),
    ]
}

/// The states of a paper that a form has boxes for.
pub(super) const STATES: &[PaperState] = &[PaperState::Received, PaperState::CopySeen, PaperState::Missing];

fn fields<'a>(ctx: &'a Ctx, of: &OpenedCandidate, form: &Form<'a>) -> Vec<Input<'a>> {
    let t = ctx.t();
    let outcome = form.value("outcome", "final");
    let outcomes = [("final", "pack-form-final"), ("provisional", "pack-form-provisional")];
    let outcomes =
        outcomes.iter().map(|(code, key)| Choice::new(*code, t.get(key)).chosen(*code == outcome)).collect();
    let fee = form.value("fee_state", "");
    let fees = [FeeState::Paid, FeeState::Exempt, FeeState::NotDue, FeeState::Owed]
        .iter()
        .map(|s| Choice::new(s.code(), t.variant("desk-fee", s.code())).chosen(s.code() == fee))
        .collect();
    let mut inputs = vec![Input::Heading(t.get("pack-form-papers").into())];
    inputs.extend(asked(of).into_iter().map(|(kind, now)| {
        let words = STATES
            .iter()
            .map(|state| (state.code().to_owned(), t.variant("paper-state", state.code()).to_owned()));
        let field = form.named(kind.code(), t.variant("paper", kind.code()), "").optional();
        Input::Select(field, form.choices(kind.code(), now.map_or("", PaperState::code), words))
    }));
    inputs.extend([
        Input::Date(form.field("due_on", "pack-form-due", "").optional()),
        Input::Radios(form.field("outcome", "pack-outcome", ""), outcomes),
        Input::Date(form.field("until", "pack-until", "").optional()),
        Input::Radios(form.field("fee_state", "pack-form-fee", ""), fees),
        Input::Text(form.field("fee_receipt", "pack-receipt", "").optional().max(100)),
        Input::Text(form.field("fee_amount", "pack-form-amount", "").optional().max(20)),
        Input::Date(form.field("fee_on", "pack-form-paid-on", "").optional()),
        Input::Check(form.field("notice_read", "pack-form-notice", "")),
        Input::Text(
            form.field("decision", "pack-form-decision", "")
                .hint(t.get("pack-form-decision-hint"))
                .optional()
                .max(200),
        ),
    ]);
    inputs
}

/// The papers that are asked of this candidate, with what the office has of each; what only the office decides
/// (a waiver) is left to the desk.
fn asked(of: &OpenedCandidate) -> Vec<(PaperKind, Option<PaperState>)> {
    let held = |at: Option<usize>| at.and_then(|at| of.desk.held.get(at)).map(|paper| paper.state);
    let lines = of.desk.papers.lines.iter().map(|line| (line.kind, held(line.held)));
    lines.filter(|(_, state)| *state != Some(PaperState::Waived)).collect()
}

/// `POST /kayit/paket/{id}/{no}`.
pub async fn save_form(ctx: Ctx, Path((pack, no)): Path<(DayPackId, i64)>, posted: Posted) -> Answer {
    let at = At { pack, no };
    let candidate = posted.number("candidate").map(CandidateId::new);
    let step = match candidate {
        Some(id) => Step::Form(id),
        None if !posted.text("void").is_empty() => Step::Void,
        None => Step::Whose,
    };
    let done = match step {
        Step::Whose => {
            let (key, programme) = (posted.text("key"), posted.text("programme"));
            match find_place(ctx.office(), ctx.actor(), key, programme).await {
                Ok(id) => return Ok(Redirect::to(&format!("{}?aday={id}", at.href())).into_response()),
                Err(error) => Err(error),
            }
        }
        Step::Form(_) | Step::Void => {
            day_pack::enter_form(ctx.office(), ctx.actor(), typed(at, candidate, &posted)).await
        }
    };
    match done {
        Ok(entered) => {
            let key = match entered.outcome {
                FormOutcome::Registered(_) | FormOutcome::Provisional(_) => "pack-entered",
                FormOutcome::Already => "pack-already",
                FormOutcome::Void => "pack-void",
            };
            Ok(ctx.flash_to(&at.queue(), key))
        }
        Err(ServiceError::Refused(findings)) => {
            page(&ctx, at, step, &Form::again(&ctx, &posted, Outcome::default()), &findings).await
        }
        Err(error) => {
            let outcome = Outcome::of(error)?;
            page(&ctx, at, step, &Form::again(&ctx, &posted, outcome), &Findings::new()).await
        }
    }
}

/// The form as it was typed from paper.
fn typed(at: At, candidate: Option<CandidateId>, posted: &Posted) -> EnterForm {
    let paper = |kind: &PaperKind| {
        let state = PaperState::from_code(posted.text(kind.code()))?;
        STATES.contains(&state).then_some(FormPaper { kind: *kind, state })
    };
    let note = if candidate.is_some() { "decision" } else { "note" };
    EnterForm {
        pack: at.pack,
        form_no: at.no,
        candidate,
        papers: PaperKind::ALL.iter().filter_map(paper).collect(),
        missing_until: posted.text("due_on").to_owned(),
        provisional: posted.text("outcome") == "provisional",
        until: posted.text("until").to_owned(),
        fee: FeeForm {
            state: FeeState::from_code(posted.text("fee_state")),
            amount: posted.text("fee_amount").to_owned(),
            receipt: posted.text("fee_receipt").to_owned(),
            paid_on: posted.text("fee_on").to_owned(),
        },
        notice_read: !posted.text("notice_read").is_empty(),
        note: posted.text(note).to_owned(),
    }
}
