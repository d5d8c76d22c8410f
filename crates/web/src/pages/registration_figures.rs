//! Figures of a registration while it happens, who did not come, and the files of both.

use axum::extract::{Path, Query};
use base::{
    ids::{CandidateId, ProgrammeId},
    time::{date_tr, time_tr},
};
use domain::enrolments::EntryKind;
use serde::Deserialize;
use services::{
    Action, ServiceError,
    institution::{self, UnitLine},
    registration::figures::{
        self, AbsenteeWords, FigureQuery, FigureRow, FigureWords, Figures, ProgrammeSummary, Summary, Totals,
    },
};

use crate::{
    components::{
        Button, Empty, Figure, Link, Str,
        form::{Choice, Field},
        list::{Files, ListTools},
    },
    ctx::Ctx,
    fault::{Answer, Fault},
    pages::{
        bulk_registration::{entry_choices, file, file_form},
        in_unit,
        registration::WORK,
    },
    texts::Texts,
    url::Params,
    views::{
        registration_figures::{
            AbsenteeRow, AbsenteesPage, FigureLine, FiguresFragment, FiguresPage, FiguresPart, ProgrammeLine,
            RegistrationSummary, SummaryFragment,
        },
        students::Filter,
    },
};

/// Address of the page.
const PATH: &str = "/kayit/durum";
/// Address of the list of those who did not come.
const ABSENT: &str = "/kayit/durum/gelmeyenler";
/// Programmes that the start page shows.
const PROGRAMMES: usize = 12;
/// Rows of that list at once.
const PAGE: u32 = 100;

/// Keys of the counts' words, in the order of [`Totals::cells`].
const COUNTS: [&str; 11] = [
    "figures-placed",
    "figures-registered",
    "figures-e-registered",
    "figures-e-waiting",
    "figures-provisional",
    "figures-missing",
    "figures-renounced",
    "figures-lapsed",
    "figures-waiting",
    "figures-absent",
    "figures-seats",
];

/// The same as headings of the page's table, where there is little room.
const HEADINGS: [&str; 11] = [
    "figures-placed",
    "figures-col-registered",
    "figures-col-e-registered",
    "figures-col-e-waiting",
    "figures-col-provisional",
    "figures-col-missing",
    "figures-renounced",
    "figures-lapsed",
    "figures-waiting",
    "figures-absent",
    "figures-col-seats",
];

/// The filter in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FigureParams {
    program: String,
    giris: String,
    yil: String,
    birim: String,
    sonra: String,
}

impl FigureParams {
    fn params<'a>(&self, path: &'a str) -> Params<'a> {
        Params::new(path)
            .with("program", &self.program)
            .with("giris", &self.giris)
            .with("yil", &self.yil)
            .with(in_unit::PARAM, &self.birim)
    }

    fn query(&self, unit: Option<&UnitLine>) -> FigureQuery {
        FigureQuery {
            programme: self.program.parse().ok().map(ProgrammeId::new),
            year: self.yil.parse().ok(),
            entry_kind: EntryKind::from_code(&self.giris),
            unit: unit.map(|unit| unit.id),
        }
    }
}

/// `GET /kayit/durum`.
pub async fn page(ctx: Ctx, Query(params): Query<FigureParams>) -> Answer {
    if params.program.is_empty()
        && let Some(there) = in_unit::go_there(&ctx, &params.birim, params.params(PATH)).await
    {
        return Ok(there);
    }
    let t = ctx.t();
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let found = figures::figures(ctx.office(), ctx.actor(), params.query(unit.as_ref())).await?;
    let units = in_unit::choices(&ctx, unit.as_ref()).await;
    let mut kept: Vec<(&'static str, Str<'_>)> = Vec::new();
    if units.is_empty() && unit.is_some() {
        kept.push((in_unit::PARAM, params.birim.as_str().into()));
    }
    let year = found.year.map(|year| year.to_string()).unwrap_or_default();
    let mut buttons = vec![Button::link(t.get("figures-again"), params.params(PATH).to_string())];
    if ctx.actor().may(Action::RegisterCandidates) && found.totals.e_waiting > 0 {
        buttons.push(Button::link(t.get("bulk-title"), params.params("/kayit/e-kayit").to_string()));
    }
    let frame = ctx.frame(t.get("figures-title"));
    let shell = ctx.shell(WORK).await;
    let view = FiguresPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![Link::new(t.get("desk-title"), "/kayit"), Link::new(t.get("figures-title"), "")],
        filters: filters(&ctx, &params, year, units).await?,
        kept,
        tools: tools(t, &params, "durum", "figures-file-note"),
        buttons,
        part: part(t, &params, &found),
    };
    ctx.html(&view)
}

