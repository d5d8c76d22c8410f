//! Papers for a whole list: looked at first, then made by a worker, with progress, and handed out in one file.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use base::ids::JobId;
use serde::{Deserialize, Serialize};
use services::{
    documents::batch::{self, Batch, BatchForm as Form, BatchOrder, Selection},
    students::find::StudentQuery,
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::Page,
    complaint::Complaint,
    documents::{KEY, KindWord},
    fields::{Binary, Instant, Line, Whole, given},
    input::{Json, Path, Query, key_header},
    problem::{Answer, FindingBody, Refusal},
    students::{ClassYear, EntryYear, Limit, OrderWord, limit_of, programme_of},
    words::{LangWord, StatusWord},
};

/// Papers for a list: either `numbers` or `students`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchForm {
    /// Kind of paper.
    pub kind: KindWord,
    /// Language; Turkish when left out.
    pub lang: Option<LangWord>,
    /// What they are for; left out for general use.
    pub purpose: Option<Line<200>>,
    /// Whether they show the photo.
    pub photo: Option<bool>,
    /// Student numbers in the order of the papers, 20,000 at the most.
    #[schema(min_items = 1, max_items = 20000)]
    pub numbers: Option<Vec<Line<64>>>,
    /// Everybody whom the list of students shows for these filters.
    pub students: Option<BatchStudents>,
}

/// Filters of the list of students.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchStudents {
    /// Words of the name in any spelling, or the beginning of a student number.
    pub q: Option<Line<100>>,
    /// Beginning of the surname.
    pub surname: Option<Line<100>>,
    /// Code of the programme.
    pub programme: Option<Line<64>>,
    /// Status.
    pub status: Option<StatusWord>,
    /// Class year.
    pub class_year: Option<ClassYear>,
    /// Year of entry.
    pub entry_year: Option<EntryYear>,
    /// Order of the papers; by name unless said otherwise.
    pub order: Option<OrderWord>,
}

/// What a batch would come to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BatchPreview {
    /// Students on the list, each once.
    pub total: usize,
    /// How many would get their paper.
    pub issuable: usize,
    /// How many of those for each warning, by its code.
    pub warnings: BTreeMap<String, usize>,
    /// Who would get a paper, in the order of the list.
    pub ready: Vec<ReadyStudent>,
    /// Who would get none, and why.
    pub refused: Vec<RefusedStudent>,
    /// Numbers that nobody has, or nobody in sight of the caller.
    pub unknown: Vec<String>,
    /// Numbers of students to whom the caller may not issue papers.
    pub not_allowed: Vec<String>,
}

/// A student who would get a paper.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadyStudent {
    /// Student number.
    pub number: String,
    /// Name as now.
    pub name: String,
    /// Number of the valid paper of the same kind and language, whose place the new one would take.
    #[schema(required)]
    pub held: Option<String>,
}

/// A student who would get no paper.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RefusedStudent {
    /// Student number.
    pub number: String,
    /// Name as now.
    pub name: String,
    /// What the rules said.
    pub findings: Vec<FindingBody>,
}

/// State of long work.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Nobody has begun it.
    Waiting,
    /// It is being worked on.
    Running,
    /// All items have ended.
    Done,
    /// It was stopped.
    Cancelled,
    /// It could not go on.
    Failed,
}

/// A batch with its progress.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Job {
    /// Row number, by which it is addressed.
    pub id: i64,
    /// Key of the papers' kind.
    pub kind: String,
    /// Language of the papers.
    pub lang: LangWord,
    /// What they are for.
    #[schema(required)]
    pub purpose: Option<String>,
    /// State.
    pub state: JobState,
    /// Items in all.
    pub total: i64,
    /// Papers made.
    pub done: i64,
    /// Items for which no paper was made.
    pub failed: i64,
    /// Whether somebody asked to stop it.
    pub cancel_asked: bool,
    /// Whether it does not go on because the disk is full; it does by itself once there is room.
    pub waits_for_room: bool,
    /// When it was ordered.
    pub created_at: Instant,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<Instant>,
    /// Items for which no paper was made, after the position asked for, 500 at the most; empty in lists.
    pub failures: Vec<FailedItem>,
}

