//! What commands say: in the reader's language, for programs as JSON, each with the exit code that the manual promises.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use tempfile::TempDir;

use crate::running::{Place, Running, kunye, run_well};

/// A language with the words that a test expects in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Lang {
    Tr,
    En,
}

const BOTH: [Lang; 2] = [Lang::Tr, Lang::En];

impl Lang {
    const fn code(self) -> &'static str {
        match self {
            Self::Tr => "tr",
            Self::En => "en",
        }
    }

    const fn pick<'a>(self, tr: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Tr => tr,
            Self::En => en,
        }
    }
}

/// Letters that no English sentence of ours has, but for the name of the program and the code of an invented faculty.
fn turkish_letters(text: &str) -> String {
    text.replace("Künye", "")
        .replace(" EĞF ", "")
        .chars()
        .filter(|c| "çğıöşüÇĞİÖŞÜâîû".contains(*c))
        .collect()
}

/// Runs a command in a language; answers what it wrote, results before complaints.
fn say(place: &Place, lang: Lang, exit: i32, words: &[&str]) -> String {
    let mut command = place.command();
    finished(command.args(words).args(["--lang", lang.code()]).output(), lang, exit, words)
}

fn finished(output: std::io::Result<Output>, lang: Lang, exit: i32, words: &[&str]) -> String {
    let output = output.expect("kunye runs");
    let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    assert_eq!(output.status.code(), Some(exit), "{words:?}: {said}");
    if lang == Lang::En {
        assert_eq!(turkish_letters(&said), "", "{words:?}: {said}");
    }
    said
}

