//! Bulk registration of those who registered through e-Devlet, and the figures of a registration.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use base::ids::{CandidateId, EnrolmentId, JobId};
use serde::{Deserialize, Serialize};
use services::{
    registration::{
        bulk::{self, BulkAct, BulkPreview, BulkQuery, BulkRun, StartBulk, UndoBulk},
        figures::{self, FigureQuery, Totals},
    },
    students::export::ExportForm,
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    batches::JobState,
    body::Page,
    candidates::CandidateLine,
    cursor::{self, Cursor},
    fields::{Binary, Day, Instant, Line, Whole, given},
    input::{Json, Path, Query, key_header},
    problem::{Answer, FindingBody},
    students::{EntryYear, Limit, limit_of, programme_of, unit_of},
    words::{EntryWord, FeeStateWord},
};
use crate::pages::registration_figures::figure_words;

/// Header of the key that makes a repeated order harmless.
const KEY: &str = "idempotency-key";
/// The numbers of a run, in its cursors.
const MADE: char = 'b';
/// Those who did not come, in their cursors.
const ABSENT: char = 'a';

/// Which of those who registered through e-Devlet and wait.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkFilter {
    /// Codes of programmes; all when left out.
    #[schema(max_items = 500)]
    pub programmes: Option<Vec<Line<64>>>,
    /// Code of the unit: programmes of it and of the units below it.
    pub unit: Option<Line<64>>,
    /// Way of entry.
    pub entry: Option<EntryWord>,
    /// Year of placement.
    pub year: Option<EntryYear>,
}

impl BulkFilter {
    async fn query(self, caller: &Caller) -> Answer<BulkQuery> {
        let mut programmes = Vec::new();
        for code in self.programmes.unwrap_or_default() {
            programmes.push(programme_of(caller, &code.0).await?);
        }
        let unit = match given(self.unit.as_ref()) {
            Some(code) => Some(unit_of(caller, code).await?),
            None => None,
        };
        Ok(BulkQuery {
            programmes,
            year: self.year.and_then(|year| i32::try_from(year.0).ok()),
            entry_kind: self.entry.map(|word| word.0),
            unit,
        })
    }
}

/// A programme of a preview.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkProgrammeBody {
    /// Code.
    pub programme: String,
    /// Who registered through e-Devlet and waits.
    pub total: usize,
    /// How many of them would be registered.
    pub ready: usize,
}

/// A candidate whom a reason keeps out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkCandidateBody {
    /// By this number the candidate is addressed.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Code of the programme.
    pub programme: String,
}

/// One reason, with everybody whom it keeps out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkReasonBody {
    /// What the desk says.
    pub finding: FindingBody,
    /// Who.
    pub candidates: Vec<BulkCandidateBody>,
}

/// What a bulk registration would come to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkPreviewBody {
    /// Candidates of the filter.
    pub total: usize,
    /// How many would be registered.
    pub ready: usize,
    /// The same by programme.
    pub programmes: Vec<BulkProgrammeBody>,
    /// How many of those who would be registered bring a warning, by its code.
    pub warnings: BTreeMap<String, usize>,
    /// Why the others would not be; somebody with two reasons stands under both.
    pub reasons: Vec<BulkReasonBody>,
}

impl BulkPreviewBody {
    fn of(caller: &Caller, preview: BulkPreview) -> Self {
        let t = caller.t();
        Self {
            total: preview.total,
            ready: preview.ready,
            programmes: preview
                .programmes
                .into_iter()
                .map(|p| BulkProgrammeBody { programme: p.code, total: p.total, ready: p.ready })
                .collect(),
            warnings: preview.warnings,
            reasons: preview
                .reasons
                .into_iter()
                .map(|reason| BulkReasonBody {
                    finding: FindingBody::of(t, &reason.finding),
                    candidates: reason
                        .candidates
                        .into_iter()
                        .map(|who| BulkCandidateBody {
                            id: who.id.get(),
                            name: who.name,
                            programme: who.programme_code,
                        })
                        .collect(),
                })
                .collect(),
        }
    }
}

