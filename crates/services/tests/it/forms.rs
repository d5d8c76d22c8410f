//! Forms that are sent twice, and the reasons that forms ask for.

use base::time::date_tr;
use domain::enrolments::{EnrolmentStatus, LinkKind};
use domain::ledger::GroundKind;
use services::{
    Actor, Office, ServiceError,
    students::{
        change_contact::{ChangeContact, change_contact},
        change_status::{ChangeStatus, ReverseEntry, change_status, reverse_entry},
        link_enrolment::{LinkEnrolment, link_enrolment},
        write_note::write_note,
    },
};
use storage::audit::{AuditFilter, AuditLine};

use crate::registry::{ON_LEAVE, enrolment, stocked};

fn sent(key: &str) -> Actor {
    Actor { form: Some(key.to_owned()), ..Actor::system("test") }
}

async fn log(office: &Office, action: &str) -> Vec<AuditLine> {
    let filter = AuditFilter { action: action.to_owned(), limit: 100, ..AuditFilter::default() };
    office.db.read(move |db| storage::audit::list(db, &filter)).await.expect("log")
}

async fn reasons(office: &Office, action: &str) -> Vec<String> {
    log(office, action).await.into_iter().filter_map(|line| line.reason).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_acts_once_and_answers_alike() {
    for kit in stocked().await {
        let office = &kit.office;
        let note = async |key: &str| {
            write_note(office, &sent(key), ON_LEAVE.to_owned(), "aradı".to_owned()).await.expect("note")
        };
        // At the same time, as a double click is, and later.
        let (first, second) = tokio::join!(note("a"), note("a"));
        assert_eq!((first, note("a").await), (second, first));
        assert_eq!(log(office, "write_note").await.len(), 1);
        assert_ne!(note("b").await, first);
        assert_eq!(log(office, "write_note").await.len(), 2);
        let person = enrolment(office, ON_LEAVE).await.person;
        let contact = async |key: &str, address: &str, version: i64| {
            let form = ChangeContact {
                number: ON_LEAVE.to_owned(),
                email: String::new(),
                phone: String::new(),
                address: address.to_owned(),
                version,
            };
            change_contact(office, &sent(key), form).await
        };
        let read = async || {
            office.db.read(move |db| storage::people::fetch_contact(db, person)).await.expect("contact")
        };
        let version = read().await.version;
        contact("c", "Gül Sk. 4", version).await.expect("saved");
        contact("c", "Gül Sk. 4", version).await.expect("answered like the first");
        let other = contact("d", "Gül Sk. 5", version).await;
        assert!(matches!(other, Err(ServiceError::Stale)), "another form is no repetition: {other:?}");
        assert_eq!(read().await.address.as_deref(), Some("Gül Sk. 4"));
        let empty = write_note(office, &sent("e"), ON_LEAVE.to_owned(), " ".to_owned()).await;
        assert!(matches!(empty, Err(ServiceError::Invalid(_))), "{empty:?}");
        // What was refused left no key: mended, the same form acts.
        assert_ne!(note("e").await, first);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_says_why_where_a_form_asked() {
    for kit in stocked().await {
        let (office, console) = (&kit.office, kit.console());
        assert_eq!(reasons(office, "change_identity").await, ["Soyadı düzeltildi"]);
        assert_eq!(reasons(office, "change_status").await, ["Sağlık raporu"]);
        let form = ChangeStatus {
            number: ON_LEAVE.to_owned(),
            status: Some(EnrolmentStatus::Active),
            effective_on: "02.11.2026".to_owned(),
            ground: GroundKind::BoardDecision,
            ground_ref: "2026/15-01".to_owned(),
            ground_on: "30.10.2026".to_owned(),
            reason: " ".to_owned(),
            version: enrolment(office, ON_LEAVE).await.version,
        };
        let twice = sent("status");
        let entry = change_status(office, &twice, form.clone()).await.expect("status");
        assert_eq!(change_status(office, &twice, form).await.expect("answered like the first"), entry);
        assert_eq!(reasons(office, "change_status").await, ["2026/15-01", "Sağlık raporu"]);
        let undo = ReverseEntry {
            number: ON_LEAVE.to_owned(),
            entry,
            ground_ref: "2026/16-02".to_owned(),
            ground_on: date_tr(office.today()),
            reason: "Yanlış öğrenci".to_owned(),
        };
        let twice = sent("undo");
        let undone = reverse_entry(office, &twice, undo.clone()).await.expect("reversed");
        assert_eq!(reverse_entry(office, &twice, undo).await.expect("answered like the first"), undone);
        assert_eq!(reasons(office, "reverse_entry").await, ["Yanlış öğrenci"]);
        let link = LinkEnrolment {
            number: "250020001".to_owned(),
            kind: Some(LinkKind::ALL[0]),
            main_number: ON_LEAVE.to_owned(),
            ground_ref: "2026/17-04".to_owned(),
            ground_on: date_tr(office.today()),
            version: enrolment(office, "250020001").await.version,
        };
        link_enrolment(office, &console, link).await.expect("linked");
        let said = reasons(office, "change_status").await;
        assert_eq!(said.first().map(String::as_str), Some("2026/17-04"));
    }
}
