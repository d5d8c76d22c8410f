//! Backups: taken while people work, restored on either engine, refused when they are damaged.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use serde_json::Value as Json;
use services::{
    Office,
    backup::{BackupError, BackupReport, RestoreReport, backup, check, restore},
    ports::{PortError, RootsFile},
    students::{change_contact::ChangeContact, change_contact::change_contact, write_note::write_note},
    verify::{Wanted, make_daily_root, verify},
};
use storage::{Db, Settings, tampering};
use testkit::{MemoryFiles, TestOffice};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::registry::{
    GRADUATED, ON_LEAVE, WITHDRAWN, elsewhere, empty_file, empty_places, enrolment, paper, stocked,
};

async fn take(kit: &TestOffice, name: &str) -> (PathBuf, BackupReport) {
    let target = kit.folder().join(name);
    let report =
        backup(&kit.office, &kit.console(), target.clone(), Box::new(|_, _, _| {})).await.expect("backup");
    (target, report)
}

async fn bring_back(office: &Office, source: &Path) -> Result<RestoreReport, BackupError> {
    restore(office, check(source.to_owned(), Box::new(|_, _, _| {})).await?).await
}

/// The list of a backup.
fn manifest(path: &Path) -> Json {
    let mut archive = ZipArchive::new(fs::File::open(path).expect("backup")).expect("zip");
    let mut text = String::new();
    archive.by_name("manifest.json").expect("list").read_to_string(&mut text).expect("read");
    serde_json::from_str(&text).expect("json")
}

/// Hashes of the tables in a backup, but for the audit log, which says that it was taken.
fn tables(path: &Path) -> BTreeMap<String, String> {
    let manifest = manifest(path);
    let tables = manifest["tables"].as_array().expect("tables").iter();
    let hashes = tables.map(|t| {
        let text = |name: &str| t[name].as_str().expect("text").to_owned();
        (text("name"), text("sha256"))
    });
    hashes.filter(|(name, _)| name != "audit_log").collect()
}

/// Writes a backup anew with some parts changed; `None` leaves a part out.
fn rewritten(path: &Path, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let target = path.with_extension(format!("{}.zip", NEXT.fetch_add(1, Ordering::Relaxed)));
    let mut from = ZipArchive::new(fs::File::open(path).expect("backup")).expect("zip");
    let mut to = ZipWriter::new(fs::File::create(&target).expect("target"));
    for i in 0..from.len() {
        let mut member = from.by_index(i).expect("member");
        let name = String::from_utf8_lossy(member.name_raw()).into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).expect("read");
        if let Some(bytes) = change(&name, bytes) {
            to.start_file(name, SimpleFileOptions::default()).expect("member");
            to.write_all(&bytes).expect("written");
        }
    }
    to.finish().expect("zip");
    target
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_taken_under_load_restores_on_both_engines_and_verifies() {
    for kit in stocked().await {
        let stop = Arc::new(AtomicBool::new(false));
        let mut writers = Vec::new();
        for number in [ON_LEAVE, WITHDRAWN, GRADUATED] {
            let (office, console, stop) = (kit.office.clone(), kit.console(), Arc::clone(&stop));
            writers.push(tokio::spawn(async move {
                let mut acts = 0;
                while !stop.load(Ordering::Relaxed) {
                    paper(&office, number).await;
                    write_note(&office, &console, number.to_owned(), format!("not {acts}"))
                        .await
                        .expect("note");
                    acts += 1;
                }
                acts
            }));
        }
        let (file, report) = loop {
            let (file, report) = take(&kit, "yuk.zip").await;
            // Papers were issued before it, and more after it.
            if report.files > 6 {
                break (file, report);
            }
        };
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            assert!(writer.await.expect("writer") > 0);
        }
        assert_eq!(report.missing_files, []);
        for place in empty_places(kit.folder()).await {
            let (there, files) = elsewhere(&kit.office, &place).await;
            let restored = bring_back(&there, &file).await.expect("restored");
            assert!(restored.verified.is_sound(), "{place:?}: {:?}", restored.verified.findings);
            assert_eq!((restored.rows, restored.files), (report.rows, report.files));
            assert_eq!(restored.settled, [""; 0]);
            assert_eq!(u64::try_from(files.count()).expect("count"), report.files);
            let papers = restored.verified.papers;
            assert_eq!(restored.verified.files, Some(papers));
            // The office goes on where it was: the next number is the next number.
            let serial = paper(&there, WITHDRAWN).await;
            assert_eq!(u64::try_from(serial).expect("serial"), papers + 1);
            let again =
                verify(&there, Wanted::default(), Box::new(|_, _, _| {})).await.expect("verification");
            assert!(again.is_sound(), "{:?}", again.findings);
        }
    }
}

