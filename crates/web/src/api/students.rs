//! Searching, listing and exporting students.

use axum::{http::header, response::IntoResponse};
use base::{
    ids::{ProgrammeId, UnitId},
    number::Ects,
    time::date_tr,
};
use serde::{Deserialize, Serialize};
use services::students::{
    export::{self, ExportForm},
    find::{self, CounterAnswer, StudentQuery},
};
use storage::search::{StudentOrder, StudentRow};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::{BothNames, Page},
    complaint::Complaint,
    cursor::{self, Cursor},
    fields::{Binary, Decimal, Line, Whole, given},
    input::{Json, Query},
    problem::{Answer, Refusal},
    words::StatusWord,
};
use crate::pages;

/// Rows of a page unless the caller says otherwise.
pub const USUAL: i64 = 50;
/// Class years that exist.
pub type ClassYear = Whole<1, 12>;
/// Years of entry that exist.
pub type EntryYear = Whole<1900, 2200>;
/// Rows that may be asked for at once.
pub type Limit = Whole<1, 200>;

/// A student as lists show him or her: one row per enrolment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Student {
    /// Student number, by which the enrolment is addressed.
    #[schema(example = "230010001")]
    pub number: String,
    /// Given name or names.
    pub given_name: String,
    /// Surname in capitals.
    pub surname: String,
    /// Code of the programme.
    pub programme: String,
    /// Name of the programme today.
    pub programme_name: BothNames,
    /// Status in force.
    pub status: StatusWord,
    /// Class year.
    pub class_year: u8,
    /// Year of entry.
    pub entry_year: i32,
    /// General average (AGNO) as papers show it; null where it cannot be stated.
    #[schema(required)]
    pub agno: Option<Decimal>,
    /// AKTS earned.
    pub ects_earned: Decimal,
}

impl From<StudentRow> for Student {
    fn from(row: StudentRow) -> Self {
        Self {
            number: row.number,
            given_name: row.given_name,
            surname: row.surname,
            programme: row.programme_code,
            programme_name: BothNames { tr: row.programme_tr, en: row.programme_en },
            status: row.status.into(),
            class_year: row.class_year,
            entry_year: row.entry_year,
            agno: row.agno.map(Decimal),
            ects_earned: Decimal::of(Ects::from_hundredths(row.ects_earned).unwrap_or_default()),
        }
    }
}

/// Order of a list of students.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderWord {
    /// By surname and given name in Turkish order.
    #[default]
    Name,
    /// By student number.
    Number,
}

impl From<OrderWord> for StudentOrder {
    fn from(word: OrderWord) -> Self {
        match word {
            OrderWord::Name => Self::Name,
            OrderWord::Number => Self::Number,
        }
    }
}

/// Which students are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// Words of the name in any spelling, or the beginning of a student number. A word with Turkish letters is matched
    /// in Turkish, a plain one in every Turkish spelling.
    #[param(inline)]
    pub q: Option<Line<100>>,
    /// Beginning of the surname.
    #[param(inline)]
    pub surname: Option<Line<100>>,
    /// Code of the unit: students of its programmes and of those of the units below it.
    #[param(inline)]
    pub unit: Option<Line<64>>,
    /// Code of the programme.
    #[param(inline)]
    pub programme: Option<Line<64>>,
    /// Status.
    #[param(inline)]
    pub status: Option<StatusWord>,
    /// Class year.
    #[param(inline)]
    pub class_year: Option<ClassYear>,
    /// Year of entry.
    #[param(inline)]
    pub entry_year: Option<EntryYear>,
    /// Order of the list; by name unless said otherwise.
    #[param(inline)]
    pub order: Option<OrderWord>,
    /// Rows wanted, 50 unless said otherwise.
    #[param(inline)]
    pub limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// Which students go into a file.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportParams {
    /// Words of the name in any spelling, or the beginning of a student number.
    #[param(inline)]
    pub q: Option<Line<100>>,
    /// Beginning of the surname.
    #[param(inline)]
    pub surname: Option<Line<100>>,
    /// Code of the unit: students of its programmes and of those of the units below it.
    #[param(inline)]
    pub unit: Option<Line<64>>,
    /// Code of the programme.
    #[param(inline)]
    pub programme: Option<Line<64>>,
    /// Status.
    #[param(inline)]
    pub status: Option<StatusWord>,
    /// Class year.
    #[param(inline)]
    pub class_year: Option<ClassYear>,
    /// Year of entry.
    #[param(inline)]
    pub entry_year: Option<EntryYear>,
    /// Order of the list; by name unless said otherwise.
    #[param(inline)]
    pub order: Option<OrderWord>,
}

impl From<ExportParams> for ListParams {
    fn from(p: ExportParams) -> Self {
        let ExportParams { q, surname, unit, programme, status, class_year, entry_year, order } = p;
        Self { q, surname, unit, programme, status, class_year, entry_year, order, limit: None, after: None }
    }
}

/// The use case's query.
async fn query(caller: &Caller, params: ListParams) -> Answer<StudentQuery> {
    let order = params.order.unwrap_or_default().into();
    let after = cursor::read_student(order, given(params.after.as_ref()))?;
    let programme = match given(params.programme.as_ref()) {
        Some(code) => Some(programme_of(caller, code).await?),
        None => None,
    };
    let unit = match given(params.unit.as_ref()) {
        Some(code) => Some(unit_of(caller, code).await?),
        None => None,
    };
    Ok(StudentQuery {
        unit,
        q: params.q.unwrap_or_default().0,
        surname: params.surname.unwrap_or_default().0,
        programme,
        status: params.status.map(|w| w.0),
        class_year: params.class_year.and_then(|y| u8::try_from(y.0).ok()),
        entry_year: params.entry_year.and_then(|y| i32::try_from(y.0).ok()),
        order,
        after,
        limit: limit_of(params.limit),
        ..StudentQuery::default()
    })
}

