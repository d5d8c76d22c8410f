//! Units, programmes, curricula and terms; dated names and appointments.

use axum::{http::StatusCode, response::IntoResponse};
use base::ids::StaffId;
use domain::student_file::TermFacts;
use serde::{Deserialize, Serialize};
use services::institution::{
    self, Appoint, Appointment, DatedCode, DatedName, EndAppointment, ProgrammeLine, Rename, SetCode,
    UnitLine,
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::{BothNames, Page},
    fields::{Day, GivenDay, Line, Prose, Segment},
    input::{Json, Path, Query},
    problem::Answer,
    student::CurriculumBody,
    words::{CodeSystemWord, LevelWord, OfficeWord, SeasonWord, UnitWord},
};

/// A unit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Unit {
    /// The institution's code, by which it is addressed.
    pub code: String,
    /// What it is.
    pub kind: UnitWord,
    /// Its name today; empty where none is valid.
    pub name: BothNames,
}

impl From<&UnitLine> for Unit {
    fn from(unit: &UnitLine) -> Self {
        Self { code: unit.code.clone(), kind: unit.kind.into(), name: (&unit.name).into() }
    }
}

/// A unit in the tree.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnitInTree {
    /// The institution's code, by which it is addressed.
    pub code: String,
    /// What it is.
    pub kind: UnitWord,
    /// Its name today; empty where none is valid.
    pub name: BothNames,
    /// Code of the unit above it.
    #[schema(required)]
    pub parent: Option<String>,
    /// How many units stand above it.
    pub depth: usize,
}

/// A unit with its history.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnitRecord {
    /// The unit.
    pub unit: Unit,
    /// The units above it, the highest first.
    pub above: Vec<Unit>,
    /// The units directly below it.
    pub below: Vec<Unit>,
    /// Every name it had, has or will have, the newest first.
    pub names: Vec<DatedNameBody>,
    /// Its codes in outside systems.
    pub codes: Vec<CodeBody>,
    /// Every appointment in it, the newest first.
    pub appointments: Vec<AppointmentBody>,
    /// The programmes that it runs itself.
    pub programmes: Vec<Programme>,
    /// Whether the caller may change it.
    pub may_change: bool,
}

/// A name for a while.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DatedNameBody {
    /// The name.
    pub name: BothNames,
    /// First day.
    pub valid_from: Day,
    /// First day on which it no longer counts.
    #[schema(required)]
    pub valid_to: Option<Day>,
}

/// A code in an outside system for a while.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CodeBody {
    /// Whose code.
    pub system: CodeSystemWord,
    /// The code.
    pub code: String,
    /// First day.
    pub valid_from: Day,
    /// First day on which it no longer counts.
    #[schema(required)]
    pub valid_to: Option<Day>,
}

/// Who holds which office.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppointmentBody {
    /// By this number it is ended.
    pub id: i64,
    /// Row number of the member of staff.
    pub staff: i64,
    /// Title and name.
    pub who: String,
    /// The office.
    pub office: OfficeWord,
    /// First day.
    pub starts_on: Day,
    /// First day on which it is no longer held.
    #[schema(required)]
    pub ends_on: Option<Day>,
}

/// A programme.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Programme {
    /// The institution's code, by which it is addressed.
    pub code: String,
    /// Its name today; empty where none is valid.
    pub name: BothNames,
    /// Level of study.
    pub level: LevelWord,
    /// Terms of the normal period.
    pub terms: u8,
    /// Two-letter language of instruction.
    pub language: String,
    /// Code of the unit that runs it.
    #[schema(required)]
    pub unit: Option<String>,
}

/// A programme with one version of its curriculum.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProgrammeRecord {
    /// The programme.
    pub programme: Programme,
    /// The units above it, the highest first, its own unit last.
    pub above: Vec<Unit>,
    /// Every name it had, has or will have, the newest first.
    pub names: Vec<DatedNameBody>,
    /// Its codes in outside systems.
    pub codes: Vec<CodeBody>,
    /// The versions of its curriculum, the newest first.
    pub versions: Vec<CurriculumVersionBody>,
    /// The version that is shown.
    #[schema(required)]
    pub shown: Option<CurriculumVersionBody>,
    /// Its courses, in order of term and place.
    pub curriculum: Vec<CurriculumBody>,
    /// Whether the caller may change it.
    pub may_change: bool,
}

