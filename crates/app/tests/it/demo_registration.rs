//! A demo opens in the middle of the days of registration.

use std::path::Path;

use serde_json::Value;

use crate::running::{Running, run_well};

/// What the API answers.
fn ask(office: &Running, token: &str, path: &str) -> Value {
    let (status, body) = office.api("GET", &format!("/api/v1{path}"), token, "").expect("an answer");
    assert_eq!(status, 200, "{path}: {body}");
    serde_json::from_str(&body).expect("JSON")
}

/// The items of an answer.
fn items(answer: &Value) -> Vec<Value> {
    answer["items"].as_array().expect("items").clone()
}

/// Everything that a list of the API has, page by page to the end; `path` has its first parameters.
fn all(office: &Running, token: &str, path: &str) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let answer = ask(office, token, &format!("{path}&limit=200{after}"));
        found.extend(items(&answer));
        match answer["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return found,
        }
    }
}

/// Starts a demo; answers it with a token of its registrar and one of its clerk.
fn demo(dir: &Path) -> (Running, String, String) {
    let office = Running::demo(dir, 60);
    let token = |user| run_well(dir, &["token", "add", "--user", user]).trim().to_owned();
    let (registrar, clerk) = (token("oidb"), token("memur"));
    (office, registrar, clerk)
}

#[test]
fn a_demo_shows_a_morning_of_registration_and_the_same_one_again() {
    let home = tempfile::tempdir().expect("a folder");
    let (first, second) = (home.path().join("first"), home.path().join("second"));
    let (office, registrar, clerk) = demo(&first);
    let candidates = all(&office, &registrar, "/candidates?year=2026");
    assert_eq!(candidates.len(), 240);
    let in_state = |state: &str| candidates.iter().filter(|c| c["state"] == state).count();
    assert_eq!((in_state("registered"), in_state("provisional")), (12, 4), "{candidates:#?}");
    let e_registered = candidates.iter().filter(|c| !c["e_registered_at"].is_null());
    assert!(e_registered.filter(|c| c["state"] == "waiting").count() > 30);

    // The clerk sees the own faculty, and somebody there has not brought a paper yet.
    let own = all(&office, &clerk, "/candidates?state=provisional");
    assert_eq!(own.len(), 4);
    let is_missing = |candidate: &Value| {
        let opened = ask(&office, &clerk, &format!("/candidates/{}", candidate["id"]));
        opened["papers"].as_array().expect("papers").iter().any(|paper| paper["state"] == "missing")
    };
    assert!(own.iter().any(is_missing), "{own:#?}");
    let windows = items(&ask(&office, &clerk, "/windows"));
    assert_eq!(windows.iter().filter(|window| window["state"] == "open").count(), 3, "{windows:#?}");

    let orientations = items(&ask(&office, &clerk, "/orientations"));
    assert_eq!(orientations.len(), 1, "{orientations:#?}");
    let invited =
        ask(&office, &clerk, &format!("/orientations/{}/invitations?absent=false", orientations[0]["id"]));
    assert!(items(&invited).len() >= 12, "{invited:#}");
    let report = run_well(&first, &["verify", "--json"]);
    assert!(report.contains("\"sound\":true"), "{report}");

    // The same candidates stand where they stood, with the same numbers.
    let (again, registrar_there, _) = demo(&second);
    let shown = |candidates: &[Value]| -> Vec<String> {
        let line =
            |c: &Value| format!("{} {} {} {}", c["given_name"], c["surname"], c["programme"], c["state"]);
        candidates.iter().map(line).collect()
    };
    assert_eq!(shown(&candidates), shown(&all(&again, &registrar_there, "/candidates?year=2026")));
    let numbers = |office: &Running, token: &str| -> Vec<Value> {
        let students = all(office, token, "/students?entry_year=2026&order=number");
        students.iter().map(|student| student["number"].clone()).collect()
    };
    assert_eq!(numbers(&office, &registrar), numbers(&again, &registrar_there));
}
