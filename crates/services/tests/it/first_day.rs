//! The first day of a new student.

use base::{
    ids::{CandidateId, UnitId},
    time::Date,
};
use domain::{
    accounts::Role,
    enrolments::{EnrolmentStatus, EntryKind},
    papers::{PaperKind, PaperState},
    registration::{CandidateState, FeeState},
};
use services::{
    Action, Actor, Office, ServiceError, accounts,
    authz::Assignment,
    documents::stored::Upload,
    first_day::{
        DecidePhoto, KeepOwnContact, Obstacle, SealSlips, decide_photo, keep_own_contact,
        list_waiting_photos, open_first_day, propose_photo, read_notice, seal_slips,
    },
    placement::{Applied, ApplyHow, ListFile, apply_placement},
    registration::{
        FeeForm, RegisterCandidate, TickPapers, TickedPaper, find_candidate, open_candidate,
        register_candidate, tick_papers,
    },
};

use crate::house::House;

const LIST: &str = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu;e-Posta;mebDurum;asalDurum;obsKontrol;yerKullanilanPuani;okulKodu;yerlesmeTuru
10000000146;ALİ;IŞIK;Erkek;17.03.2007;BIL1;ali@example.invalid;1;101;0;412,51234;900001;Genel
12345678950;ECE;ÇİÇEK;Kadın;01.09.2007;BIL1;;1;101;0;388,10001;900002;Genel
";

pub(crate) fn desk() -> Actor {
    Actor::system("test")
}

/// Candidates of `BIL1`, numbers for them, and a window around today.
pub(crate) async fn placed(house: &House) {
    house.furnish().await;
    let today = house.office.today();
    house.office.db.write(|tx| storage::probe::give_codes(tx, &[(1, "100101")])).await.expect("a code");
    let file = ListFile {
        name: "yks.csv".to_owned(),
        bytes: LIST.as_bytes().to_vec(),
        kind: EntryKind::Yks,
        year: 2026,
        mapping: None,
    };
    let how = ApplyHow { sound_rows: false, upload: None };
    let applied = apply_placement(&house.office, &desk(), file, how).await.expect("an import");
    assert!(matches!(applied, Applied::Done { .. }), "{applied:?}");
    let permit =
        services::authz::for_own_account(services::authz::SYSTEM_ACCOUNT, house.office.now(), "test");
    let window = storage::windows::NewWindow {
        kind: domain::registration::WindowKind::Registration,
        unit: None,
        term: None,
        entry_kind: None,
        opens_on: today,
        closes_on: today,
        source: "Duyuru 2026/1".to_owned(),
    };
    house.office.db.write(move |tx| storage::windows::insert(tx, &permit, &window)).await.expect("a window");
}

pub(crate) async fn candidate(office: &Office, number: &str) -> CandidateId {
    find_candidate(office, &desk(), number).await.expect("a candidate")
}

/// What the desk of the test notes; what a check leaves to a person has been decided.
fn order(id: CandidateId, version: i64, provisional: bool) -> RegisterCandidate {
    RegisterCandidate {
        candidate: id,
        version,
        provisional,
        until: "31.12.2026".to_owned(),
        fee: FeeForm { state: Some(FeeState::NotDue), ..FeeForm::default() },
        notice_read: !provisional,
        decision: "Ek puan ve sağlık koşulu sorulmadı, kılavuza bakıldı.".to_owned(),
        idempotency_key: None,
    }
}

async fn provisional_student(house: &House) -> Actor {
    placed(house).await;
    let office = &house.office;
    let id = candidate(office, "10000000146").await;
    let photo = TickedPaper {
        kind: PaperKind::Photograph,
        state: Some(PaperState::Received),
        due_on: String::new(),
        reason: String::new(),
    };
    tick_papers(office, &desk(), TickPapers { candidate: id, papers: vec![photo] }).await.expect("ticked");
    let version = open_candidate(office, &desk(), id).await.expect("opened").candidate.version;
    let done = register_candidate(office, &desk(), order(id, version, true)).await.expect("registered");
    assert_eq!(done.state, CandidateState::Provisional);
    let enrolment = done.enrolment;
    let found = office.db.read(move |db| storage::enrolments::fetch(db, enrolment)).await.expect("a look");
    let person = found.expect("an enrolment").person;
    Actor {
        person: Some(person),
        roles: vec![Assignment { role: Role::Student, unit: None, programme: None }],
        ..desk()
    }
}

#[tokio::test]
async fn a_new_student_sees_what_is_missing_and_until_when() {
    for house in House::all().await {
        let student = provisional_student(&house).await;
        let office = &house.office;
        let day = open_first_day(office, &student).await.expect("a first day");
        assert_eq!(day.name, "Ali IŞIK", "{}", house.engine);
        let study = &day.studies[0];
        assert_eq!(study.status, EnrolmentStatus::Provisional);
        assert_eq!(study.provisional_until, Some(Date::constant(2026, 12, 31)));
        let missing: Vec<_> = study.missing.iter().map(|paper| (paper.kind, paper.due_on)).collect();
        assert_eq!(missing, [(PaperKind::SchoolDiploma, Some(Date::constant(2026, 12, 31)))]);
        assert!(study.notice_unread && !day.has_photo);

        read_notice(office, &student, study.enrolment, "2026-1".to_owned()).await.expect("read");
        read_notice(office, &student, study.enrolment, "2026-1".to_owned()).await.expect("read again");
        let contact = KeepOwnContact {
            email: "ali.isik@example.invalid".to_owned(),
            phone: "0555 123 45 67".to_owned(),
            address: String::new(),
            version: day.contact.version,
        };
        keep_own_contact(office, &student, contact.clone()).await.expect("kept");
        assert!(matches!(keep_own_contact(office, &student, contact).await, Err(ServiceError::Stale)));
        let day = open_first_day(office, &student).await.expect("a first day");
        assert_eq!(day.contact.phone.as_deref(), Some("5551234567"));
        assert!(!day.studies[0].notice_unread);
        // Whoever is no student has no first day.
        assert!(matches!(
            open_first_day(office, &desk()).await,
            Err(ServiceError::Forbidden(Action::KeepOwnRecord))
        ));
    }
}

