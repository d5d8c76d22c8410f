//! One answer about a paper wherever it is asked: the desk, the student's page, figures, papers of the day, the start
//! page; and the notice that is read with a registration.

use base::{ids::CandidateId, time::Date};
use domain::{
    papers::{DayBasis, PaperKind, PaperStanding, PaperState},
    registration::{Clearance, WindowKind},
};
use regulations::Verdict;
use services::{
    ServiceError,
    first_day::read_notice,
    registration::{
        DecideProvisional, ProvisionalDecision, RegisterCandidate, RenounceCandidate, RestoreCandidate,
        decide_provisional, figures, register_candidate, renounce_candidate, restore_candidate, show_notice,
    },
    start::open_start,
    students::{
        keep_paper::{KeepPaper, keep_paper},
        open::open_student,
    },
};
use testkit::candidates::open_window;

use crate::registration::{Desk, codes, fields};

const fn december(day: i8) -> Date {
    Date::constant(2026, 12, day)
}

impl Desk {
    /// Registers provisionally somebody who has not left school yet, until 1 December.
    async fn waits_until_december(&self, serial: u32) -> (CandidateId, String) {
        let id = self.one(serial, |c| c.clearances.school = Clearance::Obstacle).await;
        self.tick(id, PaperKind::Photograph, PaperState::Received).await;
        self.tick(id, PaperKind::SchoolDiploma, PaperState::Missing).await;
        let form = RegisterCandidate {
            provisional: true,
            decision: "Sağlık koşulu yok, ek puan yok".to_owned(),
            until: "01.12.2026".to_owned(),
            ..self.form(id).await
        };
        let done = register_candidate(self.office(), &self.clerk, form).await.expect("registered");
        (id, done.number)
    }

    /// The last day of the diploma at the desk, on the student's page and on the start page.
    async fn days(&self, id: CandidateId, number: &str) -> [Option<(Date, DayBasis)>; 3] {
        let opened = self.open(id).await;
        let line = opened.desk.papers.lines.iter().find(|line| line.kind == PaperKind::SchoolDiploma);
        let at_desk = line.and_then(|line| opened.desk.last_day(&opened.candidate, line));
        let page = open_student(self.office(), &self.clerk, number.to_owned()).await.expect("a student");
        let line = page.papers.lines.iter().find(|line| line.kind == PaperKind::SchoolDiploma);
        let on_page = line.and_then(|line| page.file.last_day(line));
        let start = open_start(self.office(), &self.clerk, None).await.expect("a start page");
        let (_, papers) = start.missing.expect("papers");
        let first = papers.iter().find(|awaited| awaited.paper.number == number);
        [at_desk, on_page, first.and_then(|awaited| awaited.due)]
    }

    async fn standing(&self, id: CandidateId, kind: PaperKind) -> Option<PaperStanding> {
        let opened = self.open(id).await;
        opened.desk.papers.lines.iter().find(|line| line.kind == kind).map(|line| line.standing)
    }
}

fn handed_in(number: &str, kind: PaperKind) -> KeepPaper {
    KeepPaper {
        number: number.to_owned(),
        row: None,
        kind,
        state: PaperState::Received,
        description: String::new(),
        scan: None,
    }
}

