//! What storage promises, whatever the engine.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use base::{
    identity::Tckn,
    ids::{EnrolmentId, PersonId},
    text::SearchTerm,
    time::Date,
};
use domain::{
    enrolments::{EnrolmentStatus, EntryKind},
    ledger::{Draft, Ground, GroundKind, LedgerKind, Sealed, Subject},
    people::{Identity, Sex},
};
use serde_json::json;
use storage::{
    Db, StorageError, Tx, args,
    audit::{self, AuditFilter, AuditRow, shown_list},
    db::Engine,
    demo::{Beginning, beginning},
    enrolments::NewEnrolment,
    search::{StudentCursor, StudentFilter, Within},
};

use crate::{
    engines::{Counting, now, permit},
    on_both,
};

on_both![
    an_error_undoes_everything_of_its_act_alone,
    acts_at_once_lose_nothing,
    what_nobody_waits_for_is_written_in_order_or_undone_with_its_act,
    a_panic_is_an_error_and_the_next_act_goes_on,
    values_come_back_as_they_were_written,
    the_ledger_refuses_changes,
    a_demo_begins_in_an_empty_database_alone,
    a_stretch_of_the_log_is_looked_through,
    a_status_needs_its_entry,
    a_reversed_entry_gives_no_status,
    chains_are_whole_under_concurrency,
    the_frozen_identity_stays,
    lists_walk_in_turkish_order,
    every_spelling_finds,
    numbers_of_papers_have_no_gap,
    constraints_are_named_alike,
];

const DAY: Date = Date::constant(2026, 9, 10);

async fn institution(db: &Db) {
    db.write(institution_rows).await.expect("institution");
}

fn institution_rows(tx: &Tx<'_>) -> Result<(), StorageError> {
    tx.execute("INSERT INTO unit (id, kind, code) VALUES (1, 'university', 'U')", &[])?;
    tx.execute("INSERT INTO unit (id, parent_id, kind, code) VALUES (2, 1, 'faculty', 'F')", &[])?;
    for unit in [1, 2] {
        tx.execute(
            "INSERT INTO unit_name (unit_id, name_tr, name_en, valid_from) VALUES ($1, 'Birim', 'Unit', $2)",
            args![unit, Date::constant(1990, 1, 1)],
        )?;
    }
    for (descendant, ancestor, depth) in [(1, 1, 0), (2, 2, 0), (2, 1, 1)] {
        tx.execute(
            "INSERT INTO unit_closure (descendant_id, ancestor_id, depth) VALUES ($1, $2, $3)",
            args![descendant, ancestor, depth],
        )?;
    }
    tx.execute("INSERT INTO programme (id, unit_id, code, level, terms, language) VALUES (1, 2, 'P', 'bachelor', 8, 'tr')", &[])?;
    tx.execute(
            "INSERT INTO programme_name (programme_id, name_tr, name_en, valid_from) VALUES (1, 'Program', 'Programme', $1)",
            args![Date::constant(1990, 1, 1)],
        )?;
    tx.execute(
        "INSERT INTO curriculum (id, programme_id, version, effective_year) VALUES (1, 1, 1, 2020)",
        &[],
    )?;
    Ok(())
}

fn somebody(given: &str, surname: &str, n: u8) -> Identity {
    Identity {
        identity_no: Tckn::complete([1, 0, 0, 0, 0, 0, 0, n / 10, n % 10]),
        given_name: given.to_owned(),
        surname: surname.to_owned(),
        sex: Sex::Female,
        birth_date: Date::constant(2004, 2, 29),
        birth_place: "Iğdır".to_owned(),
        nationality: "TR".to_owned(),
    }
}

fn status(enrolment: EnrolmentId, kind: LedgerKind, day: Date, status: EnrolmentStatus) -> Draft {
    Draft {
        subject: Subject::from(enrolment),
        kind,
        effective_on: day,
        status_after: Some(status),
        ground: Ground::new(GroundKind::Records, "students.csv:2"),
        payload: json!({}),
        text: None,
        reverses: None,
    }
}