/// A version of a curriculum.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct CurriculumVersionBody {
    /// Its number, from 1.
    pub version: i64,
    /// The year of entry from which it counts.
    pub effective_year: i32,
}

/// A term of the calendar with its days.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Term {
    /// `2024-2025`.
    pub academic_year: String,
    /// Season.
    pub season: SeasonWord,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
}

impl From<&TermFacts> for Term {
    fn from(term: &TermFacts) -> Self {
        Self {
            academic_year: term.academic_year.clone(),
            season: term.season.into(),
            starts_on: term.starts_on.into(),
            ends_on: term.ends_on.into(),
        }
    }
}

/// A member of staff.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StaffMember {
    /// Row number.
    pub id: i64,
    /// Title and name.
    pub name: String,
}

impl From<&DatedName> for DatedNameBody {
    fn from(n: &DatedName) -> Self {
        Self { name: (&n.name).into(), valid_from: n.valid_from.into(), valid_to: n.valid_to.map(Day) }
    }
}

impl From<&DatedCode> for CodeBody {
    fn from(c: &DatedCode) -> Self {
        Self {
            system: c.system.into(),
            code: c.code.clone(),
            valid_from: c.valid_from.into(),
            valid_to: c.valid_to.map(Day),
        }
    }
}

impl From<&Appointment> for AppointmentBody {
    fn from(a: &Appointment) -> Self {
        Self {
            id: a.id,
            staff: a.staff.get(),
            who: a.who.clone(),
            office: a.office.into(),
            starts_on: a.starts_on.into(),
            ends_on: a.ends_on.map(Day),
        }
    }
}

fn programme(line: &ProgrammeLine, unit: Option<&str>) -> Programme {
    Programme {
        code: line.code.clone(),
        name: (&line.name).into(),
        level: line.level.into(),
        terms: line.terms,
        language: line.language.clone(),
        unit: unit.map(str::to_owned),
    }
}

/// Which unit or programme.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct InstitutionPath {
    /// The institution's code.
    #[param(inline)]
    pub code: Segment,
}

/// Which appointment.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AppointmentPath {
    /// Code of the unit.
    #[param(inline)]
    pub code: Segment,
    /// Row number of the appointment.
    pub id: i64,
}

/// Which version of a curriculum.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct VersionParams {
    /// Number of the version; the newest when left out.
    pub version: Option<i64>,
}

/// List units
///
/// All of them, each before those below it.
#[utoipa::path(get, path = "/units", tag = "institution", responses((status = 200, body = Page<UnitInTree>)))]
pub async fn units(caller: Caller) -> Answer<axum::Json<Page<UnitInTree>>> {
    let nodes = institution::list_units(caller.office(), caller.actor()).await?;
    let code_of = |id| nodes.iter().find(|node| Some(node.unit.id) == id).map(|node| node.unit.code.clone());
    let items = nodes
        .iter()
        .map(|node| UnitInTree {
            code: node.unit.code.clone(),
            kind: node.unit.kind.into(),
            name: (&node.unit.name).into(),
            parent: code_of(node.unit.parent),
            depth: node.depth,
        })
        .collect();
    Ok(axum::Json(Page::whole(items)))
}

/// Open one unit
#[utoipa::path(get, path = "/units/{code}", tag = "institution", params(InstitutionPath), responses((status = 200, body = UnitRecord)))]
pub async fn unit(caller: Caller, Path(path): Path<InstitutionPath>) -> Answer<axum::Json<UnitRecord>> {
    let page = institution::show_unit(caller.office(), caller.actor(), path.code.0).await?;
    let code = page.unit.code.clone();
    Ok(axum::Json(UnitRecord {
        unit: (&page.unit).into(),
        above: page.above.iter().map(Unit::from).collect(),
        below: page.below.iter().map(Unit::from).collect(),
        names: page.names.iter().map(DatedNameBody::from).collect(),
        codes: page.codes.iter().map(CodeBody::from).collect(),
        appointments: page.appointments.iter().map(AppointmentBody::from).collect(),
        programmes: page.programmes.iter().map(|line| programme(line, Some(&code))).collect(),
        may_change: page.may_change,
    }))
}

