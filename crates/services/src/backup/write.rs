//! Taking a backup while people work.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use base::time::Timestamp;
use domain::ledger::hex;
use serde::Serialize;
use storage::{Reader, StorageError, audit::AuditRow, db::Engine, dump, migrate};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    draft::{Draft, Outlet},
    error::BackupError,
    manifest::{self, FileMember, Manifest, TableMember},
    member::Hashing,
};
use crate::{
    Actor, Office,
    ports::FileStore,
    verify::{OnProgress, Progress, Stage},
};

/// What a backup holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BackupReport {
    /// Rows in all tables.
    pub rows: u64,
    /// Stored files.
    pub files: u64,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Hashes of files that rows name and the store could not give, and why. The backup is whole but for them.
    pub missing_files: Vec<(String, String)>,
}

type Zip = ZipWriter<BufWriter<Outlet>>;

/// Writes the whole office into one file, as it is at this moment; people go on working meanwhile.
///
/// All tables come from one view of the database. Stored files never change once they are written, so they are
/// copied after it. The file appears under its name when it is whole and durable; an earlier one of that name stays
/// until then. It holds everything about everybody: it is readable by its owner alone, and the audit log says who
/// took it.
///
/// # Errors
/// [`BackupError::NoRoom`], [`BackupError::Running`], or what the database or the disk refused. A stored file that is
/// missing is no error; the report names it.
pub async fn backup(
    office: &Office,
    actor: &Actor,
    target: PathBuf,
    on_progress: OnProgress,
) -> Result<BackupReport, BackupError> {
    let draft = Draft::begin(&target)?;
    let now = office.now();
    let row = AuditRow {
        at: now,
        account: Some(actor.account),
        action: "backup".to_owned(),
        person: None,
        object_kind: "database",
        object: None,
        detail: String::new(),
        shown: None,
        reason: None,
        request: actor.request.clone(),
    };
    office.db.write(move |tx| storage::audit::append(tx, &row)).await?;

    let mut progress = Progress::new(on_progress);
    let mut zip = ZipWriter::new(BufWriter::with_capacity(256 * 1024, draft.writer()?));
    let path = draft.path().to_owned();
    let (mut manifest, hashes, mut zip, mut progress) = office
        .db
        .read_apart(move |db| -> Result<_, BackupError> {
            let (manifest, hashes) = write_tables(db, &mut zip, &path, now, &mut progress)?;
            Ok((manifest, hashes, zip, progress))
        })
        .await?;
    let store = Arc::clone(&office.files);
    tokio::task::spawn_blocking(move || {
        let missing =
            write_files(store.as_ref(), &hashes, &mut manifest, &mut zip, draft.path(), &mut progress)?;
        start(&mut zip, manifest::NAME, CompressionMethod::Deflated, draft.path())?;
        let text =
            serde_json::to_vec_pretty(&manifest).map_err(|e| BackupError::io(draft.path(), e.into()))?;
        zip.write_all(&text).map_err(|e| BackupError::io(draft.path(), e))?;
        let mut whole = zip.finish().map_err(|e| BackupError::zip(draft.path(), e))?;
        whole.flush().map_err(|e| BackupError::io(draft.path(), e))?;
        if !whole.get_ref().is_whole() {
            return Err(BackupError::io(draft.path(), io::ErrorKind::WriteZero.into()));
        }
        Ok(BackupReport {
            rows: manifest.tables.iter().map(|t| t.rows).sum(),
            files: u64::try_from(manifest.files.len()).unwrap_or(0),
            bytes: draft.keep()?,
            missing_files: missing,
        })
    })
    .await
    .map_err(|_| StorageError::Panicked)?
}

fn start(zip: &mut Zip, name: &str, method: CompressionMethod, path: &Path) -> Result<(), BackupError> {
    let level = (method == CompressionMethod::Deflated).then_some(3);
    let options =
        SimpleFileOptions::default().large_file(true).compression_method(method).compression_level(level);
    zip.start_file(name, options).map_err(|e| BackupError::zip(path, e))
}

fn write_tables(
    db: &Reader<'_>,
    zip: &mut Zip,
    path: &Path,
    now: Timestamp,
    progress: &mut Progress,
) -> Result<(Manifest, Vec<[u8; 32]>), BackupError> {
    let mut tables = Vec::new();
    for table in dump::tables(db)? {
        progress.begin(Stage::Table(table.name.clone()), 0);
        start(zip, &manifest::table_path(&table.name), CompressionMethod::Deflated, path)?;
        let mut out = Hashing::new(&mut *zip);
        let rows = dump::write_table(db, &table, &mut out, |rows| progress.at(rows));
        let rows = rows.map_err(|error| BackupError::table(&table.name, error))?;
        let (sha256, bytes) = out.sum();
        progress.at(rows);
        tables.push(TableMember { name: table.name, rows, bytes, sha256 });
    }
    let manifest = Manifest {
        format: manifest::FORMAT.to_owned(),
        version: manifest::VERSION,
        schema: migrate::found_version(db)?,
        engine: match db.engine() {
            Engine::Sqlite => "sqlite".to_owned(),
            Engine::Postgres => "postgres".to_owned(),
        },
        program: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at: now,
        tables,
        sequences: sequences(db)?,
        files: Vec::new(),
        missing_files: Vec::new(),
    };
    Ok((manifest, dump::file_hashes(db)?))
}

fn sequences(db: &Reader<'_>) -> Result<BTreeMap<String, i64>, StorageError> {
    let mut last = dump::read_sequences(db)?;
    last.retain(|_, last| *last > 0);
    Ok(last)
}

fn write_files(
    store: &dyn FileStore,
    hashes: &[[u8; 32]],
    manifest: &mut Manifest,
    zip: &mut Zip,
    path: &Path,
    progress: &mut Progress,
) -> Result<Vec<(String, String)>, BackupError> {
    let mut missing = Vec::new();
    progress.begin(Stage::Files, u64::try_from(hashes.len()).unwrap_or(0));
    for (done, hash) in (1..).zip(hashes) {
        let name = hex(hash);
        match store.get(hash) {
            Err(error) => {
                manifest.missing_files.push(name.clone());
                missing.push((name, error.to_string()));
            }
            Ok(bytes) => {
                // PDFs and pictures are compressed already.
                start(zip, &manifest::file_path(&name), CompressionMethod::Stored, path)?;
                zip.write_all(&bytes).map_err(|e| BackupError::io(path, e))?;
                manifest
                    .files
                    .push(FileMember { sha256: name, bytes: u64::try_from(bytes.len()).unwrap_or(0) });
            }
        }
        progress.at(done);
    }
    Ok(missing)
}
