//! A story for every way of entry: the list or the form, the desk, final registration, and the student who came of it.

use std::collections::BTreeMap;

use base::{identity::Tckn, ids::CandidateId, time::Date};
use domain::{
    enrolments::{EnrolmentStatus, EntryKind, LinkKind},
    ledger::{GroundKind, LedgerKind},
    people::Sex,
    registration::{CandidateState, WindowKind},
};
use regulations::{EntryField, Verdict, When};
use services::{
    ServiceError,
    placement::{
        Applied, ApplyHow, EnterCandidate, ListFile, apply_placement, candidate_form, change_candidate,
        enter_candidate, entry_form,
    },
    registration::{RegisterCandidate, UndoRegistration, register_candidate, undo_registration},
};
use storage::enrolments::Enrolment;

use crate::registration::{Desk, codes};

/// Somebody whom nobody knows yet.
struct Person {
    given: &'static str,
    surname: &'static str,
    number: String,
    /// Passport and country of whoever has no number yet.
    foreign: Option<(&'static str, &'static str)>,
    born: &'static str,
    sex: Sex,
    /// Whether he or she studies here.
    from_here: bool,
}

impl Person {
    fn new(serial: u32) -> Self {
        let digits: Vec<u8> = format!("5{serial:08}").bytes().map(|b| b - b'0').collect();
        let number = Tckn::complete(digits.try_into().expect("nine digits")).expect("a number");
        Self {
            given: "Işıl",
            surname: "ÇINAR",
            number: number.reveal().to_owned(),
            foreign: None,
            born: "14.03.2006",
            sex: Sex::Female,
            from_here: true,
        }
    }

    fn foreign(serial: u32) -> Self {
        Self { given: "Hanna", surname: "MUSTER", foreign: Some(("C01X00T47", "DE")), ..Self::new(serial) }
    }

    /// Who studies in BLM-L and rests.
    fn resting() -> Self {
        Self {
            given: "Ümit",
            surname: "ŞENTÜRK ÜNLÜ",
            number: "99123456740".to_owned(),
            born: "30.07.2004",
            sex: Sex::Male,
            ..Self::new(0)
        }
    }

    /// Who left BLM-L.
    fn gone() -> Self {
        Self {
            given: "İlbey",
            surname: "İNCE",
            number: "11223344550".to_owned(),
            born: "02.11.2005",
            sex: Sex::Male,
            ..Self::new(0)
        }
    }
}

/// What is typed into a field of a way of entry.
fn typed(field: EntryField, who: &Person, kind: EntryKind) -> Option<String> {
    let text = match field {
        EntryField::IdentityNo => return who.foreign.is_none().then(|| who.number.clone()),
        EntryField::Passport => return who.foreign.map(|(passport, _)| passport.to_owned()),
        EntryField::MainEnrolment => "240010003",
        EntryField::PreviousEnrolment if kind == EntryKind::Amnesty => "240010002",
        EntryField::PreviousEnrolment if !who.from_here => return None,
        EntryField::PreviousEnrolment => FORMER,
        EntryField::ClassYear => "2",
        EntryField::EndsOn => "30.06.2027",
        EntryField::Decision => "MÜH YKK 20.11.2026 2026/31-4",
        EntryField::Agreement => "Protokol 2026/4",
        EntryField::Law => "7531 sayılı Kanun",
        EntryField::HomeCountry => "DE",
        _ => "Örnek",
    };
    Some(text.to_owned())
}

/// Enters somebody by the form of the way of entry.
async fn by_form(desk: &Desk, kind: EntryKind, who: &Person, programme: &str) -> CandidateId {
    let asked = entry_form(desk.office(), &desk.clerk, kind, 2026).await.expect("a form").fields;
    let fields: BTreeMap<String, String> = asked
        .iter()
        .filter_map(|(field, _)| Some((field.code().to_owned(), typed(*field, who, kind)?)))
        .collect();
    let form = EnterCandidate {
        kind: Some(kind),
        year: 2026,
        programme: programme.to_owned(),
        given_name: who.given.to_owned(),
        surname: who.surname.to_owned(),
        sex: Some(who.sex),
        birth_date: who.born.to_owned(),
        nationality: who.foreign.map_or("TR", |(_, country)| country).to_owned(),
        fields,
        ..EnterCandidate::default()
    };
    enter_candidate(desk.office(), &desk.clerk, form).await.expect("entered").id
}

