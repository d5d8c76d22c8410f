//! `kunye import placement`: dry run, refusal, sound rows, the file of faulty rows, and the same end after a kill.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use base::identity::Tckn;
use domain::enrolments::EntryKind;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    kill::Engine,
    running::{Place, run_well},
};

const HEADER: &str = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu";

struct Office {
    home: TempDir,
    place: Place,
    programme: String,
}

impl Office {
    /// An office with the invented units and a few students.
    fn furnished() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let (dir, data) = (home.path().join("office"), home.path().join("data"));
        let place = data.to_string_lossy();
        run_well(home.path(), &["invent", "--students", "20", "--out", &place]);
        run_well(&dir, &["import", "records", &place]);
        let programmes = fs::read_to_string(data.join("programs.csv")).expect("programmes");
        let code = programmes.lines().nth(1).and_then(|line| line.split(',').nth(2)).expect("a programme");
        Self { place: Place::folder(&dir), programme: code.to_owned(), home }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.home.path().join(name);
        fs::write(&path, bytes).expect("written");
        path
    }

    /// A list of so many candidates whose numbers begin with `first`.
    fn list(&self, name: &str, first: u32, count: u32) -> PathBuf {
        let mut text = format!("{HEADER}\n");
        for n in first..first + count {
            text.push_str(&self.row(n));
            text.push('\n');
        }
        self.write(name, text.as_bytes())
    }

    fn row(&self, n: u32) -> String {
        let nine: Vec<u8> = format!("{n:09}").bytes().map(|b| b - b'0').collect();
        let number = Tckn::complete(nine.try_into().expect("nine digits")).expect("a number");
        format!("{};IŞIL;ÖRNEK;Kadın;17.03.2007;{}", number.reveal(), self.programme)
    }

    fn import(&self, file: &Path, more: &[&str]) -> Output {
        let file = file.to_string_lossy().into_owned();
        let words = ["import", "placement", &file, "--year", "2026", "--kind", "yks"];
        self.place.run(&[&words[..], more].concat())
    }

    fn json(&self, file: &Path, more: &[&str], exit: i32) -> Value {
        let output = self.import(file, &[more, &["--json"]].concat());
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(output.status.code(), Some(exit), "{said}{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(said.trim()).unwrap_or_else(|e| panic!("{e}: {said}"))
    }
}

fn counts(told: &Value) -> [i64; 4] {
    ["new", "changed", "same", "faulty"].map(|name| told[name].as_i64().expect("a figure"))
}

#[test]
fn a_list_is_checked_refused_mended_and_taken_over() {
    let office = Office::furnished();
    let broken = office.row(100_000_002).replacen('1', "2", 1);
    let text = format!("{HEADER}\n{}\n{broken}\n", office.row(100_000_001));
    let file = office.write("yks.csv", text.as_bytes());
    let errors = office.home.path().join("hatali.csv");
    let path = errors.to_string_lossy().into_owned();

    let dry = office.json(&file, &["--dry-run", "--errors", &path], 1);
    assert_eq!((counts(&dry), &dry["applied"]), ([1, 0, 0, 1], &Value::Bool(false)));
    let refused = office.json(&file, &[], 1);
    assert_eq!(refused["applied"], false);
    let taken = office.json(&file, &["--sound-rows"], 1);
    assert_eq!((counts(&taken), &taken["applied"]), ([1, 0, 0, 1], &Value::Bool(true)));

    let waiting = |office: &Office| candidates(&office.place).len() - 1;
    assert_eq!(waiting(&office), 1, "one row waits");

    // A file that was handed out before knows its row when it comes back, although its number is another one now.
    let back = fs::read_to_string(&errors).expect("the faulty rows");
    assert_eq!(back.lines().count(), 2, "{back}");
    let mended = office.write("mended.csv", back.replace(&broken, &office.row(100_000_002)).as_bytes());
    assert_eq!(counts(&office.json(&mended, &[], 0)), [1, 0, 0, 0]);
    assert_eq!(candidates(&office.place).len(), 2, "nothing waits any more");
    let all = office.list("all.csv", 100_000_001, 2);
    assert_eq!(counts(&office.json(&all, &[], 0)), [0, 0, 2, 0]);

    // Rows that were wrong in an earlier run do not stay in the file where nothing is wrong any more.
    assert_eq!(counts(&office.json(&all, &["--errors", &path], 0)), [0, 0, 2, 0]);
    let back = fs::read_to_string(&errors).expect("the headings");
    assert_eq!(back.lines().count(), 1, "{back}");

    // The list itself is never written over.
    let list = all.to_string_lossy().into_owned();
    assert_eq!(office.import(&all, &["--errors", &list]).status.code(), Some(2));
}