/// Look at a bulk registration before it is started
///
/// Who would be registered, and why the others would not. Nobody is registered.
#[utoipa::path(
    post, path = "/bulk-registrations/preview", tag = "registration", request_body = BulkFilter,
    responses((status = 200, body = BulkPreviewBody))
)]
pub async fn preview(caller: Caller, Json(form): Json<BulkFilter>) -> Answer<axum::Json<BulkPreviewBody>> {
    let query = form.query(&caller).await?;
    let preview = bulk::preview_bulk(caller.office(), caller.actor(), query).await?;
    Ok(axum::Json(BulkPreviewBody::of(&caller, preview)))
}

/// An order for a bulk registration.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkInput {
    /// Whom.
    #[serde(default)]
    pub filter: BulkFilter,
    /// What is noted of the fee of all of them; not `owed`.
    pub fee: FeeStateWord,
    /// On what that rests; must be said for `paid` and `exempt`.
    pub fee_receipt: Option<Line<100>>,
}

/// A run that was started.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct StartedRun {
    /// Row number of the run.
    pub id: i64,
    /// Whether this is the answer to an earlier sending with the same key.
    pub repeated: bool,
}

fn accepted(caller: &Caller, started: bulk::StartedBulk) -> axum::response::Response {
    caller.site().wake_worker.notify_one();
    let body = StartedRun { id: started.job.get(), repeated: started.is_repeated };
    let at = format!("/api/v1/bulk-registrations/{}", body.id);
    (StatusCode::ACCEPTED, [(header::LOCATION, at)], axum::Json(body)).into_response()
}

/// Register everybody of the safe set
///
/// A worker registers them; `GET /bulk-registrations/{id}` tells how far it is. With an `Idempotency-Key` a repeated
/// sending answers with the first run.
#[utoipa::path(
    post, path = "/bulk-registrations", tag = "registration", request_body = BulkInput,
    params(("idempotency-key" = Option<String>, Header, description = "1 to 100 visible characters.", min_length = 1, max_length = 100, pattern = "^[!-~]+$")),
    responses((status = 202, body = StartedRun, headers(("Location" = String, description = "Address of the run."))))
)]
pub async fn start(caller: Caller, headers: HeaderMap, Json(form): Json<BulkInput>) -> Answer {
    let order = StartBulk {
        query: form.filter.query(&caller).await?,
        fee_state: Some(form.fee.0),
        fee_word: form.fee_receipt.unwrap_or_default().0,
        idempotency_key: key_header(&headers, KEY)?,
    };
    let started = bulk::start_bulk(caller.office(), caller.actor(), order).await?;
    Ok(accepted(&caller, started))
}

/// What a run does.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunWord {
    /// Registers candidates.
    Register,
    /// Undoes what another run registered.
    Undo,
}

/// A number that a run gave.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GivenNumber {
    /// Student number.
    pub number: String,
    /// Given name or names.
    pub given_name: String,
    /// Surname in capitals.
    pub surname: String,
    /// Code of the programme.
    pub programme: String,
    /// By this number the candidate is addressed.
    pub candidate: i64,
    /// Whether the registration was undone; its number is cancelled then.
    pub undone: bool,
}

/// Somebody for whom nothing was done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RunFailure {
    /// Position in the run.
    pub seq: i64,
    /// By this number the candidate is addressed.
    #[schema(required)]
    pub candidate: Option<i64>,
    /// Name.
    pub name: String,
    /// Why.
    pub findings: Vec<FindingBody>,
}

/// A bulk registration, or its undoing, with its progress.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RunBody {
    /// Row number, by which it is addressed.
    pub id: i64,
    /// What it does.
    pub act: RunWord,
    /// The run that it undoes.
    #[schema(required)]
    pub of: Option<i64>,
    /// State.
    pub state: JobState,
    /// Candidates in all.
    pub total: i64,
    /// Candidates done.
    pub done: i64,
    /// Candidates for whom nothing was done.
    pub failed: i64,
    /// Registrations that it made and that stand.
    pub standing: i64,
    /// Whether somebody asked to stop it.
    pub cancel_asked: bool,
    /// Whether it does not go on because the disk is full; it does by itself once there is room.
    pub waits_for_room: bool,
    /// When it was started.
    pub created_at: Instant,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<Instant>,
    /// Candidates for whom nothing was done, after the position asked for, 500 at the most; empty in lists.
    pub failures: Vec<RunFailure>,
}

