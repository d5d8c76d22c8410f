//! Killed at any moment, nothing acknowledged is lost and nothing is half-done, on either engine.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    placement::a_placement_list_killed_anywhere_ends_like_one_that_was_not,
    running::{Place, Running, run_well},
    server::Server,
};

/// An engine that this test run has.
pub enum Engine {
    Sqlite,
    Postgres(Server),
}

impl Engine {
    /// An empty place.
    pub fn place(&self, home: &Path, name: &str) -> Place {
        let dir = home.join(name);
        match self {
            Self::Sqlite => Place::folder(&dir),
            // The role of these tests owns what it makes, which `serve` refuses without being told.
            Self::Postgres(server) => Place::server(&dir, server.database()).allowing_owner(),
        }
    }

    /// An office with invented students that serves. Only a folder can be a demo: a server's database gets the demo's
    /// backup.
    fn office(&self, home: &Path, students: u32) -> (Place, Running) {
        let place = self.place(home, "office");
        match self {
            Self::Sqlite => {
                let running = Running::demo(&home.join("office"), students);
                (place, running)
            }
            Self::Postgres(_) => {
                let (demo, backup) = (home.join("demo"), home.join("demo.zip"));
                drop(Running::demo(&demo, students));
                run_well(&demo, &["backup", &backup.to_string_lossy()]);
                place.run_well(&["restore", &backup.to_string_lossy()]);
                let running = Running::at(&place, &["serve"]);
                (place, running)
            }
        }
    }
}

macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite { $(#[test] fn $name() { super::$name(&super::Engine::Sqlite); })* }
        mod postgres { $(#[test] fn $name() {
            if let Some(server) = crate::server::Server::named() {
                super::$name(&super::Engine::Postgres(server));
            }
        })* }
    };
}

on_both!(
    papers_acknowledged_before_a_kill_are_there_after_it,
    a_batch_killed_half_way_is_ended_by_the_next_start,
    an_import_killed_half_way_leaves_nothing_and_the_rerun_ends_it,
    a_placement_list_killed_anywhere_ends_like_one_that_was_not,
    a_bulk_registration_killed_again_and_again_ends_like_an_undisturbed_one,
    a_backup_under_load_restores_into_an_empty_place,
);

