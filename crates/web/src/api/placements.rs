//! Placement lists: checking and taking over a file, the rows that wait, and one candidate without a list.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use base::ids::PlacementListId;
use serde::{Deserialize, Serialize};
use services::{
    ServiceError,
    placement::{
        Applied, ApplyHow, BadFile, Checked, CheckedList, EnterCandidate, ListFile, ListLine,
        PlacementProblem, RowFault, apply_placement, dismiss_row, enter_candidate, list_placements,
        open_placement, preview_placement,
    },
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::{Made, Page},
    fields::{Binary, GivenDay, Instant, Line, Prose, Whole, given},
    input::{Json, Path, Query, key_header},
    problem::{Answer, Refusal},
    words::{EntryFieldWord, EntryWord, ListOriginWord, SexWord},
};
use crate::{placement_words, texts::Texts};

/// Header of the key that makes a repeated request harmless.
const KEY: &str = "idempotency-key";

/// Year of placement.
pub(super) type PlacementYear = Whole<1990, 2150>;

/// How a list is read and whether it is taken over.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PlacementParams {
    /// Way of entry of its candidates.
    #[param(inline)]
    pub kind: EntryWord,
    /// Year of placement.
    #[param(inline)]
    pub year: PlacementYear,
    /// What the list is called, e.g. the name of its file.
    #[param(inline)]
    pub name: Option<Line<120>>,
    /// Name of a saved mapping, where its headings are not known by themselves.
    #[param(inline)]
    pub mapping: Option<Line<80>>,
    /// True to have it checked alone.
    pub dry_run: Option<bool>,
    /// True to take sound rows over although others are faulty; those wait to be mended then.
    pub sound_rows: Option<bool>,
}

/// A file that is the whole body, whatever its type says.
pub struct ListBody(Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for ListBody {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes.to_vec())),
            Err(rejection) => Err(match rejection.into_response().status() {
                StatusCode::BAD_REQUEST => Refusal::Malformed { at: None },
                status => Refusal::Http(status),
            }),
        }
    }
}

/// What is wrong, or to be known.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlacementFault {
    /// Row of the file as a spreadsheet shows it; null for the file itself.
    #[schema(required)]
    pub row: Option<u64>,
    /// Word of the column; null for the row as a whole.
    #[schema(required)]
    pub column: Option<String>,
    /// Stable word of what it is.
    pub code: String,
    /// Values of the message.
    pub values: BTreeMap<String, String>,
    /// The message in the language that was asked for.
    pub message: String,
}

impl PlacementFault {
    fn of_row(t: &Texts, fault: &RowFault) -> Self {
        Self {
            row: Some(fault.row),
            column: fault.column.as_ref().map(ToString::to_string),
            code: fault.code.to_string(),
            values: fault.values.iter().map(|(name, value)| (name.to_string(), value.clone())).collect(),
            message: placement_words::row_fault(t, fault),
        }
    }

    fn of_file(t: &Texts, problem: &PlacementProblem) -> Self {
        Self {
            row: None,
            column: None,
            code: problem.code().to_owned(),
            values: problem.args().into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            message: placement_words::problem(t, problem),
        }
    }
}

/// What a list did, or would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlacementReport {
    /// Whether it was taken over. False after a dry run, for a file that cannot be read, and for a list with faulty rows
    /// of which sound rows alone were not asked for.
    pub applied: bool,
    /// The list that was taken over; null where none was.
    #[schema(required)]
    pub list: Option<i64>,
    /// Rows below the headings.
    pub rows: u64,
    /// Candidates added.
    pub new: usize,
    /// Candidates changed.
    pub changed: usize,
    /// Candidates who were here already, the same.
    pub same: u64,
    /// Rows that cannot go in.
    pub faulty: usize,
    /// What is wrong: with the file, of which nothing goes in then, or with its rows.
    pub faults: Vec<PlacementFault>,
    /// What is to be known of rows that go in.
    pub warnings: Vec<PlacementFault>,
}

