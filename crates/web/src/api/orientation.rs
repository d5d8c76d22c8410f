//! Orientation: for the office the programme, invitations and attendance; for students the own part of it.

use axum::{
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use base::{
    ids::{OrientationId, SessionId},
    time::{local_date, time_tr},
};
use serde::{Deserialize, Serialize};
use services::documents::{IssueOrientationPaper, OrientationPaper, issue_orientation_paper};
use services::orientation::{
    self as service, GiveFeedback, Invitee, MakeOrientation, OwnOrientation, PlanSession, RenameOrientation,
    Session, SessionPlan, Ticks,
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::{BothNames, Made, Page},
    documents::{IssuedDocument, KEY, answer as issued_answer},
    fields::{Binary, Day, Decimal, GivenDay, Instant, Line, Prose, Version, Whole},
    input::{Form, Json, Path, Query, key_header, number},
    problem::Answer,
    words::{AttendanceWord, LangWord},
};
use crate::pages::student::inert;

/// One orientation.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct OrientationPath {
    /// Row number of the orientation.
    pub id: i64,
}

/// One session.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SessionPath {
    /// Row number of the session.
    pub id: i64,
}

fn done() -> axum::response::Response {
    StatusCode::NO_CONTENT.into_response()
}

fn created(id: i64) -> axum::response::Response {
    (StatusCode::CREATED, axum::Json(Made { id })).into_response()
}

// Reading ---------------------------------------------------------------------------------------------

/// An orientation with its figures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrientationBody {
    /// By this number it is addressed.
    pub id: i64,
    /// Code of its unit.
    pub unit: String,
    /// Year of entry of those whom it is for.
    pub year: i32,
    /// What it is called.
    pub name: BothNames,
    /// Whether there is a handbook.
    pub has_handbook: bool,
    /// Where the regulations stand that students acknowledge; may be empty.
    pub rules_url: String,
    /// How many sessions it has.
    pub sessions: i64,
    /// How many are invited.
    pub invited: i64,
    /// How many of them came to a session at least.
    pub came: i64,
    /// How many of them acknowledged handbook and regulations.
    pub acknowledged: i64,
    /// Send it back to change the name or the handbook.
    pub version: i64,
}

impl OrientationBody {
    fn of(of: &service::Orientation, figures: service::Figures) -> Self {
        Self {
            id: of.id.get(),
            unit: of.unit_code.clone(),
            year: of.year,
            name: (&of.name).into(),
            has_handbook: of.handbook.is_some(),
            rules_url: of.rules_url.clone(),
            sessions: figures.sessions,
            invited: figures.invited,
            came: figures.came,
            acknowledged: figures.read,
            version: of.version,
        }
    }
}

/// A session of a programme.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionBody {
    /// By this number it is addressed.
    pub id: i64,
    /// What it is about.
    pub title: BothNames,
    /// Where.
    pub place: String,
    /// Who speaks; may be empty.
    pub speaker: String,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// Its day in Turkey.
    pub day: Day,
    /// When it begins in Turkish time, as `ss.dd`.
    pub starts: String,
    /// When it ends in Turkish time, as `ss.dd`.
    pub ends: String,
    /// Whether it is for those alone who came to no other session.
    pub is_repeat: bool,
}

impl From<&Session> for SessionBody {
    fn from(session: &Session) -> Self {
        let plan = &session.plan;
        Self {
            id: session.id.get(),
            title: (&plan.title).into(),
            place: plan.place.clone(),
            speaker: plan.speaker.clone(),
            starts_at: plan.starts_at.into(),
            ends_at: plan.ends_at.into(),
            day: local_date(plan.starts_at).into(),
            starts: time_tr(plan.starts_at),
            ends: time_tr(plan.ends_at),
            is_repeat: plan.is_repeat,
        }
    }
}

/// A session as the office plans it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlannedSessionBody {
    /// The session.
    pub session: SessionBody,
    /// How many came.
    pub came: i64,
    /// Send it back to change or remove it.
    pub version: i64,
}

/// What students thought of an orientation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeedbackBody {
    /// How many answered.
    pub count: u32,
    /// The average of the scores from 1 to 5, to a tenth; null while fewer than five answered.
    #[schema(required)]
    pub average: Option<Decimal>,
    /// Their words, without names, numbers and addresses; none while fewer than five answered.
    pub words: Vec<String>,
}