fn enrol(tx: &Tx<'_>, who: &Identity, number: &str) -> Result<(PersonId, EnrolmentId), StorageError> {
    let permit = permit();
    let person = storage::people::insert(tx, &permit, who)?;
    let new = NewEnrolment {
        person,
        number: number.to_owned(),
        programme: base::ids::Id::new(1),
        curriculum: base::ids::Id::new(1),
        entry_kind: EntryKind::Yks,
        entry_year: 2026,
        entered_on: DAY,
        class_year: 1,
        advisor: None,
        ends_on: None,
    };
    let enrolment = storage::enrolments::insert(tx, &permit, &new)?;
    storage::ledger::append(
        tx,
        &permit,
        &status(enrolment, LedgerKind::Enrolled, DAY, EnrolmentStatus::Active),
        &Counting,
    )?;
    storage::ledger::settle_status(tx, &permit, enrolment)?;
    storage::search::refresh(tx, &permit, enrolment)?;
    Ok((person, enrolment))
}

pub async fn one_student(db: &Db) -> (PersonId, EnrolmentId) {
    institution(db).await;
    db.write(|tx| enrol(tx, &somebody("Işıl", "IŞIK", 1), "261000001")).await.expect("enrol")
}

async fn settings(db: &Db) -> i64 {
    db.read(|r| r.count("SELECT count(*) FROM setting", &[])).await.expect("count")
}

async fn an_error_undoes_everything_of_its_act_alone(db: Db) {
    let put = |key: &'static str, fail: bool| {
        let db = db.clone();
        async move {
            db.write(move |tx| {
                tx.execute("INSERT INTO setting (key, value) VALUES ($1, 'x')", args![key])?;
                if fail { Err(StorageError::Stale) } else { Ok(()) }
            })
            .await
        }
    };
    let (a, b, c) = tokio::join!(put("a", false), put("b", true), put("c", false));
    assert!(a.is_ok() && matches!(b, Err(StorageError::Stale)) && c.is_ok());
    assert_eq!(settings(&db).await, 2);
}

async fn what_nobody_waits_for_is_written_in_order_or_undone_with_its_act(db: Db) {
    const PUT: &str = "INSERT INTO setting (key, value) VALUES ($1, $2)";
    let value = |key: &'static str| {
        let read =
            db.read(move |r| r.one("SELECT value FROM setting WHERE key = $1", args![key], |r| r.text(0)));
        async move { read.await.expect("read") }
    };
    db.write(|tx| {
        tx.later(PUT, args!["a", "first"])?;
        tx.later_one("UPDATE setting SET value = 'second' WHERE key = 'a' AND value = 'first'", &[])?;
        // A statement that is waited for sees what was handed over before it.
        let seen = tx.count("SELECT count(*) FROM setting WHERE value = 'second'", &[])?;
        assert_eq!(seen, 1);
        tx.later("UPDATE setting SET value = 'third' WHERE key = 'a'", &[])
    })
    .await
    .expect("written");
    assert_eq!(value("a").await.as_deref(), Some("third"), "also what came last, before the commit");

    let twice = db
        .write(|tx| {
            tx.later(PUT, args!["b", "x"])?;
            tx.later(PUT, args!["a", "again"])?;
            tx.later(PUT, args!["c", "x"])
        })
        .await;
    assert!(matches!(twice, Err(StorageError::Constraint { .. })), "{twice:?}");
    let nobody = db
        .write(|tx| {
            tx.later(PUT, args!["d", "x"])?;
            tx.later_one("UPDATE setting SET value = 'x' WHERE key = 'nobody'", &[])
        })
        .await;
    assert!(matches!(nobody, Err(StorageError::Stale)), "{nobody:?}");
    let given_up = db
        .write(|tx| {
            tx.later(PUT, args!["e", "x"])?;
            Err::<(), _>(StorageError::Busy)
        })
        .await;
    assert!(matches!(given_up, Err(StorageError::Busy)), "{given_up:?}");
    assert_eq!(settings(&db).await, 1, "each of them undone");

    // More of them than wait at once.
    db.write(|tx| (0..500).try_for_each(|n| tx.later(PUT, args![format!("k{n}"), "x"]))).await.expect("many");
    assert_eq!(settings(&db).await, 501);
}

async fn acts_at_once_lose_nothing(db: Db) {
    let acts: Vec<_> = (0..200)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(move |tx| {
                    tx.execute("INSERT INTO setting (key, value) VALUES ($1, 'x')", args![format!("k{n}")])
                })
                .await
            })
        })
        .collect();
    for act in acts {
        assert_eq!(act.await.expect("task").expect("act"), 1);
    }
    assert_eq!(settings(&db).await, 200);
}

