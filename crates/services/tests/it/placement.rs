//! Placement lists: preview, import, import once more, sound rows, mending, one candidate by a form.

use base::ids::{PersonId, UnitId};
use domain::{
    accounts::Role,
    enrolments::{EnrolmentStatus, EntryKind},
    people::Sex,
    registration::CandidateState,
};
use services::{
    Action, Actor, Office, ServiceError,
    authz::Assignment,
    placement::{
        Applied, ApplyHow, Checked, CheckedList, EnterCandidate, ListFile, RowFault, apply_placement,
        apply_upload, dismiss_row, enter_candidate, entry_form, form_kinds, keep_upload, kind_of,
        list_mappings, list_placements, open_placement, preview_placement, save_mapping, uploaded,
    },
};
use storage::candidates::{Candidate, CandidateFilter, Sight, Step};

use crate::house::House;

const HEADER: &str = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu;e-Posta";
const ALI: &str = "10000000146;ALİ;IŞIK;Erkek;17.03.2007;BIL1;ALI@EXAMPLE.INVALID";
const ECE: &str = "12345678950;ECE NUR;ÇİÇEK;Kadın;01.09.2007;IKT1;";
/// A check digit that does not fit.
const WRONG: &str = "98765432151;CAN;ÖZ;Erkek;05.05.2006;BIL1;";
const MENDED: &str = "98765432150;CAN;ÖZ;Erkek;05.05.2006;BIL1;";

fn desk() -> Actor {
    Actor::system("test")
}

/// Somebody of the staff with one role in a unit.
fn staff(role: Role, unit: i64) -> Actor {
    Actor { roles: vec![Assignment { role, unit: Some(UnitId::new(unit)), programme: None }], ..desk() }
}

fn file(rows: &[&str]) -> ListFile {
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    ListFile {
        name: "yks.csv".to_owned(),
        bytes: text.into_bytes(),
        kind: EntryKind::Yks,
        year: 2026,
        mapping: None,
    }
}

fn sentence(fault: &RowFault) -> String {
    format!("{}: {}", fault.column.as_deref().unwrap_or("-"), fault.code)
}

async fn preview(office: &Office, rows: &[&str]) -> Box<CheckedList> {
    match preview_placement(office, &desk(), file(rows)).await.expect("a preview") {
        Checked::List(list) => list,
        Checked::Bad(bad) => panic!("{bad:?}"),
    }
}

async fn apply(office: &Office, file: ListFile, sound_rows: bool) -> Applied {
    apply_placement(office, &desk(), file, ApplyHow { sound_rows, upload: None }).await.expect("an answer")
}

/// New, changed, same and faulty rows of an import that was carried out.
fn counts(applied: &Applied) -> [usize; 4] {
    match applied {
        Applied::Done { checked, .. } => [
            checked.new.len(),
            checked.changed.len(),
            usize::try_from(checked.same).expect("few"),
            checked.faulty.len(),
        ],
        other => panic!("{other:?}"),
    }
}

async fn candidates(office: &Office) -> Vec<Candidate> {
    let filter =
        CandidateFilter { sight: Sight { all: true, ..Sight::default() }, limit: 100, ..Default::default() };
    office.db.read(move |db| storage::candidates::list(db, &filter)).await.expect("candidates")
}

fn codes(error: ServiceError) -> Vec<String> {
    match error {
        ServiceError::Invalid(wrong) => wrong.iter().map(|e| format!("{}: {}", e.field, e.code)).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_list_is_taken_over_once_and_what_it_changes_is_changed() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let seen = preview(office, &[ALI, ECE]).await;
        assert_eq!((seen.new.len(), seen.faulty.len()), (2, 0), "{}", house.engine);
        assert!(candidates(office).await.is_empty(), "a preview writes nothing");

        assert_eq!(counts(&apply(office, file(&[ALI, ECE]), false).await), [2, 0, 0, 0]);
        let first = candidates(office).await;
        assert_eq!(first.len(), 2);
        assert_eq!(first[0].data.full_name(), "Ece Nur ÇİÇEK");
        assert_eq!((first[1].state, first[1].programme_code.as_str()), (CandidateState::Waiting, "BIL1"));

        // The same list once more: nothing but the note of it.
        assert_eq!(counts(&apply(office, file(&[ALI, ECE]), false).await), [0, 0, 2, 0]);
        assert_eq!(candidates(office).await, first);

        // A mended name changes one; what the office filled in meanwhile stays.
        let renamed = ALI.replace("ALİ", "ALİ CAN");
        assert_eq!(counts(&apply(office, file(&[&renamed, ECE]), false).await), [0, 1, 1, 0]);
        assert_eq!(candidates(office).await[1].data.given_name, "Ali Can");
        let lists = list_placements(office, &desk()).await.expect("lists");
        let told: Vec<_> = lists.iter().map(|line| line.list.counts).collect();
        assert_eq!(told, [[2, 0, 1, 1, 0], [2, 0, 0, 2, 0], [2, 2, 0, 0, 0]]);
    }
}