/// An orientation with its programme.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrientationRecord {
    /// The orientation.
    pub orientation: OrientationBody,
    /// Its programme in order of time.
    pub programme: Vec<PlannedSessionBody>,
    /// New students who are not invited yet.
    pub uninvited: i64,
    /// What students thought of it.
    pub feedback: FeedbackBody,
}

/// Which orientations are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OrientationParams {
    /// Of this year of entry alone.
    pub year: Option<i32>,
}

/// List orientations
///
/// Those of the caller's units, the newest first.
#[utoipa::path(
    get, path = "/orientations", tag = "orientation", params(OrientationParams),
    responses((status = 200, body = Page<OrientationBody>))
)]
pub async fn list(
    caller: Caller,
    Query(params): Query<OrientationParams>,
) -> Answer<axum::Json<Page<OrientationBody>>> {
    let all = service::list_orientations(caller.office(), caller.actor(), params.year).await?;
    Ok(axum::Json(Page::whole(all.iter().map(|(of, f)| OrientationBody::of(of, *f)).collect())))
}

/// Open an orientation
#[utoipa::path(
    get, path = "/orientations/{id}", tag = "orientation", params(OrientationPath),
    responses((status = 200, body = OrientationRecord))
)]
pub async fn show(
    caller: Caller,
    Path(path): Path<OrientationPath>,
) -> Answer<axum::Json<OrientationRecord>> {
    let id = OrientationId::new(path.id);
    let page = service::open_orientation(caller.office(), caller.actor(), id).await?;
    let planned = |session: &Session| PlannedSessionBody {
        session: session.into(),
        came: session.came,
        version: session.version,
    };
    Ok(axum::Json(OrientationRecord {
        orientation: OrientationBody::of(&page.of, page.figures),
        programme: page.sessions.iter().map(planned).collect(),
        uninvited: page.uninvited,
        feedback: FeedbackBody {
            count: page.feedback.figures.count,
            average: page.feedback.figures.average().map(Decimal),
            words: page.feedback.words,
        },
    }))
}

/// Somebody who is invited.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InviteeBody {
    /// Student number.
    pub number: String,
    /// Given name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// Code of the programme.
    pub programme: String,
    /// When the invitation went out.
    pub invited_at: Instant,
    /// When it was first opened.
    #[schema(required)]
    pub seen_at: Option<Instant>,
    /// When handbook and regulations were acknowledged.
    #[schema(required)]
    pub acknowledged_at: Option<Instant>,
    /// How many sessions he or she came to.
    pub sessions: i64,
}

impl From<&Invitee> for InviteeBody {
    fn from(one: &Invitee) -> Self {
        Self {
            number: one.number.clone(),
            given_name: one.given_name.clone(),
            surname: one.surname.clone(),
            programme: one.programme.clone(),
            invited_at: one.invited_at.into(),
            seen_at: one.seen_at.map(Instant),
            acknowledged_at: one.handbook_read_at.map(Instant),
            sessions: one.came_to,
        }
    }
}

/// Which invited students are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct InviteeParams {
    /// Those alone who came to no session; with `false` those alone who came to one. Everybody when left out.
    pub absent: Option<bool>,
}

/// List who is invited
///
/// In Turkish order of the names; the look is logged.
#[utoipa::path(
    get, path = "/orientations/{id}/invitations", tag = "orientation", params(OrientationPath, InviteeParams),
    responses((status = 200, body = Page<InviteeBody>))
)]
pub async fn invitees(
    caller: Caller,
    Path(path): Path<OrientationPath>,
    Query(params): Query<InviteeParams>,
) -> Answer<axum::Json<Page<InviteeBody>>> {
    let id = OrientationId::new(path.id);
    let whom = match params.absent {
        None => service::Whom::Everybody,
        Some(true) => service::Whom::Absent,
        Some(false) => service::Whom::Came,
    };
    let (_, all) = service::list_invitees(caller.office(), caller.actor(), id, whom).await?;
    Ok(axum::Json(Page::whole(all.iter().map(InviteeBody::from).collect())))
}

// Planning --------------------------------------------------------------------------------------------

/// A new orientation.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrientationForm {
    /// Code of the unit.
    pub unit: Line<64, 1>,
    /// Year of entry of those whom it is for.
    pub year: Whole<1950, 2199>,
    /// Turkish name.
    pub name_tr: Line<200, 1>,
    /// English name.
    pub name_en: Line<200, 1>,
    /// Web address of the regulations that students acknowledge.
    pub rules_url: Option<Line<500>>,
}

