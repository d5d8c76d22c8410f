//! What the command line asks for.

use std::{path::PathBuf, time::Duration};

use crate::Failure;

/// How the program is called.
pub(crate) const USAGE: &str = "\
bench --kunye PROGRAM [--data DIR] [--only NAME] [--seconds N] [--postgres URL [--psql PROGRAM]]

  --kunye PROGRAM  the program to measure, built for release
  --data DIR       the twelve CSV files of 20,000 students; without it Künye's own invented ones
  --only NAME      one of: floors, import, start, answers, pages, export, papers, verify, desk
  --seconds N      how long each load of each round lasts, 2 unless said otherwise
  --postgres URL   a PostgreSQL cluster whose role may make databases; without it the desk is measured on SQLite alone
  --psql PROGRAM   PostgreSQL's psql, where it is not on the search path
";

/// A part of the benchmark that can be run alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Group {
    /// What the machine gives: durable writes, empty answers.
    Floors,
    /// Taking the records over.
    Import,
    /// From nothing to the first page, and memory at rest.
    Start,
    /// Whether searches find what they have to.
    Answers,
    /// Search page, student page and the API under load.
    Pages,
    /// Lists as files.
    Export,
    /// Transcripts and certificates, one and many.
    Papers,
    /// The proof at the end.
    Verify,
    /// Registration morning: a placement list, e-registrations in bulk, many clerks at once.
    Desk,
}

impl Group {
    /// All of them, in their order.
    pub(crate) const ALL: [Self; 9] = [
        Self::Floors,
        Self::Import,
        Self::Start,
        Self::Answers,
        Self::Pages,
        Self::Export,
        Self::Papers,
        Self::Verify,
        Self::Desk,
    ];

    /// The word on the command line.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Floors => "floors",
            Self::Import => "import",
            Self::Start => "start",
            Self::Answers => "answers",
            Self::Pages => "pages",
            Self::Export => "export",
            Self::Papers => "papers",
            Self::Verify => "verify",
            Self::Desk => "desk",
        }
    }
}

/// The command line, read.
pub(crate) struct Options {
    /// The program to measure.
    pub(crate) kunye: PathBuf,
    /// Folder of the records.
    pub(crate) data: Option<PathBuf>,
    /// The only part to run.
    pub(crate) only: Option<Group>,
    /// How long each load lasts.
    pub(crate) length: Duration,
    /// Address of a PostgreSQL cluster.
    pub(crate) postgres: Option<String>,
    /// PostgreSQL's console.
    pub(crate) psql: PathBuf,
}

impl Options {
    /// Reads the words behind the program's name.
    pub(crate) fn parse(words: &[String]) -> Result<Self, Failure> {
        let (mut kunye, mut data, mut only, mut seconds) = (None, None, None, 2);
        let (mut postgres, mut psql) = (None, PathBuf::from("psql"));
        let mut words = words.iter().map(String::as_str);
        while let Some(word) = words.next() {
            let value = words.next().ok_or_else(|| format!("`{word}` needs a value"))?;
            match word {
                "--kunye" => kunye = Some(PathBuf::from(value)),
                "--postgres" => postgres = Some(value.to_owned()),
                "--psql" => psql = PathBuf::from(value),
                "--data" => data = Some(PathBuf::from(value)),
                "--only" => {
                    let known = Group::ALL.into_iter().find(|group| group.word() == value);
                    only = Some(known.ok_or_else(|| format!("there is no part `{value}`"))?);
                }
                "--seconds" => {
                    seconds = value.parse::<u64>().map_err(|_| format!("`{value}` is no number"))?.max(1)
                }
                _ => return Err(format!("`{word}` is not understood").into()),
            }
        }
        let kunye = kunye.ok_or("--kunye is missing")?;
        Ok(Self { kunye, data, only, length: Duration::from_secs(seconds), postgres, psql })
    }

    /// Whether a part is to be run.
    pub(crate) fn wants(&self, group: Group) -> bool {
        self.only.is_none_or(|only| only == group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, Failure> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_part_is_named() {
        let options = parse("--kunye a/kunye --only pages --seconds 5").expect("known words");
        assert!(options.wants(Group::Pages) && !options.wants(Group::Import));
        assert_eq!(options.length, Duration::from_secs(5));
        assert!(parse("--kunye kunye").expect("all").wants(Group::Verify));
        let desk = parse("--kunye kunye --only desk --postgres postgres://a/b").expect("known words");
        assert!(desk.wants(Group::Desk) && !desk.wants(Group::Floors));
        assert_eq!(desk.postgres.as_deref(), Some("postgres://a/b"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for line in [
            "",
            "--data d",
            "--kunye",
            "--kunye k --only page",
            "--kunye k --second 5",
            "--kunye k --seconds x",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
