//! Bulk registration of those who registered through e-Devlet: preview, run, result, undoing.

use axum::{
    extract::{Path, Query},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Redirect},
};
use base::{
    ids::{EnrolmentId, JobId, ProgrammeId},
    time::{date_time_tr, date_tr},
};
use domain::{enrolments::EntryKind, registration::FeeState};
use regulations::Verdict;
use serde::Deserialize;
use services::{
    Action, ServiceError,
    institution::{self, UnitLine},
    registration::bulk::{
        self, BulkAct, BulkPreview, BulkQuery, BulkReason, BulkRun, BulkWords, StartBulk, UndoBulk,
    },
    students::export::ExportForm,
};

use crate::{
    components::{
        Button, Empty, Fact, Figure, Link, Note, State, Str, Weight,
        form::{Choice, Field, FieldError, Tokens},
        record::{JobCard, JobState},
    },
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::{
        in_unit,
        plain_form::{PlainForm, ask_password},
        registration::WORK,
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    url::Params,
    views::{
        bulk_registration::{BulkPage, MadeRow, ProgrammeRow, ReasonRow, RunFragment, RunPage, StartForm},
        forms::Input,
        students::Filter,
    },
    words,
};

/// Address of the page.
const PATH: &str = "/kayit/e-kayit";
/// People shown under one reason.
const PEOPLE: usize = 50;
/// Numbers of a run at once.
const PAGE: u32 = 100;
/// Runs of the actor that the page shows.
const RUNS: u32 = 5;

/// The filter, as an address or a form says it; `program` may come several times.
#[derive(Clone, Debug, Default)]
struct Asked {
    programmes: Vec<String>,
    year: String,
    entry: String,
    unit: String,
}

impl Asked {
    fn of_address(pairs: &[(String, String)]) -> Self {
        let all = |name: &str| {
            pairs
                .iter()
                .filter(|(n, v)| n == name && !v.is_empty())
                .map(|(_, v)| v.clone())
                .collect::<Vec<_>>()
        };
        let first = |name: &str| all(name).into_iter().next().unwrap_or_default();
        Self {
            programmes: all("program"),
            year: first("yil"),
            entry: first("giris"),
            unit: first(in_unit::PARAM),
        }
    }

    fn of_form(posted: &Posted) -> Self {
        Self {
            programmes: posted.all("program").to_vec(),
            year: posted.text("yil").to_owned(),
            entry: posted.text("giris").to_owned(),
            unit: posted.text(in_unit::PARAM).to_owned(),
        }
    }

    fn pairs(&self) -> Vec<(Str<'static>, Str<'static>)> {
        let single = [("yil", &self.year), ("giris", &self.entry), (in_unit::PARAM, &self.unit)];
        let single = single.into_iter().filter(|(_, value)| !value.is_empty());
        let all = self.programmes.iter().map(|id| ("program", id)).chain(single);
        all.map(|(name, value)| (name.into(), value.clone().into())).collect()
    }

    fn query(&self, unit: Option<&UnitLine>) -> BulkQuery {
        BulkQuery {
            programmes: self
                .programmes
                .iter()
                .filter_map(|id| id.parse().ok())
                .map(ProgrammeId::new)
                .collect(),
            year: self.year.parse().ok(),
            entry_kind: EntryKind::from_code(&self.entry),
            unit: unit.map(|unit| unit.id),
        }
    }
}

/// `GET /kayit/e-kayit`: who would be registered, and why the rest would not.
pub async fn preview(ctx: Ctx, Query(pairs): Query<Vec<(String, String)>>) -> Answer {
    let asked = Asked::of_address(&pairs);
    if asked.programmes.is_empty() && asked.unit.is_empty() && ctx.work_unit().await.is_some() {
        let kept = Params::new(PATH).with("yil", &asked.year).with("giris", &asked.entry);
        if let Some(there) = in_unit::go_there(&ctx, "", kept).await {
            return Ok(there);
        }
    }
    page(&ctx, &asked, &Form::fresh(&ctx)).await
}

async fn page(ctx: &Ctx, asked: &Asked, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let unit = in_unit::asked(ctx, &asked.unit).await?;
    let preview = bulk::preview_bulk(ctx.office(), ctx.actor(), asked.query(unit.as_ref())).await?;
    let runs = bulk::list_bulk(ctx.office(), ctx.actor(), RUNS).await?;
    let units = in_unit::choices(ctx, unit.as_ref()).await;
    let mut kept: Vec<(&'static str, Str<'_>)> = Vec::new();
    if units.is_empty() && unit.is_some() {
        kept.push((in_unit::PARAM, asked.unit.as_str().into()));
    }
    let frame = ctx.frame(t.get("bulk-title"));
    let shell = ctx.shell(WORK).await;
    let errors = form.errors();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = BulkPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![Link::new(t.get("desk-title"), "/kayit"), Link::new(t.get("bulk-title"), "")],
        filters: filters(ctx, asked, units).await?,
        kept,
        figures: figures(t, &preview),
        notes: notes(t, &preview, &errors),
        start: (preview.ready > 0).then(|| start_form(ctx, asked, form, &preview, errors)),
        programmes: preview
            .programmes
            .iter()
            .map(|p| ProgrammeRow {
                id: p.id.to_string().into(),
                code: p.code.as_str().into(),
                name: p.name.of(t.lang()).into(),
                total: number(t, p.total),
                ready: number(t, p.ready),
                rest: number(t, p.total - p.ready),
            })
            .collect(),
        reasons: preview.reasons.iter().map(|reason| reason_row(t, reason)).collect(),
        empty: Empty::new("desk", t.get("bulk-none"), t.get("bulk-none-text")),
        runs: runs.iter().map(|run| run_fact(t, run)).collect(),
    };
    ctx.html_with(status, &view)
}