/// Begin an orientation
#[utoipa::path(
    post, path = "/orientations", tag = "orientation", request_body = OrientationForm,
    responses((status = 201, body = Made, description = "The orientation."))
)]
pub async fn make(caller: Caller, Json(form): Json<OrientationForm>) -> Answer {
    let command = MakeOrientation {
        unit: form.unit.0,
        year: form.year.0.to_string(),
        name_tr: form.name_tr.0,
        name_en: form.name_en.0,
        rules_url: form.rules_url.unwrap_or_default().0,
    };
    let id = service::make_orientation(caller.office(), caller.actor(), command).await?;
    Ok(created(id.get()))
}

/// Another name of an orientation.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrientationNameForm {
    /// Turkish name.
    pub name_tr: Line<200, 1>,
    /// English name.
    pub name_en: Line<200, 1>,
    /// Web address of the regulations that students acknowledge; none when left out.
    pub rules_url: Option<Line<500>>,
    /// The orientation's version that was read.
    pub version: Version,
}

/// Rename an orientation
#[utoipa::path(
    put, path = "/orientations/{id}", tag = "orientation", params(OrientationPath), request_body = OrientationNameForm,
    responses((status = 204, description = "Renamed."))
)]
pub async fn rename(
    caller: Caller,
    Path(path): Path<OrientationPath>,
    Json(form): Json<OrientationNameForm>,
) -> Answer {
    let command = RenameOrientation {
        id: OrientationId::new(path.id),
        version: form.version.0,
        name_tr: form.name_tr.0,
        name_en: form.name_en.0,
        rules_url: form.rules_url.unwrap_or_default().0,
    };
    service::rename_orientation(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// A handbook as a form.
#[derive(Debug, ToSchema)]
pub struct HandbookForm {
    /// The orientation's version that was read.
    pub version: Version,
    /// PDF, JPEG or PNG, 10 MiB at the most.
    pub handbook: Binary,
}

/// Replace the handbook
#[utoipa::path(
    put, path = "/orientations/{id}/handbook", tag = "orientation", params(OrientationPath),
    request_body(content = HandbookForm, content_type = "multipart/form-data"),
    responses((status = 204, description = "Stored."))
)]
pub async fn save_handbook(caller: Caller, Path(path): Path<OrientationPath>, mut form: Form) -> Answer {
    let version = form.take("version", number);
    let upload = form.file("handbook");
    form.finish()?;
    if let Some(version) = version {
        let id = OrientationId::new(path.id);
        service::keep_handbook(caller.office(), caller.actor(), id, version, upload).await?;
    }
    Ok(done())
}

/// Get the handbook
///
/// For the office and for whoever is invited.
#[utoipa::path(
    get, path = "/orientations/{id}/handbook", tag = "orientation", params(OrientationPath),
    responses((status = 200, content((Binary = "application/pdf"), (Binary = "image/jpeg"), (Binary = "image/png"))))
)]
pub async fn handbook(caller: Caller, Path(path): Path<OrientationPath>) -> Answer {
    let id = OrientationId::new(path.id);
    let (mime, bytes) = service::open_handbook(caller.office(), caller.actor(), id).await?;
    Ok(inert(mime, bytes, None))
}

/// How many were invited.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct InvitedBody {
    /// New students who were not invited before.
    pub invited: u64,
}

/// Invite the new students
///
/// Everybody of the unit and year who is not invited yet; again for those who registered later.
#[utoipa::path(
    post, path = "/orientations/{id}/invitations", tag = "orientation", params(OrientationPath),
    responses((status = 200, body = InvitedBody))
)]
pub async fn invite(caller: Caller, Path(path): Path<OrientationPath>) -> Answer<axum::Json<InvitedBody>> {
    let id = OrientationId::new(path.id);
    let invited = service::invite_students(caller.office(), caller.actor(), id).await?;
    Ok(axum::Json(InvitedBody { invited }))
}

/// A session as it is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionForm {
    /// Turkish title.
    pub title_tr: Line<200, 1>,
    /// English title.
    pub title_en: Line<200, 1>,
    /// Where.
    pub place: Line<200, 1>,
    /// Who speaks.
    pub speaker: Option<Line<200>>,
    /// Its day.
    pub day: GivenDay,
    /// When it begins in Turkish time, as `ss.dd`.
    #[schema(example = "10.00")]
    pub starts: Line<5, 1>,
    /// When it ends that day in Turkish time.
    #[schema(example = "12.00")]
    pub ends: Line<5, 1>,
    /// Whether it is for those alone who came to no other session.
    #[serde(default)]
    pub is_repeat: bool,
}