async fn a_panic_is_an_error_and_the_next_act_goes_on(db: Db) {
    let broken: Result<(), StorageError> = db
        .write(|tx| {
            tx.execute("INSERT INTO setting (key, value) VALUES ('p', 'x')", &[])?;
            std::panic::panic_any("on purpose");
        })
        .await;
    assert!(matches!(broken, Err(StorageError::Panicked)), "{broken:?}");
    db.write(|tx| tx.execute("INSERT INTO setting (key, value) VALUES ('q', 'x')", &[]))
        .await
        .expect("goes on");
    assert_eq!(settings(&db).await, 1);
}

async fn values_come_back_as_they_were_written(db: Db) {
    let (person, _) = one_student(&db).await;
    let found = db.read(move |r| storage::people::fetch(r, person)).await.expect("read").expect("person");
    assert_eq!(found.identity, somebody("Işıl", "IŞIK", 1));
    let accounts = db
        .write(|tx| {
            tx.execute(
                "INSERT INTO account (user_name, display_name, status, comfortable, created_at) VALUES ('a', 'Ş', 'active', $1, $2)",
                args![true, now()],
            )?;
            tx.query("SELECT comfortable, created_at, password_hash FROM account WHERE user_name = 'a'", &[], |r| Ok((r.bool(0)?, r.time(1)?, r.opt_text(2)?)))
        })
        .await
        .expect("account");
    assert_eq!(accounts, vec![(true, now(), None)]);
}

async fn refusal(db: &Db, sql: &'static str) -> String {
    match db.write(move |tx| tx.execute(sql, &[])).await {
        Err(StorageError::Refused { rule }) => rule,
        other => panic!("{sql}: {other:?}"),
    }
}

async fn the_ledger_refuses_changes(db: Db) {
    one_student(&db).await;
    for sql in [
        "UPDATE ledger_entry SET payload = '{\"a\":1}'",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_head",
        "UPDATE ledger_head SET length = length + 5",
    ] {
        assert_eq!(refusal(&db, sql).await, "ledger_is_append_only", "{sql}");
    }
    db.write(|tx| {
        let row = AuditRow {
            at: now(),
            account: None,
            action: "open_start".to_owned(),
            person: None,
            object_kind: "list",
            object: None,
            detail: String::new(),
            shown: None,
            reason: None,
            request: String::new(),
        };
        audit::append(tx, &row)
    })
    .await
    .expect("audit");
    assert_eq!(refusal(&db, "DELETE FROM audit_log").await, "audit_is_append_only");
    assert_eq!(refusal(&db, "UPDATE audit_log SET action = 'y'").await, "audit_is_append_only");
    if db.engine() == Engine::Sqlite {
        nothing_is_replaced(&db).await;
    }
}