async fn filters<'a>(
    ctx: &'a Ctx,
    asked: &'a Asked,
    units: Vec<Choice<'a>>,
) -> Result<Vec<Filter<'a>>, Fault> {
    let t = ctx.t();
    let all = t.get("filter-all");
    let programmes = institution::list_programmes(ctx.office(), ctx.actor()).await?;
    let only = match asked.programmes.as_slice() {
        [one] => one.as_str(),
        _ => "",
    };
    let first = match asked.programmes.len() {
        0 | 1 => Choice::new("", all),
        several => Choice::new("", t.count("bulk-several", several)),
    };
    let mut out = vec![
        Filter {
            field: Field::new("program", t.get("desk-programme")).optional(),
            choices: std::iter::once(first)
                .chain(programmes.iter().map(|p| {
                    let value = p.id.to_string();
                    let is_now = value == only;
                    Choice::new(value, format!("{} ({})", p.name.of(t.lang()), p.code)).chosen(is_now)
                }))
                .collect(),
        },
        Filter {
            field: Field::new("giris", t.get("desk-entry")).value(asked.entry.as_str()).optional(),
            choices: entry_choices(t, &asked.entry),
        },
        Filter {
            field: Field::new("yil", t.get("desk-year"))
                .value(asked.year.as_str())
                .optional()
                .max(4)
                .width("w-s"),
            choices: Vec::new(),
        },
    ];
    if !units.is_empty() {
        let field = Field::new(in_unit::PARAM, t.get("shell-unit")).value(asked.unit.as_str()).optional();
        out.insert(0, Filter { field, choices: units });
    }
    Ok(out)
}

/// The ways of entry to choose from.
pub(super) fn entry_choices<'a>(t: &'a Texts, now: &str) -> Vec<Choice<'a>> {
    let kinds = EntryKind::ALL.iter().filter(|kind| **kind != EntryKind::Records);
    std::iter::once(Choice::new("", t.get("filter-all")))
        .chain(
            kinds.map(|kind| {
                Choice::new(kind.code(), t.variant("entry", kind.code())).chosen(kind.code() == now)
            }),
        )
        .collect()
}

