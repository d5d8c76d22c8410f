//! What happens at the desk beside a plain registration: two desks at once, answers on paper, originals that go back, a
//! place that is not lost after all.

use std::{sync::Arc, time::Duration};

use base::{ids::CandidateId, time::Date};
use domain::{
    enrolments::EnrolmentStatus,
    ledger::{Draft, Ground, GroundKind, LedgerKind, Subject},
    papers::{PaperKind, PaperState},
    registration::{CandidateState, Clearance, Clearances, FeeState},
};
use proptest::{
    collection::vec,
    strategy::Strategy,
    test_runner::{Config, TestCaseError, TestRunner},
};
use regulations::Verdict;
use services::{
    Actor, ServiceError, authz,
    registration::{
        CorrectCandidate, RegisterCandidate, RenounceCandidate, RestoreCandidate, ReturnOriginals,
        UndoRegistration,
        bulk::{StartBulk, run_bulk, show_bulk, start_bulk},
        correct_candidate, register_candidate, renounce_candidate, restore_candidate, return_originals,
        undo_registration,
    },
};
use storage::StorageError;
use testkit::candidates::candidate;

use crate::registration::{Desk, codes, fields};

impl Desk {
    async fn version(&self, id: CandidateId) -> i64 {
        self.open(id).await.candidate.version
    }

    async fn renounce(&self, id: CandidateId, returned: &[PaperKind]) -> Result<(), ServiceError> {
        let form = RenounceCandidate {
            candidate: id,
            version: self.version(id).await,
            ground_ref: "E.2026/7".to_owned(),
            ground_on: "23.11.2026".to_owned(),
            returned: returned.to_vec(),
            returned_to: String::new(),
        };
        renounce_candidate(self.office(), &self.clerk, form).await
    }

    /// The same person as if the form of a page had been sent, with its key.
    fn sends(&self, key: &str) -> Actor {
        Actor { form: Some(key.to_owned()), ..self.clerk.clone() }
    }
}

/// Both clicks at the same moment, and both clerks.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_desks_at_once_one_registers_and_both_clicks_say_the_same() {
    for desk in Desk::all().await {
        let desk = Arc::new(desk);
        for round in 1..=4_u32 {
            let id = desk.one(round, |_| {}).await;
            desk.bring_all(id).await;
            let form = desk.form(id).await;
            let send = |key: &str| {
                let desk = Arc::clone(&desk);
                let form = RegisterCandidate { idempotency_key: Some(key.to_owned()), ..form.clone() };
                tokio::spawn(async move { register_candidate(desk.office(), &desk.clerk, form).await })
            };
            let key = format!("tek-{round}");
            let clicks = [send(&key), send(&key), send(&format!("diger-{round}"))];
            let mut answers = Vec::new();
            for click in clicks {
                answers.push(click.await.expect("a click"));
            }
            match answers.as_slice() {
                [Ok(a), Ok(b), Err(ServiceError::Stale)] => {
                    assert_eq!(a.number, b.number);
                    assert!(a.is_repeated != b.is_repeated, "one of them is the second click");
                }
                [Err(ServiceError::Stale), Err(ServiceError::Stale), Ok(_)] => {}
                strange => panic!("{strange:?}"),
            }
            assert_eq!(
                desk.numbers().await.len(),
                usize::try_from(round).expect("few"),
                "one number for one candidate"
            );
        }
        desk.is_sound().await;
    }
}

