//! The whole office in one file, and back: a consistent picture of the database, every stored file that it names,
//! and a list of all of it with hashes.
//!
//! The tables stand in the file as lines of text that both engines read, so that a backup of one opens on the
//! other. For the console alone: whoever may read the database file may do this, no page and no address offers it.
//! It must never contain SQL. Start reading at [`backup`] and [`restore`]; the format stands in
//! `docs/operating/backup.md`.

mod draft;
mod error;
mod manifest;
mod member;
mod restore;
mod write;

pub use self::{
    error::{BackupError, Damage},
    restore::{RestoreReport, SoundBackup, check, restore},
    write::{BackupReport, backup},
};