#[tokio::test]
async fn faulty_rows_keep_a_list_out_until_sound_rows_are_asked_for_and_mending_settles_them() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let refused = apply(office, file(&[ALI, WRONG]), false).await;
        let Applied::Refused(checked) = refused else { panic!("{refused:?}") };
        assert_eq!(checked.faulty[0].faults[0].code, "identity_check_digit");
        assert!(
            candidates(office).await.is_empty()
                && list_placements(office, &desk()).await.expect("lists").is_empty()
        );

        let applied = apply(office, file(&[ALI, WRONG]), true).await;
        assert_eq!(counts(&applied), [1, 0, 0, 1], "{}", house.engine);
        let Applied::Done { list, .. } = applied else { panic!() };
        let open = open_placement(office, &desk(), list).await.expect("the list");
        assert_eq!((open.rows.len(), open.rows[0].row), (1, 3));
        let back = String::from_utf8(open.faulty_file(sentence)).expect("UTF-8");
        assert_eq!(
            back,
            format!(
                "\u{feff}{HEADER};Künye açıklaması\r\n{WRONG};[{list}/3] identity_no: identity_check_digit\r\n"
            )
        );

        // The same faulty list once more leaves one row on the worklist, not two.
        apply(office, file(&[ALI, WRONG]), true).await;
        let open: i64 =
            list_placements(office, &desk()).await.expect("lists").iter().map(|line| line.open).sum();
        assert_eq!(open, 1);

        // The file that was handed out, mended in its identity number: the row is settled by its mark.
        let lists = list_placements(office, &desk()).await.expect("lists");
        let newest = lists.iter().find(|line| line.open > 0).expect("a list with a row").list.id;
        let back = open_placement(office, &desk(), newest).await.expect("the list").faulty_file(sentence);
        let mended = String::from_utf8(back).expect("UTF-8").replace(WRONG, MENDED);
        let mended = ListFile { bytes: mended.into_bytes(), ..file(&[]) };
        assert_eq!(counts(&apply(office, mended, false).await), [1, 0, 0, 0]);
        assert!(list_placements(office, &desk()).await.expect("lists").iter().all(|line| line.open == 0));
        assert_eq!(candidates(office).await.len(), 2);
    }
}

#[tokio::test]
async fn a_row_that_needs_no_mending_is_taken_off_with_its_reason() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let Applied::Done { list, .. } = apply(office, file(&[ALI, WRONG]), true).await else { panic!() };
        let error = dismiss_row(office, &desk(), list, 3, " ".to_owned()).await.expect_err("no reason");
        assert_eq!(codes(error), ["reason: required"]);
        dismiss_row(office, &desk(), list, 3, "Başka üniversite".to_owned()).await.expect("taken off");
        assert!(open_placement(office, &desk(), list).await.expect("the list").rows.is_empty());
        let again = dismiss_row(office, &desk(), list, 3, "Yine".to_owned()).await;
        assert!(again.is_err(), "{}", house.engine);
    }
}

