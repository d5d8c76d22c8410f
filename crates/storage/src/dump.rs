//! The whole database as lines of text that either engine reads, for backups and for moving house.
//!
//! What is here knows tables and columns from the schema itself, so that a new table is in the next backup
//! without anybody's doing. It must never contain a rule about what stands in them; the one exception is the
//! status of an enrolment, which the schema lets nobody set before its ledger entry is there.

mod cell;
mod sequences;
mod shape;

use std::io::{self, BufRead, Write};

use base::ids::EnrolmentId;

use self::cell::{Cell, write_cell};
pub use self::{
    sequences::{read_sequences, set_sequences},
    shape::{Column, Kind, Table, occupied, tables},
};
use crate::{
    args,
    db::{Engine, Reader, Tx, Value},
    error::{Result, StorageError},
    ledger,
    permit::Permit,
};

/// Why a table could not be written out or read in.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The file.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A line is not what this table's lines look like.
    #[error("{table}, {line}. satır: {why}")]
    Malformed {
        /// The table.
        table: String,
        /// Line from 1; the first one names the columns.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
}

/// Bytes that gather before they are handed on.
const CHUNK: usize = 64 * 1024;

/// Columns of an enrolment that its ledger must have allowed first.
const STATUS: [&str; 3] = ["status", "status_since", "status_entry_id"];

/// Writes a table as lines of JSON: its columns' names first, then one list per row, in order of its key.
/// `moved` hears the number of rows so far.
///
/// Days stand as `yyyy-mm-dd`, instants as microseconds since 1970, truth as 0 and 1, bytes in hexadecimal.
///
/// # Errors
/// The engine's refusal, or the writer's.
pub fn write_table(
    db: &Reader<'_>,
    table: &Table,
    out: &mut dyn Write,
    mut moved: impl FnMut(u64),
) -> Result<u64, DumpError> {
    let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
    let mut buffer = Vec::with_capacity(CHUNK + 4096);
    serde_json::to_writer(&mut buffer, &names).map_err(io::Error::from)?;
    buffer.push(b'\n');
    let order = if table.key.is_empty() {
        &names[..]
    } else {
        &table.key.iter().map(String::as_str).collect::<Vec<_>>()[..]
    };
    let sql = format!("SELECT {} FROM {} ORDER BY {}", names.join(", "), table.name, order.join(", "));
    let mut rows = 0;
    let mut failed = None;
    let read = db.each(&sql, &[], |row| {
        for (i, column) in table.columns.iter().enumerate() {
            buffer.push(if i == 0 { b'[' } else { b',' });
            write_cell(&mut buffer, row, i, column.kind)?;
        }
        buffer.extend_from_slice(b"]\n");
        rows += 1;
        if buffer.len() >= CHUNK {
            moved(rows);
            if let Err(error) = out.write_all(&buffer) {
                failed = Some(error);
                return Err(StorageError::Panicked);
            }
            buffer.clear();
        }
        Ok(())
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    read?;
    out.write_all(&buffer)?;
    Ok(rows)
}

/// Reads lines of [`write_table`] into the table, which must be empty but for what a migration put there.
///
/// Enrolments come without their status; [`restore_statuses`] follows.
///
/// # Errors
/// [`DumpError::Malformed`] names the line; constraints by name.
pub fn load_table(
    tx: &Tx<'_>,
    table: &Table,
    from: &mut dyn BufRead,
    moved: impl FnMut(u64),
) -> Result<u64, DumpError> {
    if tx.count(&format!("SELECT count(*) FROM {}", table.name), &[])? > 0 {
        tx.execute(&format!("DELETE FROM {}", table.name), &[])?;
    }
    let wanted = |name: &str| table.name != "enrolment" || !STATUS.contains(&name);
    load(tx, table, &table.name, wanted, from, moved)
}

/// Gives enrolments their status from the same lines, now that the ledger is there. Where the ledger does not
/// give the status that the lines hold, the enrolment gets the one that it gives; those are answered.
///
/// # Errors
/// As [`load_table`].
pub fn restore_statuses(
    tx: &Tx<'_>,
    permit: &Permit,
    table: &Table,
    from: &mut dyn BufRead,
) -> Result<Vec<EnrolmentId>, DumpError> {
    tx.batch(match tx.engine() {
        Engine::Sqlite => {
            "CREATE TEMP TABLE restored_status (id INTEGER PRIMARY KEY, status TEXT, status_since TEXT, status_entry_id INTEGER) STRICT"
        }
        Engine::Postgres => {
            "CREATE TEMP TABLE restored_status (id BIGINT PRIMARY KEY, status TEXT COLLATE \"C\", status_since DATE, status_entry_id BIGINT)"
        }
    })?;
    load(tx, table, "restored_status", |name| name == "id" || STATUS.contains(&name), from, |_| {})?;
    tx.execute(
        "UPDATE enrolment SET status = s.status, status_since = s.status_since, status_entry_id = s.status_entry_id
         FROM restored_status s
         WHERE s.id = enrolment.id
           AND EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = s.status_entry_id AND e.subject_kind = 'enrolment'
                         AND e.subject_id = s.id AND e.status_after = s.status AND e.effective_on = s.status_since)
           AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = s.status_entry_id)",
        &[],
    )?;
    let unsettled: Vec<EnrolmentId> = tx.query(
        "SELECT e.id FROM enrolment e JOIN restored_status s ON s.id = e.id WHERE e.status IS NULL AND s.status IS NOT NULL ORDER BY e.id",
        &[],
        |r| r.id(0),
    )?;
    for enrolment in &unsettled {
        ledger::settle_status(tx, permit, *enrolment)?;
    }
    tx.batch("DROP TABLE restored_status")?;
    Ok(unsettled)
}