/// Rows wanted.
pub fn limit_of(limit: Option<Limit>) -> u32 {
    u32::try_from(limit.map_or(USUAL, |l| l.0)).unwrap_or(1)
}

/// The programme of a code, among those that the caller's students can be in.
///
/// # Errors
/// A complaint about `programme` where there is none.
pub async fn programme_of(caller: &Caller, code: &str) -> Answer<ProgrammeId> {
    let all = services::institution::list_programmes(caller.office(), caller.actor()).await?;
    let found = all.iter().find(|p| p.code == code.trim());
    found.map(|p| ProgrammeId::new(p.id)).ok_or_else(|| Refusal::input("programme", Complaint::NoSuch))
}

/// The unit of a code.
///
/// # Errors
/// A complaint about `unit` where there is none.
pub async fn unit_of(caller: &Caller, code: &str) -> Answer<UnitId> {
    let found =
        services::institution::find_unit(caller.office(), caller.actor(), code.trim().to_owned()).await?;
    found.map(|unit| unit.id).ok_or_else(|| Refusal::input("unit", Complaint::NoSuch))
}

/// Search and list students
///
/// A clerk sees those of the unit, an advisor the advisees. The look is logged with the filter and the people shown.
#[utoipa::path(get, path = "/students", tag = "students", params(ListParams), responses((status = 200, body = Page<Student>)))]
pub async fn list(caller: Caller, Query(params): Query<ListParams>) -> Answer<axum::Json<Page<Student>>> {
    let query = query(&caller, params).await?;
    let order = query.order;
    let page = find::find_students(caller.office(), caller.actor(), query).await?;
    let next = page.next.map(|at| cursor::of_student(order, &at));
    Ok(axum::Json(Page { items: page.rows.into_iter().map(Student::from).collect(), next }))
}

/// Take a list out as a workbook
///
/// All rows of the filter, without a cap. Cells are texts and numbers, never formulas.
#[utoipa::path(
    get, path = "/students.xlsx", tag = "students", params(ExportParams),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Binary))
)]
pub async fn xlsx(caller: Caller, Query(params): Query<ExportParams>) -> Answer {
    file(
        &caller,
        params,
        ExportForm::Xlsx,
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    .await
}

/// Take a list out as CSV
///
/// UTF-8 with a byte-order mark and semicolons, as Turkish spreadsheets open it.
#[utoipa::path(
    get, path = "/students.csv", tag = "students", params(ExportParams),
    responses((status = 200, content_type = "text/csv", body = String))
)]
pub async fn csv(caller: Caller, Query(params): Query<ExportParams>) -> Answer {
    file(&caller, params, ExportForm::Csv, "csv", "text/csv; charset=utf-8").await
}

async fn file(
    caller: &Caller,
    params: ExportParams,
    form: ExportForm,
    ending: &str,
    mime: &'static str,
) -> Answer {
    let query = query(caller, params.into()).await?;
    let words = pages::students::export_words(caller.t(), &[]);
    let bytes = export::export_students(caller.office(), caller.actor(), query, form, words).await?;
    let name = format!("attachment; filename=\"ogrenciler-{}.{ending}\"", date_tr(caller.office().today()));
    Ok(([(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}

/// What was typed into the counter field.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterQuestion {
    /// A student number, an identity number, a document code, or words of a name.
    pub typed: Line<100>,
}

/// Where it led.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CounterFound {
    /// `student`, `document`, `search`, `no_such_identity` or `wrong_identity`.
    pub found: CounterWord,
    /// Student number, where it led to one student.
    #[schema(required)]
    pub number: Option<String>,
    /// The paper, where it was a document code.
    #[schema(required)]
    pub document: Option<i64>,
    /// What to search the list for.
    #[schema(required)]
    pub q: Option<String>,
    /// Why eleven digits are no identity number.
    #[schema(required)]
    pub why: Option<String>,
}

/// What the counter field led to.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CounterWord {
    /// Exactly one student.
    Student,
    /// A paper.
    Document,
    /// A search in the list.
    Search,
    /// An identity number nobody here has.
    NoSuchIdentity,
    /// Eleven digits that are no identity number.
    WrongIdentity,
}

/// Ask as the counter field does
///
/// A student number, an identity number, a document code, or words of a name; sent in the body, because an identity
/// number must stand in no address and no log.
#[utoipa::path(post, path = "/counter", tag = "students", request_body = CounterQuestion, responses((status = 200, body = CounterFound)))]
pub async fn counter(
    caller: Caller,
    Json(question): Json<CounterQuestion>,
) -> Answer<axum::Json<CounterFound>> {
    let answer = find::ask_counter(caller.office(), caller.actor(), question.typed.0).await?;
    let nothing =
        CounterFound { found: CounterWord::Search, number: None, document: None, q: None, why: None };
    Ok(axum::Json(match answer {
        CounterAnswer::Student { number } => {
            CounterFound { found: CounterWord::Student, number: Some(number), ..nothing }
        }
        CounterAnswer::Document(id) => {
            CounterFound { found: CounterWord::Document, document: Some(id.get()), ..nothing }
        }
        CounterAnswer::Search(words) => CounterFound { q: Some(words), ..nothing },
        CounterAnswer::NoSuchIdentity => CounterFound { found: CounterWord::NoSuchIdentity, ..nothing },
        CounterAnswer::WrongIdentity(error) => {
            CounterFound { found: CounterWord::WrongIdentity, why: Some(error.to_string()), ..nothing }
        }
    }))
}
