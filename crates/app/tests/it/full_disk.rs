//! A disk that is really full: nothing acknowledged is lost, nothing is half-done, everybody is told, and once there is
//! room the work goes on.
//!
//! The program runs on a small file system in memory, mounted where only this test and what it starts can see it
//! (`unshare`, `nsenter` and `mount` of util-linux). Where the system allows no such mount, to root or in a user
//! namespace, the tests say so and do nothing.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

use crate::running::{Place, Running, run_well};

/// A small disk in a mount namespace of its own; both are gone with the value.
struct SmallDisk {
    /// Holds the namespace until its input is closed.
    holder: Child,
    /// How other programs get into it.
    enter: Vec<String>,
    /// Where it is mounted, for those inside.
    mount: PathBuf,
    /// Ordinary disk beside it.
    home: TempDir,
}

impl SmallDisk {
    /// Mounts a disk of so many KiB; none where the system does not allow it, which is said.
    fn new(kib: u32) -> Option<Self> {
        let mut refusals = Vec::new();
        for user in [false, true] {
            match Self::try_new(kib, user) {
                Ok(disk) => return Some(disk),
                Err(refusal) => refusals.push(refusal),
            }
        }
        eprintln!(
            "NOT RUN: a full disk needs a mount namespace, and this system allows none: {}",
            refusals.join("; ")
        );
        None
    }

    fn try_new(kib: u32, user: bool) -> Result<Self, String> {
        let home = tempfile::tempdir().expect("folder");
        let mount = home.path().join("disk");
        std::fs::create_dir(&mount).expect("mount point");
        let script =
            format!("mount -t tmpfs -o size={kib}k tmpfs '{}' && echo ready && exec cat", mount.display());
        let mut unshare = Command::new("unshare");
        if user {
            unshare.args(["--user", "--map-root-user"]);
        }
        unshare.args(["--mount", "sh", "-c", &script]);
        unshare.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut holder = unshare.spawn().map_err(|error| format!("unshare: {error}"))?;
        let mut said = String::new();
        let out = holder.stdout.take().expect("stdout");
        BufReader::new(out).read_line(&mut said).expect("an answer");
        if said != "ready\n" {
            let output = holder.wait_with_output().expect("gone");
            return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
        }
        let id = holder.id().to_string();
        let mut enter = vec!["nsenter", "--target", id.as_str(), "--mount"];
        if user {
            enter.extend(["--user", "--preserve-credentials"]);
        }
        enter.push("--");
        let enter = enter.into_iter().map(str::to_owned).collect();
        Ok(Self { holder, enter, mount, home })
    }

    /// An installation on the disk.
    fn place(&self) -> Place {
        Place::folder(&self.mount.join("office")).through(self.enter.clone())
    }

    /// Runs a line of shell where the disk can be seen; answers what it wrote.
    fn shell(&self, line: &str) -> String {
        let (program, arguments) = self.enter.split_first().expect("nsenter");
        let output = Command::new(program)
            .args(arguments)
            .args(["sh", "-c", line])
            .current_dir(self.home.path())
            .output()
            .expect("nsenter");
        let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
        assert!(output.status.success(), "{line}: {text}");
        text
    }

    /// Fills the disk up but for so many KiB.
    fn fill(&self, leave: u32) {
        let disk = self.mount.display();
        self.shell(&format!("cat /dev/zero >'{disk}/filler' 2>/dev/null; true"));
        if leave > 0 {
            self.shell(&format!("truncate -s -{leave}K '{disk}/filler'"));
        }
    }

    /// Gives the disk so many KiB in all.
    fn grow(&self, kib: u32) {
        self.shell(&format!("mount -o remount,size={kib}k '{}'", self.mount.display()));
    }

    /// Takes away what filled it.
    fn make_room(&self) {
        self.shell(&format!("rm '{}/filler'", self.mount.display()));
    }