/// An item for which no paper was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FailedItem {
    /// Position in the list.
    pub seq: i64,
    /// Student number, or what was written in its place.
    pub number: String,
    /// Name as now, once the batch has ended; null where nobody in reach has the number.
    #[schema(required)]
    pub name: Option<String>,
    /// Why.
    pub findings: Vec<FindingBody>,
}

impl Job {
    fn of(caller: &Caller, b: &Batch) -> Self {
        let t = caller.t();
        Self {
            id: b.job.id.get(),
            kind: b.kind.clone(),
            lang: b.lang.into(),
            purpose: b.purpose.clone(),
            state: match b.job.state.as_str() {
                "waiting" => JobState::Waiting,
                "running" => JobState::Running,
                "done" => JobState::Done,
                "cancelled" => JobState::Cancelled,
                _ => JobState::Failed,
            },
            total: b.job.total,
            done: b.job.done,
            failed: b.job.failed,
            cancel_asked: b.job.cancel_asked,
            waits_for_room: b.waits_for_room,
            created_at: b.job.created_at.into(),
            ended_at: b.job.ended_at.map(Instant),
            failures: b
                .failed
                .iter()
                .map(|item| FailedItem {
                    seq: item.seq,
                    number: item.number.clone(),
                    name: item.name.clone(),
                    findings: item.findings.iter().map(|f| FindingBody::of(t, f)).collect(),
                })
                .collect(),
        }
    }
}

/// A batch that was ordered.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct StartedBatch {
    /// The job.
    pub job: i64,
    /// Whether this is the answer to an earlier sending with the same key.
    pub repeated: bool,
}

/// Which job.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct JobPath {
    /// Row number of the job.
    pub id: i64,
}

/// Which failures of a job.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct JobParams {
    /// Only failures after this position.
    #[param(inline)]
    pub failed_after: Option<Whole<0, 1_000_000>>,
}

/// How many jobs.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct JobsParams {
    /// Rows wanted, 50 unless said otherwise.
    #[param(inline)]
    pub limit: Option<Limit>,
}

/// How the papers are put together.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResultForm {
    /// One PDF in the order of the list, for the printer.
    Merged,
    /// A ZIP with one PDF per paper.
    Zip,
}

/// In which form the papers are wanted.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ResultParams {
    /// One PDF, or a ZIP.
    #[param(inline)]
    pub form: ResultForm,
}

async fn order(caller: &Caller, form: BatchForm) -> Answer<BatchOrder> {
    let selection = match (form.numbers, form.students) {
        (Some(numbers), None) if numbers.len() > batch::MAX_BATCH => {
            return Err(Refusal::input("numbers", Complaint::TooMany(batch::MAX_BATCH)));
        }
        (Some(numbers), None) => Selection::Numbers(numbers.into_iter().map(|n| n.0).collect()),
        (None, Some(students)) => {
            let programme = match given(students.programme.as_ref()) {
                Some(code) => Some(programme_of(caller, code).await?),
                None => None,
            };
            Selection::Query(Box::new(StudentQuery {
                q: students.q.unwrap_or_default().0,
                surname: students.surname.unwrap_or_default().0,
                programme,
                status: students.status.map(|w| w.0),
                class_year: students.class_year.and_then(|y| u8::try_from(y.0).ok()),
                entry_year: students.entry_year.and_then(|y| i32::try_from(y.0).ok()),
                order: students.order.unwrap_or_default().into(),
                ..StudentQuery::default()
            }))
        }
        (None, None) => return Err(Refusal::input("numbers", Complaint::Required)),
        (Some(_), Some(_)) => return Err(Refusal::input("students", Complaint::Twice)),
    };
    Ok(BatchOrder {
        kind: form.kind.0.to_owned(),
        lang: form.lang.map(|w| w.0).unwrap_or_default(),
        purpose: form.purpose.unwrap_or_default().0,
        photo: form.photo.unwrap_or_default(),
        selection,
    })
}

