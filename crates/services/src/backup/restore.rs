//! Bringing a backup back into an empty place.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use base::ids::EnrolmentId;
use domain::ledger::hex;
use serde::Serialize;
use storage::{
    Reader, StorageError, Tx,
    audit::AuditRow,
    dump::{self, DumpError, Table},
    migrate,
};
use zip::ZipArchive;

use super::{
    error::{BackupError, Damage},
    manifest::{self, Manifest, TableMember},
    member::Hashing,
};
use crate::{
    Office,
    authz::{self, SYSTEM_ACCOUNT},
    ports::{FileStore, PortError},
    verify::{self, OnProgress, Progress, Stage, VerifyReport, Wanted},
};

/// Files that are handed to the store at once, by number and by bytes.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 32 * 1024 * 1024;
/// More than the list of a million files takes.
const MANIFEST_BYTES: u64 = 256 * 1024 * 1024;

/// What was brought back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RestoreReport {
    /// Rows in all tables.
    pub rows: u64,
    /// Stored files.
    pub files: u64,
    /// Hashes of files that were missing already when the backup was taken.
    pub missing_files: Vec<String>,
    /// Student numbers of enrolments whose status stood in the backup otherwise than the ledger gives it; they have
    /// the ledger's now.
    pub settled: Vec<String>,
    /// What the verification of the restored office found.
    pub verified: VerifyReport,
}

type Archive = ZipArchive<BufReader<File>>;

/// A backup that was read to its end and is what its list says.
pub struct SoundBackup {
    source: PathBuf,
    schema: i64,
    progress: Progress,
}

/// Reads the whole file of a backup and compares it with its list, so that a damaged one is told of before there is
/// a place to restore it into.
///
/// # Errors
/// [`BackupError::Damaged`] names the part of the file.
pub async fn check(source: PathBuf, on_progress: OnProgress) -> Result<SoundBackup, BackupError> {
    let mut progress = Progress::new(on_progress);
    blocking(move || {
        let (mut archive, manifest) = open(&source)?;
        check_members(&mut archive, &manifest, &mut progress)?;
        Ok(SoundBackup { source, schema: manifest.schema, progress })
    })
    .await
}

/// Brings a backup back into the office's database and file store, which must be empty, and verifies it.
///
/// The schema is set up in the version of the backup, filled in one transaction, and brought to the version of the
/// program after that. Sessions are not in a backup: everybody signs in again. Tokens, passwords and roles are those
/// of the day of the backup.
///
/// # Errors
/// [`BackupError::Occupied`] for a place that is not empty.
pub async fn restore(office: &Office, backup: SoundBackup) -> Result<RestoreReport, BackupError> {
    let now = office.now();
    let SoundBackup { source, schema, mut progress } = backup;
    let (found, occupied) = office
        .db
        .read(|db| Ok::<_, StorageError>((migrate::found_version(db)?, dump::occupied(db)?)))
        .await?;
    if let Some(table) = occupied {
        return Err(BackupError::Occupied(table));
    }
    if found > schema {
        return Err(BackupError::PlaceNewer { found, backup: schema });
    }

    let store = Arc::clone(&office.files);
    let files_from = source.clone();
    progress = blocking(move || {
        let (mut archive, manifest) = open(&files_from)?;
        restore_files(store.as_ref(), &mut archive, &manifest, &mut progress)?;
        Ok(progress)
    })
    .await?;

    migrate::migrate_to(&office.db, schema, now).await?;
    let (report, progress) = office
        .db
        .write(move |tx| -> Result<_, BackupError> {
            let (mut archive, manifest) = open(&source)?;
            let settled = restore_tables(tx, &mut archive, &manifest, now, &mut progress)?;
            Ok(((manifest, settled), progress))
        })
        .await?;
    migrate::migrate(&office.db, now).await?;

    let (manifest, settled) = report;
    let settled = office.db.read(move |db| numbers(db, &settled)).await?;
    let wanted = Wanted { roots: None, files: true };
    let verified = verify::run(office, wanted, progress).await.map_err(BackupError::Verify)?;
    Ok(RestoreReport {
        rows: manifest.tables.iter().map(|t| t.rows).sum(),
        files: u64::try_from(manifest.files.len()).unwrap_or(0),
        missing_files: manifest.missing_files,
        settled,
        verified,
    })
}

