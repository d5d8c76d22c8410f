//! The dated changes of a programme: another name, another code.

use axum::extract::Path;
use domain::units::CodeSystem;
use services::{
    ServiceError,
    institution::{self, ProgrammePage},
};

use crate::{
    components::Link,
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::{
        dated_forms::{code_facts, code_inputs, name_facts, name_inputs, new_name, set_code},
        institution::{WORK, crumbs, programme_href, programme_name},
        plain_form::{PlainForm, ask_password},
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    views::forms::Input,
};

async fn changeable(ctx: &Ctx, code: String) -> Result<ProgrammePage, Fault> {
    let page = institution::show_programme(ctx.office(), ctx.actor(), code, None).await?;
    if page.may_change {
        Ok(page)
    } else {
        Err(ServiceError::Forbidden(services::Action::ChangeInstitution).into())
    }
}

fn about<'a>(
    t: &'a Texts,
    page: &'a ProgrammePage,
    title: &'static str,
    path: &str,
    inputs: Vec<Input<'a>>,
) -> PlainForm<'a> {
    let base = programme_href(&page.programme.code);
    let name = programme_name(&page.programme, t.lang());
    let mut crumbs = crumbs(t, &page.above);
    crumbs.push(Link::new(name, base.clone()));
    PlainForm {
        current: WORK,
        title,
        crumbs,
        lead: name.to_owned(),
        notes: Vec::new(),
        action: format!("{base}/{path}"),
        hidden: Vec::new(),
        inputs,
        facts: Vec::new(),
        submit: "form-save",
        danger: false,
        back: base,
    }
}

/// `GET /programlar/{kod}/ad`.
pub async fn rename(ctx: Ctx, Path(code): Path<String>) -> Answer {
    ask_password(&ctx)?;
    rename_page(&ctx, code, &Form::fresh(&ctx)).await
}

async fn rename_page(ctx: &Ctx, code: String, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let page = changeable(ctx, code).await?;
    let now = &page.programme.name;
    let form_page = about(t, &page, "programme-rename", "ad", name_inputs(t, form, now));
    PlainForm { facts: name_facts(t, now), ..form_page }.show(ctx, form).await
}

/// `POST /programlar/{kod}/ad`.
pub async fn save_rename(ctx: Ctx, Path(code): Path<String>, posted: Posted) -> Answer {
    match institution::name_programme(ctx.office(), ctx.actor(), new_name(&code, &posted)).await {
        Ok(()) => Ok(ctx.flash_to(&format!("{}#adlar", programme_href(&code)), "programme-named")),
        Err(error) => rename_page(&ctx, code, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// `GET /programlar/{kod}/kod`.
pub async fn code(ctx: Ctx, Path(code): Path<String>) -> Answer {
    ask_password(&ctx)?;
    code_page(&ctx, code, &Form::fresh(&ctx)).await
}

async fn code_page(ctx: &Ctx, code: String, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let page = changeable(ctx, code).await?;
    let facts = code_facts(t, &page.codes, ctx.office().today());
    let inputs = code_inputs(t, form, CodeSystem::knows_programmes);
    let form_page = about(t, &page, "programme-set-code", "kod", inputs);
    PlainForm { facts, ..form_page }.show(ctx, form).await
}

/// `POST /programlar/{kod}/kod`.
pub async fn save_code(ctx: Ctx, Path(code): Path<String>, posted: Posted) -> Answer {
    match institution::set_programme_code(ctx.office(), ctx.actor(), set_code(&code, &posted)).await {
        Ok(()) => Ok(ctx.flash_to(&format!("{}#kodlar", programme_href(&code)), "code-set")),
        Err(error) => code_page(&ctx, code, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}
