//! The forms of a candidate that are pages of their own: giving the place up, undoing the day's registration, deciding
//! about a provisional one, the advisor.

use axum::extract::{Path, Query};
use base::{
    ids::{CandidateId, StaffId},
    time::date_tr,
};
use serde::Deserialize;
use services::{
    Action, ServiceError,
    registration::{
        self, AdvisorQuery, AssignAdvisors, DecideProvisional, OpenedCandidate, ProvisionalDecision,
        RenounceCandidate, UndoRegistration,
    },
};

use super::{
    WORK,
    corrections::{returned, returned_inputs},
};
use crate::{
    components::{Fact, Link, Note, State, form::Choice},
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::{
        plain_form::{PlainForm, ask_password},
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    views::forms::Input,
    words,
};

/// A candidate with whom this actor may do this.
pub(super) async fn opened(ctx: &Ctx, id: CandidateId, action: Action) -> Result<OpenedCandidate, Fault> {
    let opened = registration::open_candidate(ctx.office(), ctx.actor(), id).await?;
    if opened.may.contains(&action) { Ok(opened) } else { Err(ServiceError::Forbidden(action).into()) }
}

/// What is the same on all of them; `titles` are the keys of the title and of the button.
pub(super) fn about<'a>(
    t: &'a Texts,
    s: &OpenedCandidate,
    titles: (&'static str, &'static str),
    path: &str,
    inputs: Vec<Input<'a>>,
) -> PlainForm<'a> {
    let (title, submit) = titles;
    let base = format!("/kayit/{}", s.candidate.id);
    let name = s.candidate.data.full_name();
    let mut facts = vec![
        Fact::text(t.get("desk-name"), name.clone()),
        Fact::text(t.get("desk-programme"), s.candidate.programme_code.clone()),
        Fact::tag(t.get("desk-state"), words::candidate_state(t, s.candidate.state)),
    ];
    if let Some(number) = &s.number {
        facts.push(Fact::text(t.get("students-number"), number.clone()));
    }
    if let Some(day) = s.candidate.provisional_until {
        facts.push(Fact::text(t.get("desk-until-label"), date_tr(day)));
    }
    PlainForm {
        current: WORK,
        title,
        crumbs: vec![Link::new(t.get("desk-title"), "/kayit"), Link::new(name.clone(), base.clone())],
        lead: name,
        notes: Vec::new(),
        action: format!("{base}/{path}"),
        hidden: vec![("version", s.candidate.version.to_string())],
        inputs,
        facts,
        submit,
        danger: true,
        back: base,
    }
}

// Renunciation ------------------------------------------------------------------------------------

/// `GET /kayit/{id}/vazgecme`.
pub async fn renounce(ctx: Ctx, Path(id): Path<CandidateId>) -> Answer {
    let opened = opened(&ctx, id, Action::RegisterCandidates).await?;
    renounce_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn renounce_page(ctx: &Ctx, s: &OpenedCandidate, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let mut inputs = vec![
        Input::Text(
            form.field("ground_ref", "renounce-ref", "").hint(t.get("renounce-ref-hint")).max(100).focus(),
        ),
        Input::Date(form.field("ground_on", "renounce-on", "")),
    ];
    inputs.extend(returned_inputs(t, s, form, false));
    let mut page = about(t, s, ("renounce-title", "renounce-submit"), "vazgecme", inputs);
    let key = if s.number.is_some() { "renounce-note-student" } else { "renounce-note" };
    page.notes = vec![Note::new(State::Ask, t.get("renounce-note-title"), t.get(key))];
    page.show(ctx, form).await
}

/// `POST /kayit/{id}/vazgecme`.
pub async fn save_renounce(ctx: Ctx, Path(id): Path<CandidateId>, posted: Posted) -> Answer {
    let form = RenounceCandidate {
        candidate: id,
        version: posted.number("version").unwrap_or(0),
        ground_ref: posted.text("ground_ref").to_owned(),
        ground_on: posted.text("ground_on").to_owned(),
        returned: returned(&posted),
        returned_to: posted.text("returned_to").to_owned(),
    };
    match registration::renounce_candidate(ctx.office(), ctx.actor(), form).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/kayit/{id}"), "candidate-renounced")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, id, Action::RegisterCandidates).await?;
            renounce_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// Undoing the day -----------------------------------------------------------------------------------

/// `GET /kayit/{id}/geri-al`.
pub async fn undo(ctx: Ctx, Path(id): Path<CandidateId>) -> Answer {
    let opened = opened(&ctx, id, Action::UndoRegistration).await?;
    ask_password(&ctx)?;
    undo_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn undo_page(ctx: &Ctx, s: &OpenedCandidate, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let inputs =
        vec![Input::Area(form.field("reason", "undo-reason", "").hint(t.get("undo-reason-hint")).max(100))];
    let mut page = about(t, s, ("undo-title", "undo-submit"), "geri-al", inputs);
    page.notes = vec![Note::new(State::Ask, t.get("undo-note-title"), t.get("undo-note"))];
    page.show(ctx, form).await
}

/// `POST /kayit/{id}/geri-al`.
pub async fn save_undo(ctx: Ctx, Path(id): Path<CandidateId>, posted: Posted) -> Answer {
    let form = UndoRegistration {
        candidate: id,
        version: posted.number("version").unwrap_or(0),
        reason: posted.text("reason").to_owned(),
    };
    match registration::undo_registration(ctx.office(), ctx.actor(), form).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/kayit/{id}"), "registration-undone")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, id, Action::UndoRegistration).await?;
            undo_page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// Provisional registrations -------------------------------------------------------------------------

/// Which decision the form begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecisionParams {
    karar: String,
}

/// `GET /kayit/{id}/karar`.
pub async fn decide(ctx: Ctx, Path(id): Path<CandidateId>, Query(params): Query<DecisionParams>) -> Answer {
    let opened = opened(&ctx, id, Action::RegisterCandidates).await?;
    decide_page(&ctx, &opened, &params.karar, &Form::fresh(&ctx)).await
}

async fn decide_page(ctx: &Ctx, s: &OpenedCandidate, karar: &str, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let chosen = form.value("decision", karar);
    let choice = |code: &'static str| {
        Choice::new(code, t.variant("decide", code))
            .note(t.variant("decide-note", code))
            .chosen(chosen == code)
    };
    let inputs = vec![
        Input::Radios(form.field("decision", "decide-label", karar), vec![choice("extend"), choice("lapse")]),
        Input::Date(form.field("until", "decide-until", "").hint(t.get("decide-until-hint")).optional()),
        Input::Heading(t.get("ground-heading").into()),
        Input::Text(form.field("ground_ref", "ground-ref", "").hint(t.get("decide-ref-hint")).max(100)),
        Input::Date(form.field("ground_on", "ground-on", "").hint(t.get("decide-on-hint")).optional()),
    ];
    let page = about(t, s, ("decide-title", "form-save"), "karar", inputs);
    PlainForm { back: "/kayit/geciken".to_owned(), danger: false, ..page }.show(ctx, form).await
}

/// `POST /kayit/{id}/karar`.
pub async fn save_decide(ctx: Ctx, Path(id): Path<CandidateId>, posted: Posted) -> Answer {
    let decision = ProvisionalDecision::from_code(posted.text("decision"));
    let form = DecideProvisional {
        candidate: id,
        version: posted.number("version").unwrap_or(0),
        decision,
        until: posted.text("until").to_owned(),
        ground_ref: posted.text("ground_ref").to_owned(),
        ground_on: posted.text("ground_on").to_owned(),
    };
    match registration::decide_provisional(ctx.office(), ctx.actor(), form).await {
        Ok(()) => {
            let key = match decision {
                Some(ProvisionalDecision::Extend) => "provisional-extended",
                _ => "provisional-lapsed",
            };
            Ok(ctx.flash_to("/kayit/geciken", key))
        }
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, id, Action::RegisterCandidates).await?;
            let form = Form::again(&ctx, &posted, outcome);
            decide_page(&ctx, &opened, posted.text("decision"), &form).await
        }
    }
}

