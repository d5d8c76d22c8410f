//! Stopping a fetch.

use base::ids::JobId;

use super::{about, locate};
use crate::{Office, authz::Actor, error::Result};

/// Asks a fetch to stop; nothing of it is written then. `false` when it had ended before.
///
/// # Errors
/// [`crate::ServiceError::NotFound`] for a fetch that is unknown or somebody else's.
pub async fn cancel_fetch(office: &Office, actor: &Actor, job: JobId) -> Result<bool> {
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .write(move |tx| -> Result<bool> {
            let (found, permit) = locate(tx, &actor, job, now)?;
            let asked = storage::jobs::ask_to_cancel(tx, &permit, found.id)?;
            if asked {
                storage::audit::append(tx, &about(&permit, "cancel_placement_fetch", job, String::new()))?;
            }
            Ok(asked)
        })
        .await
}