/// Two places of one person, registered at two desks at the same moment: one person comes of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_places_of_one_person_make_one_person() {
    for desk in Desk::all().await {
        let desk = Arc::new(desk);
        let first = desk.one(1, |_| {}).await;
        let second = desk.one(1, |c| c.year = 2025).await;
        for id in [first, second] {
            desk.bring_all(id).await;
        }
        let mut tasks = Vec::new();
        for id in [first, second] {
            let form = desk.form(id).await;
            let desk = Arc::clone(&desk);
            tasks.push(tokio::spawn(
                async move { register_candidate(desk.office(), &desk.clerk, form).await },
            ));
        }
        let mut done = 0;
        for task in tasks {
            match task.await.expect("a desk") {
                Ok(_) => done += 1,
                Err(ServiceError::Stale | ServiceError::Refused(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(done, 1, "the other is a student of this programme already");
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn a_form_that_is_sent_twice_acts_once_whatever_it_is() {
    for desk in Desk::all().await {
        let office = desk.office();
        let id = desk.one(1, |_| {}).await;
        desk.bring_all(id).await;
        desk.register(id).await;
        let version = desk.version(id).await;
        let undo = UndoRegistration { candidate: id, version, reason: "yanlış aday".to_owned() };
        for _ in 0..2 {
            undo_registration(office, &desk.sends("geri"), undo.clone()).await.expect("undone, once");
        }
        let form = RenounceCandidate {
            candidate: id,
            version: desk.version(id).await,
            ground_ref: "E.2026/7".to_owned(),
            ground_on: "23.11.2026".to_owned(),
            returned: Vec::new(),
            returned_to: String::new(),
        };
        for _ in 0..2 {
            renounce_candidate(office, &desk.sends("vazgec"), form.clone()).await.expect("renounced, once");
        }
        assert_eq!(desk.open(id).await.candidate.state, CandidateState::Renounced);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn a_paper_opens_the_way_where_the_service_is_out_of_reach() {
    for desk in Desk::all().await {
        let office = desk.office();
        let id = desk.one(1, |c| c.clearances.military = Clearance::Obstacle).await;
        desk.bring_all(id).await;
        assert_eq!(codes(&desk.open(id).await, Verdict::Refuses), ["desk-military-obstacle"]);
        let form = CorrectCandidate {
            candidate: id,
            version: desk.version(id).await,
            clearances: Clearances::CLEAR,
            clearance_words: String::new(),
            needs_preparatory: true,
            email: "isil@example".to_owned(),
            phone: "0532 000 00 00".to_owned(),
            address: "Deneme Sokağı 3".to_owned(),
        };
        let wrong = correct_candidate(office, &desk.clerk, form.clone()).await.expect_err("no paper");
        assert_eq!(fields(wrong), ["clearance_words answer-without-paper", "email email-form"]);
        let form = CorrectCandidate {
            clearance_words: "Askerlik şubesi yazısı, 24.08.2026-1187".to_owned(),
            email: "isil@example.invalid".to_owned(),
            ..form
        };
        correct_candidate(office, &desk.clerk, form.clone()).await.expect("corrected");
        let late = correct_candidate(office, &desk.clerk, form).await;
        assert!(matches!(late, Err(ServiceError::Stale)), "{late:?}");
        let opened = desk.open(id).await;
        assert_eq!(codes(&opened, Verdict::Refuses), Vec::<String>::new());
        assert_eq!(opened.binding.class_year, 0, "the preparatory class");
        let advisor = opened.binding.advisor.clone();
        assert!(opened.binding.curriculum.is_some() && advisor.is_some(), "{:?}", opened.binding);

        let number = desk.register(id).await;
        let student = desk.enrolment(&number).await;
        assert_eq!(student.class_year, 0);
        assert_eq!(desk.open(id).await.binding.advisor, advisor, "as the page said");
        let contact = office
            .db
            .read(move |db| storage::people::fetch_contact(db, student.person))
            .await
            .expect("contact");
        assert_eq!(
            (contact.phone.as_deref(), contact.email.as_deref()),
            (Some("5320000000"), Some("isil@example.invalid"))
        );
        let gone = CorrectCandidate {
            candidate: id,
            version: desk.version(id).await,
            clearances: Clearances::CLEAR,
            clearance_words: String::new(),
            needs_preparatory: false,
            email: String::new(),
            phone: String::new(),
            address: String::new(),
        };
        let gone = correct_candidate(office, &desk.clerk, gone).await.expect_err("a student now");
        assert_eq!(fields(gone), ["candidate candidate-not-open"]);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn originals_go_back_one_by_one_and_a_place_may_be_had_again() {
    for desk in Desk::all().await {
        let office = desk.office();
        let id = desk.one(1, |_| {}).await;
        desk.bring_all(id).await;
        desk.tick(id, PaperKind::FieldCertificate, PaperState::CopySeen).await;
        let number = desk.register(id).await;
        let give = async |papers: &[PaperKind], to: &str| {
            let form = ReturnOriginals { candidate: id, papers: papers.to_vec(), to: to.to_owned() };
            return_originals(office, &desk.clerk, form).await
        };
        let stays = give(&[PaperKind::Photograph], "").await.expect_err("a student");
        assert_eq!(fields(stays), ["candidate candidate-stays"]);
        desk.renounce(id, &[PaperKind::SchoolDiploma]).await.expect("renounced");
        let nothing = give(&[PaperKind::SchoolDiploma, PaperKind::FieldCertificate], "").await;
        assert_eq!(fields(nothing.expect_err("gone, and a copy")), ["returned required"]);
        give(&[PaperKind::Photograph], "Vekili A. Çınar").await.expect("given back");
        let held = desk.open(id).await.desk.held;
        let back: Vec<_> = held.iter().map(|p| (p.kind, p.returned_on, p.returned_to.as_deref())).collect();
        let today = Some(Date::constant(2026, 11, 23));
        assert!(back.contains(&(PaperKind::SchoolDiploma, today, Some("Işıl ÇINAR"))), "{back:?}");
        assert!(back.contains(&(PaperKind::Photograph, today, Some("Vekili A. Çınar"))), "{back:?}");
        assert!(back.contains(&(PaperKind::FieldCertificate, None, None)), "{back:?}");

        let form = RestoreCandidate {
            candidate: id,
            version: desk.version(id).await,
            ground_ref: String::new(),
            ground_on: "23.11.2026".to_owned(),
        };
        let why = restore_candidate(office, &desk.clerk, form.clone()).await.expect_err("no ground");
        assert_eq!(fields(why), ["ground_ref ground-missing"]);
        let form = RestoreCandidate { ground_ref: "2026/15-02".to_owned(), ..form };
        restore_candidate(office, &desk.clerk, form).await.expect("waits again");
        let opened = desk.open(id).await;
        assert_eq!(opened.candidate.state, CandidateState::Waiting);
        assert!(
            codes(&opened, Verdict::Refuses).iter().any(|code| code.starts_with("desk-paper-")),
            "asked for again"
        );
        for kind in [PaperKind::SchoolDiploma, PaperKind::Photograph] {
            desk.tick(id, kind, PaperState::Received).await;
        }
        let second = desk.register(id).await;
        assert_ne!(number, second, "the first number is nobody's");
        assert_eq!(desk.numbers().await, [(number, true), (second, false)]);
        desk.is_sound().await;
    }
}

/// Somebody who has graduated meanwhile cannot lose the studies by a form of the desk.
#[tokio::test]
async fn studies_that_went_another_way_are_not_renounced() {
    for desk in Desk::all().await {
        let id = desk.one(1, |_| {}).await;
        desk.bring_all(id).await;
        let number = desk.register(id).await;
        let enrolment = desk.enrolment(&number).await.id;
        let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, desk.office().now(), "test");
        let random = desk.office().random.clone();
        desk.office()
            .db
            .write(move |tx| -> storage::Result<()> {
                let draft = Draft {
                    subject: Subject::from(enrolment),
                    kind: LedgerKind::StatusChanged,
                    effective_on: Date::constant(2026, 11, 23),
                    status_after: Some(EnrolmentStatus::Graduated),
                    ground: Ground::new(GroundKind::BoardDecision, "2026/1")
                        .dated(Date::constant(2026, 11, 23)),
                    payload: serde_json::json!({ "from": "active" }),
                    text: None,
                    reverses: None,
                };
                storage::ledger::append(tx, &permit, &draft, random.as_ref())?;
                storage::ledger::settle_status(tx, &permit, enrolment)?;
                storage::search::refresh(tx, &permit, enrolment)?;
                Ok(())
            })
            .await
            .expect("graduated");
        let refused = desk.renounce(id, &[]).await.expect_err("a graduate");
        assert_eq!(fields(refused), ["candidate nothing-to-renounce"]);
        assert_eq!(desk.enrolment(&number).await.status, EnrolmentStatus::Graduated);
    }
}

/// What one desk does: in which series it takes a number, and whether its transaction holds.
type Act = (u8, bool);

/// Any desks at once, of whose transactions some fail: no number is given twice, none is left out, and what failed
/// leaves no trace.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_fails_at_whichever_desk_the_numbers_run_on() {
    let act = (0_u8..3, proptest::bool::weighted(0.75));
    let morning = vec(vec(act, 1..6), 2..17).boxed();
    for desk in Desk::all().await {
        let desk = Arc::new(desk);
        let enrolment = desk.enrolment("240010003").await.id;
        let runtime = tokio::runtime::Handle::current();
        let case = std::cell::Cell::new(0_u32);
        let mut runner =
            TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
        let outcome = tokio::task::block_in_place(|| {
            runner.run(&morning, |desks: Vec<Vec<Act>>| {
                case.set(case.get() + 1);
                let of = case.get();
                runtime.block_on(play(&desk, enrolment, of, desks)).map_err(TestCaseError::fail)
            })
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}

async fn play(
    desk: &Arc<Desk>,
    enrolment: base::ids::EnrolmentId,
    case: u32,
    desks: Vec<Vec<Act>>,
) -> Result<(), String> {
    let scheme = domain::registration::NumberScheme::parse("7{yy}{serial:4}").map_err(|e| e.to_string())?;
    let mut wanted = [0_usize; 3];
    for (series, holds) in desks.iter().flatten() {
        wanted[usize::from(*series)] += usize::from(*holds);
    }
    let tasks: Vec<_> = desks
        .into_iter()
        .map(|acts| {
            let (desk, scheme) = (Arc::clone(desk), scheme.clone());
            tokio::spawn(async move {
                for (series, holds) in acts {
                    let scheme = scheme.clone();
                    let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, desk.office().now(), "test");
                    let done = desk
                        .office()
                        .db
                        .write(move |tx| -> storage::Result<()> {
                            let name = format!("9{case:05}{series}");
                            let taken = storage::registrations::take_number(tx, &permit, &scheme, &name)?;
                            let taken = taken.map_err(|_| StorageError::Stale)?;
                            storage::registrations::record_number(tx, &permit, &taken, enrolment)?;
                            if holds { Ok(()) } else { Err(StorageError::Stale) }
                        })
                        .await;
                    if done.is_ok() != holds {
                        return Err(format!("{done:?}"));
                    }
                }
                Ok(())
            })
        })
        .collect();
    for task in tasks {
        task.await.map_err(|error| error.to_string())??;
    }
    let lines = desk.office().db.read(storage::registrations::numbers).await.map_err(|e| e.to_string())?;
    for (series, wanted) in wanted.into_iter().enumerate() {
        let name = format!("9{case:05}{series}");
        let given: Vec<i64> =
            lines.iter().filter(|line| line.series == name).map(|line| line.serial).collect();
        let expected: Vec<i64> = (1..).take(wanted).collect();
        if given != expected {
            return Err(format!("series {series}: {given:?} instead of {expected:?}"));
        }
    }
    let gaps =
        desk.office().db.read(storage::registrations::series_with_gaps).await.map_err(|e| e.to_string())?;
    if gaps.is_empty() { Ok(()) } else { Err(format!("gaps in {gaps:?}")) }
}

/// A desk has a candidate of a round in its hands: the round waits for it, goes on with the others, and tells of that one
/// why he or she is not among them.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_bulk_registration_goes_on_beside_a_desk_that_acts_on_one_of_its_candidates() {
    for desk in Desk::all().await {
        let office = desk.office().clone();
        let rows = (1..=6).map(|serial| {
            let mut data = candidate(serial, "Işıl", "ÇINAR", desk.programme);
            data.e_registered_at = Some(office.now());
            data
        });
        let ids = desk.place(rows.collect()).await;
        let form = StartBulk { fee_state: Some(FeeState::NotDue), ..StartBulk::default() };
        let job = start_bulk(&office, &desk.clerk, form).await.expect("started").job;

        let (held, is_held) = std::sync::mpsc::channel();
        let (let_go, may_go) = std::sync::mpsc::channel::<()>();
        let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, office.now(), "test");
        let (at_desk, db) = (ids[2], office.db.clone());
        let acting = tokio::spawn(async move {
            db.write(move |tx| -> Result<(), StorageError> {
                storage::candidates::hold(tx, at_desk)?;
                held.send(()).expect("the test waits");
                may_go.recv().expect("the test goes on");
                let one = storage::candidates::fetch(tx, at_desk)?.ok_or(StorageError::Stale)?;
                let mut data = one.data;
                data.clearances.military = Clearance::Obstacle;
                storage::candidates::update(tx, &permit, at_desk, one.version, &data, &[1; 32])
            })
            .await
        });
        tokio::task::spawn_blocking(move || is_held.recv()).await.expect("a thread").expect("held");
        let running = tokio::spawn({
            let office = office.clone();
            async move { run_bulk(&office).await }
        });
        tokio::time::sleep(Duration::from_millis(200)).await;
        let_go.send(()).expect("the desk waits");
        acting.await.expect("a task").expect("the desk acted");
        running.await.expect("a task").expect("the run ended");

        let run = show_bulk(&office, &desk.clerk, job, 0, None, 100).await.expect("shown");
        assert_eq!((run.job.done, run.job.failed), (5, 1));
        let codes: Vec<&str> = run.failed[0].findings.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!((run.failed[0].candidate, codes), (Some(at_desk), vec!["desk-military-obstacle"]));
        assert_eq!(desk.numbers().await.len(), 5);
        desk.is_sound().await;
    }
}
