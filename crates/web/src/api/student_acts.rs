//! Changing what may be changed on a student's record.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base::{
    identity::Tckn,
    ids::{EntryId, FileId, NoteId},
};
use serde::{Deserialize, Serialize};
use services::{
    accounts::{IssueStudentLink, issue_student_link},
    students::{
        change_contact::{self, ChangeContact},
        change_identity::{self, ChangeIdentity},
        change_photo,
        change_status::{self, ChangeStatus, ReverseEntry},
        keep_paper::{self, KeepPaper},
        link_enrolment::{self, LinkEnrolment},
        reveal_identity, write_note,
    },
};
use utoipa::{IntoParams, ToSchema};

use super::{
    accounts::IssuedLinkBody,
    auth::Caller,
    body::Made,
    fields::{Binary, GivenDay, Line, Prose, Segment, Version},
    input::{File, Form, Json, Path, number},
    problem::Answer,
    student::StudentPath,
    words::{GroundWord, IdentityProofWord, LinkWord, PaperStateWord, PaperWord, SexWord, StatusWord},
};
use crate::pages::student::inert;

/// One thing that hangs on a student's record.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PartPath {
    /// Student number.
    #[param(inline)]
    pub no: Segment,
    /// Row number of the part.
    pub id: i64,
}

/// Row of a paper's scan.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ScanPath {
    /// Student number.
    #[param(inline)]
    pub no: Segment,
    /// The file, as the record's papers name it.
    pub file: i64,
}

pub(super) fn done() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

fn created(id: i64) -> Response {
    (StatusCode::CREATED, axum::Json(Made { id })).into_response()
}

/// The day that a service reads as typed.
fn typed(day: Option<GivenDay>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

/// How to reach a student from now on; an empty text removes.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactForm {
    /// E-mail address.
    pub email: Line<254>,
    /// Telephone in any spelling.
    pub phone: Line<40>,
    /// Postal address.
    pub address: Prose<500>,
    /// The contact's version that was read.
    pub version: Version,
}

/// Replace how a student is reached
#[utoipa::path(
    put, path = "/students/{no}/contact", tag = "students", params(StudentPath), request_body = ContactForm,
    responses((status = 204, description = "Stored."))
)]
pub async fn contact(caller: Caller, Path(path): Path<StudentPath>, Json(form): Json<ContactForm>) -> Answer {
    let command = ChangeContact {
        number: path.no.0,
        email: form.email.0,
        phone: form.phone.0,
        address: form.address.0,
        version: form.version.0,
    };
    change_contact::change_contact(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// A student's whole identity number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IdentityNumber {
    /// Eleven digits; null where none was given yet.
    #[schema(required)]
    pub identity_no: Option<String>,
}

/// See a whole identity number
///
/// The look is logged before the answer is given; therefore a POST, although nothing is changed.
#[utoipa::path(
    post, path = "/students/{no}/identity-number", tag = "students", params(StudentPath),
    responses((status = 200, body = IdentityNumber))
)]
pub async fn identity_number(
    caller: Caller,
    Path(path): Path<StudentPath>,
) -> Answer<axum::Json<IdentityNumber>> {
    let shown = reveal_identity::reveal_identity(caller.office(), caller.actor(), path.no.0).await?;
    Ok(axum::Json(IdentityNumber { identity_no: shown.as_ref().map(Tckn::reveal).map(str::to_owned) }))
}

/// Who a person is from now on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityForm {
    /// Identity number; left out, the one there is stays.
    pub identity_no: Option<Line<11>>,
    /// Given name or names.
    pub given_name: Line<100, 1>,
    /// Surname.
    pub surname: Line<100, 1>,
    /// Sex.
    pub sex: SexWord,
    /// Day of birth.
    pub birth_date: GivenDay,
    /// Place of birth.
    pub birth_place: Line<100, 1>,
    /// Two-letter country code.
    pub nationality: Line<2, 1>,
    /// What the change rests on: `identity_paper`, `court_ruling` or `correction`.
    pub ground: GroundWord,
    /// Reference of the ground.
    pub ground_ref: Line<100, 1>,
    /// Day of the ground's paper.
    pub ground_on: Option<GivenDay>,
    /// Why, in words.
    pub reason: Prose<500, 1>,
    /// The identity's version that was read.
    pub version: Version,
}

