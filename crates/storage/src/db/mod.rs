//! One [`Db`] for both engines. Callers hand over a closure; it is one transaction.
//!
//! On SQLite a read runs where it is called, on a pooled connection; writes run on one thread that
//! commits all waiting acts with one sync, a savepoint each. On PostgreSQL the closure runs on a
//! blocking thread with a pooled connection. The reasons and figures are in decision 001.

mod bulk;
mod postgres;
mod row;
mod sqlite;
mod tls;
mod value;

use std::{cell::Cell, path::PathBuf};

pub use self::{
    bulk::Bulk,
    row::Row,
    value::{ToValue, Value},
};
use self::{postgres::PgDb, sqlite::SqliteDb};
use crate::{
    error::{AddressFault, Result, StorageError},
    search::SharedRoll,
};

/// Which database, as `KUNYE_DATABASE` says it.
#[derive(Clone, PartialEq, Eq)]
pub enum Settings {
    /// One file for a single office.
    Sqlite(PathBuf),
    /// A connection string of a PostgreSQL server.
    Postgres(String),
}

impl Settings {
    /// Reads `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// [`AddressFault::Form`].
    pub fn parse(text: &str) -> Result<Self> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            Ok(Self::Sqlite(PathBuf::from(path.trim_start_matches("//"))))
        } else if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self::Postgres(text.to_owned()))
        } else {
            Err(StorageError::Address(AddressFault::Form))
        }
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

/// Which engine a statement will meet; asked only where the engines must differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Embedded SQLite.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

/// An open database; cheap to clone.
#[derive(Clone)]
pub enum Db {
    /// Embedded SQLite.
    Sqlite(SqliteDb),
    /// PostgreSQL.
    Postgres(PgDb),
}

impl Db {
    /// Opens the database without changing its schema. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`StorageError::Open`] when it cannot be reached.
    pub async fn open(settings: &Settings) -> Result<Self> {
        match settings {
            Settings::Sqlite(path) => Ok(Self::Sqlite(SqliteDb::open(path)?)),
            Settings::Postgres(url) => Ok(Self::Postgres(PgDb::open(url).await?)),
        }
    }

    /// The engine behind this database.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs `work` on one consistent view of the data.
    ///
    /// # Errors
    /// Whatever `work` answers, or a [`StorageError`] of the engine.
    pub async fn read<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Reader<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        match self {
            Self::Sqlite(db) => db.read(work),
            Self::Postgres(db) => db.read(work).await,
        }
    }

    /// As [`Db::read`], away from the threads that answer requests: for exports, reports and checks
    /// that take longer than a page.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_apart<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Reader<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        match self {
            Self::Sqlite(db) => {
                let db = db.clone();
                tokio::task::spawn_blocking(move || db.read(work))
                    .await
                    .unwrap_or_else(|_| Err(StorageError::Panicked.into()))
            }
            Self::Postgres(db) => db.read(work).await,
        }
    }

    /// Runs `act` as one transaction. It answers only after the commit is durable; an `Err` from
    /// `act` undoes everything it wrote.
    ///
    /// # Errors
    /// Whatever `act` answers; [`StorageError::Busy`] when a long write of somebody else did not end
    /// in time (nothing was written); [`StorageError::DiskFull`].
    pub async fn write<T, E, F>(&self, act: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        match self {
            Self::Sqlite(db) => db.write(act).await,
            Self::Postgres(db) => db.write(act).await,
        }
    }

    /// A copy of the whole database as of one instant, written to `target` (SQLite only).
    ///
    /// # Errors
    /// [`StorageError::OtherEngine`] on PostgreSQL, where the server's own tools make the copy.
    pub async fn snapshot_sqlite(&self, target: PathBuf) -> Result<()> {
        match self {
            Self::Sqlite(db) => {
                let db = db.clone();
                tokio::task::spawn_blocking(move || db.snapshot(&target))
                    .await
                    .map_err(|_| StorageError::Panicked)?
            }
            Self::Postgres(_) => Err(StorageError::OtherEngine),
        }
    }

    /// Waits until the writer has finished what was handed to it and closes the connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(db) => db.close().await,
            Self::Postgres(db) => db.close(),
        }
    }
}

enum Conn<'c> {
    Sqlite(&'c rusqlite::Connection),
    Pg(postgres::Session<'c>),
}

/// A consistent view of the database.
pub struct Reader<'c> {
    conn: Conn<'c>,
    /// What all views of this database share of the index of students.
    roll: &'c SharedRoll,
    /// Whether what is seen here may yet be undone.
    may_be_undone: bool,
    /// Whether a statement found no room on the disk, whatever became of its error afterwards.
    no_room: Cell<bool>,
}

impl<'c> Reader<'c> {
    fn new(conn: Conn<'c>, roll: &'c SharedRoll, may_be_undone: bool) -> Self {
        Self { conn, roll, may_be_undone, no_room: Cell::new(false) }
    }
}

