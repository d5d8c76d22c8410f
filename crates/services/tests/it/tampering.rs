//! Verification, value by value: every column that the ledger tells of is named when somebody changes it in the
//! database, and roots of every version hold.

use base::ids::{EnrolmentId, EntryId};
use domain::{
    enrolments::EntryKind,
    ledger::{Draft, LedgerKind, RootVersion, Subject},
};
use serde_json::json;
use services::{
    authz,
    ports::RootsFile,
    students::change_identity::{ChangeIdentity, change_identity},
    verify::{Fault, Finding, Place, RootLine, Wanted, make_daily_root},
};
use storage::{Tx, enrolments::Enrolment, tampering};
use testkit::TestOffice;

use crate::{
    registry::{GRADUATED, ON_LEAVE, WITHDRAWN, enrolment, next_day, paper, put_on_leave, stocked, subjects},
    verify::{Lines, append, draft, found, found_in, look, tamper},
};

/// Withdrawn on leave, with a single mark.
const ONE_MARK: &str = "240010003";

/// Sets one column of one row behind the back of the ledger; `value` is SQL.
async fn set(
    kit: &TestOffice,
    table: &'static str,
    key: (&'static str, i64),
    column: &'static str,
    value: &str,
) {
    let value = value.to_owned();
    tamper(kit, move |tx| tampering::set_column(tx, table, key, column, &value)).await;
}

async fn findings(kit: &TestOffice) -> Vec<Finding> {
    look(&kit.office, Wanted::default()).await.findings
}

/// That exactly one finding of this kind is there, about this subject.
async fn assert_named(kit: &TestOffice, subject: impl Into<Subject>, fault: Fault) {
    let subject = subject.into();
    let all = findings(kit).await;
    let about = |f: &&Finding| matches!(&f.place, Place::Chain { subject: s, .. } if *s == subject);
    let alike: Vec<&Finding> = all.iter().filter(about).filter(|f| f.fault.code() == fault.code()).collect();
    assert_eq!(alike.iter().map(|f| &f.fault).collect::<Vec<_>>(), [&fault], "{all:#?}");
}

/// What stands in each column of an enrolment, and another value for it.
fn columns(e: &Enrolment, other: &Enrolment) -> Vec<(&'static str, String, String)> {
    let id = |id: i64| id.to_string();
    let word = |word: &str| format!("'{word}'");
    let advisor = e.advisor.map_or_else(|| "NULL".to_owned(), |a| a.to_string());
    vec![
        ("person_id", id(e.person.get()), id(other.person.get())),
        ("number", word(&e.number), word("249999999")),
        ("programme_id", id(e.programme.get()), id(other.programme.get())),
        ("curriculum_id", id(e.curriculum.get()), id(other.curriculum.get())),
        ("entry_kind", word(e.entry_kind.code()), word(EntryKind::Yks.code())),
        ("entry_year", e.entry_year.to_string(), "2023".to_owned()),
        ("entered_on", word(&e.entered_on.to_string()), word("2024-01-01")),
        ("class_year", e.class_year.to_string(), "4".to_owned()),
        ("advisor_id", advisor, "NULL".to_owned()),
        ("ends_on", "NULL".to_owned(), word("2024-01-01")),
    ]
}

#[tokio::test]
async fn every_column_that_an_enrolment_was_opened_with_is_under_its_first_entry() {
    for kit in stocked().await {
        let (e, other) = (enrolment(&kit.office, WITHDRAWN).await, enrolment(&kit.office, "250020001").await);
        assert!(e.advisor.is_some() && e.programme != other.programme && e.curriculum != other.curriculum);
        let columns = columns(&e, &other);
        assert_eq!(columns.iter().map(|c| c.0).collect::<Vec<_>>(), storage::ledger::told::PLACEMENT);
        for (column, right, wrong) in columns {
            set(&kit, "enrolment", ("id", e.id.get()), column, &wrong).await;
            assert_named(&kit, e.id, Fault::PlacementDiffers { fields: column.to_owned() }).await;
            set(&kit, "enrolment", ("id", e.id.get()), column, &right).await;
            assert_eq!(found(&kit.office).await, [""; 0], "{column}");
        }
    }
}

fn moved(kit: &TestOffice, subject: Subject, from: i64, to: i64) -> Draft {
    let payload = json!({ "from": { "class_year": from }, "to": { "class_year": to } });
    draft(kit, subject, LedgerKind::PlacementChanged, payload)
}

#[tokio::test]
async fn entries_about_a_placement_are_followed_to_the_last_one() {
    for kit in stocked().await {
        let e = enrolment(&kit.office, WITHDRAWN).await;
        let (subject, id, differs) =
            (Subject::from(e.id), e.id.get(), Fault::PlacementDiffers { fields: "class_year".to_owned() });
        append(&kit, moved(&kit, subject, 1, 2)).await;
        append(&kit, moved(&kit, subject, 2, 3)).await;
        assert_named(&kit, subject, differs.clone()).await;
        set(&kit, "enrolment", ("id", id), "class_year", "3").await;
        assert_eq!(found(&kit.office).await, ["enrolment 240010002 index-differs"]);

        // The last one is undone: what was before it counts again.
        let third = move |tx: &Tx<'_>| {
            let chain = storage::ledger::chain(tx, subject)?;
            Ok::<EntryId, storage::StorageError>(chain.first().expect("an entry").id)
        };
        let undone = kit.office.db.write(third).await.expect("chain");
        let mut undo = draft(&kit, subject, LedgerKind::Reversed, json!({ "seq": 5 }));
        undo.reverses = Some(undone);
        append(&kit, undo).await;
        assert_named(&kit, subject, differs.clone()).await;
        set(&kit, "enrolment", ("id", id), "class_year", "2").await;
        assert_eq!(found(&kit.office).await, ["enrolment 240010002 index-differs"]);

        // What nobody wrote an entry for cannot be hidden by the next entry.
        append(&kit, moved(&kit, subject, 4, 1)).await;
        set(&kit, "enrolment", ("id", id), "class_year", "1").await;
        assert_eq!(found(&kit.office).await, ["enrolment 240010002 7 former-differs"]);
    }
}

