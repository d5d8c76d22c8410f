//! Bulk registration of those who registered through e-Devlet, its undoing, and the figures beside it.

use std::{task::Poll, time::Duration};

use base::{
    identity::Tckn,
    ids::{CandidateId, JobId, ProgrammeId, StaffId},
    time::{Date, Timestamp},
};
use domain::{
    accounts::Role,
    enrolments::{EnrolmentStatus, EntryKind},
    papers::{PaperKind, PaperState},
    people::Sex,
    registration::{CandidateState, Clearance, Clearances, EntryDetails, FeeState, ListOrigin, WindowKind},
};
use regulations::EntryField;
use services::{
    Action, Actor, Office, ServiceError,
    authz::{self, Assignment},
    registration::{
        FeeForm, RegisterCandidate, TickPapers, TickedPaper, UndoRegistration,
        bulk::{
            BulkQuery, BulkRun, BulkWords, StartBulk, StartedBulk, UndoBulk, bulk_progress, cancel_bulk,
            export_bulk, list_bulk, preview_bulk, run_bulk, show_bulk, start_bulk, undo_bulk,
        },
        figures::{
            AbsenteeWords, FigureQuery, FigureWords, LiveFigures, Totals, export_absentees, export_figures,
            figures, list_absentees, summary,
        },
        open_candidate, register_candidate, tick_papers, undo_registration,
    },
    students::export::ExportForm,
};
use storage::{
    Permit,
    candidates::{Candidate, CandidateData},
    placements::NewList,
    windows::NewWindow,
};

use crate::house::House;

/// A campus whose programmes have codes for student numbers, and candidates placed in them.
struct Campus {
    house: House,
    clerk: Actor,
}

impl Campus {
    async fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for house in House::all().await {
            house.furnish().await;
            house
                .office
                .db
                .write(|tx| storage::probe::give_codes(tx, &[(1, "100101"), (2, "100202")]))
                .await
                .expect("codes");
            all.push(Self { house, clerk: Actor::system("test") });
        }
        all
    }

    fn office(&self) -> &Office {
        &self.house.office
    }

    fn permit(&self) -> Permit {
        authz::for_own_account(authz::SYSTEM_ACCOUNT, self.office().now(), "test")
    }

    /// Places candidates; `change` makes each of them something else than sound and e-registered.
    async fn place(
        &self,
        programme: i64,
        from: usize,
        count: usize,
        change: impl Fn(usize, &mut CandidateData),
    ) -> Vec<CandidateId> {
        let rows: Vec<(i64, CandidateData, [u8; 32])> = (0..count)
            .map(|n| {
                let mut data = somebody(from + n, programme, self.office().now());
                change(n, &mut data);
                (i64::try_from(n + 1).expect("a row"), data, [0; 32])
            })
            .collect();
        let list = NewList {
            entry_kind: EntryKind::Yks,
            year: 2026,
            origin: ListOrigin::File,
            name: "yerlestirme.csv".to_owned(),
            sha256: None,
            rows: i64::try_from(count).expect("a count"),
            added: i64::try_from(count).expect("a count"),
            changed: 0,
            same: 0,
            faulty: 0,
            sound_only: false,
        };
        let permit = self.permit();
        self.office()
            .db
            .write(move |tx| {
                let list = storage::placements::insert(tx, &permit, &list)?;
                storage::candidates::insert(tx, &permit, list, &rows)
            })
            .await
            .expect("placed")
    }

    async fn window(&self, opens_on: Date, closes_on: Date) {
        let permit = self.permit();
        let new = NewWindow {
            kind: WindowKind::Registration,
            unit: None,
            term: None,
            entry_kind: None,
            opens_on,
            closes_on,
            source: "Duyuru 2026/1".to_owned(),
        };
        let entered = self.office().db.write(move |tx| storage::windows::insert(tx, &permit, &new));
        entered.await.expect("a window");
    }

    async fn candidate(&self, id: CandidateId) -> Candidate {
        let found = self.office().db.read(move |db| storage::candidates::fetch(db, id)).await;
        found.expect("read").expect("a candidate")
    }

    async fn start(&self, query: BulkQuery) -> JobId {
        start_bulk(self.office(), &self.clerk, order(query)).await.expect("started").job
    }

    async fn run(&self) {
        run_bulk(self.office()).await.expect("run");
    }

    async fn progress(&self, job: JobId) -> (String, i64, i64) {
        let run = bulk_progress(self.office(), &self.clerk, job).await.expect("progress");
        (run.job.state, run.job.done, run.job.failed)
    }

    async fn shown(&self, job: JobId) -> BulkRun {
        show_bulk(self.office(), &self.clerk, job, 0, None, 1000).await.expect("shown")
    }

    /// Every number that was given, and that no series has a gap.
    async fn numbers(&self) -> Vec<(String, bool)> {
        let (numbers, gaps) = self
            .office()
            .db
            .read(|db| {
                let gaps = storage::registrations::series_with_gaps(db)?;
                Ok::<_, storage::StorageError>((storage::registrations::numbers(db)?, gaps))
            })
            .await
            .expect("numbers");
        assert_eq!(gaps, Vec::<String>::new());
        numbers.into_iter().map(|line| (line.number, line.cancelled.is_some())).collect()
    }

    async fn acts(&self, act: &'static str) -> i64 {
        let counted = self.office().db.read(move |db| storage::probe::acts(db, act));
        counted.await.expect("counted")
    }

    /// What `verify` would say of ledger, status and search index.
    async fn is_sound(&self) {
        let wrong = self.office().db.read(storage::probe::loose_ends);
        assert_eq!(wrong.await.expect("looked"), (0, 0, 0));
    }
}