impl RunBody {
    fn of(caller: &Caller, run: &BulkRun) -> Self {
        let (t, job) = (caller.t(), &run.job);
        let (act, of) = match &run.act {
            BulkAct::Register { .. } => (RunWord::Register, None),
            BulkAct::Undo { of, .. } => (RunWord::Undo, Some(of.get())),
        };
        Self {
            id: job.id.get(),
            act,
            of,
            state: match job.state.as_str() {
                "waiting" => JobState::Waiting,
                "running" => JobState::Running,
                "done" => JobState::Done,
                "cancelled" => JobState::Cancelled,
                _ => JobState::Failed,
            },
            total: job.total,
            done: job.done,
            failed: job.failed,
            standing: run.standing,
            cancel_asked: job.cancel_asked,
            waits_for_room: run.waits_for_room,
            created_at: job.created_at.into(),
            ended_at: job.ended_at.map(Instant),
            failures: run
                .failed
                .iter()
                .map(|line| RunFailure {
                    seq: line.seq,
                    candidate: line.candidate.map(CandidateId::get),
                    name: line.name.clone(),
                    findings: line.findings.iter().map(|f| FindingBody::of(t, f)).collect(),
                })
                .collect(),
        }
    }
}

/// Which run.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RunPath {
    /// Row number of the run.
    pub id: i64,
}

/// How many runs.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RunsParams {
    /// Rows wanted, 50 unless said otherwise.
    #[param(inline)]
    pub limit: Option<Limit>,
}

/// Which failures of a run.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RunParams {
    /// Only failures after this position.
    #[param(inline)]
    pub failed_after: Option<Whole<0, 1_000_000>>,
}

/// List the own bulk registrations
///
/// The newest first.
#[utoipa::path(
    get, path = "/bulk-registrations", tag = "registration", params(RunsParams),
    responses((status = 200, body = Page<RunBody>))
)]
pub async fn list(caller: Caller, Query(params): Query<RunsParams>) -> Answer<axum::Json<Page<RunBody>>> {
    let runs = bulk::list_bulk(caller.office(), caller.actor(), limit_of(params.limit)).await?;
    Ok(axum::Json(Page::whole(runs.iter().map(|run| RunBody::of(&caller, run)).collect())))
}

/// See how far a bulk registration is
///
/// With those for whom nothing was done. The look is logged.
#[utoipa::path(
    get, path = "/bulk-registrations/{id}", tag = "registration", params(RunPath, RunParams),
    responses((status = 200, body = RunBody))
)]
pub async fn show(
    caller: Caller,
    Path(path): Path<RunPath>,
    Query(params): Query<RunParams>,
) -> Answer<axum::Json<RunBody>> {
    let after = params.failed_after.map_or(0, |seq| seq.0);
    let run = bulk::show_bulk(caller.office(), caller.actor(), JobId::new(path.id), after, None, 1).await?;
    Ok(axum::Json(RunBody::of(&caller, &run)))
}

/// A page of numbers.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct NumbersParams {
    /// Rows wanted, 50 unless said otherwise.
    #[param(inline)]
    pub limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// List the numbers that a bulk registration gave
///
/// In order of registration. The look is logged with the people shown.
#[utoipa::path(
    get, path = "/bulk-registrations/{id}/numbers", tag = "registration", params(RunPath, NumbersParams),
    responses((status = 200, body = Page<GivenNumber>))
)]
pub async fn numbers(
    caller: Caller,
    Path(path): Path<RunPath>,
    Query(params): Query<NumbersParams>,
) -> Answer<axum::Json<Page<GivenNumber>>> {
    let after = cursor::read_row(MADE, given(params.after.as_ref()))?.map(EnrolmentId::new);
    let limit = limit_of(params.limit);
    let (office, actor) = (caller.office(), caller.actor());
    let run = bulk::show_bulk(office, actor, JobId::new(path.id), i64::MAX, after, limit).await?;
    let items = run
        .made
        .into_iter()
        .map(|line| GivenNumber {
            number: line.number,
            given_name: line.given_name,
            surname: line.surname,
            programme: line.programme_code,
            candidate: line.candidate.get(),
            undone: line.is_undone,
        })
        .collect();
    Ok(axum::Json(Page { items, next: run.next.map(|id| cursor::of_row(MADE, id.get())) }))
}

