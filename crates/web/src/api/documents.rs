//! Papers: issuing one, the list, one paper and its PDF, cancelling, and the public question whether one is genuine.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::ids::{DocumentId, JobId};
use domain::documents::VerificationCode;
use serde::{Deserialize, Serialize};
use services::documents::{
    self, About, CancelDocument, DocumentQuery, IssueDayList, IssueDocument, Issued, Verification,
};
use sha2::{Digest, Sha256};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::schema::{ObjectBuilder, Type},
};

use super::{
    auth::{Anybody, Caller},
    body::{BothNames, Page},
    complaint::Complaint,
    cursor::{self, Cursor},
    fields::{Binary, Day, GivenDay, Instant, Line, Prose, Segment, given},
    input::{Json, Path, Query, key_header},
    problem::{Answer, FindingBody, Refusal},
    students::{Limit, limit_of, unit_of},
    words::{DocumentStatusWord, LangWord},
};
use crate::pages::student::inert;

/// Mark of this list's cursors.
const LIST: char = 'd';
/// Header that makes a repeated sending answer with the first paper.
pub const KEY: &str = "idempotency-key";

/// A kind of paper about one student, by its key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct KindWord(pub &'static str);

impl<'de> Deserialize<'de> for KindWord {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let all = || catalogue::documents::of_student().map(|kind| kind.key).collect::<Vec<_>>().join(", ");
        let kind = catalogue::documents::kind(&word).filter(|kind| kind.is_of_student());
        let found = kind.map(|kind| Self(kind.key));
        found.ok_or_else(|| serde::de::Error::custom(Complaint::Choice(all())))
    }
}

impl PartialSchema for KindWord {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(catalogue::documents::of_student().map(|kind| kind.key)))
            .into()
    }
}
impl ToSchema for KindWord {}

/// An issued paper.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Document {
    /// Row number, by which it is addressed.
    pub id: i64,
    /// Its number in its unit and year.
    #[schema(example = "2026/000123")]
    pub number: String,
    /// Key of its kind; also of kinds that are no longer offered.
    pub kind: String,
    /// Language.
    pub lang: LangWord,
    /// Student number; null for a paper about no student.
    #[schema(required)]
    pub student: Option<String>,
    /// Name as the paper prints it; null for a paper about no student.
    #[schema(required)]
    pub holder: Option<String>,
    /// The day of a paper that is about its unit, such as a registration list; null for the others.
    #[schema(required)]
    pub day: Option<Day>,
    /// Name of the issuing unit on the day of issue.
    pub unit: BothNames,
    /// Verification code in groups.
    pub code: String,
    /// State.
    pub status: DocumentStatusWord,
    /// Day of issue.
    pub issued_on: Day,
    /// Instant of issue.
    pub issued_at: Instant,
    /// Who issued it.
    pub issued_by: String,
    /// What it was asked for.
    #[schema(required)]
    pub purpose: Option<String>,
    /// Hash of the stored PDF in hexadecimal; null while it is being prepared.
    #[schema(required)]
    pub sha256: Option<String>,
    /// The paper that took its place.
    #[schema(required)]
    pub superseded_by: Option<i64>,
    /// When it was superseded or cancelled.
    #[schema(required)]
    pub ended_at: Option<Instant>,
    /// Why it was cancelled.
    #[schema(required)]
    pub ended_reason: Option<String>,
    /// The batch it belongs to.
    #[schema(required)]
    pub job: Option<i64>,
}

impl From<&storage::documents::Document> for Document {
    fn from(d: &storage::documents::Document) -> Self {
        Self {
            id: d.id.get(),
            number: d.number.to_string(),
            kind: d.kind.clone(),
            lang: d.lang.into(),
            student: d.student.as_ref().map(|student| student.number.clone()),
            holder: d.student.as_ref().map(|_| d.holder.clone()),
            day: d.subject.day().map(Day),
            unit: (&d.unit).into(),
            code: VerificationCode::parse(&d.code).map_or_else(|_| d.code.clone(), |code| code.to_string()),
            status: d.status.into(),
            issued_on: d.issued_on.into(),
            issued_at: d.issued_at.into(),
            issued_by: d.issued_by.clone(),
            purpose: d.purpose.clone(),
            sha256: d.sha256.map(|hash| domain::ledger::hex(&hash)),
            superseded_by: d.superseded_by.map(|id| id.get()),
            ended_at: d.ended_at.map(Instant),
            ended_reason: d.ended_reason.clone(),
            job: d.job.map(|id| id.get()),
        }
    }
}