fn number<'a>(t: &Texts, n: usize) -> Str<'a> {
    t.count("desk-number", n).into()
}

fn figures<'a>(t: &'a Texts, preview: &BulkPreview) -> Vec<Figure<'a>> {
    let rest = preview.total - preview.ready;
    let figure = |n: usize, key: &'static str, href: &'static str| Figure {
        number: number(t, n),
        label: t.get(key).into(),
        href: href.into(),
    };
    vec![
        figure(preview.total, "bulk-figure-total", ""),
        figure(preview.ready, "bulk-figure-ready", ""),
        figure(rest, "bulk-figure-rest", if rest > 0 { "#nedenler" } else { "" }),
    ]
}

fn notes<'a>(t: &'a Texts, preview: &BulkPreview, errors: &[FieldError<'_>]) -> Vec<Note<'a>> {
    let mut notes = Vec::new();
    if preview.ready == 0 {
        // Where there is no form, what was wrong with it stands here.
        for error in errors {
            notes.push(Note::new(State::No, error.message.to_string(), ""));
        }
    }
    if let Some(papers) = preview.warnings.get("desk-paper-afterwards") {
        notes.push(Note::new(State::Info, t.count("bulk-papers", *papers), t.get("bulk-papers-text")));
    }
    if let Some(others) = preview.warnings.get("desk-identity-differs") {
        notes.push(Note::new(State::Ask, t.count("bulk-identity", *others), t.get("bulk-identity-text")));
    }
    if preview.ready > 0 {
        notes.push(Note::new(State::Info, t.get("bulk-notice"), t.get("bulk-notice-text")));
    }
    notes
}

/// What may be noted of the fee of all of them; who owes one stands at the desk.
const FEES: [FeeState; 3] = [FeeState::NotDue, FeeState::Exempt, FeeState::Paid];

fn start_form<'a>(
    ctx: &'a Ctx,
    asked: &Asked,
    form: &Form<'a>,
    preview: &BulkPreview,
    errors: Vec<FieldError<'a>>,
) -> StartForm<'a> {
    let t = ctx.t();
    let chosen = form.value("fee_state", FeeState::NotDue.code());
    let once = domain::ledger::hex(&base::random::array::<16>(ctx.office().random.as_ref()));
    StartForm {
        tokens: Tokens { csrf: ctx.csrf().into(), once: once.into() },
        hidden: asked.pairs(),
        fee: form.field("fee_state", "bulk-fee", ""),
        fees: FEES
            .iter()
            .map(|fee| {
                Choice::new(fee.code(), t.variant("desk-fee", fee.code())).chosen(fee.code() == chosen)
            })
            .collect(),
        word: form
            .field("fee_receipt", "bulk-fee-word", "")
            .hint(t.get("bulk-fee-word-hint"))
            .optional()
            .max(100),
        errors,
        submit: t.count("bulk-start", preview.ready).into(),
    }
}

fn reason_row<'a>(t: &'a Texts, reason: &'a BulkReason) -> ReasonRow<'a> {
    let rest = reason.candidates.len().saturating_sub(PEOPLE);
    ReasonRow {
        title: words::finding(t, &reason.finding).into(),
        ground: reason.finding.citation.as_ref().map(ToString::to_string).unwrap_or_default().into(),
        count: number(t, reason.candidates.len()),
        people: reason
            .candidates
            .iter()
            .take(PEOPLE)
            .map(|who| {
                Link::new(format!("{} · {}", who.name, who.programme_code), format!("/kayit/{}", who.id))
            })
            .collect(),
        more: if rest > 0 { t.count("bulk-more-people", rest).into() } else { "".into() },
    }
}

