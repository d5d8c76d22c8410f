//! SQLite: readers run where they are called, all writes go through one thread.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU8, Ordering},
        mpsc,
    },
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::oneshot;

use super::{Conn, Reader, Row, Tx, Value};
use crate::{
    error::{Result, StorageError},
    search::SharedRoll,
};

/// How long a write waits for another process or a long act before it answers *busy*.
const PATIENCE: Duration = Duration::from_secs(10);
/// Acts that one commit may carry at the most.
const GROUP: usize = 256;
/// How long the writer goes on taking waiting acts into the open transaction.
const HOLD: Duration = Duration::from_millis(20);
/// Idle reading connections that are kept open.
const READERS: usize = 16;
/// Statements that each connection keeps compiled.
const STATEMENTS: usize = 256;

/// One SQLite file: a pool of readers and the writing thread.
#[derive(Clone)]
pub struct SqliteDb {
    path: Arc<PathBuf>,
    readers: Arc<Mutex<Vec<Connection>>>,
    roll: Arc<SharedRoll>,
    queue: mpsc::Sender<Message>,
}

enum Message {
    Act(Box<dyn Act>),
    Close(oneshot::Sender<()>),
}

/// An act on its way through the writing thread.
trait Act: Send {
    /// Claims the act for running; `false` when its caller has given up waiting.
    fn claim(&self) -> bool;
    /// Runs it.
    fn run(&mut self, conn: &Connection) -> Ran;
    /// Tells the caller, after the commit that carried it ended with `committed`.
    fn answer(self: Box<Self>, committed: Result<()>);
}

/// How an act went.
struct Ran {
    /// Whether what it wrote stays; otherwise its savepoint must be rolled back.
    keep: bool,
    /// Whether a statement of it found no room on the disk.
    no_room: bool,
}

const QUEUED: u8 = 0;
const CLAIMED: u8 = 1;
const GIVEN_UP: u8 = 2;

struct Pending<T, E, F> {
    state: Arc<AtomicU8>,
    roll: Arc<SharedRoll>,
    act: Option<F>,
    result: Option<std::result::Result<T, E>>,
    answer: oneshot::Sender<std::result::Result<T, E>>,
}

