//! Papers of an earlier version keep their rows, their links and their guards when the table is made anew.

use base::{ids::DocumentId, lang::Lang, time::Date};
use storage::{
    Db, StorageError, args,
    documents::{NewDocument, Subject},
};

use crate::{
    contract::one_student,
    engines::{self, Fresh, now, permit},
};

/// The last version in which every paper was about a student.
const BEFORE: i64 = 9;
const PAPERS: i64 = 300;
const DAY: Date = Date::constant(2026, 8, 31);

/// Papers of a student, each but the last superseded by the next, and a batch that made them.
async fn papers_of_before(db: &Db) {
    let (person, enrolment) = one_student(db).await;
    db.write(move |tx| -> Result<(), StorageError> {
        tx.execute(
            "INSERT INTO stored_file (id, sha256, size, mime, purpose, created_at, created_by) VALUES (1, $1, 3, 'application/pdf', 'document', $2, 1)",
            args![[7_u8; 32], now()],
        )?;
        tx.execute(
            "INSERT INTO job (id, kind, state, params, total, created_at, created_by) VALUES (1, 'documents', 'done', '{}', 3, $1, 1)",
            args![now()],
        )?;
        for n in 1..=PAPERS {
            tx.execute(
                "INSERT INTO document (id, unit_id, year, serial, kind, lang, enrolment_id, person_id, code, status, issued_on, issued_at,
                   issued_by, holder, payload, file_id, sha256, job_id)
                 VALUES ($1, 2, 2026, $1, 'transcript', 'tr', $2, $3, $4, 'valid', $5, $6, 1, 'Işıl IŞIK', '{}', 1, $7, 1)",
                args![n, enrolment, person, format!("CODE{n}"), DAY, now(), [7_u8; 32]],
            )?;
            tx.execute(
                "INSERT INTO job_item (job_id, seq, subject, state, document_id) VALUES (1, $1, '261000001', 'done', $1)",
                args![n],
            )?;
        }
        tx.execute(
            "UPDATE document SET status = 'superseded', superseded_by = id + 1, ended_at = $2, ended_by = 1 WHERE id < $1",
            args![PAPERS, now()],
        )?;
        Ok(())
    })
    .await
    .expect("papers");
}

/// Every paper with what it names and what names it.
async fn rows(db: &Db) -> Vec<String> {
    db.read(|r| {
        r.query(
            "SELECT d.id, d.serial, d.code, d.status, d.enrolment_id, d.person_id, coalesce(d.superseded_by, 0), d.job_id, i.seq, d.sha256
             FROM document d JOIN job_item i ON i.document_id = d.id ORDER BY d.id",
            &[],
            |r| {
                let numbers = [0, 1, 4, 5, 6, 7, 8].map(|i| r.int(i));
                Ok(format!("{numbers:?} {} {} {:?}", r.text(2)?, r.text(3)?, r.hash(9)?))
            },
        )
    })
    .await
    .expect("papers")
}

async fn refusal(db: &Db, sql: &'static str) -> String {
    let refused = db.write(move |tx| tx.execute(sql, &[])).await.expect_err(sql);
    match refused {
        StorageError::Refused { rule } => rule,
        StorageError::Constraint { constraint } => constraint,
        other => panic!("{sql}: {other:?}"),
    }
}

async fn a_paper_keeps_what_it_names_and_what_names_it(fresh: Fresh) {
    let db = &fresh.db;
    papers_of_before(db).await;
    let before = rows(db).await;
    assert_eq!(before.len(), 300);
    let applied = storage::migrate::migrate(db, now()).await.expect("migrate");
    assert_eq!(applied[0], "010_paper_subjects");
    assert_eq!(rows(db).await, before);

    // The guards stand, those of rows that name a paper among them.
    assert_eq!(refusal(db, "DELETE FROM document WHERE id = 1").await, "document_is_never_deleted");
    assert_eq!(
        refusal(db, "UPDATE document SET person_id = NULL, enrolment_id = NULL WHERE id = 1").await,
        "document_is_frozen"
    );
    assert_eq!(
        refusal(db, "UPDATE document SET subject_day = '2026-08-31' WHERE id = 1").await,
        "document_is_frozen"
    );
    for (sql, sqlite) in [
        ("UPDATE job_item SET document_id = 9999 WHERE seq = 1", "job_item"),
        ("UPDATE document SET superseded_by = 9999 WHERE id = 1", "document"),
    ] {
        let refused = db.write(move |tx| tx.execute(sql, &[])).await;
        assert!(refused.is_err(), "{sqlite}: {refused:?}");
    }

    // A paper about a day, the next id behind the others.
    let paper = |serial: i64, subject| NewDocument {
        number: storage::documents::DocumentNumber { unit: base::ids::Id::new(2), year: 2026, serial },
        kind: "daily_registration_list".to_owned(),
        lang: Lang::Tr,
        subject,
        code: format!("DAY{serial}"),
        issued_on: DAY,
        holder: String::new(),
        purpose: None,
        payload: "{}".to_owned(),
        photo: None,
        job: None,
    };
    let day = Subject::Day { unit: base::ids::Id::new(2), day: DAY };
    let new = paper(PAPERS + 1, day);
    if db.engine() == storage::db::Engine::Postgres {
        // The rows of this test were numbered by hand.
        db.write(|tx| tx.batch("SELECT setval(pg_get_serial_sequence('document', 'id'), 300)"))
            .await
            .expect("sequence");
    }
    let id = db.write(move |tx| storage::documents::insert(tx, &permit(), &new)).await.expect("a day");
    assert_eq!(id, DocumentId::new(PAPERS + 1));
    let found = db.read(move |db| storage::documents::fetch(db, id)).await.expect("read").expect("the paper");
    assert_eq!((found.subject, found.student, found.unit.tr.as_str()), (day, None, "Birim"));
    let first = db
        .read(|db| storage::documents::fetch(db, DocumentId::new(1)))
        .await
        .expect("read")
        .expect("a paper");
    assert_eq!(first.student.map(|student| student.number).as_deref(), Some("261000001"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    a_paper_keeps_what_it_names_and_what_names_it(engines::sqlite_at(BEFORE).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    if let Some(fresh) = engines::postgres_at(BEFORE).await {
        a_paper_keeps_what_it_names_and_what_names_it(fresh).await;
    }
}
