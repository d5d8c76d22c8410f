//! A row of the worklist, mended by hand: the form for one candidate, filled in with what the row says.

use axum::extract::Path;
use base::ids::PlacementListId;
use services::{
    institution,
    placement::{mend_row, row_form},
};

use super::{
    LIST, crumbs,
    enter::{names, person_inputs, typed},
    told,
};
use crate::{
    components::{Fact, Link, Note, State},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        plain_form::PlainForm,
        registration::WORK,
        student_forms::{Form, Outcome},
    },
    views::forms::Input,
};

/// `GET /kayit/listeler/{id}/satir/{row}/duzelt`.
pub async fn form(ctx: Ctx, Path((id, row)): Path<(PlacementListId, i64)>) -> Answer {
    page(&ctx, id, row, &Form::fresh(&ctx)).await
}

async fn page(ctx: &Ctx, id: PlacementListId, row: i64, form: &Form<'_>) -> Answer {
    let asked = row_form(ctx.office(), ctx.actor(), id, row).await?;
    let t = ctx.t();
    let base = format!("{LIST}/{id}");
    let names = names(t, &institution::list_units(ctx.office(), ctx.actor()).await?);
    let programmes = asked.programmes.iter().map(|p| {
        let name = names.get(&p.code).map_or("", String::as_str);
        (p.code.clone(), format!("{name} ({})", p.code))
    });
    let known = &asked.known;
    let mut inputs = vec![Input::Select(
        form.field("programme", "placement-programme", known.programme.as_str()).focus(),
        form.choices("programme", &known.programme, programmes),
    )];
    inputs.extend(person_inputs(t, form, &asked.fields, known));
    let prep = if known.needs_preparatory { "1" } else { "" };
    inputs.push(Input::Check(form.field("needs_preparatory", "placement-prep", prep).optional()));
    inputs.push(Input::Heading(t.get("placement-contact").into()));
    inputs.extend([
        Input::Text(form.field("email", "contact-email", known.email.as_str()).optional().max(254)),
        Input::Text(form.field("phone", "contact-phone", known.phone.as_str()).optional().max(30)),
        Input::Area(form.field("address", "contact-address", known.address.as_str()).optional().max(500)),
    ]);
    let mut way = crumbs(t);
    way.push(Link::new(asked.list.name.as_str(), base.clone()));
    let kind = t.variant("entry", asked.list.entry_kind.code());
    let page = PlainForm {
        current: WORK,
        title: "placement-mend-title",
        crumbs: way,
        lead: t.get("placement-mend-lead").to_owned(),
        notes: vec![Note::new(State::No, t.get("placement-what"), told(t, &asked.row.faults))],
        action: format!("{base}/satir/{row}/duzelt"),
        hidden: Vec::new(),
        inputs,
        facts: vec![
            Fact::text(t.get("placement-list"), asked.list.name.clone()),
            Fact::text(t.get("placement-row"), row.to_string()),
            Fact::text(t.get("placement-kind"), format!("{kind} {}", asked.list.year)),
        ],
        submit: "placement-mend-save",
        danger: false,
        back: base,
    };
    page.show(ctx, form).await
}

/// `POST /kayit/listeler/{id}/satir/{row}/duzelt`.
pub async fn save(ctx: Ctx, Path((id, row)): Path<(PlacementListId, i64)>, posted: Posted) -> Answer {
    match mend_row(ctx.office(), ctx.actor(), id, row, typed(&posted)).await {
        Ok(_) => Ok(ctx.flash_to(&format!("{LIST}/{id}"), "placement-mended")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            page(&ctx, id, row, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}
