//! The PostgreSQL server that the test run names: databases and roles of a test's own.

use std::sync::atomic::{AtomicU32, Ordering};

use storage::{Db, Settings, migrate};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// The server of `KUNYE_TEST_POSTGRES`, whose role may create databases and roles.
pub struct Server {
    url: String,
}

/// An empty database that belongs to a role of its own, and a role to serve with; neither may do anything else there.
pub struct Roles {
    /// Address for the owner.
    pub owner: String,
    /// Address for the serving role.
    pub serving: String,
    /// Name of the serving role.
    pub serving_name: String,
}

impl Server {
    /// The server, where the test run has one.
    #[expect(clippy::disallowed_methods, reason = "the test run hands over its server in the environment")]
    pub fn named() -> Option<Self> {
        Some(Self { url: std::env::var("KUNYE_TEST_POSTGRES").ok()? })
    }

    /// The address of the server's own database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address of a new, empty database.
    pub fn database(&self) -> String {
        let name = fresh_name("office");
        self.on(async |db| migrate::create_database(db, &name).await.expect("a database"));
        let (server, _) = self.url.rsplit_once('/').expect("an address with a database");
        format!("{server}/{name}")
    }

    /// A new, empty database with its roles.
    pub fn roles(&self) -> Roles {
        let database = self.database();
        let (_, name) = database.rsplit_once('/').expect("an address with a database");
        let (owner, serving_name) = (fresh_name("owner"), fresh_name("serving"));
        let made = format!(
            "CREATE ROLE {owner} LOGIN PASSWORD 'sahip'; CREATE ROLE {serving_name} LOGIN PASSWORD 'sunan';
             ALTER DATABASE {name} OWNER TO {owner}"
        );
        self.on(async |db| db.write(move |tx| tx.batch(&made)).await.expect("roles"));
        let (_, place) = database.split_once('@').expect("an address with a user");
        Roles {
            owner: format!("postgres://{owner}:sahip@{place}"),
            serving: format!("postgres://{serving_name}:sunan@{place}"),
            serving_name,
        }
    }

    fn on(&self, work: impl AsyncFnOnce(&Db)) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let db = Db::open(&Settings::parse(&self.url).expect("an address")).await.expect("a server");
            work(&db).await;
            db.close().await;
        });
    }
}

/// A name that nobody else on the server has.
fn fresh_name(of: &str) -> String {
    format!("app_{of}_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}