fn run_fact<'a>(t: &'a Texts, run: &BulkRun) -> Fact<'a> {
    let job = &run.job;
    let what = match run.act {
        BulkAct::Register { .. } => t.get("bulk-run-register"),
        BulkAct::Undo { .. } => t.get("bulk-run-undo"),
    };
    Fact::link(
        date_time_tr(job.created_at),
        format!("{what} · {} · {}", t.variant("job", &job.state), counts(t, run)),
        format!("{PATH}/{}", job.id),
    )
}

fn counts(t: &Texts, run: &BulkRun) -> String {
    let ended = run.job.done + run.job.failed;
    t.fmt("job-counts", &[("done", &ended.to_string()), ("total", &run.job.total.to_string())])
}

/// `POST /kayit/e-kayit/baslat`.
pub async fn start(ctx: Ctx, posted: Posted) -> Answer {
    let asked = Asked::of_form(&posted);
    let unit = in_unit::asked(&ctx, &asked.unit).await?;
    let order = StartBulk {
        query: asked.query(unit.as_ref()),
        fee_state: FeeState::from_code(posted.text("fee_state")),
        fee_word: posted.text("fee_receipt").to_owned(),
        idempotency_key: Some(posted.text("once").to_owned()).filter(|key| !key.is_empty()),
    };
    match bulk::start_bulk(ctx.office(), ctx.actor(), order).await {
        Ok(started) => {
            ctx.site().wake_worker.notify_one();
            Ok(Redirect::to(&format!("{PATH}/{}", started.job)).into_response())
        }
        Err(error) => {
            let outcome = Outcome::of(error)?;
            page(&ctx, &asked, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

/// Where the list of numbers goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RunParams {
    sonra: Option<i64>,
}

/// `GET /kayit/e-kayit/{id}`: a run, who was not registered and why, and the numbers given.
pub async fn run(ctx: Ctx, Path(id): Path<JobId>, Query(params): Query<RunParams>) -> Answer {
    let t = ctx.t();
    let after = params.sonra.map(EnrolmentId::new);
    let shown = bulk::show_bulk(ctx.office(), ctx.actor(), id, 0, after, PAGE).await?;
    let title = t.get(match shown.act {
        BulkAct::Register { .. } => "bulk-run-register",
        BulkAct::Undo { .. } => "bulk-run-undo",
    });
    let mut buttons = Vec::new();
    if !shown.made.is_empty() && ctx.actor().may(Action::ExportStudents) {
        for form in ["xlsx", "csv"] {
            let link = Button::link(form.to_ascii_uppercase(), format!("{PATH}/{id}/numaralar.{form}"));
            buttons.push(link.icon("download").about(t.get("bulk-made")));
        }
    }
    let is_register = matches!(shown.act, BulkAct::Register { .. });
    if is_register && shown.job.state == "cancelled" && ctx.actor().may(Action::RegisterCandidates) {
        buttons.push(Button::link(t.get("bulk-go-on"), PATH));
    }
    match &shown.act {
        BulkAct::Register { .. } if shown.may_undo => {
            buttons.push(
                Button::link(t.get("bulk-undo"), format!("{PATH}/{id}/geri-al")).weight(Weight::Danger),
            );
        }
        BulkAct::Undo { of, .. } => {
            buttons.push(Button::link(t.get("bulk-of"), format!("{PATH}/{of}")));
        }
        BulkAct::Register { .. } => {}
    }
    let lead = match &shown.act {
        BulkAct::Register { fee, word } => {
            let fee = t.variant("desk-fee", fee.code());
            let fee = if word.is_empty() { fee.to_owned() } else { format!("{fee} ({word})") };
            t.fmt("bulk-run-lead", &[("fee", &fee)])
        }
        BulkAct::Undo { reason, .. } => t.fmt("bulk-undo-lead", &[("reason", reason)]),
    };
    let frame = ctx.frame(title);
    let shell = ctx.shell(WORK).await;
    let view = RunPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![
            Link::new(t.get("desk-title"), "/kayit"),
            Link::new(t.get("bulk-title"), PATH),
            Link::new(title, ""),
        ],
        lead: lead.into(),
        buttons,
        job: card(t, &shown),
        made: shown
            .made
            .iter()
            .map(|line| MadeRow {
                number: line.number.as_str().into(),
                href: format!("/ogrenci/{}", line.number).into(),
                name: format!("{} {}", line.given_name, line.surname).into(),
                programme: line.programme_code.as_str().into(),
                undone: if line.is_undone { t.get("bulk-undone").into() } else { "".into() },
            })
            .collect(),
        more: shown.next.map(|after| format!("{PATH}/{id}?sonra={after}")).unwrap_or_default().into(),
    };
    ctx.html(&view)
}

fn card<'a>(t: &'a Texts, run: &BulkRun) -> JobCard<'a> {
    let job = &run.job;
    let state = match job.state.as_str() {
        "waiting" => JobState::Waiting,
        "running" => JobState::Running,
        "cancelled" => JobState::Cancelled,
        "failed" => JobState::Failed,
        _ => JobState::Done,
    };
    let path = format!("{PATH}/{}", job.id);
    let mut buttons = Vec::new();
    if state.is_open() && !job.cancel_asked {
        buttons.push(Button::post(t.get("job-cancel"), format!("{path}/durdur")).weight(Weight::Danger));
    }
    let failed = usize::try_from(job.failed).unwrap_or(0);
    JobCard {
        id: format!("is-{}", job.id).into(),
        title: t.get("bulk-progress").into(),
        note: date_time_tr(job.created_at).into(),
        waits: if run.waits_for_room { t.get("bulk-waits-for-room").into() } else { "".into() },
        state,
        done: u64::try_from(job.done + job.failed).unwrap_or(0),
        total: u64::try_from(job.total).unwrap_or(0),
        counts: counts(t, run).into(),
        time: job.ended_at.map(date_time_tr).unwrap_or_default().into(),
        failures_title: if failed > 0 { t.count("bulk-failures", failed).into() } else { "".into() },
        failures: run
            .failed
            .iter()
            .map(|line| {
                let who = if line.name.is_empty() {
                    t.get("bulk-somebody").to_owned()
                } else {
                    format!("{} · {}", line.name, line.programme_code)
                };
                (who.into(), reasons(t, line).into())
            })
            .collect(),
        poll: format!("{path}/kart").into(),
        buttons,
    }
}

