//! The forms of orientation for the office, each a page of its own.

use axum::extract::{Path, Query};
use base::{
    ids::{OrientationId, SessionId},
    time::{date_tr, local_date, time_tr},
};
use serde::Deserialize;
use services::{
    Action,
    institution::{self, UnitNode},
    orientation::{
        FoundSession, MakeOrientation, OpenedOrientation, PlanSession, RenameOrientation, SessionPlan,
        change_session, find_session, keep_handbook, make_orientation, open_orientation, plan_session,
        remove_session, rename_orientation,
    },
};

use crate::{
    components::{Fact, Link, form::Choice},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        accounts::unit_choices,
        orientation::{LIST, WORK, crumbs, href, session_href, time_of},
        plain_form::PlainForm,
        student_forms::{Form, Outcome},
        windows::own_units,
    },
    texts::Texts,
    views::forms::Input,
};

/// A form about one orientation.
fn about<'a>(
    t: &'a Texts,
    page: &OpenedOrientation,
    (title, submit): (&'static str, &'static str),
    path: &str,
    inputs: Vec<Input<'a>>,
) -> PlainForm<'a> {
    let base = href(page.of.id);
    PlainForm {
        current: WORK,
        title,
        crumbs: crumbs(t, Some(&page.of)),
        lead: page.of.name.of(t.lang()).to_owned(),
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

fn name_inputs<'a>(t: &'a Texts, form: &Form<'a>, tr: &str, en: &str, rules: &str) -> Vec<Input<'a>> {
    vec![
        Input::Text(form.field("name_tr", "units-name-tr", tr).hint(t.get("orientation-name-hint")).max(200)),
        Input::Text(form.field("name_en", "units-name-en", en).max(200)),
        Input::Text(
            form.field("rules_url", "orientation-rules-url", rules)
                .hint(t.get("orientation-rules-hint"))
                .optional()
                .max(500),
        ),
    ]
}

// A new one -------------------------------------------------------------------------------------------

/// `GET /oryantasyon/yeni`.
pub async fn new(ctx: Ctx) -> Answer {
    new_page(&ctx, &Form::fresh(&ctx)).await
}

async fn new_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    ctx.needs(Action::ManageOrientation)?;
    let t = ctx.t();
    let all: Vec<UnitNode> = institution::list_units(ctx.office(), ctx.actor()).await?;
    let (_, units) = own_units(ctx, Action::ManageOrientation, all);
    let usual = ctx.work_unit().await.map(|unit| unit.code.clone());
    let usual = usual.or_else(|| units.first().map(|node| node.unit.code.clone())).unwrap_or_default();
    let chosen = form.value("unit", usual);
    let choices: Vec<Choice<'_>> = unit_choices(&units, t.lang(), &chosen);
    let mut inputs = vec![
        Input::Select(
            form.field("unit", "shell-unit", "").hint(t.get("orientation-unit-hint")).focus(),
            choices,
        ),
        Input::Number(
            form.field("year", "orientation-year", ctx.office().today().year().to_string())
                .hint(t.get("orientation-year-hint"))
                .max(4)
                .width("w-s"),
        ),
    ];
    inputs.extend(name_inputs(t, form, "", "", ""));
    let page = PlainForm {
        current: WORK,
        title: "orientation-new",
        crumbs: crumbs(t, None),
        lead: t.get("orientation-new-lead").to_owned(),
        notes: Vec::new(),
        action: "/oryantasyon/yeni".to_owned(),
        hidden: Vec::new(),
        inputs,
        facts: Vec::new(),
        submit: "form-save",
        danger: false,
        back: LIST.to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /oryantasyon/yeni`.
pub async fn create(ctx: Ctx, posted: Posted) -> Answer {
    let command = MakeOrientation {
        unit: posted.text("unit").to_owned(),
        year: posted.text("year").to_owned(),
        name_tr: posted.text("name_tr").to_owned(),
        name_en: posted.text("name_en").to_owned(),
        rules_url: posted.text("rules_url").to_owned(),
    };
    match make_orientation(ctx.office(), ctx.actor(), command).await {
        Ok(id) => Ok(ctx.flash_to(&href(id), "orientation-saved")),
        Err(error) => new_page(&ctx, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

// Its name and its handbook ---------------------------------------------------------------------------

/// `GET /oryantasyon/{id}/ad`.
pub async fn rename(ctx: Ctx, Path(id): Path<OrientationId>) -> Answer {
    rename_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn rename_page(ctx: &Ctx, id: OrientationId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let page = open_orientation(ctx.office(), ctx.actor(), id).await?;
    let inputs = name_inputs(t, form, &page.of.name.tr, &page.of.name.en, &page.of.rules_url);
    let hidden = vec![("version", form.value("version", page.of.version.to_string()))];
    let shown = about(t, &page, ("orientation-rename", "form-save"), "ad", inputs);
    PlainForm { hidden, ..shown }.show(ctx, form).await
}

/// `POST /oryantasyon/{id}/ad`.
pub async fn save_rename(ctx: Ctx, Path(id): Path<OrientationId>, posted: Posted) -> Answer {
    let command = RenameOrientation {
        id,
        version: posted.number("version").unwrap_or(0),
        name_tr: posted.text("name_tr").to_owned(),
        name_en: posted.text("name_en").to_owned(),
        rules_url: posted.text("rules_url").to_owned(),
    };
    match rename_orientation(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(&href(id), "orientation-saved")),
        Err(error) => rename_page(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// `GET /oryantasyon/{id}/el-kitabi`.
pub async fn handbook(ctx: Ctx, Path(id): Path<OrientationId>) -> Answer {
    handbook_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn handbook_page(ctx: &Ctx, id: OrientationId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let page = open_orientation(ctx.office(), ctx.actor(), id).await?;
    let inputs = vec![Input::File(
        form.field("handbook", "orientation-handbook", "").hint(t.get("orientation-handbook-hint")),
        "application/pdf,image/jpeg,image/png",
    )];
    let hidden = vec![("version", form.value("version", page.of.version.to_string()))];
    let facts = page.of.handbook.map(|_| {
        let file = format!("{}/el-kitabi/dosya", href(id));
        Fact::link(t.get("orientation-handbook"), t.get("orientation-handbook-open"), file)
    });
    let titles = ("orientation-handbook-upload", "orientation-handbook-save");
    let shown = about(t, &page, titles, "el-kitabi", inputs);
    PlainForm { hidden, facts: facts.into_iter().collect(), ..shown }.show(ctx, form).await
}

/// `POST /oryantasyon/{id}/el-kitabi`.
pub async fn save_handbook(ctx: Ctx, Path(id): Path<OrientationId>, mut posted: Posted) -> Answer {
    let version = posted.number("version").unwrap_or(0);
    let upload = posted.file("handbook");
    match keep_handbook(ctx.office(), ctx.actor(), id, version, upload).await {
        Ok(()) => Ok(ctx.flash_to(&href(id), "handbook-saved")),
        Err(error) => handbook_page(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

// Sessions --------------------------------------------------------------------------------------------

/// What the URL of a new session says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlanParams {
    yineleme: String,
}

fn session_inputs<'a>(
    t: &'a Texts,
    form: &Form<'a>,
    now: Option<&FoundSession>,
    is_repeat: bool,
) -> Vec<Input<'a>> {
    let plan = now.map(|opened| &opened.session.plan);
    let text = |of: fn(&domain::orientation::PlannedSession) -> String| plan.map(of).unwrap_or_default();
    let title_tr = form.field("title_tr", "orientation-title-tr", text(|p| p.title.tr.clone()));
    vec![
        Input::Text(title_tr.max(200).focus()),
        Input::Text(form.field("title_en", "orientation-title-en", text(|p| p.title.en.clone())).max(200)),
        Input::Text(form.field("place", "orientation-place", text(|p| p.place.clone())).max(200)),
        Input::Text(
            form.field("speaker", "orientation-speaker", text(|p| p.speaker.clone())).max(200).optional(),
        ),
        Input::Date(form.field("day", "orientation-day", text(|p| date_tr(local_date(p.starts_at))))),
        Input::Text(
            form.field("starts", "orientation-starts", text(|p| time_tr(p.starts_at)))
                .hint(t.get("orientation-time-hint"))
                .max(5)
                .width("w-s"),
        ),
        Input::Text(form.field("ends", "orientation-ends", text(|p| time_tr(p.ends_at))).max(5).width("w-s")),
        Input::Check(
            form.field("is_repeat", "orientation-is-repeat", if is_repeat { "1" } else { "" })
                .hint(t.get("orientation-repeat-text"))
                .optional(),
        ),
    ]
}

fn plan_of(posted: &Posted) -> SessionPlan {
    SessionPlan {
        title_tr: posted.text("title_tr").to_owned(),
        title_en: posted.text("title_en").to_owned(),
        place: posted.text("place").to_owned(),
        speaker: posted.text("speaker").to_owned(),
        day: posted.text("day").to_owned(),
        starts: posted.text("starts").to_owned(),
        ends: posted.text("ends").to_owned(),
        is_repeat: !posted.text("is_repeat").is_empty(),
    }
}

/// `GET /oryantasyon/{id}/oturum`.
pub async fn plan(ctx: Ctx, Path(id): Path<OrientationId>, Query(params): Query<PlanParams>) -> Answer {
    plan_page(&ctx, id, &Form::fresh(&ctx), !params.yineleme.is_empty()).await
}

async fn plan_page(ctx: &Ctx, id: OrientationId, form: &Form<'_>, is_repeat: bool) -> Answer {
    let t = ctx.t();
    let page = open_orientation(ctx.office(), ctx.actor(), id).await?;
    let inputs = session_inputs(t, form, None, is_repeat);
    about(t, &page, ("orientation-plan", "form-save"), "oturum", inputs).show(ctx, form).await
}

/// `POST /oryantasyon/{id}/oturum`.
pub async fn save_plan(ctx: Ctx, Path(id): Path<OrientationId>, posted: Posted) -> Answer {
    match plan_session(ctx.office(), ctx.actor(), PlanSession { of: id, plan: plan_of(&posted) }).await {
        Ok(_) => Ok(ctx.flash_to(&href(id), "session-saved")),
        Err(error) => plan_page(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?), false).await,
    }
}

/// A form about one session.
fn about_session<'a>(
    t: &'a Texts,
    opened: &FoundSession,
    form: &Form<'_>,
    (title, submit): (&'static str, &'static str),
    path: &str,
    inputs: Vec<Input<'a>>,
) -> PlainForm<'a> {
    let base = session_href(opened.session.id);
    let name = opened.session.plan.title.of(t.lang()).to_owned();
    let mut crumbs = crumbs(t, Some(&opened.of));
    crumbs.push(Link::new(name.clone(), base.clone()));
    PlainForm {
        current: WORK,
        title,
        crumbs,
        lead: format!("{name} · {}", time_of(&opened.session)),
        notes: Vec::new(),
        action: format!("{base}/{path}"),
        hidden: vec![("version", form.value("version", opened.session.version.to_string()))],
        inputs,
        facts: Vec::new(),
        submit,
        danger: false,
        back: base,
    }
}

/// `GET /oryantasyon/oturum/{id}/degistir`.
pub async fn change(ctx: Ctx, Path(id): Path<SessionId>) -> Answer {
    change_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn change_page(ctx: &Ctx, id: SessionId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let opened = find_session(ctx.office(), ctx.actor(), id).await?;
    let inputs = session_inputs(t, form, Some(&opened), opened.session.plan.is_repeat);
    let titles = ("orientation-change", "form-save");
    let page = about_session(t, &opened, form, titles, "degistir", inputs);
    let facts = vec![Fact::link(
        t.get("orientation-remove-title"),
        t.get("orientation-remove"),
        format!("{}/sil", session_href(id)),
    )];
    let facts = if opened.session.came == 0 { facts } else { Vec::new() };
    PlainForm { facts, ..page }.show(ctx, form).await
}

/// `POST /oryantasyon/oturum/{id}/degistir`.
pub async fn save_change(ctx: Ctx, Path(id): Path<SessionId>, posted: Posted) -> Answer {
    let version = posted.number("version").unwrap_or(0);
    match change_session(ctx.office(), ctx.actor(), id, version, plan_of(&posted)).await {
        Ok(()) => Ok(ctx.flash_to(&session_href(id), "session-saved")),
        Err(error) => change_page(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// `GET /oryantasyon/oturum/{id}/sil`.
pub async fn remove(ctx: Ctx, Path(id): Path<SessionId>) -> Answer {
    remove_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn remove_page(ctx: &Ctx, id: SessionId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let opened = find_session(ctx.office(), ctx.actor(), id).await?;
    let titles = ("orientation-remove-title", "orientation-remove");
    let page = about_session(t, &opened, form, titles, "sil", Vec::new());
    PlainForm { danger: true, ..page }.show(ctx, form).await
}

/// `POST /oryantasyon/oturum/{id}/sil`.
pub async fn save_remove(ctx: Ctx, Path(id): Path<SessionId>, posted: Posted) -> Answer {
    let version = posted.number("version").unwrap_or(0);
    match remove_session(ctx.office(), ctx.actor(), id, version).await {
        Ok(of) => Ok(ctx.flash_to(&href(of), "session-removed")),
        Err(error) => remove_page(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}