#[tokio::test]
async fn nobody_is_placed_twice_and_whoever_does_not_wait_stays_as_he_is() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        apply(office, file(&[ALI, ECE]), false).await;
        let elsewhere = ALI.replace("BIL1", "IKT1");
        let seen = preview(office, &[&elsewhere]).await;
        assert_eq!(seen.faulty[0].faults[0].code, "placed_elsewhere");
        assert_eq!(seen.faulty[0].faults[0].values["programme"], "BIL1");

        // Whoever renounced has no place any more, and no list changes that row.
        let ali = candidates(office).await.into_iter().find(|c| c.data.surname == "IŞIK").expect("Ali");
        let permit = services::authz::for_own_account(services::authz::SYSTEM_ACCOUNT, office.now(), "test");
        let step = Step {
            state: CandidateState::Renounced,
            reason: "Vazgeçti".to_owned(),
            enrolment: None,
            provisional_until: None,
        };
        office
            .db
            .write(move |tx| storage::candidates::step(tx, &permit, ali.id, ali.version, &step))
            .await
            .expect("a step");
        let renamed = ALI.replace("ALİ", "VELİ");
        let seen = preview(office, &[&renamed]).await;
        assert_eq!((seen.changed.len(), seen.same), (0, 1), "{}", house.engine);
        assert_eq!(seen.warnings[0].code, "differs");
        assert_eq!(preview(office, &[&elsewhere]).await.new.len(), 1);
    }
}

#[tokio::test]
async fn a_student_of_the_university_is_a_warning() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let person: PersonId = house.person("Ali", "IŞIK").await;
        house.enrol(person, "2024001", 2, EnrolmentStatus::Active).await;
        let permit = services::authz::for_own_account(services::authz::SYSTEM_ACCOUNT, office.now(), "test");
        office
            .db
            .write(move |tx| {
                let mut known = storage::people::fetch(tx, person)?.expect("a person");
                known.identity.identity_no = base::identity::Tckn::parse("10000000146").ok();
                storage::people::update_identity(tx, &permit, person, known.version, &known.identity)
            })
            .await
            .expect("an identity number");
        let seen = preview(office, &[ALI]).await;
        assert_eq!((seen.new.len(), seen.warnings[0].code.as_ref()), (1, "already_student"));
        assert_eq!(seen.warnings[0].values["number"], "2024001", "{}", house.engine);
        // Of a student elsewhere a faculty's clerk learns no number.
        let clerk = staff(Role::Clerk, 2);
        let seen = preview_placement(office, &clerk, file(&[ALI])).await.expect("a preview");
        let Checked::List(seen) = seen else { panic!("{seen:?}") };
        assert_eq!(seen.warnings[0].values["number"], "***");
    }
}

#[tokio::test]
async fn lists_are_for_those_who_may_and_for_their_units() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let head = staff(Role::UnitHead, 2);
        let refused = preview_placement(office, &head, file(&[ALI])).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden(Action::ImportPlacement))));
        let clerk = staff(Role::Clerk, 2);
        let seen = preview_placement(office, &clerk, file(&[ALI, ECE])).await.expect("a preview");
        let Checked::List(seen) = seen else { panic!("{seen:?}") };
        assert_eq!((seen.new.len(), seen.faulty[0].faults[0].code.as_ref()), (1, "other_programme"));

        let wrong = ListFile { kind: EntryKind::TransferExternal, year: 1800, ..file(&[ALI]) };
        let error = preview_placement(office, &desk(), wrong).await.expect_err("no list of these");
        assert_eq!(codes(error), ["year: year-range", "kind: kind-without-list"]);
        assert_eq!(kind_of(office, "yks", 2026), Some(EntryKind::Yks));
        assert_eq!(kind_of(office, "YKS_EK", 2026), Some(EntryKind::YksAdditional));
        assert_eq!(kind_of(office, "LGS", 2026), None);
    }
}

