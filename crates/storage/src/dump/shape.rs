//! Which tables there are, with their columns, in an order in which they can be filled.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    args,
    db::{Engine, Reader},
    error::{Result, StorageError},
};

/// Tables that no backup holds: the first belongs to the program, the second to its processes, the others live for
/// minutes, and a session that was ended since must not come back to life.
const LEFT_OUT: [&str; 5] = ["schema_version", "student_index_change", "idempotency", "session", "throttle"];

/// What kind of value a column holds, as far as this engine tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Integers; on SQLite instants and truth too.
    Int,
    /// Text; on SQLite days too.
    Text,
    /// Bytes.
    Bytes,
    /// Days.
    Date,
    /// Instants.
    Time,
    /// Truth.
    Bool,
}

impl Kind {
    fn of(declared: &str) -> Option<Self> {
        Some(match declared {
            "INTEGER" | "bigint" | "integer" | "smallint" => Self::Int,
            "TEXT" | "text" => Self::Text,
            "BLOB" | "bytea" => Self::Bytes,
            "date" => Self::Date,
            "timestamp with time zone" => Self::Time,
            "boolean" => Self::Bool,
            _ => return None,
        })
    }
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Name, the same on both engines.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Name, the same on both engines.
    pub name: String,
    /// Columns in the order of the schema.
    pub columns: Vec<Column>,
    /// Columns of the primary key, which orders the rows.
    pub key: Vec<String>,
}

/// The tables that a backup holds, each after those it refers to.
///
/// # Errors
/// [`StorageError::Decode`] for a column of a type that the schema does not use; the engine's refusal.
pub fn tables(db: &Reader<'_>) -> Result<Vec<Table>> {
    let names = names(db)?;
    let mut waiting: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in names.iter().filter(|name| !LEFT_OUT.contains(&name.as_str())) {
        let mut parents = parents(db, name)?;
        parents.retain(|parent| parent != name && !LEFT_OUT.contains(&parent.as_str()));
        waiting.insert(name.clone(), parents);
    }
    let mut out = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let free: Vec<String> = waiting
            .iter()
            .filter(|(_, parents)| !parents.iter().any(|parent| waiting.contains_key(parent)))
            .map(|(name, _)| name.clone())
            .collect();
        if free.is_empty() {
            let found = waiting.into_keys().collect::<Vec<_>>().join(", ");
            return Err(StorageError::Decode { column: "foreign keys".to_owned(), found });
        }
        for name in free {
            waiting.remove(&name);
            out.push(Table { columns: columns(db, &name)?, key: key(db, &name)?, name });
        }
    }
    Ok(out)
}

/// What a place is occupied by: the name of a table that holds more than the schema brings along, or that does not
/// belong to the schema at all. Nothing for an empty place.
///
/// # Errors
/// The engine's refusal.
pub fn occupied(db: &Reader<'_>) -> Result<Option<String>> {
    let names = names(db)?;
    if !names.iter().any(|name| name == "schema_version") {
        return Ok(names.into_iter().next());
    }
    for name in names {
        // The first migration puts the account of the installation itself there.
        let brought = match name.as_str() {
            "schema_version" => continue,
            "account" => 1,
            _ => 0,
        };
        if db.count(&format!("SELECT count(*) FROM (SELECT 1 FROM {name} LIMIT 2) found"), &[])? > brought {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn names(db: &Reader<'_>) -> Result<Vec<String>> {
    let sql = match db.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
        }
        Engine::Postgres => {
            "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()"
        }
    };
    let mut names = db.query(sql, &[], |r| r.text(0))?;
    names.sort();
    Ok(names)
}

fn columns(db: &Reader<'_>, table: &str) -> Result<Vec<Column>> {
    let sql = match db.engine() {
        Engine::Sqlite => "SELECT name, type FROM pragma_table_info($1) ORDER BY cid",
        Engine::Postgres => {
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
        }
    };
    db.query(sql, args![table], |r| Ok(Column { name: r.text(0)?, kind: r.word(1, Kind::of)? }))
}

fn key(db: &Reader<'_>, table: &str) -> Result<Vec<String>> {
    let sql = match db.engine() {
        Engine::Sqlite => "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk",
        Engine::Postgres => {
            "SELECT CAST(a.attname AS TEXT) FROM pg_index i
             JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
             WHERE n.nspname = current_schema() AND c.relname = $1 AND i.indisprimary
             ORDER BY array_position(CAST(i.indkey AS SMALLINT[]), a.attnum)"
        }
    };
    db.query(sql, args![table], |r| r.text(0))
}

fn parents(db: &Reader<'_>, table: &str) -> Result<BTreeSet<String>> {
    let sql = match db.engine() {
        Engine::Sqlite => "SELECT \"table\" FROM pragma_foreign_key_list($1)",
        Engine::Postgres => {
            "SELECT CAST(p.relname AS TEXT) FROM pg_constraint k
             JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             JOIN pg_class p ON p.oid = k.confrelid
             WHERE k.contype = 'f' AND n.nspname = current_schema() AND c.relname = $1"
        }
    };
    Ok(db.query(sql, args![table], |r| r.text(0))?.into_iter().collect())
}
