//! The audit log: writes in their own transaction, reads in groups.
//!
//! A page that shows personal data goes out once its row is in the group; the group is durable
//! within a second. At most that second of *read* rows can be lost to a killed process. When a group
//! cannot be written, most likely because the disk is full, nothing more is shown until it is: see
//! [`ReadLog::note`].

mod names;
mod read;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use storage::{Db, StorageError, audit::AuditRow};
use tokio::sync::Notify;

pub use self::{
    names::AuditNames,
    read::{AuditPage, AuditQuery, read_audit, read_own_audit},
};
pub use storage::audit::AuditLine;

use crate::error::{Result, ServiceError};

/// How long rows gather before they are written.
const GATHER: Duration = Duration::from_millis(200);
/// How long to wait before rows that could not be written are tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// Collects rows about reads and writes them in groups. Cheap to clone.
#[derive(Clone)]
pub struct ReadLog {
    inner: Arc<Inner>,
}

struct Inner {
    waiting: Mutex<Waiting>,
    wake: Notify,
    db: Db,
}

#[derive(Default)]
struct Waiting {
    rows: Vec<AuditRow>,
    /// Why the last group could not be written, where it could not.
    held: Option<Held>,
}

/// Why rows about reads cannot be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Held {
    NoRoom,
    Other,
}

impl Held {
    /// A long write of somebody else delays a group and holds nothing up.
    fn of(error: &StorageError) -> Option<Self> {
        match error {
            StorageError::Busy => None,
            StorageError::DiskFull => Some(Self::NoRoom),
            _ => Some(Self::Other),
        }
    }
}

impl ReadLog {
    /// Starts the task that writes the groups; needs a tokio runtime.
    pub fn start(db: Db) -> Self {
        let inner = Arc::new(Inner { waiting: Mutex::default(), wake: Notify::new(), db });
        let task = Arc::clone(&inner);
        tokio::spawn(async move {
            loop {
                task.wake.notified().await;
                tokio::time::sleep(GATHER).await;
                while !task.flush().await {
                    tokio::time::sleep(AGAIN).await;
                }
            }
        });
        Self { inner }
    }

    /// Puts a read into the open group; what was read may be shown when this succeeds.
    ///
    /// A read that would leave no trace is refused: while earlier rows cannot be written, no personal data goes out.
    /// They are kept and tried again every second, and reading goes on by itself once they are written.
    ///
    /// # Errors
    /// [`StorageError::DiskFull`], or [`ServiceError::Port`] `audit` where the database refuses for another reason.
    pub fn note(&self, row: AuditRow) -> Result<()> {
        let mut waiting = self.inner.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        match waiting.held {
            Some(Held::NoRoom) => return Err(StorageError::DiskFull.into()),
            Some(Held::Other) => {
                let message = "denetim kaydı yazılamıyor; kişisel veri gösterilmiyor".to_owned();
                return Err(ServiceError::Port { port: "audit", message });
            }
            None => {}
        }
        let first = waiting.rows.is_empty();
        waiting.rows.push(row);
        drop(waiting);
        if first {
            self.inner.wake.notify_one();
        }
        Ok(())
    }

    /// Whether rows wait because the disk has no room for them.
    pub fn waits_for_room(&self) -> bool {
        self.inner.waiting.lock().unwrap_or_else(PoisonError::into_inner).held == Some(Held::NoRoom)
    }

    /// Writes what has gathered, now; called before the process ends and in tests. `false` when it could not be written.
    pub async fn flush(&self) -> bool {
        self.inner.flush().await
    }
}

impl Inner {
    async fn flush(&self) -> bool {
        let rows = std::mem::take(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner).rows);
        if rows.is_empty() {
            return true;
        }
        let (left, error) = match self.write(rows).await {
            Err((rows, error)) if is_of_a_row(&error) => self.write_each(rows).await,
            Err((rows, error)) => (rows, Some(error)),
            Ok(()) => (Vec::new(), None),
        };
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let was_held = waiting.held;
        waiting.held = error.as_ref().and_then(Held::of);
        let Some(error) = error else {
            if was_held.is_some() {
                tracing::info!("audit rows of reads are written again; reading goes on");
            }
            return true;
        };
        // Kept for the next try rather than lost; the order inside the log is by time of the read.
        let mut again = left;
        again.append(&mut waiting.rows);
        let kept = again.len();
        waiting.rows = again;
        // Said once, not every second: a full disk is not helped by a long log.
        if waiting.held.is_none() || waiting.held != was_held {
            tracing::error!(%error, rows = kept, "audit rows of reads could not be written yet");
        }
        false
    }

    /// Writes rows in one transaction; gives them back where that fails.
    async fn write(&self, rows: Vec<AuditRow>) -> Result<(), (Vec<AuditRow>, StorageError)> {
        let rows = Arc::new(rows);
        let writing = Arc::clone(&rows);
        let written =
            self.db.write(move |tx| writing.iter().try_for_each(|row| storage::audit::append(tx, row))).await;
        written.map_err(|error| (Arc::unwrap_or_clone(rows), error))
    }

    /// Writes rows one by one, so that one that the database will never take keeps no other from the log; the rows that
    /// are left when the database itself fails.
    async fn write_each(&self, rows: Vec<AuditRow>) -> (Vec<AuditRow>, Option<StorageError>) {
        let mut left = rows.into_iter();
        while let Some(row) = left.next() {
            match self.write(vec![row]).await {
                Ok(()) => {}
                Err((refused, error)) if is_of_a_row(&error) => {
                    for AuditRow { action, account, person, object_kind, object, .. } in refused {
                        tracing::error!(%error, action, ?account, ?person, object_kind, ?object, "the audit log never takes this row of a read");
                    }
                }
                Err((mut back, error)) => {
                    back.extend(left);
                    return (back, Some(error));
                }
            }
        }
        (Vec::new(), None)
    }
}

/// Whether the database refuses what a row says, and would refuse it again.
fn is_of_a_row(error: &StorageError) -> bool {
    matches!(
        error,
        StorageError::Constraint { .. } | StorageError::Refused { .. } | StorageError::Decode { .. }
    )
}