impl SessionForm {
    fn plan(self) -> SessionPlan {
        SessionPlan {
            title_tr: self.title_tr.0,
            title_en: self.title_en.0,
            place: self.place.0,
            speaker: self.speaker.unwrap_or_default().0,
            day: self.day.to_string(),
            starts: self.starts.0,
            ends: self.ends.0,
            is_repeat: self.is_repeat,
        }
    }
}

/// Plan a session
#[utoipa::path(
    post, path = "/orientations/{id}/sessions", tag = "orientation", params(OrientationPath), request_body = SessionForm,
    responses((status = 201, body = Made, description = "The session."))
)]
pub async fn plan(
    caller: Caller,
    Path(path): Path<OrientationPath>,
    Json(form): Json<SessionForm>,
) -> Answer {
    let command = PlanSession { of: OrientationId::new(path.id), plan: form.plan() };
    let id = service::plan_session(caller.office(), caller.actor(), command).await?;
    Ok(created(id.get()))
}

/// A session as it is to be from now on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionChangeForm {
    /// The plan.
    pub plan: SessionForm,
    /// The session's version that was read.
    pub version: Version,
}

/// Change a session
#[utoipa::path(
    put, path = "/orientation-sessions/{id}", tag = "orientation", params(SessionPath), request_body = SessionChangeForm,
    responses((status = 204, description = "Changed."))
)]
pub async fn change(
    caller: Caller,
    Path(path): Path<SessionPath>,
    Json(form): Json<SessionChangeForm>,
) -> Answer {
    let id = SessionId::new(path.id);
    service::change_session(caller.office(), caller.actor(), id, form.version.0, form.plan.plan()).await?;
    Ok(done())
}

/// Which version is meant.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovalForm {
    /// The session's version that was read.
    pub version: Version,
}

/// Remove a session
///
/// One that somebody came to stays.
#[utoipa::path(
    post, path = "/orientation-sessions/{id}/removal", tag = "orientation", params(SessionPath), request_body = RemovalForm,
    responses((status = 204, description = "Removed."))
)]
pub async fn remove(caller: Caller, Path(path): Path<SessionPath>, Json(form): Json<RemovalForm>) -> Answer {
    let id = SessionId::new(path.id);
    service::remove_session(caller.office(), caller.actor(), id, form.version.0).await?;
    Ok(done())
}

// Papers ----------------------------------------------------------------------------------------------

/// A paper of an orientation to be issued.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrientationPaperForm {
    /// Language; Turkish when left out.
    pub lang: Option<LangWord>,
}

async fn issue(
    caller: &Caller,
    headers: &HeaderMap,
    paper: OrientationPaper,
    form: OrientationPaperForm,
) -> Answer {
    let command = IssueOrientationPaper {
        paper,
        lang: form.lang.map(|word| word.0).unwrap_or_default(),
        idempotency_key: key_header(headers, KEY)?,
    };
    let issued = issue_orientation_paper(caller.office(), caller.actor(), command).await?;
    Ok(issued_answer(caller, issued))
}

/// Issue the notice of an orientation
///
/// The sessions that are not over, signed, numbered and verified by its code like any paper; a later notice in the same
/// language takes its place. It names no student.
#[utoipa::path(
    post, path = "/orientations/{id}/notices", tag = "orientation", params(OrientationPath, ("idempotency-key" = Option<String>, Header, description = "1 to 100 visible characters.", min_length = 1, max_length = 100, pattern = "^[!-~]+$")), request_body = OrientationPaperForm,
    responses(
        (status = 201, body = IssuedDocument, headers(("Location" = String, description = "Address of the paper."))),
        (status = 200, body = IssuedDocument, description = "The paper of an earlier sending with the same key.", headers(("Location" = String, description = "Address of the paper.")))
    )
)]
pub async fn notice(
    caller: Caller,
    Path(path): Path<OrientationPath>,
    headers: HeaderMap,
    Json(form): Json<OrientationPaperForm>,
) -> Answer {
    issue(&caller, &headers, OrientationPaper::Notice(OrientationId::new(path.id)), form).await
}

