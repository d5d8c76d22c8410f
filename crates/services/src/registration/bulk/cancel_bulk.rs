//! Stopping a bulk registration.

use base::ids::JobId;

use super::locate;
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    work::ask_to_stop,
};

/// Asks a run to stop: whoever is registered stays so, the rest is not begun. `false` when it had ended before.
///
/// # Errors
/// [`ServiceError::NotFound`] for a run that is unknown or somebody else's, [`ServiceError::Forbidden`] for those who
/// may not start one.
pub async fn cancel_bulk(office: &Office, actor: &Actor, job: JobId) -> Result<bool> {
    if !actor.may(Action::RegisterCandidates) {
        return Err(ServiceError::Forbidden(Action::RegisterCandidates));
    }
    let now = office.now();
    let actor = actor.clone();
    office
        .db
        .write(move |tx| {
            let (found, permit) = locate(tx, &actor, job, now)?;
            ask_to_stop(tx, &permit, &found, "cancel_registrations", "candidates")
        })
        .await
}
