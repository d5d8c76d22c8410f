//! What the database refused.

use storage::{StorageError, migrate};
use web::texts::Texts;

use super::{Said, filled};

/// Why the database did not do it. What an engine says of itself is quoted; what the program says of itself for the log
/// goes there.
pub fn storage(t: &Texts, error: &StorageError) -> Said {
    let logged = |code| {
        tracing::error!(%error, "the database failed");
        Said::plain(t, code)
    };
    match error {
        StorageError::Constraint { constraint } => {
            Said::with(t, "storage-constraint", &[("constraint", constraint)])
        }
        StorageError::Refused { rule } => Said::with(t, "storage-refused", &[("rule", rule)]),
        StorageError::Stale => Said::plain(t, "service-stale"),
        StorageError::Busy => Said::plain(t, "storage-busy"),
        StorageError::DiskFull => Said::plain(t, "storage-no-room"),
        StorageError::Schema { found, expected } => {
            let code = match found {
                0 => return Said::plain(t, "storage-no-schema"),
                found if *found < migrate::expected_version() => "storage-schema-older",
                _ => "storage-schema-newer",
            };
            Said::with(t, code, &[("found", &found.to_string()), ("expected", &expected.to_string())])
        }
        StorageError::Address(fault) => {
            Said::new(fault.code(), filled(t, &format!("address-{}", fault.code()), &fault.args()))
        }
        StorageError::Open(why) => Said::with(t, "storage-open", &[("why", why)]),
        StorageError::Name(name) => Said::with(t, "storage-name", &[("found", name)]),
        StorageError::OtherEngine => Said::plain(t, "storage-other-engine"),
        StorageError::Decode { column, .. } => {
            tracing::error!(%error, "the database holds an unexpected value");
            Said::with(t, "storage-decode", &[("column", column)])
        }
        StorageError::Sqlite(error) => Said::with(t, "storage-engine", &[("why", &error.to_string())]),
        StorageError::Postgres(error) => {
            let why = error.as_db_error().map_or_else(|| error.to_string(), |said| said.message().to_owned());
            Said::with(t, "storage-engine", &[("why", &why)])
        }
        StorageError::Pool(_) => logged("storage-pool"),
        StorageError::Panicked => logged("storage-panicked"),
    }
}
