//! One orientation, and one session of it, as the office sees them.

use base::ids::{OrientationId, SessionId};
use domain::orientation::Feedback;
use storage::{
    Reader,
    audit::{AuditRow, shown_list},
    orientation::{Attendance, Figures, Invitee, Orientation, Session},
};

use super::{Moment, about, locate, locate_session};
use crate::{Office, authz::Actor, error::Result};

/// One orientation with what there is to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenedOrientation {
    /// The orientation.
    pub of: Orientation,
    /// Its sessions in order of time.
    pub sessions: Vec<Session>,
    /// Its figures.
    pub figures: Figures,
    /// New students who are not invited yet.
    pub uninvited: i64,
    /// What was thought of it, without saying who thought it.
    pub feedback: Feedback,
}

/// Opens an orientation. It names no student.
///
/// # Errors
/// [`crate::ServiceError::NotFound`], [`crate::ServiceError::Forbidden`].
pub async fn open_orientation(
    office: &Office,
    actor: &Actor,
    id: OrientationId,
) -> Result<OpenedOrientation> {
    let (at, actor) = (Moment::of(office), actor.clone());
    office
        .db
        .read(move |db| {
            let (of, _) = locate(db, &at, &actor, id)?;
            let names = storage::orientation::names_invited(db, id)?;
            let names = names.iter().map(String::as_str);
            let feedback = Feedback::of(storage::orientation::feedback(db, id)?, names);
            Ok(OpenedOrientation {
                sessions: storage::orientation::sessions(db, id)?,
                figures: storage::orientation::figures(db, id)?,
                uninvited: storage::orientation::count_uninvited(db, &of)?,
                feedback,
                of,
            })
        })
        .await
}

/// A session without its people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundSession {
    /// The session.
    pub session: Session,
    /// Its orientation.
    pub of: Orientation,
}

impl FoundSession {
    /// The address behind the QR code.
    pub fn attend_url(&self, office: &Office) -> String {
        format!("{}{}{}", office.public_url, super::ATTEND_PATH, self.session.attend_key)
    }
}

/// Finds a session. It names no student.
///
/// # Errors
/// [`crate::ServiceError::NotFound`], [`crate::ServiceError::Forbidden`].
pub async fn find_session(office: &Office, actor: &Actor, id: SessionId) -> Result<FoundSession> {
    let (at, actor) = (Moment::of(office), actor.clone());
    office
        .db
        .read(move |db| {
            let (session, of, _) = locate_session(db, &at, &actor, id)?;
            Ok(FoundSession { session, of })
        })
        .await
}

/// A session with whom it expects and who came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenedSession {
    /// The session.
    pub session: Session,
    /// Its orientation.
    pub of: Orientation,
    /// Whom it expects, in Turkish order of the names: everybody invited, or for a repeat those who came to no other
    /// session.
    pub expected: Vec<Invitee>,
    /// Who came, in the order in which they were noted.
    pub came: Vec<Attendance>,
}

impl OpenedSession {
    /// How somebody's attendance was noted; none for who did not come.
    pub fn attendance_of(&self, invitee: &Invitee) -> Option<&Attendance> {
        self.came.iter().find(|came| came.enrolment == invitee.enrolment)
    }
}

/// Whom a session expects, in Turkish order of the names (everybody invited, or for a repeat those who came to no other
/// session), and who came to it.
pub(crate) fn expected(db: &Reader<'_>, session: &Session) -> Result<(Vec<Invitee>, Vec<Attendance>)> {
    let came = storage::orientation::attendance(db, session.id)?;
    let mut expected = storage::orientation::invitees(db, session.orientation)?;
    if session.plan.is_repeat {
        let here: std::collections::HashSet<_> = came.iter().map(|came| came.enrolment).collect();
        expected.retain(|one| one.came_to == 0 || here.contains(&one.enrolment));
    }
    Ok((expected, came))
}

/// Opens a session with its list; one row with the people shown is logged.
///
/// # Errors
/// [`crate::ServiceError::NotFound`], [`crate::ServiceError::Forbidden`].
pub async fn open_session(office: &Office, actor: &Actor, id: SessionId) -> Result<OpenedSession> {
    let (at, actor) = (Moment::of(office), actor.clone());
    let (session, of, expected, came, permit) = office
        .db
        .read(move |db| -> Result<_> {
            let (session, of, permit) = locate_session(db, &at, &actor, id)?;
            let (expected, came) = expected(db, &session)?;
            Ok((session, of, expected, came, permit))
        })
        .await?;
    office.reads.note(AuditRow {
        shown: Some(shown_list(expected.iter().map(|one| one.person))),
        object_kind: "list",
        ..about(&permit, "read_orientation", &of, format!("session={id}"))
    })?;
    Ok(OpenedSession { session, of, expected, came })
}