    /// The names in a folder of the disk.
    fn names(&self, folder: &str) -> Vec<String> {
        let folder = self.mount.join(folder);
        self.shell(&format!("ls -A '{}'", folder.display())).lines().map(str::to_owned).collect()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        let _ = self.holder.wait();
    }
}

/// Runs a command that finds no room: says so in Turkish, with the exit code of what could not run.
fn finds_no_room(place: &Place, words: &[&str]) {
    let output = place.run(words);
    let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
    assert!(said.contains("iskte yer kalmadı"), "{words:?}: {said}");
}

fn verified(place: &Place) -> serde_json::Value {
    let report = place.run_well(&["verify", "--json"]);
    let report: serde_json::Value =
        serde_json::from_str(report.lines().last().expect("a line")).expect("JSON");
    assert_eq!(report["sound"], true, "{report}");
    report
}

/// Files of records about so many invented students.
fn invented(folder: &Path, students: u32) -> String {
    let data = folder.join(format!("data-{students}")).display().to_string();
    run_well(folder, &["invent", "--students", &students.to_string(), "--out", &data]);
    data
}

/// Waits until something is so, for half a minute at the most.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..600 {
        if is_so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{what}: not within half a minute");
}

#[test]
fn an_import_that_fills_the_disk_leaves_nothing_and_the_rerun_ends_it() {
    let folder = tempfile::tempdir().expect("folder");
    let data = invented(folder.path(), 600);
    // Full at different moments: while the schema is made, while rows are read, while they are applied.
    for kib in [500, 1024, 3072] {
        let Some(disk) = SmallDisk::new(kib) else { return };
        let place = disk.place();
        let import = ["import", "records", data.as_str(), "--yes"];
        finds_no_room(&place, &import);
        if kib > 500 {
            let report = verified(&place);
            assert_eq!(
                (&report["entries"], &report["enrolments"]),
                (&0.into(), &0.into()),
                "{kib}: {report}"
            );
        }
        finds_no_room(&place, &import);
        disk.grow(64 * 1024);
        place.run_well(&import);
        assert_eq!(verified(&place)["enrolments"], 600, "{kib}");
    }
}

/// The same files with another place of birth of the last student.
fn corrected(data: &str, folder: &Path) -> String {
    let corrected = folder.join("corrected");
    std::fs::create_dir(&corrected).expect("folder");
    for file in std::fs::read_dir(data).expect("files") {
        let file = file.expect("file");
        std::fs::copy(file.path(), corrected.join(file.file_name())).expect("copy");
    }
    let path = corrected.join("students.csv");
    let text = std::fs::read_to_string(&path).expect("students.csv");
    let header: Vec<&str> = text.lines().next().expect("a header").split(',').collect();
    let column = header.iter().position(|name| *name == "birth_place").expect("birth_place");
    let (others, last) = text.trim_end().rsplit_once('\n').expect("students");
    let mut fields: Vec<&str> = last.split(',').collect();
    fields[column] = "Başkayer";
    std::fs::write(&path, format!("{others}\n{}\n", fields.join(","))).expect("students.csv");
    corrected.display().to_string()
}

#[test]
fn records_that_are_there_stay_as_they_are_when_a_later_import_fills_the_disk() {
    let Some(disk) = SmallDisk::new(64 * 1024) else { return };
    let place = disk.place();
    let data = invented(disk.home.path(), 600);
    place.run_well(&["import", "records", &data]);
    let before = verified(&place);
    disk.fill(1024);
    let corrected = corrected(&data, disk.home.path());
    let import = ["import", "records", corrected.as_str(), "--yes"];
    finds_no_room(&place, &import);
    assert_eq!(verified(&place), before);
    // Nothing at all is left: even what only looks needs a little room of its own, and says so.
    disk.make_room();
    assert_eq!(verified(&place), before);
    disk.fill(0);
    for words in [&["verify"][..], &["check"], &["user", "list"], &import] {
        finds_no_room(&place, words);
    }
    disk.make_room();
    assert_eq!(verified(&place), before);
    place.run_well(&import);
    let after = verified(&place);
    assert_eq!(after["enrolments"], 600);
    assert!(after["entries"].as_i64() > before["entries"].as_i64(), "{after}");
}