/// Lets rows of one table refer to rows that come later in it, until the end of the transaction.
///
/// # Errors
/// The engine's refusal.
pub fn begin_loading(tx: &Tx<'_>) -> Result<()> {
    match tx.engine() {
        // PostgreSQL looks at references at the end of each COPY.
        Engine::Postgres => Ok(()),
        Engine::Sqlite => tx.batch("PRAGMA defer_foreign_keys = ON"),
    }
}

/// Tells PostgreSQL how much there is now; until then it would plan for an empty database.
///
/// # Errors
/// The engine's refusal.
pub fn end_loading(tx: &Tx<'_>) -> Result<()> {
    match tx.engine() {
        Engine::Postgres => tx.batch("ANALYZE"),
        Engine::Sqlite => Ok(()),
    }
}

/// Hashes of all files that rows name, each once, in order.
///
/// # Errors
/// The engine's refusal.
pub fn file_hashes(db: &Reader<'_>) -> Result<Vec<[u8; 32]>> {
    db.query("SELECT DISTINCT sha256 FROM stored_file ORDER BY sha256", args![], |r| r.hash(0))
}

fn load(
    tx: &Tx<'_>,
    table: &Table,
    into: &str,
    wanted: impl Fn(&str) -> bool,
    from: &mut dyn BufRead,
    mut moved: impl FnMut(u64),
) -> Result<u64, DumpError> {
    let malformed = |line: u64, why: String| DumpError::Malformed { table: table.name.clone(), line, why };
    let mut text = Vec::new();
    from.read_until(b'\n', &mut text)?;
    let names: Vec<String> = serde_json::from_slice(&text).map_err(|e| malformed(1, e.to_string()))?;
    let mut columns = Vec::with_capacity(names.len());
    for name in &names {
        let column = table.columns.iter().find(|c| c.name == *name);
        columns.push(column.ok_or_else(|| malformed(1, format!("böyle bir sütun yok: {name}")))?);
    }
    if columns.len() != table.columns.len() {
        return Err(malformed(1, "sütunlar eksik".to_owned()));
    }
    let kept: Vec<bool> = columns.iter().map(|c| wanted(&c.name)).collect();
    let targets: Vec<&str> =
        columns.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(c, _)| c.name.as_str()).collect();
    let mut rows = 0;
    let mut failed = None;
    let loaded = tx.bulk(into, &targets, |put| {
        let mut fill = || -> Result<(), DumpError> {
            loop {
                text.clear();
                if from.read_until(b'\n', &mut text)? == 0 {
                    return Ok(());
                }
                let line = rows + 2;
                let mut cells: Vec<Cell<'_>> =
                    serde_json::from_slice(&text).map_err(|e| malformed(line, e.to_string()))?;
                if cells.len() != columns.len() {
                    return Err(malformed(
                        line,
                        format!("{} değer var, {} olmalı", cells.len(), columns.len()),
                    ));
                }
                for (cell, column) in cells.iter_mut().zip(&columns) {
                    cell.become_bytes(column.kind)
                        .map_err(|why| malformed(line, format!("{}: {why}", column.name)))?;
                }
                let mut values: Vec<Value<'_>> = Vec::with_capacity(targets.len());
                for ((cell, column), _) in cells.iter().zip(&columns).zip(&kept).filter(|(_, kept)| **kept) {
                    let value = cell.value(column.kind);
                    values.push(value.map_err(|why| malformed(line, format!("{}: {why}", column.name)))?);
                }
                put.row(&values)?;
                rows += 1;
                if rows % 4096 == 0 {
                    moved(rows);
                }
            }
        };
        fill().map_err(|error| match error {
            DumpError::Storage(error) => error,
            other => {
                failed = Some(other);
                StorageError::Panicked
            }
        })
    });
    if let Some(error) = failed {
        return Err(error);
    }
    loaded?;
    Ok(rows)
}
