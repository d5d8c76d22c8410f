//! Taking over records: faults and their messages, all or nothing, reruns, conflicts, on both engines.

use std::sync::{Arc, Mutex};

use base::time::Timestamp;
use domain::{
    accounts::Role,
    enrolments::EnrolmentStatus,
    ledger::{GroundKind, LedgerKind, Subject},
};
use serde_json::{Value, json};
use services::{
    Action, Actor, Office, ServiceError,
    authz::Assignment,
    records::{
        Checked, Difference, Fault, Faults, OnProgress, Phase, RecordsFile as F, RecordsPlan, RecordsReport,
        apply_records, holds_records, preview_records, running_import,
    },
    students::{
        change_identity::{ChangeIdentity, change_identity},
        change_status::{ChangeStatus, change_status},
    },
    verify::{Wanted, verify},
};
use storage::{
    StorageError,
    ledger::{EntryLine, chain},
    records::staging::{self, Piece, StagedRow},
    search::{StudentFilter, Within},
    tampering,
};
use testkit::{RecordsFolder, TestOffice};

use crate::registry::{enrolment, next_day};

fn quiet() -> OnProgress {
    Box::new(|_| {})
}

async fn take(kit: &TestOffice, folder: &RecordsFolder) -> RecordsReport {
    match apply_records(&kit.office, &kit.console(), folder.path(), quiet()).await.expect("import") {
        Checked::Sound(report) => report,
        Checked::Faulty(faults) => panic!("{:#?}", faults.list()),
    }
}

async fn preview(kit: &TestOffice, folder: &RecordsFolder) -> RecordsPlan {
    match preview_records(&kit.office, &kit.console(), folder.path(), quiet()).await.expect("preview") {
        Checked::Sound(plan) => plan,
        Checked::Faulty(faults) => panic!("{:#?}", faults.list()),
    }
}

async fn faults(kit: &TestOffice, folder: &RecordsFolder) -> Faults {
    match preview_records(&kit.office, &kit.console(), folder.path(), quiet()).await.expect("preview") {
        Checked::Sound(plan) => panic!("nothing was found wrong: {plan:?}"),
        Checked::Faulty(faults) => faults,
    }
}

async fn entries(office: &Office, subject: impl Into<Subject>) -> Vec<EntryLine> {
    let subject = subject.into();
    let mut lines = office.db.read(move |db| chain(db, subject)).await.expect("chain");
    lines.reverse();
    lines
}

fn kinds(lines: &[EntryLine]) -> Vec<LedgerKind> {
    lines.iter().map(|l| l.kind).collect()
}

/// Everything that verification looks at agrees.
async fn assert_sound(kit: &TestOffice) {
    let report = verify(&kit.office, Wanted::default(), Box::new(|_, _, _| {})).await.expect("verification");
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
}

async fn count_students(office: &Office) -> usize {
    let everybody =
        StudentFilter { within: Within { all: true, ..Within::default() }, ..StudentFilter::default() };
    let found = office.db.read(move |db| storage::search::find(db, &everybody)).await.expect("everybody");
    found.total()
}

/// What is done to the small folder; then file, row, column and code of the fault, and values of its sentence.
type Case = (fn(&RecordsFolder), F, Option<u64>, &'static str, &'static str, &'static [&'static str]);