#[tokio::test]
async fn every_term_of_an_enrolment_is_under_its_entries() {
    for kit in stocked().await {
        let id = enrolment(&kit.office, ONE_MARK).await.id;
        let key = ("enrolment_id", id.get());
        let differs = |terms: &str| Fault::TermsDiffer { terms: terms.to_owned() };
        // Both terms of the student: on leave in the second one.
        set(&kit, "student_term", key, "standing", "'unregistered'").await;
        assert_named(&kit, id, differs("2024-2025 Güz, 2024-2025 Bahar")).await;
        let right = "CASE term_no WHEN 1 THEN 'registered' ELSE 'leave' END";
        set(&kit, "student_term", key, "standing", right).await;
        assert_eq!(found(&kit.office).await, [""; 0]);
        set(&kit, "student_term", key, "term_no", "CASE term_no WHEN 2 THEN 3 ELSE 1 END").await;
        assert_named(&kit, id, differs("2024-2025 Bahar")).await;
        set(&kit, "student_term", key, "term_no", "CASE term_no WHEN 3 THEN 2 ELSE 1 END").await;
        tamper(&kit, move |tx| tampering::remove_rows(tx, "student_term", key)).await;
        assert_named(&kit, id, differs("2024-2025 Güz, 2024-2025 Bahar")).await;
        tamper(&kit, move |tx| tampering::add_term(tx, id.get())).await;
        assert_named(&kit, id, differs("2024-2025 Güz, 2024-2025 Bahar, 2025-2026 Güz")).await;
    }
}

#[tokio::test]
async fn every_column_of_a_status_is_under_its_entry() {
    for kit in stocked().await {
        let e = enrolment(&kit.office, WITHDRAWN).await;
        let entries =
            kit.office.db.read(move |db| storage::ledger::status_entries(db, e.id)).await.expect("entries");
        let (first, second) = (entries[0].id.to_string(), entries[1].id.to_string());
        for (column, right, wrong) in [
            ("status", "'withdrawn'", "'active'"),
            ("status", "'withdrawn'", "NULL"),
            ("status_since", "'2025-03-03'", "'2025-03-04'"),
            ("status_entry_id", second.as_str(), first.as_str()),
        ] {
            set(&kit, "enrolment", ("id", e.id.get()), column, wrong).await;
            let found_now = found(&kit.office).await;
            assert!(found_now.contains(&"enrolment 240010002 status-differs".to_owned()), "{found_now:?}");
            set(&kit, "enrolment", ("id", e.id.get()), column, right).await;
            assert_eq!(found(&kit.office).await, [""; 0], "{column}");
        }
    }
}

