//! What the console refuses, what it leaves behind, and what becomes of its results when nobody reads them.

use std::{
    fs,
    path::Path,
    process::{Output, Stdio},
};

use crate::running::{Place, Running, kunye, run_well};

/// Everything that was said, and the exit code.
fn said(output: Output) -> (Option<i32>, String) {
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    (output.status.code(), text)
}

/// Runs a command that cannot run, and looks for what it says.
fn refused(place: &Place, words: &[&str], wanted: &str) {
    let (code, text) = said(place.run(words));
    assert_eq!(code, Some(2), "{words:?}: {text}");
    assert!(text.contains(wanted), "{words:?}: “{wanted}” is not in:\n{text}");
}

/// An office with a few invented students in `office/`.
fn office(home: &Path, students: u32) -> Place {
    let (dir, data) = (home.join("office"), home.join("data").to_string_lossy().into_owned());
    run_well(&dir, &["invent", "--students", &students.to_string(), "--out", &data]);
    run_well(&dir, &["import", "records", &data]);
    Place::folder(&dir)
}

#[test]
fn results_that_nobody_reads_stop_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let place = Place::folder(&home.path().join("office"));
    for words in
        [&["migrate"][..], &["check"], &["user", "list"], &["verify", "--json"], &["help"], &["--version"]]
    {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = place.command().args(words).stdout(writer).output().expect("kunye runs");
        let (code, text) = said(output);
        assert_eq!((code, text.as_str()), (Some(0), ""), "{words:?}");
    }
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let status =
        place.command().arg("yok").stdout(Stdio::null()).stderr(writer).status().expect("kunye runs");
    assert_eq!(status.code(), Some(2), "complaints that nobody reads, too");
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written_are_told() {
    let home = tempfile::tempdir().expect("a folder");
    let place = Place::folder(&home.path().join("office"));
    for (lang, wanted) in [
        ("tr", "hata: Sonuç yazılamadı: diskte yer kalmadı."),
        ("en", "error: The result could not be written: the disk is full."),
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full file");
        let output = place.command().args(["migrate", "--lang", lang]).stdout(full).output();
        let (code, text) = said(output.expect("kunye runs"));
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains(wanted), "{text}");
    }
}

#[test]
fn a_demo_does_not_move_into_an_office() {
    let home = tempfile::tempdir().expect("a folder");
    let place = office(home.path(), 10);
    let dir = home.path().join("office");
    let before = place.run_well(&["user", "list", "--json"]);
    refused(&place, &["demo", "--listen", "127.0.0.1:0"], "demonun kurmadığı kayıtlar ya da hesaplar var");
    refused(
        &place,
        &["demo", "--listen", "127.0.0.1:0", "--lang", "en"],
        "records or accounts that no demo made",
    );
    assert_eq!(place.run_well(&["user", "list", "--json"]), before);
    assert!(!dir.join("logins.txt").exists() && !dir.join("kunye.toml").exists());

    // Accounts alone are enough, too.
    let other = Place::folder(&home.path().join("other"));
    other.run_well(&["migrate"]);
    other.run_well(&["user", "add", "oidb.gercek", "--role", "registrar"]);
    refused(&other, &["demo", "--listen", "127.0.0.1:0"], "demonun kurmadığı");
    // A demo that broke off before its log-ins were written goes on.
    let demo = home.path().join("demo");
    drop(Running::demo(&demo, 2));
    fs::remove_file(demo.join("logins.txt")).expect("removed");
    drop(Running::demo(&demo, 2));
    assert!(demo.join("logins.txt").is_file());
}

#[test]
fn a_demo_needs_few_students_and_says_how_many() {
    let home = tempfile::tempdir().expect("a folder");
    for few in ["0", "1"] {
        let dir = home.path().join(few);
        refused(&Place::folder(&dir), &["demo", "--students", few], "--students en az 2 olmalı");
        assert!(!dir.exists(), "nothing was made");
    }
    for enough in [2, 20] {
        let demo = Running::demo(&home.path().join(enough.to_string()), enough);
        assert!(!demo.password("mezun").is_empty() && !demo.password("ogrenci").is_empty());
    }
}

