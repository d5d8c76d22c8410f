//! An office with a small register in it: imported records, two changes by hand, three papers.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use base::{lang::Lang, time::Timestamp};
use domain::{
    enrolments::EnrolmentStatus,
    ledger::{GroundKind, Subject},
};
use services::{
    Office,
    audit::ReadLog,
    authz,
    records::{Checked, apply_records},
    students::{
        change_identity::ChangeIdentity, change_identity::change_identity, change_status::ChangeStatus,
        change_status::change_status,
    },
};
use storage::{Db, Settings, documents::NewDocument, enrolments::Enrolment};
use testkit::{MemoryFiles, RecordsFolder, TestOffice};

/// Active, with marks; put on leave by hand (entry 3, with a reason), surname changed by hand.
pub(crate) const ON_LEAVE: &str = "240010001";
/// Withdrawn, with marks: entries 1 to 3.
pub(crate) const WITHDRAWN: &str = "240010002";
/// Graduated, without marks: entries 1 and 2.
pub(crate) const GRADUATED: &str = "200010004";

/// One stocked office per engine.
pub(crate) async fn stocked() -> Vec<TestOffice> {
    let mut out = Vec::new();
    for kit in TestOffice::all().await {
        stock(&kit).await;
        out.push(kit);
    }
    out
}

async fn stock(kit: &TestOffice) {
    let office = &kit.office;
    let folder = RecordsFolder::small();
    let done = apply_records(office, &kit.console(), folder.path(), Box::new(|_| {})).await.expect("import");
    assert!(matches!(done, Checked::Sound(_)), "{done:?}");
    put_on_leave(kit, ON_LEAVE).await;
    let person = enrolment(office, ON_LEAVE).await.person;
    let found =
        office.db.read(move |db| storage::people::fetch(db, person)).await.expect("read").expect("person");
    let form = ChangeIdentity {
        number: ON_LEAVE.to_owned(),
        identity_no: String::new(),
        given_name: found.identity.given_name,
        surname: "YILMAZ".to_owned(),
        sex: Some(found.identity.sex),
        birth_date: "14.03.2006".to_owned(),
        birth_place: found.identity.birth_place,
        nationality: found.identity.nationality,
        ground: GroundKind::CourtRuling,
        ground_ref: "2026/17 E.".to_owned(),
        ground_on: "02.11.2026".to_owned(),
        reason: "Soyadı düzeltildi".to_owned(),
        version: found.version,
    };
    change_identity(office, &kit.console(), form).await.expect("identity");
    for number in [ON_LEAVE, WITHDRAWN, ON_LEAVE] {
        paper(office, number).await;
    }
}

/// Puts an active enrolment on leave, with a reason in words.
pub(crate) async fn put_on_leave(kit: &TestOffice, number: &str) {
    let version = enrolment(&kit.office, number).await.version;
    let form = ChangeStatus {
        number: number.to_owned(),
        status: Some(EnrolmentStatus::OnLeave),
        effective_on: "01.10.2026".to_owned(),
        ground: GroundKind::BoardDecision,
        ground_ref: "2026/14-03".to_owned(),
        ground_on: "28.09.2026".to_owned(),
        reason: "Sağlık raporu".to_owned(),
        version,
    };
    change_status(&kit.office, &kit.console(), form).await.expect("status");
}

/// Issues a paper whose PDF is in the file store.
pub(crate) async fn paper(office: &Office, number: &str) -> i64 {
    let enrolment = enrolment(office, number).await;
    let (now, today) = (office.now(), office.today());
    let code: [u8; 8] = base::random::array(office.random.as_ref());
    let code = domain::ledger::hex(&code);
    let bytes = format!("%PDF-1.7 {number} {code}").into_bytes();
    let sha256 = office.files.put(&bytes).expect("stored");
    let write = move |tx: &storage::Tx<'_>| {
        let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, now, "test");
        let number = storage::documents::take_number(tx, &permit, enrolment.unit, 2026)?;
        let new = NewDocument {
            number,
            kind: "student_certificate".to_owned(),
            lang: Lang::Tr,
            subject: storage::documents::Subject::Enrolment {
                enrolment: enrolment.id,
                person: enrolment.person,
            },
            code: code.clone(),
            issued_on: today,
            holder: "Işın YILMAZ".to_owned(),
            purpose: None,
            payload: "{}".to_owned(),
            photo: None,
            job: None,
        };
        let id = storage::documents::insert(tx, &permit, &new)?;
        let file = storage::files::insert(tx, &permit, &sha256, bytes.len(), "application/pdf", "document")?;
        storage::documents::finish(tx, &permit, id, file, &sha256)?;
        Ok::<_, storage::StorageError>(number.serial)
    };
    office.db.write(write).await.expect("paper")
}

/// The enrolment of a number.
pub(crate) async fn enrolment(office: &Office, number: &str) -> Enrolment {
    let number = number.to_owned();
    let found = office.db.read(move |db| storage::enrolments::find_by_number(db, &number)).await;
    found.expect("read").expect("enrolment")
}

/// The chain of an enrolment and that of its person.
pub(crate) async fn subjects(office: &Office, number: &str) -> (Subject, Subject) {
    let enrolment = enrolment(office, number).await;
    (enrolment.id.into(), enrolment.person.into())
}

/// The same office on another database, which is open but has no schema, and with an empty file store.
pub(crate) async fn elsewhere(office: &Office, settings: &Settings) -> (Office, Arc<MemoryFiles>) {
    let db = Db::open(settings).await.expect("database");
    let files = Arc::new(MemoryFiles::default());
    let office = Office { reads: ReadLog::start(db.clone()), db, files: files.clone(), ..office.clone() };
    (office, files)
}

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An empty place to restore into: a new SQLite file.
pub(crate) fn empty_file(folder: &Path) -> Settings {
    Settings::Sqlite(folder.join(format!("geri-{}.sqlite", NEXT.fetch_add(1, Ordering::Relaxed))))
}

/// Empty places to restore into: a new SQLite file, and a new database where the test run has a server.
#[expect(clippy::disallowed_methods, reason = "the test run names its server in the environment")]
pub(crate) async fn empty_places(folder: &Path) -> Vec<Settings> {
    let mut places = vec![empty_file(folder)];
    if let Ok(server) = std::env::var("KUNYE_TEST_POSTGRES") {
        let name = format!("restored_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let admin = Db::open(&Settings::parse(&server).expect("an address")).await.expect("a server");
        storage::migrate::create_database(&admin, &name).await.expect("a database");
        admin.close().await;
        let (address, _) = server.rsplit_once('/').expect("an address with a database");
        places.push(Settings::parse(&format!("{address}/{name}")).expect("an address"));
    }
    places
}

/// Moves the clock on by whole days.
pub(crate) fn next_day(kit: &TestOffice) {
    let second = kit.office.now().as_second() + 24 * 3600;
    kit.clock.set(Timestamp::from_second(second).expect("in range"));
}