const FAULTS: &[Case] = &[
    (
        |f| {
            f.remove(F::Grades);
        },
        F::Grades,
        None,
        "",
        "missing_file",
        &[],
    ),
    (|f| f.write(F::Terms, ""), F::Terms, None, "", "empty_file", &["term_id,academic_year"]),
    (
        |f| {
            let text = f.text(F::Units).replace(',', ";");
            f.write(F::Units, text);
        },
        F::Units,
        Some(1),
        "",
        "separator_semicolon",
        &[],
    ),
    (
        |f| {
            let text = f.text(F::Students);
            let (bytes, _, _) = encoding_rs::WINDOWS_1254.encode(&text);
            f.write(F::Students, bytes);
        },
        F::Students,
        Some(2),
        "",
        "windows_1254",
        &["Işın"],
    ),
    (
        |f| {
            f.replace(F::Staff, "İnci", "Ä°nci");
        },
        F::Staff,
        Some(2),
        "given",
        "encoded_twice",
        &["İnci"],
    ),
    (
        |f| {
            f.replace(F::Students, "tckn", "kimlik");
        },
        F::Students,
        Some(1),
        "tckn",
        "missing_column",
        &[],
    ),
    (
        |f| {
            f.replace(F::Students, "tckn", "kimlik");
        },
        F::Students,
        Some(1),
        "",
        "unknown_column",
        &["kimlik"],
    ),
    (
        |f| {
            f.replace(F::Courses, "ects", "credit");
        },
        F::Courses,
        Some(1),
        "credit",
        "repeated_column",
        &["2"],
    ),
    (
        |f| {
            let text = f.text(F::Sections);
            f.write(F::Sections, text.split_once('\n').expect("rows").1);
        },
        F::Sections,
        Some(1),
        "",
        "no_header",
        &["section_id,term_id"],
    ),
    (
        |f| {
            f.replace(F::Students, "student_no,tckn,given,surname", "student_no,tckn,surname,given");
        },
        F::Students,
        Some(1),
        "given",
        "swapped_columns",
        &["given", "surname"],
    ),
    (
        |f| {
            f.replace(F::Students, "birth_date,birth_place", "birth_place,birth_date");
        },
        F::Students,
        Some(1),
        "birth_date",
        "swapped_columns",
        &["birth_place"],
    ),
    (
        |f| {
            f.replace(F::Sections, ",60", ",altmış").replace(F::Sections, ",120", ",çok").replace(
                F::Sections,
                ",40",
                ",az",
            );
        },
        F::Sections,
        Some(2),
        "quota",
        "column_content",
        &["altmış", "whole"],
    ),
    (
        |f| {
            f.replace(F::Sections, ",120", ",çok");
        },
        F::Sections,
        Some(3),
        "quota",
        "not_understood",
        &["çok", "whole"],
    ),
    (
        |f| {
            f.replace(F::Students, "98765432150", "98765432151");
        },
        F::Students,
        Some(2),
        "tckn",
        "identity_check_digit",
        &["11"],
    ),
    (
        |f| {
            f.replace(F::Students, "240010002,11223344550", "240010002,98765432150");
        },
        F::Students,
        Some(3),
        "given",
        "two_people",
        &["2"],
    ),
    (
        |f| {
            f.replace(F::Students, "240010002", "240010001");
        },
        F::Students,
        Some(3),
        "student_no",
        "repeated_number",
        &["240010001", "2"],
    ),
    (
        |f| {
            f.add(F::Units, "4,1,faculty,X,X,X,,\n");
        },
        F::Units,
        Some(6),
        "unit_id",
        "repeated_key",
        &["4"],
    ),
    (
        |f| {
            f.replace(F::Units, "4,2,department,EEM", "4,2,department,BLM");
        },
        F::Units,
        Some(5),
        "code",
        "repeated_code",
        &["BLM", "4"],
    ),
    (
        |f| {
            f.replace(F::Units, "2,1,faculty", "2,3,faculty");
        },
        F::Units,
        Some(3),
        "parent_id",
        "cycle",
        &[],
    ),
    (
        |f| {
            f.replace(F::Units, "4,2,department", "4,9,department");
        },
        F::Units,
        Some(5),
        "parent_id",
        "unknown_reference",
        &["9", "units.csv"],
    ),
    (
        |f| {
            f.replace(F::Grades, "240010002,1,2,1", "249990002,1,2,1");
        },
        F::Grades,
        Some(7),
        "student_no",
        "unknown_reference",
        &["249990002", "students.csv"],
    ),
    (
        |f| {
            f.replace(F::Grades, "240010001,1,1,2,1", "240010001,1,2,2,1");
        },
        F::Grades,
        Some(2),
        "section_id",
        "foreign_section",
        &["2"],
    ),
    (
        |f| {
            f.add(F::Grades, "240010001,1,1,2,2,1,1,FF,0,4,6\n");
        },
        F::Grades,
        Some(10),
        "",
        "repeated_mark",
        &["2"],
    ),
    (
        |f| {
            f.add(F::StudentTerms, "240010001,1,1,leave\n");
        },
        F::StudentTerms,
        Some(9),
        "",
        "repeated_term",
        &["2"],
    ),
    (
        |f| {
            f.replace(F::Grades, ",AA,4.0,4,6", ",AX,4.0,4,6");
        },
        F::Grades,
        Some(2),
        "letter",
        "unknown_letter",
        &["AX", "AA, BA"],
    ),
    (
        |f| {
            f.replace(F::Grades, "DC,1.5", "DC,2.5");
        },
        F::Grades,
        Some(4),
        "points",
        "points",
        &["1.50", "2.50"],
    ),
    (
        |f| {
            f.replace(F::Grades, "M,,2,2", "M,4,2,2");
        },
        F::Grades,
        Some(3),
        "points",
        "points_outside",
        &["M", "4.00"],
    ),
    (
        |f| {
            f.replace(F::Terms, "2024-09-16,2025-01-17", "2025-01-17,2024-09-16");
        },
        F::Terms,
        Some(2),
        "ends_on",
        "date_order",
        &["16.09.2024", "17.01.2025", "starts_on"],
    ),
    (
        |f| {
            f.replace(F::Students, "2025-03-03", "2023-03-03");
        },
        F::Students,
        Some(3),
        "status_since",
        "status_before_entry",
        &["2024"],
    ),
    (
        |f| {
            f.replace(F::Students, "2025-03-03", "2027-03-03");
        },
        F::Students,
        Some(3),
        "status_since",
        "status_in_future",
        &["03.03.2027"],
    ),
    (
        |f| {
            f.replace(F::Students, "2005-11-02", "2015-11-02");
        },
        F::Students,
        Some(3),
        "birth_date",
        "birth_after_entry",
        &["02.11.2015"],
    ),
    (
        |f| {
            f.replace(F::Students, "2024,2,active", "2024,5,active");
        },
        F::Students,
        Some(2),
        "class_year",
        "class_year",
        &["5", "4"],
    ),
    (
        |f| {
            f.replace(F::Students, "2024,2,active", "2024,9,active");
        },
        F::Students,
        Some(2),
        "class_year",
        "range",
        &["9", "0", "7"],
    ),
    (
        |f| {
            f.replace(F::Students, "2024,2,active", "2024,2,aktif");
        },
        F::Students,
        Some(2),
        "status",
        "word",
        &["aktif", "graduated"],
    ),
    (
        |f| {
            f.replace(F::Students, ",2,2,2025,1,", ",2,1,2025,1,");
        },
        F::Students,
        Some(6),
        "curriculum_id",
        "foreign_curriculum",
        &["1", "2"],
    ),
    (
        |f| {
            let text = f.text(F::Grades);
            f.write(F::Grades, &text[..text.len() - 9]);
        },
        F::Grades,
        Some(9),
        "",
        "truncated",
        &[],
    ),
    (
        |f| {
            f.replace(F::Units, "\"Elektrik, Elektronik Bölümü\"", "Elektrik, Elektronik Bölümü");
        },
        F::Units,
        Some(5),
        "",
        "field_count",
        &["8", "9"],
    ),
    (
        |f| {
            f.replace(F::Units, "\"Elektrik", "\"\"Elektrik");
        },
        F::Units,
        Some(5),
        "",
        "quote_followed",
        &[],
    ),
    (
        |f| {
            f.replace(F::Courses, "Yapay Öğrenme", &"ö".repeat(201));
        },
        F::Courses,
        Some(6),
        "name_tr",
        "too_long",
        &["201", "200"],
    ),
    (|f| f.write(F::Grades, vec![b'x'; 300_000]), F::Grades, Some(1), "", "line_too_long", &["16384"]),
    (|f| f.write(F::Grades, [0_u8; 64]), F::Grades, Some(1), "", "control_character", &["0"]),
    (
        |f| {
            f.replace(F::Grades, "88,92,AA", "188,92,AA");
        },
        F::Grades,
        Some(2),
        "midterm",
        "decimal_range",
        &["188", "100"],
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_is_named_with_its_place_and_its_mend() {
    let kit = TestOffice::sqlite().await;
    for (i, (spoil, file, row, column, code, wanted)) in FAULTS.iter().enumerate() {
        let folder = RecordsFolder::small();
        spoil(&folder);
        let found = faults(&kit, &folder).await;
        let fits = |f: &&Fault| {
            f.file == file.file_name()
                && f.row == *row
                && f.column.unwrap_or("") == *column
                && f.code() == *code
        };
        let Some(fault) = found.list().iter().find(fits) else {
            panic!("{i}: {} {row:?} {column} {code} not among {:#?}", file.file_name(), found.list());
        };
        let values = fault.problem.args();
        for value in *wanted {
            assert!(values.iter().any(|(_, found)| found.contains(value)), "{i}: {values:?} lacks {value}");
        }
    }
    assert!(!holds_records(&kit.office).await.expect("read"));
    assert_eq!(count_students(&kit.office).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_fault_does_not_call_others_into_being() {
    let kit = TestOffice::sqlite().await;
    let folder = RecordsFolder::small();
    folder.replace(F::Units, ",faculty,MÜH", ",fakülte,MÜH").remove(F::Students);
    let found = faults(&kit, &folder).await;
    let places: Vec<String> = found.list().iter().map(|f| format!("{} {}", f.file, f.code())).collect();
    assert_eq!(places, ["units.csv word", "students.csv missing_file"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_faults_are_enough_and_can_be_written_to_a_file() {
    let kit = TestOffice::sqlite().await;
    let folder = RecordsFolder::small();
    folder.add(F::Grades, &"249999999,1,,1,1,,,AA,4,2,2\n".repeat(3_000));
    let found = faults(&kit, &folder).await;
    assert_eq!(found.list().len(), services::records::LIMIT);
    assert!(found.is_cut());
    let path = kit.folder().join("errors.csv");
    let titles = ["file", "row", "column", "code", "sentence"];
    found.write_csv(&path, titles, |problem| problem.code().to_owned()).expect("written");
    let text = std::fs::read_to_string(path).expect("file");
    assert_eq!(text.lines().count(), 1_001);
    assert!(text.contains("grades.csv,10,student_no,unknown_reference,"), "{}", &text[..400]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_import_takes_everything_over() {
    for kit in TestOffice::all().await {
        let folder = RecordsFolder::small();
        let phases: Arc<Mutex<Vec<Phase>>> = Arc::default();
        let told = phases.clone();
        let on_progress: OnProgress = Box::new(move |p| {
            assert!(p.done <= p.total, "{p:?}");
            told.lock().expect("phases").push(p.phase);
        });
        let done =
            apply_records(&kit.office, &kit.console(), folder.path(), on_progress).await.expect("import");
        let Checked::Sound(report) = done else { panic!("{done:?}") };
        assert!(report.plan.first_import && report.plan.changes_anything());
        assert_eq!(report.plan.conflict_count(), 0);
        let news: Vec<(u64, u64)> = report.plan.files.iter().map(|f| (f.rows, f.new)).collect();
        assert_eq!(news, [4, 3, 3, 5, 2, 2, 5, 3, 4, 5, 7, 8].map(|n| (n, n)));
        assert!(phases.lock().expect("phases").contains(&Phase::Applying));

        // Status and its grounds: as the file says, entry by entry.
        let active = enrolment(&kit.office, "240010001").await;
        assert_eq!(active.status, EnrolmentStatus::Active);
        assert_eq!(active.entered_on.to_string(), "2024-09-05");
        assert_eq!(
            (active.ground.kind, active.ground.reference.as_str()),
            (GroundKind::Records, "students.csv:2")
        );
        let lines = entries(&kit.office, active.id).await;
        assert_eq!(kinds(&lines), [LedgerKind::Enrolled, LedgerKind::MarksTakenOver]);
        let left = enrolment(&kit.office, "240010002").await;
        assert_eq!(
            (left.status, left.status_since.to_string()),
            (EnrolmentStatus::Withdrawn, "2025-03-03".to_owned())
        );
        assert_eq!(left.entered_on.to_string(), "2024-09-16");
        let lines = entries(&kit.office, left.id).await;
        assert_eq!(
            kinds(&lines),
            [LedgerKind::Enrolled, LedgerKind::StatusChanged, LedgerKind::MarksTakenOver]
        );
        assert!(lines.iter().all(|l| l.ground_ref == "students.csv:3"));
        let graduate = enrolment(&kit.office, "200010004").await;
        assert_eq!(
            (graduate.status, graduate.entered_on.to_string()),
            (EnrolmentStatus::Graduated, "2020-09-01".to_owned())
        );
        assert_eq!(kinds(&entries(&kit.office, graduate.person).await), [LedgerKind::PersonRegistered]);

        // One person with two numbers; people without a Turkish number.
        let second = enrolment(&kit.office, "250020001").await;
        assert_eq!(second.person, active.person);
        assert_eq!(second.main, None);
        let (people, numbers) = (kit.office.db.clone(), ["240010001", "240010003", "200010004"]);
        for (number, nationality) in numbers.into_iter().zip(["TR", "ZZ", "ZZ"]) {
            let person = enrolment(&kit.office, number).await.person;
            let found = people
                .read(move |db| storage::people::fetch(db, person))
                .await
                .expect("read")
                .expect("person");
            assert_eq!(found.identity.nationality, nationality, "{number}");
        }

        // What lists show.
        assert_eq!(count_students(&kit.office).await, 5);
        let figures =
            kit.office.db.read(move |db| storage::marks::fetch_figures(db, active.id)).await.expect("read");
        let figures = figures.expect("figures");
        // AA over 6 AKTS and DC over 6.5; the exempted course counts as earned, the open one does not.
        assert_eq!((figures.agno_shown.as_deref(), figures.ects_earned), (Some("2.70"), 1_450));

        // The office at large.
        let (muh, blm) = kit
            .office
            .db
            .read(|db| {
                let code = |code| storage::institution::find_unit(db, code);
                Ok::<_, StorageError>((code("MÜH")?.expect("faculty"), code("BLM")?.expect("department")))
            })
            .await
            .expect("units");
        let within = kit.office.db.read(move |db| storage::institution::is_within(db, blm, &[muh])).await;
        assert!(within.expect("closure"));
        assert!(running_import(&kit.office).await.expect("jobs").is_none());
        let job = kit
            .office
            .db
            .read(move |db| storage::jobs::fetch(db, report.job))
            .await
            .expect("read")
            .expect("job");
        assert_eq!(job.state, "done");
        assert!(job.params.contains("sha256") && job.params.contains("grades.csv"));
        assert_sound(&kit).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unchanged_second_run_changes_nothing_and_says_so() {
    for kit in TestOffice::all().await {
        let folder = RecordsFolder::small();
        take(&kit, &folder).await;
        let before = entries(&kit.office, enrolment(&kit.office, "240010001").await.id).await;
        next_day(&kit);
        // Another order of columns, another line end, a byte order mark: the same records.
        let reordered: String = folder
            .text(F::Curricula)
            .lines()
            .map(|line| {
                let fields: Vec<&str> = line.split(',').collect();
                format!("{},{},{},{}\r\n", fields[3], fields[1], fields[0], fields[2])
            })
            .collect();
        folder.write(F::Curricula, format!("\u{feff}{reordered}"));
        let plan = preview(&kit, &folder).await;
        assert!(!plan.first_import && !plan.changes_anything());
        let report = take(&kit, &folder).await;
        assert!(!report.plan.changes_anything());
        assert_eq!((report.entries, report.plan.conflict_count()), (0, 0));
        for file in &report.plan.files {
            assert_eq!(
                (file.unchanged, file.new, file.changed, file.missing),
                (file.rows, 0, 0, 0),
                "{:?}",
                file.file
            );
        }
        let job = kit
            .office
            .db
            .read(move |db| storage::jobs::fetch(db, report.job))
            .await
            .expect("read")
            .expect("job");
        assert_eq!(job.done, 51);
        assert_eq!(entries(&kit.office, enrolment(&kit.office, "240010001").await.id).await, before);
        assert_sound(&kit).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn differences_are_shown_first_and_then_enter_the_ledger() {
    for kit in TestOffice::all().await {
        let folder = RecordsFolder::small();
        take(&kit, &folder).await;
        next_day(&kit);
        folder
            .replace(F::Units, "Bilgisayar Mühendisliği Bölümü", "Bilgisayar ve Yazılım Mühendisliği Bölümü")
            .replace(F::Units, ",310003,", ",310033,")
            .replace(F::Staff, "Doç. Dr.", "Prof. Dr.")
            .replace(F::Appointments, "1,2,dean,2025-02-01,", "1,2,dean,2025-02-01,2026-10-01")
            .add(F::Appointments, "2,2,dean,2026-10-01,\n")
            .replace(F::CurriculumCourses, "1,3,1,5,elective", "1,3,1,5,compulsory")
            .replace(F::Students, "Işın,IŞIK", "Işın,IŞIK DEMİR")
            .replace(F::Students, "1,1,2024,2,active,2024-09-05,2", "1,1,2024,3,active,2024-09-05,1")
            .replace(F::Students, "1,on_leave,2025-02-10", "1,active,2025-09-15")
            .replace(F::Students, "gulin@example.invalid", "g.ozcelik@example.invalid")
            .add(F::Students, "250010009,,Şafak,ÇINAR,E,2007-02-02,Muş,,1,1,2025,1,active,2025-09-02,\n")
            .replace(F::Grades, "64,71,DC,1.5", "64,81,BB,3")
            .replace(F::Grades, "240010001,3,,5,1,55,,S,", "240010001,3,,5,1,55,90,BB,3")
            .add(F::Grades, "240010001,2,,1,2,90,95,AA,4,2,2\n250010009,3,,5,1,60,70,CC,2,3,5\n")
            .replace(F::StudentTerms, "240010003,2,2,leave", "240010003,2,2,registered")
            .add(F::StudentTerms, "250010009,3,1,registered\n");
        let lines: Vec<String> = folder.text(F::Sections).lines().take(4).map(str::to_owned).collect();
        folder
            .replace(F::Grades, "250020001,3,4,4", "250020001,3,,4")
            .write(F::Sections, lines.join("\n") + "\n");

        let plan = preview(&kit, &folder).await;
        let counts = |plan: &RecordsPlan, file: F| {
            let f = plan.file(file).expect("file");
            (f.new, f.changed, f.unchanged, f.missing)
        };
        assert_eq!(counts(&plan, F::Units), (0, 1, 3, 0));
        assert_eq!(counts(&plan, F::Staff), (0, 1, 2, 0));
        assert_eq!(counts(&plan, F::Appointments), (1, 1, 2, 0));
        assert_eq!(counts(&plan, F::CurriculumCourses), (0, 1, 4, 0));
        assert_eq!(counts(&plan, F::Sections), (0, 0, 3, 1));
        assert_eq!(counts(&plan, F::Students), (1, 4, 1, 0));
        assert_eq!(counts(&plan, F::StudentTerms), (1, 1, 6, 0));
        assert_eq!(counts(&plan, F::Grades), (2, 3, 5, 0));
        let missing = &plan.file(F::Sections).expect("sections").examples;
        assert!(missing.iter().any(|e| e.difference == Difference::Missing && e.key == "4"), "{missing:?}");
        let shown = &plan.file(F::Students).expect("students").examples;
        let first = shown.iter().find(|e| e.key == "240010001").expect("example");
        assert!(
            first
                .values
                .iter()
                .any(|v| v.column == "surname" && v.before == "IŞIK" && v.after == "IŞIK DEMİR")
        );
        // The preview wrote nothing.
        let id = enrolment(&kit.office, "240010001").await.id;
        assert_eq!(entries(&kit.office, id).await.len(), 2);

        let report = take(&kit, &folder).await;
        assert_eq!(report.plan.conflict_count(), 0);
        let first = enrolment(&kit.office, "240010001").await;
        assert_eq!(first.class_year, 3);
        let chain = entries(&kit.office, first.id).await;
        let tail: Vec<(LedgerKind, &str)> =
            chain[2..].iter().map(|l| (l.kind, l.ground_ref.as_str())).collect();
        assert_eq!(
            tail,
            [
                (LedgerKind::PlacementChanged, "students.csv:2"),
                (LedgerKind::MarkChanged, "grades.csv:4"),
                (LedgerKind::MarkChanged, "grades.csv:5"),
                (LedgerKind::MarksTakenOver, "grades.csv:10"),
            ]
        );
        let payload = r#"{"from":{"advisor_id":2,"class_year":2},"to":{"advisor_id":1,"class_year":3}}"#;
        assert_eq!(chain[2].payload, payload);
        let person = entries(&kit.office, first.person).await;
        // Both rows of the person say the same; it is one change.
        assert_eq!(kinds(&person), [LedgerKind::PersonRegistered, LedgerKind::IdentityChanged]);
        assert_eq!(person[1].payload, r#"{"fields":["surname"]}"#);
        let told: Value = serde_json::from_str(person[1].text.as_deref().expect("a text")).expect("JSON");
        assert_eq!((&told["surname"], &told["is"]["surname"]), (&json!("IŞIK"), &json!("IŞIK DEMİR")));
        let back = enrolment(&kit.office, "240010003").await;
        assert_eq!(
            (back.status, back.status_since.to_string()),
            (EnrolmentStatus::Active, "2025-09-15".to_owned())
        );
        let terms = entries(&kit.office, back.id).await;
        let terms =
            terms.iter().find(|l| l.kind == LedgerKind::TermChanged).expect("an entry about its terms");
        assert_eq!(
            (terms.ground_ref.as_str(), terms.payload.as_str()),
            ("student_terms.csv:7", r#"{"from":{"2":"2 leave"},"to":{"2":"2 registered"}}"#)
        );
        let contact = enrolment(&kit.office, "200010004").await.person;
        let contact =
            kit.office.db.read(move |db| storage::people::fetch_contact(db, contact)).await.expect("contact");
        assert_eq!(contact.email.as_deref(), Some("g.ozcelik@example.invalid"));
        // A name counts from the day of the import, and the former one until then.
        let name_on = async |day: &str| {
            let day = day.parse().expect("day");
            let found = kit.office.db.read(move |db| {
                let unit = storage::institution::find_unit(db, "BLM")?.expect("unit");
                storage::institution::unit_name(db, unit, day)
            });
            found.await.expect("read").expect("name").tr
        };
        assert_eq!(name_on("2026-11-23").await, "Bilgisayar Mühendisliği Bölümü");
        assert_eq!(name_on("2026-11-24").await, "Bilgisayar ve Yazılım Mühendisliği Bölümü");
        assert_eq!(count_students(&kit.office).await, 6);
        assert_sound(&kit).await;

        let again = take(&kit, &folder).await;
        assert!(!again.plan.changes_anything(), "{:#?}", again.plan);

        // Whoever puts the former values back by hand is found: the ledger was followed to the last one.
        let (first, back) = (first.id.get(), back.id.get());
        let undo = move |tx: &storage::Tx<'_>| {
            tampering::set_class_year(tx, first, 2)?;
            tampering::set_column(tx, "student_term", ("enrolment_id", back), "standing", "'leave'")
        };
        kit.office.db.write(undo).await.expect("written here");
        let report =
            verify(&kit.office, Wanted::default(), Box::new(|_, _, _| {})).await.expect("verification");
        let mut codes: Vec<&str> = report.findings.iter().map(|f| f.fault.code()).collect();
        codes.sort_unstable();
        assert_eq!(codes, ["index-differs", "placement-differs", "terms-differ"]);
    }
}

async fn rename(kit: &TestOffice, number: &str, surname: &str) {
    let person = enrolment(&kit.office, number).await.person;
    let found = kit
        .office
        .db
        .read(move |db| storage::people::fetch(db, person))
        .await
        .expect("read")
        .expect("person");
    let form = ChangeIdentity {
        number: number.to_owned(),
        identity_no: String::new(),
        given_name: found.identity.given_name,
        surname: surname.to_owned(),
        sex: Some(found.identity.sex),
        birth_date: base::time::date_tr(found.identity.birth_date),
        birth_place: found.identity.birth_place,
        nationality: found.identity.nationality,
        ground: GroundKind::CourtRuling,
        ground_ref: "2026/17 E.".to_owned(),
        ground_on: "02.11.2026".to_owned(),
        reason: "Mahkeme kararı".to_owned(),
        version: found.version,
    };
    change_identity(&kit.office, &kit.console(), form).await.expect("identity");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_changed_here_is_not_overwritten_but_listed() {
    for kit in TestOffice::all().await {
        let folder = RecordsFolder::small();
        take(&kit, &folder).await;
        rename(&kit, "240010002", "GÜNEY").await;
        let form = ChangeStatus {
            number: "240010002".to_owned(),
            status: Some(EnrolmentStatus::Active),
            effective_on: "01.10.2026".to_owned(),
            ground: GroundKind::CourtRuling,
            ground_ref: "2026/99".to_owned(),
            ground_on: "28.09.2026".to_owned(),
            reason: String::new(),
            version: enrolment(&kit.office, "240010002").await.version,
        };
        change_status(&kit.office, &kit.console(), form).await.expect("status");
        let marks = enrolment(&kit.office, "240010003").await.id.get();
        let disown = move |tx: &storage::Tx<'_>| tampering::disown_marks(tx, marks);
        kit.office.db.write(disown).await.expect("written here");

        // The file did not touch what was changed here: nothing to report.
        let plan = preview(&kit, &folder).await;
        assert_eq!((plan.changes_anything(), plan.conflict_count()), (false, 0), "{:#?}", plan.conflicts);

        folder
            .replace(F::Students, "İlbey,İNCE,E,2005-11-02,Çankırı", "İlbey,İNCEOĞLU,E,2005-11-02,Ilgaz")
            .replace(F::Students, "withdrawn,2025-03-03", "dismissed,2025-03-04")
            .replace(F::Grades, "72.5,78,CB,2.5", "72.5,88,BB,3.0")
            .replace(F::StudentTerms, "240010003,2,2,leave", "240010003,2,2,unregistered");
        for round in 0..2 {
            let report = take(&kit, &folder).await;
            let listed: Vec<(&str, &str, &str, &str)> = report
                .plan
                .conflicts
                .iter()
                .map(|c| (c.key.as_str(), c.column.as_str(), c.here.as_str(), c.in_file.as_str()))
                .collect();
            assert_eq!(
                listed,
                [
                    ("240010002", "status", "active", "dismissed"),
                    ("240010002", "status_since", "2026-10-01", "2025-03-04"),
                    ("240010002", "surname", "GÜNEY", "İNCEOĞLU"),
                    ("240010003/2", "status", "leave", "unregistered"),
                    ("240010003/1/2", "final", "78,00", "88,00"),
                    ("240010003/1/2", "letter", "CB", "BB"),
                    ("240010003/1/2", "points", "2,50", "3,00"),
                ],
                "round {round}"
            );
            assert_eq!(report.plan.conflict_count(), 7);
            // The place of birth nobody touched here; it is taken over the first time.
            assert_eq!(report.plan.changes_anything(), round == 0);
        }
        let here = enrolment(&kit.office, "240010002").await;
        assert_eq!(here.status, EnrolmentStatus::Active);
        let person = kit
            .office
            .db
            .read(move |db| storage::people::fetch(db, here.person))
            .await
            .expect("read")
            .expect("person");
        assert_eq!(
            (person.identity.surname.as_str(), person.identity.birth_place.as_str()),
            ("GÜNEY", "Ilgaz")
        );
        assert_sound(&kit).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_status_that_the_records_take_back_is_undone() {
    for kit in TestOffice::all().await {
        let folder = RecordsFolder::small();
        take(&kit, &folder).await;
        folder.replace(F::Students, "graduated,2025-07-01", "active,2020-09-03");
        take(&kit, &folder).await;
        let back = enrolment(&kit.office, "200010004").await;
        assert_eq!(
            (back.status, back.status_since.to_string()),
            (EnrolmentStatus::Active, "2020-09-03".to_owned())
        );
        let lines = entries(&kit.office, back.id).await;
        assert_eq!(
            kinds(&lines),
            [
                LedgerKind::Enrolled,
                LedgerKind::StatusChanged,
                LedgerKind::Reversed,
                LedgerKind::StatusChanged
            ]
        );
        assert_eq!(lines[2].reverses, Some(lines[1].id));
        assert_sound(&kit).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_number_of_a_known_person_joins_that_person() {
    for kit in TestOffice::all().await {
        let folder = RecordsFolder::small();
        take(&kit, &folder).await;
        rename(&kit, "240010002", "GÜNEY").await;
        folder.add(
            F::Students,
            "250020077,11223344550,İlbey,İNCE,E,2005-11-02,Çankırı,x@example.invalid,2,2,2025,1,active,2025-09-09,\n",
        );
        let report = take(&kit, &folder).await;
        let (old, new) =
            (enrolment(&kit.office, "240010002").await, enrolment(&kit.office, "250020077").await);
        assert_eq!(old.person, new.person);
        let listed: Vec<&str> = report.plan.conflicts.iter().map(|c| c.column.as_str()).collect();
        assert_eq!(listed, ["surname"]);
        assert_sound(&kit).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_and_people_that_are_here_already_are_recognised() {
    for kit in TestOffice::all().await {
        let folder = RecordsFolder::small();
        take(&kit, &folder).await;
        // Another export gave the faculty another key: its code is taken, and nothing may be half-written.
        folder.replace(F::Units, "4,2,department,EEM", "9,2,department,EEM");
        folder.replace(F::Courses, "4,4,EEM101", "4,9,EEM101").replace(F::Programs, "2,4,EEM-L", "2,9,EEM-L");
        folder.add(F::Students, "250010010,,Ata,SON,E,2007-02-02,Van,,1,1,2025,1,active,2025-09-02,\n");
        let refused = apply_records(&kit.office, &kit.console(), folder.path(), quiet()).await;
        let Ok(Checked::Faulty(faults)) = refused else { panic!("{refused:?}") };
        let told: Vec<_> = faults.list().iter().map(|f| (f.file, f.row, f.column, f.code())).collect();
        assert_eq!(told, [("units.csv", Some(5), Some("unit_id"), "renumbered")]);
        assert_eq!(count_students(&kit.office).await, 5);
        assert!(running_import(&kit.office).await.expect("jobs").is_none());
        assert_sound(&kit).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_overtaken_run_writes_nothing_and_leftovers_are_cleared() {
    for kit in TestOffice::all().await {
        let permit =
            || services::authz::for_own_account(services::authz::SYSTEM_ACCOUNT, kit.office.now(), "test");
        let (begin, again) = (permit(), permit());
        // A run that was killed after it had staged something.
        let dead = kit.office.db.write(move |tx| staging::begin(tx, &begin)).await.expect("run");
        let piece = || {
            let row = StagedRow { file: F::Units, row: 2, key: "77".to_owned(), fields: "{}".to_owned() };
            Piece::Rows(vec![row])
        };
        let first = piece();
        kit.office.db.write(move |tx| staging::stage(tx, dead, &first)).await.expect("staged");
        let until = Timestamp::from_second(kit.office.now().as_second() + 900).expect("in range");
        let job = kit
            .office
            .db
            .write(move |tx| staging::open_job(tx, &again, dead, "{}", 1, until))
            .await
            .expect("job");
        let told = running_import(&kit.office).await.expect("jobs").expect("import");
        assert_eq!((told.job, told.rows), (job, 1));

        let report = take(&kit, &RecordsFolder::small()).await;
        assert_eq!(report.plan.file(F::Units).expect("units").rows, 4);
        let failed =
            kit.office.db.read(move |db| storage::jobs::fetch(db, job)).await.expect("read").expect("job");
        assert_eq!(failed.state, "failed");
        // The dead one, should it come to life, is told so.
        let second = piece();
        let late: Result<(), StorageError> =
            kit.office.db.write(move |tx| staging::stage(tx, dead, &second)).await;
        assert!(matches!(late, Err(StorageError::Stale)), "{late:?}");
        assert_sound(&kit).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_imports_at_once_leave_one_whole() {
    for kit in TestOffice::all().await {
        let folder = RecordsFolder::small();
        let run = || {
            let (office, actor, path) = (kit.office.clone(), kit.console(), folder.path());
            tokio::spawn(async move { apply_records(&office, &actor, path, quiet()).await })
        };
        let (a, b) = (run(), run());
        let outcomes = [a.await.expect("task").expect("import"), b.await.expect("task").expect("import")];
        let sound = outcomes.iter().filter(|o| matches!(o, Checked::Sound(_))).count();
        assert!(sound >= 1, "{outcomes:?}");
        for outcome in &outcomes {
            if let Checked::Faulty(faults) = outcome {
                assert_eq!(faults.list()[0].code(), "overtaken");
            }
        }
        assert_eq!(count_students(&kit.office).await, 5);
        assert_sound(&kit).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_who_may_import_can_even_look() {
    let kit = TestOffice::sqlite().await;
    let mut clerk: Actor = kit.console();
    clerk.roles = vec![Assignment { role: Role::Clerk, unit: None, programme: None }];
    let folder = RecordsFolder::small();
    let looked = preview_records(&kit.office, &clerk, folder.path(), quiet()).await;
    assert!(matches!(looked, Err(ServiceError::Forbidden(Action::ImportRecords))), "{looked:?}");
    let took = apply_records(&kit.office, &clerk, folder.path(), quiet()).await;
    assert!(matches!(took, Err(ServiceError::Forbidden(Action::ImportRecords))), "{took:?}");
}
