//! The registration desk: from a place to a student number, and the ways back.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use base::{
    ids::{CandidateId, EnrolmentId, ProgrammeId},
    random::Randomness,
    time::Date,
};
use domain::{
    enrolments::{EnrolmentStatus, EntryKind, LinkKind},
    ledger::{GroundKind, LedgerKind, Subject},
    papers::{PaperKind, PaperState},
    registration::{CandidateState, Clearance, FeeState, WindowKind},
};
use regulations::{EntryField, Verdict};
use services::{
    Actor, Office, ServiceError,
    placement::{Checked as PlacementChecked, ListFile, preview_placement},
    records::{Checked, apply_records},
    registration::{
        AdvisorQuery, AssignAdvisors, CandidateQuery, DecideProvisional, FeeForm, OpenedCandidate,
        ProvisionalDecision, RegisterCandidate, RenounceCandidate, TickPapers, TickedPaper, UndoRegistration,
        assign_advisors, decide_provisional, find_candidate, list_candidates, next_candidate, open_candidate,
        plan_advisors, register_candidate, renounce_candidate, tick_papers, undo_registration,
    },
    verify::Wanted,
};
use storage::{candidates::CandidateData, enrolments::Enrolment, records::RecordsFile};
use testkit::{
    RecordsFolder, SeededChance, TestOffice,
    candidates::{candidate, open_window, place, programme},
};

use crate::verify::look;

/// An office with records, a day of registration, and candidates of programme BLM-L.
pub(crate) struct Desk {
    pub(crate) kit: TestOffice,
    pub(crate) programme: ProgrammeId,
    pub(crate) clerk: Actor,
}

impl Desk {
    /// One desk per engine of this test run.
    pub(crate) async fn all() -> Vec<Self> {
        let folder = RecordsFolder::small();
        folder.replace(RecordsFile::Programs, "109900023,\n", "109900023,360002\n");
        let mut desks = Vec::new();
        for kit in TestOffice::all().await {
            let done = apply_records(&kit.office, &kit.console(), folder.path(), Box::new(|_| {})).await;
            assert!(matches!(done, Ok(Checked::Sound(_))), "{done:?}");
            let (db, now) = (&kit.office.db, kit.office.now());
            let (first, last) = (Date::constant(2026, 11, 16), Date::constant(2026, 11, 27));
            open_window(db, now, WindowKind::Registration, first, last).await;
            let programme = programme(db, "BLM-L").await;
            let clerk = kit.console();
            desks.push(Self { kit, programme, clerk });
        }
        desks
    }

    pub(crate) fn office(&self) -> &Office {
        &self.kit.office
    }

    pub(crate) async fn place(&self, rows: Vec<CandidateData>) -> Vec<CandidateId> {
        place(&self.office().db, self.office().now(), rows).await
    }

    /// One candidate of the programme.
    pub(crate) async fn one(&self, serial: u32, change: impl FnOnce(&mut CandidateData)) -> CandidateId {
        let mut data = candidate(serial, "Işıl", "ÇINAR", self.programme);
        change(&mut data);
        self.place(vec![data]).await[0]
    }

    pub(crate) async fn open(&self, id: CandidateId) -> OpenedCandidate {
        open_candidate(self.office(), &self.clerk, id).await.expect("a candidate")
    }

    pub(crate) async fn tick(&self, id: CandidateId, kind: PaperKind, state: PaperState) {
        let reason = if state == PaperState::Waived { "Koşulu yok" } else { "" };
        let paper =
            TickedPaper { kind, state: Some(state), due_on: String::new(), reason: reason.to_owned() };
        let form = TickPapers { candidate: id, papers: vec![paper] };
        tick_papers(self.office(), &self.clerk, form).await.expect("ticked");
    }

