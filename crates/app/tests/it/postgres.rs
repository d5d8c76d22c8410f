//! What PostgreSQL alone brings: a role that serves without owning anything, and encrypted connections.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{
    running::{Place, Running, run_well},
    server::{Roles, Server},
};

// --- the serving role ----------------------------------------------------------------------------

/// The schema, made by the owner for the serving role; the places of both.
fn migrate(roles: &Roles, home: &Path) -> (Place, Place) {
    let owner = Place::server(home, roles.owner.clone());
    owner.run_well(&["migrate", "--serving-role", &roles.serving_name]);
    (owner, Place::server(home, roles.serving.clone()))
}

#[test]
fn the_owner_does_not_serve_and_the_serving_role_does() {
    let Some(server) = Server::named() else { return };
    let home = tempfile::tempdir().expect("folder");
    let (roles, office) = (server.roles(), home.path().join("office"));
    // Somebody who can sign in comes along in the backup of a demo.
    let (demo, backup) = (home.path().join("demo"), home.path().join("demo.zip"));
    drop(Running::demo(&demo, 200));
    run_well(&demo, &["backup", &backup.to_string_lossy()]);
    Place::server(&office, roles.owner.clone()).run_well(&["restore", &backup.to_string_lossy()]);
    let (owner, serving) = migrate(&roles, &office);

    let refused = owner.run(&["serve", "--listen", "127.0.0.1:0"]);
    let words = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && words.contains("kunye migrate --serving-role"), "{words}");
    let warned = owner.run(&["check"]);
    assert_eq!(warned.status.code(), Some(1), "{}", String::from_utf8_lossy(&warned.stdout));
    serving.run_well(&["check"]);
    let cannot = serving.run(&["migrate", "--serving-role", &roles.serving_name]);
    assert!(!cannot.status.success(), "the serving role gives nobody rights");

    let token = serving.run_well(&["token", "add", "--user", "oidb"]).trim().to_owned();
    let running = Running::at(&serving, &["serve"]);
    let (status, body) =
        running.api("GET", "/api/v1/students?status=active&limit=1", &token, "").expect("students");
    assert_eq!(status, 200, "{body}");
    let student =
        body.split("\"number\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a student");
    let order = format!("{{\"student\":\"{student}\",\"kind\":\"student_certificate\",\"lang\":\"tr\"}}");
    let (status, body) = running.api("POST", "/api/v1/documents", &token, &order).expect("paper");
    assert_eq!(status, 201, "{body}");
    drop(running);
    let report = serving.run_well(&["verify", "--json"]);
    assert!(report.contains("\"sound\":true"), "{report}");
}

#[test]
fn the_serving_role_imports() {
    let Some(server) = Server::named() else { return };
    let home = tempfile::tempdir().expect("folder");
    let (_, serving) = migrate(&server.roles(), home.path());
    let data = home.path().join("data");
    run_well(home.path(), &["invent", "--students", "300", "--out", &data.to_string_lossy()]);
    let first = serving.run_well(&["import", "records", &data.to_string_lossy(), "--json"]);
    assert!(first.contains("\"applied\":true"), "{first}");
    let again = serving.run_well(&["import", "records", &data.to_string_lossy(), "--json", "--yes"]);
    assert!(!again.contains("\"missing\":1") && again.matches("\"new\":0").count() == 12, "{again}");
    let report = serving.run_well(&["verify", "--json"]);
    assert!(report.contains("\"sound\":true"), "{report}");
}

// --- encrypted connections -----------------------------------------------------------------------

/// Starts and ends the cluster; the test run uses the same.
const KEEPER: &str = include_str!("../../../../xtask/src/postgres.sh");

/// A cluster of a test's own; it ends with the value.
struct Cluster {
    keeper: Child,
    /// Its address, by the name `localhost`.
    url: String,
}

impl Cluster {
    /// Starts one that speaks TLS alone, with this certificate.
    fn start(certificate: &str, key: &str) -> Self {
        let found = Command::new("sh")
            .args(["-c", "ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1 | grep . || dirname \"$(command -v initdb)\""])
            .output()
            .expect("PostgreSQL's programs");
        let programs = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|l| l.local_addr()).expect("a port").port();
        let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
        // PostgreSQL refuses to run as root.
        let mut command = if is_root {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        let mut keeper = command
            .args(["-c", KEEPER, "postgres.sh", &programs, &port.to_string()])
            .env("TLS_CERTIFICATE", certificate)
            .env("TLS_KEY", key)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .current_dir("/")
            .spawn()
            .expect("a keeper");
        let mut line = String::new();
        BufReader::new(keeper.stdout.take().expect("stdout")).read_line(&mut line).expect("an address");
        assert!(line.starts_with("postgres://"), "the cluster did not start");
        Self { keeper, url: line.trim().replace("127.0.0.1", "localhost") }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// A self-signed certificate for `localhost`, and its key.
fn certificate(folder: &Path, name: &str) -> (PathBuf, String, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let file = folder.join(name);
    std::fs::write(&file, &certificate).expect("a file");
    (file, certificate, key)
}

#[test]
fn the_server_shows_who_it_is() {
    let Some(server) = Server::named() else { return };
    let home = tempfile::tempdir().expect("folder");
    let (root, pem, key) = certificate(home.path(), "kök.pem");
    let (another, ..) = certificate(home.path(), "another.pem");
    let cluster = Cluster::start(&pem, &key);
    let migrate = |url: String| Place::server(&home.path().join("office"), url).run(&["migrate"]);
    let address = |words: &str| format!("{}?{words}", cluster.url);
    let full = address(&format!("sslmode=verify-full&sslrootcert={}", root.display()));
    let by_number = full.replace("@localhost", "@127.0.0.1");
    // Without a root it is encrypted for whoever answers; the default asks for it, too.
    for url in [
        full.clone(),
        by_number.replace("verify-full", "verify-ca"),
        address("sslmode=require"),
        cluster.url.clone(),
    ] {
        let output = migrate(url.clone());
        assert!(output.status.success(), "{url}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let refused = |url: String, wanted: &[&str]| {
        let output = migrate(url.clone());
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{url}: {words}");
        assert!(wanted.iter().all(|word| words.contains(word)), "{url}: {words}");
    };
    for mode in ["verify-full", "verify-ca", "require"] {
        let url = address(&format!("sslmode={mode}&sslrootcert={}", another.display()));
        refused(url, &["kök imzalamamış", "sslrootcert"]);
    }
    refused(by_number, &["“127.0.0.1” adı için değil", "localhost"]);
    refused(address("sslmode=verify-full"), &["sslrootcert=DOSYA"]);
    // The cluster lets nobody in without encryption, the test run's server nobody with it.
    refused(address("sslmode=disable"), &["no encryption"]);
    refused(format!("{}?sslmode=require", server.url()), &["sslmode=disable"]);
}
