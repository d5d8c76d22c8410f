//! The papers on a student's page and in the API, in both languages.
#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

use axum::http::Method;
use base::time::Date;
use domain::{
    accounts::Role,
    enrolments::{EnrolmentStatus, EntryKind},
    ledger::{Draft, Ground, GroundKind, LedgerKind, Subject},
};
use serde_json::{Value, json};
use services::{Office, authz};
use storage::{
    enrolments::{self, NewEnrolment},
    ledger,
};

use crate::{
    api_house::House,
    browser::{Browser, Campus, Page},
};

/// Registers the person of an enrolment once more, as placed by YKS on 2 September 2024.
async fn place(office: &Office, number: &'static str, new: &'static str) {
    let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, office.now(), "test");
    let random = office.random.clone();
    let entered_on = Date::constant(2024, 9, 2);
    let placed = office.db.write(move |tx| {
        let there = enrolments::find_by_number(tx, number)?.expect("an enrolment");
        let enrolment = NewEnrolment {
            person: there.person,
            number: new.to_owned(),
            programme: there.programme,
            curriculum: there.curriculum,
            entry_kind: EntryKind::Yks,
            entry_year: 2024,
            entered_on,
            class_year: 1,
            advisor: None,
            ends_on: None,
        };
        let id = enrolments::insert(tx, &permit, &enrolment)?;
        let draft = Draft {
            subject: Subject::from(id),
            kind: LedgerKind::Enrolled,
            effective_on: entered_on,
            status_after: Some(EnrolmentStatus::Active),
            ground: Ground::new(GroundKind::Placement, "YKS 2024"),
            payload: json!({}),
            text: None,
            reverses: None,
        };
        ledger::append(tx, &permit, &draft, random.as_ref())?;
        ledger::settle_status(tx, &permit, id)?;
        storage::search::refresh(tx, &permit, id)
    });
    placed.await.expect("placed");
}

/// The card of papers.
async fn card(browser: &mut Browser<'_>, number: &str) -> String {
    let page = browser.get(&format!("/ogrenci/{number}")).await.is(200);
    page.between("id=\"evrak\"", "</section>")
}

#[track_caller]
fn says(card: &str, texts: &[&str]) {
    for text in texts {
        assert!(card.contains(text), "it does not say “{text}”: {card}");
    }
}

async fn record(browser: &mut Browser<'_>, number: &str, kind: &str, state: &str) -> Page {
    let path = format!("/ogrenci/{number}/evrak");
    browser.get(&path).await.is(200);
    browser.post(&path, &[("kind", kind), ("state", state), ("description", "")]).await
}

#[tokio::test]
async fn the_page_says_what_is_missing_until_when_and_under_which_article() {
    let campus = Campus::sqlite().await;
    place(&campus.kit.office, "240010001", "240019999").await;
    campus.account("oidb", Role::Registrar, None).await;
    let mut desk = campus.signed_in("oidb").await;

    let turkish = card(&mut desk, "240019999").await;
    let article = "Örnek Ü. Kayıt Yönergesi (uydurma) m.11/1-a (OR-26)";
    says(
        &turkish,
        &[
            "Lise diploması",
            "Son gün 31.12.2024 geçti · aslı ya da onaylı örneği · Yeni mezunlardan mezuniyet belgesi de alınır.",
            article,
            "m.16/1 (OR-27)",
            "Eksik",
            "Fotoğraf",
            "Son gün kayıt günü: 02.09.2024",
            "Alan belgesi",
            "Yalnız şunlardan istenir: ek puanla yerleşenler",
            "Sorulacak",
            "02.09.2024 günü “Yükseköğretim Kurumları Sınavı (YKS)” girişinde istenen evrakla karşılaştırıldı.",
        ],
    );
    let (missing, ask) =
        (turkish.find("Eksik").expect("missing"), turkish.find("Sorulacak").expect("to ask"));
    assert!(missing < ask, "missing papers come first");

    record(&mut desk, "240019999", "school_diploma", "received").await.leads_to("/ogrenci/240019999#evrak");
    let turkish = card(&mut desk, "240019999").await;
    says(&turkish, &["Alındı", "23.11.2026 · Deneme oidb"]);
    assert!(!turkish.contains(article), "nothing is asked of a paper that is there: {turkish}");

    desk.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    says(
        &card(&mut desk, "240019999").await,
        &[
            "Photograph",
            "Due on the day of registration: 02.09.2024 · 4.5×6 cm, two prints.",
            "Missing",
            "Asked for only from: placed with extra points",
            "To be asked",
            "School diploma",
            "Received",
            "Compared with what “Higher Education Institutions Examination (YKS)” asked for on 02.09.2024.",
        ],
    );
    campus.has_all_words();
}