    /// Ticks everything that the desk asks for.
    pub(crate) async fn bring_all(&self, id: CandidateId) {
        let opened = self.open(id).await;
        let papers = opened
            .desk
            .papers
            .lines
            .iter()
            .filter(|line| line.held.is_none())
            .map(|line| TickedPaper {
                kind: line.kind,
                state: Some(PaperState::Received),
                due_on: String::new(),
                reason: String::new(),
            })
            .collect();
        tick_papers(self.office(), &self.clerk, TickPapers { candidate: id, papers }).await.expect("ticked");
    }

    pub(crate) async fn form(&self, id: CandidateId) -> RegisterCandidate {
        let version = self.open(id).await.candidate.version;
        RegisterCandidate {
            candidate: id,
            version,
            provisional: false,
            until: String::new(),
            fee: FeeForm { state: Some(FeeState::NotDue), ..FeeForm::default() },
            notice_read: true,
            decision: String::new(),
            idempotency_key: None,
        }
    }

    pub(crate) async fn register(&self, id: CandidateId) -> String {
        let form = self.form(id).await;
        register_candidate(self.office(), &self.clerk, form).await.expect("registered").number
    }

    pub(crate) async fn enrolment(&self, number: &str) -> Enrolment {
        let number = number.to_owned();
        let found = self.office().db.read(move |db| storage::enrolments::find_by_number(db, &number)).await;
        found.expect("read").expect("an enrolment")
    }

