//! A fresh database per test on each engine.

use std::sync::atomic::{AtomicU32, Ordering};

use base::time::Timestamp;
use storage::{Db, Permit, Settings};

/// A fresh, migrated database; what it stands on is removed with it.
pub struct Fresh {
    pub db: Db,
    settings: Settings,
    _folder: Option<tempfile::TempDir>,
}

impl Fresh {
    /// The same database as another process opens it.
    pub async fn seen_elsewhere(&self) -> Db {
        Db::open(&self.settings).await.expect("open once more")
    }

    /// The same database as a new role opens it that was prepared for serving (PostgreSQL).
    pub async fn as_serving_role(&self) -> Db {
        let Settings::Postgres(url) = &self.settings else { panic!("SQLite knows no roles") };
        let (_, rest) = url.split_once('@').expect("an address with a user");
        let (_, name) = rest.rsplit_once('/').expect("an address with a database");
        // Roles belong to the whole server: the database's name makes this one's its own.
        let role = format!("serving_{name}");
        let made = format!("CREATE ROLE {role} LOGIN PASSWORD 'sunan'");
        self.db.write(move |tx| tx.batch(&made)).await.expect("a role");
        storage::migrate::grant_to(&self.db, role.clone()).await.expect("rights");
        let settings = Settings::parse(&format!("postgres://{role}:sunan@{rest}")).expect("an address");
        Db::open(&settings).await.expect("open as another")
    }
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
    sqlite_at(storage::migrate::expected_version()).await
}

/// A database as an earlier version left it.
pub async fn sqlite_at(version: i64) -> Fresh {
    let folder = tempfile::tempdir().expect("temporary folder");
    let settings = Settings::Sqlite(folder.path().join("test.sqlite"));
    let db = Db::open(&settings).await.expect("open");
    storage::migrate::migrate_to(&db, version, now()).await.expect("migrate");
    Fresh { db, settings, _folder: Some(folder) }
}

/// A database of its own on the test server; `None` where no server is named.
pub async fn postgres() -> Option<Fresh> {
    postgres_at(storage::migrate::expected_version()).await
}

/// The same as an earlier version left it.
#[expect(clippy::disallowed_methods, reason = "the test run hands over its server in the environment")]
pub async fn postgres_at(version: i64) -> Option<Fresh> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let url = std::env::var("KUNYE_TEST_POSTGRES").ok()?;
    let name = format!("storage_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = Db::open(&Settings::parse(&url).expect("address")).await.expect("server");
    storage::migrate::create_database(&admin, &name).await.expect("create");
    admin.close().await;
    let (server, _) = url.rsplit_once('/').expect("a database in the address");
    let settings = Settings::parse(&format!("{server}/{name}")).expect("address");
    let db = Db::open(&settings).await.expect("open");
    storage::migrate::migrate_to(&db, version, now()).await.expect("migrate");
    Some(Fresh { db, settings, _folder: None })
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