/// What stands against somebody; warnings are no reason.
fn reasons(t: &Texts, line: &bulk::BulkFailure) -> String {
    let weighs = |verdict| matches!(verdict, Verdict::Refuses | Verdict::NeedsHuman);
    let told: Vec<String> =
        line.findings.iter().filter(|f| weighs(f.verdict)).map(|f| words::finding(t, f)).collect();
    told.join(" ")
}

/// `GET /kayit/e-kayit/{id}/kart`: the card alone; the whole page comes again once the run has ended.
pub async fn run_card(ctx: Ctx, Path(id): Path<JobId>) -> Answer {
    let t = ctx.t();
    let found = bulk::bulk_progress(ctx.office(), ctx.actor(), id).await?;
    let frame = ctx.frame("");
    let view = RunFragment { t, frame: &frame, job: card(t, &found) };
    let drawn = ctx.fragment(&view)?;
    Ok(if found.job.is_open() {
        drawn
    } else {
        ([(HeaderName::from_static("hx-refresh"), "true")], drawn).into_response()
    })
}

/// `POST /kayit/e-kayit/{id}/durdur`.
pub async fn cancel(ctx: Ctx, Path(id): Path<JobId>, _: Posted) -> Answer {
    bulk::cancel_bulk(ctx.office(), ctx.actor(), id).await?;
    Ok(Redirect::to(&format!("{PATH}/{id}")).into_response())
}

