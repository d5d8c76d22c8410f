//! Going on with papers whose printing was interrupted.

use std::time::Duration;

use base::{ids::DocumentId, time::Timestamp};
use storage::documents::fetch_printable;

use super::complete::complete;
use crate::{
    Office, authz,
    error::{Result, ServiceError},
};

/// For so long a paper is left to the one who is printing it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Papers taken up in one run.
const MOST: u32 = 200;

/// What a run came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Resumed {
    /// Papers that are valid now.
    pub finished: usize,
    /// Papers that stay as they are, or whose number was cancelled because the press refuses them.
    pub failed: usize,
}

/// Prints papers that got their number more than 30 seconds ago and no file yet, from the frozen payload, in the name
/// of whoever issued them. The worker calls it when it starts and again and again; a full disk ends the run, and is told
/// to the log once.
///
/// # Errors
/// [`ServiceError::Storage`] when the database cannot be asked; a single paper's failure is logged and counted.
pub async fn resume_preparing(office: &Office) -> Result<Resumed> {
    let now = office.now();
    let before = now.checked_sub(PATIENCE).unwrap_or(Timestamp::MIN);
    let waiting = office.db.read(move |db| storage::documents::preparing(db, before, MOST)).await?;
    let mut resumed = Resumed::default();
    for id in waiting {
        let was_full = office.room.is_full();
        let done = resume(office, id, now).await;
        office.room.learn(&done);
        match done {
            Ok(()) => resumed.finished += 1,
            Err(error) => {
                resumed.failed += 1;
                let is_full = error.is_disk_full();
                if !(is_full && was_full) {
                    tracing::error!(%error, document = %id, "a paper in preparation could not be finished");
                }
                if is_full {
                    // The next one would be printed for nothing, too.
                    break;
                }
            }
        }
    }
    Ok(resumed)
}

async fn resume(office: &Office, id: DocumentId, now: Timestamp) -> Result<()> {
    let paper = office.db.read(move |db| fetch_printable(db, id)).await?.ok_or(ServiceError::NotFound)?;
    complete(office, id, authz::for_own_account(paper.issued_by, now, "resume")).await
}
