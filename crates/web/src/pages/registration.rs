//! The registration desk: who waits, the one field that finds a candidate, and the next one.
//!
//! An identity number is posted and never stands in an address; the address of the queue carries its filter, which the
//! page of a candidate keeps so that the next one can be called.

pub mod acts;
pub mod advisors;
pub mod candidate;
pub mod corrections;
mod outcome;
pub mod papers;
pub mod printing;

use axum::{
    extract::Query,
    response::{IntoResponse, Redirect},
};
use base::{
    identity::Tckn,
    ids::{CandidateId, ProgrammeId},
    text::mask_identity,
    time::{date_tr, local_date},
};
use domain::{enrolments::EntryKind, registration::CandidateState};
use serde::Deserialize;
use services::{
    Action, ServiceError,
    institution::{self, UnitLine},
    registration::{self, CandidateQuery},
};
use storage::{candidates::Candidate, institution::Choice as Programme};

use crate::{
    components::{
        Button, Chip, Empty, Figure, Link, Str,
        form::{Choice, Field, Tokens},
    },
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::in_unit,
    texts::Texts,
    url::Params,
    views::{
        registration::{CandidateRow, DeskPage},
        students::Filter,
    },
    words,
};

/// Path of the work in the navigation.
pub const WORK: &str = "kayit";
/// Candidates of the list at once.
const PAGE: u32 = 50;
/// Value of `durum` for provisional registrations whose last day is over.
const OVERDUE: &str = "geciken";

/// The filter of the queue, in its address and in those of its candidates.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeskParams {
    q: String,
    program: String,
    durum: String,
    giris: String,
    e: String,
    yil: String,
    birim: String,
    sonra: String,
}

impl DeskParams {
    fn params<'a>(&self, path: &'a str) -> Params<'a> {
        Params::new(path)
            .with("q", &self.q)
            .with("program", &self.program)
            .with("durum", &self.durum)
            .with("giris", &self.giris)
            .with("e", &self.e)
            .with("yil", &self.yil)
            .with(in_unit::PARAM, &self.birim)
    }

    /// The address of another page with the same filter.
    fn at(&self, path: &str) -> String {
        self.params(path).to_string()
    }

    fn query(&self, unit: Option<&UnitLine>) -> CandidateQuery {
        CandidateQuery {
            q: self.q.clone(),
            programme: self.program.parse().ok().map(ProgrammeId::new),
            states: CandidateState::from_code(&self.durum).into_iter().collect(),
            entry_kind: EntryKind::from_code(&self.giris),
            year: self.yil.parse().ok(),
            e_registered: match self.e.as_str() {
                "evet" => Some(true),
                "hayir" => Some(false),
                _ => None,
            },
            overdue: self.durum == OVERDUE,
            unit: unit.map(|unit| unit.id),
            after: self.sonra.parse().ok().map(CandidateId::new),
            limit: PAGE,
        }
    }

    /// Whether the words of the search could be somebody's number, which no address may carry.
    fn tells_a_number(&self) -> bool {
        self.q.bytes().filter(u8::is_ascii_digit).count() >= 6
    }
}