const HEADER: &str = "T.C. Kimlik No;Pasaport No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu;Uyruk;Okul Adı;Puan;Sınav;\
                      Mezun Olduğu Program;MEB Durum;ASAL Durum;OBS Kontrol";

/// Takes a list of one over.
async fn by_list(desk: &Desk, kind: EntryKind, who: &Person) -> CandidateId {
    let (number, passport, country) = match who.foreign {
        None => (who.number.as_str(), "", "TR"),
        Some((passport, country)) => ("", passport, country),
    };
    let text = format!(
        "{HEADER}\n{number};{passport};{};{};K;{};109900013;{country};Örnekköy Lisesi;412,5;Yetenek sınavı;360009;1;101;0\n",
        who.given, who.surname, who.born
    );
    let file =
        ListFile { name: "liste.csv".to_owned(), bytes: text.into_bytes(), kind, year: 2026, mapping: None };
    let how = ApplyHow::default();
    let done = apply_placement(desk.office(), &desk.clerk, file, how).await.expect("an answer");
    let Applied::Done { checked, .. } = done else { panic!("{done:?}") };
    assert_eq!((checked.new.len(), checked.faulty.len()), (1, 0));
    newest(desk).await
}

async fn newest(desk: &Desk) -> CandidateId {
    let filter = storage::candidates::CandidateFilter {
        sight: storage::candidates::Sight { all: true, ..Default::default() },
        states: vec![CandidateState::Waiting],
        limit: 10,
        ..Default::default()
    };
    let all = desk.office().db.read(move |db| storage::candidates::list(db, &filter)).await.expect("read");
    all.iter().map(|candidate| candidate.id).max().expect("a candidate")
}

/// What the list leaves out is completed at the desk.
async fn complete(desk: &Desk, id: CandidateId, field: EntryField, value: &str) {
    let (office, clerk) = (desk.office(), &desk.clerk);
    let asked = candidate_form(office, clerk, id).await.expect("a form");
    let mut form = asked.known;
    form.fields.insert(field.code().to_owned(), value.to_owned());
    change_candidate(office, clerk, id, asked.version, form.clone()).await.expect("completed");
    let late = change_candidate(office, clerk, id, asked.version, form).await;
    assert!(matches!(late, Err(ServiceError::Stale)), "{late:?}");
}

/// Papers, then final registration; answers the student.
async fn register(desk: &Desk, id: CandidateId) -> Enrolment {
    let kind = desk.open(id).await.candidate.data.entry_kind;
    let book = &desk.office().book;
    let when = When { on: desk.office().today(), entry_year: 2026 };
    // What the way of entry asks for is data, and what is data has its source and mark.
    let papers = book.entry_papers(kind.code(), when).expect("a list of papers");
    assert!(!papers.is_empty() && papers.iter().all(|(_, row)| row.is_verified()), "{kind}");
    let fee = book.entry_fee(kind.code(), when);
    assert!(fee.is_verified() && !fee.citation.text.is_empty(), "{kind}");
    assert!(
        book.number_scheme(book.number_group(kind.code(), when).value.expect("a group"), when).is_verified()
    );

    desk.bring_all(id).await;
    let opened = desk.open(id).await;
    assert_eq!(codes(&opened, Verdict::Refuses), Vec::<String>::new(), "{kind}");
    let held = opened.desk.held.len();
    assert!(held > 0, "{kind}: papers are ticked");
    let form = RegisterCandidate { decision: "Belgeler görüldü".to_owned(), ..desk.form(id).await };
    let done = register_candidate(desk.office(), &desk.clerk, form).await.expect("registered");
    assert_eq!(done.state, CandidateState::Registered, "{kind}");
    let student = desk.enrolment(&done.number).await;
    assert_eq!(
        (student.status, student.entry_kind, student.entry_year),
        (EnrolmentStatus::Active, kind, 2026)
    );
    let (person, enrolment) = (student.person, student.id);
    let (account, papers) = desk
        .office()
        .db
        .read(move |db| -> storage::Result<_> {
            Ok((storage::accounts::find_by_person(db, person)?, storage::papers::held(db, enrolment)?))
        })
        .await
        .expect("read");
    assert!(account.is_some(), "{kind}: an account is opened");
    assert_eq!(papers.len(), held, "{kind}: what was ticked is the student's");
    desk.is_sound().await;
    student
}

