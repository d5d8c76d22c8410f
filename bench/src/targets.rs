//! What has to be reached and what is aimed at. The reasons stand in `docs/performance.md`.

use crate::sheet::{Sheet, Spread};

/// A figure that has a target.
pub(crate) struct Target {
    /// What it is, with its unit.
    pub(crate) title: &'static str,
    /// Where the sheet has it.
    pub(crate) key: &'static str,
    /// What it must be; none where it is only aimed at something.
    pub(crate) must: Option<f64>,
    /// What is aimed at.
    pub(crate) aim: Option<f64>,
    /// Whether more is better.
    pub(crate) is_more_better: bool,
    /// The floor that it stands beside: its name and where the sheet has it.
    pub(crate) floor: (&'static str, &'static str),
    /// How the target moves with a floor that is worse than on the machine for which it was set.
    pub(crate) scale: Scale,
}

/// How a target moves with the machine. A better floor than there never makes a target easier or harder.
#[derive(Clone, Copy)]
pub(crate) enum Scale {
    /// Not at all.
    Fixed,
    /// A rate with the rate of empty answers at so many clients.
    Rate(usize),
    /// A slowest answer with the slowest empty one at so many clients.
    Tail(usize),
    /// So many durable writes stand in it, each as much later as it takes longer.
    Syncs(f64),
    /// A rate: so many papers are made while so many durable writes are waited for.
    RateWithSyncs(f64, f64),
}

/// Empty answers a second on the machine for which the targets were set, by clients, as this benchmark's client sees
/// them on a busy day there. A low figure is the strict one: a target yields only below it.
const EMPTY_RATE: [(usize, f64); 3] = [(1, 27_000.0), (8, 35_000.0), (32, 42_000.0)];
/// Milliseconds of the slowest percent of empty answers there, by clients.
const EMPTY_TAIL: [(usize, f64); 3] = [(1, 0.83), (8, 6.7), (32, 7.5)];
/// Milliseconds of a durable write there: 239 a second.
const SYNC: f64 = 4.2;

/// Durable writes of one paper: its number, its bytes, its end.
const SYNCS_OF_PAPER: f64 = 3.0;
/// Rounds in which 100 papers are made, with the first short one; each has the durable writes of one paper.
const ROUNDS_OF_100: f64 = 6.0;
/// Rounds in which 500 papers are made.
const ROUNDS_OF_500: f64 = 26.0;

const fn rate(title: &'static str, key: &'static str, must: f64, aim: f64) -> Target {
    let floor = ("empty answers/s, 8 clients", "pages.floor.rate.8");
    Target {
        title,
        key,
        must: Some(must),
        aim: Some(aim),
        is_more_better: true,
        floor,
        scale: Scale::Rate(8),
    }
}

const fn tail(title: &'static str, key: &'static str, must: f64) -> Target {
    let floor = ("p99 of empty answers, 8 clients", "pages.floor.p99.8");
    Target { title, key, must: Some(must), aim: None, is_more_better: false, floor, scale: Scale::Tail(8) }
}

const fn less(
    title: &'static str,
    key: &'static str,
    must: Option<f64>,
    aim: Option<f64>,
    floor: (&'static str, &'static str),
) -> Target {
    Target { title, key, must, aim, is_more_better: false, floor, scale: Scale::Fixed }
}

const SYNCED: (&str, &str) = ("a durable write", "papers.floor.sync");
const EMPTY_1: (&str, &str) = ("p50 of empty answers, 1 client", "pages.floor.p50.1");
const EMPTY_32: (&str, &str) = ("p99 of empty answers, 32 clients", "pages.floor.p99.32");
const EMPTY_CPU: (&str, &str) = ("CPU of an empty answer, 8 clients", "pages.floor.cpu.8");
const NOTHING: (&str, &str) = ("", "");