#[tokio::test]
async fn an_upload_waits_for_its_own_reader_and_is_read_by_a_mapping() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let strange = file(&[ALI]);
        let text = String::from_utf8(strange.bytes.clone()).expect("UTF-8").replace("Adı;Soyadı", "K1;K2");
        let id = keep_upload(office, &desk(), ListFile { bytes: text.into_bytes(), ..strange })
            .await
            .expect("kept");
        let other = Actor { account: base::ids::AccountId::new(77), ..desk() };
        assert!(matches!(uploaded(office, &other, id).await, Err(ServiceError::NotFound)));
        let waiting = uploaded(office, &desk(), id).await.expect("the file");
        let Checked::Bad(bad) = preview_placement(office, &desk(), waiting).await.expect("read") else {
            panic!()
        };
        assert_eq!(bad.problems[0].code(), "missing_columns");
        assert_eq!(bad.headings[1], "K1");
        assert_eq!((bad.found["sex"].as_str(), bad.found.get("surname")), ("Cinsiyet", None));

        let columns = [("given_name", "K1"), ("surname", "K2"), ("nonsense", "K3")];
        let columns = columns.map(|(field, heading)| (field.to_owned(), heading.to_owned())).into();
        save_mapping(office, &desk(), " Özel  yetenek ".to_owned(), columns, Some(id)).await.expect("saved");
        let waiting = uploaded(office, &desk(), id).await.expect("the file");
        assert_eq!(waiting.mapping.as_deref(), Some("Özel yetenek"), "{}", house.engine);
        assert_eq!(list_mappings(office, &desk()).await.expect("mappings")[0].1.len(), 2);
        let how = ApplyHow { sound_rows: false, upload: Some(id) };
        let done = apply_placement(office, &desk(), waiting, how).await.expect("applied");
        assert_eq!(counts(&done), [1, 0, 0, 0]);
        assert!(matches!(uploaded(office, &desk(), id).await, Err(ServiceError::NotFound)));

        let unknown = ListFile { mapping: Some("yok".to_owned()), ..file(&[ALI]) };
        let Applied::Bad(bad) = apply(office, unknown, false).await else { panic!() };
        assert_eq!(bad.problems[0].code(), "unknown_mapping");
    }
}

fn transfer() -> EnterCandidate {
    let fields = [
        ("identity_no", "10000000146"),
        ("home_institution", "Örnek Komşu Üniversitesi"),
        ("home_programme", "Fizik"),
        ("class_year", "2"),
        ("decision", "FEN YKK 20.11.2026 2026/31-4"),
    ];
    EnterCandidate {
        kind: Some(EntryKind::TransferExternal),
        year: 2026,
        programme: "BIL1".to_owned(),
        given_name: "ALİ".to_owned(),
        surname: "ışık".to_owned(),
        sex: Some(Sex::Male),
        birth_date: "17.03.2005".to_owned(),
        fields: fields.map(|(field, value)| (field.to_owned(), value.to_owned())).into(),
        idempotency_key: Some("once".to_owned()),
        ..EnterCandidate::default()
    }
}

#[tokio::test]
async fn one_candidate_is_entered_by_a_form_with_the_fields_of_the_way_of_entry() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let entered = enter_candidate(office, &desk(), transfer()).await.expect("entered");
        let again = enter_candidate(office, &desk(), transfer()).await.expect("the first answer");
        assert!(again.is_repeated && again.id == entered.id, "{}", house.engine);
        let found = candidates(office).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].data.full_name(), "Ali IŞIK");
        assert_eq!(found[0].data.details.fields["home_programme"], "Fizik");
        assert!(list_placements(office, &desk()).await.expect("lists").is_empty(), "forms are no lists");

        let twice = EnterCandidate { idempotency_key: None, ..transfer() };
        let error = enter_candidate(office, &desk(), twice).await.expect_err("placed already");
        assert_eq!(codes(error), ["programme: placed-already"]);

        let empty = EnterCandidate { fields: Default::default(), sex: None, ..transfer() };
        let error = enter_candidate(office, &desk(), EnterCandidate { idempotency_key: None, ..empty }).await;
        assert_eq!(
            codes(error.expect_err("fields are missing")),
            [
                "sex: required",
                "identity_no: required",
                "home_institution: required",
                "home_programme: required",
                "class_year: required",
                "decision: required"
            ]
        );
        let other = staff(Role::Clerk, 4);
        let form = EnterCandidate { idempotency_key: None, ..transfer() };
        let elsewhere = enter_candidate(office, &other, form).await;
        assert!(matches!(elsewhere, Err(ServiceError::NotFound | ServiceError::Forbidden(_))));
    }
}