/// `GET /kayit/e-kayit/{id}/geri-al`.
pub async fn undo(ctx: Ctx, Path(id): Path<JobId>) -> Answer {
    ask_password(&ctx)?;
    undo_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn undo_page(ctx: &Ctx, id: JobId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    if !ctx.actor().may(Action::UndoRegistration) {
        return Err(ServiceError::Forbidden(Action::UndoRegistration).into());
    }
    let found = bulk::bulk_progress(ctx.office(), ctx.actor(), id).await?;
    let standing = usize::try_from(found.standing).unwrap_or(0);
    let back = format!("{PATH}/{id}");
    let once = domain::ledger::hex(&base::random::array::<16>(ctx.office().random.as_ref()));
    PlainForm {
        current: WORK,
        title: "bulk-undo-title",
        crumbs: vec![
            Link::new(t.get("desk-title"), "/kayit"),
            Link::new(t.get("bulk-title"), PATH),
            Link::new(t.get("bulk-run-register"), back.clone()),
        ],
        lead: t.count("bulk-undo-count", standing),
        notes: vec![Note::new(State::Ask, t.get("undo-note-title"), t.get("bulk-undo-note"))],
        action: format!("{back}/geri-al"),
        hidden: vec![("once", form.value("once", once))],
        inputs: vec![Input::Text(
            form.field("reason", "undo-reason", "").hint(t.get("bulk-undo-reason-hint")).max(100).focus(),
        )],
        facts: Vec::new(),
        submit: "bulk-undo",
        danger: true,
        back,
    }
    .show(ctx, form)
    .await
}

/// `POST /kayit/e-kayit/{id}/geri-al`.
pub async fn save_undo(ctx: Ctx, Path(id): Path<JobId>, posted: Posted) -> Answer {
    let order = UndoBulk {
        job: id,
        reason: posted.text("reason").to_owned(),
        idempotency_key: Some(posted.text("once").to_owned()).filter(|key| !key.is_empty()),
    };
    match bulk::undo_bulk(ctx.office(), ctx.actor(), order).await {
        Ok(started) => {
            ctx.site().wake_worker.notify_one();
            Ok(Redirect::to(&format!("{PATH}/{}", started.job)).into_response())
        }
        Err(error) => {
            let outcome = Outcome::of(error)?;
            undo_page(&ctx, id, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

/// Form and type of a file by the end of its name.
pub(super) fn file_form(ending: &str) -> Option<(ExportForm, &'static str)> {
    match ending {
        "xlsx" => {
            Some((ExportForm::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
        }
        "csv" => Some((ExportForm::Csv, "text/csv; charset=utf-8")),
        _ => None,
    }
}

/// A file to be kept.
pub(super) fn file(name: &str, mime: &'static str, bytes: Vec<u8>) -> axum::response::Response {
    let named = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, named)], bytes).into_response()
}

/// `GET /kayit/e-kayit/{id}/numaralar.xlsx` and `.csv`.
pub async fn numbers(ctx: Ctx, Path((id, name)): Path<(JobId, String)>) -> Answer {
    let t = ctx.t();
    let ending = name.strip_prefix("numaralar.").unwrap_or_default();
    let (form, mime) = file_form(ending).ok_or(ServiceError::NotFound)?;
    let bytes = bulk::export_bulk(ctx.office(), ctx.actor(), id, form, bulk_words(t)).await?;
    Ok(file(&format!("kayitlar-{}.{ending}", date_tr(ctx.office().today())), mime, bytes))
}

/// Words of the file of numbers.
pub fn bulk_words(t: &Texts) -> BulkWords {
    BulkWords {
        title: t.get("bulk-file").to_owned(),
        headings: ["bulk-number", "export-given-name", "export-surname", "bulk-programme", "bulk-note"]
            .map(|key| t.get(key).to_owned()),
        undone: t.get("bulk-undone").to_owned(),
    }
}
