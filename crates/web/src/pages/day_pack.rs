//! Day packs: making one, and the queue of its paper forms.

pub mod enter;

use std::collections::HashSet;

use askama::Template;
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use base::{
    ids::DayPackId,
    time::{date_time_tr, date_tr, parse_date_tr},
};
use domain::papers::{PaperKind, PaperStanding};
use regulations::Verdict;
use services::{
    Action, ServiceError,
    day_pack::{
        self, ListedPack, MadePack, MakePack, OpenedPack, PackDraft, PackLine, draft_pack, pack_password,
        seal_pack,
    },
    registration::{DeskFile, ShownNotice, show_notice},
};
use storage::day_pack::PackForm;

use crate::{
    components::{Button, Column, Empty, Link, Note, State, Tag},
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::{
        accounts::unit_choices,
        plain_form::PlainForm,
        student_forms::{Form, Outcome},
        windows::own_units,
    },
    texts::Texts,
    views::{
        cards::{Card, CardsPage, Cell, Part, Table},
        day_pack::PackFile,
        forms::Input,
    },
    words::finding,
};

const WORK: &str = "kayit";

fn crumbs(ctx: &Ctx) -> Vec<Link<'_>> {
    let t = ctx.t();
    vec![Link::new(t.get("nav-kayit"), "/kayit"), Link::new(t.get("pack-title"), "/kayit/paket")]
}

/// `GET /kayit/paket`.
pub async fn list(ctx: Ctx) -> Answer {
    let packs = day_pack::list_packs(ctx.office(), ctx.actor()).await?;
    let t = ctx.t();
    let table = Table {
        columns: vec![
            Column::new(t.get("pack-day")),
            Column::new(t.get("pack-unit")),
            Column::number(t.get("pack-candidates")),
            Column::number(t.get("pack-forms")),
            Column::number(t.get("pack-entered")),
            Column::new(t.get("pack-made")),
        ],
        rows: packs.iter().map(|listed| pack_row(t, listed)).collect(),
        empty: Empty::new("inbox", t.get("pack-none"), t.get("pack-none-text")),
        ..Table::default()
    };
    let frame = ctx.frame(t.get("pack-title"));
    let shell = ctx.shell(WORK).await;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: vec![Link::new(t.get("nav-kayit"), "/kayit"), Link::new(t.get("pack-title"), "")],
        heading: t.get("pack-title").into(),
        lead: t.get("pack-lead").into(),
        buttons: vec![Button::link(t.get("pack-make"), "/kayit/paket/yeni")],
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main: vec![Card::new("paketler", t.get("pack-list"), Part::Table(table))],
        side: Vec::new(),
    };
    ctx.html(&view)
}

fn pack_row<'a>(t: &Texts, listed: &'a ListedPack) -> Vec<Cell<'a>> {
    let pack = &listed.pack;
    vec![
        Cell::link(date_tr(pack.day), format!("/kayit/paket/{}", pack.id)),
        Cell::text(listed.unit.of(t.lang())),
        Cell::text(pack.candidates.to_string()).class("r"),
        Cell::text(pack.forms.to_string()).class("r"),
        Cell::text(pack.entered.to_string()).class("r"),
        Cell::text(date_time_tr(pack.made_at)).note(pack.made_by.as_str()),
    ]
}

/// `GET /kayit/paket/yeni`.
pub async fn form(ctx: Ctx) -> Answer {
    form_page(&ctx, &Form::fresh(&ctx)).await
}