fn numbers(db: &Reader<'_>, enrolments: &[EnrolmentId]) -> Result<Vec<String>, StorageError> {
    let mut out = Vec::new();
    if !enrolments.is_empty() {
        storage::verify::each_enrolment(db, |enrolment, _, number| {
            if enrolments.contains(&enrolment) {
                out.push(number.to_owned());
            }
        })?;
    }
    Ok(out)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| StorageError::Panicked)?
}

fn open(path: &Path) -> Result<(Archive, Manifest), BackupError> {
    let file = File::open(path).map_err(|e| BackupError::io(path, e))?;
    let not_a_backup = || BackupError::NotABackup(path.to_owned());
    let mut archive =
        ZipArchive::new(BufReader::with_capacity(256 * 1024, file)).map_err(|_| not_a_backup())?;
    let mut text = Vec::new();
    {
        let member = archive.by_name(manifest::NAME).map_err(|_| not_a_backup())?;
        let read = member.take(MANIFEST_BYTES).read_to_end(&mut text);
        read.map_err(|e| BackupError::unreadable(manifest::NAME, e))?;
    }
    /// What can be read of a list of any version.
    #[derive(serde::Deserialize)]
    struct Kind {
        format: String,
        version: u32,
        schema: i64,
    }
    let kind: Kind = serde_json::from_slice(&text).map_err(|e| BackupError::unreadable(manifest::NAME, e))?;
    if kind.format != manifest::FORMAT {
        return Err(not_a_backup());
    }
    let known_schema = migrate::expected_version();
    if kind.version > manifest::VERSION || kind.schema > known_schema {
        return Err(BackupError::TooNew {
            format: kind.version,
            schema: kind.schema,
            known_format: manifest::VERSION,
            known_schema,
        });
    }
    let manifest = serde_json::from_slice(&text).map_err(|e| BackupError::unreadable(manifest::NAME, e))?;
    Ok((archive, manifest))
}

/// Reads every part and compares it with the list.
fn check_members(
    archive: &mut Archive,
    manifest: &Manifest,
    progress: &mut Progress,
) -> Result<(), BackupError> {
    let tables = manifest.tables.iter().map(|t| (manifest::table_path(&t.name), t.bytes, t.sha256.as_str()));
    let files = manifest.files.iter().map(|f| (manifest::file_path(&f.sha256), f.bytes, f.sha256.as_str()));
    let listed: Vec<(String, u64, &str)> = tables.chain(files).collect();
    progress.begin(Stage::Members, listed.iter().map(|(_, bytes, _)| bytes).sum());
    let names: BTreeSet<&str> = listed.iter().map(|(name, ..)| name.as_str()).collect();
    for name in archive.file_names_raw().map(String::from_utf8_lossy) {
        if name != manifest::NAME && !names.contains(name.as_ref()) {
            return Err(BackupError::damaged(&name, Damage::Unlisted));
        }
    }
    let mut done = 0;
    for (name, bytes, sha256) in &listed {
        let member = archive.by_name(name).map_err(|e| BackupError::unreadable(name, e))?;
        // A part that says it is larger than the list knows is not read to its end.
        let mut member = Hashing::new(member.take(bytes.saturating_add(1)));
        io::copy(&mut member, &mut io::sink()).map_err(|e| BackupError::unreadable(name, e))?;
        let (found, length) = member.sum();
        if length != *bytes || found != *sha256 {
            return Err(BackupError::damaged(name, Damage::Altered));
        }
        done += bytes;
        progress.at(done);
    }
    Ok(())
}

