//! `kunye invent`: the demo's invented records as files, for measuring and for trying the import.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Failure, Place, say};
use crate::wording::filled;

/// Writes invented records as `kunye import records` reads them.
#[derive(Args)]
pub struct Invent {
    /// How many students to invent.
    #[arg(long, default_value_t = 2000, value_name = "N")]
    students: u32,
    /// The same number gives the same records.
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Folder for the files.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Invent {
    pub(super) fn run(&self, place: &Place) -> Result<(), Failure> {
        let done =
            crate::invented::write(&self.out, self.students, self.seed).map_err(Failure::file(&self.out))?;
        if place.json {
            let rows = json!({ "students": done.students, "people": done.people, "staff": done.staff, "marks": done.marks });
            say(&rows.to_string());
        } else {
            let args = [
                ("students", done.students.to_string()),
                ("marks", done.marks.to_string()),
                ("path", self.out.display().to_string()),
            ];
            say(&filled(place.texts(), "say-invent-done", &args));
        }
        Ok(())
    }
}