/// All of them, in the order of the report.
pub(crate) const TARGETS: &[Target] = &[
    rate("search `q`, registrar, 8 clients, req/s", "pages.search-registrar.8.rate", 1500.0, 5000.0),
    rate("search `soyad`, registrar, 8 clients, req/s", "pages.surname-registrar.8.rate", 1500.0, 5000.0),
    rate("search `q`, clerk of a faculty, 8 clients, req/s", "pages.search-clerk.8.rate", 1500.0, 5000.0),
    tail("search `q`, registrar, 8 clients, p99 ms", "pages.search-registrar.8.p99", 15.0),
    tail("search `soyad`, registrar, 8 clients, p99 ms", "pages.surname-registrar.8.p99", 15.0),
    tail("search `q`, clerk of a faculty, 8 clients, p99 ms", "pages.search-clerk.8.p99", 15.0),
    less("search `q`, registrar, 1 client, p50 ms", "pages.search-registrar.1.p50", None, Some(0.5), EMPTY_1),
    less(
        "search `q`, registrar, 32 clients, p99 ms",
        "pages.search-registrar.32.p99",
        None,
        Some(15.0),
        EMPTY_32,
    ),
    less("search `q`, registrar, CPU ms", "pages.search-registrar.8.cpu", None, Some(0.35), EMPTY_CPU),
    rate("student page, registrar, 8 clients, req/s", "pages.student-registrar.8.rate", 1500.0, 4000.0),
    rate(
        "student page, clerk of the faculty, 8 clients, req/s",
        "pages.student-clerk.8.rate",
        1500.0,
        4000.0,
    ),
    tail("student page, registrar, 8 clients, p99 ms", "pages.student-registrar.8.p99", 15.0),
    tail("student page, clerk of the faculty, 8 clients, p99 ms", "pages.student-clerk.8.p99", 15.0),
    less(
        "student page, registrar, 1 client, p50 ms",
        "pages.student-registrar.1.p50",
        None,
        Some(0.6),
        EMPTY_1,
    ),
    less(
        "student page, registrar, 32 clients, p99 ms",
        "pages.student-registrar.32.p99",
        None,
        Some(20.0),
        EMPTY_32,
    ),
    less("student page, registrar, CPU ms", "pages.student-registrar.8.cpu", None, Some(0.45), EMPTY_CPU),
    Target {
        scale: Scale::Syncs(SYNCS_OF_PAPER),
        ..less("one transcript with its PDF, p50 ms", "papers.one.p50", Some(60.0), Some(10.0), SYNCED)
    },
    Target {
        scale: Scale::Syncs(SYNCS_OF_PAPER),
        ..less("one transcript with its PDF, p99 ms", "papers.one.p99", None, Some(25.0), SYNCED)
    },
    Target {
        is_more_better: true,
        ..less("transcripts one by one, 8 clients, per s", "papers.many.rate", None, Some(300.0), NOTHING)
    },
    less("a transcript's PDF, KiB", "papers.one.kib", None, Some(40.0), NOTHING),
    Target {
        scale: Scale::Syncs(ROUNDS_OF_100 * SYNCS_OF_PAPER),
        ..less("100 transcripts, ms", "papers.100.ms", Some(3000.0), Some(400.0), SYNCED)
    },
    Target {
        scale: Scale::Syncs(SYNCS_OF_PAPER),
        ..less(
            "100 transcripts, first one counted after ms",
            "papers.100.first",
            Some(100.0),
            Some(100.0),
            SYNCED,
        )
    },
    less(
        "100 transcripts, most memory of the server, MiB",
        "papers.100.peak",
        Some(200.0),
        Some(96.0),
        NOTHING,
    ),
    less("100 transcripts as one PDF, MiB", "papers.100.mib", None, Some(5.0), NOTHING),
    Target {
        is_more_better: true,
        scale: Scale::RateWithSyncs(500.0, ROUNDS_OF_500 * SYNCS_OF_PAPER),
        ..less("500 student certificates, per s", "papers.500.rate", Some(100.0), None, NOTHING)
    },
    less(
        "XLSX of a list, ms per 5,000 rows",
        "export.xlsx.per5000",
        Some(100.0),
        Some(40.0),
        ("the same bytes, nothing computed", "export.floor.xlsx"),
    ),
    less(
        "XLSX of all students, ms",
        "export.xlsx-all.ms",
        None,
        Some(160.0),
        ("the same bytes, nothing computed", "export.floor.xlsx-all"),
    ),
    less(
        "CSV of a list, ms per 5,000 rows",
        "export.csv.per5000",
        None,
        Some(10.0),
        ("the same bytes, nothing computed", "export.floor.csv"),
    ),
    less(
        "import of all records, s",
        "import.s",
        Some(20.0),
        Some(5.0),
        ("the same bytes read and written, s", "import.floor.copy"),
    ),
    less(
        "memory at rest, MiB",
        "start.rss",
        Some(64.0),
        Some(25.0),
        ("a server of empty answers", "start.floor.rss"),
    ),
    less(
        "memory after 32 clients, MiB",
        "pages.rss",
        None,
        Some(64.0),
        ("a server of empty answers", "pages.floor.rss"),
    ),
    less(
        "start to the first page, ms",
        "start.ms",
        Some(150.0),
        Some(30.0),
        ("`kunye --version`", "start.floor.exec"),
    ),
    less(
        "import of a placement list of 10,000, SQLite, s",
        "desk.sqlite.import.s",
        Some(3.0),
        None,
        ("the list read and written, s", "desk.sqlite.floor.copy"),
    ),
    less(
        "import of a placement list of 10,000, PostgreSQL, s",
        "desk.postgres.import.s",
        Some(3.0),
        None,
        ("the list read and written, s", "desk.postgres.floor.copy"),
    ),
    less("bulk registration of 5,000, SQLite, s", "desk.sqlite.bulk.s", Some(10.0), None, NOTHING),
    less("bulk registration of 5,000, PostgreSQL, s", "desk.postgres.bulk.s", Some(10.0), None, NOTHING),
    less(
        "16 clerks registering at once, SQLite, p99 ms",
        "desk.sqlite.clerks.p99",
        Some(250.0),
        None,
        ("a durable write", "desk.sqlite.floor.sync"),
    ),
    less(
        "16 clerks registering at once, PostgreSQL, p99 ms",
        "desk.postgres.clerks.p99",
        Some(250.0),
        None,
        ("a durable write", "desk.postgres.floor.sync"),
    ),
];