/// Which papers are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DocumentParams {
    /// Only this state.
    #[param(inline)]
    pub status: Option<DocumentStatusWord>,
    /// Only this kind.
    #[param(inline)]
    pub kind: Option<Line<64>>,
    /// Only papers of this student number.
    #[param(inline)]
    pub student: Option<Line<64>>,
    /// Only this batch.
    pub job: Option<i64>,
    /// Only papers issued on this day or later.
    #[param(inline)]
    pub from: Option<GivenDay>,
    /// Only papers issued on this day or earlier.
    #[param(inline)]
    pub to: Option<GivenDay>,
    /// Code of the unit: papers about students of it and of those below it.
    #[param(inline)]
    pub unit: Option<Line<64>>,
    /// Rows wanted, 50 unless said otherwise.
    #[param(inline)]
    pub limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// Which paper.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DocumentPath {
    /// Row number of the paper.
    pub id: i64,
}

/// A paper to be issued.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentForm {
    /// Student number.
    #[serde(alias = "number")]
    pub student: Line<64, 1>,
    /// Kind of paper.
    pub kind: KindWord,
    /// Language; Turkish when left out.
    pub lang: Option<LangWord>,
    /// What it is for, in the paper's language; left out for general use.
    pub purpose: Option<Line<200>>,
    /// Whether it shows the photo, where the kind has a place for one.
    pub photo: Option<bool>,
    /// Why a person lets it go out where the rules leave it to a person (`needs_human`).
    pub decision: Option<Line<500>>,
}

/// A paper that was issued.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IssuedDocument {
    /// Row number, by which it is addressed.
    pub id: i64,
    /// Its number in its unit and year.
    pub number: String,
    /// Verification code in groups.
    pub code: String,
    /// State.
    pub status: DocumentStatusWord,
    /// Hash of the stored PDF in hexadecimal.
    #[schema(required)]
    pub sha256: Option<String>,
    /// What the rules said; empty for a repeated sending.
    pub findings: Vec<FindingBody>,
    /// Whether this is the answer to an earlier sending with the same key.
    pub repeated: bool,
}

/// Why a paper is taken back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancellationForm {
    /// Why; seen by the office alone.
    pub reason: Prose<500, 1>,
}

/// Issue a paper
///
/// The number, what the paper says and the audit row are one transaction; the PDF is stored when the answer comes. The
/// paper takes the place of earlier ones of its kind and language. With an `Idempotency-Key` a repeated sending answers
/// with the first paper (200) instead of issuing a second one (201).
#[utoipa::path(
    post, path = "/documents", tag = "documents", request_body = DocumentForm,
    params(("idempotency-key" = Option<String>, Header, description = "1 to 100 visible characters.", min_length = 1, max_length = 100, pattern = "^[!-~]+$")),
    responses(
        (status = 201, body = IssuedDocument, headers(("Location" = String, description = "Address of the paper."))),
        (status = 200, body = IssuedDocument, description = "The paper of an earlier sending with the same key.", headers(("Location" = String, description = "Address of the paper.")))
    )
)]
pub async fn issue(caller: Caller, headers: HeaderMap, Json(form): Json<DocumentForm>) -> Answer {
    let command = IssueDocument {
        number: form.student.0,
        kind: form.kind.0.to_owned(),
        lang: form.lang.map(|w| w.0).unwrap_or_default(),
        purpose: form.purpose.unwrap_or_default().0,
        photo: form.photo.unwrap_or_default(),
        decision: form.decision.unwrap_or_default().0,
        idempotency_key: key_header(&headers, KEY)?,
    };
    let issued = documents::issue_document(caller.office(), caller.actor(), command).await?;
    Ok(answer(&caller, issued))
}

