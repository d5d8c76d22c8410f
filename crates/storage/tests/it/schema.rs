//! Both migration folders make the same tables.

use std::collections::{BTreeMap, BTreeSet};

use storage::{Db, db::Engine};

/// Table and column with a word for its type that both engines share.
async fn columns(db: &Db) -> BTreeMap<(String, String), (String, bool)> {
    let engine = db.engine();
    let rows = db
        .read(move |r| {
            let sql = match engine {
                Engine::Sqlite => {
                    // SQLite does not say NOT NULL of a primary key of one INTEGER column, which cannot be NULL.
                    "SELECT t.name, c.name, c.type, c.\"notnull\" OR (c.pk = 1 AND c.type = 'INTEGER') FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
                }
                Engine::Postgres => {
                    "SELECT table_name::text, column_name::text, data_type::text, CASE is_nullable WHEN 'NO' THEN 1::bigint ELSE 0::bigint END
                     FROM information_schema.columns WHERE table_schema = 'public'"
                }
            };
            r.query(sql, &[], |row| Ok((row.text(0)?, row.text(1)?, row.text(2)?, row.int(3)? != 0)))
        })
        .await
        .expect("columns");
    rows.into_iter().map(|(table, column, kind, required)| ((table, column), (kind, required))).collect()
}

/// What a SQLite column may be on PostgreSQL.
fn is_same(sqlite: &str, postgres: &str) -> bool {
    match sqlite {
        "INTEGER" => matches!(postgres, "bigint" | "boolean" | "timestamp with time zone"),
        "TEXT" => matches!(postgres, "text" | "date"),
        "BLOB" => postgres == "bytea",
        _ => false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_have_the_same_columns() {
    let Some(postgres) = crate::engines::postgres().await else { return };
    let sqlite = crate::engines::sqlite().await;
    let (left, right) = (columns(&sqlite.db).await, columns(&postgres.db).await);
    let names = |side: &BTreeMap<(String, String), (String, bool)>| side.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&left), names(&right));
    for (key, (kind, required)) in &left {
        let (other, other_required) = &right[key];
        assert!(is_same(kind, other), "{key:?}: {kind} and {other}");
        assert_eq!(required, other_required, "{key:?}: NOT NULL differs");
    }
}

/// Names of one kind of thing with their tables.
async fn named(db: &Db, sqlite: &'static str, postgres: &'static str) -> BTreeSet<(String, String)> {
    let engine = db.engine();
    let sql = match engine {
        Engine::Sqlite => sqlite,
        Engine::Postgres => postgres,
    };
    let found = db.read(move |r| r.query(sql, &[], |row| Ok((row.text(0)?, row.text(1)?)))).await;
    found.expect("names").into_iter().collect()
}

async fn indexes(db: &Db) -> BTreeSet<(String, String)> {
    // What keys and constraints make has names of the engine's own.
    named(
        db,
        "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
        "SELECT t.relname::text, i.relname::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
         JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
         WHERE n.nspname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid)",
    )
    .await
}

/// Triggers that both engines need; on one alone stand those against what the other cannot do (`TRUNCATE`,
/// `INSERT OR REPLACE`) and those that tell of changes of `student_index`, once a row or once an act.
async fn triggers(db: &Db) -> BTreeSet<(String, String)> {
    let all = named(
        db,
        "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'trigger'",
        "SELECT c.relname::text, t.tgname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal",
    );
    let of_one_engine = |name: &str| {
        ["_no_truncate", "_not_replaced", "_stays", "_stays_unique"].iter().any(|end| name.ends_with(end))
    };
    all.await.into_iter().filter(|(table, name)| table != "student_index" && !of_one_engine(name)).collect()
}

/// How many `CHECK`s a table has; on PostgreSQL those of columns and those of the table alike.
async fn checks(db: &Db) -> BTreeMap<String, usize> {
    let found = named(
        db,
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
        "SELECT c.relname::text, k.conname::text FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'c' AND n.nspname = 'public'",
    );
    let mut counts = BTreeMap::new();
    for (table, text) in found.await {
        let count = match db.engine() {
            Engine::Sqlite => text.matches("CHECK (").count(),
            Engine::Postgres => 1,
        };
        if count > 0 {
            *counts.entry(table).or_default() += count;
        }
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_have_the_same_indexes_triggers_and_checks() {
    let Some(postgres) = crate::engines::postgres().await else { return };
    let sqlite = crate::engines::sqlite().await;
    assert_eq!(indexes(&sqlite.db).await, indexes(&postgres.db).await);
    assert_eq!(triggers(&sqlite.db).await, triggers(&postgres.db).await);
    assert_eq!(checks(&sqlite.db).await, checks(&postgres.db).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_another_version_is_refused() {
    let fresh = crate::engines::sqlite().await;
    fresh
        .db
        .write(|tx| {
            tx.execute("INSERT INTO schema_version (version, name, applied_at) VALUES (999, 'later', 0)", &[])
        })
        .await
        .expect("a later version");
    let refused = storage::migrate::check(&fresh.db).await;
    assert!(matches!(refused, Err(storage::StorageError::Schema { found: 999, .. })), "{refused:?}");
    assert!(storage::migrate::migrate(&fresh.db, crate::engines::now()).await.is_err());
}