fn rests_on(student: &Enrolment, kind: GroundKind, reference: &str) {
    assert_eq!((student.ground.kind, student.ground.reference.as_str()), (kind, reference));
}

/// One who came by the list, then one by the form.
async fn list_and_form(kind: EntryKind, name: &str, people: [Person; 2]) {
    for desk in Desk::all().await {
        let [first, second] = &people;
        let id = by_list(&desk, kind, first).await;
        let is_vertical = matches!(kind, EntryKind::Dgs | EntryKind::DgsAdditional);
        if is_vertical {
            // The examination's list does not say into which class somebody is placed.
            assert_eq!(codes(&desk.open(id).await, Verdict::Refuses)[0], "desk-field-missing");
            complete(&desk, id, EntryField::ClassYear, "3").await;
        }
        let student = register(&desk, id).await;
        assert_eq!(student.number, "260010001");
        rests_on(&student, GroundKind::Placement, "2026 liste.csv, satır 2");
        assert_eq!(student.class_year, if is_vertical { 3 } else { 1 });

        let id = by_form(&desk, kind, second, "BLM-L").await;
        let student = register(&desk, id).await;
        assert_eq!((student.number.as_str(), student.ends_on), ("260010002", None));
        rests_on(&student, GroundKind::Placement, &format!("2026 {name}, satır 1"));
    }
}

#[tokio::test]
async fn yks() {
    for desk in Desk::all().await {
        let id = by_list(&desk, EntryKind::Yks, &Person::new(1)).await;
        let student = register(&desk, id).await;
        assert_eq!((student.number.as_str(), student.class_year), ("260010001", 1));
        rests_on(&student, GroundKind::Placement, "2026 liste.csv, satır 2");
        let form = entry_form(desk.office(), &desk.clerk, EntryKind::Yks, 2026).await;
        assert!(matches!(form, Err(ServiceError::NotFound)), "it comes by the list alone");
    }
}

#[tokio::test]
async fn yks_additional() {
    let people = [Person::new(1), Person::new(2)];
    list_and_form(EntryKind::YksAdditional, "YKS ek yerleştirme", people).await;
}

#[tokio::test]
async fn dgs() {
    list_and_form(EntryKind::Dgs, "Dikey Geçiş Sınavı (DGS)", [Person::new(1), Person::new(2)]).await;
}

