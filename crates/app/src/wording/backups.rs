//! Why a backup was not taken, or not restored.

use services::backup::{BackupError, Damage};
use storage::{StorageError, dump::DumpError};
use web::texts::Texts;

use super::{Said, filled, in_file, service, storage, system};

/// Why there is no backup, or nothing was restored.
pub fn backup(t: &Texts, error: &BackupError) -> Said {
    match error {
        BackupError::NoRoom => Said::plain(t, "backup-no-room"),
        BackupError::Running(path) => {
            Said::with(t, "backup-running", &[("path", &path.display().to_string())])
        }
        BackupError::Io { path, source } => Said::new("path", in_file(t, path, source)),
        BackupError::NotABackup(path) => {
            Said::with(t, "backup-not-a-backup", &[("path", &path.display().to_string())])
        }
        BackupError::TooNew { format, schema, known_format, known_schema } => {
            let args = [
                ("format", format.to_string()),
                ("schema", schema.to_string()),
                ("known_format", known_format.to_string()),
                ("known_schema", known_schema.to_string()),
            ];
            Said::new("backup-too-new", filled(t, "cannot-backup-too-new", &args))
        }
        BackupError::Damaged { member, damage } => {
            Said::with(t, "backup-damaged", &[("member", member), ("text", &damaged(t, damage))])
        }
        BackupError::Occupied(table) => Said::with(t, "backup-occupied", &[("table", table)]),
        BackupError::PlaceNewer { found, backup } => {
            let args = [("found", found.to_string()), ("backup", backup.to_string())];
            Said::new("backup-place-newer", filled(t, "cannot-backup-place-newer", &args))
        }
        BackupError::Table { table, source } => {
            let text = match source {
                DumpError::Storage(error) => storage(t, error).text,
                DumpError::Io(error) => system(t, error),
                DumpError::Malformed { line, why, .. } => {
                    tracing::error!(table, line, why, "a line of the backup is malformed");
                    t.fmt("cannot-backup-line", &[("line", &line.to_string())])
                }
            };
            Said::with(t, "backup-table", &[("table", table), ("text", &text)])
        }
        BackupError::Files(why) => {
            tracing::error!(why, "the file store refused a file of the backup");
            Said::plain(t, "backup-files")
        }
        BackupError::Storage(StorageError::DiskFull) => Said::plain(t, "backup-no-room"),
        BackupError::Storage(error) => storage(t, error),
        BackupError::Verify(error) => service(t, error),
    }
}

fn damaged(t: &Texts, damage: &Damage) -> String {
    filled(t, &format!("damage-{}", damage.code()), &damage.args())
}