/// Columns of an identity with what stands there for [`WITHDRAWN`], and other values.
const IDENTITY: [(&str, &str, &str); 7] = [
    ("identity_no", "'11223344550'", "NULL"),
    ("given_name", "'İlbey'", "'Ilbey'"),
    ("surname", "'İNCE'", "'INCE'"),
    ("sex", "'male'", "'female'"),
    ("birth_date", "'2005-11-02'", "'2005-11-03'"),
    ("birth_place", "'Çankırı'", "'Ankara'"),
    ("nationality", "'TR'", "'DE'"),
];

#[tokio::test]
async fn every_column_of_an_identity_is_under_the_entries_of_its_person() {
    for kit in stocked().await {
        let person = enrolment(&kit.office, WITHDRAWN).await.person;
        assert_eq!(IDENTITY.map(|c| c.0), storage::ledger::told::IDENTITY);
        for (column, right, wrong) in IDENTITY {
            let fields = || column.to_owned();
            let (now, registered) = (("id", person.get()), ("person_id", person.get()));
            set(&kit, "person", now, column, wrong).await;
            assert_named(&kit, person, Fault::IdentityDiffers { fields: fields() }).await;
            // Both places say the same, and still it is not what was registered.
            set(&kit, "person_registered", registered, column, wrong).await;
            assert_named(&kit, person, Fault::IdentityDiffers { fields: fields() }).await;
            assert_named(&kit, person, Fault::RegistrationDiffers { fields: fields() }).await;
            set(&kit, "person", now, column, right).await;
            assert_eq!(found(&kit.office).await, ["person 240010002 registration-differs"], "{column}");
            set(&kit, "person_registered", registered, column, right).await;
            assert_eq!(found(&kit.office).await, [""; 0], "{column}");
        }
    }
}

#[tokio::test]
async fn a_recorded_change_of_identity_covers_that_value_alone() {
    for kit in stocked().await {
        let person = enrolment(&kit.office, ON_LEAVE).await.person;
        let key = ("id", person.get());
        // The court ruling made it YILMAZ: neither another name nor the former one may stand there.
        for other in ["'BAŞKA'", "'IŞIK'"] {
            set(&kit, "person", key, "surname", other).await;
            assert_named(&kit, person, Fault::IdentityDiffers { fields: "surname".to_owned() }).await;
        }
        // Nor does a further change by the book, in Künye, hide it.
        let found_person = move |db: &storage::Reader<'_>| storage::people::fetch(db, person);
        let here = kit.office.db.read(found_person).await.expect("read").expect("person");
        let form = ChangeIdentity {
            number: ON_LEAVE.to_owned(),
            identity_no: String::new(),
            given_name: here.identity.given_name,
            surname: "DEMİR".to_owned(),
            sex: Some(here.identity.sex),
            birth_date: base::time::date_tr(here.identity.birth_date),
            birth_place: here.identity.birth_place,
            nationality: here.identity.nationality,
            ground: domain::ledger::GroundKind::CourtRuling,
            ground_ref: "2026/18 E.".to_owned(),
            ground_on: "03.11.2026".to_owned(),
            reason: "Karar".to_owned(),
            version: here.version,
        };
        change_identity(&kit.office, &kit.console(), form).await.expect("identity");
        assert_eq!(found(&kit.office).await, ["person 240010001 3 former-differs"]);
    }
}