/// Correct a student's identity
///
/// On a ground; the identity of the day of registration stays beside it. Sensitive: the password must have been
/// confirmed (`POST /confirmation`).
#[utoipa::path(
    post, path = "/students/{no}/identity", tag = "students", params(StudentPath), request_body = IdentityForm,
    responses((status = 204, description = "Stored, with an entry in the person's ledger."))
)]
pub async fn identity(
    caller: Caller,
    Path(path): Path<StudentPath>,
    Json(form): Json<IdentityForm>,
) -> Answer {
    let command = ChangeIdentity {
        number: path.no.0,
        identity_no: form.identity_no.unwrap_or_default().0,
        given_name: form.given_name.0,
        surname: form.surname.0,
        sex: Some(form.sex.0),
        birth_date: form.birth_date.to_string(),
        birth_place: form.birth_place.0,
        nationality: form.nationality.0,
        ground: form.ground.0,
        ground_ref: form.ground_ref.0,
        ground_on: typed(form.ground_on),
        reason: form.reason.0,
        version: form.version.0,
    };
    change_identity::change_identity(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// A new status with its ground.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusForm {
    /// The new status.
    pub status: StatusWord,
    /// From which day; not before the entry, not after today.
    pub effective_on: GivenDay,
    /// What it rests on.
    pub ground: GroundWord,
    /// Reference of the ground.
    #[schema(example = "2026/14-03")]
    pub ground_ref: Line<100, 1>,
    /// Day of the ground's paper; only the law may go without.
    pub ground_on: Option<GivenDay>,
    /// Words about it.
    pub reason: Option<Prose<500>>,
    /// The enrolment's version that was read.
    pub version: Version,
}

/// Write a status entry
///
/// A status changes by an entry of the ledger alone. Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/students/{no}/status", tag = "students", params(StudentPath), request_body = StatusForm,
    responses((status = 201, body = Made, description = "The entry."))
)]
pub async fn status(caller: Caller, Path(path): Path<StudentPath>, Json(form): Json<StatusForm>) -> Answer {
    let command = ChangeStatus {
        number: path.no.0,
        status: Some(form.status.0),
        effective_on: form.effective_on.to_string(),
        ground: form.ground.0,
        ground_ref: form.ground_ref.0,
        ground_on: typed(form.ground_on),
        reason: form.reason.unwrap_or_default().0,
        version: form.version.0,
    };
    let entry = change_status::change_status(caller.office(), caller.actor(), command).await?;
    Ok(created(entry.get()))
}

/// Why an entry is undone.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReversalForm {
    /// Reference of the paper that shows the mistake.
    pub ground_ref: Line<100, 1>,
    /// Its day.
    pub ground_on: GivenDay,
    /// Why, in words.
    pub reason: Prose<500, 1>,
}

/// Undo a status entry
///
/// By a reversing entry; both stay readable, and the status falls back to what the remaining entries give. Sensitive:
/// the password must have been confirmed.
#[utoipa::path(
    post, path = "/students/{no}/entries/{id}/reversal", tag = "students", params(PartPath), request_body = ReversalForm,
    responses((status = 201, body = Made, description = "The reversing entry."))
)]
pub async fn reversal(caller: Caller, Path(path): Path<PartPath>, Json(form): Json<ReversalForm>) -> Answer {
    let command = ReverseEntry {
        number: path.no.0,
        entry: EntryId::new(path.id),
        ground_ref: form.ground_ref.0,
        ground_on: form.ground_on.to_string(),
        reason: form.reason.0,
    };
    let entry = change_status::reverse_entry(caller.office(), caller.actor(), command).await?;
    Ok(created(entry.get()))
}

/// A remark.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteForm {
    /// Words; the office's people see them, the student does not.
    pub body: Prose<2000, 1>,
}

/// Write a remark
#[utoipa::path(
    post, path = "/students/{no}/notes", tag = "students", params(StudentPath), request_body = NoteForm,
    responses((status = 201, body = Made, description = "The remark."))
)]
pub async fn add_note(caller: Caller, Path(path): Path<StudentPath>, Json(form): Json<NoteForm>) -> Answer {
    let note = write_note::write_note(caller.office(), caller.actor(), path.no.0, form.body.0).await?;
    Ok(created(note.get()))
}

/// Withdraw a remark
///
/// The row stays for the auditor.
#[utoipa::path(
    delete, path = "/students/{no}/notes/{id}", tag = "students", params(PartPath),
    responses((status = 204, description = "Withdrawn."))
)]
pub async fn remove_note(caller: Caller, Path(path): Path<PartPath>) -> Answer {
    write_note::withdraw_note(caller.office(), caller.actor(), path.no.0, NoteId::new(path.id)).await?;
    Ok(done())
}

/// A paper handed in, or found missing.
#[derive(Debug, ToSchema)]
pub struct PaperForm {
    /// Kind.
    pub kind: PaperWord,
    /// What the office has of it.
    pub state: PaperStateWord,
    /// Words; needed for kind `other`.
    pub description: Option<Line<200>>,
    /// A scan: PDF, JPEG or PNG, 10 MiB at the most.
    pub scan: Option<Binary>,
}

/// A paper that is recorded already.
#[derive(Debug, ToSchema)]
pub struct PaperChangeForm {
    /// Kind.
    pub kind: PaperWord,
    /// What the office has of it now.
    pub state: PaperStateWord,
    /// The version that was read.
    pub version: Version,
    /// A scan: PDF, JPEG or PNG, 10 MiB at the most; left out, the one there is stays.
    pub scan: Option<Binary>,
}