fn order(query: BulkQuery) -> StartBulk {
    StartBulk { query, fee_state: Some(FeeState::NotDue), ..StartBulk::default() }
}

/// A sound candidate who registered through e-Devlet.
fn somebody(n: usize, programme: i64, at: Timestamp) -> CandidateData {
    let digits: Vec<u8> = format!("{:09}", 100_000_000 + n).bytes().map(|b| b - b'0').collect();
    let number = Tckn::complete(digits.try_into().expect("nine digits")).expect("a number");
    let mut details = EntryDetails::default();
    details.set(EntryField::Score, "SAY 412,50123");
    details.set(EntryField::School, "Örnek Lisesi 2026");
    CandidateData {
        entry_kind: EntryKind::Yks,
        year: 2026,
        programme: ProgrammeId::new(programme),
        identity_no: Some(number.reveal().to_owned()),
        passport: None,
        given_name: format!("Deneme{n:05}"),
        surname: "ÖRNEK".to_owned(),
        father_name: String::new(),
        mother_name: String::new(),
        sex: Sex::Female,
        birth_date: Date::constant(2008, 3, 14),
        birth_place: "Örnekköy".to_owned(),
        nationality: "TR".to_owned(),
        email: format!("aday{n}@example.invalid"),
        phone: String::new(),
        address: String::new(),
        details,
        clearances: Clearances::CLEAR,
        clearance_words: String::new(),
        e_registered_at: Some(at),
        needs_preparatory: false,
        ends_on: None,
        main: None,
    }
}

/// Drops a future after some polls, as a killed process would.
async fn die_after<F: Future>(polls: usize, future: F) {
    let mut future = Box::pin(future);
    let mut left = polls;
    std::future::poll_fn(|context| {
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Pending if left > 0 => Poll::Pending,
            _ => Poll::Ready(()),
        }
    })
    .await;
}

fn codes(run: &BulkRun) -> Vec<Vec<&str>> {
    run.failed.iter().map(|line| line.findings.iter().map(|f| f.code.as_str()).collect()).collect()
}