#[tokio::test]
async fn an_identity_whose_text_was_erased_is_not_compared() {
    for kit in stocked().await {
        let (_, person) = subjects(&kit.office, ON_LEAVE).await;
        for seq in [1, 2] {
            let act = draft(&kit, person, LedgerKind::TextErased, json!({ "seq": seq }));
            let (now, random) = (kit.office.now(), kit.office.random.clone());
            let erase = move |tx: &Tx<'_>| {
                let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, now, "test");
                let chain = storage::ledger::chain(tx, person)?;
                let entry = chain.iter().find(|e| e.seq == seq).expect("entry").id;
                storage::ledger::erase_text(tx, &permit, entry, &act, random.as_ref())
            };
            kit.office.db.write(erase).await.expect("erased");
        }
        let report = look(&kit.office, Wanted::default()).await;
        assert_eq!(found_in(&report), [""; 0]);
        assert_eq!(report.erased.len(), 2);
        // Of the values that no erased entry changed, the registered ones still tell.
        set(&kit, "person", ("id", person.id), "birth_place", "'Ankara'").await;
        assert_eq!(found(&kit.office).await, ["person 240010001 identity-differs"]);
    }
}

#[tokio::test]
async fn every_value_of_a_mark_is_under_its_digest() {
    for kit in stocked().await {
        let id = enrolment(&kit.office, ONE_MARK).await.id;
        let key = ("enrolment_id", id.get());
        let marks = move |db: &storage::Reader<'_>| storage::records::students::marks_of(db, &[id]);
        let mark = kit.office.db.read(marks).await.expect("marks")[&id][0].facts;
        let (section, next) = (mark.section.expect("a section"), |id: i64| (id + 1).to_string());
        for (column, right, wrong) in [
            ("term_id", mark.term.to_string().as_str(), next(mark.term).as_str()),
            ("course_id", &mark.course.to_string(), &next(mark.course)),
            ("section_id", &section.to_string(), "NULL"),
            ("attempt", "1", "2"),
            ("midterm", "7250", "7350"),
            ("final", "7800", "NULL"),
            ("letter", "'CB'", "'BB'"),
            ("points", "250", "300"),
            ("credit", "400", "500"),
            ("ects", "600", "700"),
        ] {
            set(&kit, "mark", key, column, wrong).await;
            assert_named(&kit, id, Fault::MarksDiffer).await;
            set(&kit, "mark", key, column, right).await;
            assert_eq!(found(&kit.office).await, [""; 0], "{column}");
        }
        tamper(&kit, move |tx| tampering::add_marks(tx, id.get())).await;
        assert_named(&kit, id, Fault::MarksDiffer).await;
        tamper(&kit, move |tx| tampering::remove_rows(tx, "mark", key)).await;
        assert_named(&kit, id, Fault::MarksDiffer).await;
    }
}

#[tokio::test]
async fn every_figure_must_be_what_the_marks_give() {
    for kit in stocked().await {
        let id = enrolment(&kit.office, ONE_MARK).await.id;
        let key = ("enrolment_id", id.get());
        for column in ["agno_points", "agno_weight", "ects_taken", "ects_earned"] {
            set(&kit, "computed_record", key, column, &format!("{column} + 1")).await;
            assert_named(&kit, id, Fault::FiguresDiffer).await;
            set(&kit, "computed_record", key, column, &format!("{column} - 1")).await;
        }
        set(&kit, "computed_record", key, "agno_shown", "'4.00'").await;
        assert_named(&kit, id, Fault::FiguresDiffer).await;
        tamper(&kit, move |tx| tampering::remove_rows(tx, "computed_record", key)).await;
        assert_eq!(found(&kit.office).await, ["enrolment 240010003 figures-differ"]);
    }
}

#[tokio::test]
async fn a_missing_chain_of_an_enrolment_is_named() {
    for kit in stocked().await {
        let (subject, _) = subjects(&kit.office, GRADUATED).await;
        tamper(&kit, move |tx| tampering::remove_chain(tx, subject)).await;
        assert_eq!(
            found(&kit.office).await,
            ["enrolment 200010004 chain-missing", "enrolment 200010004 status-differs"]
        );
    }
}