/// Issue the sign-in sheet of a session
///
/// Whom the session expects by number and name, with a place for each signature; a later sheet takes its place. Verifying
/// its code tells the day and names nobody.
#[utoipa::path(
    post, path = "/orientation-sessions/{id}/sign-in-sheets", tag = "orientation", params(SessionPath, ("idempotency-key" = Option<String>, Header, description = "1 to 100 visible characters.", min_length = 1, max_length = 100, pattern = "^[!-~]+$")), request_body = OrientationPaperForm,
    responses(
        (status = 201, body = IssuedDocument, headers(("Location" = String, description = "Address of the paper."))),
        (status = 200, body = IssuedDocument, description = "The paper of an earlier sending with the same key.", headers(("Location" = String, description = "Address of the paper.")))
    )
)]
pub async fn sign_in_sheet(
    caller: Caller,
    Path(path): Path<SessionPath>,
    headers: HeaderMap,
    Json(form): Json<OrientationPaperForm>,
) -> Answer {
    issue(&caller, &headers, OrientationPaper::SignInSheet(SessionId::new(path.id)), form).await
}

// Attendance ------------------------------------------------------------------------------------------

/// A line of a session's list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttendanceLine {
    /// Who is expected.
    pub student: InviteeBody,
    /// How attendance was noted; null where it was not.
    #[schema(required)]
    pub channel: Option<AttendanceWord>,
    /// When.
    #[schema(required)]
    pub noted_at: Option<Instant>,
}

/// A session with its list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttendanceBody {
    /// The session.
    pub session: SessionBody,
    /// The address behind the QR code; a secret that is shown on the wall during the session alone.
    pub attend_url: String,
    /// Everybody whom the session expects, in Turkish order of the names.
    pub items: Vec<AttendanceLine>,
}

/// Open the list of a session
///
/// The look is logged.
#[utoipa::path(
    get, path = "/orientation-sessions/{id}/attendance", tag = "orientation", params(SessionPath),
    responses((status = 200, body = AttendanceBody))
)]
pub async fn attendance(caller: Caller, Path(path): Path<SessionPath>) -> Answer<axum::Json<AttendanceBody>> {
    let id = SessionId::new(path.id);
    let found = service::find_session(caller.office(), caller.actor(), id).await?;
    let opened = service::open_session(caller.office(), caller.actor(), id).await?;
    let line = |one: &Invitee| {
        let came = opened.attendance_of(one);
        AttendanceLine {
            student: one.into(),
            channel: came.map(|came| came.channel.into()),
            noted_at: came.map(|came| came.noted_at.into()),
        }
    };
    Ok(axum::Json(AttendanceBody {
        session: (&opened.session).into(),
        items: opened.expected.iter().map(line).collect(),
        attend_url: found.attend_url(caller.office()),
    }))
}

/// Changes of a session's list.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceForm {
    /// Student numbers of those who came.
    #[serde(default)]
    pub came: Vec<Line<64, 1>>,
    /// Student numbers whose attendance was a mistake.
    #[serde(default)]
    pub did_not_come: Vec<Line<64, 1>>,
}

/// What became of the changes.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct AttendanceChange {
    /// Noted now; those known before are not counted.
    pub noted: u64,
    /// Taken back now.
    pub removed: u64,
}

/// Note attendance by list
#[utoipa::path(
    post, path = "/orientation-sessions/{id}/attendance", tag = "orientation", params(SessionPath),
    request_body = AttendanceForm, responses((status = 200, body = AttendanceChange))
)]
pub async fn tick(
    caller: Caller,
    Path(path): Path<SessionPath>,
    Json(form): Json<AttendanceForm>,
) -> Answer<axum::Json<AttendanceChange>> {
    let numbers = |lines: Vec<Line<64, 1>>| lines.into_iter().map(|line| line.0).collect();
    let ticks = Ticks {
        session: SessionId::new(path.id),
        before: numbers(form.did_not_come),
        now: numbers(form.came),
    };
    let (noted, removed) = service::tick_attendance(caller.office(), caller.actor(), ticks).await?;
    Ok(axum::Json(AttendanceChange { noted, removed }))
}

/// A student at the door.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoorForm {
    /// Student number.
    pub number: Line<64, 1>,
}

/// Whether attendance is new.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct NotedBody {
    /// False where it was noted before; twice is once.
    pub is_new: bool,
}

