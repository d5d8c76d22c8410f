//! Killed at any moment, nothing acknowledged is lost and nothing is half-done.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crate::running::{Running, kunye, run, run_well};

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

#[test]
fn papers_acknowledged_before_a_kill_are_there_after_it() {
    let folder = tempfile::tempdir().expect("folder");
    let dir = folder.path();
    let office = Running::demo(dir, 200);
    let token = run_well(dir, &["token", "add", "--user", "oidb"]).trim().to_owned();
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
    run_well(dir, &["worker", "--once"]);
    let report = run_well(dir, &["verify", "--json"]);
    assert!(report.contains("\"sound\":true"), "{report}");
    let again = Running::start(dir, &["serve"]);
    for id in acknowledged.lock().expect("lock").iter() {
        let (status, body) =
            again.api("GET", &format!("/api/v1/documents/{id}"), &token, "").expect("document");
        assert_eq!(status, 200, "{body}");
        let state = field(&body, "status").expect("status");
        assert!(state == "valid" || state == "superseded", "{id}: {state}");
    }
}

#[test]
fn an_import_killed_half_way_leaves_nothing_and_the_rerun_ends_it() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    run_well(folder.path(), &["invent", "--students", "1500", "--out", &data.to_string_lossy()]);
    for wait in [50, 300, 900, 1800] {
        let dir = folder.path().join(format!("office-{wait}"));
        let mut child = kunye()
            .arg("--dir")
            .arg(&dir)
            .args(["import", "records", &data.to_string_lossy(), "--json"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("import");
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().expect("kill");
        child.wait().expect("gone");
        let rerun = run(&dir, &["import", "records", &data.to_string_lossy(), "--json", "--yes"]);
        assert!(rerun.status.success(), "{wait}: {}", String::from_utf8_lossy(&rerun.stderr));
        let report = run_well(&dir, &["verify", "--json"]);
        assert!(
            report.contains("\"sound\":true") && report.contains("\"enrolments\":15"),
            "{wait}: {report}"
        );
    }
}

#[test]
fn a_backup_under_load_restores_into_an_empty_place() {
    let folder = tempfile::tempdir().expect("folder");
    let dir = folder.path().join("office");
    let office = Running::demo(&dir, 200);
    let token = run_well(&dir, &["token", "add", "--user", "oidb"]).trim().to_owned();
    let students = numbers(&office, &token);
    let file = folder.path().join("yedek.zip");
    let backup = {
        let (dir, file) = (dir.clone(), file.clone());
        std::thread::spawn(move || run_well(&dir, &["backup", &file.to_string_lossy()]))
    };
    for number in students.iter().take(10) {
        let order = format!("{{\"student\":\"{number}\",\"kind\":\"student_certificate\",\"lang\":\"tr\"}}");
        office.api("POST", "/api/v1/documents", &token, &order).expect("paper");
    }
    backup.join().expect("backup");
    let place = folder.path().join("empty");
    run_well(&place, &["restore", &file.to_string_lossy()]);
    let report = run_well(&place, &["verify", "--json"]);
    assert!(report.contains("\"sound\":true"), "{report}");
    let second = run(&place, &["restore", &file.to_string_lossy()]);
    assert!(!second.status.success(), "a place that is not empty is refused");
}
