//! Every route against every role: `docs/generated/routes.md`.
//!
//! The routes are read from the source of the router, so that none can be forgotten. A page is asked
//! for, an act is posted without its fields: what comes back says whether this role gets that far.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use domain::accounts::Role;

use crate::browser::{Campus, PASSWORD};

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

/// The path with something in its places: a student of the own faculty, a paper that does not exist.
fn filled(path: &str) -> String {
    path.replace("{no}", "240010001")
        .replace("/ogrenciler/{file}", "/ogrenciler/liste.csv")
        .replace("{kind}", "student_certificate")
        .replace("/programlar/{kod}", "/programlar/BLM-L")
        .replace("{kod}", "M%C3%9CH")
        .replace("{code}", "00000-00000-00000-00000-000000")
        .replace("{token}", "yok")
        .replace("{file}", "belgeler.pdf")
        .replace("{entry}", "1")
        .replace("{id}", "1")
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

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_every_role_as_the_table_says() {
    let campus = Campus::sqlite().await;
    let mut users = vec![("-".to_owned(), None)];
    for (role, unit) in STAFF {
        let user = role.code().replace('_', "-");
        campus.account(&user, *role, *unit).await;
        users.push((user.clone(), Some(user)));
    }
    let student = campus.student("240010001").await;
    users.push(("student".to_owned(), Some(student)));
    let mut table: BTreeMap<(String, &'static str), Vec<u16>> = BTreeMap::new();
    // A paper to ask for, whoever asks first.
    let mut clerk = campus.signed_in("clerk").await;
    clerk.get("/ogrenci/240010001/belge/student_certificate").await.is(200);
    clerk.post("/ogrenci/240010001/belge/student_certificate", &[("lang", "tr")]).await.is(303);
    for (_, user) in &users {
        let mut browser = campus.browser();
        for (method, path) in routes() {
            // An act before may have ended the session.
            if let Some(user) = user
                && browser.get("/").await.status != 200
            {
                browser.sign_in(user, PASSWORD).await;
                browser.get("/").await.is(200);
            }
            let address = filled(&path);
            let page =
                if method == "get" { browser.get(&address).await } else { browser.post(&address, &[]).await };
            assert!(page.status < 500, "{method} {address} as {user:?}: {}", page.status);
            table.entry((path, method)).or_default().push(page.status);
        }
    }
    let names: Vec<&str> = users.iter().map(|(name, _)| name.as_str()).collect();
    let mut out = String::from("# Every route against every role\n\n");
    out.push_str(
        "Written by a test from the source of the router; not edited by hand. `-` is nobody signed in. Pages are asked for, acts are\n\
         posted without their fields: 200 shown, 303 leads on (to the sign-in page, the password, or the result), 403 not allowed,\n\
         404 may not know of it or does not exist, 422 allowed and refused for its missing fields, 429 too many.\n\n",
    );
    writeln!(out, "| route | | {} |", names.join(" | ")).expect("text");
    writeln!(out, "|---|---|{}", "---|".repeat(names.len())).expect("text");
    for ((path, method), answers) in &table {
        let cells: Vec<String> = answers.iter().map(ToString::to_string).collect();
        writeln!(out, "| `{path}` | {method} | {} |", cells.join(" | ")).expect("text");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated/routes.md");
    #[expect(clippy::disallowed_methods, reason = "`cargo xtask bless` says so in the environment")]
    let bless = std::env::var("KUNYE_BLESS").is_ok();
    if bless {
        fs::write(&file, &out).expect("written");
    }
    let known = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        known, out,
        "docs/generated/routes.md is not what the router does; look at the difference, then `cargo xtask bless`"
    );
}