/// Note attendance by number
///
/// A new student of the unit who is not invited yet is invited with it.
#[utoipa::path(
    post, path = "/orientation-sessions/{id}/door", tag = "orientation", params(SessionPath), request_body = DoorForm,
    responses((status = 200, body = NotedBody))
)]
pub async fn door(
    caller: Caller,
    Path(path): Path<SessionPath>,
    Json(form): Json<DoorForm>,
) -> Answer<axum::Json<NotedBody>> {
    let id = SessionId::new(path.id);
    let is_new = service::attend_by_number(caller.office(), caller.actor(), id, form.number.0).await?;
    Ok(axum::Json(NotedBody { is_new }))
}

// One's own -------------------------------------------------------------------------------------------

/// An orientation that the caller is invited to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwnOrientationBody {
    /// By this number it is addressed.
    pub id: i64,
    /// What it is called.
    pub name: BothNames,
    /// Whether there is a handbook.
    pub has_handbook: bool,
    /// Where the regulations stand that students acknowledge; may be empty.
    pub rules_url: String,
    /// When handbook and regulations were acknowledged.
    #[schema(required)]
    pub acknowledged_at: Option<Instant>,
    /// The score given.
    #[schema(required)]
    pub score: Option<u8>,
    /// The words given.
    #[schema(required)]
    pub words: Option<String>,
    /// The programme in order of time.
    pub programme: Vec<SessionBody>,
    /// Row numbers of the sessions come to.
    pub came_to: Vec<i64>,
}

impl From<&OwnOrientation> for OwnOrientationBody {
    fn from(own: &OwnOrientation) -> Self {
        Self {
            id: own.of.id.get(),
            name: (&own.of.name).into(),
            has_handbook: own.of.handbook.is_some(),
            rules_url: own.of.rules_url.clone(),
            acknowledged_at: own.invitation.handbook_read_at.map(Instant),
            score: own.invitation.score,
            words: own.invitation.words.clone(),
            programme: own.sessions.iter().map(SessionBody::from).collect(),
            came_to: own.came_to.iter().map(|id| id.get()).collect(),
        }
    }
}

/// List one's own orientations
#[utoipa::path(
    get, path = "/me/orientations", tag = "orientation", responses((status = 200, body = Page<OwnOrientationBody>))
)]
pub async fn own(caller: Caller) -> Answer<axum::Json<Page<OwnOrientationBody>>> {
    let own = service::own_orientations(caller.office(), caller.actor()).await?;
    Ok(axum::Json(Page::whole(own.iter().map(OwnOrientationBody::from).collect())))
}

/// Acknowledge handbook and regulations
#[utoipa::path(
    post, path = "/me/orientations/{id}/acknowledgement", tag = "orientation", params(OrientationPath),
    responses((status = 204, description = "Noted."))
)]
pub async fn acknowledge(caller: Caller, Path(path): Path<OrientationPath>) -> Answer {
    service::acknowledge_handbook(caller.office(), caller.actor(), OrientationId::new(path.id)).await?;
    Ok(done())
}

/// What somebody thinks of an orientation.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackForm {
    /// From 1 to 5.
    pub score: Whole<1, 5>,
    /// Words.
    pub words: Option<Prose<1000>>,
}

/// Give feedback
///
/// After coming to a session at least; it takes the place of what was said before.
#[utoipa::path(
    put, path = "/me/orientations/{id}/feedback", tag = "orientation", params(OrientationPath), request_body = FeedbackForm,
    responses((status = 204, description = "Stored."))
)]
pub async fn feedback(
    caller: Caller,
    Path(path): Path<OrientationPath>,
    Json(form): Json<FeedbackForm>,
) -> Answer {
    let command = GiveFeedback {
        of: OrientationId::new(path.id),
        score: form.score.0.to_string(),
        words: form.words.unwrap_or_default().0,
    };
    service::give_feedback(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// The key of a session's QR code.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnAttendanceForm {
    /// The last part of the address behind the code.
    pub key: Line<64, 1>,
}

/// Note one's own attendance
///
/// From a quarter of an hour before the session until its end.
#[utoipa::path(
    post, path = "/me/attendance", tag = "orientation", request_body = OwnAttendanceForm,
    responses((status = 200, body = NotedBody))
)]
pub async fn attend(caller: Caller, Json(form): Json<OwnAttendanceForm>) -> Answer<axum::Json<NotedBody>> {
    let is_new = service::attend_own(caller.office(), caller.actor(), form.key.0).await?;
    Ok(axum::Json(NotedBody { is_new }))
}
