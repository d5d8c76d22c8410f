//! Attendance by the student's own phone: the code on the wall leads to the session.

use std::time::Duration;

use base::time::Timestamp;
use domain::orientation::AttendanceChannel;
use storage::{
    Reader,
    enrolments::Enrolment,
    orientation::{Orientation, Session},
};

use super::{Moment, about_student, is_invited_or_is_now, own_person};
use crate::{
    Office,
    authz::{self, Action, Actor},
    error::{Result, ServiceError},
    once,
};

/// Path of the page that the QR code opens, before its key.
pub const ATTEND_PATH: &str = "/oryantasyon/katil/";

/// How long before its beginning a session lets people in.
const DOOR: Duration = Duration::from_secs(15 * 60);

/// A session as the student who stands before its code sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnSession {
    /// The session.
    pub session: Session,
    /// Its orientation.
    pub of: Orientation,
    /// Whether attendance can be noted now.
    pub is_open: bool,
    /// From when it can.
    pub opens_at: Timestamp,
    /// When the own attendance was noted.
    pub came_at: Option<Timestamp>,
}

/// The enrolment with which somebody belongs to an orientation: the invited one, or that of a new student who is not
/// invited yet.
fn own_enrolment(
    db: &Reader<'_>,
    person: base::ids::PersonId,
    of: &Orientation,
) -> Result<Option<Enrolment>> {
    let all = storage::enrolments::of_person(db, person)?;
    for enrolment in &all {
        if storage::orientation::is_invited(db, of.id, enrolment.id)? {
            return Ok(Some(enrolment.clone()));
        }
    }
    let late = storage::orientation::uninvited(db, of)?;
    Ok(all.into_iter().find(|enrolment| late.contains(&enrolment.id)))
}

fn find(db: &Reader<'_>, at: &Moment, actor: &Actor, key: &str) -> Result<(OwnSession, Enrolment)> {
    let person = own_person(actor)?;
    let session = storage::orientation::session_with_key(db, key)?.ok_or(ServiceError::NotFound)?;
    let of = storage::orientation::fetch(db, session.orientation, at.today)?.ok_or(ServiceError::NotFound)?;
    // Whoever is not meant learns of the session no more than the wall says; here nothing.
    let enrolment = own_enrolment(db, person, &of)?.ok_or(ServiceError::NotFound)?;
    let opens_at = session.plan.starts_at.checked_sub(DOOR).unwrap_or(session.plan.starts_at);
    let came = storage::orientation::attendance(db, session.id)?;
    let found = OwnSession {
        is_open: (opens_at..=session.plan.ends_at).contains(&at.now),
        opens_at,
        came_at: came.iter().find(|came| came.enrolment == enrolment.id).map(|came| came.noted_at),
        session,
        of,
    };
    Ok((found, enrolment))
}

/// The session of a key, for a student who belongs to it.
///
/// # Errors
/// [`ServiceError::Forbidden`] for whoever is no student, [`ServiceError::NotFound`] for an unknown key and a session of
/// others alike.
pub async fn find_own_session(office: &Office, actor: &Actor, key: String) -> Result<OwnSession> {
    let (at, actor) = (Moment::of(office), actor.clone());
    office.db.read(move |db| Ok(find(db, &at, &actor, &key)?.0)).await
}

/// Notes the own attendance, from a quarter of an hour before the session until its end. Answers whether it was not
/// noted before.
///
/// # Errors
/// As [`find_own_session`]; [`ServiceError::Invalid`] on `key` (`session-is-closed`).
pub async fn attend_own(office: &Office, actor: &Actor, key: String) -> Result<bool> {
    let at = Moment::of(office);
    once::act(office, actor, move |tx, actor| -> Result<bool> {
        let (own, enrolment) = find(tx, &at, actor, &key)?;
        let resource = crate::students::resource(&enrolment);
        let permit = authz::ask(tx, actor, Action::KeepOwnRecord, resource, at.now)?;
        if own.came_at.is_some() {
            return Ok(false);
        }
        if !own.is_open {
            return Err(ServiceError::field("key", "session-is-closed"));
        }
        if !is_invited_or_is_now(tx, &permit, &own.of, enrolment.id)? {
            return Err(ServiceError::NotFound);
        }
        let channel = AttendanceChannel::Qr;
        let is_new = storage::orientation::attend(tx, &permit, own.session.id, enrolment.id, channel)?;
        if is_new {
            let detail = format!("session={} channel={channel}", own.session.id);
            storage::audit::append(tx, &about_student(&permit, "attend_session", &enrolment, detail))?;
        }
        Ok(is_new)
    })
    .await
}
