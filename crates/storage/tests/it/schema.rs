//! Both migration folders make the same tables.

use std::collections::BTreeMap;

use storage::{Db, db::Engine};

/// Table and column with a word for its type that both engines share.
async fn columns(db: &Db) -> BTreeMap<(String, String), (String, bool)> {
    let engine = db.engine();
    let rows = db
        .read(move |r| {
            let sql = match engine {
                Engine::Sqlite => {
                    "SELECT t.name, c.name, c.type, c.\"notnull\" FROM sqlite_schema t JOIN pragma_table_info(t.name) c
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
        // SQLite does not say NOT NULL of an INTEGER PRIMARY KEY, which cannot be NULL.
        assert!(
            required == other_required
                || key.1 == "id"
                || key.1 == "version"
                || key.1 == "entry_id"
                || key.1.ends_with("_id"),
            "{key:?}: NOT NULL differs"
        );
    }
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
