//! Placements from the ministry's service: fetches with their progress, and rows of the worklist mended by hand.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use base::ids::{JobId, PlacementListId};
use serde::{Deserialize, Serialize};
use services::{
    Actor,
    placement::{
        EnterCandidate,
        fetch::{
            FetchEnd, FetchFigures, FetchRun, cancel_fetch, list_fetches, order_of, show_fetch, start_fetch,
        },
        mend_row,
    },
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    batches::JobState,
    body::{Made, Page},
    fields::{GivenDay, Instant, Line, Prose},
    input::{Json, Path, key_header},
    placements::{EntryValue, PlacementRowPath, PlacementYear},
    problem::Answer,
    words::{EntryWord, SexWord},
};
use crate::remote_words;

/// Header of the key that makes a repeated request harmless.
const KEY: &str = "idempotency-key";
/// Fetches that a list shows.
const SHOWN: u32 = 50;

/// What is fetched.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FetchInput {
    /// Kind of placement as YÖKSİS calls it (`YKS`, `YKS_EK`, `DGS` …), or a way of entry for all kinds that bring it.
    pub placement: Line<40, 1>,
    /// Year of placement.
    pub year: PlacementYear,
    /// True to have it only looked at.
    #[serde(default)]
    pub dry_run: bool,
}

/// A fetch that was ordered.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct StartedFetch {
    /// Row number of the fetch.
    pub id: i64,
}

fn keyed(caller: &Caller, headers: &HeaderMap) -> Result<Actor, super::problem::Refusal> {
    Ok(Actor { form: key_header(headers, KEY)?, ..caller.actor().clone() })
}

/// Fetch placements from YÖKSİS
///
/// A worker reads the pages and takes all of it over in one transaction: sound rows become candidates, faulty ones wait
/// to be mended (`GET /placements/{id}/rows`). `GET /placement-fetches/{id}` tells how far it is.
#[utoipa::path(
    post, path = "/placement-fetches", tag = "registration", request_body = FetchInput,
    params(("idempotency-key" = Option<String>, Header, description = "1 to 100 visible characters.", min_length = 1, max_length = 100, pattern = "^[!-~]+$")),
    responses((status = 202, body = StartedFetch, headers(("Location" = String, description = "Address of the fetch."))))
)]
pub async fn start(caller: Caller, headers: HeaderMap, Json(form): Json<FetchInput>) -> Answer {
    let year = i32::try_from(form.year.0).unwrap_or_default();
    let order = order_of(caller.office(), &form.placement.0, year, form.dry_run)?;
    let job = start_fetch(caller.office(), &keyed(&caller, &headers)?, order).await?;
    let body = StartedFetch { id: job.get() };
    let at = format!("/api/v1/placement-fetches/{}", body.id);
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, at)], axum::Json(body)).into_response())
}

/// What the rows of a fetch came to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FetchFiguresBody {
    /// Rows that the service sent.
    pub rows: u64,
    /// Candidates added.
    pub new: u64,
    /// Candidates changed.
    pub changed: u64,
    /// Candidates who were here already, the same.
    pub same: u64,
    /// Rows that wait to be mended.
    pub faulty: u64,
    /// Faulty rows about which somebody has decided by hand before.
    pub decided: u64,
    /// Rows of programmes in which the caller places nobody.
    pub others: u64,
    /// Rows that went in and of which something is to be known, by the word of what that is.
    pub warnings: BTreeMap<String, u64>,
}

impl From<&FetchFigures> for FetchFiguresBody {
    fn from(figures: &FetchFigures) -> Self {
        Self {
            rows: figures.rows,
            new: figures.new,
            changed: figures.changed,
            same: figures.same,
            faulty: figures.faulty,
            decided: figures.decided,
            others: figures.others,
            warnings: figures.warnings.clone(),
        }
    }
}

/// Why nothing was fetched.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FetchProblem {
    /// Stable word of what it is.
    pub code: String,
    /// Values of the message.
    pub values: BTreeMap<String, String>,
    /// The message in the language that was asked for.
    pub message: String,
}

/// A fetch with its progress.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FetchBody {
    /// Row number, by which it is addressed.
    pub id: i64,
    /// Way of entry.
    pub kind: EntryWord,
    /// Kinds of placement as YÖKSİS calls them.
    pub placements: Vec<String>,
    /// Year of placement.
    pub year: i32,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// State.
    pub state: JobState,
    /// Pages in all; 0 while unknown.
    pub pages: i64,
    /// Pages read.
    pub done: i64,
    /// When it was ordered.
    pub created_at: Instant,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<Instant>,
    /// The list that came of it; null where none did.
    #[schema(required)]
    pub list: Option<i64>,
    /// What the rows came to; null before the end, where nobody is placed, and after a failure.
    #[schema(required)]
    pub figures: Option<FetchFiguresBody>,
    /// Why nothing was fetched; null where something was.
    #[schema(required)]
    pub problem: Option<FetchProblem>,
}