/// Look at a batch before it is ordered
///
/// Who gets a paper, who does not and why. Nothing is numbered and nothing is stored.
#[utoipa::path(post, path = "/document-batches/preview", tag = "documents", request_body = BatchForm, responses((status = 200, body = BatchPreview)))]
pub async fn preview(caller: Caller, Json(form): Json<BatchForm>) -> Answer<axum::Json<BatchPreview>> {
    let order = order(&caller, form).await?;
    let preview = batch::preview_batch(caller.office(), caller.actor(), order).await?;
    let t = caller.t();
    Ok(axum::Json(BatchPreview {
        total: preview.total,
        issuable: preview.ready.len(),
        warnings: preview.warnings,
        ready: preview
            .ready
            .into_iter()
            .map(|row| ReadyStudent {
                number: row.number,
                name: row.name,
                held: row.held.map(|number| number.to_string()),
            })
            .collect(),
        refused: preview
            .refused
            .into_iter()
            .map(|row| RefusedStudent {
                findings: row.findings.iter().map(|f| FindingBody::of(t, f)).collect(),
                number: row.number,
                name: row.name,
            })
            .collect(),
        unknown: preview.unknown,
        not_allowed: preview.not_allowed,
    }))
}

/// Order papers for a list
///
/// A worker makes them; `GET /jobs/{id}` tells how far it is. With an `Idempotency-Key` a repeated sending answers with
/// the first job.
#[utoipa::path(
    post, path = "/document-batches", tag = "documents", request_body = BatchForm,
    params(("idempotency-key" = Option<String>, Header, description = "1 to 100 visible characters.", min_length = 1, max_length = 100, pattern = "^[!-~]+$")),
    responses((status = 202, body = StartedBatch, headers(("Location" = String, description = "Address of the job."))))
)]
pub async fn start(caller: Caller, headers: HeaderMap, Json(form): Json<BatchForm>) -> Answer {
    let key = key_header(&headers, KEY)?;
    let order = order(&caller, form).await?;
    let started = batch::start_batch(caller.office(), caller.actor(), order, key).await?;
    caller.site().wake_worker.notify_one();
    let body = StartedBatch { job: started.job.get(), repeated: started.is_repeated };
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, format!("/api/v1/jobs/{}", body.job))], axum::Json(body))
        .into_response())
}

/// List the own batches
///
/// The newest first.
#[utoipa::path(get, path = "/jobs", tag = "documents", params(JobsParams), responses((status = 200, body = Page<Job>)))]
pub async fn list(caller: Caller, Query(params): Query<JobsParams>) -> Answer<axum::Json<Page<Job>>> {
    let batches = batch::list_batches(caller.office(), caller.actor(), limit_of(params.limit)).await?;
    Ok(axum::Json(Page::whole(batches.iter().map(|b| Job::of(&caller, b)).collect())))
}

/// See how far a batch is
#[utoipa::path(get, path = "/jobs/{id}", tag = "documents", params(JobPath, JobParams), responses((status = 200, body = Job)))]
pub async fn show(
    caller: Caller,
    Path(path): Path<JobPath>,
    Query(params): Query<JobParams>,
) -> Answer<axum::Json<Job>> {
    let after = params.failed_after.map_or(0, |seq| seq.0);
    let found = batch::show_batch(caller.office(), caller.actor(), JobId::new(path.id), after).await?;
    Ok(axum::Json(Job::of(&caller, &found)))
}

/// Stop a batch
///
/// Papers that have their numbers are finished, the rest is not begun; papers that were made stay valid. One that has
/// ended stays as it is.
#[utoipa::path(delete, path = "/jobs/{id}", tag = "documents", params(JobPath), responses((status = 204, description = "Asked to stop, or ended before.")))]
pub async fn cancel(caller: Caller, Path(path): Path<JobPath>) -> Answer {
    batch::cancel_batch(caller.office(), caller.actor(), JobId::new(path.id)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Get the papers of a batch in one file
#[utoipa::path(
    get, path = "/jobs/{id}/result", tag = "documents", params(JobPath, ResultParams),
    responses((status = 200, content((Binary = "application/pdf"), (Binary = "application/zip"))))
)]
pub async fn result(caller: Caller, Path(path): Path<JobPath>, Query(params): Query<ResultParams>) -> Answer {
    let form = match params.form {
        ResultForm::Merged => Form::Merged,
        ResultForm::Zip => Form::Zip,
    };
    let file = batch::batch_result(caller.office(), caller.actor(), JobId::new(path.id), form).await?;
    let headers = [
        (header::CONTENT_TYPE, file.mime.to_owned()),
        (header::CONTENT_LENGTH, file.size.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
    ];
    // Read piece by piece: a thousand papers need not fit into memory.
    let content = tokio_util::io::ReaderStream::new(tokio::fs::File::from_std(file.content));
    Ok((headers, Body::from_stream(content)).into_response())
}