#[test]
fn a_backup_without_room_leaves_no_file() {
    let Some(disk) = SmallDisk::new(32 * 1024) else { return };
    let data = invented(disk.home.path(), 300);
    let place = disk.place();
    place.run_well(&["import", "records", &data]);

    // No room for the backup.
    let inside = disk.mount.join("yedek.zip").display().to_string();
    disk.fill(200);
    finds_no_room(&place, &["backup", &inside]);
    assert_eq!(disk.names("."), ["filler", "office"]);
    // No room for the row of the audit log that says who took it.
    let outside = disk.home.path().join("yedek.zip");
    disk.make_room();
    disk.fill(0);
    finds_no_room(&place, &["backup", &outside.display().to_string()]);
    assert!(!outside.exists() && !disk.home.path().join("yedek.zip.yarim").exists());

    // No room for what is restored; nothing of it stays.
    disk.make_room();
    place.run_well(&["backup", &outside.display().to_string()]);
    disk.fill(1024);
    let other = Place::folder(&disk.mount.join("other")).through(disk.enter.clone());
    finds_no_room(&other, &["restore", &outside.display().to_string()]);
    disk.make_room();
    other.run_well(&["restore", &outside.display().to_string()]);
    assert_eq!(verified(&other)["enrolments"], 300);
}

/// An office with invented students that serves from the disk, a token for its API, and the numbers of its students.
fn office(disk: &SmallDisk) -> (Running, String, Vec<String>) {
    let place = disk.place();
    let running = Running::at(&place, &["demo", "--students", "200"]);
    let token = place.run_well(&["token", "add", "--user", "oidb"]).trim().to_owned();
    let students = json(&running, "GET", "/api/v1/students?limit=100", &token, "", 200);
    let students = students["items"].as_array().expect("items");
    let numbers = students.iter().filter_map(|student| student["number"].as_str().map(str::to_owned));
    let numbers: Vec<String> = numbers.collect();
    assert_eq!(numbers.len(), 100);
    (running, token, numbers)
}

/// How many papers the demo itself issued.
fn issued(office: &Running, token: &str) -> i64 {
    let papers = json(office, "GET", "/api/v1/documents?limit=200", token, "", 200);
    i64::try_from(papers["items"].as_array().expect("papers").len()).expect("a count")
}

fn json(
    office: &Running,
    method: &str,
    path: &str,
    token: &str,
    body: &str,
    status: u16,
) -> serde_json::Value {
    let (answered, answer) = office.api(method, path, token, body).expect("an answer");
    assert_eq!(answered, status, "{method} {path}: {answer}");
    serde_json::from_str(&answer).unwrap_or_default()
}

#[test]
fn papers_of_a_list_wait_for_room_and_none_is_half_done() {
    papers_of_a_list_wait_for_room(false);
}

#[test]
fn papers_of_a_list_are_finished_by_whoever_comes_after_one_that_was_killed_on_a_full_disk() {
    papers_of_a_list_wait_for_room(true);
}

