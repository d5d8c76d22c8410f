//! Dated windows: the list by kind, and the forms that enter, change and withdraw one.

use axum::extract::Path;
use base::{
    ids::WindowId,
    time::{date_time_tr, date_tr},
};
use domain::{enrolments::EntryKind, programmes::Season, registration::WindowKind};
use services::{
    Action, ServiceError,
    institution::{self, UnitNode},
    windows::{
        ChangeWindow, EnterWindow, WindowLine, WindowState, WithdrawWindow, WithdrawnLine, change_window,
        enter_window, find_window, list_windows, list_withdrawn, window_history, withdraw_window,
    },
};

use crate::{
    components::{Button, Column, Empty, Fact, Link, Note, State, Tag, Weight, form::Choice},
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::{
        accounts::unit_choices,
        plain_form::PlainForm,
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    views::{
        cards::{Card, CardsPage, Cell, Part, Table, TableForm},
        forms::Input,
    },
    words,
};

/// Path of the work in the navigation.
const WORK: &str = "tarihler";
const LIST: &str = "/tarihler";

fn state_tag(t: &Texts, state: WindowState) -> Tag<'_> {
    let colour = match state {
        WindowState::Open => State::Ok,
        WindowState::Soon => State::Info,
        WindowState::Over => State::Na,
    };
    Tag::new(colour, t.variant("window-state", state.code()))
}

fn unit_word<'a>(t: &'a Texts, line: &'a WindowLine) -> &'a str {
    line.unit.as_ref().map_or(t.get("windows-everywhere"), |unit| words::unit(unit, t.lang()))
}

fn entry_word<'a>(t: &'a Texts, line: &WindowLine) -> &'a str {
    line.window.entry_kind.map_or(t.get("windows-every-entry"), |kind| t.variant("entry", kind.code()))
}

// The list --------------------------------------------------------------------------------------------

/// `GET /tarihler`.
pub async fn list(ctx: Ctx) -> Answer {
    let all = list_windows(ctx.office(), ctx.actor()).await?;
    let withdrawn = list_withdrawn(ctx.office(), ctx.actor()).await?;
    let t = ctx.t();
    let frame = ctx.frame(t.get("windows-title"));
    let shell = ctx.shell(WORK).await;
    let mut main: Vec<Card<'_>> = WindowKind::ALL
        .iter()
        .map(|kind| {
            let own = all.iter().filter(|line| line.window.kind == *kind);
            Card::new(kind.code(), t.variant("window-kind", kind.code()), Part::Table(table(t, own)))
        })
        .collect();
    if !withdrawn.is_empty() {
        let table = withdrawn_table(t, &withdrawn);
        main.push(Card::new("geri-cekilen", t.get("windows-withdrawn"), Part::Table(table)));
    }
    let mut buttons = Vec::new();
    if ctx.actor().may(Action::ChangeWindows) {
        buttons.push(
            Button::link(t.get("windows-new"), "/tarihler/yeni").icon("plus").weight(Weight::Main).key("y"),
        );
    }
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: Vec::new(),
        heading: t.get("windows-title").into(),
        lead: t.get("windows-lead").into(),
        buttons,
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main,
        side: Vec::new(),
    };
    ctx.html(&view)
}

fn table<'a>(t: &'a Texts, lines: impl Iterator<Item = &'a WindowLine>) -> Table<'a> {
    let rows = lines
        .map(|line| {
            let (w, id) = (&line.window, line.window.id);
            let days = format!("{} – {}", date_tr(w.opens_on), date_tr(w.closes_on));
            let term = line.term.as_ref().map(|term| words::term(t, term)).unwrap_or_default();
            let about = format!("{}, {days}", unit_word(t, line));
            let mut acts = if line.may_change {
                vec![
                    Button::link(t.get("windows-change"), format!("{LIST}/{id}"))
                        .small()
                        .about(about.clone()),
                    Button::link(t.get("windows-withdraw"), format!("{LIST}/{id}/geri-cek"))
                        .small()
                        .about(about.clone()),
                ]
            } else {
                Vec::new()
            };
            if w.version > 1 {
                let past = Button::link(t.get("windows-history"), format!("{LIST}/{id}/gecmis"));
                acts.push(past.small().about(about));
            }
            vec![
                Cell::text(unit_word(t, line)).note(term),
                Cell::text(entry_word(t, line)),
                Cell::text(days).class("nw"),
                Cell::tag(state_tag(t, line.state)),
                Cell::text(w.source.as_str()).note(format!("{} · {}", w.noted_by, date_time_tr(w.noted_at))),
                Cell::buttons(acts),
            ]
        })
        .collect();
    Table {
        form: TableForm::default(),
        columns: vec![
            Column::new(t.get("shell-unit")),
            Column::new(t.get("windows-entry")),
            Column::new(t.get("windows-days")),
            Column::new(t.get("windows-state")),
            Column::new(t.get("windows-source")),
            Column::quiet(t.get("own-session-act")),
        ],
        rows,
        empty: Empty::new("calendar", t.get("windows-none"), t.get("windows-none-text")),
    }
}