/// Stop a bulk registration
///
/// Whoever is registered stays so, the rest is not begun. One that has ended stays as it is.
#[utoipa::path(
    delete, path = "/bulk-registrations/{id}", tag = "registration", params(RunPath),
    responses((status = 204, description = "Asked to stop, or ended before."))
)]
pub async fn cancel(caller: Caller, Path(path): Path<RunPath>) -> Answer {
    bulk::cancel_bulk(caller.office(), caller.actor(), JobId::new(path.id)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Undoing a bulk registration.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoRunInput {
    /// What was wrong.
    pub reason: Line<100, 1>,
}

/// Undo a bulk registration of today
///
/// A worker undoes each registration of the run that stands; numbers are cancelled and given to no one else. Sensitive:
/// the password must have been confirmed.
#[utoipa::path(
    post, path = "/bulk-registrations/{id}/undo", tag = "registration", request_body = UndoRunInput,
    params(RunPath, ("idempotency-key" = Option<String>, Header, description = "1 to 100 visible characters.", min_length = 1, max_length = 100, pattern = "^[!-~]+$")),
    responses((status = 202, body = StartedRun, headers(("Location" = String, description = "Address of the run."))))
)]
pub async fn undo(
    caller: Caller,
    Path(path): Path<RunPath>,
    headers: HeaderMap,
    Json(form): Json<UndoRunInput>,
) -> Answer {
    let order = UndoBulk {
        job: JobId::new(path.id),
        reason: form.reason.0,
        idempotency_key: key_header(&headers, KEY)?,
    };
    let started = bulk::undo_bulk(caller.office(), caller.actor(), order).await?;
    Ok(accepted(&caller, started))
}

// Figures -------------------------------------------------------------------------------------------

/// Which candidates are counted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FigureParams {
    /// Code of the unit: programmes of it and of the units below it.
    #[param(inline)]
    pub unit: Option<Line<64>>,
    /// Code of the programme.
    #[param(inline)]
    pub programme: Option<Line<64>>,
    /// Way of entry.
    #[param(inline)]
    pub entry: Option<EntryWord>,
    /// Year of placement; the newest when left out.
    #[param(inline)]
    pub year: Option<EntryYear>,
}

impl FigureParams {
    async fn query(self, caller: &Caller) -> Answer<FigureQuery> {
        let programme = match given(self.programme.as_ref()) {
            Some(code) => Some(programme_of(caller, code).await?),
            None => None,
        };
        let unit = match given(self.unit.as_ref()) {
            Some(code) => Some(unit_of(caller, code).await?),
            None => None,
        };
        Ok(FigureQuery {
            programme,
            year: self.year.and_then(|year| i32::try_from(year.0).ok()),
            entry_kind: self.entry.map(|word| word.0),
            unit,
        })
    }
}

/// Counts of candidates.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct CountsBody {
    /// Everybody with a place.
    pub placed: i64,
    /// Registered finally.
    pub registered: i64,
    /// Registered through e-Devlet, whether taken over by the office or not.
    pub e_registered: i64,
    /// Registered through e-Devlet and not taken over yet.
    pub e_waiting: i64,
    /// Registered provisionally.
    pub provisional: i64,
    /// Registered, finally or provisionally, with a paper missing.
    pub missing_papers: i64,
    /// Gave the place up.
    pub renounced: i64,
    /// Deleted after the last day of a provisional registration.
    pub lapsed: i64,
    /// Neither came nor registered through e-Devlet, and may still come.
    pub waiting: i64,
    /// Neither came nor registered through e-Devlet by the last day.
    pub did_not_come: i64,
    /// The seats that the list told, or else those placed, but for who is registered, provisionally or through e-Devlet
    /// too.
    pub seats_left: i64,
}

impl From<Totals> for CountsBody {
    fn from(totals: Totals) -> Self {
        Self {
            placed: totals.placed,
            registered: totals.registered,
            e_registered: totals.e_registered,
            e_waiting: totals.e_waiting,
            provisional: totals.provisional,
            missing_papers: totals.missing_papers,
            renounced: totals.renounced,
            lapsed: totals.lapsed,
            waiting: totals.waiting,
            did_not_come: totals.did_not_come,
            seats_left: totals.seats_left,
        }
    }
}

/// The figures of one programme and way of entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FigureBody {
    /// Code of the programme.
    pub programme: String,
    /// Year of placement.
    pub year: i32,
    /// Way of entry.
    pub entry: EntryWord,
    /// Seats of the programme, where a list told them.
    #[schema(required)]
    pub quota: Option<i64>,
    /// Last day of registration, where a window says one.
    #[schema(required)]
    pub closes_on: Option<Day>,
    /// Whether that day is over.
    pub over: bool,
    /// The counts.
    pub counts: CountsBody,
}