fn papers_of_a_list_wait_for_room(killed: bool) {
    let Some(disk) = SmallDisk::new(48 * 1024) else { return };
    let place = disk.place();
    let (mut office, token, numbers) = office(&disk);
    let before = issued(&office, &token);
    disk.fill(2200);
    let order = serde_json::json!({ "kind": "transcript", "numbers": numbers }).to_string();
    let job = json(&office, "POST", "/api/v1/document-batches", &token, &order, 202)["job"].clone();
    let job_path = format!("/api/v1/jobs/{job}");
    let progress = |office: &Running| json(office, "GET", &job_path, &token, "", 200);
    until("the batch waits for room", || progress(&office)["waits_for_room"] == true);
    let waiting = progress(&office);
    assert_eq!(waiting["state"], "running", "{waiting}");
    let done = waiting["done"].as_i64().expect("a number");
    assert!((1..100).contains(&done), "{waiting}");
    if killed {
        office.kill();
        disk.make_room();
        let between = verified(&place);
        assert!(between["papers"].as_i64().expect("a number") >= done, "{between}");
        office = Running::at(&place, &["serve"]);
    } else {
        disk.make_room();
    }

    until("the batch is done", || progress(&office)["state"] == "done");
    let ended = progress(&office);
    let failed = ended["failed"].as_i64().expect("a number");
    assert_eq!(ended["done"].as_i64().map(|done| done + failed), Some(100), "{ended}");
    assert_eq!(ended["waits_for_room"], false);
    let mut reasons = ended["failures"].as_array().expect("failures").iter().flat_map(|item| {
        item["findings"].as_array().expect("findings").iter().map(|finding| &finding["code"])
    });
    assert!(reasons.all(|code| code == "transcript-no-marks"), "{ended}");
    let report = verified(&place);
    let all = ended["done"].as_i64().map(|done| before + done);
    assert_eq!(report["papers"].as_i64(), all, "every number has its one paper");
    assert_eq!(report["files"].as_i64(), all);
}

#[test]
fn a_full_disk_is_told_by_name_and_what_was_acknowledged_stays() {
    let Some(disk) = SmallDisk::new(48 * 1024) else { return };
    let (office, token, _) = office(&disk);
    let before = issued(&office, &token);
    let active = json(&office, "GET", "/api/v1/students?status=active&limit=1", &token, "", 200);
    let number = active["items"][0]["number"].as_str().expect("an active student");
    let notes = format!("/api/v1/students/{number}/notes");
    let note = serde_json::json!({ "body": "Dosyası tam." }).to_string();
    json(&office, "POST", &notes, &token, &note, 201);
    disk.fill(0);

    let mut written = 1;
    let refused = loop {
        let (status, answer) = office.api("POST", &notes, &token, &note).expect("an answer");
        if status != 201 {
            assert_eq!(status, 507, "{answer}");
            break serde_json::from_str::<serde_json::Value>(&answer).expect("a problem");
        }
        written += 1;
        assert!(written < 3000, "the disk never ran full");
    };
    assert_eq!((&refused["code"], &refused["status"]), (&"disk-full".into(), &507.into()), "{refused}");
    assert_eq!(refused["title"], "Diskte yer kalmadı");
    let paper =
        serde_json::json!({ "student": number, "kind": "student_certificate", "lang": "tr" }).to_string();
    let refused = json(&office, "POST", "/api/v1/documents", &token, &paper, 507);
    assert_eq!(refused["code"], "disk-full", "no number was given: {refused}");

    // What shows nobody's data is there; what does is not shown without its row in the audit log.
    for path in ["/healthz", "/giris"] {
        assert_eq!(office.api("GET", path, "", "").expect("an answer").0, 200, "{path}");
    }
    let student = format!("/api/v1/students/{number}");
    until("reading is refused", || office.api("GET", &student, &token, "").expect("an answer").0 == 507);
    let list = json(&office, "GET", "/api/v1/students?limit=5", &token, "", 507);
    assert_eq!(list["code"], "disk-full", "{list}");
    assert_eq!(office.api("GET", "/healthz", "", "").expect("an answer").0, 200);

    disk.make_room();
    until("reading goes on", || office.api("GET", &student, &token, "").expect("an answer").0 == 200);
    let kept = json(&office, "GET", &student, &token, "", 200);
    assert_eq!(kept["notes"].as_array().map(Vec::len), Some(written), "every note that was acknowledged");
    json(&office, "POST", "/api/v1/documents", &token, &paper, 201);
    drop(office);
    assert_eq!(verified(&disk.place())["papers"], before + 1);
}
