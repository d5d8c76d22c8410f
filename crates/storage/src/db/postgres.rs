//! PostgreSQL: the closure runs on a blocking thread and waits there for each statement.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    str::FromStr,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use bytes::{BufMut, Bytes, BytesMut};
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod};
use futures_util::{SinkExt, TryStreamExt, future};
use tokio::runtime::Handle;
use tokio_postgres::{
    CopyInSink, Statement,
    types::{IsNull, ToSql, Type},
};

use super::{Conn, Reader, Row, Tx, Value, tls, value::Kept};
use crate::{
    error::{Result, StorageError},
    search::SharedRoll,
};

/// Connections that one instance opens at the most.
const CONNECTIONS: usize = 16;
/// How long a request waits for a free connection before it answers *busy*.
const PATIENCE: Duration = Duration::from_secs(10);

/// A pool of connections to one server.
#[derive(Clone)]
pub struct PgDb {
    pool: Pool,
    roll: Arc<SharedRoll>,
}

/// One connection inside one transaction.
pub(super) struct Session<'c> {
    client: &'c Object,
    handle: &'c Handle,
    /// Statements handed over that are not sent yet.
    waiting: RefCell<Vec<Later>>,
}

/// A statement for whose outcome nobody waits.
struct Later {
    statement: Statement,
    args: Vec<Kept>,
    /// Whether it must touch one row.
    one: bool,
}

/// Statements that wait before they are sent by themselves.
const WAITING: usize = 64;

impl PgDb {
    /// Connects once to see that the server answers.
    pub(super) async fn open(url: &str) -> Result<Self> {
        let (url, tls) = tls::take_out(url)?;
        let mut config =
            tokio_postgres::Config::from_str(&url).map_err(|e| StorageError::Open(e.to_string()))?;
        config.ssl_mode(tls.mode);
        config.connect_timeout(PATIENCE);
        // A page read at random costs as one read in order, as on any disk without moving parts: with the server's own
        // guess a table that was empty when a statement was planned is read whole until its statistics are taken.
        config.options(
            "-c lock_timeout=10s -c timezone=UTC -c client_min_messages=warning -c random_page_cost=1.1",
        );
        let manager = Manager::from_config(
            config,
            tls.connector()?,
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .wait_timeout(Some(PATIENCE))
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .build()
            .map_err(|e| StorageError::Open(e.to_string()))?;
        drop(pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => tls::refusal(&error),
            other => StorageError::Open(other.to_string()),
        })?);
        Ok(Self { pool, roll: Arc::default() })
    }

    pub(super) async fn read<T, E, F>(&self, work: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Reader<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", false, move |tx| work(&tx.reader)).await
    }

    pub(super) async fn write<T, E, F>(&self, act: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.run("BEGIN", true, act).await
    }

    async fn run<T, E, F>(&self, begin: &'static str, writes: bool, act: F) -> std::result::Result<T, E>
    where
        F: FnOnce(&Tx<'_>) -> std::result::Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let client = self.pool.get().await.map_err(|error| match error {
            PoolError::Timeout(_) => StorageError::Busy,
            other => StorageError::Pool(other.to_string()),
        })?;
        let handle = Handle::current();
        let roll = Arc::clone(&self.roll);
        let task = tokio::task::spawn_blocking(move || {
            let result = catch_unwind(AssertUnwindSafe(|| {
                let reader = Reader::new(
                    Conn::Pg(Session { client: &client, handle: &handle, waiting: RefCell::default() }),
                    &roll,
                    writes,
                );
                transact(Tx { reader }, begin, act)
            }));
            result.unwrap_or_else(|_| {
                // The connection may hang in the middle of a statement: it does not go back to the pool.
                drop(Object::take(client));
                Err(StorageError::Panicked.into())
            })
        });
        task.await.unwrap_or_else(|_| Err(StorageError::Panicked.into()))
    }

    /// Runs a statement that may not stand in a transaction.
    pub(crate) async fn outside_transaction(&self, sql: &str) -> Result<()> {
        let client = self.pool.get().await.map_err(|error| StorageError::Pool(error.to_string()))?;
        Ok(client.batch_execute(sql).await?)
    }

    pub(super) fn close(&self) {
        self.pool.close();
    }
}

