//! An office of one's own: a fresh, migrated database and ports that stay inside the test.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use base::time::Clock;
use services::{Actor, Office, audit::ReadLog};
use storage::{Db, Settings};
use tempfile::TempDir;

use crate::{FixedClock, MemoryFiles, PlacementPages, PlainPress, SeededChance};

/// The instant at which every test office begins: Monday, 23 November 2026, noon in Turkey.
const NOON: &str = "2026-11-23T09:00:00Z";

/// An office with the handles that a test turns. Its database goes when it is dropped.
pub struct TestOffice {
    /// The office itself.
    pub office: Office,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// Its files.
    pub files: Arc<MemoryFiles>,
    /// Its placement service, which has nobody at first.
    pub placements: Arc<PlacementPages>,
    folder: TempDir,
}

impl TestOffice {
    /// An office on SQLite in a folder of its own.
    pub async fn sqlite() -> Self {
        let folder = TempDir::new().expect("a folder");
        let settings = Settings::Sqlite(folder.path().join("kunye.sqlite"));
        Self::on(&settings, folder).await
    }

    /// An office on a database of its own on the test run's server; none where the run has no server.
    #[expect(clippy::disallowed_methods, reason = "the test run names its server in the environment")]
    pub async fn postgres() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("KUNYE_TEST_POSTGRES").ok()?;
        let name = format!("testkit_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let admin = Db::open(&Settings::parse(&server).expect("an address")).await.expect("a server");
        storage::migrate::create_database(&admin, &name).await.expect("a database");
        admin.close().await;
        let (address, _) = server.rsplit_once('/').expect("an address with a database");
        let settings = Settings::parse(&format!("{address}/{name}")).expect("an address");
        Some(Self::on(&settings, TempDir::new().expect("a folder")).await)
    }

    /// One office per engine that this test run has.
    pub async fn all() -> Vec<Self> {
        let mut offices = vec![Self::sqlite().await];
        offices.extend(Self::postgres().await);
        offices
    }

    async fn on(settings: &Settings, folder: TempDir) -> Self {
        let clock = Arc::new(FixedClock::new(NOON.parse().expect("an instant")));
        let files = Arc::new(MemoryFiles::default());
        let placements = Arc::new(PlacementPages::with(Vec::new()));
        let db = Db::open(settings).await.expect("a database");
        storage::migrate::migrate(&db, clock.now()).await.expect("the schema");
        let office = Office {
            reads: ReadLog::start(db.clone()),
            room: services::room::Room::default(),
            figures: services::registration::figures::LiveFigures::default(),
            db,
            book: Arc::new(regulations::book("ornek").expect("the profile")),
            clock: clock.clone(),
            random: Arc::new(SeededChance::new(1)),
            files: files.clone(),
            press: Arc::new(PlainPress),
            placements: Some(placements.clone()),
            public_url: Arc::from("https://kunye.example.invalid"),
        };
        Self { office, clock, files, placements, folder }
    }

    /// Whoever sits at the console.
    pub fn console(&self) -> Actor {
        Actor::system("test")
    }

    /// The office's folder, for files of the test.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}