#[tokio::test]
async fn what_is_restored_is_what_was_there_to_the_byte_on_either_engine() {
    for kit in stocked().await {
        let console = kit.console();
        write_note(
            &kit.office,
            &console,
            ON_LEAVE.to_owned(),
            "Tırnak \" ters \\ çizgi, satır\nsonu, \u{1}".to_owned(),
        )
        .await
        .expect("note");
        let contact = ChangeContact {
            number: ON_LEAVE.to_owned(),
            email: "isin@example.invalid".to_owned(),
            phone: "0366 280 00 00".to_owned(),
            address: "Kuzeykent, Iğdır Sokağı 1, Kastamonu".to_owned(),
            version: 1,
        };
        change_contact(&kit.office, &console, contact).await.expect("contact");
        let (file, _) = take(&kit, "bir.zip").await;
        for place in empty_places(kit.folder()).await {
            let (there, _) = elsewhere(&kit.office, &place).await;
            bring_back(&there, &file).await.expect("restored");
            let second = kit.folder().join("iki.zip");
            backup(&there, &console, second.clone(), Box::new(|_, _, _| {})).await.expect("second backup");
            assert_eq!(tables(&second), tables(&file), "{place:?}");
            assert_eq!(manifest(&second)["files"], manifest(&file)["files"]);
            there.db.close().await;
        }
    }
}

#[tokio::test]
async fn a_backup_is_taken_again_under_the_same_name_and_is_its_owners_alone() {
    use std::os::unix::fs::MetadataExt;
    for kit in stocked().await {
        let (file, first) = take(&kit, "yedek.zip").await;
        paper(&kit.office, WITHDRAWN).await;
        let (_, second) = take(&kit, "yedek.zip").await;
        assert_eq!(second.files, first.files + 1);
        assert_eq!(second.bytes, fs::metadata(&file).expect("file").len());
        assert_eq!(fs::metadata(&file).expect("file").mode() & 0o077, 0);
        let left: Vec<_> =
            fs::read_dir(kit.folder()).expect("folder").flatten().map(|e| e.file_name()).collect();
        assert!(!left.iter().any(|name| name.to_string_lossy().contains("yarim")), "{left:?}");
        let taken =
            kit.office.db.read(|db| storage::audit::list(db, &newest("backup"))).await.expect("audit");
        assert_eq!(taken.len(), 2);
    }
}

fn newest(action: &str) -> storage::audit::AuditFilter {
    storage::audit::AuditFilter { action: action.to_owned(), limit: 10, ..Default::default() }
}

#[tokio::test]
async fn a_damaged_backup_is_refused_with_the_part_named_and_nothing_is_written() {
    let kit = stocked().await.swap_remove(0);
    let (file, _) = take(&kit, "yedek.zip").await;
    let place = empty_file(kit.folder());
    let (there, files) = elsewhere(&kit.office, &place).await;
    let a_file = format!("files/{}", manifest(&file)["files"][0]["sha256"].as_str().expect("hash"));

    let altered = |part: &str| {
        let part = part.to_owned();
        rewritten(&file, move |name, mut bytes| {
            if name == part {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            }
            Some(bytes)
        })
    };
    for part in ["tables/mark.jsonl", "tables/ledger_entry.jsonl", a_file.as_str()] {
        match bring_back(&there, &altered(part)).await {
            Err(BackupError::Damaged { member, .. }) => assert_eq!(member, part),
            other => panic!("{part}: {other:?}"),
        }
    }
    let without = rewritten(&file, |name, bytes| (name != "tables/person.jsonl").then_some(bytes));
    assert!(
        matches!(bring_back(&there, &without).await, Err(BackupError::Damaged { member, .. }) if member == "tables/person.jsonl")
    );
    let unlisted = rewritten(&file, |name, bytes| {
        Some(if name == "manifest.json" {
            let mut list: Json = serde_json::from_slice(&bytes).expect("json");
            list["files"].as_array_mut().expect("files").remove(0);
            serde_json::to_vec(&list).expect("json")
        } else {
            bytes
        })
    });
    assert!(
        matches!(bring_back(&there, &unlisted).await, Err(BackupError::Damaged { member, .. }) if member == a_file)
    );

    // Bits that turned on the disk: refused, or of no account, such as a time inside the container.
    let bytes = fs::read(&file).expect("file");
    let mut refused = 0;
    for at in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut turned = bytes.clone();
        turned[at] ^= 0x40;
        let path = kit.folder().join("bozuk.zip");
        fs::write(&path, turned).expect("written");
        let place = empty_file(kit.folder());
        let (elsewhere, _) = elsewhere(&kit.office, &place).await;
        match bring_back(&elsewhere, &path).await {
            Err(BackupError::Damaged { .. } | BackupError::NotABackup(_)) => refused += 1,
            Ok(restored) if restored.verified.is_sound() => {}
            other => panic!("bit at {at}: {other:?}"),
        }
    }
    assert!(refused > 20, "{refused}");
    let cut = kit.folder().join("kesik.zip");
    fs::write(&cut, &bytes[..bytes.len() - 100]).expect("written");
    assert!(matches!(bring_back(&there, &cut).await, Err(BackupError::NotABackup(_))));
    fs::write(&cut, "bu bir yedek değil").expect("written");
    assert!(matches!(bring_back(&there, &cut).await, Err(BackupError::NotABackup(_))));
    assert!(matches!(bring_back(&there, &kit.folder().join("yok.zip")).await, Err(BackupError::Io { .. })));

    assert_eq!(files.count(), 0);
    assert_eq!(there.db.read(storage::migrate::found_version).await.expect("version"), 0);
    bring_back(&there, &file).await.expect("the sound one");
}

