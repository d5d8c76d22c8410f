//! The schema and its versions: two folders, one list.

use base::time::Timestamp;

use crate::{
    args,
    db::{Db, Engine, Reader, Tx},
    error::{Result, StorageError},
};

struct Migration {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($name:literal),* $(,)?) => { &[$(Migration {
        name: $name,
        sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
        postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
    }),*] };
}

/// One line per migration, in order; a migration that has been published is never edited.
const MIGRATIONS: &[Migration] = migrations![
    "001_house",
    "002_records_staging",
    "003_figures",
    "004_by_set",
    "005_lists",
    "006_student_index_changes",
    "007_programme_scope",
    "008_no_replace",
    "009_registration",
    "010_paper_subjects"
];

/// The schema version this program was built for.
pub fn expected_version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The schema version found; 0 for an empty database.
///
/// # Errors
/// The engine's refusal.
pub fn found_version(db: &Reader<'_>) -> Result<i64> {
    let exists = match db.engine() {
        Engine::Sqlite => "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'",
        Engine::Postgres => {
            "SELECT count(*) FROM pg_tables WHERE tablename = 'schema_version' AND schemaname = current_schema()"
        }
    };
    if db.count(exists, &[])? == 0 {
        return Ok(0);
    }
    db.count("SELECT coalesce(max(version), 0) FROM schema_version", &[])
}

/// Refuses to work on a schema that this program does not know.
///
/// # Errors
/// [`StorageError::Schema`] with both versions.
pub async fn check(db: &Db) -> Result<()> {
    let found = db.read(found_version).await?;
    if found == expected_version() {
        Ok(())
    } else {
        Err(StorageError::Schema { found, expected: expected_version() })
    }
}

/// Brings the schema to this program's version; answers the names of what was applied.
///
/// # Errors
/// [`StorageError::Schema`] when the database is newer than the program.
pub async fn migrate(db: &Db, now: Timestamp) -> Result<Vec<&'static str>> {
    migrate_to(db, expected_version(), now).await
}

/// Brings the schema to an earlier version that this program knows, for what was written down in that version.
///
/// # Errors
/// [`StorageError::Schema`] when the database is newer than that.
pub async fn migrate_to(db: &Db, version: i64, now: Timestamp) -> Result<Vec<&'static str>> {
    let wanted = version.min(expected_version());
    db.write(move |tx| {
        if tx.engine() == Engine::Postgres {
            // Two instances that start together take turns.
            tx.batch("SELECT pg_advisory_xact_lock(7306611)")?;
        }
        tx.batch(match tx.engine() {
            Engine::Sqlite => {
                "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT"
            }
            Engine::Postgres => {
                "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at TIMESTAMPTZ NOT NULL)"
            }
        })?;
        let found = found_version(tx)?;
        if found > wanted {
            return Err(StorageError::Schema { found, expected: wanted });
        }
        let mut applied = Vec::new();
        for (version, migration) in (1_i64..).zip(MIGRATIONS) {
            if version > found && version <= wanted {
                apply(tx, migration)?;
                tx.execute(
                    "INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, $3)",
                    args![version, migration.name, now],
                )?;
                applied.push(migration.name);
            }
        }
        Ok(applied)
    })
    .await
}

/// Names of the triggers that this program's schema has on an engine.
pub fn triggers(engine: Engine) -> impl Iterator<Item = &'static str> {
    MIGRATIONS
        .iter()
        .flat_map(move |migration| {
            let sql = match engine {
                Engine::Sqlite => migration.sqlite,
                Engine::Postgres => migration.postgres,
            };
            sql.lines()
        })
        .filter_map(|line| line.strip_prefix("CREATE TRIGGER ")?.split(' ').next())
}

fn apply(tx: &Tx<'_>, migration: &Migration) -> Result<()> {
    tx.batch(match tx.engine() {
        Engine::Sqlite => migration.sqlite,
        Engine::Postgres => migration.postgres,
    })
}

/// Gives the serving role what it needs and no more: it owns nothing, may not TRUNCATE, and may
/// neither change nor remove what is append-only (PostgreSQL only).
///
/// # Errors
/// [`StorageError::Name`] for a role name that is not a plain identifier.
pub async fn grant_to(db: &Db, role: String) -> Result<()> {
    plain_name(&role)?;
    db.write(move |tx| {
        tx.batch(&format!(
            "GRANT USAGE ON SCHEMA public TO {role};
             GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
             GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
             REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM {role};
             REVOKE UPDATE, DELETE ON ledger_entry, ledger_root, audit_log, person_registered FROM {role};
             REVOKE DELETE ON ledger_head, ledger_text, enrolment, document, student_number FROM {role};
             REVOKE INSERT, UPDATE, DELETE ON schema_version FROM {role};
             GRANT EXECUTE ON FUNCTION take_over_staged(BIGINT), clear_staged(), refresh_statistics() TO {role}"
        ))
    })
    .await
}

/// Whether the connected role could rewrite history: it owns the ledger or may TRUNCATE it
/// (PostgreSQL only; SQLite has no roles and answers `false`).
///
/// # Errors
/// The engine's refusal.
pub async fn may_rewrite_history(db: &Db) -> Result<bool> {
    if db.engine() == Engine::Sqlite {
        return Ok(false);
    }
    db.read(|r| {
        Ok(r.count(
            "SELECT CASE WHEN has_table_privilege('ledger_entry', 'TRUNCATE') OR has_table_privilege('ledger_entry', 'UPDATE') THEN 1::bigint ELSE 0::bigint END",
            &[],
        )? == 1)
    })
    .await
}

/// Makes an empty database beside the connected one (PostgreSQL only), for tests and for restoring.
///
/// # Errors
/// [`StorageError::Name`] for a name that is not a plain identifier; [`StorageError::OtherEngine`] on SQLite; the
/// server's refusal.
pub async fn create_database(server: &Db, name: &str) -> Result<()> {
    plain_name(name)?;
    match server {
        Db::Sqlite(_) => Err(StorageError::OtherEngine),
        Db::Postgres(db) => db.outside_transaction(&format!("CREATE DATABASE {name}")).await,
    }
}

/// Refuses what could not stand in a statement without quotes.
fn plain_name(name: &str) -> Result<()> {
    if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        Ok(())
    } else {
        Err(StorageError::Name(name.to_owned()))
    }
}
