//! Every route and every operation of the API against every role: `docs/generated/routes.md`.
//!
//! The routes are read from the source of the router and the operations from the API's document, so that none can be
//! forgotten. A page is asked for, an act is posted without its fields, an operation gets the plainest body that its
//! schema takes: what comes back says whether this role gets that far.

#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use base::ids::AccountId;
use domain::{
    accounts::Role,
    enrolments::EnrolmentStatus,
    ledger::GroundKind,
    papers::{PaperKind, PaperState},
};
use serde_json::{Value, json};
use services::{
    Office,
    accounts::{AddAccount, add_account},
    documents::{batch::run_batches, stored::Upload},
    students::{
        change_photo::change_photo,
        change_status::{ChangeStatus, change_status},
        keep_paper::{KeepPaper, keep_paper},
        write_note::write_note,
    },
};

use crate::{
    api::PNG,
    browser::{Campus, PASSWORD},
    morning::{self, Morning},
};

/// Method and path of every route of the pages.
fn routes() -> Vec<(&'static str, String)> {
    let source = include_str!("../../src/pages/mod.rs");
    let mut found = Vec::new();
    for piece in source.split(".route(").skip(1) {
        let mut quoted = piece.split('"');
        let path = quoted.nth(1).unwrap_or_default().to_owned();
        let rest = piece.split_once(',').map_or("", |(_, rest)| rest);
        let handlers = rest.split(".route(").next().unwrap_or_default();
        for method in ["get", "post"] {
            if handlers.contains(&format!("{method}(")) {
                found.push((method, path.clone()));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The student whom the paths are about; a student of faculty MÜH.
const NUMBER: &str = "240010001";

/// What the places of a path stand for: things that there are.
struct Places {
    account: AccountId,
    role: i64,
    account_token: i64,
    link: String,
    document: i64,
    code: String,
    job: i64,
    entry: i64,
    scan: i64,
    paper: i64,
    note: i64,
    morning: Morning,
}

impl Places {
    /// A page's path; `own_token` and `own_upload` are those of whoever asks.
    fn page(&self, path: &str, own_token: i64, own_upload: &str) -> String {
        let words: Vec<&str> = path.split('/').skip(1).collect();
        let id = match words.as_slice() {
            ["hesaplar", ..] => self.account.to_string(),
            ["hesabim", ..] => own_token.to_string(),
            ["belge", ..] => self.document.to_string(),
            ["is", ..] => self.job.to_string(),
            ["kayit", "listeler", "onizleme", ..] => own_upload.to_owned(),
            ["kayit", "listeler", "yoksis", ..] => self.morning.fetch.clone(),
            ["kayit", "listeler", ..] => self.morning.list.clone(),
            ["kayit", "e-kayit", ..] => self.morning.run.clone(),
            ["kayit", "paket", ..] => self.morning.pack.to_string(),
            ["kayit", _, "geri-al" | "danisman"] => self.morning.registered.to_string(),
            ["kayit", ..] => self.morning.candidate.to_string(),
            ["fotograflar", ..] => self.morning.photo.to_string(),
            // The dean's appointment; the first window, orientation and session.
            _ => "1".to_owned(),
        };
        path.replace("/kayit/paket/{id}/{no}", "/kayit/paket/{id}/1")
            .replace("/kayit/durum/{file}", "/kayit/durum/durum.csv")
            .replace("/kayit/e-kayit/{id}/{file}", "/kayit/e-kayit/{id}/numaralar.csv")
            .replace("/katil/{token}", &format!("/katil/{}", self.morning.door))
            .replace("{row}", "3")
            .replace("{no}", NUMBER)
            .replace("/ogrenciler/{file}", "/ogrenciler/liste.csv")
            .replace("/evrak/{file}", &format!("/evrak/{}", self.scan))
            .replace("/is/{id}/{file}", "/is/{id}/belgeler.pdf")
            .replace("/etkinlestir/{token}", &format!("/etkinlestir/{}", self.link))
            .replace("{kind}", "student_certificate")
            .replace("/programlar/{kod}", "/programlar/BLM-L")
            .replace("{kod}", "M%C3%9CH")
            .replace("{code}", &self.code)
            .replace("{token}", &self.account_token.to_string())
            .replace("{role}", &self.role.to_string())
            .replace("{entry}", &self.entry.to_string())
            .replace("{handle}", "yok")
            .replace("{id}", &id)
    }

    /// A path of the API, with the parameters that it cannot do without.
    fn operation(&self, path: &str, own_token: i64) -> String {
        let words: Vec<&str> = path.split('/').skip(3).collect();
        let id = match words.as_slice() {
            ["accounts", ..] => self.account.get(),
            ["tokens", ..] => own_token,
            ["documents", ..] => self.document,
            ["jobs", ..] => self.job,
            ["students", _, "entries", ..] => self.entry,
            ["students", _, "notes", ..] => self.note,
            ["students", _, "papers", ..] => self.paper,
            ["candidates", _, "undo"] => self.morning.registered.get(),
            ["candidates", ..] => self.morning.candidate.get(),
            ["placement-fetches", ..] => self.morning.fetch.parse().expect("a fetch"),
            ["placements", ..] => self.morning.list.parse().expect("a list"),
            ["bulk-registrations", ..] => self.morning.run.parse().expect("a run"),
            ["day-packs", ..] => self.morning.pack.get(),
            ["photo-proposals", ..] => self.morning.photo.get(),
            _ => 1,
        };
        let code = match words.as_slice() {
            ["programmes", ..] => "BLM-L",
            ["units", ..] => "M%C3%9CH",
            _ => self.code.as_str(),
        };
        let parameters = if words.last() == Some(&"result") { "?form=merged" } else { "" };
        path.replace("{no}", NUMBER)
            .replace("{code}", code)
            .replace("{role}", &self.role.to_string())
            .replace("{row}", "3")
            .replace("{file}", &self.scan.to_string())
            .replace("{handle}", "yok")
            .replace("{id}", &id.to_string())
            + parameters
    }
}

/// Roles that the office of the test has, with the unit they are held in.
const STAFF: &[(Role, Option<&str>)] = &[
    (Role::Clerk, Some("MÜH")),
    (Role::Chief, Some("MÜH")),
    (Role::UnitSecretary, Some("MÜH")),
    (Role::UnitHead, Some("MÜH")),
    (Role::BoardMember, Some("MÜH")),
    (Role::DepartmentHead, Some("EEM")),
    (Role::DepartmentSecretary, Some("EEM")),
    (Role::Advisor, None),
    (Role::Instructor, None),
    (Role::Applicant, None),
    (Role::Registrar, None),
    (Role::Auditor, None),
    (Role::Administrator, None),
];

/// Somebody of one role, or nobody.
struct User {
    column: String,
    account: Option<(String, AccountId)>,
}

/// One user of every role, and nobody signed in.
async fn users(campus: &Campus) -> Vec<User> {
    let mut users = vec![User { column: "-".to_owned(), account: None }];
    for (role, unit) in STAFF {
        let name = role.code().replace('_', "-");
        let account = campus.account(&name, *role, *unit).await;
        users.push(User { column: name.clone(), account: Some((name, account)) });
    }
    for (column, number) in [("student", NUMBER), ("graduate", "200010004")] {
        let account = campus.student_account(number).await;
        users.push(User { column: column.to_owned(), account: Some(account) });
    }
    let roles = Role::ALL.iter().map(|role| role.code().replace('_', "-"));
    let shown: Vec<&str> = users.iter().map(|user| user.column.as_str()).collect();
    assert!(
        roles.clone().all(|role| shown.contains(&role.as_str())),
        "{shown:?} of {:?}",
        roles.collect::<Vec<_>>()
    );
    users
}

/// Leave and return of the student, papers, notes, a batch: what the places of paths stand for.
async fn furnish(campus: &Campus, student: &str) -> Places {
    let (office, console) = (&campus.kit.office, campus.kit.console());
    let account = campus.account("hedef", Role::Applicant, None).await;
    let invited = AddAccount {
        user_name: "davetli".to_owned(),
        display_name: "Deneme davetli".to_owned(),
        roles: Vec::new(),
        person: None,
        staff: None,
    };
    let invited = add_account(office, &console, invited).await.expect("account");
    let upload = || Upload { bytes: PNG.to_vec() };
    change_photo(office, &console, NUMBER.to_owned(), upload()).await.expect("photo");
    let paper = KeepPaper {
        number: NUMBER.to_owned(),
        row: None,
        kind: PaperKind::Other,
        state: PaperState::Received,
        description: "Dilekçe".to_owned(),
        scan: Some(upload()),
    };
    keep_paper(office, &console, paper).await.expect("paper");
    let note = write_note(office, &console, NUMBER.to_owned(), "Not".to_owned()).await.expect("note");
    status(office, EnrolmentStatus::OnLeave, "01.10.2026").await;
    let entry = status(office, EnrolmentStatus::Active, "02.10.2026").await;
    let mut clerk = campus.signed_in("clerk").await;
    let certificate = format!("/ogrenci/{NUMBER}/belge/student_certificate");
    clerk.get(&certificate).await.is(200);
    let issued = clerk.post(&certificate, &[("lang", "tr")]).await.is(303).location;
    let document: i64 = issued.trim_start_matches("/belge/").parse().expect("a paper");
    let order = [("kind", "student_certificate"), ("lang", "tr"), ("no", NUMBER)];
    let started = clerk.post("/belgeler/toplu/baslat", &order).await.is(303).location;
    let job: i64 = started.trim_start_matches("/is/").parse().expect("a batch");
    run_batches(office).await.expect("the worker");
    let mut student = campus.signed_in(student).await;
    let morning = morning::furnish(campus, &mut clerk, &mut student).await;
    let (roles, held, code) = office
        .db
        .read(move |db| {
            let enrolment = storage::enrolments::find_by_number(db, NUMBER)?.expect("an enrolment");
            let document = storage::documents::fetch(db, base::ids::Id::new(document))?.expect("a paper");
            let held = storage::papers::held(db, enrolment.id)?;
            Ok::<_, storage::StorageError>((storage::accounts::roles(db, account)?, held, document.code))
        })
        .await
        .expect("read");
    Places {
        account,
        role: roles[0].id,
        account_token: campus.token(account).await.id,
        link: invited.link.token.reveal().to_owned(),
        document,
        code,
        job,
        entry,
        scan: held[0].file.expect("a scan").get(),
        paper: held[0].id,
        note: note.get(),
        morning,
    }
}

async fn status(office: &Office, status: EnrolmentStatus, day: &str) -> i64 {
    let found = office.db.read(|db| storage::enrolments::find_by_number(db, NUMBER)).await.expect("read");
    let form = ChangeStatus {
        number: NUMBER.to_owned(),
        status: Some(status),
        effective_on: day.to_owned(),
        ground: GroundKind::BoardDecision,
        ground_ref: "2026/14-03".to_owned(),
        ground_on: "28.09.2026".to_owned(),
        reason: String::new(),
        version: found.expect("an enrolment").version,
    };
    change_status(office, &services::Actor::system("test"), form).await.expect("status").get()
}

/// The plainest value that a schema takes. A version is one that nobody has read, so that most acts stop there.
fn plainest(document: &Value, schema: &Value, name: &str) -> Value {
    if let Some(place) = schema["$ref"].as_str() {
        return plainest(document, document.pointer(place.trim_start_matches('#')).expect("a schema"), name);
    }
    if let Some(parts) = ["oneOf", "allOf"].iter().find_map(|key| schema[*key].as_array()) {
        return plainest(document, parts.last().expect("a part"), name);
    }
    if let Some(word) = schema["enum"].as_array().and_then(|words| words.first()) {
        return word.clone();
    }
    // A value that may be null has both types.
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or_default();
    match kind {
        "object" => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            // Of a batch either the numbers or a filter: neither is required by itself.
            let numbers = schema["properties"].get("numbers").map(|_| "numbers");
            let fields = required
                .chain(numbers)
                .map(|name| (name.to_owned(), plainest(document, &schema["properties"][name], name)));
            Value::Object(fields.collect())
        }
        "array" if name == "numbers" => json!([NUMBER]),
        "array" => json!([]),
        "integer" if name == "version" => json!(i64::MAX),
        "integer" => json!(1),
        "boolean" => json!(false),
        _ if schema["format"] == "date" => json!("2026-11-23"),
        _ if name == "student" => json!(NUMBER),
        _ if name == "kind" => json!("student_certificate"),
        _ if name == "version" => json!("2026-1"),
        _ if name == "email" || name == "phone" => json!(""),
        _ => json!("x"),
    }
}

/// A request of an operation with the plainest body that it takes.
fn request(document: &Value, operation: &Value, method: &str, address: &str, token: &str) -> Request<Body> {
    let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes()).expect("a method");
    let mut request = Request::builder().method(method).uri(address);
    if !token.is_empty() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let content = operation["requestBody"]["content"].as_object();
    let Some((kind, content)) = content.and_then(|all| all.iter().next()) else {
        return request.body(Body::empty()).expect("a request");
    };
    let plain = || plainest(document, &content["schema"], "");
    let (kind, body) = match kind.as_str() {
        "application/json" => (kind.clone(), plain().to_string().into_bytes()),
        "multipart/form-data" => {
            let mut body = String::new();
            for (name, value) in plain().as_object().expect("fields") {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let part = "--X\r\ncontent-disposition: form-data; name=";
                write!(body, "{part}\"{name}\"\r\n\r\n{value}\r\n").expect("text");
            }
            (format!("{kind}; boundary=X"), (body + "--X--\r\n").into_bytes())
        }
        _ => ("image/png".to_owned(), PNG.to_vec()),
    };
    request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).expect("a request")
}

type Table = BTreeMap<(String, String), Vec<u16>>;

/// Nobody has to wait because somebody else tried.
async fn forget_tries(campus: &Campus) {
    campus.wait(1);
    let now = campus.kit.office.now();
    campus.kit.office.db.write(move |tx| storage::throttle::forget(tx, now)).await.expect("no counts");
}

async fn ask_pages(campus: &Campus, places: &Places, users: &[User]) -> Table {
    let mut table = Table::new();
    for user in users {
        forget_tries(campus).await;
        let own_token = match &user.account {
            Some((_, account)) => campus.token(*account).await.id,
            None => 1,
        };
        let mut browser = campus.browser();
        if let Some((name, _)) = &user.account {
            browser.sign_in(name, PASSWORD).await;
        }
        let loaded = morning::load(&mut browser).await;
        let own_upload = loaded.location.strip_prefix("/kayit/listeler/onizleme/").unwrap_or("0");
        for (method, path) in routes() {
            // An act before may have ended the session.
            if let Some((name, _)) = &user.account
                && browser.get("/").await.status != 200
            {
                browser.sign_in(name, PASSWORD).await;
                browser.get("/").await.is(200);
            }
            let address = places.page(&path, own_token, own_upload);
            let page =
                if method == "get" { browser.get(&address).await } else { browser.post(&address, &[]).await };
            assert!(page.status < 500, "{method} {address} as {}: {}", user.column, page.status);
            table.entry((path, method.to_owned())).or_default().push(page.status);
        }
    }
    table
}

async fn ask_api(campus: &Campus, places: &Places, users: &[User]) -> Table {
    let document = serde_json::to_value(web::api::document()).expect("a document");
    let mut table = Table::new();
    for user in users {
        forget_tries(campus).await;
        let (token, own_token) = match &user.account {
            Some((_, account)) => (campus.token(*account).await.token, campus.token(*account).await.id),
            None => (String::new(), 1),
        };
        let confirmation = Request::post("/api/v1/confirmation")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(json!({ "password": PASSWORD }).to_string()))
            .expect("a request");
        let confirmed = campus.send(confirmation).await;
        assert_eq!(confirmed == 200, user.account.is_some(), "{}: {confirmed}", user.column);
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("operations") {
                let address = places.operation(path, own_token);
                let answer = campus.send(request(&document, operation, method, &address, &token)).await;
                assert!(answer < 500, "{method} {address} as {}: {answer}", user.column);
                table.entry((path.clone(), method.clone())).or_default().push(answer);
            }
        }
    }
    table
}

