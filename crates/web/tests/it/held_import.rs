//! A real import of records that stands still inside its write transaction, so that every other write has to wait.

#![expect(clippy::expect_used, reason = "a test whose import cannot be set up has failed")]

use std::sync::mpsc;

use services::{
    Actor, Office,
    records::{Checked, Phase, apply_records},
};
use testkit::RecordsFolder;
use tokio::{sync::oneshot, task::JoinHandle};

/// The import, until it is let go.
pub(crate) struct HeldImport {
    go: mpsc::Sender<()>,
    done: JoinHandle<()>,
}

impl HeldImport {
    /// Starts an import of the small folder and answers once it writes.
    pub(crate) async fn start(office: &Office, actor: Actor) -> Self {
        let (go, wait) = mpsc::channel();
        let (here, arrived) = oneshot::channel();
        let mut here = Some(here);
        let office = office.clone();
        let done = tokio::spawn(async move {
            let folder = RecordsFolder::small();
            let stop = Box::new(move |progress: services::records::Progress| {
                if matches!(progress.phase, Phase::Applying)
                    && let Some(here) = here.take()
                {
                    here.send(()).expect("a test that waits");
                    wait.recv().expect("a test that goes on");
                }
            });
            let taken = apply_records(&office, &actor, folder.path(), stop).await;
            assert!(matches!(taken, Ok(Checked::Sound(_))), "{taken:?}");
        });
        arrived.await.expect("an import that writes");
        Self { go, done }
    }

    /// Lets the import end.
    pub(crate) async fn end(self) {
        self.go.send(()).expect("an import that waits");
        self.done.await.expect("an import that ends");
    }
}