#[tokio::test]
async fn the_last_day_of_a_paper_is_the_same_everywhere() {
    for desk in Desk::all().await {
        let office = desk.office();
        let (id, number) = desk.waits_until_december(1).await;
        let decided = |day| [Some((december(day), DayBasis::Provisional)); 3];
        assert_eq!(desk.days(id, &number).await, decided(1));
        // A window that opens for all changes nothing of what was decided for one.
        let (first, last) = (Date::constant(2026, 11, 16), december(20));
        open_window(&office.db, office.now(), WindowKind::MissingPapers, first, last).await;
        assert_eq!(desk.days(id, &number).await, decided(1));
        let start = open_start(office, &desk.clerk, None).await.expect("a start page");
        assert_eq!(start.overdue, Some(0));

        desk.wait(9);
        let start = open_start(office, &desk.clerk, None).await.expect("a start page");
        assert_eq!(start.overdue, Some(1), "it waits for a decision");
        let form = DecideProvisional {
            candidate: id,
            version: desk.open(id).await.candidate.version,
            decision: Some(ProvisionalDecision::Extend),
            until: "15.12.2026".to_owned(),
            ground_ref: "2026/14-03".to_owned(),
            ground_on: "30.11.2026".to_owned(),
        };
        decide_provisional(office, &desk.clerk, form).await.expect("extended");
        assert_eq!(desk.days(id, &number).await, decided(15));
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn what_a_student_hands_in_is_seen_at_the_desk() {
    for desk in Desk::all().await {
        let office = desk.office();
        let (id, number) = desk.waits_until_december(1).await;
        assert_eq!(desk.standing(id, PaperKind::SchoolDiploma).await, Some(PaperStanding::Missing));
        keep_paper(office, &desk.clerk, handed_in(&number, PaperKind::SchoolDiploma)).await.expect("kept");
        keep_paper(office, &desk.clerk, handed_in(&number, PaperKind::IdentityCopy)).await.expect("kept");
        assert_eq!(desk.standing(id, PaperKind::SchoolDiploma).await, Some(PaperStanding::Held));
        assert_eq!(desk.standing(id, PaperKind::IdentityCopy).await, Some(PaperStanding::Held));
        let held = desk.open(id).await.desk.held;
        let diplomas = held.iter().filter(|paper| paper.kind == PaperKind::SchoolDiploma).count();
        assert_eq!(diplomas, 1, "what was missing has come; it is no second paper");
        let counted = figures::figures(office, &desk.clerk, figures::FigureQuery::default()).await;
        assert_eq!(counted.expect("figures").totals.missing_papers, 0);
    }
}

#[tokio::test]
async fn what_was_given_back_is_missing_everywhere() {
    for desk in Desk::all().await {
        let office = desk.office();
        let id = desk.one(1, |_| {}).await;
        desk.bring_all(id).await;
        desk.register(id).await;
        let form = RenounceCandidate {
            candidate: id,
            version: desk.open(id).await.candidate.version,
            ground_ref: "E.2026/7".to_owned(),
            ground_on: "23.11.2026".to_owned(),
            returned: vec![PaperKind::SchoolDiploma],
            returned_to: String::new(),
        };
        renounce_candidate(office, &desk.clerk, form).await.expect("renounced");
        let form = RestoreCandidate {
            candidate: id,
            version: desk.open(id).await.candidate.version,
            ground_ref: "2026/15-02".to_owned(),
            ground_on: "23.11.2026".to_owned(),
        };
        restore_candidate(office, &desk.clerk, form).await.expect("restored");
        let form =
            RegisterCandidate { provisional: true, until: "01.12.2026".to_owned(), ..desk.form(id).await };
        let number = register_candidate(office, &desk.clerk, form).await.expect("registered").number;
        assert_eq!(desk.standing(id, PaperKind::SchoolDiploma).await, Some(PaperStanding::Missing));
        let page = open_student(office, &desk.clerk, number.clone()).await.expect("a student");
        let owed: Vec<_> = page.file.owed_papers(&office.book).into_iter().map(|paper| paper.kind).collect();
        assert_eq!(owed, [PaperKind::SchoolDiploma]);
        assert_eq!(page.papers.count(PaperStanding::Missing), 1);
        let counted = figures::figures(office, &desk.clerk, figures::FigureQuery::default()).await;
        assert_eq!(counted.expect("figures").totals.missing_papers, 1);
        // It comes again, on the student's page this time.
        keep_paper(office, &desk.clerk, handed_in(&number, PaperKind::SchoolDiploma)).await.expect("kept");
        assert_eq!(desk.standing(id, PaperKind::SchoolDiploma).await, Some(PaperStanding::Held));
    }
}

#[tokio::test]
async fn a_provisional_registration_whose_day_is_over_is_completed_on_a_decision_alone() {
    for desk in Desk::all().await {
        let office = desk.office();
        let (id, number) = desk.waits_until_december(1).await;
        desk.wait(9);
        keep_paper(office, &desk.clerk, handed_in(&number, PaperKind::SchoolDiploma)).await.expect("kept");
        let candidate = desk.open(id).await.candidate;
        let permit = services::authz::for_own_account(services::authz::SYSTEM_ACCOUNT, office.now(), "test");
        let mut now = candidate.data.clone();
        now.clearances.school = Clearance::Clear;
        office
            .db
            .write(move |tx| storage::candidates::update(tx, &permit, id, candidate.version, &now, &[1; 32]))
            .await
            .expect("the ministry answered");
        let asked = codes(&desk.open(id).await, Verdict::NeedsHuman);
        assert!(asked.contains(&"desk-provisional-over".to_owned()), "{asked:?}");
        let form = RegisterCandidate { decision: String::new(), ..desk.form(id).await };
        let wrong = register_candidate(office, &desk.clerk, form.clone()).await.expect_err("nobody decided");
        assert_eq!(fields(wrong), ["decision decision-needed"]);
        let form = RegisterCandidate { decision: "Kurul kararı 2026/16-01".to_owned(), ..form };
        let first = desk.open(id).await.registration.expect("a registration").notice_read_at;
        register_candidate(office, &desk.clerk, form).await.expect("registered");
        let read = desk.open(id).await.registration.expect("a registration").notice_read_at;
        assert_eq!(read, first, "the same version is not read a second time");
        assert_eq!(desk.numbers().await, [(number, false)]);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn the_notice_that_is_shown_is_the_one_that_is_recorded() {
    for desk in Desk::all().await {
        let office = desk.office();
        let shown = show_notice(office, None).expect("a notice");
        assert!(shown.is_current);
        for lang in base::lang::Lang::ALL {
            let parts = shown.parts(lang);
            assert!(parts.len() >= 5, "what the law asks for: {parts:?}");
            assert!(parts.iter().all(|(title, text)| !title.is_empty() && !text.contains(['{', '}'])));
        }
        assert!(matches!(show_notice(office, Some("1999-1")), Err(ServiceError::NotFound)));
        let version = shown.notice.version;

        let id = desk.one(1, |_| {}).await;
        desk.bring_all(id).await;
        let number = desk.register(id).await;
        let read = desk.open(id).await.registration.expect("a registration");
        assert_eq!(read.notice_version, version);
        assert!(show_notice(office, Some(&read.notice_version)).is_ok(), "what was read can be read again");

        // A student confirms what was shown, not what has taken its place since.
        let enrolment = desk.enrolment(&number).await;
        let stale = read_notice(office, &desk.clerk, enrolment.id, "1999-1".to_owned()).await;
        assert!(stale.is_err(), "{stale:?}");
    }
}