/// Windows that were taken back, with why.
fn withdrawn_table<'a>(t: &'a Texts, lines: &'a [WithdrawnLine]) -> Table<'a> {
    let rows = lines
        .iter()
        .map(|WithdrawnLine { line, withdrawal }| {
            let w = &line.window;
            let days = format!("{} – {}", date_tr(w.opens_on), date_tr(w.closes_on));
            vec![
                Cell::link(t.variant("window-kind", w.kind.code()), format!("{LIST}/{}/gecmis", w.id))
                    .note(unit_word(t, line)),
                Cell::text(entry_word(t, line)),
                Cell::text(days).class("nw"),
                Cell::text(withdrawal.reason.as_str()).note(format!(
                    "{} · {}",
                    withdrawal.by,
                    date_time_tr(withdrawal.at)
                )),
            ]
        })
        .collect();
    Table {
        form: TableForm::default(),
        columns: vec![
            Column::new(t.get("windows-kind")),
            Column::new(t.get("windows-entry")),
            Column::new(t.get("windows-days")),
            Column::new(t.get("windows-withdrawn-why")),
        ],
        rows,
        empty: Empty::default(),
    }
}

// What it said ----------------------------------------------------------------------------------------

/// `GET /tarihler/{id}/gecmis`: what a window says and said, each with its source.
pub async fn history(ctx: Ctx, Path(id): Path<WindowId>) -> Answer {
    let found = window_history(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let frame = ctx.frame(t.get("windows-history-title"));
    let shell = ctx.shell(WORK).await;
    let mut crumbs = crumbs(t);
    crumbs.push(Link::new(t.get("windows-history-title"), ""));
    let notes = found.withdrawal.iter().map(|withdrawal| {
        let who = format!("{} · {}", withdrawal.by, date_time_tr(withdrawal.at));
        let said = format!("{} ({who})", withdrawal.reason);
        Note::new(State::Ask, t.get("windows-was-withdrawn"), said)
    });
    let rows = found
        .past
        .iter()
        .map(|past| {
            vec![
                Cell::text(format!("{} – {}", date_tr(past.opens_on), date_tr(past.closes_on))).class("nw"),
                Cell::text(past.source.as_str()),
                Cell::text(past.noted_by.as_str()).note(date_time_tr(past.noted_at)),
            ]
        })
        .collect();
    let past = Table {
        form: TableForm::default(),
        columns: vec![
            Column::new(t.get("windows-days")),
            Column::new(t.get("windows-source")),
            Column::new(t.get("windows-noted-by")),
        ],
        rows,
        empty: Empty::new("calendar", t.get("windows-never-changed"), ""),
    };
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs,
        heading: t.get("windows-history-title").into(),
        lead: t.get("windows-history-lead").into(),
        buttons: Vec::new(),
        notes: notes.collect(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main: vec![Card::new("once", t.get("windows-before"), Part::Table(past))],
        side: vec![Card::new("simdi", t.get("form-now"), Part::Facts(facts(t, &found.line)))],
    };
    ctx.html(&view)
}

// Forms -----------------------------------------------------------------------------------------------

fn crumbs(t: &Texts) -> Vec<Link<'_>> {
    vec![Link::new(t.get("windows-title"), LIST)]
}

