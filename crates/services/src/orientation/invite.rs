//! Inviting the new students, and who of them has not come.

use base::ids::OrientationId;
use storage::{
    audit::{AuditRow, shown_list},
    orientation::{Invitee, Orientation},
};

use super::{Moment, about, locate};
use crate::{Office, authz::Actor, error::Result, once};

/// Invites every new student of the unit and year who is not invited yet; called again for those who came later.
/// Answers how many there were.
///
/// # Errors
/// [`crate::ServiceError::NotFound`], [`crate::ServiceError::Forbidden`].
pub async fn invite_students(office: &Office, actor: &Actor, id: OrientationId) -> Result<u64> {
    let at = Moment::of(office);
    once::act(office, actor, move |tx, actor| -> Result<u64> {
        let (of, permit) = locate(tx, &at, actor, id)?;
        let whom = storage::orientation::uninvited(tx, &of)?;
        if whom.is_empty() {
            return Ok(0);
        }
        let invited = storage::orientation::invite(tx, &permit, id, &whom)?;
        let detail = format!("unit={} year={} students={invited}", of.unit_code, of.year);
        storage::audit::append(tx, &about(&permit, "invite_students", &of, detail))?;
        Ok(invited)
    })
    .await
}

/// Which of those invited are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Whom {
    /// Everybody.
    #[default]
    Everybody,
    /// Those alone who came to no session.
    Absent,
    /// Those alone who came to one at least.
    Came,
}

/// Those invited, in Turkish order of the names; one row with the people shown is logged.
///
/// # Errors
/// [`crate::ServiceError::NotFound`], [`crate::ServiceError::Forbidden`].
pub async fn list_invitees(
    office: &Office,
    actor: &Actor,
    id: OrientationId,
    whom: Whom,
) -> Result<(Orientation, Vec<Invitee>)> {
    let (at, actor) = (Moment::of(office), actor.clone());
    let (of, mut all, permit) = office
        .db
        .read(move |db| -> Result<_> {
            let (of, permit) = locate(db, &at, &actor, id)?;
            Ok((of, storage::orientation::invitees(db, id)?, permit))
        })
        .await?;
    all.retain(|one| match whom {
        Whom::Everybody => true,
        Whom::Absent => one.came_to == 0,
        Whom::Came => one.came_to > 0,
    });
    office.reads.note(AuditRow {
        shown: Some(shown_list(all.iter().map(|one| one.person))),
        object_kind: "list",
        ..about(&permit, "read_orientation", &of, "")
    })?;
    Ok((of, all))
}
