//! `kunye import records DIR`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use services::{
    Actor, Office,
    records::{self, Checked, Faults, OnProgress, RecordsPlan},
};

use super::{Failure, Place, close, pick, say, say_error};

/// Takes records over from files.
#[derive(Subcommand)]
pub enum Import {
    /// Eski sistemin on iki CSV dosyasını alır (biçim: docs/records-format.md).
    Records(Records),
}

#[derive(Args)]
pub struct Records {
    /// Dosyaların bulunduğu klasör.
    folder: PathBuf,
    /// Farkları gördükten sonra sormadan uygular.
    #[arg(long)]
    yes: bool,
    /// Yalnız denetler ve farkları gösterir.
    #[arg(long)]
    dry_run: bool,
    /// Hataları bu dosyaya CSV olarak yazar.
    #[arg(long)]
    errors: Option<PathBuf>,
}

impl Import {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let Self::Records(command) = self;
        let settings = place.settings()?;
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
                say(pick(
                    place.lang,
                    "Uygulamak için aynı komutu --yes ile çalıştırın.",
                    "Run the same command with --yes to apply this.",
                ));
                return Err(Failure::Found);
            }
            return Ok(());
        }
        let report = self
            .sound(place, records::apply_records(office, &actor, self.folder.clone(), bar(place)).await?)?;
        tell(place, &report.plan, true);
        Ok(())
    }

    /// What sound files gave; faults are told and written to the file asked for.
    fn sound<T>(&self, place: &Place, checked: Checked<T>) -> Result<T, Failure> {
        match checked {
            Checked::Sound(answer) => Ok(answer),
            Checked::Faulty(faults) => {
                tell_faults(place, &faults);
                if let Some(path) = &self.errors {
                    faults.write_csv(path)?;
                }
                Err(Failure::Found)
            }
        }
    }
}

fn tell_faults(place: &Place, faults: &Faults) {
    for fault in faults.list() {
        if place.json {
            say(&json!({ "file": fault.file, "row": fault.row, "column": fault.column, "code": fault.code, "message": fault.message }).to_string());
        } else {
            say_error(&fault.to_string());
        }
    }
    let shown = faults.list().len();
    if !place.json {
        let more =
            if faults.is_cut() { pick(place.lang, " (daha fazlası var)", " (there are more)") } else { "" };
        say_error(&match place.lang {
            base::lang::Lang::Tr => format!("{shown} hata{more}; hiçbir şey aktarılmadı."),
            base::lang::Lang::En => format!("{shown} faults{more}; nothing was taken over."),
        });
    }
}

fn tell(place: &Place, plan: &RecordsPlan, applied: bool) {
    if place.json {
        let files: Vec<_> = plan
            .files
            .iter()
            .map(|f| {
                json!({ "file": f.file.file_name(), "rows": f.rows, "new": f.new, "changed": f.changed, "unchanged": f.unchanged,
                        "missing": f.missing, "conflicts": f.conflicts })
            })
            .collect();
        say(&json!({ "applied": applied, "files": files }).to_string());
        return;
    }
    say(pick(
        place.lang,
        "dosya                      satır       yeni   değişen      aynı   eksilen   çakışma",
        "file                        rows        new   changed      same   missing conflicts",
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
                say(&format!("    {} {}: “{}” → “{}”", example.key, value.column, value.before, value.after));
            }
        }
    }
    for c in &plan.conflicts {
        say(&match place.lang {
            base::lang::Lang::Tr => format!(
                "  çakışma {} {}. satır, {} {}: burada “{}”, dosyada “{}”; buradaki kalır",
                c.file.file_name(),
                c.row,
                c.key,
                c.column,
                c.here,
                c.in_file
            ),
            base::lang::Lang::En => format!(
                "  conflict {} row {}, {} {}: here “{}”, in the file “{}”; what is here stays",
                c.file.file_name(),
                c.row,
                c.key,
                c.column,
                c.here,
                c.in_file
            ),
        });
    }
    if !plan.changes_anything() {
        say(pick(place.lang, "Değişen bir şey yok.", "Nothing changes."));
    } else if applied {
        say(pick(place.lang, "Aktarım tamamlandı.", "The records were taken over."));
    }
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
    Box::new(move |progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        bar.set_message(progress.phase.title());
    })
}