/// `GET /kayit/durum/parca`: the figures alone.
pub async fn fragment(ctx: Ctx, Query(params): Query<FigureParams>) -> Answer {
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let found = figures::figures(ctx.office(), ctx.actor(), params.query(unit.as_ref())).await?;
    let frame = ctx.frame("");
    let view = FiguresFragment { t: ctx.t(), frame: &frame, part: part(ctx.t(), &params, &found) };
    ctx.fragment(&view)
}

async fn filters<'a>(
    ctx: &'a Ctx,
    params: &'a FigureParams,
    year: String,
    units: Vec<Choice<'a>>,
) -> Result<Vec<Filter<'a>>, Fault> {
    let t = ctx.t();
    let programmes = institution::list_programmes(ctx.office(), ctx.actor()).await?;
    let mut out = vec![
        Filter {
            field: Field::new("program", t.get("desk-programme")).optional(),
            choices: std::iter::once(Choice::new("", t.get("filter-all")))
                .chain(programmes.iter().map(|p| {
                    let value = p.id.to_string();
                    let is_now = value == params.program;
                    Choice::new(value, format!("{} ({})", p.name.of(t.lang()), p.code)).chosen(is_now)
                }))
                .collect(),
        },
        Filter {
            field: Field::new("giris", t.get("desk-entry")).optional(),
            choices: entry_choices(t, &params.giris),
        },
        Filter {
            field: Field::new("yil", t.get("desk-year")).value(year).optional().max(4).width("w-s"),
            choices: Vec::new(),
        },
    ];
    if !units.is_empty() {
        let field = Field::new(in_unit::PARAM, t.get("shell-unit")).optional();
        out.insert(0, Filter { field, choices: units });
    }
    Ok(out)
}

fn tools<'a>(t: &'a Texts, params: &FigureParams, name: &str, note: &'a str) -> ListTools<'a> {
    let url = params.params(PATH);
    let link = |form: &'static str, ending: &str| {
        Link::new(form, url.at(&format!("{PATH}/{name}.{ending}")).to_string())
    };
    let files = vec![Files {
        label: t.get("figures-file").into(),
        links: vec![link("XLSX", "xlsx"), link("CSV", "csv")],
    }];
    ListTools { picker: None, files, files_note: t.get(note).into() }
}

fn number<'a>(t: &Texts, n: i64) -> Str<'a> {
    match usize::try_from(n) {
        Ok(n) => t.count("desk-number", n).into(),
        Err(_) => n.to_string().into(),
    }
}

fn part<'a>(t: &'a Texts, params: &FigureParams, found: &Figures) -> FiguresPart<'a> {
    let shown: Vec<FigureRow> = found.rows.clone();
    let mut rows: Vec<FigureLine<'a>> = shown
        .into_iter()
        .map(|row| FigureLine {
            programme: format!("{} {}", row.code, row.name.of(t.lang())).into(),
            entry: format!("{} {}", t.variant("entry", row.entry_kind.code()), row.year).into(),
            until: [
                row.quota.map(|seats| t.fmt("figures-quota-of", &[("seats", &seats.to_string())])),
                row.closes_on.map(|day| t.fmt("figures-until-day", &[("day", &date_tr(day))])),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
            .into(),
            cells: cells(t, &row.counts),
            is_total: false,
        })
        .collect();
    if rows.len() > 1 {
        rows.push(FigureLine {
            programme: t.get("figures-total").into(),
            cells: cells(t, &found.totals),
            is_total: true,
            ..FigureLine::default()
        });
    }
    FiguresPart {
        poll: params.params("/kayit/durum/parca").to_string().into(),
        stamp: t.fmt("figures-at", &[("time", &time_tr(found.at))]).into(),
        figures: strip(t, params, &found.totals, found.rows.iter().any(|row| row.is_over)),
        rows,
        headings: HEADINGS.iter().map(|key| t.get(key)).collect(),
        empty: Empty::new("desk", t.get("figures-none"), t.get("figures-none-text")),
    }
}

fn cells<'a>(t: &Texts, totals: &Totals) -> Vec<Str<'a>> {
    totals.cells().into_iter().map(|n| number(t, n)).collect()
}

