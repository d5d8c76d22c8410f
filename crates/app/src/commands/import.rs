//! `kunye import records DIR`; `kunye import placement FILE` stands in [`placement`].

pub mod placement;

use std::{
    collections::BTreeMap,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use services::{
    Actor, Office,
    records::{self, Checked, Difference, Example, Faults, OnProgress, RecordsPlan},
};

use super::{Failure, Place, close, say, say_error};
use crate::wording::{self, filled};

/// Takes records over from files.
#[derive(Subcommand)]
pub enum Import {
    /// Takes over the twelve CSV files of an earlier system.
    Records(Records),
    /// Takes over a placement list.
    Placement(placement::Placement),
}

#[derive(Args)]
pub struct Records {
    /// Folder of the files.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Whether differences are applied without asking.
    #[arg(long)]
    yes: bool,
    /// Whether differences are shown alone.
    #[arg(long)]
    dry_run: bool,
    /// File to which faults are written as CSV.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

impl Import {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let command = match self {
            Self::Records(command) => command,
            Self::Placement(command) => return command.run(place).await,
        };
        let settings = place.settings()?;
        command.may_write_faults()?;
        // A single office's folder is made by its first import.
        let office = match &settings.database {
            storage::Settings::Sqlite(_) => crate::house::open_migrated(&settings).await?,
            storage::Settings::Postgres(_) => crate::house::open(&settings).await?,
        };
        let done = command.apply(place, &office).await;
        close(&office).await;
        done
    }
}

impl Records {
    async fn apply(&self, place: &Place, office: &Office) -> Result<(), Failure> {
        let actor = Actor::system("console");
        let is_first = !records::holds_records(office).await?;
        if self.dry_run || (!is_first && !self.yes) {
            let plan = self.sound(
                place,
                records::preview_records(office, &actor, self.folder.clone(), bar(place)).await?,
            )?;
            tell(place, &plan, false);
            if !self.dry_run && plan.changes_anything() {
                if !place.json {
                    say(place.texts().get("say-import-apply-with-yes"));
                }
                return Err(Failure::Found);
            }
            return Ok(());
        }
        let report = self
            .sound(place, records::apply_records(office, &actor, self.folder.clone(), bar(place)).await?)?;
        tell(place, &report.plan, true);
        Ok(())
    }

    /// Looks before a long import whether its faults could be written down.
    fn may_write_faults(&self) -> Result<(), Failure> {
        let Some(path) = &self.errors else { return Ok(()) };
        if path.is_dir() {
            return Err(Failure::File { path: path.clone(), source: ErrorKind::IsADirectory.into() });
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        tempfile::tempfile_in(folder).map(drop).map_err(Failure::file(path))
    }

    /// What sound files gave; faults are told and written to the file asked for.
    fn sound<T>(&self, place: &Place, checked: Checked<T>) -> Result<T, Failure> {
        match checked {
            Checked::Sound(answer) => Ok(answer),
            Checked::Faulty(faults) => {
                tell_faults(place, &faults);
                if let Some(path) = &self.errors {
                    write_faults(place, &faults, path)?;
                }
                Err(Failure::Found)
            }
        }
    }
}

fn tell_faults(place: &Place, faults: &Faults) {
    let t = place.texts();
    for fault in faults.list() {
        if place.json {
            let message = wording::problem(t, &fault.problem);
            let values: BTreeMap<_, _> = fault.problem.args().into_iter().collect();
            say(&json!({ "file": fault.file, "row": fault.row, "column": fault.column, "code": fault.code(),
                         "values": values, "message": message })
            .to_string());
        } else {
            say_error(&wording::fault(t, fault));
        }
    }
    if !place.json {
        let key = if faults.is_cut() { "say-import-faults-cut" } else { "say-import-faults" };
        say_error(&t.fmt(key, &[("count", &faults.list().len().to_string())]));
    }
}

fn write_faults(place: &Place, faults: &Faults, path: &Path) -> Result<(), Failure> {
    let t = place.texts();
    let titles = [
        t.get("say-import-titles-file"),
        t.get("say-import-titles-row"),
        t.get("say-import-titles-column"),
        t.get("say-import-titles-code"),
        t.get("say-import-titles-text"),
    ];
    faults.write_csv(path, titles, |problem| wording::problem(t, problem)).map_err(Failure::file(path))
}

fn tell(place: &Place, plan: &RecordsPlan, applied: bool) {
    if place.json {
        let files: Vec<_> = plan
            .files
            .iter()
            .map(|f| {
                let examples: Vec<_> = f.examples.iter().map(example).collect();
                json!({ "file": f.file.file_name(), "rows": f.rows, "new": f.new, "changed": f.changed, "unchanged": f.unchanged,
                        "missing": f.missing, "conflicts": f.conflicts, "examples": examples })
            })
            .collect();
        let conflicts: Vec<_> = plan
            .conflicts
            .iter()
            .map(|c| {
                json!({ "file": c.file.file_name(), "row": c.row, "key": c.key, "column": c.column, "here": c.here,
                        "in_file": c.in_file })
            })
            .collect();
        say(&json!({ "applied": applied, "files": files, "conflicts": conflicts }).to_string());
        return;
    }
    let t = place.texts();
    say(&format!(
        "{:<22} {:>9} {:>10} {:>9} {:>9} {:>9} {:>9}",
        t.get("say-import-titles-file"),
        t.get("say-import-columns-rows"),
        t.get("say-import-columns-new"),
        t.get("say-import-columns-changed"),
        t.get("say-import-columns-unchanged"),
        t.get("say-import-columns-missing"),
        t.get("say-import-columns-conflicts"),
    ));
    for f in &plan.files {
        say(&format!(
            "{:<22} {:>9} {:>10} {:>9} {:>9} {:>9} {:>9}",
            f.file.file_name(),
            f.rows,
            f.new,
            f.changed,
            f.unchanged,
            f.missing,
            f.conflicts
        ));
        for example in &f.examples {
            for value in &example.values {
                let args = [
                    ("key", example.key.clone()),
                    ("column", value.column.clone()),
                    ("before", value.before.clone()),
                    ("after", value.after.clone()),
                ];
                say(&format!("    {}", filled(t, "say-import-change", &args)));
            }
        }
    }
    for c in &plan.conflicts {
        let args = [
            ("file", c.file.file_name().to_owned()),
            ("row", c.row.to_string()),
            ("key", c.key.clone()),
            ("column", c.column.clone()),
            ("here", c.here.clone()),
            ("found", c.in_file.clone()),
        ];
        say(&format!("  {}", filled(t, "say-import-conflict", &args)));
    }
    if !plan.changes_anything() {
        say(t.get("say-import-nothing-changes"));
    } else if applied {
        say(t.get("say-import-done"));
    }
}

/// One row that differs, for programs.
fn example(example: &Example) -> Value {
    let difference = match example.difference {
        Difference::New => "new",
        Difference::Changed => "changed",
        Difference::Missing => "missing",
    };
    let values: Vec<_> = example
        .values
        .iter()
        .map(|v| json!({ "column": v.column, "before": v.before, "after": v.after }))
        .collect();
    json!({ "difference": difference, "row": example.row, "key": example.key, "values": values })
}

/// A bar on the terminal; nothing where programs read.
fn bar(place: &Place) -> OnProgress {
    if place.json {
        return Box::new(|_| {});
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg:32} [{bar:40}] {percent:>3}%") {
        bar.set_style(style.progress_chars("=> "));
    }
    let t = place.texts();
    Box::new(move |progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        bar.set_message(wording::phase(t, progress.phase));
    })
}