fn transact<T, E>(
    tx: Tx<'_>,
    begin: &str,
    act: impl FnOnce(&Tx<'_>) -> std::result::Result<T, E>,
) -> std::result::Result<T, E>
where
    E: From<StorageError>,
{
    tx.batch(begin)?;
    let acted = act(&tx).and_then(|value| {
        if let Conn::Pg(session) = &tx.reader.conn {
            session.flush()?;
        }
        Ok(value)
    });
    match acted {
        Ok(value) => {
            tx.batch("COMMIT")?;
            Ok(value)
        }
        Err(error) => {
            if let Conn::Pg(session) = &tx.reader.conn {
                session.waiting.take();
            }
            tx.batch("ROLLBACK")?;
            Err(error)
        }
    }
}

impl Session<'_> {
    pub(super) fn each(
        &self,
        sql: &str,
        args: &[Value<'_>],
        mut row: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let before = self.waiting.take();
        self.handle.block_on(async {
            let statement = self.client.prepare_cached(sql).await?;
            let rows = self.client.query_raw(&statement, args.iter().copied());
            let (before, rows) = future::join(self.send(&before), rows).await;
            before?;
            let mut rows = std::pin::pin!(rows?);
            while let Some(r) = rows.try_next().await? {
                row(&Row::Pg(&r))?;
            }
            Ok(())
        })
    }

    pub(super) fn execute(&self, sql: &str, args: &[Value<'_>]) -> Result<u64> {
        let before = self.waiting.take();
        self.handle.block_on(async {
            let statement = self.client.prepare_cached(sql).await?;
            let touched = self.client.execute_raw(&statement, args.iter().copied());
            let (before, touched) = future::join(self.send(&before), touched).await;
            before?;
            Ok(touched?)
        })
    }

    /// Hands over a statement for whose outcome nobody waits.
    pub(super) fn later(&self, sql: &str, args: &[Value<'_>], one: bool) -> Result<()> {
        let statement = self.handle.block_on(self.client.prepare_cached(sql))?;
        let mut waiting = self.waiting.borrow_mut();
        waiting.push(Later { statement, args: args.iter().map(Kept::of).collect(), one });
        let is_full = waiting.len() >= WAITING;
        drop(waiting);
        if is_full { self.flush() } else { Ok(()) }
    }

    /// Sends what waits and waits for its outcome.
    fn flush(&self) -> Result<()> {
        let waiting = self.waiting.take();
        if waiting.is_empty() { Ok(()) } else { self.handle.block_on(self.send(&waiting)) }
    }

    /// Sends statements one behind the other without waiting between them; the error of the first that failed.
    async fn send(&self, statements: &[Later]) -> Result<()> {
        let mut running: Vec<_> = statements
            .iter()
            .map(|later| {
                let args = later.args.iter().map(Kept::value);
                (Box::pin(self.client.execute_raw(&later.statement, args)), None)
            })
            .collect();
        // What is polled first is sent first.
        std::future::poll_fn(|context| {
            let mut are_done = true;
            for (statement, outcome) in &mut running {
                if outcome.is_none() {
                    match statement.as_mut().poll(context) {
                        Poll::Ready(touched) => *outcome = Some(touched),
                        Poll::Pending => are_done = false,
                    }
                }
            }
            if are_done { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        for ((_, outcome), later) in running.into_iter().zip(statements) {
            let touched = outcome.transpose()?;
            if later.one && touched != Some(1) {
                return Err(StorageError::Stale);
            }
        }
        Ok(())
    }

    pub(super) fn batch(&self, sql: &str) -> Result<()> {
        self.flush()?;
        Ok(self.handle.block_on(self.client.batch_execute(sql))?)
    }
}

/// Bytes that gather before they go to the server.
const COPY_CHUNK: usize = 64 * 1024;
/// What every binary `COPY` begins with: signature, no flags, no extension.
const COPY_HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// A running `COPY … FROM STDIN BINARY`; dropping it unfinished makes the server refuse the transaction.
pub(super) struct Copy<'c> {
    handle: &'c Handle,
    sink: Pin<Box<CopyInSink<Bytes>>>,
    types: Vec<Type>,
    buffer: BytesMut,
}

impl<'c> Session<'c> {
    pub(super) fn copy(&self, table: &str, columns: &[&str]) -> Result<Copy<'c>> {
        self.flush()?;
        let list = columns.join(", ");
        self.handle.block_on(async {
            let shape =
                self.client.prepare_cached(&format!("SELECT {list} FROM {table} WHERE false")).await?;
            let types = shape.columns().iter().map(|c| c.type_().clone()).collect();
            let sink = self.client.copy_in(&format!("COPY {table} ({list}) FROM STDIN BINARY")).await?;
            let buffer = BytesMut::from(COPY_HEADER);
            Ok(Copy { handle: self.handle, sink: Box::pin(sink), types, buffer })
        })
    }
}

impl Copy<'_> {
    pub(super) fn row(&mut self, values: &[Value<'_>]) -> Result<()> {
        self.buffer.put_i16(i16::try_from(values.len()).unwrap_or(i16::MAX));
        for (value, ty) in values.iter().zip(&self.types) {
            let start = self.buffer.len();
            self.buffer.put_i32(-1);
            let refused = |e: Box<dyn std::error::Error + Sync + Send>| StorageError::Decode {
                column: ty.to_string(),
                found: e.to_string(),
            };
            if let IsNull::No = value.to_sql(ty, &mut self.buffer).map_err(refused)? {
                let length = i32::try_from(self.buffer.len() - start - 4).unwrap_or(i32::MAX);
                self.buffer[start..start + 4].copy_from_slice(&length.to_be_bytes());
            }
        }
        if self.buffer.len() >= COPY_CHUNK { self.send() } else { Ok(()) }
    }

    fn send(&mut self) -> Result<()> {
        let chunk = self.buffer.split().freeze();
        Ok(self.handle.block_on(self.sink.send(chunk))?)
    }

    pub(super) fn finish(mut self) -> Result<()> {
        self.buffer.put_i16(-1);
        self.send()?;
        self.handle.block_on(self.sink.as_mut().finish())?;
        Ok(())
    }
}