pub(super) fn answer(caller: &Caller, issued: Issued) -> Response {
    let t = caller.t();
    let body = IssuedDocument {
        id: issued.id.get(),
        number: issued.number,
        code: issued.code,
        status: issued.status.into(),
        sha256: issued.sha256.map(|hash| domain::ledger::hex(&hash)),
        findings: issued.findings.iter().map(|f| FindingBody::of(t, f)).collect(),
        repeated: issued.is_repeated,
    };
    let status = if issued.is_repeated { StatusCode::OK } else { StatusCode::CREATED };
    (status, [(header::LOCATION, format!("/api/v1/documents/{}", body.id))], axum::Json(body)).into_response()
}

/// A registration list to be issued.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayListForm {
    /// Code of the unit: one that issues papers of its own, no department.
    pub unit: Line<64, 1>,
    /// The day.
    pub day: GivenDay,
    /// Language; Turkish when left out.
    pub lang: Option<LangWord>,
}

/// Issue the registration list of a day
///
/// Who was registered in a unit and those below it on a day, with the counts by programme. It is a paper like the others:
/// numbered, stored, verified by its code; a later list of the same unit, day and language takes its place.
#[utoipa::path(
    post, path = "/registration-lists", tag = "documents", request_body = DayListForm,
    params(("idempotency-key" = Option<String>, Header, description = "1 to 100 visible characters.", min_length = 1, max_length = 100, pattern = "^[!-~]+$")),
    responses(
        (status = 201, body = IssuedDocument, headers(("Location" = String, description = "Address of the paper."))),
        (status = 200, body = IssuedDocument, description = "The paper of an earlier sending with the same key.", headers(("Location" = String, description = "Address of the paper.")))
    )
)]
pub async fn issue_day_list(caller: Caller, headers: HeaderMap, Json(form): Json<DayListForm>) -> Answer {
    let command = IssueDayList {
        unit: form.unit.0,
        day: form.day.0,
        lang: form.lang.map(|w| w.0).unwrap_or_default(),
        idempotency_key: key_header(&headers, KEY)?,
    };
    let issued = documents::issue_day_list(caller.office(), caller.actor(), command).await?;
    Ok(answer(&caller, issued))
}

/// List papers
///
/// The newest first: a clerk sees those of the unit, a student the own ones.
#[utoipa::path(get, path = "/documents", tag = "documents", params(DocumentParams), responses((status = 200, body = Page<Document>)))]
pub async fn list(
    caller: Caller,
    Query(params): Query<DocumentParams>,
) -> Answer<axum::Json<Page<Document>>> {
    let before = cursor::read_row(LIST, given(params.after.as_ref()))?;
    let unit = match given(params.unit.as_ref()) {
        Some(code) => Some(unit_of(&caller, code).await?),
        None => None,
    };
    let query = DocumentQuery {
        status: params.status.map(|w| w.0),
        kind: params.kind.unwrap_or_default().0,
        student_number: params.student.unwrap_or_default().0,
        job: params.job.map(JobId::new),
        from: params.from.map(|day| day.0),
        to: params.to.map(|day| day.0),
        unit,
        before: before.map(DocumentId::new),
        limit: limit_of(params.limit),
    };
    let page = documents::list_documents(caller.office(), caller.actor(), query).await?;
    let next = page.next.map(|id| cursor::of_row(LIST, id.get()));
    Ok(axum::Json(Page { items: page.rows.iter().map(Document::from).collect(), next }))
}

/// Open one paper
#[utoipa::path(get, path = "/documents/{id}", tag = "documents", params(DocumentPath), responses((status = 200, body = Document)))]
pub async fn show(caller: Caller, Path(path): Path<DocumentPath>) -> Answer<axum::Json<Document>> {
    let shown = documents::show_document(caller.office(), caller.actor(), DocumentId::new(path.id)).await?;
    Ok(axum::Json((&shown.document).into()))
}

/// Get the PDF of a paper
///
/// The stored bytes, checked against their hash.
#[utoipa::path(
    get, path = "/documents/{id}/pdf", tag = "documents", params(DocumentPath),
    responses((status = 200, content_type = "application/pdf", body = Binary))
)]
pub async fn pdf(caller: Caller, Path(path): Path<DocumentPath>) -> Answer {
    let pdf = documents::document_pdf(caller.office(), caller.actor(), DocumentId::new(path.id)).await?;
    Ok(inert("application/pdf".to_owned(), pdf.bytes, Some(&pdf.name)))
}

