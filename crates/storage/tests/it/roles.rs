//! What the role that serves may not do on PostgreSQL.

use std::error::Error;

use storage::{Db, migrate};

use crate::engines::postgres;

/// What whoever breaks into the serving process would try.
const FORBIDDEN: &[&str] = &[
    "UPDATE ledger_entry SET payload = '{}'",
    "DELETE FROM ledger_entry",
    "TRUNCATE ledger_entry CASCADE",
    "DELETE FROM ledger_head",
    "DELETE FROM ledger_text",
    "UPDATE ledger_root SET day = day",
    "DELETE FROM ledger_root",
    "UPDATE audit_log SET detail = ''",
    "DELETE FROM audit_log",
    "UPDATE person_registered SET surname = 'X'",
    "DELETE FROM enrolment",
    "DELETE FROM document",
    "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
    "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_no_update",
    "DROP TRIGGER ledger_entry_no_delete ON ledger_entry",
    "DROP TRIGGER enrolment_status_needs_entry ON enrolment",
    "ALTER TABLE mark DROP CONSTRAINT mark_enrolment_id_fkey",
    "DROP TABLE ledger_entry CASCADE",
    "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER FUNCTION take_over_staged(BIGINT) SET search_path = pg_temp",
    "SET session_replication_role = replica",
    "INSERT INTO schema_version (version, name, applied_at) VALUES (999, 'x', 'epoch')",
    "CREATE TABLE anything (id BIGINT)",
];

/// Every constraint, trigger and function of the schema with its definition, as one text.
pub async fn schema(db: &Db) -> String {
    db.read(|r| {
        r.one(
            "SELECT string_agg(line, chr(10) ORDER BY line) FROM (
               SELECT conrelid::regclass || ' ' || conname || ' ' || convalidated || ' ' || pg_get_constraintdef(oid) AS line
               FROM pg_constraint WHERE connamespace = 'public'::regnamespace
               UNION ALL SELECT tgenabled::text || ' ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
               UNION ALL SELECT oid::regprocedure || ' ' || md5(prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
             ) lines",
            &[],
            |row| row.text(0),
        )
    })
    .await
    .expect("the schema")
    .unwrap_or_default()
}

/// Tries a statement; answers the server's words.
async fn refusal(db: &Db, statement: &'static str) -> String {
    let refused = db.write(|tx| tx.batch(statement)).await.expect_err(statement);
    let mut words = refused.to_string();
    let mut next = refused.source();
    while let Some(cause) = next {
        words.push_str(&format!(": {cause}"));
        next = cause.source();
    }
    words
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_serving_role_cannot_rewrite_history() {
    let Some(fresh) = postgres().await else { return };
    let serving = fresh.as_serving_role().await;
    assert!(migrate::may_rewrite_history(&fresh.db).await.expect("asked"));
    assert!(!migrate::may_rewrite_history(&serving).await.expect("asked"));
    let before = schema(&fresh.db).await;
    for statement in FORBIDDEN {
        let words = refusal(&serving, statement).await;
        assert!(
            words.contains("permission denied") || words.contains("must be owner"),
            "{statement}: {words}"
        );
    }
    assert_eq!(schema(&fresh.db).await, before);
}

/// A function of the owner's that reads the caller's own tables would run the caller's code with the owner's rights.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn functions_of_the_owner_look_at_the_owners_tables_alone() {
    let Some(fresh) = postgres().await else { return };
    let serving = fresh.as_serving_role().await;
    let loose = fresh
        .db
        .read(|r| {
            r.query(
                "SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
                   AND (proconfig IS NULL OR NOT 'search_path=pg_catalog, public, pg_temp' = ANY (proconfig)
                     OR has_function_privilege('public', oid, 'EXECUTE'))",
                &[],
                |row| row.text(0),
            )
        })
        .await
        .expect("functions");
    assert_eq!(loose, Vec::<String>::new());
    // Tables of the same names that the caller puts before them are not touched.
    let left = serving
        .write(|tx| {
            tx.batch(
                "CREATE TEMP TABLE records_staged (LIKE public.records_staged);
                 INSERT INTO records_staged (file, row_no, key, fields) VALUES ('students', 2, 'x', '{}');
                 SELECT clear_staged(); SELECT take_over_staged(0)",
            )?;
            tx.count("SELECT count(*) FROM pg_temp.records_staged", &[])
        })
        .await
        .expect("called");
    assert_eq!(left, 1);
}
