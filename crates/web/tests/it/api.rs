//! The JSON API through the real router; each answer is held against the OpenAPI document on the way.
#![expect(clippy::expect_used, reason = "a test whose house does not stand has failed")]

use std::{net::SocketAddr, time::Duration};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, header},
};
use base::time::Clock;
use domain::accounts::Role;
use serde_json::{Value, json};
use services::accounts::TokenScope;

use crate::api_house::{House, PASSWORD, request};

/// A whole picture of one pixel.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\r\xefF\xb8\0\0\0\0IEND\xaeB`\x82";
const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH];

fn numbers(answer: &Value) -> Vec<String> {
    let items = answer["items"].as_array().expect("items");
    items.iter().map(|item| item["number"].as_str().expect("a number").to_owned()).collect()
}

/// A path of the document with something in place of its parameters.
fn filled(template: &str) -> String {
    template
        .trim_start_matches("/api/v1")
        .split('/')
        .map(|part| match part {
            "{no}" => "240010001",
            "{code}" => "MÜH",
            part if part.starts_with('{') => "1",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
        .replace('Ü', "%C3%9C")
}

#[tokio::test]
async fn every_operation_of_the_document_is_served_and_asks_for_a_token() {
    let house = House::sqlite().await;
    let paths = house.document()["paths"].as_object().expect("paths").clone();
    assert!(paths.len() > 40, "{}", paths.len());
    for (template, item) in &paths {
        for method in METHODS {
            let send = request(method.clone(), "", &filled(template)).body(Body::empty()).expect("a request");
            let answered = house.send(send).await;
            match item.get(method.as_str().to_ascii_lowercase()) {
                None => {
                    assert_eq!(answered.status, 405, "{method} {template}");
                    assert_eq!(answered.code(), "method-not-allowed");
                    assert!(!answered.header("allow").is_empty(), "{method} {template}");
                }
                Some(operation) if operation.get("security").is_some() => {
                    assert_eq!(answered.status, 200, "{method} {template}")
                }
                Some(_) => {
                    assert_eq!(answered.status, 401, "{method} {template}");
                    assert_eq!(answered.code(), "unauthorized");
                    assert_eq!(answered.header("www-authenticate"), r#"Bearer realm="kunye""#);
                }
            }
        }
    }
    let answered = house.get("kny_nobodys", "/me").await.expect(401);
    assert!(answered.header("www-authenticate").contains("invalid_token"));
}

#[tokio::test]
async fn the_document_is_what_is_served_and_says_what_every_operation_may_answer() {
    let house = House::sqlite().await;
    let served = house.get("", "/openapi.json").await.expect(200).json();
    assert_eq!(&served, house.document());
    assert_eq!(served["openapi"], "3.1.0");
    let mut ids = Vec::new();
    for (path, item) in served["paths"].as_object().expect("paths") {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, operation) in item.as_object().expect("operations") {
            ids.push(operation["operationId"].as_str().expect("an id").to_owned());
            assert!(operation["summary"].is_string() && operation["tags"].is_array(), "{method} {path}");
            let responses = operation["responses"].as_object().expect("responses");
            let problems: &[&str] = match (operation.get("requestBody"), operation.get("security")) {
                (Some(_), _) => {
                    &["400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503", "507"]
                }
                (None, None) => &["401", "403", "404", "422", "429", "500", "503"],
                (None, Some(_)) => &["429", "500", "503"],
            };
            for status in problems {
                assert!(responses.contains_key(*status), "{method} {path} without {status}");
            }
        }
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "operation ids are unique");
}

#[tokio::test]
async fn what_nobody_serves_is_a_problem_and_pages_stay_pages() {
    let house = House::sqlite().await;
    for path in ["/api", "/api/v2", "/api/v1", "/api/v1/", "/api/v1/student", "/api/v1/students/"] {
        let answered = house.send(Request::get(path).body(Body::empty()).expect("a request")).await;
        assert_eq!((answered.status.as_u16(), answered.code()), (404, "not-found".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn lists_are_walked_page_by_page_in_either_order() {
    for house in House::all().await {
        let token = house.registrar().await;
        for (order, expected) in [
            ("name", ["240010001", "250020001", "240010002", "200010004", "240010003"]),
            ("number", ["200010004", "240010001", "240010002", "240010003", "250020001"]),
        ] {
            let mut found = Vec::new();
            let mut after = String::new();
            loop {
                let page = house
                    .get(&token, &format!("/students?order={order}&limit=2{after}"))
                    .await
                    .expect(200)
                    .json();
                found.extend(numbers(&page));
                let Some(next) = page["next"].as_str() else { break };
                assert!(next.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)), "{next}");
                after = format!("&after={next}");
            }
            assert_eq!(found, expected);
        }
        let name =
            house.get(&token, "/students?limit=2").await.json()["next"].as_str().expect("next").to_owned();
        let foreign = house.get(&token, &format!("/students?order=number&after={name}")).await.expect(422);
        assert_eq!(foreign.errors(), ["after: cursor"]);
    }
}

#[tokio::test]
async fn students_are_found_by_every_filter() {
    let house = House::sqlite().await;
    let token = house.registrar().await;
    for (filter, expected) in [
        ("q=%C4%B1%C5%9F%C4%B1k", vec!["240010001", "250020001"]),
        ("q=isik", vec!["240010001", "250020001"]),
        ("q=2400", vec!["240010001", "240010002", "240010003"]),
        ("surname=%C4%B0nce", vec!["240010002"]),
        ("programme=EEM-L", vec!["250020001"]),
        ("status=on_leave", vec!["240010003"]),
        ("class_year=4", vec!["200010004"]),
        ("entry_year=2025", vec!["250020001"]),
        ("q=nobody", vec![]),
        ("q=%25", vec![]),
    ] {
        let found = house.get(&token, &format!("/students?{filter}")).await.expect(200).json();
        assert_eq!(numbers(&found), expected, "{filter}");
    }
    let one = house.get(&token, "/students?q=2400100").await.json()["items"][0].clone();
    assert_eq!(one["given_name"], "Işın");
    assert_eq!(one["surname"], "IŞIK");
    assert_eq!(one["programme"], "BLM-L");
    assert_eq!(one["status"], "active");
    assert_eq!(one["ects_earned"], "14.5");
    assert!(one["agno"].is_string() || one["agno"].is_null());
}

#[tokio::test]
async fn bad_parameters_are_named_and_never_reach_the_database() {
    for house in House::all().await {
        let token = house.registrar().await;
        for (query, error) in [
            ("limit=0", "limit: range"),
            ("limit=201", "limit: range"),
            ("limit=x", "limit: type"),
            ("limit=99999999999999999999", "limit: type"),
            ("entry_year=4294967296", "entry_year: range"),
            ("status=asleep", "status: choice"),
            ("order=down", "order: type"),
            ("surnme=I", "surnme: unknown-field"),
            ("q=a&q=b", "q: twice"),
            ("q=a%00b", "q: control-characters"),
            ("q=%FF%FE", "q: type"),
            ("%FF=a", "\u{fffd}: type"),
            ("after=nonsense", "after: cursor"),
            ("after=bjE", "after: cursor"),
            ("programme=NO", "programme: no-such-code"),
        ] {
            let answered = house.get(&token, &format!("/students?{query}")).await.expect(422);
            assert_eq!(answered.errors(), [error], "{query}");
        }
        let long = "a".repeat(101);
        assert_eq!(
            house.get(&token, &format!("/students?q={long}")).await.expect(422).errors(),
            ["q: too-long"]
        );
        for path in [
            "/students/%00",
            "/students/%FF",
            "/documents/x",
            "/documents/99999999999999999999",
            "/documents/-1",
            "/units/%00",
        ] {
            assert_eq!(house.get(&token, path).await.expect(404).code(), "not-found");
        }
    }
}

#[tokio::test]
async fn bad_bodies_are_refused_with_the_place_of_the_fault() {
    let house = House::sqlite().await;
    let token = house.clerk().await;
    let path = "/students/240010001/notes";
    let send = |kind: &'static str, body: Vec<u8>| {
        let request = request(Method::POST, &token, path).header(header::CONTENT_TYPE, kind);
        house.send(request.body(Body::from(body)).expect("a request"))
    };
    assert_eq!(send("application/json", b"{\"body\":".to_vec()).await.expect(400).code(), "malformed");
    assert_eq!(
        send("application/json", b"{\"body\":\"a\"} x".to_vec()).await.expect(400).code(),
        "malformed"
    );
    assert_eq!(send("application/json", vec![0xFF]).await.expect(400).code(), "malformed");
    assert_eq!(send("text/plain", b"{}".to_vec()).await.expect(415).code(), "media-type");
    assert_eq!(send("application/json", vec![b' '; 2 * 1024 * 1024]).await.expect(413).code(), "too-large");
    assert_eq!(send("application/json", b"[]".to_vec()).await.expect(422).errors().len(), 1);
    for (body, error) in [
        (json!({}), "body: required"),
        (json!({ "body": 5 }), "body: type"),
        (json!({ "body": null }), "body: type"),
        (json!({ "body": "a", "boddy": "b" }), "boddy: unknown-field"),
        (json!({ "body": "a\u{0}b" }), "body: control-characters"),
        (json!({ "body": "a".repeat(2001) }), "body: too-long"),
        (json!({ "body": "  " }), "body: required"),
    ] {
        assert_eq!(house.post(&token, path, body.clone()).await.expect(422).errors(), [error], "{body}");
    }
    let turkish = house.post(&token, path, json!({})).await.json();
    assert_eq!(turkish["title"], "Düzeltilmesi gereken alanlar var");
    let english = request(Method::POST, &token, path)
        .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
        .header(header::ACCEPT_LANGUAGE, "en");
    let english = house.send(english.body(Body::from("{}")).expect("a request")).await.expect(422).json();
    assert_eq!(english["title"], "Fields must be mended");
    assert_eq!(english["type"], "urn:kunye:problem:invalid");
}

#[tokio::test]
async fn nobody_sees_beyond_the_own_unit() {
    for house in House::all().await {
        let clerk = house.clerk().await;
        let all = house.get(&clerk, "/students").await.expect(200).json();
        assert_eq!(numbers(&all).len(), 4);
        for path in [
            "/students/250020001",
            "/students/250020001/ledger",
            "/students/250020001/photo",
            "/students/999",
        ] {
            assert_eq!(house.get(&clerk, path).await.expect(404).code(), "not-found", "{path}");
        }
        let body = json!({ "student": "250020001", "kind": "transcript" });
        house.post(&clerk, "/documents", body).await.expect(404);
        house.post(&clerk, "/students/250020001/notes", json!({ "body": "x" })).await.expect(404);
        assert_eq!(house.get(&clerk, "/audit").await.expect(403).json()["action"], "read_audit");
        house.get(&clerk, "/accounts").await.expect(403);
        let student = house.student_token("240010003").await;
        house.get(&student, "/students").await.expect(403);
        let own = house.get(&student, "/students/240010003").await.expect(200).json();
        assert_eq!(own["notes"], json!([]));
        house.get(&student, "/students/240010001").await.expect(404);
        house.get(&student, "/me/audit").await.expect(200);
    }
}

#[tokio::test]
async fn a_token_that_may_only_read_changes_nothing() {
    let house = House::sqlite().await;
    let token = house.token("memur", Role::Clerk, Some("MÜH"), TokenScope::Read).await;
    let me = house.get(&token, "/me").await.expect(200).json();
    assert_eq!((me["scope"].as_str(), me["confirmed"].as_bool()), (Some("read"), Some(false)));
    house.get(&token, "/students/240010001").await.expect(200);
    let contact = json!({ "email": "", "phone": "", "address": "", "version": 1 });
    for answered in [
        house.put(&token, "/students/240010001/contact", contact).await,
        house.post(&token, "/students/240010001/notes", json!({ "body": "x" })).await,
        house.post(&token, "/documents", json!({ "student": "240010001", "kind": "transcript" })).await,
        house.post(&token, "/confirmation", json!({ "password": PASSWORD })).await,
        house
            .post(&token, "/me/tokens", json!({ "name": "x", "scope": "write", "expires_on": "2026-12-01" }))
            .await,
        house.delete(&token, "/jobs/1").await,
    ] {
        let answered = answered.expect(403);
        assert!(
            matches!(answered.code().as_str(), "forbidden" | "needs-confirmation"),
            "{}",
            answered.code()
        );
    }
}

#[tokio::test]
async fn a_record_shows_everything_and_hides_the_identity_number() {
    for house in House::all().await {
        let clerk = house.clerk().await;
        let record = house.get(&clerk, "/students/240010001").await.expect(200).json();
        assert_eq!(record["number"], "240010001");
        assert_eq!(record["programme"], "BLM-L");
        assert_eq!(record["identity"]["birth_date"], "2006-03-14");
        assert!(!record.to_string().contains("98765432150"), "the number is masked");
        assert_eq!(record["marks"].as_array().map(Vec::len), Some(4));
        assert_eq!(record["curriculum"].as_array().map(Vec::len), Some(4));
        assert_eq!(record["record"]["terms"].as_array().map(Vec::len), Some(3));
        assert_eq!(record["other_enrolments"][0]["number"], "250020001");
        assert_eq!(record["printable"].as_array().map(Vec::len), Some(2));
        assert!(record["ledger"].as_array().is_some_and(|l| !l.is_empty()));
        let ledger = house.get(&clerk, "/students/240010001/ledger").await.expect(200).json();
        assert_eq!(ledger["items"], record["ledger"]);
        let marks = house.get(&clerk, "/students/240010001/marks").await.expect(200).json();
        assert_eq!(marks["items"], record["marks"]);
        let shown =
            house.post(&clerk, "/students/240010001/identity-number", Value::Null).await.expect(200).json();
        assert_eq!(shown["identity_no"], "98765432150");
    }
}

#[tokio::test]
async fn contact_changes_once_per_version() {
    for house in House::all().await {
        let clerk = house.clerk().await;
        let read = house.get(&clerk, "/students/240010003").await.json();
        let form = json!({
            "email": "umit@example.invalid", "phone": "0555 123 45 67", "address": "Çınar Sokak 3\nÖrnekköy",
            "version": read["contact"]["version"],
        });
        let path = "/students/240010003/contact";
        house.put(&clerk, path, form.clone()).await.expect(204);
        let again = json!({ "email": "", "phone": "", "address": "", "version": form["version"] });
        assert_eq!(house.put(&clerk, path, again).await.expect(409).code(), "stale");
        let now = house.get(&clerk, "/students/240010003").await.json();
        assert_eq!(now["contact"]["phone"], "5551234567");
        let wrong =
            json!({ "email": "umit", "phone": "12", "address": "", "version": now["contact"]["version"] });
        assert_eq!(
            house.put(&clerk, path, wrong).await.expect(422).errors(),
            ["email: email-form", "phone: phone-form"]
        );
    }
}

#[tokio::test]
async fn sensitive_acts_wait_for_the_password_and_only_for_a_while() {
    for house in House::all().await {
        let token = house.registrar().await;
        let version = house.get(&token, "/students/240010001").await.json()["version"].clone();
        let form = json!({
            "status": "on_leave", "effective_on": "2026-11-20", "ground": "board_decision", "ground_ref": "2026/14-03",
            "ground_on": "2026-11-19", "reason": "Hastalık", "version": version,
        });
        let path = "/students/240010001/status";
        let refused = house.post(&token, path, form.clone()).await.expect(403);
        assert_eq!(refused.code(), "needs-confirmation");
        let wrong =
            house.post(&token, "/confirmation", json!({ "password": "yanlış parola" })).await.expect(422);
        assert_eq!(wrong.errors(), ["password: password-wrong"]);
        house.confirm(&token).await;
        assert_eq!(house.get(&token, "/me").await.json()["confirmed"], true);
        let entry = house.post(&token, path, form.clone()).await.expect(201).json()["id"].clone();
        assert_eq!(house.post(&token, path, form).await.expect(422).errors(), ["status: status-step"]);
        assert_eq!(house.get(&token, "/students/240010001").await.json()["status"], "on_leave");
        let undo =
            json!({ "ground_ref": "Dilekçe 7", "ground_on": "2026-11-22", "reason": "Yanlış öğrenci" });
        house
            .post(&token, &format!("/students/240010001/entries/{entry}/reversal"), undo.clone())
            .await
            .expect(201);
        assert_eq!(house.get(&token, "/students/240010001").await.json()["status"], "active");
        house.post(&token, "/students/240010001/entries/999999/reversal", undo.clone()).await.expect(404);
        let later = house.kit.clock.now().checked_add(Duration::from_secs(16 * 60)).expect("in range");
        house.kit.clock.set(later);
        let late = house
            .post(&token, &format!("/students/240010001/entries/{entry}/reversal"), undo)
            .await
            .expect(403);
        assert_eq!(late.code(), "needs-confirmation");
    }
}

#[tokio::test]
async fn identity_and_link_change_on_their_grounds() {
    let house = House::sqlite().await;
    let token = house.registrar().await;
    house.confirm(&token).await;
    let read = house.get(&token, "/students/240010002").await.json();
    let mut form = json!({
        "given_name": "İlbey", "surname": "Incegül", "sex": "male", "birth_date": "2005-11-02", "birth_place": "Çankırı",
        "nationality": "TR", "ground": "court_ruling", "ground_ref": "2026/55 E.", "ground_on": "2026-11-02", "reason": "Soyadı değişikliği",
        "version": read["identity"]["version"],
    });
    house.post(&token, "/students/240010002/identity", form.clone()).await.expect(204);
    let now = house.get(&token, "/students/240010002").await.json();
    assert_eq!(now["registered"]["surname"], "İNCE");
    let entry = now["ledger"]
        .as_array()
        .expect("entries")
        .iter()
        .find(|e| e["kind"] == "identity_changed")
        .expect("an entry")
        .clone();
    assert_eq!(entry["text"], Value::Null, "former values are not handed out");
    form["ground"] = json!("graduation");
    form["birth_date"] = json!("02.11.2005");
    assert_eq!(
        house.post(&token, "/students/240010002/identity", form).await.expect(422).errors(),
        ["birth_date: day"]
    );
    let version = house.get(&token, "/students/250020001").await.json()["version"].clone();
    let link = json!({ "kind": "double_major", "main_number": "240010001", "ground_ref": "2026/9-1", "ground_on": "2026-09-10", "version": version });
    house.post(&token, "/students/250020001/link", link).await.expect(204);
    assert_eq!(house.get(&token, "/students/250020001").await.json()["link"]["main_number"], "240010001");
}

#[tokio::test]
async fn notes_papers_and_photos_come_and_go() {
    for house in House::all().await {
        let clerk = house.clerk().await;
        let note = house
            .post(&clerk, "/students/240010001/notes", json!({ "body": "Aradı,\nyarın gelecek." }))
            .await
            .expect(201)
            .json();
        let place = format!("/students/240010001/notes/{}", note["id"]);
        house.delete(&clerk, &place).await.expect(204);
        house.delete(&clerk, &place).await.expect(409);

        let papers = "/students/240010001/papers";
        house
            .form(Method::POST, &clerk, papers, &[("kind", "school_diploma"), ("state", "missing")], None)
            .await
            .expect(204);
        let held = house.get(&clerk, "/students/240010001").await.json()["papers"][0].clone();
        let version = held["version"].to_string();
        let fields = [("kind", "school_diploma"), ("state", "received"), ("version", version.as_str())];
        let place = format!("{papers}/{}", held["id"]);
        house.form(Method::PUT, &clerk, &place, &fields, Some(("scan", PNG))).await.expect(204);
        house.form(Method::PUT, &clerk, &place, &fields, None).await.expect(409);
        let file = house.get(&clerk, "/students/240010001").await.json()["papers"][0]["file"].clone();
        let scan = house.get(&clerk, &format!("/students/240010001/scans/{file}")).await.expect(200);
        assert_eq!(scan.bytes, PNG);
        assert_eq!(scan.header("content-disposition"), "attachment");
        house.get(&clerk, &format!("/students/240010002/scans/{file}")).await.expect(404);
        let wrong = house
            .form(Method::POST, &clerk, papers, &[("kind", "x"), ("colour", "red")], None)
            .await
            .expect(422);
        assert_eq!(wrong.errors(), ["kind: choice", "state: required", "colour: unknown-field"]);
        let exe = house
            .form(
                Method::POST,
                &clerk,
                papers,
                &[("kind", "other"), ("state", "received"), ("description", "x")],
                Some(("scan", b"MZ")),
            )
            .await;
        assert_eq!(exe.expect(422).errors(), ["scan: file-not-pdf-or-image"]);

        house.get(&clerk, "/students/240010001/photo").await.expect(404);
        let photo = |kind: &'static str, bytes: &'static [u8]| {
            let request =
                request(Method::PUT, &clerk, "/students/240010001/photo").header(header::CONTENT_TYPE, kind);
            house.send(request.body(Body::from(bytes)).expect("a request"))
        };
        photo("image/png", PNG).await.expect(204);
        photo("image/gif", PNG).await.expect(415);
        assert_eq!(photo("image/png", b"<svg>").await.expect(422).errors(), ["photo: file-not-image"]);
        let cut = photo("image/png", PNG.split_at(40).0).await.expect(422);
        assert_eq!(cut.errors(), ["photo: file-picture-broken"]);
        let mut spoilt = PNG.to_vec();
        spoilt[43..50].fill(0xff);
        let spoilt = photo("image/png", spoilt.leak()).await.expect(422);
        assert_eq!(
            spoilt.errors(),
            ["photo: file-picture-broken"],
            "its parts are all there, its pixels are not"
        );
        let kept = house.get(&clerk, "/students/240010001/photo").await.expect(200);
        assert!(kept.bytes.starts_with(b"\xff\xd8\xff"), "a new picture of the same pixels, as JPEG");
    }
}

#[tokio::test]
async fn a_paper_is_issued_once_per_key_read_verified_and_cancelled() {
    for house in House::all().await {
        let clerk = house.clerk().await;
        let issue = |key: &'static str, body: Value| {
            let request = request(Method::POST, &clerk, "/documents")
                .header("idempotency-key", key)
                .header(header::CONTENT_TYPE, "application/json");
            house.send(request.body(Body::from(body.to_string())).expect("a request"))
        };
        let form = json!({ "student": "240010001", "kind": "student_certificate", "lang": "tr", "purpose": "Burs başvurusu" });
        let first = issue("a1", form.clone()).await.expect(201);
        let paper = first.json();
        assert_eq!(first.header("location"), format!("/api/v1/documents/{}", paper["id"]));
        let second = issue("a1", form.clone()).await.expect(200).json();
        assert_eq!((second["id"].clone(), second["repeated"].clone()), (paper["id"].clone(), json!(true)));
        let other = json!({ "student": "240010001", "kind": "transcript" });
        assert_eq!(issue("a1", other).await.expect(422).errors(), ["idempotency_key: key-used"]);
        assert_eq!(issue("a b", form).await.expect(422).errors(), ["idempotency-key: too-long"]);

        let place = format!("/documents/{}", paper["id"]);
        let shown = house.get(&clerk, &place).await.expect(200).json();
        assert_eq!(shown["number"], paper["number"]);
        let pdf = house.get(&clerk, &format!("{place}/pdf")).await.expect(200);
        assert!(
            pdf.bytes.starts_with(b"%PDF-") && pdf.header("content-disposition").starts_with("attachment")
        );
        let send =
            request(Method::POST, &clerk, &format!("{place}/copy")).body(Body::empty()).expect("a request");
        assert_eq!(house.send(send).await.expect(200).bytes, pdf.bytes);
        let list = house.get(&clerk, "/documents?student=240010001&status=valid").await.expect(200).json();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(1));

        let verify = format!("/verify/{}", paper["code"].as_str().expect("a code"));
        let genuine = house.get("", &verify).await.expect(200).json();
        assert_eq!(
            (genuine["genuine"].clone(), genuine["document"]["status"].clone()),
            (json!(true), json!("valid"))
        );
        assert!(!genuine.to_string().contains("IŞIK"), "the name is masked");

        let reason = json!({ "reason": "Yanlış amaç yazıldı" });
        assert_eq!(
            house.post(&clerk, &format!("{place}/cancellation"), reason.clone()).await.expect(403).code(),
            "needs-confirmation"
        );
        house.confirm(&clerk).await;
        house.post(&clerk, &format!("{place}/cancellation"), reason.clone()).await.expect(204);
        let again = house.post(&clerk, &format!("{place}/cancellation"), reason).await.expect(422);
        assert_eq!(again.json()["findings"][0]["code"], "document-cancelled");
        assert_eq!(house.get("", &verify).await.json()["document"]["status"], "cancelled");
        let strange = json!({ "student": "240010001", "kind": "student_certificate", "purpose": "李 için" });
        let refused = house.post(&clerk, "/documents", strange).await.expect(422).json();
        let findings = refused["findings"].as_array().expect("findings");
        assert!(findings.iter().any(|f| f["code"] == "letter-not-printed"), "{findings:?}");
        let gone = json!({ "student": "240010002", "kind": "student_certificate" });
        let refused = house.post(&clerk, "/documents", gone).await.expect(422);
        assert_eq!(refused.code(), "refused");
        assert_eq!(refused.json()["findings"][0]["code"], "certificate-withdrawn");
    }
}

#[tokio::test]
async fn whoever_guesses_codes_learns_nothing_and_has_to_wait() {
    let house = House::sqlite().await;
    let answers: Vec<Value> = [
        house.get("", "/verify/01234-56789-ABCDE-FGHJK-MNPQRS").await,
        house.get("", "/verify/x").await,
        house.get("", "/verify/%00").await,
    ]
    .into_iter()
    .map(|answered| answered.expect(200).json())
    .collect();
    assert!(answers.iter().all(|a| *a == json!({ "genuine": false, "document": null })), "{answers:?}");
    for _ in 0..57 {
        house.get("", "/verify/x").await.expect(200);
    }
    let waits = house.get("", "/verify/x").await.expect(429);
    assert_eq!(waits.code(), "throttled");
    assert!(
        waits.header("retry-after").parse::<u32>().is_ok_and(|s| s > 0 && s <= 600),
        "{}",
        waits.header("retry-after")
    );
}

#[tokio::test]
async fn attempts_are_counted_for_the_address_behind_a_trusted_proxy() {
    let house = House::sqlite().await;
    let guess = async |peer: [u8; 4], forwarded: &str| {
        let sent = request(Method::GET, "", "/verify/x")
            .header("x-forwarded-for", forwarded)
            .extension(ConnectInfo(SocketAddr::from((peer, 40_000))));
        house.send(sent.body(Body::empty()).expect("a request")).await.status.as_u16()
    };
    for _ in 0..60 {
        assert_eq!(guess([10, 0, 0, 1], "198.51.100.7, 203.0.113.9").await, 200);
    }
    assert_eq!(guess([10, 0, 0, 2], "203.0.113.9").await, 429, "the same sender through another proxy");
    assert_eq!(guess([10, 0, 0, 1], "203.0.113.10").await, 200, "another sender");
    assert_eq!(guess([192, 0, 2, 1], "203.0.113.9").await, 200, "a stranger's word does not count");
}

#[tokio::test]
async fn a_list_of_papers_is_looked_at_made_and_handed_out() {
    for house in House::all().await {
        let clerk = house.clerk().await;
        let form = json!({ "kind": "transcript", "numbers": ["240010001", "240010002", "999", "250020001"] });
        let preview = house.post(&clerk, "/document-batches/preview", form.clone()).await.expect(200).json();
        assert_eq!(preview["total"], 4);
        assert_eq!(preview["unknown"], json!(["999", "250020001"]));
        let started = house.post(&clerk, "/document-batches", form).await.expect(202);
        let job = started.json()["job"].clone();
        assert_eq!(started.header("location"), format!("/api/v1/jobs/{job}"));
        let place = format!("/jobs/{job}");
        assert_eq!(
            house.get(&clerk, &format!("{place}/result?form=zip")).await.expect(422).json()["findings"][0]["code"],
            "batch-running"
        );
        services::documents::batch::run_batches(&house.kit.office).await.expect("the worker");
        let done = house.get(&clerk, &place).await.expect(200).json();
        assert_eq!((done["state"].clone(), done["total"].clone()), (json!("done"), json!(4)));
        assert_eq!(
            done["failures"].as_array().map(Vec::len),
            done["failed"].as_u64().and_then(|n| usize::try_from(n).ok())
        );
        assert!(
            house
                .get(&clerk, &format!("{place}/result?form=merged"))
                .await
                .expect(200)
                .bytes
                .starts_with(b"%PDF-")
        );
        assert!(
            house.get(&clerk, &format!("{place}/result?form=zip")).await.expect(200).bytes.starts_with(b"PK")
        );
        assert_eq!(
            house.get(&clerk, &format!("{place}/result")).await.expect(422).errors(),
            ["form: required"]
        );
        house.delete(&clerk, &place).await.expect(204);
        assert_eq!(house.get(&clerk, "/jobs").await.expect(200).json()["items"][0]["id"], job);
        let auditor = house.token("denetci", Role::Auditor, None, TokenScope::Write).await;
        house.get(&auditor, &place).await.expect(200);
        house.delete(&auditor, &place).await.expect(403);
        let none = json!({ "kind": "transcript" });
        assert_eq!(
            house.post(&clerk, "/document-batches", none).await.expect(422).errors(),
            ["numbers: required"]
        );
        let by_filter =
            json!({ "kind": "transcript", "students": { "programme": "BLM-L", "status": "active" } });
        assert_eq!(
            house.post(&clerk, "/document-batches/preview", by_filter).await.expect(200).json()["total"],
            1
        );
    }
}

#[tokio::test]
async fn the_counter_leads_to_one_student_without_a_number_in_the_address() {
    let house = House::sqlite().await;
    let clerk = house.clerk().await;
    for (typed, found) in [
        ("240010001", json!({ "found": "student", "number": "240010001" })),
        ("98765432150", json!({ "found": "student", "number": "240010001" })),
        ("10000000146", json!({ "found": "no_such_identity" })),
        ("ince", json!({ "found": "student", "number": "240010002" })),
        ("yok böyle biri", json!({ "found": "search", "q": "yok böyle biri" })),
    ] {
        let answer = house.post(&clerk, "/counter", json!({ "typed": typed })).await.expect(200).json();
        for (key, value) in found.as_object().expect("an object") {
            assert_eq!(&answer[key], value, "{typed}");
        }
    }
    assert_eq!(
        house.post(&clerk, "/counter", json!({ "typed": "12345678901" })).await.json()["found"],
        "wrong_identity"
    );
}

#[tokio::test]
async fn lists_go_out_as_files() {
    let house = House::sqlite().await;
    let clerk = house.clerk().await;
    assert!(house.get(&clerk, "/students.xlsx?status=active").await.expect(200).bytes.starts_with(b"PK"));
    let csv = house.get(&clerk, "/students.csv").await.expect(200);
    let text = String::from_utf8(csv.bytes).expect("UTF-8");
    assert_eq!(text.lines().count(), 5, "{text}");
    assert_eq!(
        house.get(&clerk, "/students.csv?limit=3").await.expect(422).errors(),
        ["limit: unknown-field"]
    );
}

#[tokio::test]
async fn the_institution_is_read_and_changed() {
    for house in House::all().await {
        let token = house.token("yonetici", Role::Administrator, None, TokenScope::Write).await;
        let units = house.get(&token, "/units").await.expect(200).json();
        assert_eq!(units["items"].as_array().map(Vec::len), Some(5));
        assert_eq!(units["items"][0]["parent"], Value::Null);
        let unit = house.get(&token, "/units/M%C3%9CH").await.expect(200).json();
        assert_eq!(unit["unit"]["kind"], "faculty");
        house.get(&token, "/units/YOK").await.expect(404);
        assert_eq!(
            house.get(&token, "/programmes").await.expect(200).json()["items"].as_array().map(Vec::len),
            Some(2)
        );
        let programme = house.get(&token, "/programmes/BLM-L").await.expect(200).json();
        assert_eq!(
            (programme["programme"]["unit"].clone(), programme["shown"]["version"].clone()),
            (json!("BLM"), json!(1))
        );
        house.get(&token, "/programmes/BLM-L?version=9").await.expect(404);
        assert_eq!(house.get(&token, "/terms").await.expect(200).json()["items"][0]["season"], "autumn");

        let name = json!({ "name_tr": "Mühendislik ve Mimarlık Fakültesi", "name_en": "Faculty of Engineering and Architecture", "valid_from": "2027-01-01", "reason": "YÖK kararı" });
        house.post(&token, "/units/M%C3%9CH/names", name.clone()).await.expect(403);
        house.confirm(&token).await;
        house.post(&token, "/units/M%C3%9CH/names", name).await.expect(204);
        let staff = house.get(&token, "/units/M%C3%9CH/staff").await.expect(200).json();
        let who = staff["items"][0]["id"].clone();
        let office = json!({ "staff": who, "office": "vice_dean", "starts_on": "2026-11-01", "reason": "Görevlendirme" });
        house.post(&token, "/units/M%C3%9CH/appointments", office.clone()).await.expect(204);
        let twice = house.post(&token, "/units/M%C3%9CH/appointments", office).await.expect(422);
        assert_eq!(twice.errors(), ["staff: appointment-there"]);
        let unit = house.get(&token, "/units/M%C3%9CH").await.json();
        let held = unit["appointments"]
            .as_array()
            .expect("appointments")
            .iter()
            .find(|a| a["office"] == "vice_dean")
            .expect("there")
            .clone();
        let end = json!({ "ends_on": "2026-12-01", "reason": "İstek" });
        house
            .post(&token, &format!("/units/M%C3%9CH/appointments/{}/end", held["id"]), end)
            .await
            .expect(204);
    }
}

#[tokio::test]
async fn accounts_are_managed_with_a_confirmed_password() {
    for house in House::all().await {
        let token = house.token("yonetici", Role::Administrator, None, TokenScope::Write).await;
        let form = json!({ "user_name": "selma", "display_name": "Selma Tunalı", "roles": [{ "role": "clerk", "unit": "MÜH" }] });
        house.post(&token, "/accounts", form.clone()).await.expect(403);
        house.confirm(&token).await;
        let added = house.post(&token, "/accounts", form.clone()).await.expect(201);
        assert!(
            added.json()["url"]
                .as_str()
                .is_some_and(|url| url.starts_with("https://kunye.example.invalid/etkinlestir/"))
        );
        let id = added.json()["account"].clone();
        assert_eq!(added.header("location"), format!("/api/v1/accounts/{id}"));
        assert_eq!(
            house.post(&token, "/accounts", form).await.expect(422).errors(),
            ["user_name: user-name-taken"]
        );
        let nested = json!({ "user_name": "a.b", "display_name": "A", "roles": [{ "role": "clerk" }, { "role": "king" }] });
        assert_eq!(
            house.post(&token, "/accounts", nested).await.expect(422).errors(),
            ["roles[1].role: choice"]
        );

        let place = format!("/accounts/{id}");
        let version =
            async || house.get(&token, &place).await.expect(200).json()["account"]["version"].clone();
        let role = json!({ "role": { "role": "chief", "unit": "MÜH", "starts_on": "2026-11-23" }, "version": version().await });
        house.post(&token, &format!("{place}/roles"), role.clone()).await.expect(204);
        house.post(&token, &format!("{place}/roles"), role).await.expect(409);
        let held = house.get(&token, &place).await.json()["account"]["roles"][1]["id"].clone();
        let end = json!({ "reason": "Görev bitti", "version": version().await });
        house.post(&token, &format!("{place}/roles/{held}/withdrawal"), end).await.expect(204);
        let names = json!({ "user_name": "selma", "display_name": "Selma T.", "reason": "Düzeltme", "version": version().await });
        house.put(&token, &place, names).await.expect(204);
        assert_eq!(
            house.post(&token, &format!("{place}/links"), Value::Null).await.expect(201).json()["purpose"],
            "activation"
        );
        for (act, status) in [("lock", "locked"), ("unlock", "invited"), ("close", "closed")] {
            let form = json!({ "reason": "Deneme", "version": version().await });
            house.post(&token, &format!("{place}/{act}"), form).await.expect(204);
            assert_eq!(house.get(&token, &place).await.json()["account"]["status"], status);
        }
        let list = house.get(&token, "/accounts?q=selma&status=closed").await.expect(200).json();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
        let first = house.get(&token, "/accounts?limit=1").await.expect(200).json();
        let next = first["next"].as_str().expect("another page");
        let second = house.get(&token, &format!("/accounts?limit=1&after={next}")).await.expect(200).json();
        assert_ne!(first["items"][0]["id"], second["items"][0]["id"]);
        house.get(&token, "/accounts/999999").await.expect(404);
        let send = request(Method::POST, &token, "/student-accounts").body(Body::empty()).expect("a request");
        assert_eq!(house.send(send).await.expect(200).json()["opened"], 3);
    }
}

#[tokio::test]
async fn tokens_of_the_own_account_are_made_and_revoked() {
    let house = House::sqlite().await;
    let clerk = house.clerk().await;
    let form = json!({ "name": "betik", "scope": "read", "expires_on": "2026-12-31" });
    house.post(&clerk, "/me/tokens", form.clone()).await.expect(403);
    house.confirm(&clerk).await;
    let made = house.post(&clerk, "/me/tokens", form).await.expect(201).json();
    let token = made["token"].as_str().expect("a token").to_owned();
    house.get(&token, "/me").await.expect(200);
    assert_eq!(
        house.get(&clerk, "/me/tokens").await.expect(200).json()["items"].as_array().map(Vec::len),
        Some(2)
    );
    house.delete(&clerk, &format!("/tokens/{}", made["id"])).await.expect(204);
    house.get(&token, "/me").await.expect(401);
    let another = json!({ "name": "başka", "scope": "write", "expires_on": "2026-12-31" });
    let another = house.post(&clerk, "/me/tokens", another).await.expect(201).json()["token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let me = house.get(&another, "/me").await.expect(200).json();
    assert_eq!(
        (me["scope"].as_str(), me["confirmed"].as_bool()),
        (Some("write"), Some(false)),
        "a token is confirmed by itself"
    );
    let late = json!({ "name": "betik", "scope": "read", "expires_on": "2199-01-01" });
    assert_eq!(
        house.post(&clerk, "/me/tokens", late).await.expect(422).errors(),
        ["expires_on: token-ends-too-late"]
    );
}

#[tokio::test]
async fn sessions_are_ended_and_the_password_changed_by_a_token_that_may_write() {
    let house = House::sqlite().await;
    let clerk = house.clerk().await;
    let read = house.token("okur", Role::Clerk, Some("MÜH"), TokenScope::Read).await;
    let mut cookies = Vec::new();
    for _ in 0..3 {
        cookies.push(house.sign_in("memur").await.expect("a session"));
    }
    let listed = house.get(&clerk, "/me/sessions").await.expect(200).json();
    let handles: Vec<&str> = listed["items"]
        .as_array()
        .expect("sessions")
        .iter()
        .map(|session| session["handle"].as_str().expect("a handle"))
        .collect();
    assert_eq!(handles.len(), 3);
    let one = format!("/me/sessions/{}", handles[0]);
    house.delete(&read, &one).await.expect(403);
    house.delete(&clerk, &one).await.expect(204);
    house.delete(&clerk, &one).await.expect(404);
    house.delete(&read, "/me/sessions").await.expect(403);
    assert_eq!(house.delete(&clerk, "/me/sessions").await.expect(200).json()["ended"], 2);
    let listed = house.get(&clerk, "/me/sessions").await.expect(200).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(0));

    let change = |current: &str, new: &str| json!({ "current": current, "new": new });
    let put = async |token: &str, form: Value| house.put(token, "/me/password", form).await;
    assert_eq!(put(&read, change(PASSWORD, "dokuz yeşil kalem")).await.expect(403).code(), "forbidden");
    let wrong = put(&clerk, change("yanlış bir parola", "dokuz yeşil kalem")).await.expect(422);
    assert_eq!(wrong.errors(), ["current: password-wrong"]);
    assert_eq!(put(&clerk, change(PASSWORD, "kısa")).await.expect(422).errors(), ["new: password-too-short"]);
    assert_eq!(put(&clerk, json!({ "current": PASSWORD })).await.expect(422).errors(), ["new: required"]);
    assert_eq!(put(&clerk, json!({})).await.expect(422).errors(), ["current: required", "new: required"]);
    put(&clerk, change(PASSWORD, "dokuz yeşil kalem")).await.expect(204);
    assert!(house.sign_in("memur").await.is_none(), "the old password is of no use");
    house.get(&clerk, "/me").await.expect(200);
}

#[tokio::test]
async fn an_account_is_opened_for_the_person_behind_a_student_number() {
    let house = House::sqlite().await;
    let token = house.token("yonetici", Role::Administrator, None, TokenScope::Write).await;
    house.confirm(&token).await;
    let form = |user: &str, person: &str| json!({ "user_name": user, "display_name": user, "roles": [], "person": person });
    assert_eq!(
        house.post(&token, "/accounts", form("yok", "1")).await.expect(422).errors(),
        ["person: number-unknown"]
    );
    let added = house.post(&token, "/accounts", form("gulin", "200010004")).await.expect(201).json();
    let account = house.get(&token, &format!("/accounts/{}", added["account"])).await.expect(200).json();
    assert_eq!(account["account"]["roles"][0]["role"], "graduate", "roles follow from the studies");
    assert_eq!(
        house.post(&token, "/accounts", form("gulin2", "200010004")).await.expect(422).errors(),
        ["person: person-has-account"]
    );
}

#[tokio::test]
async fn a_student_gets_a_link_at_the_counter_and_sees_who_looked() {
    let house = House::sqlite().await;
    let clerk = house.clerk().await;
    let link = house
        .post(&clerk, "/students/240010003/account-link", json!({ "proof": "identity_card" }))
        .await
        .expect(201)
        .json();
    assert_eq!(link["user_name"], "240010003");
    house.get(&clerk, "/students/240010003").await.expect(200);
    house.kit.office.reads.flush().await;
    let student = house.student_token("240010003").await;
    let looks = house.get(&student, "/me/audit").await.expect(200).json();
    assert!(
        looks["items"].as_array().expect("rows").iter().any(|row| row["action"] == "read_student"),
        "{looks}"
    );
    let auditor = house.token("denetci", Role::Auditor, None, TokenScope::Read).await;
    let log = house.get(&auditor, "/audit?number=240010003&limit=1").await.expect(200).json();
    let next = log["next"].as_str().expect("more rows");
    house.get(&auditor, &format!("/audit?number=240010003&limit=1&after={next}")).await.expect(200);
    assert_eq!(house.get(&auditor, "/audit?number=1").await.expect(422).errors(), ["number: number-unknown"]);
}