/// The counts that are read at a glance, each leading to where it can be listed.
fn strip<'a>(t: &'a Texts, params: &FigureParams, totals: &Totals, is_over: bool) -> Vec<Figure<'a>> {
    let list = |name: &str, value: &str| params.params("/kayit").with(name, value).to_string();
    let mut out = vec![
        ("figures-placed", totals.placed, params.params("/kayit").to_string()),
        ("figures-registered", totals.registered, list("durum", "registered")),
        ("figures-e-registered", totals.e_registered, list("e", "evet")),
        ("figures-provisional", totals.provisional, list("durum", "provisional")),
        ("figures-missing", totals.missing_papers, String::new()),
    ];
    if !is_over || totals.waiting > 0 {
        out.push((
            "figures-waiting",
            totals.waiting,
            params.params("/kayit").with("durum", "waiting").with("e", "hayir").to_string(),
        ));
    }
    // Before the last day every seat of those who may still come would count as left.
    if is_over {
        out.push(("figures-absent", totals.did_not_come, params.params(ABSENT).to_string()));
        out.push(("figures-seats", totals.seats_left, String::new()));
    }
    out.into_iter()
        .map(|(key, n, href)| Figure { number: number(t, n), label: t.get(key).into(), href: href.into() })
        .collect()
}

/// What the start page shows of the newest registration in the reader's unit; none for roles that see no candidates.
///
/// # Errors
/// As [`figures::summary`].
pub async fn registration_summary(ctx: &Ctx) -> Result<Option<RegistrationSummary<'_>>, Fault> {
    let unit = ctx.work_unit().await;
    let found = figures::summary(ctx.office(), ctx.actor(), unit.map(|unit| unit.id)).await?;
    let params = FigureParams {
        birim: unit.map(|unit| unit.code.clone()).unwrap_or_default(),
        ..FigureParams::default()
    };
    Ok(found.map(|summary| summary_card(ctx.t(), &params, &summary)))
}

fn summary_card<'a>(t: &'a Texts, params: &FigureParams, summary: &Summary) -> RegistrationSummary<'a> {
    let year = FigureParams { yil: summary.year.to_string(), ..params.clone() };
    let mut programmes: Vec<&ProgrammeSummary> = summary.programmes.iter().collect();
    let is_cut = programmes.len() > PROGRAMMES;
    if is_cut {
        // Those first in which most people are still to come.
        programmes.sort_by_key(|line| std::cmp::Reverse(line.counts.seats_left));
        programmes.truncate(PROGRAMMES);
    }
    let counts = columns(&summary.totals, summary.is_over);
    RegistrationSummary {
        title: t.fmt("figures-summary", &[("year", &summary.year.to_string())]).into(),
        stamp: t.fmt("figures-at", &[("time", &time_tr(summary.at))]).into(),
        figures: strip(t, &year, &summary.totals, summary.is_over),
        table: t.get(if is_cut { "figures-most-open" } else { "figures-table" }).into(),
        headings: counts.iter().map(|(key, _)| t.get(key)).collect(),
        rows: programmes
            .iter()
            .map(|line| {
                let own = FigureParams { program: line.programme.to_string(), ..year.clone() };
                ProgrammeLine {
                    programme: Link::new(
                        format!("{} {}", line.code, line.name.of(t.lang())),
                        own.params(PATH).to_string(),
                    ),
                    cells: counts.iter().map(|(_, count)| number(t, count(&line.counts))).collect(),
                }
            })
            .collect(),
        poll: "/kayit/durum/ozet".into(),
        all: Link::new(t.get("figures-all"), year.params(PATH).to_string()),
    }
}

