//! The papers of an orientation: the notice, the sign-in sheet, and the certificate of participation.

use std::time::Duration;

use base::{
    ids::{DocumentId, OrientationId, SessionId},
    lang::Lang,
};
use domain::{accounts::Role, documents::DocumentStatus};
use serde_json::Value;
use services::{
    Action, Actor, ServiceError,
    authz::Assignment,
    documents::{
        About, IssueDocument, IssueOrientationPaper, Issued, OrientationPaper, Verification, document_pdf,
        issue_document, issue_orientation_paper, list_documents, show_document, verify_code,
    },
    orientation::{acknowledge_handbook, attend_by_number, find_session, invite_students, remove_session},
};
use storage::documents::Subject;

use crate::{
    house::House,
    orientation::{FEN, IKT, clerk, student},
};

const HOUR: Duration = Duration::from_secs(60 * 60);

/// The finding that refuses.
fn refusal(answer: Result<Issued, ServiceError>) -> Vec<String> {
    match answer.expect_err("a refusal") {
        ServiceError::Refused(findings) => {
            findings.with(regulations::Verdict::Refuses).map(|finding| finding.code.to_string()).collect()
        }
        other => panic!("{other:?}"),
    }
}

impl House {
    /// Gives the faculty a secretary, who signs.
    async fn secretary(&self) {
        let hired = self.office.db.write(|tx| {
            let (who, unit) = (base::ids::StaffId::new(1), base::ids::UnitId::new(2));
            storage::probe::hire(tx, who, ("Gülşah", "ÇELİKOĞLU"), unit)?;
            storage::probe::appoint(tx, who, unit, "secretary")
        });
        hired.await.expect("a secretary");
    }

    async fn paper(
        &self,
        actor: &Actor,
        paper: OrientationPaper,
        key: Option<&str>,
    ) -> Result<Issued, ServiceError> {
        let idempotency_key = key.map(str::to_owned);
        issue_orientation_paper(
            &self.office,
            actor,
            IssueOrientationPaper { paper, lang: Lang::Tr, idempotency_key },
        )
        .await
    }

    async fn notice(&self, of: OrientationId) -> Result<Issued, ServiceError> {
        self.paper(&clerk(FEN), OrientationPaper::Notice(of), None).await
    }

    async fn sheet(&self, of: SessionId) -> Result<Issued, ServiceError> {
        self.paper(&clerk(FEN), OrientationPaper::SignInSheet(of), None).await
    }

    async fn certificate(&self, number: &str) -> Result<Issued, ServiceError> {
        let form = IssueDocument {
            number: number.to_owned(),
            kind: "participation_certificate".to_owned(),
            lang: Lang::Tr,
            ..IssueDocument::default()
        };
        issue_document(&self.office, &clerk(FEN), form).await
    }

    async fn body(&self, id: DocumentId) -> Value {
        let paper = self.office.db.read(move |db| storage::documents::fetch_printable(db, id)).await;
        let payload = paper.expect("read").expect("a paper").payload;
        serde_json::from_str::<Value>(&payload).expect("json")["body"].take()
    }

    async fn about(&self, code: &str) -> (About, DocumentStatus) {
        match verify_code(&self.office, code, "somebody").await.expect("an answer") {
            Verification::Genuine(genuine) => (genuine.about, genuine.status),
            Verification::Unknown => panic!("{code} is unknown"),
        }
    }

    /// How many people the last row of an act names.
    async fn named(&self, action: &'static str) -> Option<String> {
        assert!(self.office.reads.flush().await, "flushed");
        let named = self.office.db.read(storage::probe::named).await.expect("a look");
        named.into_iter().rfind(|(act, _)| act == action).map(|(_, shown)| shown)
    }
}

#[tokio::test]
async fn the_notice_tells_of_what_is_to_come_and_names_nobody() {
    for house in House::all().await {
        let people = house.newcomers().await;
        assert_eq!(refusal(house.notice(people.fen).await), ["orientation-notice-empty", "no-signatory"]);
        house.secretary().await;
        assert_eq!(refusal(house.notice(people.fen).await), ["orientation-notice-empty"], "{}", house.engine);
        house.session(people.fen, "Açılış", false).await;
        for (who, wanted) in [(clerk(IKT), "not found"), (student(people.işıl), "forbidden")] {
            let refused = house.paper(&who, OrientationPaper::Notice(people.fen), None).await;
            match (wanted, refused) {
                ("not found", Err(ServiceError::NotFound))
                | ("forbidden", Err(ServiceError::Forbidden(Action::ManageOrientation))) => {}
                (wanted, other) => panic!("{wanted}: {other:?}"),
            }
        }
        let key = Some("k1");
        let first =
            house.paper(&clerk(FEN), OrientationPaper::Notice(people.fen), key).await.expect("issued");
        assert_eq!(first.number, "2026/000001", "no number for a refusal");
        let again =
            house.paper(&clerk(FEN), OrientationPaper::Notice(people.fen), key).await.expect("issued");
        assert_eq!((again.id, again.is_repeated), (first.id, true));
        let body = house.body(first.id).await;
        assert_eq!(body["sessions"][0]["title"], "Açılış");
        assert_eq!(body["portal"], "https://kunye.example.invalid/oryantasyon");
        assert_eq!(house.about(&first.code).await, (About::Orientation, DocumentStatus::Valid));
        let shown = show_document(&house.office, &clerk(FEN), first.id).await.expect("shown").document;
        let subject = Subject::Orientation { orientation: people.fen, session: None };
        assert_eq!((shown.subject, shown.student, shown.holder.as_str()), (subject, None, ""));
        let pdf = document_pdf(&house.office, &clerk(FEN), first.id).await.expect("a file");
        assert_eq!(pdf.name, format!("2026-000001_oryantasyon{}.pdf", people.fen));
        // A new programme is a new notice, which takes the place of the former.
        house.session(people.fen, "Kampüs turu", false).await;
        let second = house.notice(people.fen).await.expect("issued");
        assert_eq!(house.body(second.id).await["sessions"].as_array().map(Vec::len), Some(2));
        assert_eq!(house.about(&first.code).await.1, DocumentStatus::Superseded);
        house.clock.advance(4 * HOUR);
        assert_eq!(refusal(house.notice(people.fen).await), ["orientation-notice-over"]);
        let papers = list_documents(&house.office, &clerk(FEN), Default::default()).await.expect("a list");
        assert!(papers.rows.is_empty() || papers.rows.len() <= 2);
        assert!(matches!(
            show_document(&house.office, &clerk(IKT), first.id).await,
            Err(ServiceError::NotFound)
        ));
    }
}