fn restore_files(
    store: &dyn FileStore,
    archive: &mut Archive,
    manifest: &Manifest,
    progress: &mut Progress,
) -> Result<(), BackupError> {
    progress.begin(Stage::Files, u64::try_from(manifest.files.len()).unwrap_or(0));
    let mut batch: Vec<Vec<u8>> = Vec::new();
    let mut expected: Vec<&str> = Vec::new();
    let mut bytes = 0;
    for (done, file) in (1..).zip(&manifest.files) {
        let name = manifest::file_path(&file.sha256);
        let mut content = Vec::new();
        let member = archive.by_name(&name).map_err(|e| BackupError::unreadable(&name, e))?;
        member.take(file.bytes).read_to_end(&mut content).map_err(|e| BackupError::unreadable(&name, e))?;
        bytes += content.len();
        batch.push(content);
        expected.push(&file.sha256);
        if batch.len() >= BATCH || bytes >= BATCH_BYTES {
            put(store, &mut batch, &mut expected)?;
            bytes = 0;
        }
        progress.at(done);
    }
    put(store, &mut batch, &mut expected)
}

fn put(store: &dyn FileStore, batch: &mut Vec<Vec<u8>>, expected: &mut Vec<&str>) -> Result<(), BackupError> {
    let hashes = store.put_all(batch).map_err(|error| match error {
        PortError::NoRoom => BackupError::NoRoom,
        PortError::Failed(why) => BackupError::Files(why),
    })?;
    for (hash, expected) in hashes.iter().zip(expected.iter()) {
        if hex(hash) != **expected {
            return Err(BackupError::damaged(&manifest::file_path(expected), Damage::StoredOtherwise));
        }
    }
    batch.clear();
    expected.clear();
    Ok(())
}

fn restore_tables(
    tx: &Tx<'_>,
    archive: &mut Archive,
    manifest: &Manifest,
    now: base::time::Timestamp,
    progress: &mut Progress,
) -> Result<Vec<EnrolmentId>, BackupError> {
    let mut members: BTreeMap<&str, &TableMember> =
        manifest.tables.iter().map(|t| (t.name.as_str(), t)).collect();
    let permit = authz::for_own_account(SYSTEM_ACCOUNT, now, "restore");
    let mut settled = Vec::new();
    dump::begin_loading(tx)?;
    for table in dump::tables(tx)? {
        let name = manifest::table_path(&table.name);
        let member = members
            .remove(table.name.as_str())
            .ok_or_else(|| BackupError::damaged(&name, Damage::Missing))?;
        progress.begin(Stage::Table(table.name.clone()), member.rows);
        let loaded = with_lines(archive, &table, |lines| {
            dump::load_table(tx, &table, lines, |rows| progress.at(rows))
        })?;
        if loaded != member.rows {
            return Err(BackupError::damaged(&name, Damage::Rows { found: loaded, right: member.rows }));
        }
        if table.name == "enrolment" {
            settled =
                with_lines(archive, &table, |lines| dump::restore_statuses(tx, &permit, &table, lines))?;
        }
        progress.at(loaded);
    }
    if let Some(name) = members.keys().next() {
        return Err(BackupError::damaged(&manifest::table_path(name), Damage::NoSuchTable));
    }
    dump::set_sequences(tx, &manifest.sequences)?;
    dump::end_loading(tx)?;
    storage::audit::append(
        tx,
        &AuditRow {
            at: now,
            account: Some(SYSTEM_ACCOUNT),
            action: "restore".to_owned(),
            person: None,
            object_kind: "database",
            object: None,
            detail: format!("taken_at={}", manifest.taken_at),
            shown: None,
            reason: None,
            request: "restore".to_owned(),
        },
    )?;
    Ok(settled)
}

fn with_lines<T>(
    archive: &mut Archive,
    table: &Table,
    work: impl FnOnce(&mut dyn io::BufRead) -> Result<T, DumpError>,
) -> Result<T, BackupError> {
    let name = manifest::table_path(&table.name);
    let member = archive.by_name(&name).map_err(|e| BackupError::unreadable(&name, e))?;
    work(&mut BufReader::with_capacity(256 * 1024, member))
        .map_err(|error| BackupError::table(&table.name, error))
}
