//! The orientations that a student is invited to.

use base::ids::{OrientationId, SessionId};
use domain::student_file::Name;
use storage::orientation::{Orientation, OwnInvitation, Session};

use super::Moment;
use crate::{
    Office,
    authz::{self, Action, Actor},
    error::{Result, ServiceError},
};

/// An invitation of one's own with the programme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnOrientation {
    /// The orientation.
    pub of: Orientation,
    /// The invitation.
    pub invitation: OwnInvitation,
    /// The programme in order of time. A repeat stands in it for whoever came to no other session.
    pub sessions: Vec<Session>,
    /// The sessions come to.
    pub came_to: Vec<SessionId>,
}

/// Names of the orientations that the actor was invited to and has not opened yet, for the start page; nothing is noted.
///
/// # Errors
/// The database's.
pub async fn unopened_invitations(office: &Office, actor: &Actor) -> Result<Vec<Name>> {
    let today = Moment::of(office).today;
    let Some(person) = authz::scope(actor, Action::KeepOwnRecord).own else { return Ok(Vec::new()) };
    office
        .db
        .read(move |db| {
            let mut names = Vec::new();
            for own in storage::orientation::invitations_of(db, person)? {
                if own.seen_at.is_none()
                    && let Some(of) = storage::orientation::fetch(db, own.to, today)?
                {
                    names.push(of.name);
                }
            }
            Ok(names)
        })
        .await
}

/// The own invitations, the newest first; that they were opened is noted.
///
/// # Errors
/// [`ServiceError::Forbidden`] for whoever has no record of one's own.
pub async fn own_orientations(office: &Office, actor: &Actor) -> Result<Vec<OwnOrientation>> {
    let at = Moment::of(office);
    let person =
        authz::scope(actor, Action::ReadStudent).own.ok_or(ServiceError::Forbidden(Action::KeepOwnRecord))?;
    let found: Vec<OwnOrientation> = office
        .db
        .read(move |db| -> Result<_> {
            let mut found = Vec::new();
            for invitation in storage::orientation::invitations_of(db, person)? {
                let Some(of) = storage::orientation::fetch(db, invitation.to, at.today)? else { continue };
                let came: Vec<SessionId> = storage::orientation::sessions_come_to(db, invitation.enrolment)?
                    .into_iter()
                    .filter(|session| session.orientation == of.id)
                    .map(|session| session.id)
                    .collect();
                let mut sessions = storage::orientation::sessions(db, of.id)?;
                sessions.retain(|s| !s.plan.is_repeat || came.is_empty() || came.contains(&s.id));
                found.push(OwnOrientation { of, invitation, sessions, came_to: came });
            }
            Ok(found)
        })
        .await?;
    let unseen: Vec<OrientationId> =
        found.iter().filter(|own| own.invitation.seen_at.is_none()).map(|own| own.of.id).collect();
    // Who may only look leaves no trace of having looked.
    if !unseen.is_empty() && actor.may(Action::KeepOwnRecord) {
        let actor = actor.clone();
        office
            .db
            .write(move |tx| -> Result<()> {
                for to in unseen {
                    let (own, _, permit) = super::own_invitation(tx, &actor, to, at.now)?;
                    storage::orientation::see(tx, &permit, to, own.enrolment)?;
                }
                Ok(())
            })
            .await?;
    }
    Ok(found)
}
