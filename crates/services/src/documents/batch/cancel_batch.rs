//! Stopping a batch.

use base::ids::JobId;

use super::locate;
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    work::ask_to_stop,
};

/// Asks a batch to stop: the papers that have their numbers are finished, the rest is not begun. Papers that were
/// made stay valid. `false` when it had ended before.
///
/// # Errors
/// [`ServiceError::NotFound`] for a batch that is unknown or somebody else's, [`ServiceError::Forbidden`] for those who
/// may not order one.
pub async fn cancel_batch(office: &Office, actor: &Actor, job: JobId) -> Result<bool> {
    if !actor.may(Action::IssueDocument) {
        return Err(ServiceError::Forbidden(Action::IssueDocument));
    }
    let now = office.now();
    let actor = actor.clone();
    office
        .db
        .write(move |tx| {
            let (found, permit) = locate(tx, &actor, job, now)?;
            ask_to_stop(tx, &permit, &found, "cancel_batch", "students")
        })
        .await
}