/// List who can be appointed in a unit
///
/// Its staff and that of the units below it.
#[utoipa::path(get, path = "/units/{code}/staff", tag = "institution", params(InstitutionPath), responses((status = 200, body = Page<StaffMember>)))]
pub async fn staff(
    caller: Caller,
    Path(path): Path<InstitutionPath>,
) -> Answer<axum::Json<Page<StaffMember>>> {
    let choices = institution::staff_choices(caller.office(), caller.actor(), path.code.0).await?;
    Ok(axum::Json(Page::whole(
        choices.into_iter().map(|(id, name)| StaffMember { id: id.get(), name }).collect(),
    )))
}

/// Another name for a unit or programme.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameForm {
    /// Turkish name.
    pub name_tr: Line<200, 1>,
    /// English name.
    pub name_en: Line<200, 1>,
    /// First day; after the first day of the name given last.
    pub valid_from: GivenDay,
    /// What it rests on.
    pub reason: Prose<500, 1>,
}

impl NameForm {
    fn of(self, code: String) -> Rename {
        Rename {
            code,
            name_tr: self.name_tr.0,
            name_en: self.name_en.0,
            valid_from: self.valid_from.to_string(),
            reason: self.reason.0,
        }
    }
}

/// Give a unit another name from a day on
///
/// Papers of earlier days keep the name that counted then. Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/units/{code}/names", tag = "institution", params(InstitutionPath), request_body = NameForm,
    responses((status = 204, description = "Stored."))
)]
pub async fn name_unit(
    caller: Caller,
    Path(path): Path<InstitutionPath>,
    Json(form): Json<NameForm>,
) -> Answer {
    institution::name_unit(caller.office(), caller.actor(), form.of(path.code.0)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Another code in an outside system.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    /// Whose code.
    pub system: CodeSystemWord,
    /// The code: 6 digits of YÖKSİS, 9 of ÖSYM, 8 of DETSİS. Left out it ends the code that counts.
    pub value: Option<Line<20>>,
    /// First day; after the first day of the code given last.
    pub valid_from: GivenDay,
    /// What it rests on.
    pub reason: Prose<500, 1>,
}

impl CodeForm {
    fn of(self, code: String) -> SetCode {
        SetCode {
            code,
            system: Some(self.system.0),
            value: self.value.unwrap_or_default().0,
            valid_from: self.valid_from.to_string(),
            reason: self.reason.0,
        }
    }
}

/// Give a unit another code in an outside system from a day on
///
/// Without a code the one that counts ends. Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/units/{code}/codes", tag = "institution", params(InstitutionPath), request_body = CodeForm,
    responses((status = 204, description = "Stored."))
)]
pub async fn set_unit_code(
    caller: Caller,
    Path(path): Path<InstitutionPath>,
    Json(form): Json<CodeForm>,
) -> Answer {
    institution::set_unit_code(caller.office(), caller.actor(), form.of(path.code.0)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Give a programme another code in an outside system from a day on
///
/// YÖKSİS and ÖSYM know programmes. Without a code the one that counts ends. Sensitive: the password must have been
/// confirmed.
#[utoipa::path(
    post, path = "/programmes/{code}/codes", tag = "institution", params(InstitutionPath), request_body = CodeForm,
    responses((status = 204, description = "Stored."))
)]
pub async fn set_programme_code(
    caller: Caller,
    Path(path): Path<InstitutionPath>,
    Json(form): Json<CodeForm>,
) -> Answer {
    institution::set_programme_code(caller.office(), caller.actor(), form.of(path.code.0)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Give a programme another name from a day on
///
/// Papers of earlier days keep the name that counted then. Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/programmes/{code}/names", tag = "institution", params(InstitutionPath), request_body = NameForm,
    responses((status = 204, description = "Stored."))
)]
pub async fn name_programme(
    caller: Caller,
    Path(path): Path<InstitutionPath>,
    Json(form): Json<NameForm>,
) -> Answer {
    institution::name_programme(caller.office(), caller.actor(), form.of(path.code.0)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Who is to hold which office.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointmentForm {
    /// Row number of the member of staff; `GET /units/{code}/staff` lists them.
    pub staff: i64,
    /// The office.
    pub office: OfficeWord,
    /// First day.
    pub starts_on: GivenDay,
    /// First day on which it is no longer held.
    pub ends_on: Option<GivenDay>,
    /// What it rests on.
    pub reason: Prose<500, 1>,
}

/// Appoint somebody to an office
///
/// Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/units/{code}/appointments", tag = "institution", params(InstitutionPath), request_body = AppointmentForm,
    responses((status = 204, description = "Appointed."))
)]
pub async fn appoint(
    caller: Caller,
    Path(path): Path<InstitutionPath>,
    Json(form): Json<AppointmentForm>,
) -> Answer {
    let command = Appoint {
        code: path.code.0,
        staff: Some(StaffId::new(form.staff)),
        office: Some(form.office.0),
        starts_on: form.starts_on.to_string(),
        ends_on: form.ends_on.map(|d| d.to_string()).unwrap_or_default(),
        reason: form.reason.0,
    };
    institution::appoint(caller.office(), caller.actor(), command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// When and why an appointment ends.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointmentEndForm {
    /// First day on which it is no longer held.
    pub ends_on: GivenDay,
    /// What it rests on.
    pub reason: Prose<500, 1>,
}

/// End an appointment
///
/// Papers of the days before keep their signatory. Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/units/{code}/appointments/{id}/end", tag = "institution", params(AppointmentPath), request_body = AppointmentEndForm,
    responses((status = 204, description = "Ended."))
)]
pub async fn end_appointment(
    caller: Caller,
    Path(path): Path<AppointmentPath>,
    Json(form): Json<AppointmentEndForm>,
) -> Answer {
    let command = EndAppointment {
        code: path.code.0,
        appointment: path.id,
        ends_on: form.ends_on.to_string(),
        reason: form.reason.0,
    };
    institution::end_appointment(caller.office(), caller.actor(), command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// List programmes
///
/// All of them, in the order of their units.
#[utoipa::path(get, path = "/programmes", tag = "institution", responses((status = 200, body = Page<Programme>)))]
pub async fn programmes(caller: Caller) -> Answer<axum::Json<Page<Programme>>> {
    let nodes = institution::list_units(caller.office(), caller.actor()).await?;
    let items = nodes
        .iter()
        .flat_map(|node| node.programmes.iter().map(|line| programme(line, Some(&node.unit.code))))
        .collect();
    Ok(axum::Json(Page::whole(items)))
}

/// Open one programme with its curriculum
#[utoipa::path(
    get, path = "/programmes/{code}", tag = "institution", params(InstitutionPath, VersionParams),
    responses((status = 200, body = ProgrammeRecord))
)]
pub async fn programme_record(
    caller: Caller,
    Path(path): Path<InstitutionPath>,
    Query(params): Query<VersionParams>,
) -> Answer<axum::Json<ProgrammeRecord>> {
    let page =
        institution::show_programme(caller.office(), caller.actor(), path.code.0, params.version).await?;
    let version = |v: &institution::CurriculumVersion| CurriculumVersionBody {
        version: v.version,
        effective_year: v.effective_year,
    };
    Ok(axum::Json(ProgrammeRecord {
        programme: programme(&page.programme, page.above.last().map(|unit| unit.code.as_str())),
        above: page.above.iter().map(Unit::from).collect(),
        names: page.names.iter().map(DatedNameBody::from).collect(),
        codes: page.codes.iter().map(CodeBody::from).collect(),
        versions: page.versions.iter().map(version).collect(),
        shown: page.shown.as_ref().map(version),
        may_change: page.may_change,
        curriculum: page.terms.iter().flat_map(|term| &term.lines).map(CurriculumBody::from).collect(),
    }))
}

/// List terms
///
/// All terms of the calendar, the newest first.
#[utoipa::path(get, path = "/terms", tag = "institution", responses((status = 200, body = Page<Term>)))]
pub async fn terms(caller: Caller) -> Answer<axum::Json<Page<Term>>> {
    let terms = institution::list_terms(caller.office(), caller.actor()).await?;
    Ok(axum::Json(Page::whole(terms.iter().map(Term::from).collect())))
}