/// `GET /kayit`: every filter is in the address, so that a link shows the same queue.
pub async fn list(ctx: Ctx, Query(params): Query<DeskParams>) -> Answer {
    if params.tells_a_number() {
        return Ok(Redirect::to(&DeskParams { q: String::new(), ..params }.at("/kayit")).into_response());
    }
    let here = params.params("/kayit").with("sonra", &params.sonra);
    if params.program.is_empty()
        && let Some(there) = in_unit::go_there(&ctx, &params.birim, here).await
    {
        return Ok(there);
    }
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let page = registration::list_candidates(ctx.office(), ctx.actor(), params.query(unit.as_ref())).await?;
    let programmes = institution::list_programmes_of(
        ctx.office(),
        ctx.actor(),
        unit.as_ref().filter(|_| params.program.is_empty()).map(|unit| unit.id),
    )
    .await?;
    let t = ctx.t();
    let more = page
        .next
        .map(|id| params.params("/kayit").with("sonra", &id.to_string()).to_string())
        .unwrap_or_default();
    let mut chips = chips(&params, &programmes, t);
    if let Some(unit) = &unit {
        chips.insert(0, in_unit::chip(&ctx, unit, params.params("/kayit")).await);
    }
    let units = in_unit::choices(&ctx, unit.as_ref()).await;
    let mut kept: Vec<(&'static str, Str<'_>)> = Vec::new();
    if units.is_empty() && unit.is_some() {
        kept.push((in_unit::PARAM, params.birim.as_str().into()));
    }
    if !params.q.is_empty() {
        kept.push(("q", params.q.as_str().into()));
    }
    let frame = ctx.frame(t.get("desk-title"));
    let shell = ctx.shell(WORK).await;
    let view = DeskPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: Vec::new(),
        lead: t.get("desk-lead").into(),
        buttons: Vec::new(),
        search: params.at("/kayit/ara").into(),
        tokens: Tokens { csrf: ctx.csrf().into(), once: "".into() },
        figures: page
            .counts
            .iter()
            .map(|(state, n)| Figure {
                number: t.count("desk-number", usize::try_from(*n).unwrap_or(0)).into(),
                label: t.variant("candidate-state", state.code()).into(),
                href: params.params("/kayit").with("durum", state.code()).to_string().into(),
            })
            .collect(),
        filters: filters(&params, &programmes, units, t),
        kept,
        clear: if chips.is_empty() {
            "".into()
        } else {
            Params::new("/kayit").with(in_unit::PARAM, in_unit::all(&ctx).await).to_string().into()
        },
        chips,
        rows: page.rows.iter().map(|candidate| row(t, candidate, &programmes, &params)).collect(),
        more: more.into(),
        empty: Empty::new("desk", t.get("desk-none"), t.get("desk-none-text")),
        decides: false,
    };
    ctx.html(&view)
}

/// One row of the queue.
fn row<'a>(
    t: &'a Texts,
    candidate: &'a Candidate,
    programmes: &[Programme],
    params: &DeskParams,
) -> CandidateRow<'a> {
    let data = &candidate.data;
    let note = match (candidate.state, candidate.provisional_until) {
        (CandidateState::Waiting, _) => String::new(),
        (CandidateState::Provisional, Some(day)) => t.fmt("desk-until", &[("date", &date_tr(day))]),
        _ => date_tr(local_date(candidate.state_at)),
    };
    CandidateRow {
        name: data.full_name().into(),
        href: params.at(&format!("/kayit/{}", candidate.id)).into(),
        identity: mask_identity(data.key()).into(),
        programme: programme_name(t, candidate, programmes).into(),
        entry: format!("{} {}", t.variant("entry", data.entry_kind.code()), data.year).into(),
        e_registered: data
            .e_registered_at
            .map(|at| t.fmt("desk-e-registered", &[("date", &date_tr(local_date(at)))]))
            .unwrap_or_default()
            .into(),
        state: words::candidate_state(t, candidate.state),
        note: note.into(),
        buttons: Vec::new(),
    }
}

/// The name of a candidate's programme, or its code where the reader's list does not have it.
fn programme_name(t: &Texts, candidate: &Candidate, programmes: &[Programme]) -> String {
    programmes
        .iter()
        .find(|programme| programme.id == candidate.data.programme.get())
        .map_or_else(|| candidate.programme_code.clone(), |programme| programme.name.of(t.lang()).to_owned())
}

/// The programmes to choose from, with the one that is chosen.
fn programme_choices<'a>(
    t: &'a Texts,
    programmes: &[Programme],
    now: &str,
    first: &'a str,
) -> Vec<Choice<'a>> {
    std::iter::once(Choice::new("", first))
        .chain(programmes.iter().map(|p| {
            let value = p.id.to_string();
            let is_now = value == now;
            Choice::new(value, format!("{} ({})", p.name.of(t.lang()), p.code)).chosen(is_now)
        }))
        .collect()
}