#[test]
fn what_is_ready_is_said_for_programs_as_json_or_in_one_line() {
    use std::io::{BufRead, BufReader};
    let home = tempfile::tempdir().expect("a folder");
    let place = Place::folder(&home.path().join("demo"));
    let first_lines = |words: &[&str], count: usize| {
        let mut child = place
            .command()
            .args(words)
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("kunye starts");
        let lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
        let lines: Vec<String> = lines.take(count).map(|line| line.expect("a line")).collect();
        child.kill().expect("kill");
        child.wait().expect("gone");
        lines
    };
    let lines = first_lines(&["demo", "--students", "2", "--json"], 1);
    let ready: serde_json::Value = serde_json::from_str(&lines[0]).expect("JSON");
    assert!(ready["url"].as_str().is_some_and(|url| url.starts_with("http://127.0.0.1:")), "{ready}");
    assert!(Path::new(ready["logins"].as_str().expect("a path")).is_file());
    let lines = first_lines(&["serve", "--lang", "en"], 2);
    assert!(lines[0].starts_with("Künye hazır: http://"), "{lines:?}");
    assert!(lines[1].starts_with("Künye is ready: http://"), "{lines:?}");
    let said = place.run_well(&["worker", "--once", "--lang", "en"]);
    assert_eq!(said.lines().count(), 2, "{said}");
    assert!(said.starts_with("Carrying out waiting work."), "{said}");
}

#[test]
fn the_settings_of_a_folder_and_of_the_environment_do_not_contradict() {
    let home = tempfile::tempdir().expect("a folder");
    let dir = home.path().join("office");
    fs::create_dir(&dir).expect("a folder");
    fs::write(dir.join("kunye.toml"), "database = \"sqlite:kayit.sqlite\"\n").expect("written");
    run_well(&dir, &["migrate"]);
    assert!(dir.join("kayit.sqlite").is_file() && !dir.join("kunye.sqlite").exists());
    let checked = run_well(&dir, &["check"]);
    assert!(checked.contains("kayit.sqlite"), "{checked}");

    let with = |name: &str, value: &str, words: &[&str]| {
        said(Place::folder(&dir).command().args(words).env(name, value).output().expect("kunye runs"))
    };
    let another = format!("sqlite:{}", home.path().join("baska.sqlite").display());
    let (code, text) = with("KUNYE_DATABASE", &another, &["check"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("KUNYE_DATABASE ise") && text.contains("baska.sqlite"), "{text}");
    let same = format!("sqlite:{}", dir.join("kayit.sqlite").display());
    assert_eq!(with("KUNYE_DATABASE", &same, &["check"]).0, Some(0));
    let (code, text) = with("KUNYE_ALLOW_OWNER", "evet", &["check"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("KUNYE_ALLOW_OWNER: “evet” anlaşılmadı; 1 ya da 0 yazın."), "{text}");

    for (line, tr, en) in [
        (
            "listen = \"abc\"",
            "kunye.toml: listen: “abc” bir adres değil; örnek: 127.0.0.1:7300",
            "kunye.toml: listen: “abc” is no address",
        ),
        (
            "listen = 7300",
            "kunye.toml, 2. satır, listen: değer tırnak içinde",
            "line 2, listen: the value must",
        ),
        (
            "dinle = \"x\"",
            "2. satır, dinle: böyle bir ayar yok; bilinenler: database, listen",
            "no such setting",
        ),
        (
            "listen = :80",
            "2. satır, listen: bu satır okunamadı.",
            "line 2, listen: this line cannot be read.",
        ),
    ] {
        let text = format!("# ayarlar\n{line}\n");
        fs::write(dir.join("kunye.toml"), text).expect("written");
        refused(&Place::folder(&dir), &["check"], tr);
        refused(&Place::folder(&dir), &["check", "--lang", "en"], en);
    }
}

#[test]
fn what_only_looks_makes_nothing_and_a_bad_backup_neither() {
    let home = tempfile::tempdir().expect("a folder");
    let (empty, nowhere) = (home.path().join("empty"), home.path().join("nowhere"));
    fs::create_dir(&empty).expect("a folder");
    for dir in [&empty, &nowhere] {
        for words in [&["check"][..], &["verify"], &["user", "list"], &["serve"], &["worker", "--once"]] {
            refused(&Place::folder(dir), words, "kunye.sqlite: burada veritabanı yok.");
        }
    }
    let broken = home.path().join("broken.zip").to_string_lossy().into_owned();
    let whole = home.path().join("whole.zip");
    office(home.path(), 5).run_well(&["backup", &whole.to_string_lossy()]);
    let mut bytes = fs::read(&whole).expect("a backup");
    bytes[200] ^= 1;
    fs::write(&broken, bytes).expect("written");
    for file in [broken.as_str(), "gone.zip"] {
        for dir in [&empty, &nowhere] {
            assert_eq!(Place::folder(dir).run(&["restore", file]).status.code(), Some(2), "{file}");
        }
    }
    assert_eq!(fs::read_dir(&empty).expect("a folder").count(), 0);
    assert!(!nowhere.exists());
    run_well(&nowhere, &["restore", &whole.to_string_lossy()]);
    run_well(&nowhere, &["verify"]);
}

#[cfg(unix)]
#[test]
fn what_an_office_keeps_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a folder");
    // A folder that was there before is left as it is; what is made in it is private all the same.
    let dir = home.path().join("office");
    fs::create_dir(&dir).expect("a folder");
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).expect("rights");
    let place = office(home.path(), 5);
    place.run_well(&["worker", "--once"]);
    place.run_well(&["check"]);
    let rights = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
    assert_eq!(rights(&dir), 0o755);
    let mut seen = Vec::new();
    for entry in fs::read_dir(&dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        let expected = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(rights(&path), expected, "{}", path.display());
        seen.push(path.file_name().expect("a name").to_string_lossy().into_owned());
    }
    for name in ["kunye.sqlite", "roots.txt", "files"] {
        assert!(seen.iter().any(|found| found == name), "{name} is not in {seen:?}");
    }
}

