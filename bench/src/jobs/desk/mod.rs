//! Registration morning: a placement list, e-registrations in bulk, sixteen clerks at once; on both engines.
//!
//! Each round begins with a copy of the same office: the students are in it, the clerks have their tokens, and the desk
//! is open. Afterwards every number that was given is looked at, and `kunye verify` has the last word.

mod bulk;
mod clerks;
mod engine;

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde_json::json;

use self::engine::Engine;
use crate::{
    Failure, ROUNDS,
    floor::{copy_millis, mib, sync_millis},
    http::{Connection, Sender},
    jobs::whole_list,
    kunye::{Kunye, Place, Server, complaints},
    load::count,
    options::{Group, Options},
    process,
    register::Register,
    report, session,
    sheet::Sheet,
    tell,
};

/// Candidates of the list.
const CANDIDATES: usize = 10_000;
/// How many of them registered through e-Devlet with nothing against them.
const E_REGISTERED: usize = 5_000;
/// Clerks who register at once.
const CLERKS: usize = 16;
/// Candidates whom they register together.
const AT_THE_DESK: usize = 1_600;
/// Year of the list: in it the newest students of the records entered.
const YEAR: &str = "2026";
/// Digits of a student number that count; what stands before them is its series.
const SERIAL: usize = 4;

/// The people of a registration morning, by their tokens.
struct Tokens {
    registrar: String,
    clerks: Vec<String>,
}

fn sender(address: SocketAddr, token: &str) -> Sender {
    Sender::anybody(address).with("Authorization", &format!("Bearer {token}"))
}

/// One engine, and where everything of it lies.
struct Scene<'a> {
    program: &'a Kunye,
    register: &'a Register,
    engine: Engine<'a>,
    folder: PathBuf,
    list: &'a Path,
}

/// Measures on SQLite, and on PostgreSQL where a cluster was named.
pub(crate) async fn measure(
    program: &Kunye,
    register: &Register,
    work: &Path,
    options: &Options,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let folder = work.join("desk");
    let list = invent(program, register, &folder)?;
    let mut engines = vec![Engine::Sqlite];
    match options.postgres.as_deref() {
        Some(url) => engines.push(Engine::Postgres { url, psql: &options.psql }),
        None => sheet.remark("the desk was not measured on PostgreSQL: no cluster was named"),
    }
    for engine in engines {
        let folder = folder.join(engine.word());
        Scene { program, register, engine, folder, list: &list }.play(sheet).await?;
    }
    Ok(())
}

/// Writes the list; answers where it lies.
fn invent(program: &Kunye, register: &Register, folder: &Path) -> Result<PathBuf, Failure> {
    tell("inventing 10,000 candidates");
    let (candidates, e_registered) = (CANDIDATES.to_string(), E_REGISTERED.to_string());
    let programmes = register.folder().join("programs.csv");
    let done = program.run(&[
        &"invent",
        &"--candidates",
        &candidates,
        &"--e-registered",
        &e_registered,
        &"--year",
        &YEAR,
        &"--programs",
        &programmes,
        &"--out",
        &folder,
        &"--json",
    ])?;
    let answer: serde_json::Value = serde_json::from_str(done.said.trim())?;
    Ok(answer["list"].as_str().ok_or("`kunye invent` says nothing of its list")?.into())
}