impl FetchBody {
    fn of(caller: &Caller, run: &FetchRun) -> Self {
        let job = &run.job;
        let (list, figures, problem) = match &run.end {
            Some(FetchEnd::Taken { list, figures }) => (Some(*list), Some(figures.into()), None),
            Some(FetchEnd::Looked { figures }) => (None, Some(figures.into()), None),
            Some(FetchEnd::Failed { code, values }) => {
                let told: Vec<(&String, &String)> = values.iter().collect();
                let message = remote_words::problem(caller.t(), code, &told);
                (None, None, Some(FetchProblem { code: code.clone(), values: values.clone(), message }))
            }
            Some(FetchEnd::Nobody) | None => (None, None, None),
        };
        Self {
            id: job.id.get(),
            kind: EntryWord(run.kind),
            placements: run.words.clone(),
            year: run.year,
            dry_run: run.dry_run,
            state: match job.state.as_str() {
                "waiting" => JobState::Waiting,
                "running" => JobState::Running,
                "done" => JobState::Done,
                "cancelled" => JobState::Cancelled,
                _ => JobState::Failed,
            },
            pages: job.total,
            done: job.done,
            created_at: job.created_at.into(),
            ended_at: job.ended_at.map(Instant),
            list,
            figures,
            problem,
        }
    }
}

/// List the caller's fetches of placements
///
/// The newest first, 50 at the most.
#[utoipa::path(
    get, path = "/placement-fetches", tag = "registration", responses((status = 200, body = Page<FetchBody>))
)]
pub async fn list(caller: Caller) -> Answer<axum::Json<Page<FetchBody>>> {
    let runs = list_fetches(caller.office(), caller.actor(), SHOWN).await?;
    Ok(axum::Json(Page::whole(runs.iter().map(|run| FetchBody::of(&caller, run)).collect())))
}

/// Which fetch.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct FetchPath {
    /// Row number of the fetch.
    pub id: i64,
}

/// Ask how far a fetch is
#[utoipa::path(
    get, path = "/placement-fetches/{id}", tag = "registration", params(FetchPath),
    responses((status = 200, body = FetchBody))
)]
pub async fn show(caller: Caller, Path(path): Path<FetchPath>) -> Answer<axum::Json<FetchBody>> {
    let run = show_fetch(caller.office(), caller.actor(), JobId::new(path.id)).await?;
    Ok(axum::Json(FetchBody::of(&caller, &run)))
}

/// Stop a fetch
///
/// Nothing of it is written then. One that has ended stays as it is.
#[utoipa::path(
    delete, path = "/placement-fetches/{id}", tag = "registration", params(FetchPath),
    responses((status = 204, description = "Asked to stop, or ended before."))
)]
pub async fn cancel(caller: Caller, Path(path): Path<FetchPath>) -> Answer {
    cancel_fetch(caller.office(), caller.actor(), JobId::new(path.id)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A row as it should have been; way of entry and year are those of its list.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MendedRow {
    /// Code of the programme.
    pub programme: Line<64, 1>,
    /// Given name.
    pub given_name: Line<100, 1>,
    /// Surname.
    pub surname: Line<100, 1>,
    /// Name of the father.
    pub father_name: Option<Line<100>>,
    /// Name of the mother.
    pub mother_name: Option<Line<100>>,
    /// Sex.
    pub sex: SexWord,
    /// Day of birth.
    pub birth_date: GivenDay,
    /// Place of birth.
    pub birth_place: Option<Line<100>>,
    /// Two-letter country code; may be left out for whoever has the identity number of a citizen.
    pub nationality: Option<Line<2>>,
    /// E-mail address.
    pub email: Option<Line<254>>,
    /// Telephone.
    pub phone: Option<Line<30>>,
    /// Postal address.
    pub address: Option<Prose<500>>,
    /// Whether the preparatory class comes first.
    #[serde(default)]
    pub needs_preparatory: bool,
    /// What the way of entry asks for; days as `YYYY-MM-DD`.
    #[serde(default)]
    #[schema(max_items = 40)]
    pub fields: Vec<EntryValue>,
}

/// Make a candidate of a row that waits, mended by hand
///
/// What the row says and the body does not hold (answers of other offices, e-registration) goes with it. The row leaves
/// the list of those that wait, and a later list that brings it as it was does not put it back.
#[utoipa::path(
    post, path = "/placements/{id}/rows/{row}/candidate", tag = "registration", params(PlacementRowPath),
    request_body = MendedRow,
    responses((status = 201, body = Made, description = "The candidate."))
)]
pub async fn mend(caller: Caller, Path(path): Path<PlacementRowPath>, Json(form): Json<MendedRow>) -> Answer {
    let text = |line: Option<Line<100>>| line.map(|line| line.0).unwrap_or_default();
    let command = EnterCandidate {
        programme: form.programme.0,
        given_name: form.given_name.0,
        surname: form.surname.0,
        father_name: text(form.father_name),
        mother_name: text(form.mother_name),
        sex: Some(form.sex.0),
        birth_date: form.birth_date.to_string(),
        birth_place: text(form.birth_place),
        nationality: form.nationality.map(|line| line.0).unwrap_or_default(),
        email: form.email.map(|line| line.0).unwrap_or_default(),
        phone: form.phone.map(|line| line.0).unwrap_or_default(),
        address: form.address.map(|prose| prose.0).unwrap_or_default(),
        needs_preparatory: form.needs_preparatory,
        fields: form.fields.into_iter().map(|one| (one.field.0.code().to_owned(), one.value.0)).collect(),
        ..EnterCandidate::default()
    };
    let list = PlacementListId::new(path.id);
    let id = mend_row(caller.office(), caller.actor(), list, path.row, command).await?;
    Ok((StatusCode::CREATED, axum::Json(Made { id: id.get() })).into_response())
}