#[test]
fn a_refusal_names_what_was_typed() {
    let home = tempfile::tempdir().expect("a folder");
    let place = office(home.path(), 5);
    let out = home.path().join("papers").to_string_lossy().into_owned();
    for (words, code, wanted) in [
        (&["user", "add", "x1", "--role", "clerk"][..], 1, "hata: <NAME>: Kullanıcı adı 3 ile 40"),
        (
            &["user", "add", "memur", "--role", "clerk"],
            1,
            "hata: --unit: Bu rol bir birimde verilir; birimin kodunu",
        ),
        (
            &["user", "add", "memur", "--role", "clerk", "--unit", "YOK"],
            1,
            "hata: --unit: “YOK” kodlu birim yok.",
        ),
        (
            &["user", "add", "memur", "--role", "clerk", "--programme", "YOK"],
            1,
            "hata: --programme: “YOK” kodlu program yok.",
        ),
        (&["token", "add", "--user", "yok.boyle"], 1, "hata: --user: “yok.boyle” adlı bir hesap yok."),
        (&["token", "add", "--user", "sistem", "--days", "0"], 2, "hata: --days 1 ile 366 arasında olmalı."),
        (
            &["token", "add", "--user", "sistem", "--days", "367"],
            2,
            "hata: --days 1 ile 366 arasında olmalı.",
        ),
        (
            &["issue", "diploma", "--student", "1", "--out", &out],
            2,
            "şunlardan biri olmalı: student_certificate, transcript, registration_confirmation, ",
        ),
        (
            &["issue", "transkript", "--programme", "YOK", "--out", &out],
            1,
            "hata: --programme: “YOK” kodlu program",
        ),
        (
            &["serve", "--listen", "kotu"],
            2,
            "--listen <ADDR> için “kotu” yazılamaz. Adres ve kapı yazın; örnek: 127.0.0.1:7300",
        ),
        (
            &["demo", "--students", "çok"],
            2,
            "--students <N> için “çok” yazılamaz. Bir tam sayı yazın; örnek: 30",
        ),
    ] {
        let (found, text) = said(place.run(words));
        assert_eq!(found, Some(code), "{words:?}: {text}");
        assert!(text.contains(wanted), "{words:?}: “{wanted}” is not in:\n{text}");
    }
}

#[test]
fn faults_that_could_not_be_written_down_are_told_before_the_import() {
    let home = tempfile::tempdir().expect("a folder");
    let data = home.path().join("data").to_string_lossy().into_owned();
    run_well(home.path(), &["invent", "--students", "5", "--out", &data]);
    let dir = home.path().join("office");
    let list = home.path().join("nodir").join("e.csv").to_string_lossy().into_owned();
    refused(
        &Place::folder(&dir),
        &["import", "records", &data, "--errors", &list],
        "e.csv: dosya ya da klasör yok.",
    );
    refused(
        &Place::folder(&dir),
        &["import", "records", &data, "--errors", &data],
        "bir dosya değil, klasör",
    );
    assert!(!dir.exists(), "nothing was begun");
}

#[test]
fn a_command_that_lacks_its_last_word_is_helped() {
    for (words, wanted) in [
        (&["user"][..], "Hesapları yönetir."),
        (&["user", "--lang", "en"], "Lists the accounts."),
        (&["--lang", "en", "import"], "Takes over the twelve CSV files"),
    ] {
        let (code, text) = said(kunye().args(words).output().expect("kunye runs"));
        assert_eq!(code, Some(2), "{words:?}: {text}");
        assert!(text.contains(wanted), "{words:?}: {text}");
    }
    let output = kunye().args(["user", "--lang", "en", "--json"]).output().expect("kunye runs");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(2), 0));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let message = told["error"]["message"].as_str().expect("text");
    assert!(message.contains("add one of: add, reset, list"), "{message}");
}