    /// Kinds of the entries of an enrolment with the status after each, oldest first.
    pub(crate) async fn ledger(
        &self,
        id: EnrolmentId,
    ) -> Vec<(LedgerKind, Option<EnrolmentStatus>, GroundKind)> {
        let mut entries: Vec<_> = self
            .office()
            .db
            .read(move |db| storage::ledger::chain(db, Subject::from(id)))
            .await
            .expect("read")
            .into_iter()
            .map(|e| (e.seq, (e.kind, e.status_after, e.ground_kind)))
            .collect();
        entries.sort_by_key(|(seq, _)| *seq);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Number, and whether it was cancelled, of every number given here.
    pub(crate) async fn numbers(&self) -> Vec<(String, bool)> {
        let lines = self.office().db.read(storage::registrations::numbers).await.expect("read");
        lines.into_iter().map(|line| (line.number, line.cancelled.is_some())).collect()
    }

    /// Nothing in the register contradicts the ledger, and no series has a gap.
    pub(crate) async fn is_sound(&self) {
        let gaps = self.office().db.read(storage::registrations::series_with_gaps).await.expect("read");
        assert_eq!(gaps, Vec::<String>::new());
        let report = look(self.office(), Wanted::default()).await;
        assert!(report.is_sound(), "{:#?}", report.findings);
    }

    pub(crate) fn wait(&self, days: u64) {
        let later = self.office().now().checked_add(Duration::from_secs(days * 86_400)).expect("in range");
        self.kit.clock.set(later);
    }
}

pub(crate) fn codes(opened: &OpenedCandidate, verdict: Verdict) -> Vec<String> {
    opened.desk.assessment.findings.with(verdict).map(|finding| finding.code.clone()).collect()
}

pub(crate) fn fields(error: ServiceError) -> Vec<String> {
    let ServiceError::Invalid(errors) = error else { panic!("not about fields: {error:?}") };
    errors.into_iter().map(|error| format!("{} {}", error.field, error.code)).collect()
}

#[tokio::test]
async fn a_candidate_with_everything_becomes_a_student() {
    for desk in Desk::all().await {
        let office = desk.office();
        let id = desk.one(1, |_| {}).await;
        let key = desk.open(id).await.candidate.data.key().to_owned();
        assert_eq!(find_candidate(office, &desk.clerk, &key).await.expect("found"), id);

        let opened = desk.open(id).await;
        assert_eq!(codes(&opened, Verdict::Refuses), ["desk-paper-later", "desk-paper-now"]);
        assert_eq!(codes(&opened, Verdict::NeedsHuman), ["desk-paper-to-ask"]);
        let form = desk.form(id).await;
        let refused = register_candidate(office, &desk.clerk, form).await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");

        desk.tick(id, PaperKind::SchoolDiploma, PaperState::CopySeen).await;
        desk.tick(id, PaperKind::Photograph, PaperState::Received).await;
        let form = RegisterCandidate { notice_read: false, ..desk.form(id).await };
        let wrong = register_candidate(office, &desk.clerk, form).await.expect_err("undecided");
        assert_eq!(fields(wrong), ["decision decision-needed", "notice_read notice-unread"]);
        desk.tick(id, PaperKind::FieldCertificate, PaperState::Waived).await;

        let mut form = desk.form(id).await;
        form.fee =
            FeeForm { state: Some(FeeState::Paid), amount: "12.5,123".to_owned(), ..FeeForm::default() };
        let wrong = register_candidate(office, &desk.clerk, form.clone()).await.expect_err("a fee");
        assert_eq!(fields(wrong), ["fee_receipt required", "fee_amount money-form"]);
        form.fee.state = Some(FeeState::Owed);
        form.fee.amount = String::new();
        let wrong = register_candidate(office, &desk.clerk, form.clone()).await.expect_err("a fee");
        assert_eq!(fields(wrong), ["fee_state fee-owed"]);
        form.fee = FeeForm {
            state: Some(FeeState::Paid),
            amount: "1.234,50".to_owned(),
            receipt: " D 17 ".to_owned(),
            paid_on: "20.11.2026".to_owned(),
        };
        let done = register_candidate(office, &desk.clerk, form).await.expect("registered");
        assert_eq!((done.number.as_str(), done.state), ("260010001", CandidateState::Registered));

        let student = desk.enrolment(&done.number).await;
        assert_eq!(student.status, EnrolmentStatus::Active);
        assert_eq!((student.class_year, student.entry_year), (1, 2026));
        assert!(student.advisor.is_some(), "by rule, whoever advises fewest");
        assert_eq!(student.ground.kind, GroundKind::Placement);
        assert_eq!(student.ground.reference, "2026 yerlestirme.csv, satır 2");
        let (person, enrolment) = (student.person, student.id);
        let (account, papers, facts) = office
            .db
            .read(move |db| -> storage::Result<_> {
                Ok((
                    storage::accounts::find_by_person(db, person)?,
                    storage::papers::held(db, enrolment)?,
                    storage::registrations::fetch(db, enrolment)?,
                ))
            })
            .await
            .expect("read");
        assert!(account.is_some(), "an account is there for the activation link");
        assert_eq!(papers.len(), 3, "what was ticked is the student's");
        let facts = facts.expect("facts");
        assert_eq!((facts.fee.amount, facts.fee.receipt.as_str()), (Some(123_450), "D 17"));
        assert!(facts.notice_read_at.is_some());
        let opened = desk.open(id).await;
        assert_eq!(codes(&opened, Verdict::Refuses)[0], "desk-state-registered");
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn a_provisional_registration_becomes_final_with_its_number() {
    for desk in Desk::all().await {
        let office = desk.office();
        let id = desk.one(1, |c| c.clearances.school = Clearance::Obstacle).await;
        desk.bring_all(id).await;
        let opened = desk.open(id).await;
        assert_eq!(codes(&opened, Verdict::Refuses), ["desk-school-obstacle"]);
        assert!(!opened.desk.assessment.may_register && opened.desk.assessment.may_provisionally);

        let owed = FeeForm { state: Some(FeeState::Owed), ..FeeForm::default() };
        let form =
            RegisterCandidate { provisional: true, notice_read: false, fee: owed, ..desk.form(id).await };
        let wrong = register_candidate(office, &desk.clerk, form.clone()).await.expect_err("no day");
        assert_eq!(fields(wrong), ["until provisional-day-unknown"]);
        let past = RegisterCandidate { until: "20.11.2026".to_owned(), ..form.clone() };
        let wrong = register_candidate(office, &desk.clerk, past).await.expect_err("over");
        assert_eq!(fields(wrong), ["until in-past"]);
        let form = RegisterCandidate { until: "31.12.2026".to_owned(), ..form };
        let done = register_candidate(office, &desk.clerk, form).await.expect("registered");
        assert_eq!(done.state, CandidateState::Provisional);
        assert_eq!(desk.enrolment(&done.number).await.status, EnrolmentStatus::Provisional);

        let data = desk.open(id).await.candidate;
        let permit = services::authz::for_own_account(services::authz::SYSTEM_ACCOUNT, office.now(), "test");
        let mut now = data.data.clone();
        now.clearances.school = Clearance::Clear;
        office
            .db
            .write(move |tx| storage::candidates::update(tx, &permit, id, data.version, &now, &[1; 32]))
            .await
            .expect("the ministry answered");
        let number = desk.register(id).await;
        assert_eq!(number, done.number, "the number stays");
        let student = desk.enrolment(&number).await;
        assert_eq!(student.status, EnrolmentStatus::Active);
        let statuses: Vec<_> =
            desk.ledger(student.id).await.into_iter().map(|(_, status, _)| status).collect();
        assert_eq!(statuses, [Some(EnrolmentStatus::Provisional), Some(EnrolmentStatus::Active)]);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn a_place_is_given_up_before_and_after_registration() {
    for desk in Desk::all().await {
        let office = desk.office();
        let (early, late) = (desk.one(1, |_| {}).await, desk.one(2, |_| {}).await);
        let renounce = async |id, reference: &str| {
            let form = RenounceCandidate {
                candidate: id,
                version: desk.open(id).await.candidate.version,
                ground_ref: reference.to_owned(),
                ground_on: "23.11.2026".to_owned(),
                returned: vec![PaperKind::SchoolDiploma],
                returned_to: " Ayşe  Çınar, vekâletname 2026/118 ".to_owned(),
            };
            renounce_candidate(office, &desk.clerk, form).await
        };
        assert_eq!(
            fields(renounce(early, "").await.expect_err("no petition")),
            ["ground_ref ground-missing"]
        );
        renounce(early, "E.2026/1").await.expect("renounced");
        assert_eq!(desk.open(early).await.candidate.state, CandidateState::Renounced);
        let again = renounce(early, "E.2026/1").await.expect_err("gone");
        assert_eq!(fields(again), ["candidate candidate-gone"]);

        desk.bring_all(late).await;
        let number = desk.register(late).await;
        renounce(late, "E.2026/2").await.expect("renounced");
        let student = desk.enrolment(&number).await;
        assert_eq!(student.status, EnrolmentStatus::RegistrationCancelled);
        assert_eq!(
            (student.ground.kind, student.ground.reference.as_str()),
            (GroundKind::Petition, "E.2026/2")
        );
        let opened = desk.open(late).await;
        let back: Vec<_> = opened.desk.held.iter().filter(|paper| paper.returned_on.is_some()).collect();
        assert_eq!(back.iter().map(|paper| paper.kind).collect::<Vec<_>>(), [PaperKind::SchoolDiploma]);
        assert_eq!(back[0].returned_to.as_deref(), Some("Ayşe Çınar, vekâletname 2026/118"));
        assert_eq!(back[0].returned_by.as_deref(), Some("Sistem"), "who gave it back");
        assert_eq!(desk.numbers().await, [(number, true)]);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn what_is_undone_within_the_day_stays_readable_and_its_number_is_nobody_elses() {
    for desk in Desk::all().await {
        let office = desk.office();
        let id = desk.one(1, |_| {}).await;
        desk.bring_all(id).await;
        let first = desk.register(id).await;
        let undo = async |reason: &str| {
            let version = desk.open(id).await.candidate.version;
            let form = UndoRegistration { candidate: id, version, reason: reason.to_owned() };
            undo_registration(office, &desk.clerk, form).await
        };
        assert_eq!(fields(undo(" ").await.expect_err("why")), ["reason required"]);
        undo("yanlış aday").await.expect("undone");
        let opened = desk.open(id).await;
        assert_eq!(opened.candidate.state, CandidateState::Waiting);
        assert_eq!(opened.desk.held.len(), 3, "papers stay ticked");
        let gone = desk.enrolment(&first).await;
        assert_eq!(gone.status, EnrolmentStatus::RegistrationCancelled);
        let entries = desk.ledger(gone.id).await;
        assert_eq!(
            entries,
            [
                (LedgerKind::Enrolled, Some(EnrolmentStatus::Active), GroundKind::Placement),
                (
                    LedgerKind::StatusChanged,
                    Some(EnrolmentStatus::RegistrationCancelled),
                    GroundKind::Correction
                ),
            ]
        );
        assert_eq!(fields(undo("yine").await.expect_err("nothing")), ["candidate nothing-to-undo"]);

        let second = desk.register(id).await;
        assert_eq!((first.as_str(), second.as_str()), ("260010001", "260010002"));
        assert_eq!(desk.enrolment(&second).await.person, gone.person, "one person, registered once more");
        assert_eq!(desk.numbers().await, [(first, true), (second, false)]);
        desk.wait(1);
        assert_eq!(fields(undo("dün").await.expect_err("too late")), ["candidate nothing-to-undo"]);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn a_provisional_registration_is_extended_or_runs_out() {
    for desk in Desk::all().await {
        let office = desk.office();
        let id = desk.one(1, |_| {}).await;
        desk.tick(id, PaperKind::Photograph, PaperState::Received).await;
        let form = RegisterCandidate {
            provisional: true,
            decision: "Sağlık koşulu yok, ek puan yok".to_owned(),
            until: "01.12.2026".to_owned(),
            ..desk.form(id).await
        };
        let after = RegisterCandidate { until: "01.03.2027".to_owned(), ..form.clone() };
        let wrong = register_candidate(office, &desk.clerk, after).await.expect_err("too late");
        assert_eq!(fields(wrong), ["until after-last-day"]);
        let number = register_candidate(office, &desk.clerk, form).await.expect("registered").number;
        let overdue = async || {
            let query = CandidateQuery { overdue: true, limit: 50, ..CandidateQuery::default() };
            let page = list_candidates(office, &desk.clerk, query).await.expect("a list");
            page.rows.iter().map(|c| c.id).collect::<Vec<_>>()
        };
        let decide = async |decision, until: &str, day: &str| {
            let form = DecideProvisional {
                candidate: id,
                version: desk.open(id).await.candidate.version,
                decision: Some(decision),
                until: until.to_owned(),
                ground_ref: "Kayıt Yönergesi m.16".to_owned(),
                ground_on: day.to_owned(),
            };
            decide_provisional(office, &desk.clerk, form).await
        };
        assert_eq!(overdue().await, []);
        let early = decide(ProvisionalDecision::Lapse, "", "").await.expect_err("still runs");
        assert_eq!(fields(early), ["decision provisional-still-runs"]);
        desk.wait(9);
        assert_eq!(overdue().await, [id]);
        decide(ProvisionalDecision::Extend, "05.12.2026", "30.11.2026").await.expect("extended");
        assert_eq!(overdue().await, []);
        desk.wait(5);
        decide(ProvisionalDecision::Lapse, "", "").await.expect("deleted");
        assert_eq!(desk.open(id).await.candidate.state, CandidateState::Lapsed);
        assert_eq!(desk.enrolment(&number).await.status, EnrolmentStatus::RegistrationCancelled);
        assert_eq!(desk.numbers().await, [(number, true)]);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn two_clerks_and_a_double_click_register_once() {
    for desk in Desk::all().await {
        let office = desk.office();
        let id = desk.one(1, |_| {}).await;
        desk.bring_all(id).await;
        let mine = RegisterCandidate { idempotency_key: Some("bir".to_owned()), ..desk.form(id).await };
        let theirs = RegisterCandidate { idempotency_key: Some("iki".to_owned()), ..mine.clone() };
        let first = register_candidate(office, &desk.clerk, mine.clone()).await.expect("registered");
        let again = register_candidate(office, &desk.clerk, mine).await.expect("the same answer");
        assert_eq!((again.number.as_str(), again.is_repeated), (first.number.as_str(), true));
        let late = register_candidate(office, &desk.clerk, theirs).await;
        assert!(matches!(late, Err(ServiceError::Stale)), "{late:?}");
        assert_eq!(desk.numbers().await, [(first.number, false)]);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn a_guest_leaves_on_the_last_day_and_has_a_series_of_its_own() {
    for desk in Desk::all().await {
        let id = desk
            .one(1, |c| {
                c.entry_kind = EntryKind::Farabi;
                c.ends_on = Some(Date::constant(2027, 1, 15));
                for (field, value) in [
                    (EntryField::HomeInstitution, "Deneme Üniversitesi"),
                    (EntryField::HomeProgramme, "Bilgisayar Mühendisliği"),
                    (EntryField::Agreement, "Farabi protokolü 2026"),
                ] {
                    c.details.set(field, value);
                }
            })
            .await;
        desk.bring_all(id).await;
        let opened = desk.open(id).await;
        assert_eq!(codes(&opened, Verdict::Refuses), Vec::<String>::new(), "{:#?}", opened.desk.assessment);
        let form = RegisterCandidate { decision: "Belgeler görüldü".to_owned(), ..desk.form(id).await };
        let done = register_candidate(desk.office(), &desk.clerk, form).await.expect("registered");
        assert_eq!(done.number, "92600001");
        assert_eq!(desk.enrolment(&done.number).await.ends_on, Some(Date::constant(2027, 1, 15)));
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn a_double_major_hangs_on_its_main_enrolment() {
    for desk in Desk::all().await {
        let main = desk.enrolment("240010003").await;
        let other = programme(&desk.office().db, "EEM-L").await;
        let id = desk
            .one(1, |c| {
                c.entry_kind = EntryKind::DoubleMajor;
                c.programme = other;
                c.identity_no = Some("99123456740".to_owned());
                c.main = Some(main.id);
                c.details.set(EntryField::Decision, "2026/31-3");
            })
            .await;
        desk.bring_all(id).await;
        let opened = desk.open(id).await;
        assert_eq!(opened.main_number.as_deref(), Some("240010003"));
        assert_eq!(codes(&opened, Verdict::Refuses), Vec::<String>::new(), "{:#?}", opened.desk.assessment);
        assert_eq!(codes(&opened, Verdict::Warns), ["desk-identity-differs"], "the list knows another name");
        let form = RegisterCandidate { decision: "Kimlik görüldü".to_owned(), ..desk.form(id).await };
        let done = register_candidate(desk.office(), &desk.clerk, form).await.expect("registered");
        let student = desk.enrolment(&done.number).await;
        assert_eq!(student.main, Some((LinkKind::DoubleMajor, main.id)));
        assert_eq!(student.person, main.person);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn whoever_studies_here_already_is_told_apart() {
    for desk in Desk::all().await {
        let same = desk.one(1, |c| c.identity_no = Some("98765432150".to_owned())).await;
        let opened = desk.open(same).await;
        assert!(!opened.desk.assessment.may_provisionally);
        let refused = codes(&opened, Verdict::Refuses);
        assert_eq!(&refused[..2], ["desk-already-student", "desk-second-programme"]);

        let soldier = desk.one(2, |c| c.clearances.military = Clearance::Obstacle).await;
        let opened = desk.open(soldier).await;
        assert_eq!(codes(&opened, Verdict::Refuses)[0], "desk-military-obstacle");
        assert!(!opened.desk.assessment.may_provisionally, "blocks");

        desk.wait(7);
        let late = desk.open(soldier).await;
        assert_eq!(codes(&late, Verdict::Refuses)[0], "desk-window-over", "the window is the first reason");
    }
}

#[tokio::test]
async fn whoever_was_registered_by_a_passport_is_known_again_by_it() {
    for desk in Desk::all().await {
        let by_passport = |c: &mut CandidateData| {
            c.identity_no = None;
            c.passport = Some("C01X00T47".to_owned());
            c.nationality = "DE".to_owned();
            c.entry_kind = EntryKind::International;
            c.details.set(EntryField::Exam, "SAT");
        };
        let first = desk.one(1, by_passport).await;
        desk.bring_all(first).await;
        let form = RegisterCandidate { decision: "Belgeler görüldü".to_owned(), ..desk.form(first).await };
        let number = register_candidate(desk.office(), &desk.clerk, form).await.expect("registered").number;
        let known = desk.enrolment(&number).await;

        // A year later the same passport brings the same person, with an identity number by now.
        let again = desk
            .one(2, |c| {
                by_passport(c);
                c.year = 2027;
                c.identity_no = Some("99000000042".to_owned());
            })
            .await;
        let opened = desk.open(again).await;
        assert_eq!(opened.desk.person, Some(known.person));
        assert!(codes(&opened, Verdict::Refuses).contains(&"desk-already-student".to_owned()));
        assert!(codes(&opened, Verdict::Warns).contains(&"desk-number-unknown".to_owned()));

        // The same sign on the passport of another country is somebody else.
        let other = desk
            .one(3, |c| {
                by_passport(c);
                c.year = 2025;
                c.nationality = "AZ".to_owned();
            })
            .await;
        assert_eq!(desk.open(other).await.desk.person, None);

        let header = "Pasaport No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu;Uyruk";
        let born = base::time::date_tr(opened.candidate.data.birth_date);
        let file = ListFile {
            name: "yos.csv".to_owned(),
            bytes: format!("{header}\nc01x00t47;Hanna;MUSTER;K;{born};BLM-L;DE\n").into_bytes(),
            kind: EntryKind::SpecialTalent,
            year: 2027,
            mapping: None,
        };
        let seen = preview_placement(desk.office(), &desk.clerk, file).await.expect("a preview");
        let PlacementChecked::List(seen) = seen else { panic!("{seen:?}") };
        let told: Vec<&str> = seen.warnings.iter().map(|fault| fault.code.as_ref()).collect();
        assert!(told.contains(&"already_student"), "{told:?}");
        assert!(seen.warnings.iter().any(|fault| fault.values.get("number") == Some(&number)));
    }
}

#[tokio::test]
async fn the_queue_is_in_turkish_order_and_calls_the_next_one() {
    for desk in Desk::all().await {
        let office = desk.office();
        let rows = [("Ali", "ŞAHİN"), ("Can", "ÇINAR"), ("Ela", "CEYLAN"), ("Su", "IŞIK"), ("Ece", "İNCE")]
            .into_iter()
            .zip(1..)
            .map(|((given, surname), serial)| candidate(serial, given, surname, desk.programme))
            .collect();
        desk.place(rows).await;
        let mut query = CandidateQuery { limit: 2, ..CandidateQuery::default() };
        let mut names = Vec::new();
        let mut ids = Vec::new();
        loop {
            let page = list_candidates(office, &desk.clerk, query.clone()).await.expect("a page");
            names.extend(page.rows.iter().map(|c| c.data.surname.clone()));
            ids.extend(page.rows.iter().map(|c| c.id));
            if query.after.is_none() {
                assert_eq!(page.counts, [(CandidateState::Waiting, 5)]);
            }
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        assert_eq!(names, ["CEYLAN", "ÇINAR", "IŞIK", "İNCE", "ŞAHİN"]);
        let next = async |after| {
            let query = CandidateQuery { after, limit: 1, ..CandidateQuery::default() };
            next_candidate(office, &desk.clerk, query).await.expect("next")
        };
        assert_eq!(next(None).await, Some(ids[0]));
        desk.bring_all(ids[1]).await;
        desk.register(ids[1]).await;
        assert_eq!(next(Some(ids[0])).await, Some(ids[2]), "who is registered waits no more");
        assert_eq!(next(Some(ids[4])).await, Some(ids[0]), "from the beginning again");
    }
}

#[tokio::test]
async fn advisors_are_given_by_rule_and_by_hand() {
    for desk in Desk::all().await {
        let office = desk.office();
        let rows = (1..=4).map(|n| candidate(n, "Işıl", "ÇINAR", desk.programme)).collect();
        let mut numbers = Vec::new();
        for id in desk.place(rows).await {
            desk.bring_all(id).await;
            numbers.push(desk.register(id).await);
        }
        let query = AdvisorQuery {
            programme: desk.programme,
            year: 2026,
            only: None,
            staff: Vec::new(),
            replace: false,
        };
        let plan = plan_advisors(office, &desk.clerk, query.clone()).await.expect("a plan");
        assert!(plan.students.iter().all(|s| s.then == s.now), "everybody has one already");
        let one = plan.staff[0].staff;
        let all = AdvisorQuery { staff: vec![one], replace: true, ..query.clone() };
        let changes = plan.students.iter().filter(|s| s.now != Some(one)).count();
        let assign = async |query, reference: &str| {
            let command = AssignAdvisors {
                query,
                ground_ref: reference.to_owned(),
                ground_on: "23.11.2026".to_owned(),
            };
            assign_advisors(office, &desk.clerk, command).await
        };
        assert_eq!(fields(assign(all.clone(), "").await.expect_err("why")), ["ground_ref ground-missing"]);
        assert_eq!(assign(all, "2026/7").await.expect("assigned"), changes);
        for number in &numbers {
            assert_eq!(desk.enrolment(number).await.advisor, Some(one));
        }
        let other = plan.staff[1].staff;
        let single = AdvisorQuery { only: Some(numbers[2].clone()), staff: vec![other], ..query };
        assert_eq!(assign(single, "2026/8").await.expect("assigned"), 1);
        assert_eq!(desk.enrolment(&numbers[2]).await.advisor, Some(other));
        assert_eq!(desk.enrolment(&numbers[1]).await.advisor, Some(one));
        desk.is_sound().await;
    }
}

/// Sixteen desks at once, some of which undo what they did and register again.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_number_is_given_twice_and_none_is_left_out() {
    const DESKS: usize = 16;
    for seed in [1, 2, 3] {
        for desk in Desk::all().await {
            let desk = Arc::new(desk);
            let rows = (1..=48).map(|n| candidate(n, "Işıl", "ÇINAR", desk.programme)).collect();
            let ids = desk.place(rows).await;
            for id in &ids {
                desk.bring_all(*id).await;
            }
            let chance = SeededChance::new(seed);
            let mut dice = vec![0_u8; ids.len()];
            chance.fill(&mut dice);
            let tasks: Vec<_> = (0..DESKS)
                .map(|place| {
                    let desk = Arc::clone(&desk);
                    let mine: Vec<(CandidateId, u8)> =
                        ids.iter().copied().zip(dice.iter().copied()).skip(place).step_by(DESKS).collect();
                    tokio::spawn(async move {
                        for (id, die) in mine {
                            desk.register(id).await;
                            // One in three is undone; half of those are registered again.
                            if die % 3 == 0 {
                                let version = desk.open(id).await.candidate.version;
                                let form =
                                    UndoRegistration { candidate: id, version, reason: "deneme".to_owned() };
                                undo_registration(desk.office(), &desk.clerk, form).await.expect("undone");
                                if die % 2 == 0 {
                                    desk.register(id).await;
                                }
                            }
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await.expect("a desk");
            }
            let undone = dice.iter().filter(|die| **die % 3 == 0).count();
            let again = dice.iter().filter(|die| **die % 6 == 0).count();
            let numbers = desk.numbers().await;
            let expected: Vec<String> = (1..=ids.len() + again).map(|n| format!("26001{n:04}")).collect();
            let given: Vec<&String> = numbers.iter().map(|(number, _)| number).collect();
            assert_eq!(given, expected.iter().collect::<Vec<_>>(), "every number, once, in order");
            assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), given.len());
            assert_eq!(numbers.iter().filter(|(_, cancelled)| *cancelled).count(), undone);
            desk.is_sound().await;
        }
    }
}
