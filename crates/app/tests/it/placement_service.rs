//! The real binary against a placement service on this machine: the console, the pages, the settings, and a service
//! that does not answer.

use std::{fs, path::Path, process::Output};

use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::placement_server::{ACCOUNT, Fault, PASSWORD, PlacementServer, placement_row};

use crate::running::{Place, Running, run_well};

struct Office {
    _home: TempDir,
    place: Place,
    dir: std::path::PathBuf,
    programme: String,
}

impl Office {
    /// An office with the invented units, set up for a service.
    fn at(url: &str, password: &str) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let (dir, data) = (home.path().join("office"), home.path().join("data"));
        let written = data.to_string_lossy();
        run_well(home.path(), &["invent", "--students", "20", "--out", &written]);
        run_well(&dir, &["import", "records", &written]);
        let programmes = fs::read_to_string(data.join("programs.csv")).expect("programmes");
        let code = programmes.lines().nth(1).and_then(|line| line.split(',').nth(2)).expect("a programme");
        let office = Self { place: Place::folder(&dir), programme: code.to_owned(), _home: home, dir };
        office.set(url, password);
        office
    }

    fn set(&self, url: &str, password: &str) {
        let write = |name: &str, text: &str| fs::write(self.dir.join(name), text).expect("written");
        write("parola", &format!("{password}\n"));
        let text = format!(
            "yoksis_url = \"{url}\"\nyoksis_account = \"{ACCOUNT}\"\nyoksis_password_file = \"parola\"\n"
        );
        write("kunye.toml", &text);
    }

    fn row(&self, identity_no: &str) -> Value {
        placement_row(identity_no, "IŞIL", "ÖRNEK", &self.programme)
    }

    fn fetch(&self, more: &[&str]) -> Output {
        let words = ["import", "placement", "--from-yoksis", "--year", "2026", "--kind", "YKS"];
        self.place.run(&[&words[..], more].concat())
    }

    fn json(&self, more: &[&str], exit: i32) -> Value {
        let output = self.fetch(&[more, &["--json"]].concat());
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(output.status.code(), Some(exit), "{said}{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(said.trim()).unwrap_or_else(|e| panic!("{e}: {said}"))
    }
}

fn counts(told: &Value) -> [i64; 4] {
    ["new", "changed", "same", "faulty"].map(|name| told[name].as_i64().expect("a figure"))
}

#[test]
fn the_console_fetches_pages_keeps_faulty_rows_and_does_nothing_twice() {
    let server = PlacementServer::start(Vec::new());
    let office = Office::at(&server.url, PASSWORD);
    server.set_rows(
        ["10000000146", "12345678950", "98765432151", "98765432150"].map(|n| office.row(n)).to_vec(),
    );
    server.page_size(2);
    let errors = office.dir.join("hatali.csv");
    let path = errors.to_string_lossy().into_owned();
    let dry = office.json(&["--dry-run", "--errors", &path], 1);
    assert_eq!((counts(&dry), &dry["applied"]), ([3, 0, 0, 1], &json!(false)));
    let faulty = fs::read_to_string(&errors).expect("the faulty row");
    assert!(faulty.contains("98765432151") && faulty.contains("tcKimlikNo"), "{faulty}");
    let done = office.json(&[], 1);
    assert_eq!((counts(&done), &done["applied"]), ([3, 0, 0, 1], &json!(true)));
    let asked = server.asked();
    assert_eq!(asked[..2], ["yil=2026&tur=YKS&page=0&size=1000", "yil=2026&tur=YKS&page=1&size=1000"]);

    // A file with the same columns mends the row; the service then has the same candidates.
    let mended = faulty.replace("98765432151", "11111111110");
    let file = office.dir.join("mended.csv");
    fs::write(&file, mended).expect("written");
    let file = file.to_string_lossy();
    office.place.run_well(&["import", "placement", &file, "--year", "2026", "--kind", "yks"]);
    server.set_rows(["10000000146", "12345678950", "98765432150"].map(|n| office.row(n)).to_vec());
    assert_eq!(counts(&office.json(&[], 0)), [0, 0, 3, 0]);
    let said = String::from_utf8(office.fetch(&[]).stdout).expect("UTF-8");
    assert!(said.contains("3 satır: 0 yeni") && said.contains("Liste alındı."), "{said}");
}