#[tokio::test]
async fn a_guest_has_a_last_day_and_a_double_major_hangs_on_its_own_enrolment() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let with = |form: EnterCandidate, fields: &[(&str, &str)]| {
            let mut form = EnterCandidate { idempotency_key: None, ..form };
            form.fields = fields.iter().map(|(f, v)| ((*f).to_owned(), (*v).to_owned())).collect();
            form
        };
        let guest = EnterCandidate {
            kind: Some(EntryKind::Erasmus),
            nationality: "DE".to_owned(),
            given_name: "Jürgen".to_owned(),
            surname: "Örnek".to_owned(),
            ..transfer()
        };
        let fields = |until| {
            [
                ("passport", "C01X00T47"),
                ("home_institution", "Universität Beispiel"),
                ("home_programme", "Physik"),
                ("home_country", "DE"),
                ("agreement", "2026-1-DE01-KA131"),
                ("ends_on", until),
            ]
        };
        let late = enter_candidate(office, &desk(), with(guest.clone(), &fields("01.09.2029"))).await;
        assert_eq!(codes(late.expect_err("too long")), ["ends_on: stay-too-long"]);
        enter_candidate(office, &desk(), with(guest, &fields("30.06.2027"))).await.expect("a guest");
        let found = candidates(office).await;
        assert_eq!(found[0].data.ends_on.map(|day| day.to_string()).as_deref(), Some("2027-06-30"));

        let person = house.person("Ali", "IŞIK").await;
        house.enrol(person, "2024001", 2, EnrolmentStatus::Active).await;
        let double = EnterCandidate { kind: Some(EntryKind::DoubleMajor), ..transfer() };
        let fields = |main| [("identity_no", "10000000146"), ("main_enrolment", main), ("decision", "YKK 1")];
        let unknown = enter_candidate(office, &desk(), with(double.clone(), &fields("9"))).await;
        assert_eq!(codes(unknown.expect_err("no such student")), ["main_enrolment: unknown-number"]);
        enter_candidate(office, &desk(), with(double, &fields("2024001"))).await.expect("a double major");
        assert_eq!(
            candidates(office).await.iter().filter(|c| c.data.main.is_some()).count(),
            1,
            "{}",
            house.engine
        );
    }
}

#[tokio::test]
async fn every_way_of_entry_with_a_form_has_its_fields() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let kinds = form_kinds(office);
        assert_eq!(kinds.len(), 17, "{kinds:?}");
        for kind in kinds {
            let form = entry_form(office, &desk(), kind, 2026).await.expect("a form");
            assert!(!form.fields.is_empty() && form.programmes.len() == 2, "{kind}");
        }
        assert!(matches!(
            entry_form(office, &desk(), EntryKind::Yks, 2026).await,
            Err(ServiceError::NotFound)
        ));
    }
}

#[tokio::test]
async fn two_desks_that_load_one_list_at_once_end_with_it_once() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let rows: Vec<String> = (0..200_u32)
            .map(|n| {
                let nine: Vec<u8> = format!("3{n:08}").bytes().map(|b| b - b'0').collect();
                let number =
                    base::identity::Tckn::complete(nine.try_into().expect("nine")).expect("a number");
                ALI.replace("10000000146", number.reveal())
            })
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let (first, second) =
            tokio::join!(apply(office, file(&rows), false), apply(office, file(&rows), false));
        let mut told = [counts(&first), counts(&second)];
        told.sort_unstable();
        assert_eq!(told, [[0, 0, 200, 0], [200, 0, 0, 0]], "{}", house.engine);

        // A double click on one upload is one list.
        let id = keep_upload(office, &desk(), file(&[ECE])).await.expect("kept");
        let clerk = desk();
        let (first, second) =
            tokio::join!(apply_upload(office, &clerk, id, false), apply_upload(office, &clerk, id, false));
        let again = |done: &services::Result<Applied>| matches!(done, Ok(Applied::Again { .. }));
        assert_eq!(
            [&first, &second].into_iter().filter(|done| again(done)).count(),
            1,
            "{first:?} {second:?}"
        );
        assert_eq!(list_placements(office, &desk()).await.expect("lists").len(), 3);
        let third = apply_upload(office, &desk(), id, false).await;
        assert!(again(&third), "{third:?}");
    }
}