fn day_inputs<'a>(t: &'a Texts, form: &Form<'a>, now: Option<&WindowLine>) -> Vec<Input<'a>> {
    let day =
        |day: fn(&WindowLine) -> base::time::Date| now.map(|line| date_tr(day(line))).unwrap_or_default();
    let opens = form.field("opens_on", "windows-opens", day(|l| l.window.opens_on));
    let closes = form.field("closes_on", "windows-closes", day(|l| l.window.closes_on));
    let source = form.field("source", "windows-source", "").hint(t.get("windows-source-hint")).max(500);
    let mut inputs = vec![
        Input::Date(if now.is_some() { opens.focus() } else { opens }),
        Input::Date(closes.hint(t.get("windows-closes-hint"))),
        Input::Area(source),
    ];
    // Asked once it is known that there is something to ask about.
    let overlap = form.field("overlap_ok", "windows-overlap-ok", "");
    if !overlap.error.is_empty() || !overlap.value.is_empty() {
        inputs.push(Input::Check(overlap.optional()));
    }
    inputs
}

/// `GET /tarihler/yeni`.
pub async fn new(ctx: Ctx) -> Answer {
    ctx.needs(Action::ChangeWindows)?;
    new_page(&ctx, &Form::fresh(&ctx)).await
}

/// Whether the actor may do something everywhere, and the units in which he or she may.
pub(super) fn own_units(ctx: &Ctx, action: Action, units: Vec<UnitNode>) -> (bool, Vec<UnitNode>) {
    let scope = services::authz::scope(ctx.actor(), action);
    if scope.all {
        return (true, units);
    }
    // The tree comes in its own order: what stands deeper than a held unit, until the next that does not, is below it.
    let mut within = None;
    let own = units
        .into_iter()
        .filter(|node| {
            if within.is_some_and(|depth| node.depth <= depth) {
                within = None;
            }
            if within.is_none() && scope.units.contains(&node.unit.id) {
                within = Some(node.depth);
            }
            within.is_some()
        })
        .collect();
    (false, own)
}

