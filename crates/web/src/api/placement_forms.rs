//! Beside placement lists: how kinds of files name their columns, and what is known of one candidate.

use axum::{http::StatusCode, response::IntoResponse};
use base::ids::CandidateId;
use serde::{Deserialize, Serialize};
use services::placement::{
    Columns, EnterCandidate, Field, candidate_form, change_candidate, list_mappings, save_mapping,
};
use utoipa::ToSchema;

use super::{
    auth::Caller,
    body::Page,
    candidates::CandidatePath,
    fields::{GivenDay, Line, Version},
    input::{Json, Path},
    placements::EntryValue,
    problem::Answer,
    words::{EntryFieldWord, ListColumnWord, SexWord},
};

/// A column with the heading that it stands under.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MappedColumn {
    /// Which column.
    pub field: ListColumnWord,
    /// Its heading in the file.
    pub heading: Line<200, 1>,
}

/// How a kind of file names its columns.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnMapping {
    /// By this name it is chosen.
    pub name: Line<80, 1>,
    /// The columns.
    #[schema(max_items = 100)]
    pub columns: Vec<MappedColumn>,
}

/// List saved column mappings
#[utoipa::path(
    get, path = "/placement-mappings", tag = "registration", responses((status = 200, body = Page<ColumnMapping>))
)]
pub async fn mappings(caller: Caller) -> Answer<axum::Json<Page<ColumnMapping>>> {
    let saved = list_mappings(caller.office(), caller.actor()).await?;
    let column = |(field, heading): (String, String)| {
        Field::from_code(&field).map(|field| MappedColumn { field: field.into(), heading: Line(heading) })
    };
    let mapping = |(name, columns): (String, Columns)| ColumnMapping {
        name: Line(name),
        columns: columns.into_iter().filter_map(column).collect(),
    };
    Ok(axum::Json(Page::whole(saved.into_iter().map(mapping).collect())))
}

/// Save a column mapping
///
/// One that has the name already is replaced. Headings are compared without case, marks and signs.
#[utoipa::path(
    put, path = "/placement-mappings", tag = "registration", request_body = ColumnMapping,
    responses((status = 204, description = "Saved."))
)]
pub async fn save(caller: Caller, Json(form): Json<ColumnMapping>) -> Answer {
    let columns =
        form.columns.into_iter().map(|column| (column.field.0.code().to_owned(), column.heading.0)).collect();
    save_mapping(caller.office(), caller.actor(), form.name.0, columns, None).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Who a candidate is and what the way of entry asks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CandidateIdentity {
    /// Version for a change.
    pub version: i64,
    /// Given name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// Fields that the way of entry asks for, filled in or not.
    pub fields: Vec<AskedField>,
}

/// A field of a way of entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskedField {
    /// Which.
    pub field: EntryFieldWord,
    /// Whether it must be filled in.
    pub required: bool,
    /// What stands in it; empty where nothing does. Numbers of the person are left out here.
    pub value: String,
}

/// Read what a way of entry asks of a candidate
///
/// Of candidates who wait.
#[utoipa::path(
    get, path = "/candidates/{id}/identity", tag = "registration", params(CandidatePath),
    responses((status = 200, body = CandidateIdentity))
)]
pub async fn identity(
    caller: Caller,
    Path(path): Path<CandidatePath>,
) -> Answer<axum::Json<CandidateIdentity>> {
    let asked = candidate_form(caller.office(), caller.actor(), CandidateId::new(path.id)).await?;
    let known = asked.known;
    let is_number = |field: regulations::EntryField| {
        matches!(field, regulations::EntryField::IdentityNo | regulations::EntryField::Passport)
    };
    let field = |(field, required): (regulations::EntryField, bool)| AskedField {
        value: known.fields.get(field.code()).filter(|_| !is_number(field)).cloned().unwrap_or_default(),
        field: field.into(),
        required,
    };
    Ok(axum::Json(CandidateIdentity {
        version: asked.version,
        fields: asked.fields.into_iter().map(field).collect(),
        given_name: known.given_name.clone(),
        surname: known.surname.clone(),
    }))
}

/// A candidate's data as they are to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CandidateIdentityInput {
    /// The version that was read.
    pub version: Version,
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
    /// What the way of entry asks for, all of it; days as `YYYY-MM-DD`.
    #[schema(max_items = 40)]
    pub fields: Vec<EntryValue>,
}

/// Mend who a candidate is and what the way of entry asks
///
/// Of candidates who wait. Way of entry, year and programme stay; answers of other offices, class and contact have an
/// operation of their own.
#[utoipa::path(
    put, path = "/candidates/{id}/identity", tag = "registration", params(CandidatePath),
    request_body = CandidateIdentityInput, responses((status = 204, description = "Mended."))
)]
pub async fn mend(
    caller: Caller,
    Path(path): Path<CandidatePath>,
    Json(form): Json<CandidateIdentityInput>,
) -> Answer {
    let text = |line: Option<Line<100>>| line.map(|line| line.0).unwrap_or_default();
    let command = EnterCandidate {
        given_name: form.given_name.0,
        surname: form.surname.0,
        father_name: text(form.father_name),
        mother_name: text(form.mother_name),
        sex: Some(form.sex.0),
        birth_date: form.birth_date.to_string(),
        birth_place: text(form.birth_place),
        nationality: form.nationality.map(|line| line.0).unwrap_or_default(),
        fields: form.fields.into_iter().map(|one| (one.field.0.code().to_owned(), one.value.0)).collect(),
        ..EnterCandidate::default()
    };
    let id = CandidateId::new(path.id);
    change_candidate(caller.office(), caller.actor(), id, form.version.0, command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