/// How a figure stands to its target.
pub(crate) struct Verdict {
    /// The words of the report.
    pub(crate) words: String,
    /// Whether what must be is reached, by the floor of the run if need be; true where nothing must be.
    pub(crate) is_met: bool,
}

impl Target {
    /// The verdict on what was measured.
    pub(crate) fn judge(&self, sheet: &Sheet, measured: Spread) -> Verdict {
        let reaches = |wanted: f64| {
            if self.is_more_better { measured.median >= wanted } else { measured.median <= wanted }
        };
        let aim = match self.aim {
            Some(aim) if reaches(aim) => ", aim reached",
            _ => "",
        };
        let Some(must) = self.must else {
            let words = if aim.is_empty() { "aim not reached" } else { "aim reached" };
            return Verdict { words: words.to_owned(), is_met: true };
        };
        let scaled = self.scaled(sheet, must);
        if reaches(must) {
            Verdict { words: format!("met{aim}"), is_met: true }
        } else if reaches(scaled) {
            Verdict {
                words: format!("met at the floor of this run ({})", crate::sheet::figure(scaled)),
                is_met: true,
            }
        } else {
            Verdict { words: "**not met**".to_owned(), is_met: false }
        }
    }

    /// The target at the floor of this run, where that is worse than the one for which it was set.
    fn scaled(&self, sheet: &Sheet, must: f64) -> f64 {
        let measured = |key: String| sheet.spread(&key).map(|spread| spread.median);
        let set_for = |table: &[(usize, f64)], clients| {
            table.iter().find(|(n, _)| *n == clients).map(|(_, value)| *value)
        };
        // How much later so many durable writes are.
        let later = |syncs: f64| {
            measured("papers.floor.sync".to_owned()).map_or(0.0, |now| (now - SYNC).max(0.0) * syncs)
        };
        match self.scale {
            Scale::Fixed => must,
            Scale::Rate(clients) => {
                match (measured(format!("pages.floor.rate.{clients}")), set_for(&EMPTY_RATE, clients)) {
                    (Some(now), Some(then)) => must * (now / then).min(1.0),
                    _ => must,
                }
            }
            Scale::Tail(clients) => {
                match (measured(format!("pages.floor.p99.{clients}")), set_for(&EMPTY_TAIL, clients)) {
                    (Some(now), Some(then)) => must * (now / then).max(1.0),
                    _ => must,
                }
            }
            Scale::Syncs(syncs) => must + later(syncs),
            Scale::RateWithSyncs(papers, syncs) => papers / (papers / must + later(syncs) / 1000.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Group;

    fn target(key: &str) -> &'static Target {
        TARGETS.iter().find(|target| target.key == key).expect("a target of this key")
    }

    fn judge(key: &str, measured: f64, sheet: &Sheet) -> String {
        target(key).judge(sheet, Spread::of(&[measured]).expect("a value")).words
    }

    #[test]
    fn a_figure_is_met_or_not() {
        let sheet = Sheet::default();
        assert_eq!(judge("pages.search-registrar.8.rate", 1499.0, &sheet), "**not met**");
        assert_eq!(judge("pages.search-registrar.8.rate", 1500.0, &sheet), "met");
        assert_eq!(judge("pages.search-registrar.8.rate", 5000.0, &sheet), "met, aim reached");
        assert_eq!(judge("start.ms", 151.0, &sheet), "**not met**");
        assert_eq!(judge("start.ms", 30.0, &sheet), "met, aim reached");
        assert_eq!(judge("papers.one.kib", 41.0, &sheet), "aim not reached");
        assert_eq!(judge("desk.postgres.clerks.p99", 250.0, &sheet), "met");
        assert_eq!(judge("desk.sqlite.bulk.s", 10.1, &sheet), "**not met**");
    }

    #[test]
    fn a_worse_floor_moves_a_target_and_a_better_one_does_not() {
        let mut slow = Sheet::default();
        slow.note_floor(Group::Pages, "rate.8", 17_500.0);
        slow.note_floor(Group::Papers, "sync", 14.2);
        assert_eq!(
            judge("pages.search-registrar.8.rate", 750.0, &slow),
            "met at the floor of this run (750)"
        );
        assert_eq!(judge("pages.search-registrar.8.rate", 749.0, &slow), "**not met**");
        assert_eq!(judge("papers.one.p50", 90.0, &slow), "met at the floor of this run (90.0)");
        let mut fast = Sheet::default();
        fast.note_floor(Group::Pages, "rate.8", 130_000.0);
        fast.note_floor(Group::Papers, "sync", 0.1);
        assert_eq!(judge("pages.search-registrar.8.rate", 1499.0, &fast), "**not met**");
        assert_eq!(judge("papers.one.p50", 60.0, &fast), "met");
    }
}