/// SQLite has words that take away the row that is in the way, by whichever of its keys.
async fn nothing_is_replaced(db: &Db) {
    db.write(|tx| {
        enrol(tx, &somebody("Can", "SARI", 2), "261000002")?;
        tx.batch(
            "INSERT INTO ledger_text (entry_id, salt, body) SELECT id, x'00', 'metin' FROM ledger_entry;
             INSERT INTO ledger_root (day, upto_entry, chains, entries, hash, made_at) VALUES ('2026-10-05', 1, 1, 1, x'00', 0);
             INSERT INTO document (unit_id, year, serial, kind, lang, enrolment_id, person_id, code, status, issued_on, issued_at, issued_by, holder, payload)
             SELECT 2, 2026, id, 'transcript', 'tr', id, person_id, number, 'preparing', '2026-10-05', 0, 1, 'x', '{}' FROM enrolment",
        )
    })
    .await
    .expect("a row of each");
    let tables = [
        ("audit_log", "audit_is_append_only"),
        ("person_registered", "registered_identity_is_frozen"),
        ("ledger_entry", "ledger_is_append_only"),
        ("ledger_text", "ledger_is_append_only"),
        ("ledger_head", "ledger_is_append_only"),
        ("ledger_root", "ledger_is_append_only"),
        ("document", "document_is_never_deleted"),
    ];
    for (table, rule) in tables {
        let replaced =
            move |tx: &Tx<'_>| tx.execute(&format!("REPLACE INTO {table} SELECT * FROM {table}"), &[]);
        match db.write(replaced).await {
            Err(StorageError::Refused { rule: found }) => assert_eq!(found, rule, "{table}"),
            other => panic!("{table}: {other:?}"),
        }
    }
    let enrolment =
        "person_id, number, programme_id, curriculum_id, entry_kind, entry_year, entered_on, class_year";
    let entry = "subject_kind, subject_id, seq, kind, effective_on, ground_kind, ground_ref, payload, recorded_at, recorded_by, prev_hash, hash";
    let document = "year, serial, kind, lang, enrolment_id, person_id, status, issued_on, issued_at, issued_by, holder, payload";
    for (sql, rule) in [
        (
            format!("REPLACE INTO enrolment (id, {enrolment}) SELECT id, {enrolment} FROM enrolment"),
            "enrolment_is_never_deleted",
        ),
        ("UPDATE OR REPLACE enrolment SET id = 3 - id".to_owned(), "enrolment_is_never_deleted"),
        ("UPDATE OR REPLACE document SET rowid = 3 - id".to_owned(), "document_is_never_deleted"),
        ("UPDATE OR REPLACE ledger_head SET subject_id = 3 - subject_id".to_owned(), "ledger_is_append_only"),
    ] {
        match db
            .write({
                let sql = sql.clone();
                move |tx| tx.execute(&sql, &[])
            })
            .await
        {
            Err(StorageError::Refused { rule: found }) => assert_eq!(found, rule, "{sql}"),
            other => panic!("{sql}: {other:?}"),
        }
    }
    // By another key it stays the collision that it is, under the name that PostgreSQL gives it.
    for (sql, wanted) in [
        (
            format!("REPLACE INTO enrolment ({enrolment}) SELECT {enrolment} FROM enrolment"),
            "enrolment_number_key",
        ),
        ("UPDATE OR REPLACE enrolment SET number = '261000001'".to_owned(), "enrolment_number_key"),
        (
            format!("REPLACE INTO ledger_entry ({entry}) SELECT {entry} FROM ledger_entry"),
            "ledger_entry_subject_kind_subject_id_seq_key",
        ),
        (
            format!(
                "REPLACE INTO document (unit_id, code, {document}) SELECT unit_id, code || 'x', {document} FROM document"
            ),
            "document_unit_id_year_serial_key",
        ),
        (
            format!(
                "REPLACE INTO document (unit_id, code, {document}) SELECT 1, code, {document} FROM document"
            ),
            "document_code_key",
        ),
    ] {
        match db
            .write({
                let sql = sql.clone();
                move |tx| tx.execute(&sql, &[])
            })
            .await
        {
            Err(StorageError::Constraint { constraint }) => assert_eq!(constraint, wanted, "{sql}"),
            other => panic!("{sql}: {other:?}"),
        }
    }
    let guards: Vec<&str> = storage::migrate::triggers(Engine::Sqlite).collect();
    for guard in ["audit_log_not_replaced", "ledger_entry_not_replaced", "enrolment_stays"] {
        assert!(guards.contains(&guard), "verification looks for {guard}");
    }
    assert_eq!(db.read(storage::verify::missing_guards).await.expect("read"), [""; 0]);
}

async fn a_demo_begins_in_an_empty_database_alone(db: Db) {
    let found = async || db.read(beginning).await.expect("read");
    assert_eq!(found().await, Beginning::Empty);
    let undone: Result<(), StorageError> = db
        .write(|tx| {
            institution_rows(tx)?;
            assert_eq!(beginning(tx)?, Beginning::Office);
            Err(StorageError::Stale)
        })
        .await;
    assert!(matches!(undone, Err(StorageError::Stale)), "{undone:?}");
    assert_eq!(found().await, Beginning::Empty);
    db.write(|tx| storage::demo::mark(tx, &permit())).await.expect("mark");
    institution(&db).await;
    assert_eq!(found().await, Beginning::Demo);
}