/// Print another copy of a paper
///
/// The stored bytes once more; each copy is logged before it goes out, and a cancelled paper gives none.
#[utoipa::path(
    post, path = "/documents/{id}/copy", tag = "documents", params(DocumentPath),
    responses((status = 200, content_type = "application/pdf", body = Binary))
)]
pub async fn copy(caller: Caller, Path(path): Path<DocumentPath>) -> Answer {
    let pdf = documents::print_again(caller.office(), caller.actor(), DocumentId::new(path.id)).await?;
    Ok(inert("application/pdf".to_owned(), pdf.bytes, Some(&pdf.name)))
}

/// Cancel a paper
///
/// Its number stays taken; whoever verifies it is told that it was cancelled and on which day. Sensitive: the password
/// must have been confirmed.
#[utoipa::path(
    post, path = "/documents/{id}/cancellation", tag = "documents", params(DocumentPath), request_body = CancellationForm,
    responses((status = 204, description = "Cancelled."))
)]
pub async fn cancel(
    caller: Caller,
    Path(path): Path<DocumentPath>,
    Json(form): Json<CancellationForm>,
) -> Answer {
    let command = CancelDocument { id: DocumentId::new(path.id), reason: form.reason.0 };
    documents::cancel_document(caller.office(), caller.actor(), command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What is printed on the paper.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CodePath {
    /// Verification code, with or without hyphens.
    #[param(inline)]
    pub code: Segment,
}

/// Whether a paper is genuine.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VerificationBody {
    /// Whether the university issued a paper with this code. Nothing else is said where it did not.
    pub genuine: bool,
    /// What the holder may compare the paper with.
    #[schema(required)]
    pub document: Option<VerifiedDocument>,
}

/// What anybody who holds the paper may compare it with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VerifiedDocument {
    /// Key of the kind.
    pub kind: String,
    /// The kind's name in the caller's language.
    pub kind_name: String,
    /// Language of the paper.
    pub lang: LangWord,
    /// Its number.
    pub number: String,
    /// Day of issue.
    pub issued_on: Day,
    /// Valid, superseded or cancelled.
    pub status: DocumentStatusWord,
    /// Whether the paper that took its place was cancelled, so that none holds.
    pub successor_cancelled: bool,
    /// Day on which it was superseded or cancelled.
    #[schema(required)]
    pub ended_on: Option<Day>,
    /// The name that the paper prints, masked; null for a paper about no student.
    #[schema(required)]
    pub holder: Option<String>,
    /// The day of a paper that is about its unit or about a session; null for the others.
    #[schema(required)]
    pub day: Option<Day>,
    /// Name of the issuing unit on the day of issue.
    pub unit: BothNames,
    /// Hash of the stored PDF in hexadecimal.
    pub sha256: String,
}

/// Verify a paper
///
/// Open to everybody, throttled by address. What is no code and what no paper has get the same answer.
#[utoipa::path(
    get, path = "/verify/{code}", tag = "verify", params(CodePath), security(()),
    responses((status = 200, body = VerificationBody))
)]
pub async fn verify(
    anybody: Anybody,
    path: Result<Path<CodePath>, Refusal>,
) -> Answer<axum::Json<VerificationBody>> {
    // What cannot be read is no code, and costs what looking for one costs.
    let typed = path.map_or_else(|_| String::new(), |Path(path)| path.code.0);
    let address = domain::ledger::hex(&Sha256::digest(anybody.address().as_bytes()));
    let document = match documents::verify_code(anybody.office(), &typed, &address).await? {
        Verification::Unknown => None,
        Verification::Genuine(g) => Some(VerifiedDocument {
            day: match &g.about {
                About::Day(day) => Some(Day(*day)),
                About::Student(_) | About::Orientation => None,
            },
            holder: match g.about {
                About::Student(masked) => Some(masked),
                About::Day(_) | About::Orientation => None,
            },
            kind_name: anybody.t().variant("document", &g.kind).to_owned(),
            kind: g.kind,
            lang: g.lang.into(),
            number: g.number,
            issued_on: g.issued_on.into(),
            status: g.status.into(),
            successor_cancelled: g.successor_cancelled,
            ended_on: g.ended_on.map(Day),
            unit: (&g.unit).into(),
            sha256: g.sha256,
        }),
    };
    Ok(axum::Json(VerificationBody { genuine: document.is_some(), document }))
}