#[test]
fn a_service_that_gives_nothing_is_told_in_words_and_writes_nothing() {
    let server = PlacementServer::start(Vec::new());
    let office = Office::at(&server.url, "yanlış");
    let told = |wanted: &str| {
        let output = office.fetch(&[]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(wanted) && said.contains("kunye import placement"), "{said}");
        for secret in ["yanlış", PASSWORD, "Basic", "yil=2026"] {
            assert!(!said.contains(secret), "{said}");
        }
    };
    told("hesabı, parolası");
    office.set(&server.url, PASSWORD);
    let nobody = office.json(&[], 0);
    assert_eq!((&nobody["rows"], &nobody["applied"]), (&json!(0), &json!(false)));
    server.fail(vec![Fault::page(200)]);
    told("veri yerine bir sayfa");
    server.fail(vec![Fault::status(404)]);
    told("böyle bir hizmet yok");

    // What cannot be set up is said before anything is asked.
    office.set("http://servis.example.invalid/", PASSWORD);
    let output = office.fetch(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("https://"));
    fs::write(office.dir.join("kunye.toml"), "yoksis_account = \"9999\"\n").expect("written");
    let output = office.fetch(&[]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("KUNYE_YOKSIS_PASSWORD"));
    fs::write(office.dir.join("kunye.toml"), "").expect("written");
    let output = office.fetch(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("yoksis_account"));
}

#[test]
fn a_running_server_fetches_by_its_worker_and_survives_a_kill() {
    let server = PlacementServer::start(Vec::new());
    let office = Office::at(&server.url, PASSWORD);
    server.set_rows(["10000000146", "12345678950", "98765432151"].map(|n| office.row(n)).to_vec());
    server.page_size(1);
    // A demo has somebody who can sign in.
    let demo = tempfile::tempdir().expect("a folder");
    let office = Office { dir: demo.path().to_owned(), place: Place::folder(demo.path()), ..office };
    office.set(&server.url, PASSWORD);
    drop(Running::demo(&office.dir, 20));
    let token = office.place.run_well(&["token", "add", "--user", "oidb"]).trim().to_owned();
    // The second page never comes; the process is gone while it waits.
    server.fail_from(1, Fault::Silence);
    let running = Running::start(&office.dir, &["serve"]);
    let started = order(&running, &token);
    while server.asked().len() < 2 {
        std::thread::yield_now();
    }
    running.kill();
    server.fail(Vec::new());
    let running = Running::start(&office.dir, &["serve"]);
    let again = order(&running, &token);
    let done = until_ended(&running, &token, again);
    assert_eq!(
        (&done["state"], &done["figures"]["new"], &done["figures"]["faulty"]),
        (&json!("done"), &json!(2), &json!(1))
    );
    let half = ask(&running, &token, started);
    assert_eq!(half["state"], "running", "it is begun anew when its time is over");
    drop(running);
    assert_eq!(counts(&office.json(&[], 1)), [0, 0, 2, 1]);
    assert!(look_for(&office.dir, PASSWORD.as_bytes()).is_empty(), "the password stands nowhere else");
}

/// Files of the folder that hold these bytes, the file of the password apart.
fn look_for(dir: &Path, bytes: &[u8]) -> Vec<String> {
    let files = fs::read_dir(dir).expect("a folder").filter_map(Result::ok).map(|entry| entry.path());
    let holds =
        |path: &Path| fs::read(path).is_ok_and(|text| text.windows(bytes.len()).any(|part| part == bytes));
    files
        .filter(|path| !path.ends_with("parola") && holds(path))
        .map(|path| path.display().to_string())
        .collect()
}

fn order(running: &Running, token: &str) -> i64 {
    let body = json!({ "placement": "YKS", "year": 2026 }).to_string();
    let (status, body) = running.api("POST", "/api/v1/placement-fetches", token, &body).expect("an answer");
    assert_eq!(status, 202, "{body}");
    serde_json::from_str::<Value>(&body).expect("JSON")["id"].as_i64().expect("a number")
}

fn ask(running: &Running, token: &str, id: i64) -> Value {
    let path = format!("/api/v1/placement-fetches/{id}");
    let (status, body) = running.api("GET", &path, token, "").expect("an answer");
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).expect("JSON")
}

fn until_ended(running: &Running, token: &str, id: i64) -> Value {
    loop {
        let found = ask(running, token, id);
        if !matches!(found["state"].as_str(), Some("waiting" | "running")) {
            return found;
        }
    }
}
