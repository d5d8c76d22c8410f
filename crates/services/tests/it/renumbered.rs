//! Records whose keys changed from one export to the next: a fault in file and row, never the database's own words, and
//! nothing written, on both engines.

use services::{
    records::{Checked, Fault, RecordsFile as F, apply_records, preview_records},
    verify::Wanted,
};
use testkit::{RecordsFolder, TestOffice};

use crate::verify::{found_in, look};

/// What is said of a folder that was changed after a first import, by the preview and by the import alike.
async fn told(kit: &TestOffice, change: impl FnOnce(&RecordsFolder)) -> Vec<Fault> {
    let folder = RecordsFolder::small();
    take(kit, &folder).await;
    change(&folder);
    let quiet = || Box::new(|_| {});
    let shown = preview_records(&kit.office, &kit.console(), folder.path(), quiet()).await.expect("preview");
    let done = apply_records(&kit.office, &kit.console(), folder.path(), quiet()).await.expect("import");
    assert!(found_in(&look(&kit.office, Wanted::default()).await).is_empty());
    match (shown, done) {
        (Checked::Faulty(shown), Checked::Faulty(done)) => {
            assert_eq!(shown.list(), done.list());
            shown.list().to_vec()
        }
        other => panic!("{other:?}"),
    }
}

async fn take(kit: &TestOffice, folder: &RecordsFolder) {
    let taken = apply_records(&kit.office, &kit.console(), folder.path(), Box::new(|_| {})).await;
    assert!(matches!(taken, Ok(Checked::Sound(_))), "{taken:?}");
}

/// Place, word and values of each fault.
fn lines(faults: &[Fault]) -> Vec<String> {
    let line = |f: &Fault| {
        let values: Vec<String> = f.problem.args().into_iter().map(|(_, value)| value).collect();
        let row = f.row.unwrap_or(0);
        format!("{}:{row}:{} {} {}", f.file, f.column.unwrap_or(""), f.code(), values.join(" | "))
    };
    faults.iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_of_the_institution_under_another_key_is_named_with_its_former_one() {
    type Change = fn(&RecordsFolder);
    let cases: [(Change, &[&str]); 6] = [
        (
            |f| {
                f.replace(F::Units, "4,2,department,EEM", "9,2,department,EEM");
                f.replace(F::Courses, "4,4,EEM101", "4,9,EEM101");
                f.replace(F::Programs, "2,4,EEM-L", "2,9,EEM-L");
            },
            &["units.csv:5:unit_id renumbered code EEM | 4"],
        ),
        (
            |f| {
                f.replace(F::Staff, "\n1,10000000146", "\n71,10000000146");
                f.replace(F::Appointments, "\n1,2,dean", "\n71,2,dean");
                f.replace(F::Sections, "4,3,4,1,1,40", "4,3,4,1,71,40");
                f.replace(F::Students, "2025-07-01,1\n", "2025-07-01,71\n");
                f.replace(F::Students, "2025-09-08,1\n", "2025-09-08,71\n");
            },
            &["staff.csv:2:staff_id renumbered tckn 100*****146 | 1"],
        ),
        (
            |f| {
                f.replace(F::Programs, "\n1,3,BLM-L", "\n8,3,BLM-L");
                f.replace(F::Curricula, "1,1,1,2020", "1,8,1,2020");
                f.replace(F::Students, ",1,1,20", ",8,1,20");
            },
            &["programs.csv:2:program_id renumbered code BLM-L | 1"],
        ),
        (
            |f| {
                f.replace(F::Terms, "3,2025-2026,autumn", "33,2025-2026,autumn");
                f.replace(F::Sections, "4,3,4,1,1,40", "4,33,4,1,1,40");
                f.replace(F::StudentTerms, ",3,", ",33,");
                f.replace(F::Grades, "240010001,3,,5", "240010001,33,,5");
                f.replace(F::Grades, "250020001,3,4,4", "250020001,33,4,4");
            },
            &["terms.csv:4:term_id renumbered academic_year 2025-2026, season autumn | 3"],
        ),
        (
            |f| {
                f.replace(F::Sections, "4,3,4,1,1,40", "44,3,4,1,1,40");
                f.replace(F::Grades, "250020001,3,4,4", "250020001,3,44,4");
            },
            &["sections.csv:5:section_id renumbered term_id 3, course_id 4, section_no 1 | 4"],
        ),
        (
            |f| {
                f.replace(F::Courses, "5,3,BLM201", "55,3,BLM201");
                f.replace(F::CurriculumCourses, "1,3,1,5,elective", "1,3,1,55,elective");
                f.replace(F::Grades, "240010001,3,,5", "240010001,3,,55");
            },
            &["courses.csv:6:course_id renumbered unit_id 3, code BLM201 | 5"],
        ),
    ];
    for (i, (change, expected)) in cases.iter().enumerate() {
        for kit in TestOffice::all().await {
            let faults = told(&kit, change).await;
            assert_eq!(lines(&faults), *expected, "{i}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_slipped_by_one_and_codes_that_changed_hands_are_named() {
    for kit in TestOffice::all().await {
        let faults = told(&kit, |f| {
            f.replace(F::Units, "3,2,department,BLM", "3,2,department,EEM_");
            f.replace(F::Units, "4,2,department,EEM,", "4,2,department,BLM,");
            f.replace(F::Units, "3,2,department,EEM_", "3,2,department,EEM");
        })
        .await;
        assert_eq!(
            lines(&faults),
            [
                "units.csv:4:code taken_by_another code EEM | 4",
                "units.csv:5:code taken_by_another code BLM | 3"
            ]
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_student_under_another_number_is_no_second_enrolment() {
    for kit in TestOffice::all().await {
        let faults = told(&kit, |f| {
            for file in [F::Students, F::StudentTerms, F::Grades] {
                let text = f.text(file).replace("240010001", "240019999");
                f.write(file, text);
            }
        })
        .await;
        assert_eq!(lines(&faults), ["students.csv:2:student_no renumbered_student 240010001"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_given_to_somebody_else_is_named() {
    for kit in TestOffice::all().await {
        // The rows of two students with each other's numbers.
        let faults = told(&kit, |f| {
            let text = f.text(F::Students);
            let swapped = text
                .replace("\n240010001,", "\n#,")
                .replace("\n240010002,", "\n240010001,")
                .replace("\n#,", "\n240010002,");
            f.write(F::Students, swapped);
        })
        .await;
        assert_eq!(
            lines(&faults),
            [
                "students.csv:2:student_no number_of_another 240010001",
                "students.csv:3:student_no number_of_another 240010002"
            ]
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_changes_is_taken_over_as_ever() {
    for kit in TestOffice::all().await {
        let folder = RecordsFolder::small();
        take(&kit, &folder).await;
        // A new code of the same key, a second course of the same code, a corrected identity number.
        folder.replace(F::Units, "4,2,department,EEM,", "4,2,department,ELK,");
        folder.add(F::Courses, "6,3,BLM101,Programlama I,Programming I,3,2,4,6\n");
        take(&kit, &folder).await;
        take(&kit, &folder).await;
        assert!(found_in(&look(&kit.office, Wanted::default()).await).is_empty());
    }
}