fn filters<'a>(
    params: &'a DeskParams,
    programmes: &[Programme],
    units: Vec<Choice<'a>>,
    t: &'a Texts,
) -> Vec<Filter<'a>> {
    let all = t.get("filter-all");
    let choice =
        |value: &'static str, label: &'a str, now: &str| Choice::new(value, label).chosen(value == now);
    let select = |name: &'static str, label: &'static str, choices: Vec<Choice<'a>>| Filter {
        field: Field::new(name, t.get(label)).optional(),
        choices: std::iter::once(Choice::new("", all)).chain(choices).collect(),
    };
    let mut out = vec![
        Filter {
            field: Field::new("program", t.get("desk-programme")).optional(),
            choices: programme_choices(t, programmes, &params.program, all),
        },
        select(
            "durum",
            "desk-state",
            CandidateState::ALL
                .iter()
                .map(|s| choice(s.code(), t.variant("candidate-state", s.code()), &params.durum))
                .chain([choice(OVERDUE, t.get("desk-overdue"), &params.durum)])
                .collect(),
        ),
        select(
            "giris",
            "desk-entry",
            EntryKind::ALL
                .iter()
                .filter(|kind| **kind != EntryKind::Records)
                .map(|kind| choice(kind.code(), t.variant("entry", kind.code()), &params.giris))
                .collect(),
        ),
        select(
            "e",
            "desk-e",
            vec![
                choice("evet", t.get("desk-e-yes"), &params.e),
                choice("hayir", t.get("desk-e-no"), &params.e),
            ],
        ),
        Filter {
            field: Field::new("yil", t.get("desk-year")).value(params.yil.as_str()).max(4).width("w-s"),
            choices: Vec::new(),
        },
    ];
    if !units.is_empty() {
        let field = Field::new(in_unit::PARAM, t.get("shell-unit")).optional();
        out.insert(0, Filter { field, choices: units });
    }
    out
}

fn chips<'a>(params: &DeskParams, programmes: &[Programme], t: &'a Texts) -> Vec<Chip<'a>> {
    let mut chips = Vec::new();
    let mut put = |name: &str, label: String| {
        chips.push(Chip {
            label: label.into(),
            href: params.params("/kayit").with(name, "").to_string().into(),
            removable: true,
            current: true,
            ..Chip::default()
        });
    };
    if !params.q.is_empty() {
        put("q", format!("“{}”", params.q));
    }
    if let Some(programme) = programmes.iter().find(|p| p.id.to_string() == params.program) {
        put("program", programme.name.of(t.lang()).to_owned());
    }
    match CandidateState::from_code(&params.durum) {
        Some(state) => put("durum", t.variant("candidate-state", state.code()).to_owned()),
        None if params.durum == OVERDUE => put("durum", t.get("desk-overdue").to_owned()),
        None => {}
    }
    if let Some(kind) = EntryKind::from_code(&params.giris) {
        put("giris", t.variant("entry", kind.code()).to_owned());
    }
    match params.e.as_str() {
        "evet" => put("e", t.get("desk-e-yes").to_owned()),
        "hayir" => put("e", t.get("desk-e-no").to_owned()),
        _ => {}
    }
    if !params.yil.is_empty() {
        put("yil", params.yil.clone());
    }
    chips
}

/// `POST /kayit/ara`: an identity or passport number opens its candidate; words lead to the list, or to the one
/// candidate that they mean.
pub async fn find(ctx: Ctx, Query(params): Query<DeskParams>, posted: Posted) -> Answer {
    let typed = posted.text("aday").trim();
    let queue = DeskParams { q: String::new(), sonra: String::new(), ..params };
    if typed.is_empty() {
        return Ok(Redirect::to(&queue.at("/kayit")).into_response());
    }
    if typed.bytes().any(|b| b.is_ascii_digit()) {
        let digits: String = typed.split_whitespace().collect();
        if digits.len() == 11 && digits.bytes().all(|b| b.is_ascii_digit()) && Tckn::parse(&digits).is_err() {
            return Ok(ctx.flash_to(&queue.at("/kayit"), "counter-wrong-identity"));
        }
        return match registration::find_candidate(ctx.office(), ctx.actor(), typed).await {
            Ok(id) => Ok(Redirect::to(&queue.at(&format!("/kayit/{id}"))).into_response()),
            Err(ServiceError::NotFound) => Ok(ctx.flash_to(&queue.at("/kayit"), "no-candidate")),
            Err(other) => Err(other.into()),
        };
    }
    let words = DeskParams { q: typed.to_owned(), ..queue.clone() };
    let unit = in_unit::asked(&ctx, &words.birim).await?;
    let query = CandidateQuery { limit: 1, ..words.query(unit.as_ref()) };
    let page = registration::list_candidates(ctx.office(), ctx.actor(), query).await?;
    Ok(match page.rows.as_slice() {
        [only] if page.next.is_none() => {
            Redirect::to(&queue.at(&format!("/kayit/{}", only.id))).into_response()
        }
        _ => Redirect::to(&words.at("/kayit")).into_response(),
    })
}

