//! Placed candidates from the ministry's service: ordering a fetch, and what becomes of it.

use axum::{
    extract::Path,
    http::HeaderName,
    response::{IntoResponse, Redirect},
};
use base::{ids::JobId, time::date_time_tr};
use domain::enrolments::EntryKind;
use services::{
    Action,
    placement::{
        fetch::{
            FetchEnd, FetchFigures, FetchRun, cancel_fetch, fetch_kinds, list_fetches, order_of, show_fetch,
            start_fetch,
        },
        likely_year,
    },
};

use super::{Cards, LIST, cards, crumbs};
use crate::{
    components::{
        Button, Fact, Figure, Link, Note, State, Weight,
        record::{JobCard, JobState},
    },
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        plain_form::PlainForm,
        registration::WORK,
        student_forms::{Form, Outcome},
    },
    remote_words,
    texts::Texts,
    views::{bulk_registration::RunFragment, forms::Input, placement_fetch::FetchPage},
};

/// Address of the pages.
pub(super) const PATH: &str = "/kayit/listeler/yoksis";
/// Fetches of the actor that the page shows.
const RUNS: u32 = 5;

/// `GET /kayit/listeler/yoksis`.
pub async fn form(ctx: Ctx) -> Answer {
    page(&ctx, &Form::fresh(&ctx)).await
}

async fn page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    ctx.needs(Action::ImportPlacement)?;
    let t = ctx.t();
    if ctx.office().placements.is_none() {
        return not_configured(ctx).await;
    }
    let year = likely_year(ctx.office().today());
    let runs = list_fetches(ctx.office(), ctx.actor(), RUNS).await?;
    let kinds = fetch_kinds(ctx.office(), year);
    let usual = kinds.iter().find(|kind| kind.kind == EntryKind::Yks).or(kinds.first());
    let first = usual.map(|kind| kind.word.clone()).unwrap_or_default();
    let choices = kinds
        .into_iter()
        .map(|kind| (kind.word.clone(), format!("{} · {}", kind.word, t.variant("entry", kind.kind.code()))));
    let page = PlainForm {
        current: WORK,
        title: "fetch-title",
        crumbs: crumbs(t),
        lead: t.get("fetch-lead").to_owned(),
        notes: Vec::new(),
        action: PATH.to_owned(),
        hidden: Vec::new(),
        inputs: vec![
            Input::Select(
                form.field("kind", "fetch-kind", first.as_str()).focus(),
                form.choices("kind", &first, choices),
            ),
            Input::Number(form.field("year", "placement-year", year.to_string()).width("w-s").max(4)),
            Input::Check(
                form.field("dry_run", "fetch-dry-run", "").hint(t.get("fetch-dry-run-hint")).optional(),
            ),
        ],
        facts: runs.iter().map(|run| fact(t, run)).collect(),
        submit: "fetch-start",
        danger: false,
        back: LIST.to_owned(),
    };
    page.show(ctx, form).await
}

/// Where no account is set: how it is, and the way by file.
async fn not_configured(ctx: &Ctx) -> Answer {
    let t = ctx.t();
    let page = Cards {
        title: t.get("fetch-title").to_owned(),
        crumbs: crumbs(t),
        buttons: vec![Button::link(t.get("placement-load"), format!("{LIST}/yukle")).weight(Weight::Main)],
        notes: vec![Note::new(
            State::Ask,
            t.get("fetch-not-configured"),
            format!(
                "{} {}",
                remote_words::problem::<&str, &str>(t, "not_configured", &[]),
                t.get("fetch-by-file")
            ),
        )],
        ..Cards::default()
    };
    cards(ctx, page).await
}

fn what(t: &Texts, run: &FetchRun) -> String {
    let what = format!("{} · {} · {}", run.words.join(", "), t.variant("entry", run.kind.code()), run.year);
    if run.dry_run { format!("{what} · {}", t.get("fetch-dry-run")) } else { what }
}

fn fact<'a>(t: &'a Texts, run: &FetchRun) -> Fact<'a> {
    let job = &run.job;
    let came_to = format!("{} · {}", what(t, run), t.variant("job", &job.state));
    Fact::link(date_time_tr(job.created_at), came_to, format!("{PATH}/{}", job.id))
}

