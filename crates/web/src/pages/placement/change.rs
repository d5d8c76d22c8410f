//! Who a candidate is and what the way of entry asks: mended and completed while he or she waits.

use axum::extract::Path;
use base::ids::CandidateId;
use services::placement::{candidate_form, change_candidate};

use super::enter::{person_inputs, typed};
use crate::{
    components::{Fact, Link, Note, State},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        plain_form::PlainForm,
        registration::WORK,
        student_forms::{Form, Outcome},
    },
};

/// `GET /kayit/{id}/kimlik`.
pub async fn form(ctx: Ctx, Path(id): Path<CandidateId>) -> Answer {
    page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn page(ctx: &Ctx, id: CandidateId, form: &Form<'_>) -> Answer {
    let asked = candidate_form(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let base = format!("/kayit/{id}");
    let kind = asked.known.kind.map(|kind| t.variant("entry", kind.code())).unwrap_or_default();
    let page = PlainForm {
        current: WORK,
        title: "placement-change-title",
        crumbs: vec![
            Link::new(t.get("desk-title"), "/kayit"),
            Link::new(asked.full_name.as_str(), base.clone()),
        ],
        lead: asked.full_name.clone(),
        notes: vec![Note::new(
            State::Info,
            t.get("placement-change-note"),
            t.get("placement-change-note-text"),
        )],
        action: format!("{base}/kimlik"),
        hidden: vec![("version", form.value("version", asked.version.to_string()))],
        // The first heading would stand alone above the form.
        inputs: person_inputs(t, form, &asked.fields, &asked.known).into_iter().skip(1).collect(),
        facts: vec![
            Fact::text(t.get("placement-kind"), format!("{kind} {}", asked.known.year)),
            Fact::text(t.get("placement-programme"), asked.known.programme.clone()),
        ],
        submit: "placement-change-save",
        danger: false,
        back: base,
    };
    page.show(ctx, form).await
}

/// `POST /kayit/{id}/kimlik`.
pub async fn save(ctx: Ctx, Path(id): Path<CandidateId>, posted: Posted) -> Answer {
    let version = posted.number("version").unwrap_or(0);
    match change_candidate(ctx.office(), ctx.actor(), id, version, typed(&posted)).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/kayit/{id}"), "candidate-changed")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            page(&ctx, id, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}