async fn new_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let (everywhere, units) =
        own_units(ctx, Action::ChangeWindows, institution::list_units(ctx.office(), ctx.actor()).await?);
    let terms = institution::list_terms(ctx.office(), ctx.actor()).await?;
    let kinds = WindowKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), t.variant("window-kind", kind.code()).to_owned()));
    let chosen = form.value("unit", "");
    let everywhere = everywhere.then(|| Choice::new("", t.get("windows-everywhere")));
    let units = everywhere.into_iter().chain(unit_choices(&units, t.lang(), &chosen)).collect();
    let entries = EntryKind::ALL
        .iter()
        .filter(|kind| **kind != EntryKind::Records)
        .map(|kind| (kind.code().to_owned(), t.variant("entry", kind.code()).to_owned()));
    let terms = terms
        .iter()
        .take(12)
        .map(|term| (format!("{} {}", term.academic_year, term.season.code()), words::term(t, term)));
    let mut inputs = vec![
        Input::Select(form.field("kind", "windows-kind", "").focus(), form.choices("kind", "", kinds)),
        Input::Select(form.field("unit", "shell-unit", "").hint(t.get("windows-unit-hint")), units),
        Input::Select(
            form.field("entry", "windows-entry", "").hint(t.get("windows-entry-hint")).optional(),
            form.choices("entry", "", entries),
        ),
        Input::Select(form.field("term", "shell-term", "").optional(), form.choices("term", "", terms)),
    ];
    inputs.extend(day_inputs(t, form, None));
    let page = PlainForm {
        current: WORK,
        title: "windows-new",
        crumbs: crumbs(t),
        lead: t.get("windows-new-lead").to_owned(),
        notes: Vec::new(),
        action: "/tarihler/yeni".to_owned(),
        hidden: Vec::new(),
        inputs,
        facts: Vec::new(),
        submit: "form-save",
        danger: false,
        back: LIST.to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /tarihler/yeni`.
pub async fn create(ctx: Ctx, posted: Posted) -> Answer {
    let term = posted.text("term").split_once(' ');
    let command = EnterWindow {
        kind: WindowKind::from_code(posted.text("kind")),
        unit: posted.text("unit").to_owned(),
        term: term.and_then(|(year, season)| Some((year.to_owned(), Season::from_code(season)?))),
        entry_kind: EntryKind::from_code(posted.text("entry")),
        opens_on: posted.text("opens_on").to_owned(),
        closes_on: posted.text("closes_on").to_owned(),
        source: posted.text("source").to_owned(),
        overlap_ok: !posted.text("overlap_ok").is_empty(),
    };
    match enter_window(ctx.office(), ctx.actor(), command).await {
        Ok(_) => Ok(ctx.flash_to(LIST, "window-saved")),
        Err(error) => new_page(&ctx, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// What a window is, beside the forms that change it.
fn facts<'a>(t: &'a Texts, line: &'a WindowLine) -> Vec<Fact<'a>> {
    let w = &line.window;
    let term = line.term.as_ref().map(|term| words::term(t, term)).unwrap_or_default();
    vec![
        Fact::text(t.get("windows-kind"), t.variant("window-kind", w.kind.code())),
        Fact::text(t.get("shell-unit"), unit_word(t, line)),
        Fact::text(t.get("windows-entry"), entry_word(t, line)),
        Fact::text(t.get("shell-term"), term),
        Fact::text(t.get("windows-days"), format!("{} – {}", date_tr(w.opens_on), date_tr(w.closes_on))),
        Fact::tag(t.get("windows-state"), state_tag(t, line.state)),
        Fact::text(t.get("windows-source"), w.source.as_str()).with_note(format!(
            "{} · {}",
            w.noted_by,
            date_time_tr(w.noted_at)
        )),
    ]
}

async fn found(ctx: &Ctx, id: WindowId) -> Result<WindowLine, Fault> {
    ctx.needs(Action::ChangeWindows)?;
    let line = find_window(ctx.office(), ctx.actor(), id).await?;
    if line.may_change { Ok(line) } else { Err(ServiceError::Forbidden(Action::ChangeWindows).into()) }
}

/// `GET /tarihler/{id}`.
pub async fn change(ctx: Ctx, Path(id): Path<WindowId>) -> Answer {
    change_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn change_page(ctx: &Ctx, id: WindowId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let line = found(ctx, id).await?;
    let page = PlainForm {
        current: WORK,
        title: "windows-change-title",
        crumbs: crumbs(t),
        lead: t.get("windows-change-lead").to_owned(),
        notes: Vec::new(),
        action: format!("{LIST}/{id}"),
        hidden: vec![("version", form.value("version", line.window.version.to_string()))],
        inputs: day_inputs(t, form, Some(&line)),
        facts: facts(t, &line),
        submit: "form-save",
        danger: false,
        back: LIST.to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /tarihler/{id}`.
pub async fn save_change(ctx: Ctx, Path(id): Path<WindowId>, posted: Posted) -> Answer {
    let command = ChangeWindow {
        window: id,
        version: posted.number("version").unwrap_or(0),
        opens_on: posted.text("opens_on").to_owned(),
        closes_on: posted.text("closes_on").to_owned(),
        source: posted.text("source").to_owned(),
        overlap_ok: !posted.text("overlap_ok").is_empty(),
    };
    match change_window(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(LIST, "window-saved")),
        Err(error) => change_page(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

/// `GET /tarihler/{id}/geri-cek`.
pub async fn withdraw(ctx: Ctx, Path(id): Path<WindowId>) -> Answer {
    withdraw_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn withdraw_page(ctx: &Ctx, id: WindowId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let line = found(ctx, id).await?;
    let page = PlainForm {
        current: WORK,
        title: "windows-withdraw-title",
        crumbs: crumbs(t),
        lead: t.get("windows-withdraw-lead").to_owned(),
        notes: Vec::new(),
        action: format!("{LIST}/{id}/geri-cek"),
        hidden: vec![("version", form.value("version", line.window.version.to_string()))],
        inputs: vec![Input::Area(
            form.field("reason", "reason", "").hint(t.get("windows-reason-hint")).max(500).focus(),
        )],
        facts: facts(t, &line),
        submit: "windows-withdraw",
        danger: true,
        back: LIST.to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /tarihler/{id}/geri-cek`.
pub async fn save_withdraw(ctx: Ctx, Path(id): Path<WindowId>, posted: Posted) -> Answer {
    let command = WithdrawWindow {
        window: id,
        version: posted.number("version").unwrap_or(0),
        reason: posted.text("reason").to_owned(),
    };
    match withdraw_window(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(LIST, "window-withdrawn")),
        Err(error) => withdraw_page(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}
