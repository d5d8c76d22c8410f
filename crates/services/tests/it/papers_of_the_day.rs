//! Papers of registration day: who may have them, what they say, and the list of the day.

use base::{ids::DocumentId, lang::Lang, time::Date};
use domain::{
    documents::DocumentStatus,
    papers::{PaperKind, PaperState},
    registration::{Clearance, FeeState},
};
use serde_json::Value;
use services::{
    Actor, ServiceError,
    authz::Assignment,
    documents::{
        About, DocumentQuery, IssueDayList, IssueDocument, Issued, Verification, document_pdf,
        issue_day_list, issue_document, list_documents, print_again, show_document, verify_code,
    },
    registration::{
        FeeForm, RegisterCandidate, RenounceCandidate, TickPapers, TickedPaper, UndoRegistration,
        register_candidate, renounce_candidate, tick_papers, undo_registration,
    },
    students::open::open_student,
};
use storage::documents::Subject;

use crate::registration::Desk;

const KINDS: [&str; 4] =
    ["registration_confirmation", "missing_papers_notice", "registration_status_letter", "file_label"];
const TODAY: Date = Date::constant(2026, 11, 23);

impl Desk {
    async fn issue(&self, number: &str, kind: &str, lang: Lang) -> Result<Issued, ServiceError> {
        let form = IssueDocument {
            number: number.to_owned(),
            kind: kind.to_owned(),
            lang,
            ..IssueDocument::default()
        };
        issue_document(self.office(), &self.clerk, form).await
    }

    async fn list(&self, unit: &str, day: Date, key: Option<&str>) -> Result<Issued, ServiceError> {
        let form = IssueDayList {
            unit: unit.to_owned(),
            day,
            lang: Lang::Tr,
            idempotency_key: key.map(str::to_owned),
        };
        issue_day_list(self.office(), &self.clerk, form).await
    }

    /// What the template of a paper was given.
    async fn payload(&self, id: DocumentId) -> Value {
        let paper = self.office().db.read(move |db| storage::documents::fetch_printable(db, id)).await;
        serde_json::from_str(&paper.expect("read").expect("a paper").payload).expect("json")
    }

    async fn verified(&self, code: &str) -> services::documents::Genuine {
        match verify_code(self.office(), code, "somebody").await.expect("an answer") {
            Verification::Genuine(genuine) => *genuine,
            Verification::Unknown => panic!("{code} is unknown"),
        }
    }

    /// Registers a candidate provisionally, who owes the diploma until a day and the fee.
    async fn provisional(&self, serial: u32) -> String {
        let id = self.one(serial, |c| c.clearances.school = Clearance::Obstacle).await;
        self.bring_all(id).await;
        let diploma = TickedPaper {
            kind: PaperKind::SchoolDiploma,
            state: Some(PaperState::Missing),
            due_on: "18.12.2026".to_owned(),
            reason: "Okul henüz vermedi".to_owned(),
        };
        let form = TickPapers { candidate: id, papers: vec![diploma] };
        tick_papers(self.office(), &self.clerk, form).await.expect("ticked");
        let form = RegisterCandidate {
            provisional: true,
            until: "29.12.2026".to_owned(),
            notice_read: false,
            fee: FeeForm { state: Some(FeeState::Owed), ..FeeForm::default() },
            ..self.form(id).await
        };
        register_candidate(self.office(), &self.clerk, form).await.expect("registered").number
    }

    /// Registers a candidate finally with everything in the file and the fee paid.
    async fn finally(&self, serial: u32) -> String {
        let id = self.one(serial, |_| {}).await;
        self.bring_all(id).await;
        let fee = FeeForm {
            state: Some(FeeState::Paid),
            amount: "1.234,50".to_owned(),
            receipt: "D 17".to_owned(),
            paid_on: "20.11.2026".to_owned(),
        };
        let form = RegisterCandidate { fee, ..self.form(id).await };
        register_candidate(self.office(), &self.clerk, form).await.expect("registered").number
    }
}