/// A picture of one grey pixel.
fn picture() -> Upload {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(1, 1).write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    Upload { bytes: bytes.into_inner() }
}

#[tokio::test]
async fn a_proposed_photo_counts_once_the_office_takes_it() {
    for house in House::all().await {
        let student = provisional_student(&house).await;
        let office = &house.office;
        assert!(propose_photo(office, &student, Upload { bytes: b"MZ".to_vec() }).await.is_err());
        propose_photo(office, &student, picture()).await.expect("proposed");
        propose_photo(office, &student, picture()).await.expect("proposed again");
        let waiting = list_waiting_photos(office, &desk()).await.expect("a list");
        assert_eq!(waiting.len(), 1, "the newer gave way to none: {}", house.engine);
        let elsewhere = Actor {
            roles: vec![Assignment { role: Role::Clerk, unit: Some(UnitId::new(4)), programme: None }],
            ..desk()
        };
        assert_eq!(list_waiting_photos(office, &elsewhere).await.expect("a list"), []);
        let id = waiting[0].proposal.id;
        let decide = |take, reason: &str| DecidePhoto { id, take, reason: reason.to_owned() };
        assert!(decide_photo(office, &desk(), decide(false, " ")).await.is_err(), "a refusal has its reason");
        assert!(matches!(
            decide_photo(office, &elsewhere, decide(true, "")).await,
            Err(ServiceError::NotFound)
        ));
        decide_photo(office, &desk(), decide(true, "")).await.expect("taken");
        assert!(matches!(decide_photo(office, &desk(), decide(true, "")).await, Err(ServiceError::Stale)));
        let day = open_first_day(office, &student).await.expect("a first day");
        assert!(day.has_photo);
    }
}

#[tokio::test]
async fn photos_are_proposed_within_their_days() {
    for house in House::all().await {
        let student = provisional_student(&house).await;
        let office = &house.office;
        let form = services::windows::EnterWindow {
            kind: Some(domain::registration::WindowKind::PhotoProposal),
            unit: String::new(),
            term: None,
            entry_kind: None,
            opens_on: "24.11.2026".to_owned(),
            closes_on: "26.11.2026".to_owned(),
            source: "Duyuru 2026/9".to_owned(),
            overlap_ok: false,
        };
        let id = services::windows::enter_window(office, &desk(), form).await.expect("a window");
        let refused = propose_photo(office, &student, picture()).await;
        let Err(ServiceError::Refused(findings)) = refused else { panic!("{refused:?}") };
        let said: Vec<&str> = findings.iter().map(|finding| finding.code.as_ref()).collect();
        assert_eq!(said, ["photo-window-closed"], "{}", house.engine);
        let day = open_first_day(office, &student).await.expect("a first day");
        assert_eq!(day.photo_window.map(|window| window.id), Some(id));
        house.clock.advance(std::time::Duration::from_secs(24 * 60 * 60));
        propose_photo(office, &student, picture()).await.expect("its first day");
    }
}

#[tokio::test]
async fn a_provisional_student_reads_what_else_stands_against_the_registration() {
    for house in House::all().await {
        let student = provisional_student(&house).await;
        let office = &house.office;
        let study = open_first_day(office, &student).await.expect("a first day").studies.remove(0);
        assert_eq!(study.obstacles, [], "{}", house.engine);
        let number = study.number.clone();
        office.db.write(move |tx| storage::probe::owe_everything(tx, &number)).await.expect("changed");
        let study = open_first_day(office, &student).await.expect("a first day").studies.remove(0);
        assert_eq!(study.obstacles, [Obstacle::Fee, Obstacle::School]);
    }
}

#[tokio::test]
async fn slips_are_for_those_who_never_signed_in() {
    for house in House::all().await {
        provisional_student(&house).await;
        let office = &house.office;
        let order = |code: &str| SealSlips { programme: code.to_owned(), day: office.today(), again: false };
        let slips = seal_slips(office, &desk(), order("BIL1")).await.expect("slips");
        assert_eq!(slips.len(), 1, "{}", house.engine);
        assert_eq!(slips[0].link.display_name, "Ali IŞIK");
        assert_eq!(slips[0].number, slips[0].link.user_name);
        // The slip is in its envelope: the next print of the morning leaves it alone, unless all are asked for anew.
        assert_eq!(seal_slips(office, &desk(), order("BIL1")).await.expect("slips").len(), 0);
        let first = slips[0].link.token.reveal();
        assert!(accounts::look_up_link(office, first).await.is_ok());
        let again = SealSlips { again: true, ..order("BIL1") };
        let anew = seal_slips(office, &desk(), again).await.expect("slips");
        assert_eq!(anew.len(), 1);
        assert!(accounts::look_up_link(office, first).await.is_err(), "the earlier one is void");
        house.clock.advance(accounts::ACTIVATION_VALID);
        let late = SealSlips { day: Date::constant(2026, 11, 23), ..order("BIL1") };
        assert_eq!(seal_slips(office, &desk(), late).await.expect("slips").len(), 1, "it ran out");
        assert_eq!(seal_slips(office, &desk(), order("IKT1")).await.expect("slips").len(), 0);
        assert!(matches!(seal_slips(office, &desk(), order("YOK")).await, Err(ServiceError::Invalid(_))));
    }
}