fn numbers(office: &Running, token: &str) -> Vec<String> {
    let (status, body) =
        office.api("GET", "/api/v1/students?status=active&limit=100", token, "").expect("students");
    assert_eq!(status, 200, "{body}");
    body.split("\"number\":\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// The value of a text field in a small JSON answer.
fn field(body: &str, name: &str) -> Option<String> {
    let rest = body.split(&format!("\"{name}\":")).nth(1)?;
    Some(rest.trim_start_matches('"').split(['"', ',', '}']).next()?.to_owned())
}

fn papers_acknowledged_before_a_kill_are_there_after_it(engine: &Engine) {
    let folder = tempfile::tempdir().expect("folder");
    let (place, office) = engine.office(folder.path(), 200);
    let token = place.run_well(&["token", "add", "--user", "oidb"]).trim().to_owned();
    let students = numbers(&office, &token);
    assert!(students.len() > 20);
    let acknowledged: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let stop = Arc::new(AtomicBool::new(false));
    let office = Arc::new(office);
    let clerks: Vec<_> = (0..4)
        .map(|clerk| {
            let (office, token, students) = (Arc::clone(&office), token.clone(), students.clone());
            let (acknowledged, stop) = (Arc::clone(&acknowledged), Arc::clone(&stop));
            std::thread::spawn(move || {
                for number in students.iter().cycle().skip(clerk * 7) {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let order = format!(
                        "{{\"student\":\"{number}\",\"kind\":\"student_certificate\",\"lang\":\"tr\"}}"
                    );
                    match office.api("POST", "/api/v1/documents", &token, &order) {
                        Ok((201, body)) => {
                            let id = field(&body, "id").expect("id");
                            acknowledged.lock().expect("lock").insert(id);
                        }
                        // The kill: no answer, nothing was promised.
                        Ok(_) | Err(_) => std::thread::yield_now(),
                    }
                }
            })
        })
        .collect();
    while acknowledged.lock().expect("lock").len() < 12 {
        std::thread::sleep(Duration::from_millis(20));
    }
    office.kill();
    stop.store(true, Ordering::Relaxed);
    for clerk in clerks {
        clerk.join().expect("clerk");
    }
    drop(office);
    place.run_well(&["worker", "--once"]);
    let report = place.run_well(&["verify", "--json"]);
    assert!(report.contains("\"sound\":true"), "{report}");
    let again = Running::at(&place, &["serve"]);
    for id in acknowledged.lock().expect("lock").iter() {
        let (status, body) =
            again.api("GET", &format!("/api/v1/documents/{id}"), &token, "").expect("document");
        assert_eq!(status, 200, "{body}");
        let state = field(&body, "status").expect("status");
        assert!(state == "valid" || state == "superseded", "{id}: {state}");
    }
}

fn a_batch_killed_half_way_is_ended_by_the_next_start(engine: &Engine) {
    let folder = tempfile::tempdir().expect("folder");
    let (place, office) = engine.office(folder.path(), 200);
    let token = place.run_well(&["token", "add", "--user", "oidb"]).trim().to_owned();
    let students = numbers(&office, &token);
    let order = json!({ "kind": "student_certificate", "lang": "tr", "numbers": students });
    // Papers that the demo itself issued.
    let (_, body) = office.api("GET", "/api/v1/documents?limit=200", &token, "").expect("papers");
    let papers: Value = serde_json::from_str(&body).expect("JSON");
    let before = papers["items"].as_array().expect("papers").len();
    let (status, body) =
        office.api("POST", "/api/v1/document-batches", &token, &order.to_string()).expect("a batch");
    assert_eq!(status, 202, "{body}");
    let job = field(&body, "job").expect("job");
    let ask = |office: &Running, path: &str| -> Value {
        let (status, body) = office.api("GET", path, &token, "").expect("an answer");
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).expect("JSON")
    };
    let path = format!("/api/v1/jobs/{job}");
    // In the second round: some papers are made, others have their numbers and no more.
    let made = loop {
        let made = ask(&office, &path)["done"].as_i64().expect("a count");
        if made > 2 {
            break made;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    office.kill();
    drop(office);
    let again = Running::at(&place, &["serve"]);
    let all = ask(&again, &path)["total"].as_i64().expect("a count");
    assert!(made < all, "killed too late: {made} of {all}");
    let mut rounds = 0;
    let ended = loop {
        let now = ask(&again, &path);
        if now["state"] == "done" {
            break now;
        }
        rounds += 1;
        assert!(rounds < 1200, "it does not go on: {now}");
        std::thread::sleep(Duration::from_millis(100));
    };
    let papers = ask(&again, &format!("/api/v1/documents?job={job}&limit=200"));
    let papers = papers["items"].as_array().expect("papers");
    let valid = papers.iter().filter(|paper| paper["status"] == "valid").count();
    let done = ended["done"].as_u64().and_then(|done| usize::try_from(done).ok());
    assert_eq!((valid, Some(papers.len())), (papers.len(), done));
    assert_eq!(ended["done"].as_i64().zip(ended["failed"].as_i64()).map(|(d, f)| d + f), Some(all));
    let once: BTreeSet<_> = papers.iter().map(|paper| paper["student"].to_string()).collect();
    assert_eq!(once.len(), papers.len(), "one paper for each student");
    drop(again);
    // Numbers without a gap and without a double are what it looks at.
    let report = place.run_well(&["verify", "--json"]);
    assert!(report.contains("\"sound\":true"), "{report}");
    assert_eq!(field(&report, "papers"), Some((before + papers.len()).to_string()), "{report}");
}

fn an_import_killed_half_way_leaves_nothing_and_the_rerun_ends_it(engine: &Engine) {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    run_well(folder.path(), &["invent", "--students", "1500", "--out", &data.to_string_lossy()]);
    for wait in [50, 300, 900, 1800] {
        let place = engine.place(folder.path(), &format!("office-{wait}"));
        place.run_well(&["migrate"]);
        let mut child = place
            .command()
            .args(["import", "records", &data.to_string_lossy(), "--json"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("import");
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().expect("kill");
        child.wait().expect("gone");
        let left = place.run_well(&["verify", "--json"]);
        assert!(left.contains("\"sound\":true"), "{wait}: {left}");
        let left = field(&left, "enrolments").expect("a count");
        let rerun = place.run(&["import", "records", &data.to_string_lossy(), "--json", "--yes"]);
        assert!(rerun.status.success(), "{wait}: {}", String::from_utf8_lossy(&rerun.stderr));
        let report = place.run_well(&["verify", "--json"]);
        assert!(
            report.contains("\"sound\":true") && report.contains("\"enrolments\":15"),
            "{wait}: {report}"
        );
        let all = field(&report, "enrolments").expect("a count");
        assert!(left == "0" || left == all, "{wait}: {left} of {all}");
    }
}

/// Candidates of the list that is registered in bulk.
const CANDIDATES: usize = 400;

/// What the API answers, whatever the status.
fn send(office: &Running, method: &str, path: &str, token: &str, body: &Value) -> (u16, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let (status, text) = office.api(method, &format!("/api/v1{path}"), token, &body).expect("an answer");
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// A place with placed candidates, all of whom registered through e-Devlet, and a window; `token` reaches its registrar.
fn placed(engine: &Engine, home: &Path, name: &str, backup: &Path) -> (Place, String) {
    let place = engine.place(home, name);
    place.run_well(&["restore", &backup.to_string_lossy()]);
    let token = place.run_well(&["token", "add", "--user", "oidb"]).trim().to_owned();
    (place, token)
}

/// Starts a bulk registration of everybody; answers its address.
fn start_bulk(office: &Running, token: &str) -> String {
    let order = json!({ "fee": "not_due" });
    let (status, started) = send(office, "POST", "/bulk-registrations", token, &order);
    assert_eq!(status, 202, "{started}");
    format!("/bulk-registrations/{}", started["id"])
}

/// Asks until a run says so.
fn until(office: &Running, token: &str, run: &str, is_enough: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..6000 {
        let (_, now) = send(office, "GET", run, token, &Value::Null);
        if is_enough(&now) {
            return now;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("it does not go on: {}", send(office, "GET", run, token, &Value::Null).1);
}

/// Every number of a run with its candidate, in order.
fn given(office: &Running, token: &str, run: &str) -> Vec<(String, i64, bool)> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let (status, page) =
            send(office, "GET", &format!("{run}/numbers?limit=200{after}"), token, &Value::Null);
        assert_eq!(status, 200, "{page}");
        for line in page["items"].as_array().expect("numbers") {
            let number = line["number"].as_str().expect("a number").to_owned();
            found.push((number, line["candidate"].as_i64().expect("an id"), line["undone"] == true));
        }
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return found,
        }
    }
}

fn done(run: &Value) -> i64 {
    run["done"].as_i64().unwrap_or_default()
}

fn a_bulk_registration_killed_again_and_again_ends_like_an_undisturbed_one(engine: &Engine) {
    let folder = tempfile::tempdir().expect("folder");
    let home = folder.path();
    // One office with a list; its backup makes two that are alike.
    let (demo, data, backup) = (home.join("demo"), home.join("data"), home.join("demo.zip"));
    drop(Running::demo(&demo, 60));
    let (count, path) = (CANDIDATES.to_string(), data.to_string_lossy().into_owned());
    run_well(home, &["invent", "--students", "60", "--out", &path]);
    let invented =
        ["invent", "--candidates", &count, "--e-registered", &count, "--seed", "7", "--out", &path];
    run_well(home, &invented);
    let list = data.join("placement/yks-2026.csv").to_string_lossy().into_owned();
    let words = ["import", "placement", &list, "--year", "2026", "--kind", "yks", "--sound-rows", "--json"];
    // Chance may give somebody the number of another one: such a row is left out.
    let taken = Place::folder(&demo).run(&words);
    let taken: Value = serde_json::from_slice(&taken.stdout).expect("what came of it");
    assert_eq!(taken["applied"], true, "{taken}");
    run_well(&demo, &["backup", &backup.to_string_lossy()]);

    let (calm, token) = placed(engine, home, "calm", &backup);
    let office = Running::at(&calm, &["serve"]);
    let run = start_bulk(&office, &token);
    let whole = until(&office, &token, &run, |run| run["state"] == "done");
    let expected = given(&office, &token, &run);
    assert!(expected.len() > CANDIDATES / 2, "{} of {CANDIDATES}: {whole}", expected.len());
    drop(office);

    let (storm, token) = placed(engine, home, "storm", &backup);
    let mut office = Running::at(&storm, &["serve"]);
    let run = start_bulk(&office, &token);
    let mut kills = 0;
    let mut reached = 0;
    // Two lives are cut short as soon as they have registered somebody; what was told stays told.
    let ended = loop {
        let is_enough = |run: &Value| kills < 2 && done(run) > reached || run["state"] == "done";
        let now = until(&office, &token, &run, is_enough);
        if now["state"] == "done" {
            break now;
        }
        reached = done(&now);
        office.kill();
        drop(office);
        kills += 1;
        office = Running::at(&storm, &["serve"]);
        assert!(done(&send(&office, "GET", &run, &token, &Value::Null).1) >= reached, "it was promised");
    };
    assert_eq!(kills, 2, "it was killed too late: {ended}");
    assert_eq!((&ended["done"], &ended["failed"]), (&whole["done"], &whole["failed"]), "{ended}");
    assert_eq!(given(&office, &token, &run), expected, "the same numbers for the same people");

    // The whole run is undone, killed in the middle too: every number is cancelled, none is lost.
    let undo = json!({ "reason": "yanlış liste" });
    let (status, refused) = send(&office, "POST", &format!("{run}/undo"), &token, &undo);
    assert_eq!((status, &refused["code"]), (403, &json!("needs-confirmation")), "{refused}");
    std::fs::copy(demo.join("logins.txt"), home.join("storm/logins.txt")).expect("log-ins");
    let password = json!({ "password": office.password("oidb") });
    let (status, confirmed) = send(&office, "POST", "/confirmation", &token, &password);
    assert!(status < 300, "{confirmed}");
    let (status, started) = send(&office, "POST", &format!("{run}/undo"), &token, &undo);
    assert_eq!(status, 202, "{started}");
    let undoing = format!("/bulk-registrations/{}", started["id"]);
    until(&office, &token, &undoing, |run| done(run) > 0);
    office.kill();
    drop(office);
    let office = Running::at(&storm, &["serve"]);
    let undone = until(&office, &token, &undoing, |run| run["state"] == "done");
    assert_eq!((&undone["done"], &undone["failed"]), (&whole["done"], &json!(0)), "{undone}");
    let numbers = given(&office, &token, &run);
    assert_eq!(numbers.len(), expected.len());
    assert!(numbers.iter().all(|(_, _, is_undone)| *is_undone));
    drop(office);
    for place in [&calm, &storm] {
        // Numbers without a gap and without a double are among what it looks at.
        let report = place.run_well(&["verify", "--json"]);
        assert!(report.contains("\"sound\":true"), "{report}");
    }
}

fn a_backup_under_load_restores_into_an_empty_place(engine: &Engine) {
    let folder = tempfile::tempdir().expect("folder");
    let (place, office) = engine.office(folder.path(), 200);
    let token = place.run_well(&["token", "add", "--user", "oidb"]).trim().to_owned();
    let students = numbers(&office, &token);
    let file = folder.path().join("yedek.zip");
    let backup = {
        let (place, file) = (place.clone(), file.clone());
        std::thread::spawn(move || place.run_well(&["backup", &file.to_string_lossy()]))
    };
    for number in students.iter().take(10) {
        let order = format!("{{\"student\":\"{number}\",\"kind\":\"student_certificate\",\"lang\":\"tr\"}}");
        office.api("POST", "/api/v1/documents", &token, &order).expect("paper");
    }
    backup.join().expect("backup");
    let empty = engine.place(folder.path(), "empty");
    empty.run_well(&["restore", &file.to_string_lossy()]);
    let report = empty.run_well(&["verify", "--json"]);
    assert!(report.contains("\"sound\":true"), "{report}");
    let second = empty.run(&["restore", &file.to_string_lossy()]);
    assert!(!second.status.success(), "a place that is not empty is refused");
}