/// `POST /kayit/listeler/yoksis`.
pub async fn start(ctx: Ctx, posted: Posted) -> Answer {
    let year = posted.text("year").trim().parse().unwrap_or_default();
    let dry_run = !posted.text("dry_run").is_empty();
    let started = match order_of(ctx.office(), posted.text("kind"), year, dry_run) {
        Ok(order) => start_fetch(ctx.office(), ctx.actor(), order).await,
        Err(error) => Err(error),
    };
    match started {
        Ok(job) => Ok(Redirect::to(&format!("{PATH}/{job}")).into_response()),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            page(&ctx, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

/// `GET /kayit/listeler/yoksis/{id}`.
pub async fn run(ctx: Ctx, Path(id): Path<JobId>) -> Answer {
    let found = show_fetch(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let frame = ctx.frame(t.get("fetch-title"));
    let shell = ctx.shell(WORK).await;
    let mut way = crumbs(t);
    way.push(Link::new(t.get("fetch-title"), PATH));
    way.push(Link::new(date_time_tr(found.job.created_at), ""));
    let view = FetchPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: way,
        lead: what(t, &found).into(),
        buttons: buttons(t, &found),
        notes: notes(t, &found),
        job: card(t, &found),
        figures: figures_of(&found).map(|figures| figures_shown(t, figures)).unwrap_or_default(),
    };
    ctx.html(&view)
}

fn buttons<'a>(t: &'a Texts, run: &FetchRun) -> Vec<Button<'a>> {
    let again = || Button::link(t.get("fetch-again"), PATH);
    let by_file = || Button::link(t.get("placement-load"), format!("{LIST}/yukle"));
    match &run.end {
        Some(FetchEnd::Taken { list, figures }) => {
            let word = if figures.faulty > 0 { "fetch-worklist" } else { "fetch-list" };
            vec![
                Button::link(t.get(word), format!("{LIST}/{list}")).weight(Weight::Main),
                Button::link(t.get("fetch-candidates"), "/kayit"),
            ]
        }
        Some(FetchEnd::Looked { .. } | FetchEnd::Nobody) => vec![again()],
        Some(FetchEnd::Failed { .. }) => vec![again().weight(Weight::Main), by_file()],
        None if run.job.is_open() => Vec::new(),
        None => vec![again()],
    }
}

fn notes<'a>(t: &'a Texts, run: &FetchRun) -> Vec<Note<'a>> {
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let mut out = Vec::new();
    match &run.end {
        None => {}
        Some(FetchEnd::Nobody) => {
            out.push(Note::new(State::Ask, t.get("fetch-nobody"), t.get("fetch-nobody-text")));
        }
        Some(FetchEnd::Failed { code, values }) => {
            let values: Vec<(&String, &String)> = values.iter().collect();
            let text = remote_words::problem(t, code, &values);
            out.push(Note::new(
                State::No,
                t.get("fetch-failed"),
                format!("{text} {}", t.get("fetch-by-file")),
            ));
        }
        Some(FetchEnd::Looked { .. }) => {
            out.push(Note::new(State::Info, t.get("placement-nothing-yet"), t.get("fetch-looked-text")));
        }
        Some(FetchEnd::Taken { figures, .. }) if figures.faulty > 0 => {
            out.push(Note::new(
                State::Ask,
                t.count("fetch-faulty", count(figures.faulty)),
                t.get("fetch-faulty-text"),
            ));
        }
        Some(FetchEnd::Taken { .. }) => {
            out.push(Note::new(State::Ok, t.get("fetch-done"), t.get("fetch-done-text")));
        }
    }
    if let Some(figures) = figures_of(run) {
        for (code, n) in &figures.warnings {
            let key = format!("fetch-warning-{code}");
            if t.has(&key) {
                out.push(Note::new(State::Info, t.count(&key, count(*n)), t.get("fetch-warning-text")));
            }
        }
    }
    out
}

fn figures_of(run: &FetchRun) -> Option<&FetchFigures> {
    match &run.end {
        Some(FetchEnd::Taken { figures, .. } | FetchEnd::Looked { figures }) => Some(figures),
        _ => None,
    }
}

fn figures_shown<'a>(t: &'a Texts, figures: &FetchFigures) -> Vec<Figure<'a>> {
    let all = [
        (figures.rows, "placement-rows", true),
        (figures.new, "placement-new", true),
        (figures.changed, "placement-changed", true),
        (figures.same, "placement-same", true),
        (figures.faulty, "placement-faulty", true),
        (figures.decided, "fetch-decided", figures.decided > 0),
        (figures.others, "fetch-others", figures.others > 0),
    ];
    let shown = all.into_iter().filter(|(_, _, show)| *show);
    shown
        .map(|(n, key, _)| Figure { number: n.to_string().into(), label: t.get(key).into(), href: "".into() })
        .collect()
}

fn card<'a>(t: &'a Texts, run: &FetchRun) -> JobCard<'a> {
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
    let counts = if job.total == 0 {
        t.get(if state.is_open() { "fetch-waits" } else { "fetch-no-page" }).to_owned()
    } else {
        t.fmt("fetch-pages", &[("done", &job.done.to_string()), ("total", &job.total.to_string())])
    };
    JobCard {
        id: format!("is-{}", job.id).into(),
        title: t.get("fetch-progress").into(),
        note: "".into(),
        waits: "".into(),
        state,
        done: u64::try_from(job.done).unwrap_or(0),
        total: u64::try_from(job.total).unwrap_or(0),
        counts: counts.into(),
        time: job.ended_at.map(date_time_tr).unwrap_or_default().into(),
        failures_title: "".into(),
        failures: Vec::new(),
        poll: format!("{path}/kart").into(),
        buttons,
    }
}

/// `GET /kayit/listeler/yoksis/{id}/kart`: the card alone; the whole page comes again once the fetch has ended.
pub async fn run_card(ctx: Ctx, Path(id): Path<JobId>) -> Answer {
    let t = ctx.t();
    let found = show_fetch(ctx.office(), ctx.actor(), id).await?;
    let frame = ctx.frame("");
    let drawn = ctx.fragment(&RunFragment { t, frame: &frame, job: card(t, &found) })?;
    Ok(if found.job.is_open() {
        drawn
    } else {
        ([(HeaderName::from_static("hx-refresh"), "true")], drawn).into_response()
    })
}

/// `POST /kayit/listeler/yoksis/{id}/durdur`.
pub async fn cancel(ctx: Ctx, Path(id): Path<JobId>, _: Posted) -> Answer {
    cancel_fetch(ctx.office(), ctx.actor(), id).await?;
    Ok(Redirect::to(&format!("{PATH}/{id}")).into_response())
}