fn refusal(result: Result<Issued, ServiceError>) -> Vec<String> {
    match result {
        Err(ServiceError::Refused(findings)) => {
            findings.with(regulations::Verdict::Refuses).map(|finding| finding.code.clone()).collect()
        }
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn whoever_is_registered_provisionally_gets_every_paper_of_the_day() {
    for desk in Desk::all().await {
        let number = desk.provisional(1).await;
        for (kind, lang) in KINDS.into_iter().flat_map(|kind| [(kind, Lang::Tr), (kind, Lang::En)]) {
            let issued =
                desk.issue(&number, kind, lang).await.unwrap_or_else(|error| panic!("{kind}: {error:?}"));
            assert_eq!(issued.status, DocumentStatus::Valid, "{kind}");
            let genuine = desk.verified(&issued.code).await;
            assert_eq!((genuine.kind.as_str(), genuine.lang), (kind, lang));
            assert_eq!(genuine.about, About::Student("I** Ç*****".to_owned()));
        }
        let issued = desk.issue(&number, "registration_confirmation", Lang::Tr).await.expect("issued");
        let body = desk.payload(issued.id).await["body"].take();
        assert_eq!(body["registration"]["kind"], "Geçici kayıt");
        assert_eq!(body["registration"]["made_on"], "23.11.2026");
        assert_eq!(body["registration"]["until"], "29.12.2026");
        assert_eq!(body["registration"]["fee"], "Ödenmedi");
        assert_eq!(body["registration"]["notice"], "Henüz okunmadı");
        assert_eq!(body["registration"]["made_by"], "Sistem");
        assert_eq!(body["owed"][0]["name"], "Lise diploması");
        assert_eq!(body["owed"][0]["due"], "18.12.2026");
        let notice = desk.issue(&number, "missing_papers_notice", Lang::En).await.expect("issued");
        let body = desk.payload(notice.id).await["body"].take();
        assert_eq!(body["owed"].as_array().map(Vec::len), Some(1));
        assert!(body["consequence"].as_str().expect("text").contains("29.12.2026"), "{body}");
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn a_final_registration_owes_nothing_and_says_so() {
    for desk in Desk::all().await {
        let number = desk.finally(1).await;
        assert_eq!(
            refusal(desk.issue(&number, "missing_papers_notice", Lang::Tr).await),
            ["missing-papers-notice-none"]
        );
        let issued = desk.issue(&number, "registration_confirmation", Lang::Tr).await.expect("issued");
        let body = desk.payload(issued.id).await["body"].take();
        assert_eq!(body["registration"]["kind"], "Kesin kayıt");
        assert_eq!(body["registration"]["until"], Value::Null);
        assert_eq!(body["registration"]["fee"], "Ödendi, 1.234,50 TL, D 17, 20.11.2026");
        assert_eq!(body["registration"]["papers"], "Tamam");
        assert_eq!(body["owed"], serde_json::json!([]));
        let label = desk.issue(&number, "file_label", Lang::Tr).await.expect("issued");
        let body = desk.payload(label.id).await["body"].take();
        assert_eq!(body["shelf_name"], "ÇINAR, Işıl");
        assert_eq!(body["held"].as_array().map(Vec::len), Some(3));
    }
}

#[tokio::test]
async fn what_was_taken_over_or_undone_has_no_papers_of_the_day() {
    for desk in Desk::all().await {
        // A student whose record an earlier system brought.
        let old = "240010001";
        for kind in KINDS {
            assert_eq!(refusal(desk.issue(old, kind, Lang::Tr).await), ["registration-not-here"], "{kind}");
        }
        let page = open_student(desk.office(), &desk.clerk, old.to_owned()).await.expect("opened");
        let offered: Vec<_> = page.printable.iter().map(|p| p.kind.key).collect();
        assert!(KINDS.iter().all(|kind| !offered.contains(kind)), "{offered:?}");

        let id = desk.one(1, |_| {}).await;
        desk.bring_all(id).await;
        let number = desk.register(id).await;
        let confirmation = desk.issue(&number, "registration_confirmation", Lang::Tr).await.expect("issued");
        let version = desk.open(id).await.candidate.version;
        let undo = UndoRegistration { candidate: id, version, reason: "Yanlış aday".to_owned() };
        undo_registration(desk.office(), &desk.clerk, undo).await.expect("undone");
        assert_eq!(desk.verified(&confirmation.code).await.status, DocumentStatus::Cancelled);
        for kind in ["registration_confirmation", "missing_papers_notice", "file_label"] {
            assert_eq!(refusal(desk.issue(&number, kind, Lang::Tr).await), ["registration-undone"], "{kind}");
        }
        let letter = desk.issue(&number, "registration_status_letter", Lang::Tr).await.expect("issued");
        let body = desk.payload(letter.id).await["body"].take();
        assert!(body["statement"].as_str().expect("text").contains("silinmiştir"), "{body}");
    }
}

#[tokio::test]
async fn papers_of_a_renounced_registration_are_not_valid_any_more() {
    for desk in Desk::all().await {
        let id = desk.one(1, |_| {}).await;
        desk.bring_all(id).await;
        let number = desk.register(id).await;
        let mut issued = Vec::new();
        for kind in ["registration_confirmation", "student_certificate"] {
            issued.push(desk.issue(&number, kind, Lang::Tr).await.expect("issued").code);
        }
        let form = RenounceCandidate {
            candidate: id,
            version: desk.open(id).await.candidate.version,
            ground_ref: "Dilekçe 2026/17".to_owned(),
            ground_on: "23.11.2026".to_owned(),
            returned: Vec::new(),
            returned_to: String::new(),
        };
        renounce_candidate(desk.office(), &desk.clerk, form).await.expect("renounced");
        for code in issued {
            assert_eq!(desk.verified(&code).await.status, DocumentStatus::Cancelled);
        }
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn the_list_of_a_day_is_a_paper_about_a_unit() {
    for desk in Desk::all().await {
        let office = desk.office();
        let (code, department) = ("MÜH", "BLM");
        let unit = office.db.read(|db| storage::institution::units::find(db, "MÜH", TODAY));
        let unit = unit.await.expect("read").expect("a unit").id;
        assert_eq!(refusal(desk.list(code, TODAY, None).await), ["daily-registration-list-empty"]);
        let tomorrow = TODAY.tomorrow().expect("a day");
        assert_eq!(refusal(desk.list(code, tomorrow, None).await), ["daily-registration-list-future"]);
        let finally = desk.finally(1).await;
        let provisional = desk.provisional(2).await;
        for wrong in [department, "YOK"] {
            let refused = desk.list(wrong, TODAY, None).await;
            assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{wrong}: {refused:?}");
        }

        let issued = desk.list(code, TODAY, Some("k1")).await.expect("issued");
        assert_eq!(
            (issued.number.as_str(), issued.is_repeated),
            ("2026/000001", false),
            "no number for a refusal"
        );
        let again = desk.list(code, TODAY, Some("k1")).await.expect("the same");
        assert_eq!((again.id, again.is_repeated), (issued.id, true));
        let body = desk.payload(issued.id).await["body"].take();
        assert_eq!(body["day"], "23.11.2026");
        let numbers: Vec<_> =
            body["rows"].as_array().expect("rows").iter().map(|row| row["number"].clone()).collect();
        assert_eq!(numbers, [finally.as_str(), provisional.as_str()]);
        assert_eq!(body["rows"][0]["by"], "Sistem");
        let total = &body["total"];
        assert_eq!((&total["finally"], &total["provisionally"]), (&"1".into(), &"1".into()));

        // Shown, verified and printed again without a person.
        let genuine = desk.verified(&issued.code).await;
        assert_eq!((genuine.kind.as_str(), genuine.about), ("daily_registration_list", About::Day(TODAY)));
        let shown = show_document(office, &desk.clerk, issued.id).await.expect("shown").document;
        assert_eq!((shown.subject, shown.student), (Subject::Day { unit, day: TODAY }, None));
        let pdf = document_pdf(office, &desk.clerk, issued.id).await.expect("a file");
        assert_eq!(pdf.name, "2026-000001_20261123.pdf");
        print_again(office, &desk.clerk, issued.id).await.expect("a copy");
        let named = office.db.read(storage::probe::named).await.expect("audit").into_iter();
        let named: Vec<(String, usize)> =
            named.map(|(act, shown)| (act, shown.matches(',').count() - 1)).collect();
        assert!(named.contains(&("issue_document".to_owned(), 2)), "{named:?}");
        assert!(named.contains(&("print_document_again".to_owned(), 2)), "{named:?}");
        let listed = list_documents(
            office,
            &desk.clerk,
            DocumentQuery { limit: 10, unit: Some(unit), ..DocumentQuery::default() },
        )
        .await
        .expect("a list");
        assert_eq!(listed.rows.len(), 1);

        // Another of the same day takes its place; one of another unit does not.
        let later = desk.list(code, TODAY, None).await.expect("issued");
        assert_eq!(desk.verified(&issued.code).await.status, DocumentStatus::Superseded);
        let shown = show_document(office, &desk.clerk, issued.id).await.expect("shown");
        assert_eq!(shown.current, Some(later.id));

        // A clerk of another unit does not know of it, nor does a student.
        let elsewhere = office.db.read(move |db| storage::probe::unit_apart(db, unit)).await.expect("read");
        let held = |role, unit| Actor {
            roles: vec![Assignment { role, unit, programme: None }],
            ..desk.clerk.clone()
        };
        let student = Actor {
            person: Some(desk.enrolment(&finally).await.person),
            ..held(domain::accounts::Role::Student, None)
        };
        let mut strangers = vec![student];
        strangers.extend(elsewhere.map(|unit| held(domain::accounts::Role::Clerk, Some(unit))));
        for stranger in strangers {
            let hidden = show_document(office, &stranger, later.id).await;
            assert!(matches!(hidden, Err(ServiceError::NotFound)), "{hidden:?}");
            let listed =
                list_documents(office, &stranger, DocumentQuery { limit: 10, ..DocumentQuery::default() })
                    .await;
            assert!(listed.expect("a list").rows.iter().all(|row| row.student.is_some()));
        }
        let own = held(domain::accounts::Role::Clerk, Some(unit));
        assert_eq!(show_document(office, &own, later.id).await.expect("shown").document.id, later.id);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn the_list_of_a_day_is_no_paper_for_a_list_of_students() {
    for desk in Desk::all().await {
        let number = desk.finally(1).await;
        let wrong = desk.issue(&number, "daily_registration_list", Lang::Tr).await;
        assert!(matches!(wrong, Err(ServiceError::Invalid(_))), "{wrong:?}");
    }
}
