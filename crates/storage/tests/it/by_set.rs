//! Taking over whole sets on PostgreSQL: references come back, and readers are not made to wait.

use domain::{marks::Letter, programmes::TermStanding};
use storage::{
    Db, StorageError,
    records::{
        RecordsFile,
        staging::{self, Piece, Run, StagedMark, StagedRow, StagedTerm},
        students::BySet,
    },
};

use crate::{
    engines::{Fresh, now, permit, postgres},
    roles::schema,
};

/// A unit with one programme, term, course and section, and somebody enrolled before the import.
const HOUSE: &str = "
    INSERT INTO unit (kind, code, source_key) VALUES ('university', 'Ü', '1');
    INSERT INTO programme (unit_id, code, level, terms, language) VALUES (1, 'P', 'bachelor', 8, 'tr');
    INSERT INTO curriculum (programme_id, version, effective_year) VALUES (1, 1, 2020);
    INSERT INTO term (academic_year, season, name_tr, starts_on, ends_on, source_key)
      VALUES ('2025-2026', 'autumn', 'Güz', '2025-09-15', '2026-01-16', '70');
    INSERT INTO course (unit_id, code, name_tr, name_en, theory, practice, credit, ects, source_key)
      VALUES (1, 'D1', 'Ders', 'Course', 3, 0, 300, 500, '80'), (1, 'D2', 'Ders', 'Course', 3, 0, 300, 500, '81');
    INSERT INTO section (term_id, course_id, section_no, quota, source_key) VALUES (1, 1, 1, 40, '90');
    INSERT INTO person (given_name, surname, sex, birth_date, birth_place, nationality)
      VALUES ('Ilgın', 'Işık', 'female', '2004-05-06', 'Tunceli', 'TR');
    INSERT INTO enrolment (person_id, number, programme_id, curriculum_id, entry_kind, entry_year, entered_on, class_year)
      VALUES (1, 'before', 1, 1, 'records', 2022, '2022-09-01', 3)";
/// The enrolment that the import opens.
const NEW: &str = "
    INSERT INTO enrolment (person_id, number, programme_id, curriculum_id, entry_kind, entry_year, entered_on, class_year)
      VALUES (1, 'new', 1, 1, 'records', 2025, '2025-09-01', 1)";
const REFERENCES: &str = "SELECT count(*) FROM pg_constraint
    WHERE contype = 'f' AND convalidated AND conrelid IN ('mark'::regclass, 'student_term'::regclass)";

fn mark(student: i64, course: i64, section: Option<i64>) -> StagedMark {
    StagedMark {
        student,
        term: 70,
        course,
        row: course,
        section,
        attempt: 1,
        midterm: Some(6000),
        final_score: None,
        letter: Letter::parse("BB").expect("a letter"),
        points: Some(300),
        credit: 300,
        ects: 500,
    }
}

/// A house with rows staged for both enrolments; row 2 of the file is the one from before.
async fn staged() -> Option<(Fresh, Run)> {
    let fresh = postgres().await?;
    let student = |row, key: &str| StagedRow {
        file: RecordsFile::Students,
        row,
        key: key.to_owned(),
        fields: "{}".to_owned(),
    };
    let term = |student| StagedTerm {
        student,
        term: 70,
        row: student,
        term_no: 1,
        standing: TermStanding::Registered,
    };
    let pieces = [
        Piece::Rows(vec![student(2, "before"), student(3, "new")]),
        Piece::Terms(vec![term(2), term(3)]),
        // The last stands in a section that is not here.
        Piece::Marks(vec![
            mark(2, 80, None),
            mark(3, 80, Some(90)),
            mark(3, 81, None),
            mark(3, 82, Some(91)),
        ]),
    ];
    let run = fresh
        .db
        .write(move |tx| {
            tx.batch(HOUSE)?;
            let run = staging::begin(tx, &permit())?;
            pieces.iter().try_for_each(|piece| staging::stage(tx, run, piece))?;
            Ok::<_, StorageError>(run)
        })
        .await
        .expect("staged");
    Some((fresh, run))
}

/// What an import does of it: answers the counts, the rows written, and the references that stand.
async fn take_over(db: &Db) -> ((i64, i64), i64, i64) {
    db.write(|tx| {
        let by_set = BySet::if_possible(tx)?.expect("empty tables");
        tx.batch(NEW)?;
        let counts = by_set.take_over(tx, &permit())?;
        let written = tx.count(
            "SELECT count(*) FROM mark WHERE enrolment_id = 2 AND term_id = 1 AND origin = 'records'
               AND (course_id, coalesce(section_id, 0)) IN ((1, 1), (2, 0))",
            &[],
        )?;
        Ok::<_, StorageError>((counts, written, tx.count(REFERENCES, &[])?))
    })
    .await
    .expect("taken over")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_serving_role_puts_in_what_is_new_and_the_schema_stays_as_it_was() {
    let Some((fresh, run)) = staged().await else { return };
    let db = fresh.as_serving_role().await;
    let before = schema(&fresh.db).await;
    assert_eq!(take_over(&db).await, ((1, 2), 2, 6));
    assert_eq!(schema(&fresh.db).await, before);
    let nobody = db
        .write(|tx| {
            tx.batch(
                "INSERT INTO mark (enrolment_id, term_id, course_id, attempt, letter, credit, ects, origin)
                 VALUES (99, 1, 1, 1, 'AA', 0, 0, 'kunye')",
            )
        })
        .await;
    assert!(
        matches!(&nobody, Err(StorageError::Constraint { constraint }) if constraint == "mark_enrolment_id_fkey"),
        "{nobody:?}"
    );
    let again = db.write(BySet::if_possible).await.expect("asked");
    assert_eq!(again, None, "the tables are no longer empty");
    while db.write(move |tx| staging::clear_some(tx, run)).await.expect("cleared") {}
    db.write(move |tx| staging::end(tx, run, now())).await.expect("ended");
    let left = db.read(|r| r.count("SELECT count(*) FROM records_staged_mark", &[])).await.expect("counted");
    assert_eq!(left, 0);
    db.write(staging::refresh_statistics).await.expect("analysed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_reads_goes_on_reading() {
    let Some((Fresh { db, .. }, run)) = staged().await else { return };
    let (began, wait) = (std::sync::mpsc::channel(), std::sync::mpsc::channel::<()>());
    let reader = db.clone();
    let reading = tokio::spawn(async move {
        reader
            .read(move |r| {
                let look = || {
                    r.count("SELECT count(*) FROM mark", &[])?;
                    r.count("SELECT count(*) FROM records_staged_mark", &[])
                };
                look()?;
                began.0.send(()).expect("told");
                wait.1.recv().expect("told");
                look()
            })
            .await
    });
    began.1.recv().expect("reading");
    assert_eq!(take_over(&db).await, ((1, 2), 2, 6));
    assert!(!db.write(move |tx| staging::clear_some(tx, run)).await.expect("cleared"));
    wait.0.send(()).expect("told");
    let seen: Result<i64, StorageError> = reading.await.expect("reader");
    assert_eq!(seen.expect("one view"), 4, "a reader's view does not lose staged rows");
}