/// Record a paper
#[utoipa::path(
    post, path = "/students/{no}/papers", tag = "students", params(StudentPath),
    request_body(content = PaperForm, content_type = "multipart/form-data"),
    responses((status = 204, description = "Recorded."))
)]
pub async fn add_paper(caller: Caller, Path(path): Path<StudentPath>, mut form: Form) -> Answer {
    let kind = form.take("kind", PaperWord::read);
    let state = form.take("state", PaperStateWord::read);
    let description = form.text("description");
    let scan = form.file("scan");
    form.finish()?;
    if let (Some(PaperWord(kind)), Some(PaperStateWord(state))) = (kind, state) {
        let command = KeepPaper { number: path.no.0, row: None, kind, state, description, scan };
        keep_paper::keep_paper(caller.office(), caller.actor(), command).await?;
    }
    Ok(done())
}

/// Change what the office has of a paper
#[utoipa::path(
    put, path = "/students/{no}/papers/{id}", tag = "students", params(PartPath),
    request_body(content = PaperChangeForm, content_type = "multipart/form-data"),
    responses((status = 204, description = "Recorded."))
)]
pub async fn change_paper(caller: Caller, Path(path): Path<PartPath>, mut form: Form) -> Answer {
    let kind = form.take("kind", PaperWord::read);
    let state = form.take("state", PaperStateWord::read);
    let version = form.take("version", number);
    let scan = form.file("scan");
    form.finish()?;
    if let (Some(PaperWord(kind)), Some(PaperStateWord(state)), Some(version)) = (kind, state, version) {
        let row = Some((path.id, version));
        let command = KeepPaper { number: path.no.0, row, kind, state, description: String::new(), scan };
        keep_paper::keep_paper(caller.office(), caller.actor(), command).await?;
    }
    Ok(done())
}

/// Get the scan of a paper
#[utoipa::path(
    get, path = "/students/{no}/scans/{file}", tag = "students", params(ScanPath),
    responses((status = 200, content((Binary = "application/pdf"), (Binary = "image/jpeg"), (Binary = "image/png"))))
)]
pub async fn scan(caller: Caller, Path(path): Path<ScanPath>) -> Answer {
    let (mime, bytes) =
        keep_paper::open_scan(caller.office(), caller.actor(), path.no.0, FileId::new(path.file)).await?;
    Ok(inert(mime, bytes, None))
}

/// Replace a student's photo
///
/// The body is the picture itself, JPEG or PNG, 10 MiB at the most.
#[utoipa::path(
    put, path = "/students/{no}/photo", tag = "students", params(StudentPath),
    request_body(content((Binary = "image/jpeg"), (Binary = "image/png"))),
    responses((status = 204, description = "Stored."))
)]
pub async fn save_photo(caller: Caller, Path(path): Path<StudentPath>, File(upload): File) -> Answer {
    change_photo::change_photo(caller.office(), caller.actor(), path.no.0, upload).await?;
    Ok(done())
}

/// What an enrolment is to its main one.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkForm {
    /// Double major or minor; null takes the link off.
    pub kind: Option<LinkWord>,
    /// Student number of the main enrolment of the same person.
    pub main_number: Option<Line<64>>,
    /// Reference of the board's decision.
    pub ground_ref: Line<100, 1>,
    /// Its day.
    pub ground_on: GivenDay,
    /// The enrolment's version that was read.
    pub version: Version,
}

/// Link an enrolment to its main one
///
/// On a board's decision. Sensitive: the password must have been confirmed.
#[utoipa::path(
    post, path = "/students/{no}/link", tag = "students", params(StudentPath), request_body = LinkForm,
    responses((status = 204, description = "Stored, with an entry in the ledger."))
)]
pub async fn link(caller: Caller, Path(path): Path<StudentPath>, Json(form): Json<LinkForm>) -> Answer {
    let command = LinkEnrolment {
        number: path.no.0,
        kind: form.kind.map(|w| w.0),
        main_number: form.main_number.unwrap_or_default().0,
        ground_ref: form.ground_ref.0,
        ground_on: form.ground_on.to_string(),
        version: form.version.0,
    };
    link_enrolment::link_enrolment(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// How the clerk knows that it is the student.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountLinkForm {
    /// Paper that was looked at.
    pub proof: IdentityProofWord,
}

/// Issue a one-time link for a student's account
///
/// At the counter, after a look at an identity paper; opens the account where there is none. The link is shown once.
#[utoipa::path(
    post, path = "/students/{no}/account-link", tag = "students", params(StudentPath), request_body = AccountLinkForm,
    responses((status = 201, body = IssuedLinkBody))
)]
pub async fn account_link(
    caller: Caller,
    Path(path): Path<StudentPath>,
    Json(form): Json<AccountLinkForm>,
) -> Answer {
    let command = IssueStudentLink { number: path.no.0, proof: form.proof.0 };
    let link = issue_student_link(caller.office(), caller.actor(), command).await?;
    Ok((StatusCode::CREATED, axum::Json(IssuedLinkBody::of(&caller, &link))).into_response())
}