#[tokio::test]
async fn the_sheet_names_whom_the_session_expects_and_verifying_it_names_nobody() {
    for house in House::all().await {
        let people = house.newcomers().await;
        house.secretary().await;
        let first = house.session(people.fen, "Açılış", false).await;
        assert_eq!(refusal(house.sheet(first).await), ["sign-in-sheet-empty"], "{}", house.engine);
        invite_students(&house.office, &clerk(FEN), people.fen).await.expect("invited");
        let sheet = house.sheet(first).await.expect("issued");
        let body = house.body(sheet.id).await;
        let lines: Vec<&str> = body["lines"]
            .as_array()
            .expect("lines")
            .iter()
            .map(|line| line["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(lines, ["Işıl ÖRNEK", "Çağrı UYDURMA"]);
        assert!(!body.to_string().contains("identity"), "numbers and names for signing, nothing else");
        // Whose names went out stands in the log.
        let both =
            |shown: Option<String>| shown.map(|shown| shown.split(',').filter(|id| !id.is_empty()).count());
        assert_eq!(both(house.named("issue_document").await), Some(2));
        document_pdf(&house.office, &clerk(FEN), sheet.id).await.expect("a file");
        assert_eq!(both(house.named("read_document").await), Some(2));
        let (about, _) = house.about(&sheet.code).await;
        assert_eq!(about, About::Day(house.office.today()));

        // Two sessions of a day have two sheets; that of a repeat is for those who did not come.
        let repeat = house.session(people.fen, "Yineleme", true).await;
        attend_by_number(&house.office, &clerk(FEN), first, "240010001".to_owned()).await.expect("came");
        let other = house.sheet(repeat).await.expect("issued");
        assert_eq!(house.body(other.id).await["lines"].as_array().map(Vec::len), Some(1));
        assert_eq!(house.about(&sheet.code).await.1, DocumentStatus::Valid);
        let newer = house.sheet(first).await.expect("issued");
        assert_eq!(house.about(&sheet.code).await.1, DocumentStatus::Superseded);
        assert_eq!(house.about(&newer.code).await.1, DocumentStatus::Valid);

        // A session that is taken out of the programme keeps the papers that went out.
        let found = find_session(&house.office, &clerk(FEN), repeat).await.expect("a session");
        remove_session(&house.office, &clerk(FEN), repeat, found.session.version).await.expect("removed");
        assert!(matches!(
            find_session(&house.office, &clerk(FEN), repeat).await,
            Err(ServiceError::NotFound)
        ));
        assert!(matches!(house.sheet(repeat).await, Err(ServiceError::NotFound)));
        assert_eq!(house.about(&other.code).await, (About::Day(house.office.today()), DocumentStatus::Valid));
        show_document(&house.office, &clerk(FEN), other.id).await.expect("still shown");
    }
}

#[tokio::test]
async fn whoever_came_gets_a_certificate_that_anybody_can_verify() {
    for house in House::all().await {
        let people = house.newcomers().await;
        house.secretary().await;
        invite_students(&house.office, &clerk(FEN), people.fen).await.expect("invited");
        let session = house.session(people.fen, "Açılış", false).await;
        assert_eq!(refusal(house.certificate("240010001").await), ["participation-certificate-none"]);
        attend_by_number(&house.office, &clerk(FEN), session, "240010001".to_owned()).await.expect("came");
        house.rules(people.fen).await;
        acknowledge_handbook(&house.office, &student(people.işıl), people.fen).await.expect("read");
        let issued = house.certificate("240010001").await.expect("issued");
        let body = house.body(issued.id).await;
        assert_eq!(
            (&body["name"], &body["study"]["student_number"]),
            (&"Işıl ÖRNEK".into(), &"240010001".into())
        );
        assert_eq!(body["attended"][0]["title"], "Hoş geldiniz – FEN", "{}", house.engine);
        assert_eq!(body["attended"][0]["sessions"][0]["title"], "Açılış");
        assert!(body["attended"][0]["acknowledged"].as_str().expect("text").contains("23.11.2026"));
        assert_eq!(house.about(&issued.code).await.0, About::Student("I** Ö*****".to_owned()));
        // The other one did not come, whatever he was invited to.
        assert_eq!(refusal(house.certificate("240010002").await), ["participation-certificate-none"]);
        // The student finds it among the own papers.
        let query = services::documents::DocumentQuery { limit: 10, ..Default::default() };
        let own = list_documents(&house.office, &student(people.işıl), query).await;
        assert_eq!(own.expect("a list").rows.len(), 1);
        let stranger = Actor {
            roles: vec![Assignment { role: Role::Student, unit: None, programme: None }],
            ..student(people.other)
        };
        assert!(matches!(
            document_pdf(&house.office, &stranger, issued.id).await,
            Err(ServiceError::NotFound)
        ));
    }
}