/// A count of the start page's table: the key of its word, and how it is read.
type Count = (&'static str, fn(&Totals) -> i64);

/// The counts of the start page's table.
fn columns(totals: &Totals, is_over: bool) -> Vec<Count> {
    let mut out: Vec<Count> = vec![
        ("figures-placed", |t| t.placed),
        ("figures-registered", |t| t.registered),
        ("figures-e-registered", |t| t.e_registered),
        ("figures-provisional", |t| t.provisional),
        ("figures-missing", |t| t.missing_papers),
    ];
    if !is_over || totals.waiting > 0 {
        out.push(("figures-waiting", |t| t.waiting));
    }
    if is_over {
        out.push(("figures-absent", |t| t.did_not_come));
    }
    out
}

/// `GET /kayit/durum/ozet`: the start page's card alone; empty while no registration goes on.
pub async fn summary(ctx: Ctx) -> Answer {
    ctx.needs(Action::ReadCandidates)?;
    let frame = ctx.frame("");
    let registration_summary = registration_summary(&ctx).await?;
    ctx.fragment(&SummaryFragment { t: ctx.t(), frame: &frame, registration_summary })
}

/// `GET /kayit/durum/gelmeyenler`: who did not register by the last day.
pub async fn absentees(ctx: Ctx, Query(params): Query<FigureParams>) -> Answer {
    let t = ctx.t();
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let after = params.sonra.parse().ok().map(CandidateId::new);
    let query = params.query(unit.as_ref());
    let page = figures::list_absentees(ctx.office(), ctx.actor(), query, after, PAGE).await?;
    let more = page
        .next
        .map(|id| params.params(ABSENT).with("sonra", &id.to_string()).to_string())
        .unwrap_or_default();
    let tools = if ctx.actor().may(Action::ExportStudents) && !page.rows.is_empty() {
        tools(t, &params, "gelmeyen", "absentees-file-note")
    } else {
        ListTools::default()
    };
    let frame = ctx.frame(t.get("absentees-title"));
    let shell = ctx.shell(WORK).await;
    let view = AbsenteesPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![
            Link::new(t.get("desk-title"), "/kayit"),
            Link::new(t.get("figures-title"), params.params(PATH).to_string()),
            Link::new(t.get("absentees-title"), ""),
        ],
        tools,
        rows: page
            .rows
            .iter()
            .map(|candidate| AbsenteeRow {
                name: candidate.data.full_name().into(),
                href: format!("/kayit/{}", candidate.id).into(),
                programme: candidate.programme_code.as_str().into(),
                entry: format!(
                    "{} {}",
                    t.variant("entry", candidate.data.entry_kind.code()),
                    candidate.data.year
                )
                .into(),
            })
            .collect(),
        more: more.into(),
        empty: Empty::new("desk", t.get("absentees-none"), t.get("absentees-none-text")),
    };
    ctx.html(&view)
}

/// `GET /kayit/durum/durum.xlsx`, `gelmeyen.csv` and the other two.
pub async fn export(ctx: Ctx, Path(name): Path<String>, Query(params): Query<FigureParams>) -> Answer {
    let t = ctx.t();
    let (what, ending) = name.split_once('.').ok_or(ServiceError::NotFound)?;
    let (form, mime) = file_form(ending).ok_or(ServiceError::NotFound)?;
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let query = params.query(unit.as_ref());
    let (office, actor) = (ctx.office(), ctx.actor());
    let (called, bytes) = match what {
        "durum" => {
            ("kayit-durumu", figures::export_figures(office, actor, query, form, figure_words(t)).await?)
        }
        "gelmeyen" => {
            ("gelmeyenler", figures::export_absentees(office, actor, query, form, absentee_words(t)).await?)
        }
        _ => return Err(ServiceError::NotFound.into()),
    };
    Ok(file(&format!("{called}-{}.{ending}", date_tr(office.today())), mime, bytes))
}

fn entry_words(t: &Texts) -> Vec<String> {
    EntryKind::ALL.iter().map(|kind| t.variant("entry", kind.code()).to_owned()).collect()
}

/// Words of the file of figures.
pub fn figure_words(t: &Texts) -> FigureWords {
    let first =
        ["bulk-code", "figures-programme", "desk-year", "figures-entry", "figures-until", "figures-quota"];
    FigureWords {
        title: t.get("figures-sheet").to_owned(),
        headings: first.iter().chain(&COUNTS).map(|key| t.get(key).to_owned()).collect(),
        entry_kinds: entry_words(t),
        total: t.get("figures-total").to_owned(),
        english: t.lang() == base::lang::Lang::En,
    }
}

/// Words of the file of those who did not come.
pub fn absentee_words(t: &Texts) -> AbsenteeWords {
    let headings = [
        "export-surname",
        "export-given-name",
        "figures-programme",
        "desk-year",
        "figures-entry",
        "figures-phone",
        "figures-email",
    ];
    AbsenteeWords {
        title: t.get("figures-absent-sheet").to_owned(),
        headings: headings.map(|key| t.get(key).to_owned()),
        entry_kinds: entry_words(t),
    }
}