#[tokio::test]
async fn altered_bytes_of_a_paper_are_named_with_its_number() {
    for kit in stocked().await {
        let serial = paper(&kit.office, WITHDRAWN).await;
        let stored = kit.office.db.read(storage::verify::files).await.expect("files");
        let last = stored.iter().max_by_key(|file| file.id).expect("a file").sha256;
        kit.files.spoil(&last);
        assert_eq!(found(&kit.office).await, [""; 0], "the database alone cannot know");
        let report = look(&kit.office, Wanted { roots: None, files: true }).await;
        let found = found_in(&report);
        assert_eq!((report.files, found.len()), (Some(4), 1), "{found:?}");
        assert!(
            found[0].contains(&format!("2026/{serial:06}")) && found[0].ends_with("file-broken"),
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn roots_of_the_first_version_hold_and_later_ones_follow_them() {
    for kit in stocked().await {
        let lines = Lines::default();
        for _ in 0..2 {
            make_daily_root(&kit.office, &lines).await.expect("root");
            next_day(&kit);
        }
        // As the first version of the program wrote them, here and outside.
        tamper(&kit, tampering::age_roots).await;
        let aged = kit.office.db.read(storage::ledger::roots).await.expect("roots");
        assert!(aged.iter().all(|root| root.version == RootVersion::Heads));
        lines.set(&aged.iter().map(|root| format!("{}\n", RootLine::from(root))).collect::<String>());

        put_on_leave(&kit, "250020001").await;
        let third = make_daily_root(&kit.office, &lines).await.expect("root").expect("new");
        assert_eq!((third.version, third.chains, third.entries), (RootVersion::Entries, 9, 19));
        let text = lines.read().expect("lines");
        let versions: Vec<bool> = text.lines().map(|line| line.contains(" 2:")).collect();
        assert_eq!(versions, [false, false, true], "{text}");
        let listed = || Wanted { roots: Some(text.clone()), files: false };
        assert_eq!(found_in(&look(&kit.office, listed()).await), [""; 0]);

        let (subject, _) = subjects(&kit.office, WITHDRAWN).await;
        tamper(&kit, move |tx| tampering::rewrite_history(tx, subject, 2)).await;
        assert_eq!(found(&kit.office).await, [""; 0], "the database agrees with itself");
        let report = look(&kit.office, listed()).await;
        let found = found_in(&report);
        assert_eq!(found[0], "root 23.11.2026 history-rewritten");
        assert!(report.findings[0].fault.args().contains(&("days", "3".to_owned())), "{report:#?}");
    }
}

#[tokio::test]
async fn an_entry_removed_under_roots_breaks_every_root_since() {
    for kit in stocked().await {
        let lines = Lines::default();
        for number in ["250020001", WITHDRAWN] {
            make_daily_root(&kit.office, &lines).await.expect("root");
            next_day(&kit);
            let (_, person) = subjects(&kit.office, number).await;
            append(&kit, draft(&kit, person, LedgerKind::PlacementChanged, json!({}))).await;
        }
        make_daily_root(&kit.office, &lines).await.expect("root");
        // The first entry after the first root; nothing of its chain follows.
        let (_, person) = subjects(&kit.office, "250020001").await;
        let chain = kit.office.db.read(move |db| storage::ledger::chain(db, person)).await.expect("chain");
        let last = chain.first().expect("an entry").seq;
        tamper(&kit, move |tx| tampering::remove_entry(tx, person, last)).await;
        let report = look(&kit.office, Wanted::default()).await;
        let broken = report.findings.iter().find(|f| f.fault.code() == "root-altered").expect("a root");
        assert_eq!((broken.place.code(), broken.place.args()[0].1.as_str()), ("root", "24.11.2026"));
        assert!(broken.fault.args().contains(&("days", "2".to_owned())), "{report:#?}");
    }
}

#[tokio::test]
async fn a_link_taken_off_without_an_entry_is_named() {
    for kit in stocked().await {
        let second: EnrolmentId = enrolment(&kit.office, "250020001").await.id;
        let main = enrolment(&kit.office, ON_LEAVE).await.id.get();
        let payload = json!({ "kind": "minor", "main": main });
        append(&kit, draft(&kit, second.into(), LedgerKind::Linked, payload)).await;
        tamper(&kit, move |tx| tampering::set_link(tx, second.get(), main)).await;
        assert_eq!(found(&kit.office).await, [""; 0]);
        set(&kit, "enrolment", ("id", second.get()), "link_kind", "NULL, main_enrolment_id = NULL").await;
        assert_eq!(found(&kit.office).await, ["enrolment 250020001 link-differs"]);
    }
}