fn wrong<T: std::fmt::Debug>(result: services::Result<T>) -> (&'static str, &'static str) {
    match result {
        Err(ServiceError::Invalid(errors)) => (errors[0].field, errors[0].code),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_safe_set_is_registered_and_the_rest_is_told_why() {
    for campus in Campus::all().await {
        let office = campus.office();
        let sound = campus.place(1, 0, 12, |_, _| {}).await;
        campus.place(2, 100, 3, |_, _| {}).await;
        campus
            .place(1, 200, 3, |n, data| match n {
                0 => data.clearances.school = Clearance::Unknown,
                1 => data.clearances.school = Clearance::Unknown,
                _ => data.clearances.military = Clearance::Obstacle,
            })
            .await;
        campus.place(1, 300, 4, |_, data| data.e_registered_at = None).await;

        let preview = preview_bulk(office, &campus.clerk, BulkQuery::default()).await.expect("preview");
        assert_eq!((preview.total, preview.ready), (18, 15), "who did not register there is no part of it");
        let by_programme: Vec<(&str, usize, usize)> =
            preview.programmes.iter().map(|p| (p.code.as_str(), p.total, p.ready)).collect();
        assert_eq!(by_programme, [("BIL1", 15, 12), ("IKT1", 3, 3)]);
        let reasons: Vec<(&str, usize)> =
            preview.reasons.iter().map(|r| (r.finding.code.as_str(), r.candidates.len())).collect();
        assert_eq!(reasons, [("desk-school-unknown", 2), ("desk-military-obstacle", 1)]);
        assert_eq!(preview.reasons[1].candidates[0].name, "Deneme00202 ÖRNEK");
        assert_eq!(preview.warnings.get("desk-paper-afterwards"), Some(&15));
        assert_eq!(campus.numbers().await, []);

        let one = BulkQuery { programmes: vec![ProgrammeId::new(1)], ..BulkQuery::default() };
        let job = campus.start(one).await;
        assert_eq!(campus.progress(job).await, ("waiting".to_owned(), 0, 0));
        campus.run().await;
        assert_eq!(campus.progress(job).await, ("done".to_owned(), 12, 0));
        let numbers = campus.numbers().await;
        assert_eq!(numbers.len(), 12);
        assert_eq!(numbers[0].0, "261010001", "{numbers:?}");

        let run = campus.shown(job).await;
        assert_eq!((run.standing, run.made.len(), run.next), (12, 12, None));
        assert_eq!(
            (run.made[0].number.as_str(), run.made[0].given_name.as_str()),
            ("261010001", "Deneme00000")
        );
        assert!(run.may_undo && run.failed.is_empty());
        let first = campus.candidate(sound[0]).await;
        assert_eq!(first.state, CandidateState::Registered);
        let enrolment = first.enrolment.expect("an enrolment");
        let (made, study, account) = office
            .db
            .read(move |db| {
                let made = storage::registrations::fetch(db, enrolment)?.expect("a registration");
                let study = storage::enrolments::fetch(db, enrolment)?.expect("an enrolment");
                let account = storage::accounts::find_by_person(db, study.person)?.expect("an account");
                Ok::<_, storage::StorageError>((made, study, account))
            })
            .await
            .expect("read");
        assert_eq!(
            (made.job, made.fee.state, made.notice_version.as_str()),
            (Some(job), FeeState::NotDue, "")
        );
        assert_eq!((study.status, study.number.as_str()), (EnrolmentStatus::Active, "261010001"));
        assert_eq!(
            (account.user_name.as_str(), account.display_name.as_str()),
            ("261010001", "Deneme00000 ÖRNEK")
        );
        let roles = office.db.read(move |db| storage::accounts::roles(db, account.id)).await.expect("roles");
        assert_eq!(roles.iter().map(|held| held.role).collect::<Vec<_>>(), [Role::Student]);
        for (act, count) in
            [("register_candidate", 12), ("add_account", 12), ("assign_role", 12), ("start_registrations", 1)]
        {
            assert_eq!(campus.acts(act).await, count, "{act}");
        }
        campus.is_sound().await;

        // Once more: only the other programme is left.
        let rest = campus.start(BulkQuery::default()).await;
        campus.run().await;
        assert_eq!(campus.progress(rest).await, ("done".to_owned(), 3, 0));
        let nobody = start_bulk(office, &campus.clerk, order(BulkQuery::default())).await;
        assert_eq!(wrong(nobody), ("candidates", "bulk-nobody"));
        let jobs = list_bulk(office, &campus.clerk, 10).await.expect("jobs");
        assert_eq!(jobs.iter().map(|run| run.job.id).collect::<Vec<_>>(), [rest, job]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_can_be_given_no_number_is_not_in_the_safe_set() {
    for campus in Campus::all().await {
        campus.place(1, 0, 2, |_, _| {}).await;
        campus.place(2, 50, 1, |_, _| {}).await;
        let gone = campus.office().db.write(|tx| storage::probe::take_codes(tx, 2));
        gone.await.expect("the code is not known yet");
        let preview = preview_bulk(campus.office(), &campus.clerk, BulkQuery::default()).await;
        let preview = preview.expect("preview");
        let reasons: Vec<&str> = preview.reasons.iter().map(|r| r.finding.code.as_str()).collect();
        assert_eq!((preview.total, preview.ready, reasons), (3, 2, vec!["number-no-programme-code"]));
        let job = campus.start(BulkQuery::default()).await;
        campus.run().await;
        assert_eq!(campus.progress(job).await, ("done".to_owned(), 2, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fee_must_be_said_and_stands_with_every_registration() {
    for campus in Campus::all().await {
        let placed = campus.place(1, 0, 2, |_, _| {}).await;
        let start = |fee_state, word: &str| {
            let form = StartBulk { fee_state, fee_word: word.to_owned(), ..StartBulk::default() };
            start_bulk(campus.office(), &campus.clerk, form)
        };
        assert_eq!(wrong(start(None, "").await), ("fee_state", "required"));
        assert_eq!(wrong(start(Some(FeeState::Exempt), "").await), ("fee_receipt", "required"));
        assert_eq!(wrong(start(Some(FeeState::Owed), "").await), ("fee_state", "fee-owed"));
        start(Some(FeeState::Exempt), "CK 2026/9000").await.expect("started");
        campus.run().await;
        let enrolment = campus.candidate(placed[1]).await.enrolment.expect("an enrolment");
        let made = campus.office().db.read(move |db| storage::registrations::fetch(db, enrolment)).await;
        let fee = made.expect("read").expect("a registration").fee;
        assert_eq!((fee.state, fee.receipt.as_str()), (FeeState::Exempt, "CK 2026/9000"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changed_meanwhile_ends_with_the_reason() {
    for campus in Campus::all().await {
        let office = campus.office();
        let placed = campus.place(1, 0, 5, |_, _| {}).await;
        let job = campus.start(BulkQuery::default()).await;

        // One is registered at the desk, one turns out to have an obstacle, one is not e-registered after all.
        let form = RegisterCandidate {
            candidate: placed[0],
            version: 1,
            provisional: false,
            until: String::new(),
            fee: FeeForm { state: Some(FeeState::NotDue), ..FeeForm::default() },
            notice_read: true,
            decision: String::new(),
            idempotency_key: None,
        };
        register_candidate(office, &campus.clerk, form).await.expect("registered");
        let permit = campus.permit();
        let (blocked, withdrawn) = (campus.candidate(placed[1]).await, campus.candidate(placed[2]).await);
        office
            .db
            .write(move |tx| {
                let mut data = blocked.data;
                data.clearances.military = Clearance::Obstacle;
                storage::candidates::update(tx, &permit, blocked.id, blocked.version, &data, &[1; 32])?;
                let mut data = withdrawn.data;
                data.e_registered_at = None;
                storage::candidates::update(tx, &permit, withdrawn.id, withdrawn.version, &data, &[1; 32])
            })
            .await
            .expect("changed");

        campus.run().await;
        assert_eq!(campus.progress(job).await, ("done".to_owned(), 2, 3));
        let run = campus.shown(job).await;
        assert_eq!(
            run.failed.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(),
            ["Deneme00000 ÖRNEK", "Deneme00001 ÖRNEK", "Deneme00002 ÖRNEK"]
        );
        let codes = codes(&run);
        assert!(codes[0].contains(&"desk-state-registered"), "{codes:?}");
        assert_eq!(codes[1], ["desk-military-obstacle"]);
        assert!(codes[2].contains(&"bulk-not-e-registered"), "{codes:?}");
        assert_eq!(campus.numbers().await.len(), 3);
        campus.is_sound().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_spoils_the_round_takes_nobody_along_and_no_number() {
    for campus in Campus::all().await {
        let office = campus.office();
        campus.place(1, 0, 30, |_, _| {}).await;
        // Somebody else's account has the number that the twelfth would get, and so its user name.
        office.db.write(|tx| storage::probe::take_user_name(tx, "261010012")).await.expect("an account");
        let job = campus.start(BulkQuery::default()).await;
        campus.run().await;
        let (state, done, failed) = campus.progress(job).await;
        // The number waits for whoever comes next, and none of them can have it: each is told so, none is lost.
        assert_eq!((state.as_str(), done, failed), ("done", 11, 19));
        assert_eq!(campus.numbers().await.len(), 11);
        assert!(codes(&campus.shown(job).await).iter().all(|codes| *codes == ["bulk-not-done"]));
        campus.is_sound().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_with_two_places_is_one_person() {
    for campus in Campus::all().await {
        let office = campus.office();
        let twice = campus.place(1, 7, 1, |_, _| {}).await;
        let minor = campus
            .place(2, 7, 1, |_, data| {
                data.entry_kind = EntryKind::YksAdditional;
            })
            .await;
        let job = campus.start(BulkQuery::default()).await;
        campus.run().await;
        // The second place is a second programme of the same level, which the first one closes.
        assert_eq!(campus.progress(job).await, ("done".to_owned(), 1, 1));
        assert_eq!(codes(&campus.shown(job).await), [["desk-second-programme"]]);
        assert_eq!(campus.candidate(twice[0]).await.state, CandidateState::Registered);
        assert_eq!(campus.candidate(minor[0]).await.state, CandidateState::Waiting);
        let people = office.db.read(storage::probe::people).await.expect("counted");
        assert_eq!(people, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_dies_anywhere_goes_on_to_the_same_end() {
    for campus in Campus::all().await {
        campus.place(1, 0, 130, |_, _| {}).await;
        campus.place(2, 500, 70, |_, _| {}).await;
        let job = campus.start(BulkQuery::default()).await;
        let mut deaths = 0;
        for polls in (1..=6).cycle().take(400) {
            die_after(polls, run_bulk(campus.office())).await;
            campus.house.clock.advance(Duration::from_secs(16));
            deaths += 1;
            if campus.progress(job).await.0 == "done" {
                break;
            }
        }
        assert!(deaths > 3, "it died only {deaths} times");
        assert_eq!(campus.progress(job).await, ("done".to_owned(), 200, 0));
        let numbers = campus.numbers().await;
        assert_eq!(numbers.len(), 200);
        assert_eq!(campus.acts("register_candidate").await, 200);
        let run = campus.shown(job).await;
        // Numbers follow the names of each programme, whatever happened between.
        assert!(
            run.made
                .windows(2)
                .all(|two| { two[0].programme != two[1].programme || two[0].given_name < two[1].given_name })
        );
        campus.is_sound().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_share_the_work_and_give_no_number_twice() {
    for campus in Campus::all().await {
        campus.place(1, 0, 150, |_, _| {}).await;
        let first = campus.start(BulkQuery::default()).await;
        let second = campus.start(BulkQuery::default()).await;
        let (a, b) = (campus.office().clone(), campus.office().clone());
        let (a, b) = tokio::join!(
            tokio::spawn(async move { run_bulk(&a).await }),
            tokio::spawn(async move { run_bulk(&b).await })
        );
        a.expect("joined").expect("run");
        b.expect("joined").expect("run");
        let (one, two) = (campus.progress(first).await, campus.progress(second).await);
        assert_eq!((one.0.as_str(), two.0.as_str()), ("done", "done"), "{}", campus.house.engine);
        assert_eq!((one.1 + two.1, one.2 + two.2), (150, 150), "each is registered by one of them");
        assert_eq!(campus.numbers().await.len(), 150);
        campus.is_sound().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_can_be_stopped_and_a_double_click_starts_one() {
    for campus in Campus::all().await {
        let office = campus.office();
        campus.place(1, 0, 20, |_, _| {}).await;
        let form = StartBulk { idempotency_key: Some("k1".to_owned()), ..order(BulkQuery::default()) };
        let StartedBulk { job, is_repeated } =
            start_bulk(office, &campus.clerk, form.clone()).await.expect("started");
        let again = start_bulk(office, &campus.clerk, form).await.expect("repeated");
        assert_eq!((is_repeated, again.job, again.is_repeated), (false, job, true));
        assert!(cancel_bulk(office, &campus.clerk, job).await.expect("asked"));
        campus.run().await;
        assert_eq!(campus.progress(job).await, ("cancelled".to_owned(), 0, 0));
        assert!(!cancel_bulk(office, &campus.clerk, job).await.expect("asked"));
        assert_eq!(campus.numbers().await, []);
        assert_eq!(campus.acts("cancel_registrations").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_run_is_undone_on_its_day_and_numbers_stay_cancelled() {
    for campus in Campus::all().await {
        let office = campus.office();
        let placed = campus.place(1, 0, 70, |_, _| {}).await;
        let job = campus.start(BulkQuery::default()).await;
        let undo = |reason: &str| {
            let form = UndoBulk { job, reason: reason.to_owned(), idempotency_key: None };
            undo_bulk(office, &campus.clerk, form)
        };
        assert_eq!(wrong(undo("yanlış liste").await), ("job", "bulk-running"));
        campus.run().await;
        assert_eq!(wrong(undo(" ").await), ("reason", "required"));

        // One is undone by hand before.
        let by_hand = campus.candidate(placed[0]).await;
        let form = UndoRegistration {
            candidate: by_hand.id,
            version: by_hand.version,
            reason: "yanlış kişi".to_owned(),
        };
        undo_registration(office, &campus.clerk, form).await.expect("undone");

        let undoing = undo("yanlış liste").await.expect("started").job;
        for polls in (1..=6).cycle().take(200) {
            die_after(polls, run_bulk(office)).await;
            campus.house.clock.advance(Duration::from_secs(16));
            if campus.progress(undoing).await.0 == "done" {
                break;
            }
        }
        assert_eq!(campus.progress(undoing).await, ("done".to_owned(), 69, 0));
        let run = campus.shown(job).await;
        assert_eq!((run.standing, run.may_undo), (0, false));
        assert!(run.made.iter().all(|line| line.is_undone));
        let numbers = campus.numbers().await;
        assert_eq!(numbers.len(), 70);
        assert!(numbers.iter().all(|(_, is_cancelled)| *is_cancelled));
        assert_eq!(campus.candidate(placed[5]).await.state, CandidateState::Waiting);
        assert_eq!(wrong(undo("yanlış liste").await), ("job", "nothing-to-undo"));
        assert_eq!(campus.acts("undo_registration").await, 70);
        campus.is_sound().await;

        // Registered once more, everybody gets a new number, and the person stays the same.
        let again = campus.start(BulkQuery::default()).await;
        campus.run().await;
        assert_eq!(campus.progress(again).await, ("done".to_owned(), 70, 0));
        let numbers = campus.numbers().await;
        assert_eq!((numbers.len(), numbers.iter().filter(|(_, gone)| *gone).count()), (140, 70));
        let people = office.db.read(storage::probe::people).await.expect("counted");
        assert_eq!(people, 70);
        campus.is_sound().await;

        // The next day there is nothing to undo as a whole any more.
        campus.house.clock.advance(Duration::from_secs(86_400));
        let late = UndoBulk { job: again, reason: "geç".to_owned(), idempotency_key: None };
        assert_eq!(wrong(undo_bulk(office, &campus.clerk, late).await), ("job", "nothing-to-undo"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn undoing_needs_the_right_and_a_password() {
    for campus in Campus::all().await {
        let office = campus.office();
        campus.place(1, 0, 2, |_, _| {}).await;
        let job = campus.start(BulkQuery::default()).await;
        campus.run().await;
        let clerk = |confirmed_at| Actor {
            roles: vec![Assignment {
                role: Role::Clerk,
                unit: Some(base::ids::UnitId::new(4)),
                programme: None,
            }],
            confirmed_at,
            ..Actor::system("test")
        };
        let form = UndoBulk { job, reason: "yanlış liste".to_owned(), idempotency_key: None };
        // A clerk of another faculty does not even know who is in it.
        let there = undo_bulk(office, &clerk(Some(office.now())), form.clone()).await;
        assert!(matches!(there, Err(ServiceError::NotFound)), "{there:?}");
        let hasty = Actor { confirmed_at: None, ..Actor::system("test") };
        let hasty = undo_bulk(office, &hasty, form.clone()).await;
        assert!(matches!(hasty, Err(ServiceError::NeedsConfirmation)), "{hasty:?}");
        let auditor = Actor {
            roles: vec![Assignment { role: Role::Auditor, unit: None, programme: None }],
            ..Actor::system("test")
        };
        let forbidden = preview_bulk(office, &auditor, BulkQuery::default()).await;
        assert!(
            matches!(forbidden, Err(ServiceError::Forbidden(Action::RegisterCandidates))),
            "{forbidden:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn advisors_are_given_evenly_within_a_run() {
    for campus in Campus::all().await {
        let office = campus.office();
        let person = campus.house.person("Işıl", "ÖRNEK").await;
        let old = campus.house.enrol(person, "240010001", 1, EnrolmentStatus::Active).await;
        let other = campus.house.person("Ayşe", "ÖRNEK").await;
        let second = campus.house.enrol(other, "240010002", 1, EnrolmentStatus::Active).await;
        office
            .db
            .write(move |tx| {
                for (id, name, student) in [(1, "Bir", old), (2, "İki", second)] {
                    let advisor = StaffId::new(id);
                    storage::probe::hire(tx, advisor, (name, "DANIŞMAN"), base::ids::UnitId::new(3))?;
                    storage::probe::advise(tx, student, advisor)?;
                }
                Ok::<_, storage::StorageError>(())
            })
            .await
            .expect("advisors");
        campus.place(1, 0, 21, |_, _| {}).await;
        campus.start(BulkQuery::default()).await;
        campus.run().await;
        let given: Vec<(StaffId, i64)> = office
            .db
            .read(|db| storage::registrations::advisor_loads(db, ProgrammeId::new(1), 2026))
            .await
            .expect("loads");
        assert_eq!(given, [(StaffId::new(1), 11), (StaffId::new(2), 10)]);
    }
}

fn counts(totals: Totals) -> [i64; 11] {
    totals.cells()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_say_who_stands_where() {
    for campus in Campus::all().await {
        let office = campus.office();
        let clerk = &campus.clerk;
        assert_eq!(summary(office, clerk, None).await.expect("summary"), None, "nobody was placed");
        campus.place(1, 0, 4, |_, _| {}).await;
        let there = campus.place(1, 50, 6, |_, data| data.e_registered_at = None).await;
        campus.place(2, 100, 2, |_, data| data.e_registered_at = None).await;
        campus.place(2, 150, 3, |_, data| data.year = 2025).await;
        campus.window(Date::constant(2026, 11, 20), Date::constant(2026, 11, 24)).await;
        let photo = TickedPaper {
            kind: PaperKind::Photograph,
            state: Some(PaperState::Received),
            due_on: String::new(),
            reason: String::new(),
        };
        let form = TickPapers { candidate: there[0], papers: vec![photo] };
        tick_papers(office, clerk, form).await.expect("ticked");
        let form = RegisterCandidate {
            candidate: there[0],
            version: 1,
            provisional: true,
            until: "30.11.2026".to_owned(),
            fee: FeeForm { state: Some(FeeState::Owed), ..FeeForm::default() },
            notice_read: true,
            decision: "eksik evrak".to_owned(),
            idempotency_key: None,
        };
        register_candidate(office, clerk, form).await.expect("provisionally");
        campus.start(BulkQuery { year: Some(2026), ..BulkQuery::default() }).await;
        campus.run().await;

        let found = figures(office, clerk, FigureQuery::default()).await.expect("figures");
        assert_eq!(found.year, Some(2026), "the newest");
        let rows: Vec<(&str, [i64; 11])> =
            found.rows.iter().map(|row| (row.code.as_str(), counts(row.counts))).collect();
        assert_eq!(
            rows,
            [("BIL1", [10, 4, 4, 0, 1, 5, 0, 0, 5, 0, 5]), ("IKT1", [2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2])]
        );
        assert_eq!(counts(found.totals), [12, 4, 4, 0, 1, 5, 0, 0, 7, 0, 7]);
        let none = list_absentees(office, clerk, FigureQuery::default(), None, 50).await.expect("list");
        assert!(none.rows.is_empty(), "the window is open");

        // The day after the last one.
        campus.house.clock.advance(Duration::from_secs(2 * 86_400));
        let found = figures(office, clerk, FigureQuery::default()).await.expect("figures");
        assert_eq!(counts(found.totals), [12, 4, 4, 0, 1, 5, 0, 0, 0, 7, 7]);
        assert!(
            found.rows.iter().all(|row| row.is_over && row.closes_on == Some(Date::constant(2026, 11, 24)))
        );
        let first = list_absentees(office, clerk, FigureQuery::default(), None, 4).await.expect("list");
        let rest = list_absentees(office, clerk, FigureQuery::default(), first.next, 4).await.expect("list");
        assert_eq!((first.rows.len(), rest.rows.len(), rest.next), (4, 3, None));
        assert!(first.rows.iter().all(|one| !rest.rows.iter().any(|other| other.id == one.id)));
        let told = summary(office, clerk, None).await.expect("summary").expect("a year");
        assert_eq!((told.year, counts(told.totals), told.is_over), (2026, counts(found.totals), true));

        // A year that is over has no open window.
        let before = FigureQuery { year: Some(2025), ..FigureQuery::default() };
        let before = figures(office, clerk, before).await.expect("figures");
        assert_eq!(counts(before.totals), [3, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0]);

        // The dean of the other faculty sees its programme alone.
        let dean = Actor {
            roles: vec![Assignment {
                role: Role::UnitHead,
                unit: Some(base::ids::UnitId::new(4)),
                programme: None,
            }],
            ..Actor::system("test")
        };
        let own = figures(office, &dean, FigureQuery::default()).await.expect("figures");
        assert_eq!(own.rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), ["IKT1"]);
        assert_eq!(summary(office, &student(), None).await.expect("summary"), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_of_an_additional_placement_are_counted_once() {
    for campus in Campus::all().await {
        let (office, clerk) = (campus.office(), &campus.clerk);
        // Ten were placed and eight registered; of the two seats left the additional placement filled one.
        campus.place(1, 0, 8, |_, _| {}).await;
        campus.place(1, 50, 2, |_, data| data.e_registered_at = None).await;
        let additional = |data: &mut CandidateData| data.entry_kind = EntryKind::YksAdditional;
        campus.place(1, 100, 1, |_, data| additional(data)).await;
        campus
            .place(1, 150, 1, |_, data| {
                additional(data);
                data.e_registered_at = None;
            })
            .await;
        // A minor is nobody's seat.
        campus
            .place(2, 200, 2, |_, data| {
                data.entry_kind = EntryKind::Minor;
                data.e_registered_at = None;
            })
            .await;
        campus.start(BulkQuery::default()).await;
        campus.run().await;
        let found = figures(office, clerk, FigureQuery::default()).await.expect("figures");
        let seats: Vec<(&str, EntryKind, i64)> =
            found.rows.iter().map(|row| (row.code.as_str(), row.entry_kind, row.counts.seats_left)).collect();
        assert_eq!(
            seats,
            [
                ("BIL1", EntryKind::Yks, 1),
                ("BIL1", EntryKind::YksAdditional, 0),
                ("IKT1", EntryKind::Minor, 0)
            ]
        );
        assert_eq!(found.totals.seats_left, 1);
        assert!(found.rows.iter().all(|row| row.quota.is_none()), "no list told the seats");
        let only = FigureQuery { entry_kind: Some(EntryKind::Yks), ..FigureQuery::default() };
        let only = figures(office, clerk, only).await.expect("figures");
        assert_eq!((only.rows.len(), only.totals.seats_left), (1, 1), "a filter changes no count");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_are_counted_from_the_quota_where_a_list_told_it() {
    for campus in Campus::all().await {
        let (office, clerk) = (campus.office(), &campus.clerk);
        // Of sixty seats the placement filled ten, of which eight registered; the additional one brought three, of whom
        // two registered.
        campus.place(1, 0, 8, |_, _| {}).await;
        campus.place(1, 50, 2, |_, data| data.e_registered_at = None).await;
        let additional = |data: &mut CandidateData| data.entry_kind = EntryKind::DgsAdditional;
        campus.place(2, 100, 4, |_, data| data.entry_kind = EntryKind::Dgs).await;
        campus.place(2, 150, 2, |_, data| additional(data)).await;
        let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, office.now(), "test");
        office
            .db
            .write(move |tx| -> storage::Result<()> {
                let list = storage::placements::newest(tx, 1)?[0].id;
                let of = |kind, programme| (kind, 2026, ProgrammeId::new(programme));
                storage::placements::save_quota(tx, &permit, list, of(EntryKind::Yks, 1), 20)?;
                storage::placements::save_quota(tx, &permit, list, of(EntryKind::Yks, 1), 60)?;
                storage::placements::save_quota(tx, &permit, list, of(EntryKind::DgsAdditional, 2), 5)
            })
            .await
            .expect("saved");
        campus.start(BulkQuery::default()).await;
        campus.run().await;
        let found = figures(office, clerk, FigureQuery::default()).await.expect("figures");
        let seats: Vec<_> = found
            .rows
            .iter()
            .map(|row| (row.code.as_str(), row.entry_kind, row.quota, row.counts.seats_left))
            .collect();
        assert_eq!(
            seats,
            [
                ("BIL1", EntryKind::Yks, Some(60), 52),
                // The additional placement offered five, of which two are held.
                ("IKT1", EntryKind::Dgs, None, 3),
                ("IKT1", EntryKind::DgsAdditional, Some(5), 0),
            ]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_start_page_counts_for_everybody_at_once_and_in_its_season() {
    for campus in Campus::all().await {
        let clerk = &campus.clerk;
        let office =
            Office { figures: LiveFigures::kept_for(Duration::from_secs(10)), ..campus.office().clone() };
        campus.window(Date::constant(2026, 11, 20), Date::constant(2026, 11, 24)).await;
        campus.place(1, 0, 3, |_, _| {}).await;
        campus.place(2, 50, 2, |_, _| {}).await;
        let told = |actor| summary(&office, actor, None);
        let all = told(clerk).await.expect("counted").expect("a summary");
        let programmes: Vec<(&str, i64)> =
            all.programmes.iter().map(|line| (line.code.as_str(), line.counts.placed)).collect();
        assert_eq!(programmes, [("BIL1", 3), ("IKT1", 2)]);
        let dean = Actor {
            roles: vec![Assignment {
                role: Role::UnitHead,
                unit: Some(base::ids::UnitId::new(4)),
                programme: None,
            }],
            ..Actor::system("test")
        };
        // The same count answers another role with its part, and a newcomer shows after ten seconds.
        campus.place(2, 80, 1, |_, _| {}).await;
        let own = told(&dean).await.expect("counted").expect("a summary");
        assert_eq!((own.totals.placed, own.programmes.len(), own.at), (2, 1, all.at));
        campus.house.clock.advance(Duration::from_secs(10));
        let own = told(&dean).await.expect("counted").expect("a summary");
        assert_eq!(own.totals.placed, 3);
        // A month after the last day nobody registers any more.
        campus.house.clock.advance(Duration::from_secs(32 * 86_400));
        assert_eq!(told(clerk).await.expect("counted"), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_brought_later_is_missing_no_more() {
    for campus in Campus::all().await {
        let (office, clerk) = (campus.office(), &campus.clerk);
        let placed = campus.place(1, 0, 2, |_, _| {}).await;
        campus.start(BulkQuery::default()).await;
        campus.run().await;
        let missing = || async {
            let found = figures(office, clerk, FigureQuery::default()).await.expect("figures");
            found.totals.missing_papers
        };
        assert_eq!(missing().await, 2);
        let opened = open_candidate(office, clerk, placed[0]).await.expect("opened");
        let enrolment = opened.candidate.enrolment.expect("an enrolment");
        let permit = campus.permit();
        let lines = opened.desk.papers.lines;
        let kinds: Vec<PaperKind> = lines.iter().map(|line| line.kind).collect();
        office
            .db
            .write(move |tx| {
                kinds.iter().try_for_each(|kind| {
                    storage::papers::keep(tx, &permit, enrolment, *kind, PaperState::Received, None, None)
                        .map(drop)
                })
            })
            .await
            .expect("brought to the student's page");
        assert_eq!(missing().await, 1);
    }
}

fn student() -> Actor {
    Actor {
        roles: vec![Assignment { role: Role::Student, unit: None, programme: None }],
        ..Actor::system("test")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_and_lists_are_taken_out_as_files() {
    for campus in Campus::all().await {
        let office = campus.office();
        campus.place(1, 0, 3, |_, _| {}).await;
        campus
            .place(1, 50, 2, |_, data| {
                data.e_registered_at = None;
                data.given_name = "=2+2".to_owned();
            })
            .await;
        campus.window(Date::constant(2026, 11, 2), Date::constant(2026, 11, 20)).await;
        let job = campus.start(BulkQuery::default()).await;
        campus.run().await;
        let kinds: Vec<String> = EntryKind::ALL.iter().map(|kind| kind.code().to_owned()).collect();
        let words = FigureWords {
            title: "Durum".to_owned(),
            headings: (0..17).map(|n| format!("s{n}")).collect(),
            entry_kinds: kinds.clone(),
            total: "Toplam".to_owned(),
            english: false,
        };
        let query = FigureQuery::default;
        let csv = export_figures(office, &campus.clerk, query(), ExportForm::Csv, words.clone()).await;
        let csv = String::from_utf8(csv.expect("csv")).expect("text");
        let lines: Vec<&str> = csv.lines().skip(1).collect();
        assert_eq!(
            lines,
            ["BIL1;BIL1;2026;yks;20.11.2026;;5;3;3;0;0;3;0;0;0;2;2", "Toplam;;2026;;;;5;3;3;0;0;3;0;0;0;2;2"]
        );
        let xlsx =
            export_figures(office, &campus.clerk, query(), ExportForm::Xlsx, words).await.expect("xlsx");
        assert!(xlsx.starts_with(b"PK"));

        let words = AbsenteeWords {
            title: "Gelmeyen".to_owned(),
            headings: std::array::from_fn(|n| format!("s{n}")),
            entry_kinds: kinds,
        };
        let absent = export_absentees(office, &campus.clerk, query(), ExportForm::Csv, words).await;
        let absent = String::from_utf8(absent.expect("csv")).expect("text");
        assert!(absent.contains("ÖRNEK;'=2+2;BIL1;2026;yks;;aday50@example.invalid"), "{absent}");

        let words = BulkWords {
            title: "Sonuç".to_owned(),
            headings: std::array::from_fn(|n| format!("s{n}")),
            undone: "geri alındı".to_owned(),
        };
        let made = export_bulk(office, &campus.clerk, job, ExportForm::Csv, words).await.expect("csv");
        let made = String::from_utf8(made).expect("text");
        assert!(made.contains("261010001;Deneme00000;ÖRNEK;BIL1;"), "{made}");
        assert!(office.reads.flush().await);
        assert_eq!((campus.acts("export_candidates").await, campus.acts("export_registered").await), (1, 1));
    }
}