#[tokio::test]
async fn dgs_additional() {
    list_and_form(EntryKind::DgsAdditional, "DGS ek yerleştirme", [Person::new(1), Person::new(2)]).await;
    for desk in Desk::all().await {
        // Whoever missed the days of the first placement does not come back by those of the additional one.
        let office = desk.office();
        let late = by_list(&desk, EntryKind::Dgs, &Person::new(3)).await;
        let second = by_list(&desk, EntryKind::DgsAdditional, &Person::new(4)).await;
        let permit = services::authz::for_own_account(services::authz::SYSTEM_ACCOUNT, office.now(), "test");
        let of = |kind, opens_on, closes_on| storage::windows::NewWindow {
            kind: WindowKind::Registration,
            unit: None,
            term: None,
            entry_kind: Some(kind),
            opens_on,
            closes_on,
            source: "YÖK duyurusu".to_owned(),
        };
        let windows = [
            of(EntryKind::Dgs, Date::constant(2026, 11, 2), Date::constant(2026, 11, 6)),
            of(EntryKind::DgsAdditional, Date::constant(2026, 11, 20), Date::constant(2026, 11, 27)),
        ];
        office
            .db
            .write(move |tx| {
                windows.iter().try_for_each(|new| storage::windows::insert(tx, &permit, new).map(drop))
            })
            .await
            .expect("windows");
        let refused = codes(&desk.open(late).await, Verdict::Refuses);
        assert_eq!(refused[0], "desk-window-over");
        let refused = codes(&desk.open(second).await, Verdict::Refuses);
        assert!(!refused.iter().any(|code| code.starts_with("desk-window")), "{refused:?}");
    }
}

#[tokio::test]
async fn special_talent() {
    list_and_form(EntryKind::SpecialTalent, "Özel yetenek sınavı", [Person::new(1), Person::new(2)]).await;
}

#[tokio::test]
async fn international() {
    let second = Person { foreign: Some(("U77", "AZ")), given: "Aysel", ..Person::foreign(2) };
    list_and_form(EntryKind::International, "Uluslararası öğrenci kabulü", [Person::foreign(1), second])
        .await;
}

/// By decision of a board, into the second class.
async fn by_decision(kind: EntryKind, who: Person, programme: &str, number: &str) {
    for desk in Desk::all().await {
        let id = by_form(&desk, kind, &who, programme).await;
        assert_eq!(student_of(&desk, id).await, number);
    }
}

async fn student_of(desk: &Desk, id: CandidateId) -> String {
    let student = register(desk, id).await;
    rests_on(&student, GroundKind::BoardDecision, "MÜH YKK 20.11.2026 2026/31-4");
    assert_eq!((student.class_year, student.ends_on, student.main), (2, None, None));
    student.number
}

/// The number of the enrolment that somebody leaves, who rests in it.
const FORMER: &str = "240010003";

/// What a candidate's desk page warns of, about the former enrolment.
async fn told_of_former(desk: &Desk, id: CandidateId) -> Vec<String> {
    let opened = desk.open(id).await;
    assert_eq!(codes(&opened, Verdict::Refuses), Vec::<String>::new());
    codes(&opened, Verdict::Warns).into_iter().filter(|code| code.contains("former")).collect()
}

async fn undo(desk: &Desk, id: CandidateId) {
    let version = desk.open(id).await.candidate.version;
    let form = UndoRegistration { candidate: id, version, reason: "Yanlış aday".to_owned() };
    undo_registration(desk.office(), &desk.clerk, form).await.expect("undone");
}

/// How often an act about an enrolment stands in the audit log.
async fn times(desk: &Desk, act: &str, about: i64) -> usize {
    let filter = storage::audit::AuditFilter { action: act.to_owned(), limit: 100, ..Default::default() };
    let all = desk.office().db.read(move |db| storage::audit::list(db, &filter)).await.expect("log");
    all.iter().filter(|line| line.object_kind == "enrolment" && line.object == Some(about)).count()
}