/// The figures of a filter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FiguresBody {
    /// The year they are about; none where nobody was ever placed.
    #[schema(required)]
    pub year: Option<i32>,
    /// When they were counted.
    pub at: Instant,
    /// By programme and way of entry.
    pub items: Vec<FigureBody>,
    /// All of them together.
    pub totals: CountsBody,
}

/// Count candidates
///
/// As they stand now, by programme and way of entry. Nobody's name is in it.
#[utoipa::path(
    get, path = "/candidates/figures", tag = "registration", params(FigureParams),
    responses((status = 200, body = FiguresBody))
)]
pub async fn figures(caller: Caller, Query(params): Query<FigureParams>) -> Answer<axum::Json<FiguresBody>> {
    let query = params.query(&caller).await?;
    let found = figures::figures(caller.office(), caller.actor(), query).await?;
    Ok(axum::Json(FiguresBody {
        year: found.year,
        at: found.at.into(),
        items: found
            .rows
            .into_iter()
            .map(|row| FigureBody {
                programme: row.code,
                year: row.year,
                entry: row.entry_kind.into(),
                quota: row.quota,
                closes_on: row.closes_on.map(Day),
                over: row.is_over,
                counts: row.counts.into(),
            })
            .collect(),
        totals: found.totals.into(),
    }))
}

/// Take the figures out as a workbook
#[utoipa::path(
    get, path = "/candidates/figures.xlsx", tag = "registration", params(FigureParams),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Binary))
)]
pub async fn xlsx(caller: Caller, Query(params): Query<FigureParams>) -> Answer {
    let mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    file(&caller, params, ExportForm::Xlsx, "xlsx", mime).await
}

/// Take the figures out as CSV
///
/// UTF-8 with a byte-order mark and semicolons, as Turkish spreadsheets open it.
#[utoipa::path(
    get, path = "/candidates/figures.csv", tag = "registration", params(FigureParams),
    responses((status = 200, content_type = "text/csv", body = String))
)]
pub async fn csv(caller: Caller, Query(params): Query<FigureParams>) -> Answer {
    file(&caller, params, ExportForm::Csv, "csv", "text/csv; charset=utf-8").await
}

async fn file(
    caller: &Caller,
    params: FigureParams,
    form: ExportForm,
    ending: &str,
    mime: &'static str,
) -> Answer {
    let query = params.query(caller).await?;
    let words = figure_words(caller.t());
    let bytes = figures::export_figures(caller.office(), caller.actor(), query, form, words).await?;
    let named = format!("attachment; filename=\"kayit-durumu.{ending}\"");
    let headers = [(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, named)];
    Ok((headers, bytes).into_response())
}

/// Which of those who did not come.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AbsenteeParams {
    /// Code of the unit: programmes of it and of the units below it.
    #[param(inline)]
    pub unit: Option<Line<64>>,
    /// Code of the programme.
    #[param(inline)]
    pub programme: Option<Line<64>>,
    /// Way of entry.
    #[param(inline)]
    pub entry: Option<EntryWord>,
    /// Year of placement; the newest when left out.
    #[param(inline)]
    pub year: Option<EntryYear>,
    /// Rows wanted, 50 unless said otherwise.
    #[param(inline)]
    pub limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// List who did not register by the last day
///
/// Whose window is still open is not among them. The look is logged.
#[utoipa::path(
    get, path = "/candidates/absentees", tag = "registration", params(AbsenteeParams),
    responses((status = 200, body = Page<CandidateLine>))
)]
pub async fn absentees(
    caller: Caller,
    Query(params): Query<AbsenteeParams>,
) -> Answer<axum::Json<Page<CandidateLine>>> {
    let AbsenteeParams { unit, programme, entry, year, limit, after } = params;
    let query = FigureParams { unit, programme, entry, year }.query(&caller).await?;
    let after = cursor::read_row(ABSENT, given(after.as_ref()))?.map(CandidateId::new);
    let found =
        figures::list_absentees(caller.office(), caller.actor(), query, after, limit_of(limit)).await?;
    let next = found.next.map(|id| cursor::of_row(ABSENT, id.get()));
    Ok(axum::Json(Page { items: found.rows.iter().map(CandidateLine::from).collect(), next }))
}
