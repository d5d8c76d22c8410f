//! The report: Markdown, ready for `docs/performance.md`.

use crate::{
    floor::CLIENTS,
    jobs::pages::SCENES,
    options::{Group, Options},
    process,
    sheet::{Sheet, figure},
    targets::{TARGETS, Target},
};

/// Figures without a target, with what they are.
const FURTHER: &[(&str, &str)] = &[
    ("import.mib", "import, most memory, MiB"),
    ("import.database", "database after the import, MiB"),
    ("start.ready", "start until the address is said, ms"),
    ("start.floor.exec", "`kunye --version`, ms"),
    ("stop.ms", "stop when asked to, ms"),
    ("papers.first.ms", "the very first transcript after a start, ms"),
    ("papers.one.cpu", "one transcript, CPU ms"),
    ("papers.many.p99", "transcripts, 8 clients, p99 ms"),
    ("papers.many.cpu", "transcripts, 8 clients, CPU ms each"),
    ("papers.100.cpu", "100 transcripts, CPU ms together"),
    ("papers.100.before", "memory before the 100, MiB"),
    ("papers.100.after", "memory after the 100, MiB"),
    ("papers.100.merge", "100 transcripts as one PDF, ms"),
    ("papers.500.s", "500 certificates, s"),
    ("papers.500.peak", "500 certificates, most memory of the server, MiB"),
    ("export.rows", "rows of the list"),
    ("export.xlsx.ms", "XLSX of the list, ms"),
    ("export.xlsx.kib", "XLSX of the list, KiB"),
    ("export.csv.ms", "CSV of the list, ms"),
    ("export.csv-all.ms", "CSV of all students, ms"),
    ("verify.s", "`kunye verify` at the end, s"),
    ("verify.read", "reading the same files, s"),
    ("desk.sqlite.import.mib", "SQLite: import of a placement list, most memory, MiB"),
    ("desk.sqlite.bulk.first", "SQLite: bulk registration, first one counted after ms"),
    ("desk.sqlite.bulk.steps", "SQLite: bulk registration, different counts that its progress showed"),
    ("desk.sqlite.clerks.p50", "SQLite: 16 clerks registering at once, p50 ms"),
    ("desk.sqlite.clerks.rate", "SQLite: 16 clerks registering at once, per s"),
    ("desk.sqlite.floor.sync", "SQLite: 4 KiB written and made durable at the desk, ms"),
    ("desk.sqlite.verify.s", "SQLite: `kunye verify` after the desk, s"),
    ("desk.postgres.import.mib", "PostgreSQL: import of a placement list, most memory, MiB"),
    ("desk.postgres.bulk.first", "PostgreSQL: bulk registration, first one counted after ms"),
    ("desk.postgres.bulk.steps", "PostgreSQL: bulk registration, different counts that its progress showed"),
    ("desk.postgres.clerks.p50", "PostgreSQL: 16 clerks registering at once, p50 ms"),
    ("desk.postgres.clerks.rate", "PostgreSQL: 16 clerks registering at once, per s"),
    ("desk.postgres.floor.sync", "PostgreSQL: 4 KiB written and made durable at the desk, ms"),
    ("desk.postgres.verify.s", "PostgreSQL: `kunye verify` after the desk, s"),
];

/// The whole report.
pub(crate) fn markdown(options: &Options, sheet: &Sheet) -> String {
    let mut out = String::from("## Measured\n\n");
    out += &format!("{}; load average at the end {}. ", process::machine(), process::load_average());
    out += &format!(
        "Loads of {} s. Medians of {} rounds [lowest–highest].\n\n",
        options.length.as_secs(),
        crate::ROUNDS
    );
    for remark in sheet.remarks() {
        out += &format!("* {remark}\n");
    }
    out += &format!("* wrong answers: {}\n", sheet.faults().len());
    for fault in sheet.faults() {
        out += &format!("* **WRONG**: {fault}\n");
    }
    out += &targets(sheet);
    out += &pages(sheet);
    out += &floors(sheet);
    out += &further(sheet);
    out
}

/// A table, unless it would be empty.
fn table(title: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let rule = vec!["---".to_owned(); head.len()];
    let rows: String = rows.iter().map(|row| line(row)).collect();
    format!("\n### {title}\n\n{}{}{rows}", line(&head), line(&rule))
}