impl<T, E, F> Act for Pending<T, E, F>
where
    F: FnOnce(&Tx<'_>) -> std::result::Result<T, E> + Send,
    T: Send,
    E: From<StorageError> + Send,
{
    fn claim(&self) -> bool {
        self.state.compare_exchange(QUEUED, CLAIMED, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    fn run(&mut self, conn: &Connection) -> Ran {
        let Some(act) = self.act.take() else { return Ran { keep: false, no_room: false } };
        let tx = Tx { reader: Reader::new(Conn::Sqlite(conn), &self.roll, true) };
        let result = catch_unwind(AssertUnwindSafe(|| act(&tx)))
            .unwrap_or_else(|_| Err(StorageError::Panicked.into()));
        let ran = Ran { keep: result.is_ok(), no_room: tx.met_full_disk() };
        self.result = Some(result);
        ran
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        let result = match (self.result, committed) {
            (Some(Err(refused)), _) => Err(refused),
            (_, Err(error)) => Err(error.into()),
            (Some(ok), Ok(())) => ok,
            (None, Ok(())) => Err(StorageError::Panicked.into()),
        };
        // A caller that went away (its request was dropped) needs no answer; the commit stands.
        drop(self.answer.send(result));
    }
}

impl SqliteDb {
    /// Opens or creates the file and starts its writing thread.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let describe = |e: rusqlite::Error| match e.into() {
            StorageError::DiskFull => StorageError::DiskFull,
            // Even a database that is only read needs room for its `-shm`.
            StorageError::Sqlite(_) if has_no_room(path) => StorageError::DiskFull,
            StorageError::Sqlite(error) => StorageError::Open(format!("{}: {error}", path.display())),
            other => other,
        };
        make_private(path);
        let writer = Connection::open(path).map_err(describe)?;
        writer.pragma_update(None, "journal_mode", "WAL").map_err(describe)?;
        configure(&writer).map_err(describe)?;
        writer.pragma_update(None, "synchronous", "FULL").map_err(describe)?;
        writer.pragma_update(None, "wal_autocheckpoint", 4000).map_err(describe)?;
        // A page that is changed is copied anyway; mapped, an import would make the process look as large as the file.
        writer.pragma_update(None, "mmap_size", 0).map_err(describe)?;
        let (queue, acts) = mpsc::channel();
        std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || write_loop(writer, &acts))
            .map_err(|e| StorageError::Open(e.to_string()))?;
        Ok(Self { path: Arc::new(path.to_owned()), readers: Arc::default(), roll: Arc::default(), queue })
    }

    fn reader(&self) -> Result<Connection> {
        if let Some(conn) = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            return Ok(conn);
        }
        let conn = Connection::open_with_flags(
            self.path.as_path(),
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        configure(&conn)?;
        conn.pragma_update(None, "query_only", true)?;
        Ok(conn)
    }

    pub(super) fn read<T, E>(
        &self,
        work: impl FnOnce(&Reader<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E>
    where
        E: From<StorageError>,
    {
        let conn = self.reader()?;
        command(&conn, "BEGIN")?;
        let result = work(&Reader::new(Conn::Sqlite(&conn), &self.roll, false));
        command(&conn, "ROLLBACK")?;
        let mut idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < READERS {
            idle.push(conn);
        }
        result
    }

    pub(super) async fn write<T, E, F>(&self, act: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let state = Arc::new(AtomicU8::new(QUEUED));
        let (answer, mut answered) = oneshot::channel();
        let roll = Arc::clone(&self.roll);
        let pending = Pending { state: Arc::clone(&state), roll, act: Some(act), result: None, answer };
        self.queue.send(Message::Act(Box::new(pending))).map_err(|_| StorageError::Panicked)?;
        if let Ok(result) = tokio::time::timeout(PATIENCE, &mut answered).await {
            return result.unwrap_or_else(|_| Err(StorageError::Panicked.into()));
        }
        if state.compare_exchange(QUEUED, GIVEN_UP, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            return Err(StorageError::Busy.into());
        }
        answered.await.unwrap_or_else(|_| Err(StorageError::Panicked.into()))
    }

    pub(super) fn snapshot(&self, target: &Path) -> Result<()> {
        let conn = self.reader()?;
        conn.pragma_update(None, "query_only", false)?;
        conn.execute("VACUUM INTO ?1", [target.to_string_lossy()])?;
        Ok(())
    }

    pub(super) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.queue.send(Message::Close(done)).is_ok() {
            drop(closed.await);
        }
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Makes a new file that its owner alone may read; SQLite gives the files beside it the same rights. What goes wrong here
/// goes wrong again when the file is opened, and is told there.
#[cfg(unix)]
fn make_private(path: &Path) {
    use std::os::unix::fs::OpenOptionsExt;
    drop(fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path));
}

#[cfg(not(unix))]
fn make_private(_: &Path) {}

/// Whether the folder of a database that could not be opened takes no more bytes.
fn has_no_room(path: &Path) -> bool {
    let mut name = OsString::from(path);
    name.push(format!("-room-{}", std::process::id()));
    let tried = File::create_new(&name).and_then(|mut file| file.write_all(&[0; 64 * 1024]));
    drop(fs::remove_file(&name));
    tried.is_err_and(|e| matches!(e.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded))
}

fn configure(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    // Without it every new bind plans the statement anew (decision 001).
    conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cache_size", -4096)?;
    conn.pragma_update(None, "mmap_size", 512 * 1024 * 1024)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

fn command(conn: &Connection, sql: &str) -> Result<()> {
    conn.prepare_cached(sql)?.execute([])?;
    Ok(())
}

fn write_loop(conn: Connection, queue: &mpsc::Receiver<Message>) {
    while let Ok(message) = queue.recv() {
        match message {
            Message::Act(first) => {
                if let Some(done) = one_commit(&conn, queue, first) {
                    drop(conn);
                    let _ = done.send(());
                    return;
                }
            }
            Message::Close(done) => {
                drop(conn);
                let _ = done.send(());
                return;
            }
        }
    }
}

/// Runs `first` and what else is waiting inside one transaction, commits, then answers them all.
fn one_commit(
    conn: &Connection,
    queue: &mpsc::Receiver<Message>,
    first: Box<dyn Act>,
) -> Option<oneshot::Sender<()>> {
    if !first.claim() {
        return None;
    }
    if let Err(error) = command(conn, "BEGIN IMMEDIATE") {
        first.answer(Err(error));
        return None;
    }
    #[expect(clippy::disallowed_methods, reason = "bounds how long the writer is held; never stored")]
    let since = std::time::Instant::now();
    let mut done: Vec<Box<dyn Act>> = Vec::new();
    let mut kept = false;
    let mut closing = None;
    let mut next = Some(first);
    while let Some(mut act) = next.take() {
        match command(conn, "SAVEPOINT act") {
            Ok(()) => {
                let ran = act.run(conn);
                kept |= ran.keep;
                let ended = if ran.keep {
                    command(conn, "RELEASE act")
                } else {
                    command(conn, "ROLLBACK TO act").and_then(|()| command(conn, "RELEASE act"))
                };
                if let Err(error) = ended {
                    // A failure such as a full disk has already undone the whole transaction. What SQLite says here is
                    // only that the savepoint is gone.
                    let error = if ran.no_room { StorageError::DiskFull } else { error };
                    for act in done {
                        act.answer(Err(repeat(&error)));
                    }
                    act.answer(Err(error));
                    drop(command(conn, "ROLLBACK"));
                    return closing;
                }
                done.push(act);
            }
            Err(error) => {
                act.answer(Err(error));
            }
        }
        while next.is_none() && done.len() < GROUP && since.elapsed() < HOLD {
            match queue.try_recv() {
                Ok(Message::Act(act)) => next = act.claim().then_some(act),
                Ok(Message::Close(sender)) => {
                    closing = Some(sender);
                    break;
                }
                Err(_) => break,
            }
        }
        if closing.is_some() {
            break;
        }
    }
    let committed = command(conn, if kept { "COMMIT" } else { "ROLLBACK" });
    if committed.is_err() && !conn.is_autocommit() {
        drop(command(conn, "ROLLBACK"));
    }
    for act in done {
        act.answer(match &committed {
            Ok(()) => Ok(()),
            Err(error) => Err(repeat(error)),
        });
    }
    closing
}

/// The same situation once more, for each act that one failed commit carried.
fn repeat(error: &StorageError) -> StorageError {
    match error {
        StorageError::DiskFull => StorageError::DiskFull,
        StorageError::Busy => StorageError::Busy,
        StorageError::Constraint { constraint } => {
            StorageError::Constraint { constraint: constraint.clone() }
        }
        StorageError::Refused { rule } => StorageError::Refused { rule: rule.clone() },
        other => StorageError::Open(other.to_string()),
    }
}

fn bind(statement: &mut rusqlite::CachedStatement<'_>, args: &[Value<'_>]) -> Result<()> {
    const NAMES: [&str; 24] = [
        "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15",
        "$16", "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24",
    ];
    for (i, value) in args.iter().enumerate() {
        let at = match NAMES.get(i) {
            Some(name) => statement.parameter_index(name)?,
            None => statement.parameter_index(&format!("${}", i + 1))?,
        };
        let at = at.ok_or_else(|| StorageError::Decode {
            column: format!("${}", i + 1),
            found: "deyimde geçmiyor".to_owned(),
        })?;
        statement.raw_bind_parameter(at, value)?;
    }
    Ok(())
}

pub(super) fn each(
    conn: &Connection,
    sql: &str,
    args: &[Value<'_>],
    mut row: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = conn.prepare_cached(sql)?;
    bind(&mut statement, args)?;
    let mut rows = statement.raw_query();
    while let Some(r) = rows.next()? {
        row(&Row::Sqlite(r))?;
    }
    Ok(())
}

pub(super) fn execute(conn: &Connection, sql: &str, args: &[Value<'_>]) -> Result<u64> {
    let mut statement = conn.prepare_cached(sql)?;
    bind(&mut statement, args)?;
    Ok(u64::try_from(statement.raw_execute()?).unwrap_or(u64::MAX))
}

/// A compiled `INSERT` that is run once per row; values are bound by their place.
pub(super) struct Insert<'c> {
    statement: rusqlite::CachedStatement<'c>,
}

impl<'c> Insert<'c> {
    pub(super) fn prepare(conn: &'c Connection, table: &str, columns: &[&str]) -> Result<Self> {
        let places: Vec<String> = (1..=columns.len()).map(|i| format!("?{i}")).collect();
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", "));
        Ok(Self { statement: conn.prepare_cached(&sql)? })
    }

    pub(super) fn row(&mut self, values: &[Value<'_>]) -> Result<()> {
        for (i, value) in values.iter().enumerate() {
            self.statement.raw_bind_parameter(i + 1, value)?;
        }
        self.statement.raw_execute()?;
        Ok(())
    }
}