#[tokio::test]
async fn a_later_programs_backup_and_somebody_elses_zip_are_refused() {
    let kit = stocked().await.swap_remove(0);
    let (file, _) = take(&kit, "yedek.zip").await;
    let place = empty_file(kit.folder());
    let (there, _) = elsewhere(&kit.office, &place).await;
    let with = |key: &'static str, value: Json| {
        rewritten(&file, move |name, bytes| {
            if name != "manifest.json" {
                return Some(bytes);
            }
            let mut list: Json = serde_json::from_slice(&bytes).expect("json");
            list[key] = value.clone();
            Some(serde_json::to_vec(&list).expect("json"))
        })
    };
    assert!(matches!(
        bring_back(&there, &with("version", 99.into())).await,
        Err(BackupError::TooNew { format: 99, .. })
    ));
    assert!(matches!(
        bring_back(&there, &with("schema", 999.into())).await,
        Err(BackupError::TooNew { schema: 999, .. })
    ));
    assert!(matches!(
        bring_back(&there, &with("format", "arşiv".into())).await,
        Err(BackupError::NotABackup(_))
    ));
}

#[tokio::test]
async fn a_place_that_is_not_empty_is_refused() {
    for kit in stocked().await {
        let (file, _) = take(&kit, "yedek.zip").await;
        match bring_back(&kit.office, &file).await {
            Err(BackupError::Occupied(table)) => assert!(!table.is_empty()),
            other => panic!("{other:?}"),
        }
        // A place that was only set up is still empty.
        for place in empty_places(kit.folder()).await {
            let (there, _) = elsewhere(&kit.office, &place).await;
            storage::migrate::migrate(&there.db, there.now()).await.expect("schema");
            let restored = bring_back(&there, &file).await.expect("restored");
            assert!(restored.verified.is_sound());
        }
    }
}

#[tokio::test]
async fn a_backup_of_an_earlier_schema_is_brought_up_to_date() {
    for kit in TestOffice::all().await {
        for place in empty_places(kit.folder()).await {
            let (old, _) = elsewhere(&kit.office, &place).await;
            storage::migrate::migrate_to(&old.db, 1, old.now()).await.expect("first schema");
            let file = kit.folder().join("eski.zip");
            backup(&old, &kit.console(), file.clone(), Box::new(|_, _, _| {})).await.expect("backup");
            assert_eq!(manifest(&file)["schema"], 1);
            for place in empty_places(kit.folder()).await {
                let (there, _) = elsewhere(&kit.office, &place).await;
                let restored = bring_back(&there, &file).await.expect("restored");
                assert!(restored.verified.is_sound(), "{:?}", restored.verified.findings);
                let version = there.db.read(storage::migrate::found_version).await.expect("version");
                assert_eq!(version, storage::migrate::expected_version());
            }
        }
    }
}

#[tokio::test]
async fn a_row_id_is_never_given_twice() {
    for kit in stocked().await {
        // A row whose id is the greatest of its table, and which is gone before the backup.
        let gone = kit.office.db.write(|tx| tx.reserve_ids::<()>("held_paper", 1_000)).await.expect("ids");
        let last = gone.last().expect("ids").get();
        let (file, _) = take(&kit, "yedek.zip").await;
        for place in empty_places(kit.folder()).await {
            let (there, _) = elsewhere(&kit.office, &place).await;
            bring_back(&there, &file).await.expect("restored");
            let next = there.db.write(|tx| tx.reserve_ids::<()>("held_paper", 1)).await.expect("id");
            assert!(next[0].get() > last, "{place:?}: {next:?}");
        }
    }
}

