//! `kunye invent`: the demo's invented records and candidates as files, for measuring and for trying the imports.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};

use super::{Failure, Place, say};
use crate::{
    invented::{
        ENTRY_YEAR,
        candidates::{self, List},
    },
    wording::filled,
};

/// Writes invented records as `kunye import records` reads them, and lists as `kunye import placement` does.
#[derive(Args)]
pub struct Invent {
    /// How many students to invent; 2000 where no candidates are asked for.
    #[arg(long, value_name = "N")]
    students: Option<u32>,
    /// How many candidates to invent: a list of `placement/yks-YEAR.csv` in the folder.
    #[arg(long, value_name = "N")]
    candidates: Option<u32>,
    /// How many of the candidates registered through e-Devlet with nothing against them.
    #[arg(long, value_name = "N", requires = "candidates")]
    e_registered: Option<u32>,
    /// Year of placement of the candidates.
    #[arg(long, value_name = "Y", default_value_t = ENTRY_YEAR, value_parser = clap::value_parser!(i16).range(1990..=2150))]
    year: i16,
    /// The programmes of the candidates; `programs.csv` of the folder where none is named.
    #[arg(long, value_name = "FILE", requires = "candidates")]
    programs: Option<PathBuf>,
    /// The same number gives the same records.
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Folder for the files.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Invent {
    pub(super) fn run(&self, place: &Place) -> Result<(), Failure> {
        let mut told = Map::new();
        if let Some(students) = self.students.or(self.candidates.is_none().then_some(2000)) {
            self.records(place, students, &mut told)?;
        }
        if let Some(count) = self.candidates {
            self.list(place, count, &mut told)?;
        }
        if place.json {
            say(&Value::Object(told).to_string());
        }
        Ok(())
    }

    fn records(&self, place: &Place, students: u32, told: &mut Map<String, Value>) -> Result<(), Failure> {
        let done =
            crate::invented::write(&self.out, students, self.seed).map_err(Failure::file(&self.out))?;
        for (what, count) in [
            ("students", done.students),
            ("people", done.people),
            ("staff", done.staff),
            ("marks", done.marks),
        ] {
            told.insert(what.to_owned(), json!(count));
        }
        if !place.json {
            let args = [
                ("students", done.students.to_string()),
                ("marks", done.marks.to_string()),
                ("path", self.out.display().to_string()),
            ];
            say(&filled(place.texts(), "say-invent-done", &args));
        }
        Ok(())
    }

    fn list(&self, place: &Place, count: u32, told: &mut Map<String, Value>) -> Result<(), Failure> {
        let programs = self.programs.clone().unwrap_or_else(|| self.out.join("programs.csv"));
        let codes = candidates::programme_codes(&programs).map_err(Failure::file(&programs))?;
        if codes.is_empty() {
            let args = vec![("path", programs.display().to_string())];
            return Err(Failure::Told { code: "invent-no-programmes", args });
        }
        let path = list_path(&self.out, self.year);
        let whole = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        let list = List {
            codes: &codes,
            count: whole(count),
            year: self.year,
            seed: self.seed,
            e_registered: self.e_registered.map(whole),
        };
        candidates::write(&path, list).map_err(Failure::file(&path))?;
        told.insert("candidates".to_owned(), json!(count));
        told.insert("list".to_owned(), json!(path.display().to_string()));
        if !place.json {
            let args = [("candidates", count.to_string()), ("path", path.display().to_string())];
            say(&filled(place.texts(), "say-invent-candidates", &args));
        }
        Ok(())
    }
}

/// Where a list lies in its folder.
fn list_path(out: &Path, year: i16) -> PathBuf {
    out.join(format!("placement/yks-{year}.csv"))
}