async fn a_stretch_of_the_log_is_looked_through(db: Db) {
    let (person, _) = one_student(&db).await;
    let other = PersonId::new(person.get() + 1);
    let row = move |action: &str, person, shown: Option<&[PersonId]>| AuditRow {
        at: now(),
        account: None,
        action: action.to_owned(),
        person,
        object_kind: "list",
        object: None,
        detail: String::new(),
        shown: shown.map(|people| shown_list(people.iter().copied())),
        reason: None,
        request: String::new(),
    };
    let written = db.write(move |tx| -> Result<i64, StorageError> {
        let before = audit::newest(tx)?;
        audit::append(tx, &row("find_students", None, Some(&[person, other])))?;
        audit::append(tx, &row("find_students", None, Some(&[other])))?;
        audit::append(tx, &row("read_student", Some(person), None))?;
        Ok(before)
    });
    let before = written.await.expect("rows");
    let found = async |from: Option<i64>, without_lists: bool| {
        let filter =
            AuditFilter { person: Some(person), from, without_lists, limit: 10, ..AuditFilter::default() };
        let lines = db.read(move |r| audit::list(r, &filter)).await.expect("lines");
        lines.into_iter().map(|line| line.id - before).filter(|row| *row > 0).collect::<Vec<_>>()
    };
    assert_eq!(found(None, false).await, [3, 1]);
    assert_eq!(found(Some(before + 1), false).await, [3, 1]);
    assert_eq!(found(Some(before + 2), false).await, [3], "the list lies before it");
    assert_eq!(found(None, true).await, [3]);
    assert_eq!(db.read(audit::newest).await.expect("newest"), before + 3);
}

async fn a_status_needs_its_entry(db: Db) {
    let (_, enrolment) = one_student(&db).await;
    assert_eq!(refusal(&db, "UPDATE enrolment SET status = 'graduated'").await, "status_needs_its_entry");
    assert_eq!(
        refusal(&db, "UPDATE enrolment SET status = NULL, status_since = NULL, status_entry_id = NULL").await,
        "status_needs_its_entry"
    );
    assert_eq!(refusal(&db, "DELETE FROM enrolment").await, "enrolment_is_never_deleted");
    let inserted = db
        .write(move |tx| {
            tx.execute(
                "INSERT INTO enrolment (person_id, number, programme_id, curriculum_id, entry_kind, entry_year, entered_on, class_year, status, status_since, status_entry_id)
                 SELECT person_id, '9', programme_id, curriculum_id, entry_kind, entry_year, entered_on, class_year, status, status_since, status_entry_id
                 FROM enrolment WHERE id = $1",
                args![enrolment],
            )
        })
        .await;
    assert!(matches!(inserted, Err(StorageError::Refused { .. })), "{inserted:?}");
}

async fn a_reversed_entry_gives_no_status(db: Db) {
    let (_, enrolment) = one_student(&db).await;
    let later = Date::constant(2026, 10, 1);
    let entry = db
        .write(move |tx| {
            let entry = storage::ledger::append(
                tx,
                &permit(),
                &status(enrolment, LedgerKind::StatusChanged, later, EnrolmentStatus::OnLeave),
                &Counting,
            )?;
            storage::ledger::settle_status(tx, &permit(), enrolment)?;
            Ok::<_, StorageError>(entry)
        })
        .await
        .expect("leave");
    let undo = move |tx: &Tx<'_>| {
        let draft = Draft {
            kind: LedgerKind::Reversed,
            status_after: None,
            reverses: Some(entry),
            text: Some("yanlış öğrenciye işlenmiş".to_owned()),
            ..status(enrolment, LedgerKind::Reversed, later, EnrolmentStatus::Active)
        };
        storage::ledger::append(tx, &permit(), &draft, &Counting)?;
        storage::ledger::settle_status(tx, &permit(), enrolment)
    };
    let now_in_force = db.write(undo).await.expect("undo").expect("status");
    assert_eq!(now_in_force.status, EnrolmentStatus::Active);
    let twice = db.write(undo).await;
    assert!(
        matches!(&twice, Err(StorageError::Constraint { constraint }) if constraint == "ledger_entry_reverses_id_key"),
        "{twice:?}"
    );
    let chain = db.read(move |r| storage::ledger::chain(r, Subject::from(enrolment))).await.expect("chain");
    assert_eq!(chain.iter().map(|e| e.seq).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(chain[0].text.as_deref(), Some("yanlış öğrenciye işlenmiş"));
    assert_eq!(chain[1].reversed_by, Some(chain[0].id));
}