#[tokio::test]
async fn a_passport_is_followed_by_its_number_and_other_columns_say_the_same() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let list = |text: &str| ListFile { bytes: text.as_bytes().to_vec(), ..file(&[]) };
        let header = "Pasaport No;T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu;Uyruk";
        let hanna = |number: &str| format!("{header}\nU12;{number};Hanna;MUSTER;K;17.03.2006;BIL1;DE\n");
        assert_eq!(counts(&apply(office, list(&hanna("")), false).await), [1, 0, 0, 0]);
        assert_eq!(counts(&apply(office, list(&hanna("99000000042")), false).await), [0, 1, 0, 0]);
        // A list that knows the number alone, and one that knows the passport alone again.
        let short = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu\n99000000042;HANNA;MUSTER;K;17/03/2006;BIL1\n";
        assert_eq!(counts(&apply(office, list(short), false).await), [0, 0, 1, 0], "{}", house.engine);
        assert_eq!(counts(&apply(office, list(&hanna("")), false).await), [0, 0, 1, 0]);
        let found = candidates(office).await;
        assert_eq!((found.len(), found[0].version), (1, 2), "nothing was written for nothing");
        assert_eq!(found[0].data.identity_no.as_deref(), Some("99000000042"));
        assert_eq!(found[0].data.passport.as_deref(), Some("U12"));
    }
}

#[tokio::test]
async fn what_was_handed_out_before_the_list_was_taken_settles_its_row() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let seen = preview(office, &[ALI, WRONG]).await;
        let handed_out = String::from_utf8(seen.faulty_file(sentence)).expect("UTF-8");
        apply(office, file(&[ALI, WRONG]), true).await;
        // Mended badly first, in another way; then well.
        let badly = handed_out.replace(WRONG, &WRONG.replace("05.05.2006", "x"));
        let badly = ListFile { bytes: badly.into_bytes(), ..file(&[]) };
        let Applied::Refused(list) = apply(office, badly, false).await else { panic!() };
        let again = String::from_utf8(list.faulty_file(sentence)).expect("UTF-8");
        let mended = again.replace(&WRONG.replace("05.05.2006", "x"), MENDED);
        assert_eq!(
            counts(&apply(office, ListFile { bytes: mended.into_bytes(), ..file(&[]) }, false).await),
            [1, 0, 0, 0]
        );
        let open: i64 =
            list_placements(office, &desk()).await.expect("lists").iter().map(|line| line.open).sum();
        assert_eq!(open, 0, "{}", house.engine);
    }
}

#[tokio::test]
async fn a_number_of_somebody_else_is_no_earlier_enrolment() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let person = house.person("Veli", "ÖZ").await;
        house.enrol(person, "2024001", 2, EnrolmentStatus::Active).await;
        let permit = services::authz::for_own_account(services::authz::SYSTEM_ACCOUNT, office.now(), "test");
        office
            .db
            .write(move |tx| {
                let mut known = storage::people::fetch(tx, person)?.expect("a person");
                known.identity.identity_no = base::identity::Tckn::parse("98765432150").ok();
                storage::people::update_identity(tx, &permit, person, known.version, &known.identity)
            })
            .await
            .expect("an identity number");
        for (kind, field) in
            [(EntryKind::TransferInternal, "previous_enrolment"), (EntryKind::DoubleMajor, "main_enrolment")]
        {
            let mut form = EnterCandidate { kind: Some(kind), idempotency_key: None, ..transfer() };
            form.fields.insert(field.to_owned(), "2024001".to_owned());
            let error = enter_candidate(office, &desk(), form).await.expect_err("somebody else's");
            assert_eq!(codes(error), [format!("{field}: other-person")], "{}", house.engine);
        }
    }
}

/// A list of another way of entry and header.
fn list_of(kind: EntryKind, header: &str, rows: &[&str]) -> ListFile {
    ListFile { bytes: format!("{header}\n{}\n", rows.join("\n")).into_bytes(), kind, ..file(&[]) }
}

async fn preview_of(office: &Office, actor: &Actor, file: ListFile) -> Box<CheckedList> {
    match preview_placement(office, actor, file).await.expect("a preview") {
        Checked::List(list) => list,
        Checked::Bad(bad) => panic!("{bad:?}"),
    }
}