fn targets(sheet: &Sheet) -> String {
    let mut missed = 0;
    let mut rows = Vec::new();
    for target in TARGETS {
        let Some(measured) = sheet.spread(target.key) else { continue };
        let verdict = target.judge(sheet, measured);
        missed += usize::from(!verdict.is_met);
        let wanted = |value: Option<f64>| {
            value.map(|value| format!("{} {}", sign(target), figure(value))).unwrap_or_default()
        };
        rows.push(vec![
            target.title.to_owned(),
            wanted(target.must),
            wanted(target.aim),
            measured.to_string(),
            ratio(sheet, target),
            verdict.words,
        ]);
    }
    let mut out = table("Targets", &["figure", "must", "aim", "measured", "to its floor", "verdict"], &rows);
    if !rows.is_empty() {
        out += &format!("\n{missed} of {} not met.\n", rows.len());
    }
    out
}

fn sign(target: &Target) -> &'static str {
    if target.is_more_better { "≥" } else { "≤" }
}

fn ratio(sheet: &Sheet, target: &Target) -> String {
    let (name, key) = target.floor;
    sheet.ratio(target.key, key).map(|ratio| format!("{} × {name}", figure(ratio.median))).unwrap_or_default()
}

fn pages(sheet: &Sheet) -> String {
    let mut rows = Vec::new();
    for scene in SCENES {
        for clients in CLIENTS {
            let cell = |name: &str| {
                let spread = sheet.spread(&format!("pages.{}.{clients}.{name}", scene.key));
                spread.map(|spread| spread.to_string()).unwrap_or_default()
            };
            if cell("rate").is_empty() {
                continue;
            }
            let key = format!("pages.{}.{clients}.rate", scene.key);
            let ratio = sheet.ratio(&key, &format!("pages.floor.rate.{clients}"));
            rows.push(vec![
                scene.title.to_owned(),
                clients.to_string(),
                cell("rate"),
                cell("p50"),
                cell("p99"),
                cell("cpu"),
                cell("kib"),
                ratio.map(|ratio| figure(ratio.median)).unwrap_or_default(),
            ]);
        }
    }
    let head = ["page", "clients", "req/s", "p50 ms", "p99 ms", "CPU ms/req", "KiB", "× empty req/s"];
    table("Pages", &head, &rows)
}

fn floors(sheet: &Sheet) -> String {
    let mut rows = Vec::new();
    let mut put = |title: String, key: &str| {
        if let Some(spread) = sheet.spread(key) {
            rows.push(vec![title, spread.to_string()]);
        }
    };
    put("4 KiB written and made durable, ms".to_owned(), "floor.sync");
    for clients in CLIENTS {
        let with = |what: &str| format!("empty answers, clients {clients}: {what}");
        put(with("req/s"), &format!("floor.rate.{clients}"));
        put(with("p50 ms"), &format!("floor.p50.{clients}"));
        put(with("p99 ms"), &format!("floor.p99.{clients}"));
        put(with("CPU ms/req"), &format!("floor.cpu.{clients}"));
    }
    put("a server of empty answers, MiB".to_owned(), "floor.rss");
    table("Floors of this run", &["floor", "measured"], &rows)
}

fn further(sheet: &Sheet) -> String {
    let rows: Vec<Vec<String>> = FURTHER
        .iter()
        .filter_map(|(key, title)| Some(vec![(*title).to_owned(), sheet.spread(key)?.to_string()]))
        .collect();
    table("Further figures", &["figure", "measured"], &rows)
}

/// One line before each round: which, and what else the machine is doing.
pub(crate) fn round(group: Group, number: usize) -> String {
    format!("{}, round {number} of {}, load average {}", group.word(), crate::ROUNDS, process::load_average())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_stands_beside_its_target() {
        let options = Options::parse(&["--kunye".to_owned(), "kunye".to_owned()]).expect("known words");
        let mut sheet = Sheet::default();
        for (rate, floor) in [(3000.0, 60_000.0), (3300.0, 66_000.0), (2700.0, 54_000.0)] {
            sheet.note("pages.search-registrar.8.rate", rate);
            sheet.note_floor(Group::Pages, "rate.8", floor);
        }
        sheet.note("verify.s", 2.5);
        let report = markdown(&options, &sheet);
        for line in [
            "| search `q`, registrar, 8 clients, req/s | ≥ 1,500 | ≥ 5,000 | 3,000 [2,700–3,300] | 0.050 × empty answers/s, 8 clients | met |",
            "| search `q`, registrar | 8 | 3,000 [2,700–3,300] |  |  |  |  | 0.050 |",
            "| empty answers, clients 8: req/s | 60,000 [54,000–66,000] |",
            "| `kunye verify` at the end, s | 2.50 |",
            "0 of 1 not met.",
            "* wrong answers: 0",
        ] {
            assert!(report.contains(line), "{line}\n{report}");
        }
        sheet.fault("q=x finds 1");
        assert!(markdown(&options, &sheet).contains("**WRONG**: q=x finds 1"));
    }
}