#[tokio::test]
async fn transfer_internal() {
    by_decision(EntryKind::TransferInternal, Person::resting(), "EEM-L", "260020001").await;
    for desk in Desk::all().await {
        let before = desk.enrolment(FORMER).await;
        assert_eq!(before.status, EnrolmentStatus::OnLeave);
        let id = by_form(&desk, EntryKind::TransferInternal, &Person::resting(), "EEM-L").await;
        desk.bring_all(id).await;
        assert_eq!(told_of_former(&desk, id).await, ["desk-former-ends"]);

        // The former enrolment ends in the same act and on the same ground.
        let first = register(&desk, id).await;
        let ended = desk.enrolment(FORMER).await;
        assert_eq!((ended.status, ended.person), (EnrolmentStatus::Transferred, first.person));
        assert_eq!(ended.status_since, desk.office().today());
        rests_on(&ended, GroundKind::BoardDecision, "MÜH YKK 20.11.2026 2026/31-4");
        let told = desk.ledger(before.id).await;
        let transferred =
            (LedgerKind::StatusChanged, Some(EnrolmentStatus::Transferred), GroundKind::BoardDecision);
        assert_eq!(told.last(), Some(&transferred));

        // Undone within the day: a reversing entry puts it back, and both stay readable.
        undo(&desk, id).await;
        let back = desk.enrolment(FORMER).await;
        assert_eq!((back.status, back.status_since), (before.status, before.status_since));
        let told = desk.ledger(before.id).await;
        assert_eq!(told[told.len() - 2], transferred);
        assert_eq!(told[told.len() - 1], (LedgerKind::Reversed, None, GroundKind::Correction));
        assert_eq!(desk.enrolment(&first.number).await.status, EnrolmentStatus::RegistrationCancelled);
        let about = before.id.get();
        assert_eq!(
            (times(&desk, "change_status", about).await, times(&desk, "reverse_entry", about).await),
            (1, 1)
        );
        desk.is_sound().await;

        // Once more, provisionally first: nothing ends before the registration is final.
        let form = RegisterCandidate {
            provisional: true,
            until: "27.11.2026".to_owned(),
            decision: "Belgeler görüldü".to_owned(),
            ..desk.form(id).await
        };
        let done = register_candidate(desk.office(), &desk.clerk, form).await.expect("registered");
        assert_eq!(done.state, CandidateState::Provisional);
        assert!(desk.enrolment(FORMER).await.status.is_open());
        let form = RegisterCandidate { decision: "Belgeler görüldü".to_owned(), ..desk.form(id).await };
        let done = register_candidate(desk.office(), &desk.clerk, form).await.expect("completed");
        assert_eq!(done.state, CandidateState::Registered);
        assert_eq!(desk.enrolment(FORMER).await.status, EnrolmentStatus::Transferred);
        undo(&desk, id).await;
        assert_eq!(desk.enrolment(FORMER).await.status, before.status);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn an_enrolment_that_no_transfer_names_ends_with_none() {
    for desk in Desk::all().await {
        // By another way of entry nothing ends by itself: two programmes of one level stay forbidden.
        let who = Person::resting();
        let id = by_list(&desk, EntryKind::YksAdditional, &who).await;
        assert!(codes(&desk.open(id).await, Verdict::Refuses).contains(&"desk-already-student".to_owned()));
        // Who names a number of somebody else is refused when the candidate is entered.
        let mut fields: BTreeMap<String, String> = BTreeMap::new();
        for field in EntryField::ALL {
            if let Some(value) = typed(*field, &Person::new(7), EntryKind::TransferInternal) {
                fields.insert(field.code().to_owned(), value);
            }
        }
        let stranger = Person::new(7);
        let form = EnterCandidate {
            kind: Some(EntryKind::TransferInternal),
            year: 2026,
            programme: "EEM-L".to_owned(),
            given_name: stranger.given.to_owned(),
            surname: stranger.surname.to_owned(),
            sex: Some(stranger.sex),
            birth_date: stranger.born.to_owned(),
            fields,
            ..EnterCandidate::default()
        };
        let refused = enter_candidate(desk.office(), &desk.clerk, form).await.expect_err("not the same");
        assert_eq!(crate::registration::fields(refused), ["previous_enrolment other-person"]);
    }
}

#[tokio::test]
async fn transfer_external() {
    by_decision(EntryKind::TransferExternal, Person::new(1), "BLM-L", "260010001").await;
}

#[tokio::test]
async fn transfer_central() {
    for desk in Desk::all().await {
        // From another university: there is nothing here that ends.
        let id = by_form(
            &desk,
            EntryKind::TransferCentral,
            &Person { from_here: false, ..Person::new(1) },
            "BLM-L",
        )
        .await;
        assert_eq!(told_of_former_after_papers(&desk, id).await, Vec::<String>::new());
        assert_eq!(student_of(&desk, id).await, "260010001");
        // From a programme of this one.
        let id = by_form(&desk, EntryKind::TransferCentral, &Person::resting(), "EEM-L").await;
        assert_eq!(told_of_former_after_papers(&desk, id).await, ["desk-former-ends"]);
        assert_eq!(student_of(&desk, id).await, "260020001");
        assert_eq!(desk.enrolment(FORMER).await.status, EnrolmentStatus::Transferred);
        undo(&desk, id).await;
        assert_eq!(desk.enrolment(FORMER).await.status, EnrolmentStatus::OnLeave);
        desk.is_sound().await;
    }
}

async fn told_of_former_after_papers(desk: &Desk, id: CandidateId) -> Vec<String> {
    desk.bring_all(id).await;
    told_of_former(desk, id).await
}

#[tokio::test]
async fn amnesty() {
    by_decision(EntryKind::Amnesty, Person::gone(), "BLM-L", "260010001").await;
}

/// Beside the main programme, with a number of its own.
async fn beside(kind: EntryKind, link: LinkKind) {
    for desk in Desk::all().await {
        let main = desk.enrolment("240010003").await;
        let id = by_form(&desk, kind, &Person::resting(), "EEM-L").await;
        let student = register(&desk, id).await;
        assert_eq!(student.number, "260020001");
        assert_eq!((student.main, student.person), (Some((link, main.id)), main.person));
        rests_on(&student, GroundKind::BoardDecision, "MÜH YKK 20.11.2026 2026/31-4");
        assert!(desk.enrolment("240010003").await.status.is_open(), "the main enrolment goes on");
    }
}

#[tokio::test]
async fn double_major() {
    beside(EntryKind::DoubleMajor, LinkKind::DoubleMajor).await;
}

#[tokio::test]
async fn minor() {
    beside(EntryKind::Minor, LinkKind::Minor).await;
}

/// Until a day that is known at entry, with a number of the guests' own series.
async fn guest(kind: EntryKind, who: Person, ground: GroundKind, reference: &str) {
    for desk in Desk::all().await {
        let id = by_form(&desk, kind, &who, "BLM-L").await;
        let student = register(&desk, id).await;
        assert_eq!(student.number, "92600001", "{kind}");
        assert_eq!(student.ends_on, Some(Date::constant(2027, 6, 30)), "{kind}");
        rests_on(&student, ground, reference);
    }
}

#[tokio::test]
async fn erasmus() {
    guest(EntryKind::Erasmus, Person::foreign(1), GroundKind::Placement, "Protokol 2026/4").await;
}

#[tokio::test]
async fn farabi() {
    guest(EntryKind::Farabi, Person::new(1), GroundKind::Placement, "Protokol 2026/4").await;
}

#[tokio::test]
async fn mevlana() {
    guest(EntryKind::Mevlana, Person::foreign(1), GroundKind::Placement, "Protokol 2026/4").await;
}

#[tokio::test]
async fn orhun() {
    guest(EntryKind::Orhun, Person::foreign(1), GroundKind::Placement, "Protokol 2026/4").await;
}

#[tokio::test]
async fn bilateral() {
    guest(EntryKind::Bilateral, Person::foreign(1), GroundKind::Placement, "Protokol 2026/4").await;
}

#[tokio::test]
async fn special_student() {
    let decision = "MÜH YKK 20.11.2026 2026/31-4";
    guest(EntryKind::SpecialStudent, Person::new(1), GroundKind::BoardDecision, decision).await;
}

/// Who adds a way of entry adds its story.
#[test]
fn every_way_of_entry_has_its_story() {
    let told = include_str!("entry_kinds.rs");
    for kind in EntryKind::ALL.iter().filter(|kind| **kind != EntryKind::Records) {
        assert!(told.contains(&format!("async fn {}() {{", kind.code())), "{kind}");
    }
}
