//! Many rows into one table: one compiled statement on SQLite, binary `COPY` on PostgreSQL.

use base::ids::Id;

use super::{Conn, Engine, Tx, Value, postgres, sqlite};
use crate::{args, error::Result};

/// An open bulk write; see [`Tx::bulk`].
pub struct Bulk<'c> {
    to: To<'c>,
    rows: u64,
}

enum To<'c> {
    Sqlite(sqlite::Insert<'c>),
    Pg(postgres::Copy<'c>),
}

impl Bulk<'_> {
    /// Adds one row, its values in the order of the columns.
    ///
    /// # Errors
    /// Constraints by name; on PostgreSQL they may come with a later row or at the end.
    pub fn row(&mut self, values: &[Value<'_>]) -> Result<()> {
        self.rows += 1;
        match &mut self.to {
            To::Sqlite(insert) => insert.row(values),
            To::Pg(copy) => copy.row(values),
        }
    }
}

impl Tx<'_> {
    /// Writes rows into `table`; `fill` hands them over and must not use the transaction meanwhile.
    ///
    /// # Errors
    /// What `fill` answers, constraints by name, or the engine's refusal.
    pub fn bulk(
        &self,
        table: &str,
        columns: &[&str],
        fill: impl FnOnce(&mut Bulk<'_>) -> Result<()>,
    ) -> Result<u64> {
        match &self.reader.conn {
            Conn::Sqlite(conn) => {
                let mut bulk =
                    Bulk { to: To::Sqlite(sqlite::Insert::prepare(conn, table, columns)?), rows: 0 };
                self.watch(fill(&mut bulk))?;
                Ok(bulk.rows)
            }
            Conn::Pg(session) => {
                let mut bulk = Bulk { to: To::Pg(session.copy(table, columns)?), rows: 0 };
                fill(&mut bulk)?;
                if let To::Pg(copy) = bulk.to {
                    copy.finish()?;
                }
                Ok(bulk.rows)
            }
        }
    }

    /// Draws `count` row ids of `table` in rising order, for rows that are written with them.
    ///
    /// # Errors
    /// The engine's refusal.
    pub fn reserve_ids<T>(&self, table: &str, count: usize) -> Result<Vec<Id<T>>> {
        let wanted = i64::try_from(count).unwrap_or(i64::MAX);
        match self.engine() {
            Engine::Sqlite => {
                self.execute(
                    "INSERT INTO sqlite_sequence (name, seq) SELECT $1, 0
                     WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $1)",
                    args![table],
                )?;
                let moved = self.one(
                    "UPDATE sqlite_sequence SET seq = seq + $2 WHERE name = $1 RETURNING seq",
                    args![table, wanted],
                    |r| r.int(0),
                )?;
                let last = moved.unwrap_or(wanted);
                Ok((last - wanted + 1..=last).map(Id::new).collect())
            }
            Engine::Postgres => self.query(
                "SELECT nextval(pg_get_serial_sequence($1, 'id')) FROM generate_series(CAST(1 AS BIGINT), $2)",
                args![table, wanted],
                |r| r.id(0),
            ),
        }
    }
}