#[test]
fn what_is_said_is_said_in_both_languages() {
    let office = Office::furnished();
    let file = office.write("bos.csv", b"");
    for (lang, wanted) in [("tr", "Dosya boş"), ("en", "The file is empty")] {
        let output = office.import(&file, &["--lang", lang]);
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(wanted), "{said}");
    }
    let words = ["import", "placement", "yok.csv", "--year", "2026", "--kind", "yks"];
    assert_eq!(office.place.run(&words).status.code(), Some(2));
    let list = office.list("liste.csv", 100_000_001, 1).to_string_lossy().into_owned();
    for (kind, code) in [("lgs", 2), ("minor", 1)] {
        let output = office.place.run(&["import", "placement", &list, "--year", "2026", "--kind", kind]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(code == 2 || said.contains("--kind"), "{said}");
    }
}

/// Everything of the candidates that a run decides: who, where from, where placed, in which state; and what waits.
fn candidates(place: &Place) -> Vec<String> {
    let settings = place.settings();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let db = storage::Db::open(&settings).await.expect("the database");
        let filter = storage::candidates::CandidateFilter {
            sight: storage::candidates::Sight { all: true, ..Default::default() },
            limit: u32::MAX,
            ..Default::default()
        };
        let all = db.read(move |db| storage::candidates::list(db, &filter)).await.expect("candidates");
        let waits =
            db.read(|db| storage::placements::unsettled(db, EntryKind::Yks, 2026)).await.expect("rows");
        db.close().await;
        let told = all.iter().map(|c| format!("{:?} {} {} {:?}", c.data, c.list.1, c.state, c.row_hash));
        told.chain(waits.iter().map(|row| format!("{} {}", row.row, row.key))).collect()
    })
}

/// What came of the work, and how long it took.
#[expect(clippy::disallowed_methods, reason = "measures how long a run lasts that nobody kills")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, std::time::Duration) {
    let begun = std::time::Instant::now();
    let done = work();
    (done, begun.elapsed())
}

/// Part of the tests on both engines.
pub fn a_placement_list_killed_anywhere_ends_like_one_that_was_not(engine: &Engine) {
    let office = Office::furnished();
    let home = office.home.path();
    // Some rows are faulty and wait on the worklist.
    let rows = (0..3_000_u32).map(|n| {
        let row = office.row(700_000_000 + n);
        if n % 100 == 0 { row.replace("Kadın", "?") } else { row }
    });
    let text = format!("{HEADER}\n{}\n", rows.collect::<Vec<_>>().join("\n"));
    let list = office.write("liste.csv", text.as_bytes()).to_string_lossy().into_owned();
    let words = ["import", "placement", &list, "--year", "2026", "--kind", "yks", "--sound-rows", "--json"];
    let import = |place: &Place| -> Value {
        let output = place.run(&words);
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(output.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(said.trim()).expect("JSON")
    };
    let data = home.join("data").to_string_lossy().into_owned();
    let furnished = |name: &str| {
        let place = engine.place(home, name);
        place.run_well(&["migrate"]);
        place.run_well(&["import", "records", &data]);
        place
    };
    let whole = furnished("whole");
    let (told, lasts) = timed(|| import(&whole));
    assert_eq!((&told["new"], &told["faulty"]), (&json!(2_970), &json!(30)));
    let wanted = candidates(&whole);
    let mut cut = 0;
    for eighth in 1..8_u32 {
        let place = furnished(&format!("cut-{eighth}"));
        let mut child = place.command().args(words).stdout(Stdio::null()).spawn().expect("kunye starts");
        std::thread::sleep(lasts * eighth / 8);
        let _ = child.kill();
        child.wait().expect("gone");
        let left = candidates(&place).len();
        assert!(left == 0 || left == wanted.len(), "after {eighth} eighths half a list stands: {left}");
        cut += usize::from(left == 0);
        let told = import(&place);
        assert_eq!(
            told["new"].as_i64().zip(told["same"].as_i64()).map(|(n, s)| n + s),
            Some(2_970),
            "{told}"
        );
        assert_eq!(candidates(&place), wanted, "after {eighth} eighths");
        let report = place.run_well(&["verify", "--json"]);
        assert!(report.contains("\"sound\":true"), "{report}");
    }
    assert!(cut > 0, "no run was killed before its end");
}
