//! The numbers that row ids have reached, so that an id is never given to two things.

use std::collections::BTreeMap;

use super::tables;
use crate::{
    args,
    db::{Engine, Reader, Tx},
    error::Result,
};

/// The last row id given in each table, rows that are gone included.
///
/// # Errors
/// The engine's refusal.
pub fn read_sequences(db: &Reader<'_>) -> Result<BTreeMap<String, i64>> {
    let sql = match db.engine() {
        Engine::Sqlite => "SELECT name, seq FROM sqlite_sequence",
        Engine::Postgres => {
            "SELECT CAST(c.relname AS TEXT), coalesce(s.last_value, 0) FROM pg_depend d
             JOIN pg_class q ON q.oid = d.objid AND q.relkind = 'S' AND d.deptype = 'i'
             JOIN pg_class c ON c.oid = d.refobjid
             JOIN pg_namespace n ON n.oid = q.relnamespace AND n.nspname = current_schema()
             JOIN pg_sequences s ON s.schemaname = n.nspname AND s.sequencename = q.relname
             WHERE d.classid = CAST('pg_class' AS regclass)"
        }
    };
    Ok(db.query(sql, &[], |r| Ok((r.text(0)?, r.int(1)?)))?.into_iter().collect())
}

/// Lets the next row id of each table be greater than `last` and than every id in it.
///
/// # Errors
/// The engine's refusal.
pub fn set_sequences(tx: &Tx<'_>, last: &BTreeMap<String, i64>) -> Result<()> {
    let counted =
        tables(tx)?.into_iter().filter(|table| table.columns.iter().any(|column| column.name == "id"));
    for (table, last) in counted.filter_map(|table| last.get(&table.name).map(|last| (table.name, *last))) {
        let reached = last.max(tx.count(&format!("SELECT coalesce(max(id), 0) FROM {table}"), &[])?);
        if reached == 0 {
            continue;
        }
        match tx.engine() {
            Engine::Sqlite => {
                if tx.execute("UPDATE sqlite_sequence SET seq = $2 WHERE name = $1", args![table, reached])?
                    == 0
                {
                    tx.execute(
                        "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)",
                        args![table, reached],
                    )?;
                }
            }
            Engine::Postgres => {
                tx.one(
                    "SELECT setval(CAST(pg_get_serial_sequence($1, 'id') AS regclass), $2)",
                    args![table, reached],
                    |_| Ok(()),
                )?;
            }
        }
    }
    Ok(())
}
