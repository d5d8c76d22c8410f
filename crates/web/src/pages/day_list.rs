//! The registration list of a unit's day: asked for on a form, issued as a paper.

use axum::http::StatusCode;
use base::{
    lang::Lang,
    time::{date_tr, parse_date_tr},
};
use domain::units::UnitKind;
use regulations::{Findings, Verdict};
use services::{
    Action, ServiceError,
    documents::{self, IssueDayList, Issued},
    institution,
};

use super::{accounts::unit_choices, registration::WORK, windows::own_units};
use crate::{
    components::{Link, Note, State, form::Choice},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        plain_form::PlainForm,
        student::finding_text,
        student_forms::{Form, Outcome},
    },
    views::forms::Input,
};

/// `GET /kayit/gun-listesi`.
pub async fn form(ctx: Ctx) -> Answer {
    if !ctx.actor().may(Action::IssueDocument) {
        return Err(ServiceError::Forbidden(Action::IssueDocument).into());
    }
    page(&ctx, &Form::fresh(&ctx), &Findings::new()).await
}

/// The form; `findings` are what stood against the last sending.
async fn page(ctx: &Ctx, form: &Form<'_>, findings: &Findings) -> Answer {
    let t = ctx.t();
    let units = institution::list_units(ctx.office(), ctx.actor()).await?;
    let (_, mut units) = own_units(ctx, Action::IssueDocument, units);
    // A department issues nothing in its own name.
    units.retain(|node| node.unit.kind != UnitKind::Department);
    let first = units.iter().find(|node| node.unit.kind != UnitKind::University).or(units.first());
    let chosen = form.value("unit", first.map(|node| node.unit.code.clone()).unwrap_or_default());
    let lang = form.value("lang", Lang::Tr.code());
    let langs = Lang::ALL
        .iter()
        .map(|l| Choice::new(l.code(), t.variant("language", l.code())).chosen(l.code() == lang))
        .collect();
    let refused: Vec<Note<'_>> = findings
        .with(Verdict::Refuses)
        .map(|finding| Note::new(State::No, finding_text(t, finding), t.get("day-list-refused")))
        .collect();
    let is_refused = !refused.is_empty();
    let plain = PlainForm {
        current: WORK,
        title: "day-list-title",
        crumbs: vec![Link::new(t.get("nav-kayit"), "/kayit")],
        lead: t.get("day-list-lead").to_owned(),
        notes: refused,
        action: "/kayit/gun-listesi".to_owned(),
        hidden: Vec::new(),
        inputs: vec![
            Input::Select(
                form.field("unit", "shell-unit", "").focus(),
                unit_choices(&units, t.lang(), &chosen),
            ),
            Input::Date(form.field("day", "day-list-day", date_tr(ctx.office().today()))),
            Input::Radios(form.field("lang", "document-lang", ""), langs),
        ],
        facts: Vec::new(),
        submit: "document-issue",
        danger: false,
        back: "/kayit".to_owned(),
    };
    let mut answer = plain.show(ctx, form).await?;
    if is_refused {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// `POST /kayit/gun-listesi`: issues the list and shows it as a paper; a second sending of the same form leads to the
/// same one.
pub async fn issue(ctx: Ctx, posted: Posted) -> Answer {
    match issued(&ctx, &posted).await {
        Ok(list) => Ok(ctx.flash_to(&format!("/belge/{}", list.id), "document-issued")),
        Err(ServiceError::Refused(findings)) => {
            page(&ctx, &Form::again(&ctx, &posted, Outcome::default()), &findings).await
        }
        Err(error) => {
            let outcome = Outcome::of(error)?;
            page(&ctx, &Form::again(&ctx, &posted, outcome), &Findings::new()).await
        }
    }
}

async fn issued(ctx: &Ctx, posted: &Posted) -> Result<Issued, ServiceError> {
    let day = parse_date_tr(posted.text("day")).ok_or_else(|| ServiceError::field("day", "date-form"))?;
    let command = IssueDayList {
        unit: posted.text("unit").to_owned(),
        day,
        lang: Lang::from_code(posted.text("lang")).unwrap_or_default(),
        idempotency_key: Some(posted.text("once").to_owned()).filter(|key| !key.is_empty()),
    };
    documents::issue_day_list(ctx.office(), ctx.actor(), command).await
}