#[tokio::test]
async fn an_enrolment_from_before_is_not_called_incomplete() {
    let campus = Campus::sqlite().await;
    campus.account("oidb", Role::Registrar, None).await;
    let mut desk = campus.signed_in("oidb").await;
    let student = campus.student("240010001").await;
    let mut own = campus.signed_in(&student).await;
    for browser in [&mut desk, &mut own] {
        let before = card(browser, "240010001").await;
        says(&before, &["Künye’den önceki kayıt: evrak burada listelenmedi", "eksik sayılmaz"]);
        assert!(!before.contains("Eksik") && !before.contains("Sorulacak"), "{before}");
    }
    desk.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    says(&card(&mut desk, "240010001").await, &["From before Künye: papers not listed here"]);

    record(&mut desk, "240010001", "photograph", "received").await.leads_to("/ogrenci/240010001#evrak");
    let english = card(&mut desk, "240010001").await;
    says(&english, &["No verified source says that it is asked for", "KYT 13.1, unverified", "To be asked"]);
    assert!(!english.contains("Missing") && !english.contains("doğrulanmadı"), "{english}");
    let turkish = card(&mut own, "240010001").await;
    says(
        &turkish,
        &["KYT 13.1, doğrulanmadı", "Sorulacak", "Öğrencinin nasıl girdiği önceki sistemden gelmedi"],
    );

    // Whoever left owes nothing.
    let graduate = card(&mut desk, "200010004").await;
    says(&graduate, &["The studies have ended; no papers are asked for."]);
    campus.has_all_words();
}

#[tokio::test]
async fn the_api_tells_the_same() {
    let house = House::sqlite().await;
    place(&house.kit.office, "240010001", "240019999").await;
    let desk = house.registrar().await;
    let list = house.get(&desk, "/students/240019999").await.expect(200).json()["paper_list"].clone();
    assert_eq!(list["coverage"], "whole");
    let items = list["items"].as_array().expect("items").clone();
    let line = |n: usize| (items[n]["kind"].clone(), items[n]["standing"].clone());
    assert_eq!(line(0), (json!("school_diploma"), json!("missing")));
    let diploma = &items[0]["required"];
    assert_eq!(
        (&diploma["certain"], &diploma["due"], &diploma["overdue"], &diploma["stage"]),
        (&json!(true), &json!("2024-12-31"), &json!(true), &Value::Null)
    );
    assert_eq!(
        (&diploma["citation"]["rule"], &diploma["due_citation"]["rule"]),
        (&json!("OR-26"), &json!("OR-27"))
    );
    assert_eq!(line(2), (json!("field_certificate"), json!("to_ask")));
    assert_eq!(items[2]["required"]["open_conditions"], json!(["extra_points"]));
    let form = [("kind", "photograph"), ("state", "received")];
    house.form(Method::POST, &desk, "/students/240019999/papers", &form, None).await.expect(204);
    let record = house.get(&desk, "/students/240019999").await.expect(200).json();
    let photograph =
        record["paper_list"]["items"].as_array().expect("items").iter().find(|i| i["standing"] == "held");
    assert_eq!(photograph.expect("held")["paper"], record["papers"][0]["id"]);
    let before = house.get(&desk, "/students/240010001").await.expect(200).json();
    assert_eq!(before["paper_list"], json!({ "coverage": "not_listed_here", "items": [] }));
}
