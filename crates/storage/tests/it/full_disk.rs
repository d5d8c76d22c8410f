//! A disk that fills up while several acts share a commit.

use std::sync::mpsc;

use storage::{StorageError, Tx, args};
use tokio::sync::oneshot;

use crate::engines;

/// Lets the database grow by so many pages and no more, or for ever.
fn allow_pages(tx: &Tx<'_>, more: Option<i64>) -> Result<(), StorageError> {
    let pages = tx.one("PRAGMA page_count", &[], |r| r.int(0))?.unwrap_or(0);
    let most = more.map_or(i64::from(u32::MAX) - 1, |more| pages + more);
    tx.batch(&format!("PRAGMA max_page_count = {most}"))
}

fn set(tx: &Tx<'_>, key: &str, letters: usize) -> Result<u64, StorageError> {
    tx.execute("INSERT INTO setting (key, value) VALUES ($1, $2)", args![key, "x".repeat(letters)])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_act_of_a_commit_that_finds_no_room_is_told_so() {
    let fresh = engines::sqlite().await;
    let db = &fresh.db;
    db.write(|tx| allow_pages(tx, Some(2))).await.expect("limit");

    // The writer is held up, so that the two acts after it share a commit.
    let (reached, held) = oneshot::channel();
    let (go_on, go) = mpsc::channel::<()>();
    let holder = tokio::spawn({
        let db = db.clone();
        async move {
            db.write(move |_| {
                let _ = reached.send(());
                let _ = go.recv();
                Ok::<_, StorageError>(())
            })
            .await
        }
    });
    held.await.expect("the writer");
    let (small, large, ()) =
        tokio::join!(db.write(|tx| set(tx, "small", 1)), db.write(|tx| set(tx, "large", 100_000)), async {
            go_on.send(()).expect("the writer");
        });
    // Whether it shared the commit depends on how long it was held up.
    drop(holder.await.expect("task"));
    assert!(matches!(large, Err(StorageError::DiskFull)), "{large:?}");
    assert!(matches!(small, Err(StorageError::DiskFull)), "{small:?}");
    let count = "SELECT count(*) FROM setting WHERE key IN ('small', 'large')";
    assert_eq!(db.read(|db| db.count(count, &[])).await.expect("read"), 0);

    db.write(|tx| allow_pages(tx, None)).await.expect("room");
    db.write(|tx| set(tx, "small", 1)).await.expect("small");
    db.write(|tx| set(tx, "large", 100_000)).await.expect("large");
    assert_eq!(db.read(|db| db.count(count, &[])).await.expect("read"), 2);
}