// The advisor ----------------------------------------------------------------------------------------

fn advisor_query(s: &OpenedCandidate, staff: Vec<StaffId>) -> Result<AdvisorQuery, Fault> {
    Ok(AdvisorQuery {
        programme: s.candidate.data.programme,
        year: s.candidate.data.year,
        only: Some(s.number.clone().ok_or(ServiceError::NotFound)?),
        staff,
        replace: true,
    })
}

/// `GET /kayit/{id}/danisman`.
pub async fn advisor(ctx: Ctx, Path(id): Path<CandidateId>) -> Answer {
    let opened = opened(&ctx, id, Action::RegisterCandidates).await?;
    advisor_page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn advisor_page(ctx: &Ctx, s: &OpenedCandidate, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let plan = registration::plan_advisors(ctx.office(), ctx.actor(), advisor_query(s, Vec::new())?).await?;
    let staff = plan.staff.iter().map(|line| {
        let load = t.count("advisors-load", line.students);
        (line.staff.to_string(), format!("{} · {load}", line.name))
    });
    let choices = form.choices("staff", "", staff);
    let inputs = vec![
        Input::Select(form.field("staff", "student-advisor", ""), choices),
        Input::Heading(t.get("ground-heading").into()),
        Input::Text(form.field("ground_ref", "ground-ref", "").hint(t.get("ground-ref-hint")).max(100)),
        Input::Date(form.field("ground_on", "ground-on", "")),
    ];
    let mut page = about(t, s, ("advisor-title", "form-save"), "danisman", inputs);
    page.facts.push(Fact::text(t.get("student-advisor"), s.binding.advisor.clone().unwrap_or_default()));
    PlainForm { danger: false, ..page }.show(ctx, form).await
}

/// `POST /kayit/{id}/danisman`.
pub async fn save_advisor(ctx: Ctx, Path(id): Path<CandidateId>, posted: Posted) -> Answer {
    let opened = opened(&ctx, id, Action::RegisterCandidates).await?;
    let staff = posted.number("staff").map(StaffId::new).into_iter().collect();
    let command = AssignAdvisors {
        query: advisor_query(&opened, staff)?,
        ground_ref: posted.text("ground_ref").to_owned(),
        ground_on: posted.text("ground_on").to_owned(),
    };
    match registration::assign_advisors(ctx.office(), ctx.actor(), command).await {
        Ok(_) => Ok(ctx.flash_to(&format!("/kayit/{id}"), "advisor-changed")),
        Err(error) => {
            let form = Form::again(&ctx, &posted, Outcome::of(error)?);
            advisor_page(&ctx, &opened, &form).await
        }
    }
}
