//! The audit log: writes in their own transaction, reads in groups.
//!
//! A page that shows personal data goes out once its row is in the group; the group is durable
//! within a second. At most that second of *read* rows can be lost to a killed process.

mod read;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use storage::{Db, audit::AuditRow};
use tokio::sync::Notify;

pub use self::read::{AuditPage, AuditQuery, read_audit, read_own_audit};
pub use storage::audit::AuditLine;

/// How long rows gather before they are written.
const GATHER: Duration = Duration::from_millis(200);

/// Collects rows about reads and writes them in groups. Cheap to clone.
#[derive(Clone)]
pub struct ReadLog {
    inner: Arc<Inner>,
}

struct Inner {
    waiting: Mutex<Vec<AuditRow>>,
    wake: Notify,
    db: Db,
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
                task.flush().await;
            }
        });
        Self { inner }
    }

    /// Puts a read into the open group.
    pub fn note(&self, row: AuditRow) {
        let mut waiting = self.inner.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let first = waiting.is_empty();
        waiting.push(row);
        drop(waiting);
        if first {
            self.inner.wake.notify_one();
        }
    }

    /// Writes what has gathered, now; called before the process ends and in tests.
    pub async fn flush(&self) {
        self.inner.flush().await;
    }
}

impl Inner {
    async fn flush(&self) {
        let rows = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if rows.is_empty() {
            return;
        }
        let rows = Arc::new(rows);
        let writing = Arc::clone(&rows);
        let written =
            self.db.write(move |tx| writing.iter().try_for_each(|row| storage::audit::append(tx, row))).await;
        if let Err(error) = written {
            // Kept for the next try rather than lost; the order inside the log is by time of the read.
            tracing::error!(%error, rows = rows.len(), "audit rows of reads could not be written yet");
            let mut again = Arc::unwrap_or_clone(rows);
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            again.append(&mut waiting);
            *waiting = again;
            drop(waiting);
            self.wake.notify_one();
        }
    }
}