impl Reader<'_> {
    /// Looks at how a statement ended.
    fn watch<T>(&self, ended: Result<T>) -> Result<T> {
        if matches!(ended, Err(StorageError::DiskFull)) {
            self.no_room.set(true);
        }
        ended
    }

    fn met_full_disk(&self) -> bool {
        self.no_room.get()
    }

    pub(crate) fn shared_roll(&self) -> &SharedRoll {
        self.roll
    }

    /// Whether this view belongs to a transaction that writes.
    pub(crate) fn may_be_undone(&self) -> bool {
        self.may_be_undone
    }

    /// The engine behind this view.
    pub fn engine(&self) -> Engine {
        match self.conn {
            Conn::Sqlite(_) => Engine::Sqlite,
            Conn::Pg(_) => Engine::Postgres,
        }
    }

    /// All rows, each read by `row`.
    ///
    /// # Errors
    /// The engine's refusal of the statement, or what `row` answers.
    pub fn query<T>(
        &self,
        sql: &str,
        args: &[Value<'_>],
        mut row: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut out = Vec::new();
        self.each(sql, args, |r| {
            out.push(row(r)?);
            Ok(())
        })?;
        Ok(out)
    }

    /// Hands the rows to `row` one by one without keeping them, for exports and long lists.
    ///
    /// # Errors
    /// As [`Reader::query`].
    pub fn each(&self, sql: &str, args: &[Value<'_>], row: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        self.watch(match &self.conn {
            Conn::Sqlite(conn) => sqlite::each(conn, sql, args, row),
            Conn::Pg(session) => session.each(sql, args, row),
        })
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Reader::query`].
    pub fn one<T>(
        &self,
        sql: &str,
        args: &[Value<'_>],
        mut row: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut out = None;
        self.each(sql, args, |r| {
            if out.is_none() {
                out = Some(row(r)?);
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// The single integer of a `SELECT count(*) …`.
    ///
    /// # Errors
    /// As [`Reader::query`].
    pub fn count(&self, sql: &str, args: &[Value<'_>]) -> Result<i64> {
        Ok(self.one(sql, args, |r| r.int(0))?.unwrap_or(0))
    }
}

/// An open transaction: a [`Reader`] that may also write.
pub struct Tx<'c> {
    reader: Reader<'c>,
}

impl<'c> std::ops::Deref for Tx<'c> {
    type Target = Reader<'c>;
    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

impl Tx<'_> {
    /// Runs a statement and answers how many rows it touched.
    ///
    /// # Errors
    /// Constraints and triggers by name, or the engine's refusal.
    pub fn execute(&self, sql: &str, args: &[Value<'_>]) -> Result<u64> {
        self.watch(match &self.reader.conn {
            Conn::Sqlite(conn) => sqlite::execute(conn, sql, args),
            Conn::Pg(session) => session.execute(sql, args),
        })
    }

    /// Runs a statement for whose outcome nobody waits: on PostgreSQL it is sent together with the next one that
    /// somebody waits for, at the latest before the commit, and in order. Its error is told by that one.
    ///
    /// # Errors
    /// As [`Tx::execute`], here or at the next statement.
    pub fn later(&self, sql: &str, args: &[Value<'_>]) -> Result<()> {
        self.watch(match &self.reader.conn {
            Conn::Sqlite(conn) => sqlite::execute(conn, sql, args).map(drop),
            Conn::Pg(session) => session.later(sql, args, false),
        })
    }

    /// As [`Tx::later`], for a statement that must touch one row.
    ///
    /// # Errors
    /// As [`Tx::later`]; [`StorageError::Stale`] when it touched none.
    pub fn later_one(&self, sql: &str, args: &[Value<'_>]) -> Result<()> {
        self.watch(match &self.reader.conn {
            Conn::Sqlite(conn) => sqlite::execute(conn, sql, args)
                .and_then(|touched| if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }),
            Conn::Pg(session) => session.later(sql, args, true),
        })
    }

    /// Runs an `INSERT … RETURNING id`.
    ///
    /// # Errors
    /// As [`Tx::execute`].
    pub fn insert<T>(&self, sql: &str, args: &[Value<'_>]) -> Result<base::ids::Id<T>> {
        self.one(sql, args, |r| r.id(0))?
            .ok_or(StorageError::Decode { column: "id".to_owned(), found: "satır yok".to_owned() })
    }

    /// Runs several statements without arguments, for migrations.
    ///
    /// # Errors
    /// The engine's refusal.
    pub fn batch(&self, sql: &str) -> Result<()> {
        self.watch(match &self.reader.conn {
            Conn::Sqlite(conn) => conn.execute_batch(sql).map_err(Into::into),
            Conn::Pg(session) => session.batch(sql),
        })
    }
}

/// Arguments of a statement, in the order of `$1`, `$2`, …
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::db::ToValue::to_value(&$value)),*] };
}