#[tokio::test]
async fn a_missing_file_does_not_stop_a_backup_and_is_named() {
    for mut kit in stocked().await {
        kit.office.files = Arc::new(MemoryFiles::default());
        paper(&kit.office, WITHDRAWN).await;
        let (file, report) = take(&kit, "yedek.zip").await;
        assert_eq!((report.files, report.missing_files.len()), (1, 3));
        let place = empty_file(kit.folder());
        let (there, _) = elsewhere(&kit.office, &place).await;
        let restored = bring_back(&there, &file).await.expect("restored");
        assert_eq!(restored.missing_files.len(), 3);
        assert_eq!(restored.verified.findings.len(), 3, "{:?}", restored.verified.findings);
    }
}

#[tokio::test]
async fn a_status_that_the_ledger_does_not_give_is_restored_as_the_ledger_gives_it() {
    for kit in stocked().await {
        let forged = enrolment(&kit.office, GRADUATED).await.id.get();
        kit.office.db.write(move |tx| tampering::set_status(tx, forged, "active")).await.expect("forged");
        let (file, _) = take(&kit, "yedek.zip").await;
        for place in empty_places(kit.folder()).await {
            let (there, _) = elsewhere(&kit.office, &place).await;
            let restored = bring_back(&there, &file).await.expect("restored");
            assert_eq!(restored.settled, [GRADUATED]);
            assert!(restored.verified.is_sound(), "{:?}", restored.verified.findings);
            assert_eq!(enrolment(&there, GRADUATED).await.status.code(), "graduated");
        }
    }
}

#[tokio::test]
async fn the_role_that_serves_may_back_up_and_verify_but_not_rewrite() {
    let kit = stocked().await.swap_remove(0);
    let (file, _) = take(&kit, "yedek.zip").await;
    for place in empty_places(kit.folder()).await {
        let Settings::Postgres(url) = &place else { continue };
        let (owner, files) = elsewhere(&kit.office, &place).await;
        bring_back(&owner, &file).await.expect("restored");
        let role = format!("serving_{}", std::process::id());
        let make = format!("CREATE ROLE {role} LOGIN PASSWORD 'gizli'");
        owner.db.write(move |tx| tx.batch(&make)).await.expect("role");
        storage::migrate::grant_to(&owner.db, role.clone()).await.expect("rights");
        let (_, rest) = url.split_once('@').expect("an address with a password");
        let db =
            Db::open(&Settings::Postgres(format!("postgres://{role}:gizli@{rest}"))).await.expect("database");
        assert!(!storage::migrate::may_rewrite_history(&db).await.expect("role"));

        let office = Office { db, files, ..kit.office.clone() };
        make_daily_root(&office, &Nowhere).await.expect("root");
        let report = verify(&office, Wanted { roots: None, files: true }, Box::new(|_, _, _| {}))
            .await
            .expect("verification");
        assert!(report.is_sound(), "{:?}", report.findings);
        let second = kit.folder().join("rol.zip");
        backup(&office, &kit.console(), second.clone(), Box::new(|_, _, _| {})).await.expect("backup");
        assert_eq!(
            manifest(&second)["tables"].as_array().map(Vec::len),
            manifest(&file)["tables"].as_array().map(Vec::len)
        );
        let (there, _) = elsewhere(&kit.office, &empty_file(kit.folder())).await;
        let restored = bring_back(&there, &second).await.expect("restored");
        assert!(restored.verified.is_sound(), "{:?}", restored.verified.findings);
    }
}

/// A file of roots that nobody reads.
struct Nowhere;

impl RootsFile for Nowhere {
    fn read(&self) -> Result<String, PortError> {
        Ok(String::new())
    }
    fn append(&self, _: &str) -> Result<(), PortError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_backup_that_cannot_be_written_leaves_nothing_behind() {
    let kit = stocked().await.swap_remove(0);
    let folder = kit.folder().join("yok");
    let refused = backup(&kit.office, &kit.console(), folder.join("yedek.zip"), Box::new(|_, _, _| {})).await;
    assert!(matches!(refused, Err(BackupError::Io { .. })), "{refused:?}");

    // The database goes away in the middle.
    fs::create_dir(&folder).expect("folder");
    let broken = Office { db: gone(kit.folder()).await, ..kit.office.clone() };
    let refused = backup(&broken, &kit.console(), folder.join("yedek.zip"), Box::new(|_, _, _| {})).await;
    assert!(matches!(refused, Err(BackupError::Storage(_) | BackupError::Table { .. })), "{refused:?}");
    assert_eq!(fs::read_dir(&folder).expect("folder").count(), 0);
}

/// A database that has an audit log and, beside it, a column that no backup understands.
async fn gone(folder: &Path) -> Db {
    let db = Db::open(&Settings::Sqlite(folder.join("bozuk.sqlite"))).await.expect("database");
    storage::migrate::migrate(&db, "2026-11-23T09:00:00Z".parse().expect("instant")).await.expect("schema");
    db.write(|tx| tx.batch("CREATE TABLE unreadable (id INTEGER PRIMARY KEY, x REAL)")).await.expect("table");
    db
}