async fn chains_are_whole_under_concurrency(db: Db) {
    let (_, enrolment) = one_student(&db).await;
    let acts: Vec<_> = (0..40)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(move |tx| {
                    let draft = Draft {
                        status_after: None,
                        ..status(enrolment, LedgerKind::PlacementChanged, DAY, EnrolmentStatus::Active)
                    };
                    storage::ledger::append(tx, &permit(), &draft, &Counting)
                })
                .await
            })
        })
        .collect();
    for act in acts {
        act.await.expect("task").expect("append");
    }
    let sealed: Vec<(Sealed, [u8; 32])> = db
        .read(|r| {
            let mut all = Vec::new();
            storage::ledger::each_sealed(r, |_, sealed, hash| all.push((sealed, hash)))?;
            Ok::<_, StorageError>(all)
        })
        .await
        .expect("entries");
    let mut chain: Vec<_> =
        sealed.into_iter().filter(|(s, _)| s.subject == Subject::from(enrolment)).collect();
    chain.sort_by_key(|(s, _)| s.seq);
    assert_eq!(chain.len(), 41);
    let mut prev = domain::ledger::GENESIS;
    for ((sealed, hash), seq) in chain.iter().zip(1..) {
        assert_eq!((sealed.seq, sealed.prev, sealed.hash()), (seq, prev, *hash));
        prev = *hash;
    }
    let heads = db.read(storage::ledger::heads).await.expect("heads");
    assert!(heads.iter().any(|h| h.subject == Subject::from(enrolment) && h.length == 41 && h.hash == prev));
}

async fn the_frozen_identity_stays(db: Db) {
    let (person, _) = one_student(&db).await;
    let renamed = somebody("Işıl", "YILMAZ", 1);
    let change = move |version: i64| {
        let (db, renamed) = (db.clone(), renamed.clone());
        async move {
            db.write(move |tx| storage::people::update_identity(tx, &permit(), person, version, &renamed))
                .await
        }
    };
    change(1).await.expect("first");
    assert!(matches!(change(1).await, Err(StorageError::Stale)));
}

async fn lists_walk_in_turkish_order(db: Db) {
    institution(&db).await;
    let surnames = [
        "ZENGİN", "ÇELİK", "CAN", "IŞIK", "İNCE", "ILGAZ", "ŞEN", "SARI", "ÜLKER", "UÇAR", "ÖZ", "ORHAN",
        "ĞÜ", "GÜL",
    ];
    db.write(move |tx| {
        for (n, surname) in (1_u8..).zip(surnames) {
            enrol(tx, &somebody("Ada", surname, n), &format!("26{n:07}"))?;
        }
        Ok::<_, StorageError>(())
    })
    .await
    .expect("enrol");
    let filter =
        StudentFilter { within: Within { all: true, ..Within::default() }, ..StudentFilter::default() };
    let mut seen = Vec::new();
    let mut after: Option<StudentCursor> = None;
    loop {
        let (f, a) = (filter.clone(), after.clone());
        let page = db
            .read(move |r| storage::search::find(r, &f)?.page(r, a.as_ref(), 3, DAY))
            .await
            .expect("page")
            .0;
        let Some(last) = page.last() else { break };
        after = Some(StudentCursor { key: last.sort_key.clone(), enrolment: last.enrolment });
        seen.extend(page.into_iter().map(|row| row.surname));
    }
    assert_eq!(
        seen,
        [
            "CAN", "ÇELİK", "GÜL", "ĞÜ", "ILGAZ", "IŞIK", "İNCE", "ORHAN", "ÖZ", "SARI", "ŞEN", "UÇAR",
            "ÜLKER", "ZENGİN"
        ]
    );
    let nobody = StudentFilter::default();
    assert_eq!(found(&db, nobody).await, 0, "without a scope nobody is seen");
}

async fn every_spelling_finds(db: Db) {
    institution(&db).await;
    db.write(|tx| {
        enrol(tx, &somebody("Işıl", "IŞIK", 1), "1")?;
        enrol(tx, &somebody("Isil", "ISIK", 2), "2")?;
        enrol(tx, &somebody("İpek", "İNCE", 3), "3")?;
        enrol(tx, &somebody("Ali", "INCE", 4), "4")?;
        enrol(tx, &somebody("100%", "_KÖK", 5), "5")
    })
    .await
    .expect("enrol");
    for (typed, expected) in [
        ("ışık", 1),
        ("IŞIK", 1),
        ("Işık", 1),
        ("isik", 2),
        ("ISIK", 2),
        ("şık", 1),
        ("İnce", 1),
        ("ince", 2),
        ("İNCE", 1),
        ("ali ince", 1),
        ("ipek", 1),
        ("%", 1),
        ("_", 1),
        ("yok", 0),
    ] {
        let filter = StudentFilter {
            words: SearchTerm::parse(typed),
            within: Within { all: true, ..Within::default() },
            ..StudentFilter::default()
        };
        assert_eq!(found(&db, filter).await, expected, "{typed}");
    }
}