/// As [`say`], with `--json`: one value per line.
fn json(place: &Place, lang: Lang, exit: i32, words: &[&str]) -> Vec<serde_json::Value> {
    let said = say(place, lang, exit, &[words, &["--json"]].concat());
    said.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

fn contains(text: &str, wanted: &str) {
    assert!(text.contains(wanted), "“{wanted}” is not in:\n{text}");
}

/// The office of a test, with a few invented students.
struct Office {
    home: TempDir,
    place: Place,
    data: PathBuf,
}

impl Office {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let (dir, data) = (home.path().join("office"), home.path().join("data"));
        run_well(&dir, &["invent", "--students", "40", "--out", &data.to_string_lossy()]);
        run_well(&dir, &["import", "records", &data.to_string_lossy()]);
        Self { place: Place::folder(&dir), home, data }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
}

/// Replaces what stands in one column of one row.
fn spoil(file: &Path, row: usize, column: &str, value: &str) {
    let text = fs::read_to_string(file).expect("a file");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = lines[0].split(',').position(|name| name == column).expect("a column");
    let mut fields: Vec<&str> = lines[row - 1].split(',').collect();
    fields[at] = value;
    lines[row - 1] = fields.join(",");
    fs::write(file, lines.join("\n") + "\n").expect("written");
}

#[test]
fn faults_of_an_import_name_file_row_field_and_mend() {
    let home = tempfile::tempdir().expect("a folder");
    let place = Place::folder(&home.path().join("office"));
    let data = home.path().join("data");
    run_well(home.path(), &["invent", "--students", "40", "--out", &data.to_string_lossy()]);
    spoil(&data.join("students.csv"), 3, "sex", "X");
    spoil(&data.join("terms.csv"), 2, "ends_on", "31.02.2020");
    fs::remove_file(data.join("sections.csv")).expect("removed");
    let folder = data.to_string_lossy().into_owned();
    let list = home.path().join("faults.csv");
    for lang in BOTH {
        let words = ["import", "records", &folder, "--errors", &list.to_string_lossy()];
        let said = say(&place, lang, 1, &words);
        contains(
            &said,
            lang.pick(
                "students.csv, 3. satır, “sex” sütunu: “X” bilinmiyor; şunlardan biri olmalı: K, E.",
                "students.csv, row 3, column “sex”: “X” is unknown; it must be one of: K, E.",
            ),
        );
        contains(
            &said,
            lang.pick(
                "terms.csv, 2. satır, “ends_on” sütunu: “31.02.2020” okunamadı; beklenen: gün: yyyy-aa-gg ya da gg.aa.yyyy.",
                "terms.csv, row 2, column “ends_on”: “31.02.2020” cannot be read; expected: a day: yyyy-mm-dd or dd.mm.yyyy.",
            ),
        );
        contains(
            &said,
            lang.pick(
                "sections.csv: Dosya klasörde yok. On iki dosyanın hepsi gerekir",
                "sections.csv: The file is not in the folder. All twelve files are needed",
            ),
        );
        contains(&said, lang.pick("3 hata; hiçbir şey aktarılmadı.", "Faults: 3; nothing was taken over."));
        let listed = fs::read_to_string(&list).expect("the list");
        contains(
            &listed,
            lang.pick("dosya,satır,sütun,hata kodu,açıklama", "file,row,column,fault code,explanation"),
        );
        contains(&listed, lang.pick("students.csv,3,sex,word,", "students.csv,3,sex,word,"));
        if lang == Lang::En {
            assert_eq!(turkish_letters(&listed), "", "{listed}");
        }

        let lines = json(&place, lang, 1, &["import", "records", &folder]);
        let fault = lines.iter().find(|line| line["file"] == "students.csv").expect("the fault");
        assert_eq!(
            (&fault["row"], &fault["column"], &fault["code"]),
            (&3.into(), &"sex".into(), &"word".into())
        );
        assert_eq!(fault["values"]["found"], "X");
        contains(fault["message"].as_str().expect("text"), lang.pick("bilinmiyor", "is unknown"));
    }
}

#[test]
fn an_import_says_what_it_did_and_what_differs() {
    let office = Office::new();
    let folder = office.data.to_string_lossy().into_owned();
    for lang in BOTH {
        let said = say(&office.place, lang, 0, &["import", "records", &folder]);
        contains(&said, lang.pick("Değişen bir şey yok.", "Nothing changes."));
    }
    spoil(&office.data.join("programs.csv"), 2, "language", "de");
    for lang in BOTH {
        let said = say(&office.place, lang, 1, &["import", "records", &folder]);
        contains(&said, lang.pick("--yes ile çalıştırın", "with --yes to apply this"));
        let lines = json(&office.place, lang, 1, &["import", "records", &folder]);
        assert_eq!(lines[0]["applied"], false);
        let dry = say(&office.place, lang, 0, &["import", "records", &folder, "--dry-run"]);
        contains(&dry, "language");
    }
    // Another export numbered the terms anew: told by file and row, not in the database's words.
    let terms = fs::read_to_string(office.data.join("terms.csv")).expect("terms");
    let key = terms.lines().nth(1).and_then(|line| line.split(',').next()).expect("a key").to_owned();
    spoil(&office.data.join("terms.csv"), 2, "term_id", "987654");
    for file in ["sections.csv", "student_terms.csv", "grades.csv"] {
        let text = fs::read_to_string(office.data.join(file)).expect("a file");
        let at = text
            .lines()
            .next()
            .and_then(|head| head.split(',').position(|c| c == "term_id"))
            .expect("column");
        let lines = text.lines().map(|line| {
            let mut fields: Vec<&str> = line.split(',').collect();
            if fields[at] == key {
                fields[at] = "987654";
            }
            fields.join(",")
        });
        fs::write(office.data.join(file), lines.collect::<Vec<_>>().join("\n") + "\n").expect("written");
    }
    for lang in BOTH {
        let said = say(&office.place, lang, 1, &["import", "records", &folder, "--yes"]);
        contains(
            &said,
            lang.pick("terms.csv, 2. satır, “term_id” sütunu", "terms.csv, row 2, column “term_id”"),
        );
        contains(
            &said,
            &lang.pick("# anahtarıyla aktarıldı", "taken over before with the key #").replace('#', &key),
        );
    }
}

#[test]
fn a_tampered_ledger_is_told_of_in_either_language() {
    let office = Office::new();
    for lang in BOTH {
        let said = say(&office.place, lang, 0, &["verify"]);
        contains(&said, lang.pick("Sağlam: bulgu yok.", "Sound: nothing was found."));
    }
    let file = office.path("office").join("kunye.sqlite");
    let mut bytes = fs::read(&file).expect("the database");
    let (from, to) = (b"students.csv:12", b"students.csv:99");
    let places: Vec<usize> = bytes
        .windows(from.len() + 1)
        .enumerate()
        .filter(|(_, window)| window.starts_with(from) && !window[from.len()].is_ascii_digit())
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    fs::write(&file, bytes).expect("tampered");
    for lang in BOTH {
        let said = say(&office.place, lang, 1, &["verify"]);
        contains(
            &said,
            lang.pick(
                "1. kayıt: kayıt değiştirilmiş: içeriği kendi özetine uymuyor",
                "entry 1: the entry was altered: its content does not fit its own hash",
            ),
        );
        contains(&said, lang.pick("(öğrenci no ", "(student no. "));
        contains(&said, lang.pick("SAĞLAM DEĞİL.", "NOT SOUND."));
        let lines = json(&office.place, lang, 1, &["verify"]);
        assert_eq!(lines[0]["code"], "entry-altered");
        assert_eq!((&lines[0]["place"], &lines[0]["seq"]), (&"student-chain".into(), &1.into()));
        assert_eq!(lines.last().expect("a summary")["sound"], false);
    }
}

#[test]
fn papers_and_their_stored_files_are_told_of() {
    let office = Office::new();
    let students = fs::read_to_string(office.data.join("students.csv")).expect("students");
    let with = |status: &str| {
        let line = students.lines().find(|line| line.contains(&format!(",{status},"))).expect("a student");
        line.split(',').next().expect("a number").to_owned()
    };
    let list = office.path("list.txt");
    fs::write(&list, format!("{}\n{}\n", with("active"), with("withdrawn"))).expect("written");
    for lang in BOTH {
        let out = office.path(&format!("papers-{}", lang.code())).to_string_lossy().into_owned();
        let words = ["issue", "student_certificate", "--list", &list.to_string_lossy(), "--out", &out];
        let said = say(&office.place, lang, 1, &words);
        contains(&said, lang.pick("1 belge düzenlendi, 1 düzenlenemedi", "Papers issued: 1, refused: 1"));
        contains(&said, &format!("{}: ", with("withdrawn")));
        let lines = json(&office.place, lang, 1, &words);
        assert_eq!(lines[0]["student"], with("withdrawn"));
        assert_eq!((&lines[1]["issued"], &lines[1]["refused"]), (&1.into(), &1.into()));
    }
    // Somebody gets at the stored papers: one is altered, one is gone.
    let stored = files(&office.path("office").join("files"));
    assert!(stored.len() > 1);
    fs::write(&stored[0], "another paper").expect("tampered");
    fs::remove_file(&stored[1]).expect("removed");
    for lang in BOTH {
        let said = say(&office.place, lang, 1, &["verify"]);
        contains(&said, lang.pick("dosya yok ya da değiştirilmiş", "the file is missing or was altered"));
        let file = office.path(&format!("{}.zip", lang.code())).to_string_lossy().into_owned();
        let said = say(&office.place, lang, 1, &["backup", &file]);
        contains(&said, lang.pick("depoda bulunamayan dosya", "file missing from the store"));
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn refusals_are_answers_and_have_exit_code_1() {
    let office = Office::new();
    let out = office.path("papers").to_string_lossy().into_owned();
    for lang in BOTH {
        for (words, typed) in [
            (&["user", "reset", "yok.boyle"][..], "<NAME>"),
            (&["token", "add", "--user", "yok.boyle"], "--user"),
        ] {
            let said = say(&office.place, lang, 1, words);
            let wanted = lang.pick(
                "hata: #: “yok.boyle” adlı bir hesap yok.",
                "error: #: There is no account of the name “yok.boyle”.",
            );
            contains(&said, &wanted.replace('#', typed));
            let lines = json(&office.place, lang, 1, words);
            assert_eq!(lines[0]["error"]["code"], "user-name-unknown");
        }
        let words = ["issue", "transcript", "--programme", "YOK", "--out", &out];
        let said = say(&office.place, lang, 1, &words);
        contains(&said, lang.pick("“YOK” kodlu program yok.", "There is no programme with the code “YOK”."));
        let words = ["user", "add", "x", "--role", "clerk", "--unit", "YOK"];
        let said = say(&office.place, lang, 1, &words);
        contains(&said, lang.pick("hata: ", "error: "));
    }
}

#[test]
fn what_cannot_run_says_so_and_has_exit_code_2() {
    let office = Office::new();
    let junk = office.path("yedek.zip");
    fs::write(&junk, "not a ZIP at all").expect("written");
    let (junk, gone) =
        (junk.to_string_lossy().into_owned(), office.path("gone.zip").to_string_lossy().into_owned());
    let empty = Place::folder(&office.path("empty"));
    let whole = office.path("whole.zip").to_string_lossy().into_owned();
    office.place.run_well(&["backup", &whole]);
    for lang in BOTH {
        let said = say(&empty, lang, 2, &["restore", &junk]);
        contains(&said, lang.pick("bir Künye yedeği değil", "is no backup of Künye"));
        assert_eq!(json(&empty, lang, 2, &["restore", &junk])[0]["error"]["code"], "backup-not-a-backup");
        let said = say(&empty, lang, 2, &["restore", &gone]);
        contains(
            &said,
            lang.pick("gone.zip: dosya ya da klasör yok.", "gone.zip: there is no such file or folder."),
        );
        let said = say(&office.place, lang, 2, &["restore", &whole]);
        contains(&said, lang.pick("yalnız boş bir yere", "into an empty place alone"));
        let said = say(&office.place, lang, 2, &["verify", "--roots", &gone]);
        contains(&said, lang.pick("dosya ya da klasör yok", "there is no such file or folder"));
        let nowhere = Place::folder(&office.path("nowhere"));
        let said = say(&nowhere, lang, 2, &["verify"]);
        contains(&said, lang.pick("hata: ", "error: "));

        for (name, value, tr, en) in [
            ("KUNYE_LISTEN", "burada", "“burada” bir adres değil", "“burada” is no address"),
            ("KUNYE_INSTITUTION", "yok", "“yok” adlı kurum profili yok", "no institution profile “yok”"),
            ("KUNYE_TRUSTED_PROXIES", "evim", "“evim” bir IP adresi", "“evim” is no IP address"),
        ] {
            let words = ["check", "--lang", lang.code()];
            let output = office.place.command().args(words).env(name, value).output();
            let said = finished(output, lang, 2, &words);
            contains(&said, name);
            contains(&said, lang.pick(tr, en));
        }
        let words = ["check", "--lang", lang.code()];
        let output =
            kunye().args(words).current_dir(office.home.path()).env("KUNYE_DATABASE", "oracle:x").output();
        contains(
            &finished(output, lang, 2, &words),
            lang.pick("anlaşılmadı; sqlite:DOSYA", "is not understood; write sqlite:FILE"),
        );
        let output =
            kunye().args(words).current_dir(office.home.path()).env_remove("KUNYE_DATABASE").output();
        contains(
            &finished(output, lang, 2, &words),
            lang.pick("Veritabanı belirtilmemiş.", "No database is named."),
        );
        fs::write(office.path("kunye.toml"), "dinle = 1\n").expect("written");
        let output = kunye().args(words).current_dir(office.home.path()).output();
        contains(
            &finished(output, lang, 2, &words),
            lang.pick(
                "kunye.toml, 1. satır, dinle: böyle bir ayar yok; bilinenler: database, listen",
                "kunye.toml, line 1, dinle: there is no such setting; known are: database, listen",
            ),
        );
        fs::remove_file(office.path("kunye.toml")).expect("removed");
    }
}

#[test]
fn a_backup_is_told_of_and_read_back() {
    let office = Office::new();
    for lang in BOTH {
        let file = office.path(&format!("{}.zip", lang.code())).to_string_lossy().into_owned();
        let said = say(&office.place, lang, 0, &["backup", &file]);
        contains(&said, lang.pick(" satır, ", ": rows "));
        let back = Place::folder(&office.path(&format!("back-{}", lang.code())));
        let said = say(&back, lang, 0, &["restore", &file]);
        contains(&said, lang.pick("doğrulama: 0 bulgu", "findings of the verification: 0"));
        let said = say(&back, lang, 0, &["check"]);
        contains(&said, lang.pick("Her şey yerinde.", "Everything is in place."));
        assert_eq!(json(&back, lang, 0, &["check"])[0]["sound"], true);
        let said = say(&back, lang, 0, &["migrate"]);
        contains(&said, lang.pick("Şema zaten güncel.", "The schema is up to date."));
    }
}

#[test]
fn the_command_line_is_explained_in_either_language() {
    let place = Place::folder(Path::new("nowhere"));
    for lang in BOTH {
        for words in [&["--help"][..], &["help"]] {
            let said = say(&place, lang, 0, words);
            contains(&said, lang.pick("Kullanım: kunye", "Usage: kunye"));
            contains(&said, lang.pick("Çıkış kodları", "Exit codes"));
            contains(&said, lang.pick("Dosyalardan kayıt aktarır.", "Takes records over from files."));
        }
        for words in [&["import", "records", "--help"][..], &["help", "import", "records"]] {
            let said = say(&place, lang, 0, words);
            contains(
                &said,
                lang.pick("kunye import records [SEÇENEKLER] <DIR>", "kunye import records [OPTIONS] <DIR>"),
            );
            contains(&said, lang.pick("İletilerin dili", "Language of the messages"));
            contains(&said, lang.pick("Bu yardımı yazar.", "Prints this help."));
        }
        for (words, tr, en) in [
            (&["imprt"][..], "“imprt” diye bir komut yok.", "There is no command “imprt”."),
            (&["verify", "--root", "x"], "Bunu mu demek istediniz: --roots", "Did you mean: --roots"),
            (&["demo", "--students", "çok"], "--students <N> için “çok” yazılamaz.", ""),
            (&["demo", "--students", "many"], "için “many” yazılamaz.", "--students <N> cannot be “many”."),
            (
                &["user", "add", "x", "--role", "kral"],
                "şunlardan biri olmalı: clerk",
                "must be one of: clerk",
            ),
            (&["user", "add", "x"], "Eksik: --role <ROLE>", "Missing: --role <ROLE>"),
            (&["backup"], "Eksik: <FILE>.", "Missing: <FILE>."),
            (
                &["issue", "transcript", "--student", "1", "--list", "x", "--out", "y"],
                "birlikte verilemez",
                "cannot be given together",
            ),
            (&["issue", "transcript", "--out", "y"], "Eksik: ", "Missing: "),
            (&["help", "yok"], "“yok” diye bir komut yok", "There is no command “yok”"),
        ] {
            if lang == Lang::En && en.is_empty() {
                continue;
            }
            let said = say(&place, lang, 2, words);
            contains(&said, lang.pick("hata: ", "error: "));
            contains(&said, lang.pick(tr, en));
        }
        let lines = json(&place, lang, 2, &["imprt"]);
        assert_eq!(lines[0]["error"]["code"], "usage");
    }
    let said = say(&place, Lang::Tr, 2, &["check", "--lang", "de"]);
    contains(&said, "--lang <LANG> için “de” yazılamaz; şunlardan biri olmalı: tr, en.");
}

#[test]
fn a_demo_leaves_its_address_to_other_commands() {
    let home = tempfile::tempdir().expect("a folder");
    let (dir, own) = (home.path().join("demo"), home.path().join("own"));
    let file = dir.join("kunye.toml");
    let demo = Running::demo(&dir, 60);
    let first = demo.url.clone();
    contains(&fs::read_to_string(&file).expect("settings"), &format!("public_url = \"{first}\""));
    for lang in BOTH {
        contains(&say(&Place::folder(&dir), lang, 0, &["check"]), &first);
    }
    drop(demo);
    // The next start has another port, and so has what it leaves.
    let demo = Running::demo(&dir, 60);
    assert_ne!(demo.url, first);
    contains(&run_well(&dir, &["check"]), &demo.url);
    contains(&run_well(&dir, &["user", "reset", "memur"]), &format!("\n{}/", demo.url));
    drop(demo);

    // Settings of somebody's own stay as they are.
    fs::create_dir_all(&own).expect("a folder");
    let settings = "public_url = \"https://ogrenci.example.invalid\"\n";
    fs::write(own.join("kunye.toml"), settings).expect("written");
    drop(Running::demo(&own, 60));
    assert_eq!(fs::read_to_string(own.join("kunye.toml")).expect("settings"), settings);
    contains(&run_well(&own, &["check"]), "https://ogrenci.example.invalid");
}
