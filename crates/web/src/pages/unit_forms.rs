//! The dated changes of a unit: another name, an appointment, its end.

use axum::extract::Path;
use base::{ids::StaffId, time::date_tr};
use domain::units::Office as Post;
use services::{
    ServiceError,
    institution::{self, Appoint, EndAppointment, UnitPage},
};

use crate::{
    components::{Fact, Link},
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::{
        dated_forms::{code_facts, code_inputs, name_facts, name_inputs, new_name, reason, set_code},
        institution::{WORK, crumbs, unit_href},
        plain_form::{PlainForm, ask_password},
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    views::forms::Input,
    words,
};

async fn changeable(ctx: &Ctx, code: String) -> Result<UnitPage, Fault> {
    let page = institution::show_unit(ctx.office(), ctx.actor(), code).await?;
    if page.may_change {
        Ok(page)
    } else {
        Err(ServiceError::Forbidden(services::Action::ChangeInstitution).into())
    }
}

fn about<'a>(
    t: &'a Texts,
    page: &'a UnitPage,
    (title, submit): (&'static str, &'static str),
    path: &str,
    inputs: Vec<Input<'a>>,
) -> PlainForm<'a> {
    let base = unit_href(&page.unit.code);
    let mut crumbs = crumbs(t, &page.above);
    crumbs.push(Link::new(words::unit(&page.unit, t.lang()), base.clone()));
    PlainForm {
        current: WORK,
        title,
        crumbs,
        lead: words::unit(&page.unit, t.lang()).to_owned(),
        notes: Vec::new(),
        action: format!("{base}/{path}"),
        hidden: Vec::new(),
        inputs,
        facts: Vec::new(),
        submit,
        danger: false,
        back: base,
    }
}

/// `GET /birimler/{kod}/ad`.
pub async fn rename(ctx: Ctx, Path(code): Path<String>) -> Answer {
    ask_password(&ctx)?;
    rename_page(&ctx, code, &Form::fresh(&ctx)).await
}

async fn rename_page(ctx: &Ctx, code: String, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let page = changeable(ctx, code).await?;
    let now = &page.unit.name;
    let (inputs, facts) = (name_inputs(t, form, now), name_facts(t, now));
    let form_page = about(t, &page, ("units-rename", "form-save"), "ad", inputs);
    PlainForm { facts, ..form_page }.show(ctx, form).await
}

/// `POST /birimler/{kod}/ad`.
pub async fn save_rename(ctx: Ctx, Path(code): Path<String>, posted: Posted) -> Answer {
    match institution::name_unit(ctx.office(), ctx.actor(), new_name(&code, &posted)).await {
        Ok(()) => Ok(ctx.flash_to(&format!("{}#adlar", unit_href(&code)), "unit-named")),
        Err(error) => rename_page(&ctx, code, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// `GET /birimler/{kod}/kod`.
pub async fn code(ctx: Ctx, Path(code): Path<String>) -> Answer {
    ask_password(&ctx)?;
    code_page(&ctx, code, &Form::fresh(&ctx)).await
}

async fn code_page(ctx: &Ctx, code: String, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let page = changeable(ctx, code).await?;
    let facts = code_facts(t, &page.codes, ctx.office().today());
    let inputs = code_inputs(t, form, |_| true);
    let form_page = about(t, &page, ("units-set-code", "form-save"), "kod", inputs);
    PlainForm { facts, ..form_page }.show(ctx, form).await
}

/// `POST /birimler/{kod}/kod`.
pub async fn save_code(ctx: Ctx, Path(code): Path<String>, posted: Posted) -> Answer {
    match institution::set_unit_code(ctx.office(), ctx.actor(), set_code(&code, &posted)).await {
        Ok(()) => Ok(ctx.flash_to(&format!("{}#kodlar", unit_href(&code)), "code-set")),
        Err(error) => code_page(&ctx, code, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// `GET /birimler/{kod}/gorev`.
pub async fn appoint(ctx: Ctx, Path(code): Path<String>) -> Answer {
    ask_password(&ctx)?;
    appoint_page(&ctx, code, &Form::fresh(&ctx)).await
}

async fn appoint_page(ctx: &Ctx, code: String, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let page = changeable(ctx, code.clone()).await?;
    let staff = institution::staff_choices(ctx.office(), ctx.actor(), code).await?;
    let posts = institution::offices_of(page.unit.kind)
        .iter()
        .map(|o| (o.code().to_owned(), t.variant("office", o.code()).to_owned()));
    let inputs = vec![
        Input::Select(form.field("office", "units-office", ""), form.choices("office", "", posts)),
        Input::Select(
            form.field("staff", "units-who", "").hint(t.get("units-who-hint")),
            form.choices("staff", "", staff.into_iter().map(|(id, name)| (id.to_string(), name))),
        ),
        Input::Date(form.field("starts_on", "dated-from", "")),
        Input::Date(form.field("ends_on", "dated-to", "").hint(t.get("units-to-hint")).optional()),
        reason(t, form),
    ];
    about(t, &page, ("units-appoint", "form-save"), "gorev", inputs).show(ctx, form).await
}

/// `POST /birimler/{kod}/gorev`.
pub async fn save_appoint(ctx: Ctx, Path(code): Path<String>, posted: Posted) -> Answer {
    let command = Appoint {
        code: code.clone(),
        staff: posted.number("staff").map(StaffId::new),
        office: Post::from_code(posted.text("office")),
        starts_on: posted.text("starts_on").to_owned(),
        ends_on: posted.text("ends_on").to_owned(),
        reason: posted.text("reason").to_owned(),
    };
    match institution::appoint(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(&format!("{}#gorevler", unit_href(&code)), "appointed")),
        Err(error) => appoint_page(&ctx, code, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// `GET /birimler/{kod}/gorev/{id}`.
pub async fn end(ctx: Ctx, Path((code, id)): Path<(String, i64)>) -> Answer {
    ask_password(&ctx)?;
    end_page(&ctx, code, id, &Form::fresh(&ctx)).await
}

async fn end_page(ctx: &Ctx, code: String, id: i64, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let page = changeable(ctx, code).await?;
    let held = page.appointments.iter().find(|a| a.id == id).ok_or(ServiceError::NotFound)?;
    let inputs = vec![
        Input::Date(
            form.field("ends_on", "dated-to", held.ends_on.map(date_tr).unwrap_or_default())
                .hint(t.get("units-to-hint"))
                .focus(),
        ),
        reason(t, form),
    ];
    let facts = vec![
        Fact::text(t.get("units-office"), t.variant("office", held.office.code())),
        Fact::text(t.get("units-who"), held.who.as_str()),
        Fact::text(t.get("dated-from"), date_tr(held.starts_on)),
    ];
    let form_page = about(t, &page, ("units-end", "units-end"), &format!("gorev/{id}"), inputs);
    PlainForm { facts, danger: true, ..form_page }.show(ctx, form).await
}

/// `POST /birimler/{kod}/gorev/{id}`.
pub async fn save_end(ctx: Ctx, Path((code, id)): Path<(String, i64)>, posted: Posted) -> Answer {
    let command = EndAppointment {
        code: code.clone(),
        appointment: id,
        ends_on: posted.text("ends_on").to_owned(),
        reason: posted.text("reason").to_owned(),
    };
    match institution::end_appointment(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(&format!("{}#gorevler", unit_href(&code)), "appointment-ended")),
        Err(error) => end_page(&ctx, code, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}