async fn found(db: &Db, filter: StudentFilter) -> usize {
    db.read(move |r| storage::search::find(r, &filter)).await.expect("search").total()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_process_searches_what_was_committed() {
    let sqlite = crate::engines::sqlite().await;
    searches_see_every_commit_and_nothing_else(sqlite.db.clone(), sqlite.seen_elsewhere().await).await;
    if let Some(postgres) = crate::engines::postgres().await {
        searches_see_every_commit_and_nothing_else(postgres.db.clone(), postgres.seen_elsewhere().await)
            .await;
    }
}

async fn searches_see_every_commit_and_nothing_else(db: Db, other: Db) {
    institution(&db).await;
    let of = |typed: &str| StudentFilter {
        words: SearchTerm::parse(typed),
        within: Within { all: true, ..Within::default() },
        ..StudentFilter::default()
    };
    assert_eq!((found(&db, of("ada")).await, found(&other, of("ada")).await), (0, 0));
    let person = db.write(|tx| enrol(tx, &somebody("Ada", "KAYA", 1), "261000001")).await.expect("enrol").0;
    other.write(|tx| enrol(tx, &somebody("Ada", "ABACI", 2), "261000002")).await.expect("enrol");
    assert_eq!((found(&db, of("ada")).await, found(&other, of("ada")).await), (2, 2));

    // What is undone was never there, even for somebody who searches in the same act.
    let (within, undone) = (of("ada"), of("ada"));
    let refused = db
        .write(move |tx| {
            enrol(tx, &somebody("Ada", "ÖZ", 3), "261000003")?;
            storage::search::find(tx, &within)?;
            Err::<(), _>(StorageError::Stale)
        })
        .await;
    assert!(matches!(refused, Err(StorageError::Stale)));
    assert_eq!(found(&db, undone).await, 2);

    let renamed = somebody("Ada", "ZENGİN", 1);
    db.write(move |tx| {
        storage::people::update_identity(tx, &permit(), person, 1, &renamed)?;
        storage::search::refresh_person(tx, &permit(), person)
    })
    .await
    .expect("rename");
    for db in [&db, &other] {
        assert_eq!((found(db, of("kaya")).await, found(db, of("zengin")).await), (0, 1));
        let page = db.read(move |r| storage::search::find(r, &of("ada"))?.page(r, None, 5, DAY)).await;
        let surnames: Vec<_> = page.expect("page").0.into_iter().map(|row| row.surname).collect();
        assert_eq!(surnames, ["ABACI", "ZENGİN"]);
    }
}

async fn numbers_of_papers_have_no_gap(db: Db) {
    institution(&db).await;
    let failures = Arc::new(AtomicU32::new(0));
    let acts: Vec<_> = (0..60)
        .map(|n| {
            let (db, failures) = (db.clone(), Arc::clone(&failures));
            tokio::spawn(async move {
                let taken = db
                    .write(move |tx| {
                        let number =
                            storage::documents::take_number(tx, &permit(), base::ids::Id::new(2), 2026)?;
                        // Every third act fails after it took its number.
                        if n % 3 == 0 { Err(StorageError::Stale) } else { Ok(number.serial) }
                    })
                    .await;
                if taken.is_err() {
                    failures.fetch_add(1, Ordering::Relaxed);
                }
                taken.ok()
            })
        })
        .collect();
    let mut given = Vec::new();
    for act in acts {
        given.extend(act.await.expect("task"));
    }
    given.sort_unstable();
    assert_eq!(failures.load(Ordering::Relaxed), 20);
    assert_eq!(given, (1..=40).collect::<Vec<i64>>());
}

async fn constraints_are_named_alike(db: Db) {
    one_student(&db).await;
    let taken = db.write(|tx| enrol(tx, &somebody("Başka", "KİŞİ", 9), "261000001")).await;
    assert!(
        matches!(&taken, Err(StorageError::Constraint { constraint }) if constraint == "enrolment_number_key"),
        "{taken:?}"
    );
    let same_person =
        db.write(|tx| storage::people::insert(tx, &permit(), &somebody("Işıl", "IŞIK", 1))).await;
    assert!(
        matches!(&same_person, Err(StorageError::Constraint { constraint }) if constraint == "person_identity_no_key"),
        "{same_person:?}"
    );
}