async fn form_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    ctx.needs(Action::RegisterCandidates)?;
    let t = ctx.t();
    let all = services::institution::list_units(ctx.office(), ctx.actor()).await?;
    let (_, units) = own_units(ctx, Action::RegisterCandidates, all);
    let usual = ctx.work_unit().await.map(|unit| unit.code.clone());
    let usual = usual.or_else(|| units.first().map(|node| node.unit.code.clone())).unwrap_or_default();
    let choices = unit_choices(&units, t.lang(), &form.value("unit", usual));
    let password = form.value("password", pack_password(ctx.office()));
    let page = PlainForm {
        current: WORK,
        title: "pack-make",
        crumbs: crumbs(ctx),
        lead: t.get("pack-make-lead").to_owned(),
        notes: vec![Note::new(State::Ask, t.get("pack-password-note"), t.get("pack-password-text"))],
        action: "/kayit/paket/yeni".to_owned(),
        hidden: Vec::new(),
        inputs: vec![
            Input::Select(form.field("unit", "pack-unit", "").focus(), choices),
            Input::Date(form.field("day", "pack-day", date_tr(ctx.office().today()))),
            Input::Number(form.field("forms", "pack-forms", "40").hint(t.get("pack-forms-hint")).max(3)),
            Input::Text(form.field("password", "pack-password", password).hint(t.get("pack-password-hint"))),
        ],
        facts: Vec::new(),
        submit: "pack-download",
        danger: false,
        back: "/kayit/paket".to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /kayit/paket/yeni`: the answer is the file.
pub async fn make(ctx: Ctx, posted: Posted) -> Answer {
    match made(&ctx, &posted).await {
        Ok((draft, pack)) => Ok(file(&ctx, &draft, &pack)?),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            form_page(&ctx, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

async fn made(ctx: &Ctx, posted: &Posted) -> Result<(PackDraft, MadePack), ServiceError> {
    let day = parse_date_tr(posted.text("day")).ok_or_else(|| ServiceError::field("day", "date-form"))?;
    let forms = posted
        .number("forms")
        .and_then(|n| u16::try_from(n).ok())
        .ok_or_else(|| ServiceError::field("forms", "required"))?;
    let order = MakePack { unit: posted.text("unit").to_owned(), day, forms };
    let draft = draft_pack(ctx.office(), ctx.actor(), order).await?;
    let lines = worded(ctx.t(), &draft);
    let pack = seal_pack(ctx.office(), ctx.actor(), &draft, lines, posted.text("password").trim()).await?;
    Ok((draft, pack))
}

/// The candidates of a draft in words.
pub fn worded(t: &Texts, draft: &PackDraft) -> Vec<PackLine> {
    draft
        .candidates
        .iter()
        .map(|(candidate, file)| {
            let data = &candidate.data;
            let open = |verdict| !matches!(verdict, Verdict::Satisfied | Verdict::NotApplicable);
            let programme = file.programme.as_ref().map(|p| p.name.of(t.lang())).unwrap_or_default();
            PackLine {
                key: data.key().to_owned(),
                name: data.full_name(),
                programme: format!("{} · {programme}", candidate.programme_code),
                kind: t.variant("entry", data.entry_kind.code()).to_owned(),
                state: t.variant("candidate-state", candidate.state.code()).to_owned(),
                born: date_tr(data.birth_date),
                checks: file
                    .assessment
                    .findings
                    .iter()
                    .filter(|f| open(f.verdict))
                    .map(|f| finding(t, f))
                    .collect(),
                held: papers(t, file, |standing| standing == PaperStanding::Held),
                missing: papers(t, file, |standing| {
                    matches!(standing, PaperStanding::Missing | PaperStanding::ToAsk)
                }),
            }
        })
        .collect()
}

/// The papers of a file that stand so, in words.
fn papers(t: &Texts, file: &DeskFile, stands: impl Fn(PaperStanding) -> bool) -> Vec<String> {
    let lines = file.papers.lines.iter().filter(|line| stands(line.standing));
    lines.map(|line| t.variant("paper", line.kind.code()).to_owned()).collect()
}

/// The page of a pack; the same for the API.
///
/// # Errors
/// When the template cannot be drawn.
pub fn drawn(
    t: &Texts,
    draft: &PackDraft,
    pack: &MadePack,
    notice: Option<&ShownNotice>,
) -> Result<String, ServiceError> {
    let title = format!("{} · {}", draft.name.of(t.lang()), date_tr(draft.day));
    let view = PackFile {
        t,
        title,
        forms: (1..=draft.forms)
            .map(|no| t.fmt("pack-form-no", &[("no", &format!("{}-{no}", pack.id))]))
            .collect(),
        // Base 64 and numbers, but the unit's name comes from people.
        payload: pack.payload.replace('<', "\\u003c"),
        papers: asked(draft).iter().map(|kind| t.variant("paper", kind.code())).collect(),
        notice: notice.map(|notice| notice.parts(t.lang())).unwrap_or_default(),
        states: enter::STATES.iter().map(|state| t.variant("paper-state", state.code())).collect(),
        words: serde_json::json!({
            "missing": t.get("pack-file-missing"),
            "held": t.get("pack-file-held"),
            "count": t.get("pack-file-count"),
        })
        .to_string()
        .replace('<', "\\u003c"),
    };
    view.render().map_err(|error| ServiceError::Port { port: "template", message: error.to_string() })
}

/// Every kind of paper that is asked of somebody in the pack, in the order of the office.
fn asked(draft: &PackDraft) -> Vec<PaperKind> {
    let lines = draft.candidates.iter().flat_map(|(_, file)| &file.papers.lines);
    let asked: HashSet<PaperKind> = lines.map(|line| line.kind).collect();
    PaperKind::ALL.iter().copied().filter(|kind| asked.contains(kind)).collect()
}

fn file(ctx: &Ctx, draft: &PackDraft, pack: &MadePack) -> Result<Response, Fault> {
    let notice = show_notice(ctx.office(), None).ok();
    let page = drawn(ctx.t(), draft, pack, notice.as_ref())?;
    let name = format!("attachment; filename=\"kunye-paket-{}-{}.html\"", pack.id, draft.day);
    Ok((
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
            (header::CACHE_CONTROL, "private, no-store".to_owned()),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        ],
        page,
    )
        .into_response())
}

// Entering forms -------------------------------------------------------------------------------------

/// `GET /kayit/paket/{id}`: the queue.
pub async fn get(ctx: Ctx, Path(id): Path<DayPackId>) -> Answer {
    let opened = day_pack::open_pack(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let notes = if opened.is_due {
        Vec::new()
    } else {
        vec![Note::new(State::Info, t.get("pack-ahead"), t.get("pack-ahead-text"))]
    };
    let table = Table {
        columns: vec![
            Column::new(t.get("pack-form")),
            Column::new(t.get("pack-outcome")),
            Column::new(t.get("pack-note")),
        ],
        rows: opened.forms.iter().map(|form| form_row(t, &opened, form)).collect(),
        empty: Empty::new("doc", t.get("pack-no-forms"), ""),
        ..Table::default()
    };
    let frame = ctx.frame(t.get("pack-queue"));
    let shell = ctx.shell(WORK).await;
    let mut way = crumbs(&ctx);
    way.push(Link::new(date_tr(opened.pack.day), ""));
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: way,
        heading: t.get("pack-queue").into(),
        lead: t
            .fmt(
                "pack-queue-lead",
                &[
                    ("day", &date_tr(opened.pack.day)),
                    ("entered", &opened.pack.entered.to_string()),
                    ("forms", &opened.pack.forms.to_string()),
                ],
            )
            .into(),
        buttons: Vec::new(),
        notes,
        figures: Vec::new(),
        tabs: Vec::new(),
        main: vec![Card::new("formlar", t.get("pack-forms-title"), Part::Table(table))],
        side: Vec::new(),
    };
    ctx.html(&view)
}

fn form_row<'a>(t: &'a Texts, opened: &OpenedPack, form: &'a PackForm) -> Vec<Cell<'a>> {
    let pack = opened.pack.id;
    let no = format!("{pack}-{}", form.form_no);
    let (first, state) = match form.outcome.as_deref() {
        None if !opened.is_due => (Cell::text(no), Tag::na(t.get("pack-outcome-waiting"))),
        None => (
            Cell::link(no, format!("/kayit/paket/{pack}/{}", form.form_no)),
            Tag::ask(t.get("pack-outcome-waiting")),
        ),
        Some("void") => (Cell::text(no), Tag::na(t.get("pack-outcome-void"))),
        Some(outcome) => {
            let cell = match form.candidate {
                Some(candidate) => Cell::link(no, format!("/kayit/{candidate}")),
                None => Cell::text(no),
            };
            (cell, Tag::ok(t.variant("pack-outcome", outcome)))
        }
    };
    vec![first.class("num"), Cell::tag(state), Cell::text(form.note.as_deref().unwrap_or_default())]
}