#[tokio::test]
async fn a_place_by_another_way_of_entry_is_a_warning() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        apply(office, file(&[&ALI.replace("BIL1", "IKT1")]), false).await;
        let more = ListFile { kind: EntryKind::YksAdditional, ..file(&[ALI, &ECE.replace("IKT1", "BIL1")]) };
        let seen = preview_of(office, &desk(), more.clone()).await;
        assert_eq!((seen.new.len(), seen.warnings.len()), (2, 1), "{}", house.engine);
        let told = &seen.warnings[0];
        assert_eq!((told.row, told.code.as_ref()), (2, "placed_by_other"));
        assert_eq!((told.values["kind"].as_str(), told.values["programme"].as_str()), ("yks", "IKT1"));
        let noted = String::from_utf8(seen.noted_file(sentence)).expect("UTF-8");
        assert!(noted.contains("identity_no: placed_by_other"), "{noted}");
        // Somebody who does not see the people of that programme learns that there is a place, and not where.
        let clerk = staff(Role::Clerk, 2);
        let seen = preview_of(office, &clerk, more.clone()).await;
        assert_eq!(seen.warnings[0].values["programme"], "***");
        // A place that was given up is none.
        let ali = candidates(office).await.remove(0);
        let permit = services::authz::for_own_account(services::authz::SYSTEM_ACCOUNT, office.now(), "test");
        let step = Step {
            state: CandidateState::Renounced,
            reason: "dilekçe".to_owned(),
            enrolment: None,
            provisional_until: None,
        };
        office
            .db
            .write(move |tx| storage::candidates::step(tx, &permit, ali.id, ali.version, &step))
            .await
            .expect("a step");
        assert!(preview_of(office, &desk(), more).await.warnings.is_empty());
    }
}

#[tokio::test]
async fn seats_are_taken_where_all_rows_of_a_programme_say_the_same() {
    const SEATS: &str = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu;Kontenjan";
    let row = |who: &str, programme: &str, seats: &str| {
        let cells: Vec<&str> = who.split(';').take(5).collect();
        format!("{};{programme};{seats}", cells.join(";"))
    };
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let told = async || {
            let of = |db: &storage::Reader<'_>| storage::placements::quotas(db, EntryKind::Yks, 2026);
            let mut all: Vec<i64> = office.db.read(of).await.expect("seats").into_values().collect();
            all.sort_unstable();
            all
        };
        let list = |rows: [String; 3]| {
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            list_of(EntryKind::Yks, SEATS, &rows)
        };
        let first = [row(ALI, "BIL1", "60"), row(MENDED, "BIL1", "60"), row(ECE, "IKT1", "60+2")];
        let done = apply(office, list(first.clone()), false).await;
        assert_eq!(counts(&done), [3, 0, 0, 0], "{}", house.engine);
        let Applied::Done { checked, .. } = done else { panic!() };
        let warned: Vec<_> = checked.warnings.iter().map(|w| (w.row, w.code.as_ref())).collect();
        assert_eq!(warned, [(4, "quota_left_out")]);
        assert_eq!(told().await, [60]);
        // The same list once more changes nothing.
        let again = preview_of(office, &desk(), list(first)).await;
        assert!(!again.changes_anything());
        // Two numbers for one programme: nobody knows which is right, the candidates are taken all the same.
        let second = [row(ALI, "BIL1", "62"), row(MENDED, "BIL1", "63"), row(ECE, "IKT1", "40")];
        let done = apply(office, list(second), false).await;
        let Applied::Done { checked, .. } = done else { panic!() };
        let warned: Vec<_> = checked.warnings.iter().map(|w| (w.row, w.code.as_ref())).collect();
        assert_eq!(warned, [(3, "quota_differs")]);
        assert_eq!(checked.warnings[0].values["other"], "62");
        assert_eq!(told().await, [40, 60]);
    }
}

#[tokio::test]
async fn of_a_foreigner_no_country_is_guessed() {
    for house in House::all().await {
        house.furnish().await;
        let office = &house.office;
        let foreign = |passport: &str, nationality: &str| {
            let fields = [("passport", passport), ("school", "Lise"), ("exam", "SAT"), ("score", "1400")];
            EnterCandidate {
                kind: Some(EntryKind::International),
                nationality: nationality.to_owned(),
                birth_date: "01.02.2005".to_owned(),
                sex: Some(Sex::Male),
                fields: fields.map(|(field, value)| (field.to_owned(), value.to_owned())).into(),
                ..transfer()
            }
        };
        let error = enter_candidate(office, &desk(), foreign("x1i", "")).await.expect_err("of no country");
        assert_eq!(codes(error), ["nationality: required"], "{}", house.engine);
        enter_candidate(office, &desk(), foreign("x1i", "gb")).await.expect("entered");
        let entered = candidates(office).await.remove(0);
        assert_eq!(
            (entered.data.passport.as_deref(), entered.data.nationality.as_str()),
            (Some("X1I"), "GB")
        );
    }
}