impl Scene<'_> {
    fn note(&self, sheet: &mut Sheet, name: &str, value: f64) {
        sheet.note(format!("desk.{}.{name}", self.engine.word()), value);
    }

    async fn play(&self, sheet: &mut Sheet) -> Result<(), Failure> {
        fs::create_dir_all(&self.folder)?;
        tell(&format!("an office with its clerks on {}", self.engine.word()));
        let office = self.engine.make(self.program, &self.folder)?;
        self.program.run_at(&office, &[&"import", &"records", &self.register.folder(), &"--json"])?;
        let tokens = self.open(&office).await?;
        for number in 1..=ROUNDS {
            tell(&format!("{}, {}", self.engine.word(), report::round(Group::Desk, number)));
            let place = self.engine.copy(&office, &self.folder, number)?;
            self.round(&place, &tokens, sheet).await?;
            self.engine.remove(&place)?;
        }
        self.engine.remove(&office)
    }

    /// Gives everybody an account and a token, and opens the desk.
    async fn open(&self, office: &Place) -> Result<Tokens, Failure> {
        let institution = self.register.institution_code();
        let mut people = vec![(session::REGISTRAR.to_owned(), "registrar")];
        people.extend((1..=CLERKS).map(|n| (format!("benchmasa{n}"), "clerk")));
        let mut links = Vec::new();
        for (user, role) in &people {
            let role: &[crate::kunye::Word<'_>] = match *role {
                "clerk" => &[&"--role", &"clerk", &"--unit", &institution],
                _ => &[&"--role", &"registrar"],
            };
            links.push(session::open_account(self.program, office, user, role)?);
        }
        let mut server = Server::start(self.program, office, &self.folder.join("server.log"))?;
        let mut tokens = Vec::new();
        for ((user, _), link) in people.iter().zip(&links) {
            session::activate(server.address(), link).await?;
            tokens.push(session::add_token(self.program, office, user)?);
        }
        let clerks = tokens.split_off(1);
        let registrar = tokens.pop().ok_or("there is no registrar")?;
        let window = json!({
            "kind": "registration", "opens_on": "2020-01-01", "closes_on": "2150-12-31", "source": "Deneme",
        });
        let order = sender(server.address(), &registrar).json("/api/v1/windows", &window);
        Connection::open(server.address()).await?.expect(201, &order).await?;
        server.stop()?;
        Ok(Tokens { registrar, clerks })
    }

    async fn round(&self, place: &Place, tokens: &Tokens, sheet: &mut Sheet) -> Result<(), Failure> {
        self.note(sheet, "floor.sync", sync_millis(self.engine.disk(&self.folder).as_path())?);
        let bytes = process::size(self.list)?;
        let copied = copy_millis(&[self.list.to_owned()], bytes, &self.folder.join("list"))?;
        self.note(sheet, "floor.copy", copied / 1000.0);
        self.import(place, sheet)?;

        let log = self.folder.join("server.log");
        let mut server = Server::start(self.program, place, &log)?;
        let address = server.address();
        let registrar = sender(address, &tokens.registrar);
        let mut connection = Connection::open(address).await?;
        let all = whole_list(&mut connection, &registrar, "/api/v1/candidates?state=waiting").await?;
        if all.len() != CANDIDATES {
            sheet.fault(format!("{} candidates wait instead of {CANDIDATES}", all.len()));
        }
        let done = bulk::run(address, &registrar, sheet).await?;
        self.note(sheet, "bulk.s", done.took.as_secs_f64());
        self.note(sheet, "bulk.first", crate::clock::millis(done.first));
        self.note(sheet, "bulk.steps", count(done.steps));

        let clerks: Vec<Sender> = tokens.clerks.iter().map(|token| sender(address, token)).collect();
        let waiting = all
            .iter()
            .filter(|candidate| candidate["e_registered_at"].is_null())
            .filter_map(|candidate| candidate["id"].as_i64());
        let morning = clerks::run(address, &clerks, waiting.collect(), AT_THE_DESK, sheet).await?;
        self.note(sheet, "clerks.p50", morning.percentile(50));
        self.note(sheet, "clerks.p99", morning.percentile(99));
        self.note(sheet, "clerks.rate", morning.rate);

        let path = format!("/api/v1/students?entry_year={YEAR}&order=number");
        let students = whole_list(&mut connection, &registrar, &path).await?;
        let given: Vec<&str> = students.iter().filter_map(|student| student["number"].as_str()).collect();
        self.check_numbers(&given, &morning.numbers, sheet);
        drop(connection);
        server.stop()?;
        for line in complaints(&log)? {
            sheet.remark(format!("the server on {} logged: {line}", self.engine.word()));
        }
        fs::remove_file(&log)?;
        match self.program.run_at(place, &[&"verify"]) {
            Ok(done) => self.note(sheet, "verify.s", done.took.as_secs_f64()),
            Err(failure) => sheet.fault(failure.to_string()),
        }
        Ok(())
    }

    fn import(&self, place: &Place, sheet: &mut Sheet) -> Result<(), Failure> {
        let done = self.program.run_at(
            place,
            &[
                &"import",
                &"placement",
                &self.list,
                &"--year",
                &YEAR,
                &"--kind",
                &"yks",
                &"--sound-rows",
                &"--json",
            ],
        )?;
        let answer: serde_json::Value = serde_json::from_str(done.said.trim())?;
        if answer["applied"] != true || answer["new"] != json!(CANDIDATES) || answer["faulty"] != 0 {
            let [applied, new, faulty] = ["applied", "new", "faulty"].map(|figure| &answer[figure]);
            sheet.fault(format!("import of the list: applied {applied}, new {new}, faulty {faulty}"));
        }
        self.note(sheet, "import.s", done.took.as_secs_f64());
        self.note(sheet, "import.mib", mib(done.peak));
        Ok(())
    }

    /// No number twice, none left out, and the clerks were told the truth.
    fn check_numbers(&self, all: &[&str], told: &[String], sheet: &mut Sheet) {
        let engine = self.engine.word();
        let before: HashSet<&str> = self.register.entered_in(YEAR).collect();
        let given: Vec<&str> = all.iter().filter(|number| !before.contains(*number)).copied().collect();
        let distinct: HashSet<&str> = given.iter().copied().collect();
        if distinct.len() != given.len() {
            sheet.fault(format!("{engine}: {} numbers for {} students", distinct.len(), given.len()));
        }
        if given.len() != E_REGISTERED + AT_THE_DESK {
            let wanted = E_REGISTERED + AT_THE_DESK;
            sheet.fault(format!("{engine}: {} students were registered instead of {wanted}", given.len()));
        }
        let unknown = told.iter().filter(|number| !distinct.contains(number.as_str())).count();
        let twice = told.len() - told.iter().collect::<HashSet<_>>().len();
        if unknown + twice > 0 {
            sheet.fault(format!(
                "{engine}: {unknown} numbers that clerks were told of are nobody's, {twice} were told twice"
            ));
        }
        for gap in gaps(&given) {
            sheet.fault(format!("{engine}: {gap}"));
        }
    }
}

/// The series of numbers in which one is missing between the first and the last.
fn gaps(numbers: &[&str]) -> Vec<String> {
    let mut series: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for number in numbers {
        let (of, serial) = number.split_at(number.len().saturating_sub(SERIAL));
        series.entry(of).or_default().push(serial.parse().unwrap_or(usize::MAX));
    }
    let mut found = Vec::new();
    for (of, mut serials) in series {
        serials.sort_unstable();
        serials.dedup();
        if let (Some(first), Some(last)) = (serials.first(), serials.last())
            && last - first + 1 != serials.len()
        {
            found.push(format!("series {of} has {} numbers from {first} to {last}", serials.len()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_left_out_is_found() {
        assert_eq!(gaps(&["260010007", "260010009", "260010008", "260020001"]), Vec::<String>::new());
        assert_eq!(gaps(&["260010007", "260010009"]), ["series 26001 has 2 numbers from 7 to 9"]);
        assert_eq!(gaps(&[]), Vec::<String>::new());
    }
}
