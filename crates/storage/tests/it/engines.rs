//! A fresh database per test on each engine.

use std::sync::atomic::{AtomicU32, Ordering};

use base::time::Timestamp;
use storage::{Db, Permit, Settings};

/// A fresh, migrated database; what it stands on is removed with it.
pub struct Fresh {
    pub db: Db,
    _folder: Option<tempfile::TempDir>,
}

pub fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().expect("instant")
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests of storage stand below the authorization that makes permits"
)]
pub fn permit() -> Permit {
    Permit::granted(base::ids::AccountId::new(1), now(), "test")
}

/// Bytes that count up, so that every run is the same.
pub struct Counting;

impl base::random::Randomness for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.iter_mut().zip(1..).for_each(|(byte, n)| *byte = n);
    }
}

pub async fn sqlite() -> Fresh {
    let folder = tempfile::tempdir().expect("temporary folder");
    let db = Db::open(&Settings::Sqlite(folder.path().join("test.sqlite"))).await.expect("open");
    storage::migrate::migrate(&db, now()).await.expect("migrate");
    Fresh { db, _folder: Some(folder) }
}

/// A database of its own on the test server; `None` where no server is named.
#[expect(clippy::disallowed_methods, reason = "the test run hands over its server in the environment")]
pub async fn postgres() -> Option<Fresh> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let url = std::env::var("KUNYE_TEST_POSTGRES").ok()?;
    let name = format!("storage_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = Db::open(&Settings::parse(&url).expect("address")).await.expect("server");
    storage::migrate::create_database(&admin, &name).await.expect("create");
    admin.close().await;
    let (server, _) = url.rsplit_once('/').expect("a database in the address");
    let db = Db::open(&Settings::parse(&format!("{server}/{name}")).expect("address")).await.expect("open");
    storage::migrate::migrate(&db, now()).await.expect("migrate");
    Some(Fresh { db, _folder: None })
}

/// Declares a test that runs on both engines.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite { $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] async fn $name() {
            let fresh = $crate::engines::sqlite().await;
            super::$name(fresh.db.clone()).await;
        })* }
        mod postgres { $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] async fn $name() {
            if let Some(fresh) = $crate::engines::postgres().await {
                super::$name(fresh.db.clone()).await;
            }
        })* }
    };
}