fn draw(out: &mut String, users: &[User], table: &Table) {
    let names: Vec<&str> = users.iter().map(|user| user.column.as_str()).collect();
    writeln!(out, "| route | | {} |", names.join(" | ")).expect("text");
    writeln!(out, "|---|---|{}", "---|".repeat(names.len())).expect("text");
    for ((path, method), answers) in table {
        let cells: Vec<String> = answers.iter().map(ToString::to_string).collect();
        writeln!(out, "| `{path}` | {method} | {} |", cells.join(" | ")).expect("text");
    }
}

const PAGES: &str = "# Every route against every role

Written by a test from the source of the router and the API's document; not edited by hand. `-` is nobody signed in.
The student, the account, the paper, the batch and whatever else a path names are there.

## Pages

Pages are asked for, acts are posted without their fields: 200 shown, 303 leads on (to the sign-in page, the password, or
the result), 403 not allowed, 404 may not know of it or does not exist, 422 allowed and refused for its missing fields.

";
const OPERATIONS: &str = "
## Operations of the API

With a token whose password is confirmed, and the plainest body that the schema takes; roles ask one after the other, from
left to right, and what one did is done for the next. 2xx done, 401 no token, 403 not allowed, 404 may not know of it or
does not exist, 409 allowed and refused for its old version, 422 allowed and refused for what it says.

";

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_every_role_as_the_table_says() {
    let campus = Campus::sqlite().await;
    let users = users(&campus).await;
    let student = users.iter().find(|user| user.column == "student").and_then(|user| user.account.as_ref());
    let places = furnish(&campus, &student.expect("a student").0).await;
    let mut out = PAGES.to_owned();
    draw(&mut out, &users, &ask_pages(&campus, &places, &users).await);
    out.push_str(OPERATIONS);
    draw(&mut out, &users, &ask_api(&campus, &places, &users).await);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated/routes.md");
    #[expect(clippy::disallowed_methods, reason = "`cargo xtask bless` says so in the environment")]
    let bless = std::env::var("KUNYE_BLESS").is_ok();
    if bless {
        fs::write(&file, &out).expect("written");
    }
    let known = fs::read_to_string(&file).unwrap_or_default();
    let differs: Vec<&str> = out.lines().filter(|line| !known.lines().any(|known| known == *line)).collect();
    assert!(
        known == out,
        "docs/generated/routes.md is not what the router does; look at the difference, then `cargo xtask bless`:\n{}",
        differs.join("\n")
    );
}