impl PlacementReport {
    fn bad(t: &Texts, bad: &BadFile) -> Self {
        Self {
            applied: false,
            list: None,
            rows: 0,
            new: 0,
            changed: 0,
            same: 0,
            faulty: 0,
            faults: bad.problems.iter().map(|problem| PlacementFault::of_file(t, problem)).collect(),
            warnings: Vec::new(),
        }
    }

    fn of(t: &Texts, checked: &CheckedList, list: Option<PlacementListId>) -> Self {
        let faults = checked.faulty.iter().flat_map(|row| &row.faults);
        Self {
            applied: list.is_some(),
            list: list.map(PlacementListId::get),
            rows: checked.rows,
            new: checked.new.len(),
            changed: checked.changed.len(),
            same: checked.same,
            faulty: checked.faulty.len(),
            faults: faults.map(|fault| PlacementFault::of_row(t, fault)).collect(),
            warnings: checked.warnings.iter().map(|fault| PlacementFault::of_row(t, fault)).collect(),
        }
    }
}

/// Take a placement list over
///
/// The body is the file: CSV (UTF-8 or Windows-1254; semicolons, commas or tabs), XLSX, or pages of the ministry's
/// placement service (JSON). One transaction: a list with faulty rows is not taken unless `sound_rows` says so. The same
/// list once more changes nothing.
#[utoipa::path(
    post, path = "/placements", tag = "registration", params(PlacementParams),
    request_body(content = Binary, content_type = "application/octet-stream"),
    responses((status = 200, body = PlacementReport))
)]
pub async fn load(
    caller: Caller,
    Query(params): Query<PlacementParams>,
    body: ListBody,
) -> Answer<axum::Json<PlacementReport>> {
    let file = ListFile {
        name: given(params.name.as_ref()).unwrap_or("api").to_owned(),
        bytes: body.0,
        kind: params.kind.0,
        year: i32::try_from(params.year.0).unwrap_or_default(),
        mapping: given(params.mapping.as_ref()).map(str::to_owned),
    };
    let t = caller.t();
    let report = if params.dry_run == Some(true) {
        match preview_placement(caller.office(), caller.actor(), file).await? {
            Checked::Bad(bad) => PlacementReport::bad(t, &bad),
            Checked::List(list) => PlacementReport::of(t, &list, None),
        }
    } else {
        let how = ApplyHow { sound_rows: params.sound_rows == Some(true), upload: None };
        match apply_placement(caller.office(), caller.actor(), file, how).await? {
            Applied::Bad(bad) => PlacementReport::bad(t, &bad),
            Applied::Refused(list) => PlacementReport::of(t, &list, None),
            Applied::Done { list, checked } => PlacementReport::of(t, &checked, Some(list)),
            // Only an upload of the pages is known again.
            Applied::Again { .. } => return Err(ServiceError::NotFound.into()),
        }
    };
    Ok(axum::Json(report))
}

/// A list that was taken over.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlacementLine {
    /// By this number it is addressed.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Way of entry.
    pub kind: EntryWord,
    /// Year of placement.
    pub year: i32,
    /// Where it came from.
    pub origin: ListOriginWord,
    /// Its rows.
    pub rows: i64,
    /// Candidates that it added.
    pub new: i64,
    /// Candidates that it changed.
    pub changed: i64,
    /// Candidates who were here already, the same.
    pub same: i64,
    /// Rows that did not go in.
    pub faulty: i64,
    /// Of these, rows that still wait to be mended.
    pub open: i64,
    /// When it was taken over.
    pub applied_at: Instant,
}

impl From<&ListLine> for PlacementLine {
    fn from(line: &ListLine) -> Self {
        let list = &line.list;
        let [rows, new, changed, same, faulty] = list.counts;
        Self {
            id: list.id.get(),
            name: list.name.clone(),
            kind: EntryWord(list.entry_kind),
            year: list.year,
            origin: ListOriginWord(list.origin),
            rows,
            new,
            changed,
            same,
            faulty,
            open: line.open,
            applied_at: list.applied_at.into(),
        }
    }
}

