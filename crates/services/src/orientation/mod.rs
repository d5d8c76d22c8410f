//! Orientation: the programme for the new students of a unit, who is invited, who came, and what they thought of it.
//!
//! The office plans and takes attendance by list, by number, or leaves it to the students' own phones; a student sees
//! the own invitations and says what he or she thinks. Start reading at [`open_orientation()`].

mod acknowledge;
mod answer;
mod attend_own;
mod handbook;
mod invite;
mod list_orientations;
mod make_orientation;
mod open_orientation;
mod own_orientations;
mod plan_session;
mod take_attendance;

use base::{
    ids::{EnrolmentId, OrientationId, SessionId, UnitId},
    time::Timestamp,
};
use domain::student_file::Name;
use storage::{Permit, Reader, Tx, audit::AuditRow, enrolments::Enrolment};

pub(crate) use self::open_orientation::expected;
pub use self::{
    acknowledge::acknowledge_handbook,
    answer::{GiveFeedback, give_feedback},
    attend_own::{ATTEND_PATH, OwnSession, attend_own, find_own_session},
    handbook::{keep_handbook, open_handbook},
    invite::{Whom, invite_students, list_invitees},
    list_orientations::list_orientations,
    make_orientation::{MakeOrientation, RenameOrientation, make_orientation, rename_orientation},
    open_orientation::{
        FoundSession, OpenedOrientation, OpenedSession, find_session, open_orientation, open_session,
    },
    own_orientations::{OwnOrientation, own_orientations, unopened_invitations},
    plan_session::{PlanSession, SessionPlan, change_session, plan_session, remove_session},
    take_attendance::{Ticks, attend_by_number, tick_attendance},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
};
pub use storage::orientation::{Attendance, Figures, Invitee, Orientation, OwnInvitation, Session};

/// Path of the page on which students see their invitations.
pub const PORTAL_PATH: &str = "/oryantasyon";

/// Characters of a name, title, place or speaker at the most.
const LONGEST: usize = 200;

/// Asks whether the actor may manage the orientation of a unit.
fn ask(db: &Reader<'_>, actor: &Actor, unit: UnitId, now: Timestamp) -> Result<Permit> {
    if !actor.may(Action::ManageOrientation) {
        return Err(ServiceError::Forbidden(Action::ManageOrientation));
    }
    authz::ask(db, actor, Action::ManageOrientation, Resource::Unit(unit), now)
}

/// Finds an orientation and asks whether the actor may manage it.
pub(crate) fn locate(
    db: &Reader<'_>,
    office: &Moment,
    actor: &Actor,
    id: OrientationId,
) -> Result<(Orientation, Permit)> {
    if !actor.may(Action::ManageOrientation) {
        return Err(ServiceError::Forbidden(Action::ManageOrientation));
    }
    let found = storage::orientation::fetch(db, id, office.today)?.ok_or(ServiceError::NotFound)?;
    let permit = ask(db, actor, found.unit, office.now)?;
    Ok((found, permit))
}

/// Finds a session and asks whether the actor may manage its orientation.
pub(crate) fn locate_session(
    db: &Reader<'_>,
    office: &Moment,
    actor: &Actor,
    id: SessionId,
) -> Result<(Session, Orientation, Permit)> {
    if !actor.may(Action::ManageOrientation) {
        return Err(ServiceError::Forbidden(Action::ManageOrientation));
    }
    let session = storage::orientation::fetch_session(db, id)?.ok_or(ServiceError::NotFound)?;
    let (of, permit) = locate(db, office, actor, session.orientation)?;
    Ok((session, of, permit))
}

/// Now and today, as one act or look has them.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) now: Timestamp,
    pub(crate) today: base::time::Date,
}

impl Moment {
    pub(crate) fn of(office: &Office) -> Self {
        Self { now: office.now(), today: office.today() }
    }
}

/// Whether an enrolment is invited; a new student of the unit and year who is not yet is invited now, because whoever
/// registered this morning stands at the door before the list was made again.
fn is_invited_or_is_now(
    tx: &Tx<'_>,
    permit: &Permit,
    of: &Orientation,
    enrolment: EnrolmentId,
) -> Result<bool> {
    if storage::orientation::is_invited(tx, of.id, enrolment)? {
        return Ok(true);
    }
    if !storage::orientation::uninvited(tx, of)?.contains(&enrolment) {
        return Ok(false);
    }
    storage::orientation::invite(tx, permit, of.id, &[enrolment])?;
    Ok(true)
}

/// One line of text that must be there.
fn line(field: &'static str, typed: &str, wrong: &mut Vec<FieldError>) -> String {
    let text = optional_line(field, typed, wrong);
    if text.is_empty() {
        wrong.push(FieldError::new(field, "required"));
    }
    text
}

/// One line of text that may be empty.
fn optional_line(field: &'static str, typed: &str, wrong: &mut Vec<FieldError>) -> String {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > LONGEST {
        wrong.push(FieldError::new(field, "too-long").with("max", LONGEST.to_string()));
    }
    text
}

/// A name in both languages.
fn both(tr: (&'static str, &str), en: (&'static str, &str), wrong: &mut Vec<FieldError>) -> Name {
    Name { tr: line(tr.0, tr.1, wrong), en: line(en.0, en.1, wrong) }
}

/// An audit row about an orientation.
fn about(permit: &Permit, action: &str, of: &Orientation, detail: impl Into<String>) -> AuditRow {
    AuditRow {
        object_kind: "orientation",
        object: Some(of.id.get()),
        detail: detail.into(),
        ..AuditRow::by(permit, action)
    }
}

/// An audit row about one student and an orientation or session.
fn about_student(
    permit: &Permit,
    action: &str,
    enrolment: &Enrolment,
    detail: impl Into<String>,
) -> AuditRow {
    AuditRow {
        person: Some(enrolment.person),
        object_kind: "enrolment",
        object: Some(enrolment.id.get()),
        detail: detail.into(),
        ..AuditRow::by(permit, action)
    }
}

/// The invitation of one's own to an orientation, with the proof that it is one's own.
fn own_invitation(
    db: &Reader<'_>,
    actor: &Actor,
    to: OrientationId,
    now: Timestamp,
) -> Result<(OwnInvitation, Enrolment, Permit)> {
    let person = own_person(actor)?;
    let mut all = storage::orientation::invitations_of(db, person)?.into_iter();
    let own = all.find(|invitation| invitation.to == to).ok_or(ServiceError::NotFound)?;
    let enrolment = storage::enrolments::fetch(db, own.enrolment)?.ok_or(ServiceError::NotFound)?;
    let resource = crate::students::resource(&enrolment);
    let permit = authz::ask(db, actor, Action::KeepOwnRecord, resource, now)?;
    Ok((own, enrolment, permit))
}

/// The person whose own record the actor may keep.
fn own_person(actor: &Actor) -> Result<base::ids::PersonId> {
    authz::scope(actor, Action::KeepOwnRecord).own.ok_or(ServiceError::Forbidden(Action::KeepOwnRecord))
}