/// `GET /kayit/siradaki`: goes on to the next candidate of the filter who still waits.
pub async fn next(ctx: Ctx, Query(params): Query<DeskParams>) -> Answer {
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let found = registration::next_candidate(ctx.office(), ctx.actor(), params.query(unit.as_ref())).await?;
    Ok(match found {
        Some(id) => Redirect::to(&params.at(&format!("/kayit/{id}"))).into_response(),
        None => ctx.flash_to(&params.at("/kayit"), "no-candidate-waits"),
    })
}

/// `GET /kayit/geciken`: provisional registrations whose last day is over, each with its decision.
pub async fn overdue(ctx: Ctx, Query(params): Query<DeskParams>) -> Answer {
    let here = params.params("/kayit/geciken").with("sonra", &params.sonra);
    if let Some(there) = in_unit::go_there(&ctx, &params.birim, here).await {
        return Ok(there);
    }
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let query = CandidateQuery { overdue: true, states: Vec::new(), ..params.query(unit.as_ref()) };
    let page = registration::list_candidates(ctx.office(), ctx.actor(), query).await?;
    let programmes = programmes(&ctx).await?;
    let t = ctx.t();
    let decides = ctx.actor().may(Action::RegisterCandidates);
    let rows = page
        .rows
        .iter()
        .map(|candidate| {
            let name = candidate.data.full_name();
            let button =
                |key: &'static str, path: String| Button::link(t.get(key), path).small().about(name.clone());
            let base = format!("/kayit/{}", candidate.id);
            let buttons = if decides {
                vec![
                    button("overdue-complete", base.clone()),
                    button("overdue-extend", format!("{base}/karar?karar=extend")),
                    button("overdue-lapse", format!("{base}/karar?karar=lapse")),
                ]
            } else {
                Vec::new()
            };
            CandidateRow { buttons, ..row(t, candidate, &programmes, &DeskParams::default()) }
        })
        .collect();
    let more = page
        .next
        .map(|id| params.params("/kayit/geciken").with("sonra", &id.to_string()).to_string())
        .unwrap_or_default();
    let mut chips = Vec::new();
    if let Some(unit) = &unit {
        chips.push(in_unit::chip(&ctx, unit, Params::new("/kayit/geciken")).await);
    }
    let frame = ctx.frame(t.get("overdue-title"));
    let shell = ctx.shell(WORK).await;
    let view = DeskPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: crumbs(t, "overdue-title"),
        lead: t.get("overdue-lead").into(),
        buttons: Vec::new(),
        search: "".into(),
        tokens: Tokens::default(),
        figures: Vec::new(),
        filters: Vec::new(),
        kept: Vec::new(),
        chips,
        clear: Params::new("/kayit/geciken")
            .with(in_unit::PARAM, in_unit::all(&ctx).await)
            .to_string()
            .into(),
        rows,
        more: more.into(),
        empty: Empty::new("clock", t.get("overdue-none"), t.get("overdue-none-text")),
        decides,
    };
    ctx.html(&view)
}

/// The way to a page of the desk.
fn crumbs<'a>(t: &'a Texts, title: &'static str) -> Vec<Link<'a>> {
    vec![Link::new(t.get("desk-title"), "/kayit"), Link::new(t.get(title), "")]
}

/// The programmes that the reader's candidates can be in.
async fn programmes(ctx: &Ctx) -> Result<Vec<Programme>, Fault> {
    Ok(institution::list_programmes(ctx.office(), ctx.actor()).await?)
}