/// List placement lists
///
/// Those that were taken over, the newest first, 200 at the most.
#[utoipa::path(
    get, path = "/placements", tag = "registration", responses((status = 200, body = Page<PlacementLine>))
)]
pub async fn list(caller: Caller) -> Answer<axum::Json<Page<PlacementLine>>> {
    let lines = list_placements(caller.office(), caller.actor()).await?;
    Ok(axum::Json(Page::whole(lines.iter().map(PlacementLine::from).collect())))
}

/// Which list.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PlacementPath {
    /// Row number of the list.
    pub id: i64,
}

/// A row that waits to be mended.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenRowBody {
    /// Its row in the file.
    pub row: i64,
    /// Its cells, in the order of the headings.
    pub cells: Vec<String>,
    /// What is wrong with it.
    pub faults: Vec<PlacementFault>,
}

/// The rows of a list that wait to be mended.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenRowsBody {
    /// Headings of the cells.
    pub headings: Vec<String>,
    /// The rows.
    pub items: Vec<OpenRowBody>,
}

/// List the rows of a placement list that wait
///
/// Rows that did not go in and that nobody has mended or dismissed. Whoever loaded the list sees them, and whoever may
/// import for the whole institution.
#[utoipa::path(
    get, path = "/placements/{id}/rows", tag = "registration", params(PlacementPath),
    responses((status = 200, body = OpenRowsBody))
)]
pub async fn rows(caller: Caller, Path(path): Path<PlacementPath>) -> Answer<axum::Json<OpenRowsBody>> {
    let opened = open_placement(caller.office(), caller.actor(), PlacementListId::new(path.id)).await?;
    let t = caller.t();
    let items = opened.rows.into_iter().map(|row| OpenRowBody {
        row: row.row,
        faults: row.faults.iter().map(|fault| PlacementFault::of_row(t, fault)).collect(),
        cells: row.cells,
    });
    Ok(axum::Json(OpenRowsBody { items: items.collect(), headings: opened.layout.headings }))
}

/// Which row.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PlacementRowPath {
    /// Row number of the list.
    pub id: i64,
    /// Row of its file.
    pub row: i64,
}

/// Why a row will not go in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DismissForm {
    /// In words.
    pub reason: Prose<200, 1>,
}

/// Take a row off the list of those that wait
#[utoipa::path(
    post, path = "/placements/{id}/rows/{row}/dismissal", tag = "registration", params(PlacementRowPath),
    request_body = DismissForm, responses((status = 204, description = "Taken off, with the reason."))
)]
pub async fn dismiss(
    caller: Caller,
    Path(path): Path<PlacementRowPath>,
    Json(form): Json<DismissForm>,
) -> Answer {
    let list = PlacementListId::new(path.id);
    dismiss_row(caller.office(), caller.actor(), list, path.row, form.reason.0).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// One candidate without a list.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CandidateForm {
    /// Way of entry.
    pub kind: EntryWord,
    /// Year of entry.
    pub year: PlacementYear,
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

/// A field of a way of entry.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryValue {
    /// Which.
    pub field: EntryFieldWord,
    /// What stands in it.
    pub value: Line<200>,
}

/// Enter one candidate
///
/// For ways of entry whose candidates come one by one. What the way of entry demands is refused field by field where it
/// is missing. The header `idempotency-key` makes a repeated request harmless.
#[utoipa::path(
    post, path = "/candidates", tag = "registration", request_body = CandidateForm,
    params(("idempotency-key" = Option<String>, Header, description = "1 to 100 visible characters.", min_length = 1, max_length = 100, pattern = "^[!-~]+$")),
    responses((status = 201, body = Made, description = "The candidate."))
)]
pub async fn enter(caller: Caller, headers: HeaderMap, Json(form): Json<CandidateForm>) -> Answer {
    let text = |line: Option<Line<100>>| line.map(|line| line.0).unwrap_or_default();
    let command = EnterCandidate {
        kind: Some(form.kind.0),
        year: i32::try_from(form.year.0).unwrap_or_default(),
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
        idempotency_key: key_header(&headers, KEY)?,
    };
    let entered = enter_candidate(caller.office(), caller.actor(), command).await?;
    Ok((StatusCode::CREATED, axum::Json(Made { id: entered.id.get() })).into_response())
}
