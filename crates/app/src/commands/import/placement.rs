//! `kunye import placement FILE`, and with `--from-yoksis` the same without a file.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use base::ids::PlacementListId;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use services::{
    Actor, Office, ServiceError,
    placement::{
        self, Applied, ApplyHow, BadFile, Checked, CheckedList, ListFile, PlacementProblem, RowFault,
        fetch::{self, FetchProgress},
    },
};
use web::{placement_words, remote_words, texts::Texts};

use super::super::{Failure, Place, close, say, say_error};

#[derive(Args)]
pub struct Placement {
    /// The list.
    #[arg(value_name = "FILE", required_unless_present = "from_yoksis")]
    file: Option<PathBuf>,
    /// Whether the candidates are fetched from YÖKSİS in place of a file.
    #[arg(long, conflicts_with_all = ["file", "mapping"])]
    from_yoksis: bool,
    /// Year of placement.
    #[arg(long, value_name = "YEAR")]
    year: i32,
    /// Way of entry, or kind of placement as YÖKSİS calls it.
    #[arg(long, value_name = "KIND")]
    kind: String,
    /// Name of a saved mapping of columns.
    #[arg(long, value_name = "NAME")]
    mapping: Option<String>,
    /// Whether the list is only checked.
    #[arg(long)]
    dry_run: bool,
    /// Whether sound rows are taken although others are faulty.
    #[arg(long)]
    sound_rows: bool,
    /// File to which faulty rows are written as CSV.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// File to which rows are written as CSV that go in and of which something is to be known.
    #[arg(long, value_name = "FILE")]
    warnings: Option<PathBuf>,
}

impl Placement {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let Some(list) = self.file.clone() else { return self.fetch(place).await };
        for out in self.errors.iter().chain(&self.warnings) {
            if is_same(out, &list) {
                let args = vec![("file", out.display().to_string())];
                return Err(Failure::Told { code: "placement-out-is-list", args });
            }
        }
        let mut bytes = Vec::new();
        // One byte more than a list may have shows that it is too large.
        let most = u64::try_from(placement::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        std::fs::File::open(&list)
            .and_then(|file| file.take(most).read_to_end(&mut bytes))
            .map_err(Failure::file(&list))?;
        let (_, office) = place.office().await?;
        let done = self.apply(place, &office, &list, bytes).await;
        close(&office).await;
        done
    }

    async fn apply(
        &self,
        place: &Place,
        office: &Office,
        list: &Path,
        bytes: Vec<u8>,
    ) -> Result<(), Failure> {
        let Some(kind) = placement::kind_of(office, &self.kind, self.year) else {
            let args = vec![("found", self.kind.clone())];
            return Err(Failure::Told { code: "placement-kind", args });
        };
        let name = list.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let file = ListFile { name, bytes, kind, year: self.year, mapping: self.mapping.clone() };
        let actor = Actor::system("console");
        if self.dry_run {
            return match placement::preview_placement(office, &actor, file)
                .await
                .map_err(|error| self.typed(error))?
            {
                Checked::Bad(bad) => Err(tell_bad(place, &bad)),
                Checked::List(list) => self.tell(place, &list, None),
            };
        }
        let how = ApplyHow { sound_rows: self.sound_rows, upload: None };
        let applied = placement::apply_placement(office, &actor, file, how).await;
        match applied.map_err(|error| self.typed(error))? {
            Applied::Bad(bad) => Err(tell_bad(place, &bad)),
            Applied::Refused(list) => self.tell(place, &list, None),
            // Only an upload of the pages is known again.
            Applied::Again { .. } => Ok(()),
            Applied::Done { list, checked } => self.tell(place, &checked, Some(list.get())),
        }
    }

    /// Fetches from the ministry's service. Sound rows go in whatever the others are.
    async fn fetch(&self, place: &Place) -> Result<(), Failure> {
        let (_, office) = place.office().await?;
        let done = self.fetch_into(place, &office).await;
        close(&office).await;
        done
    }

    async fn fetch_into(&self, place: &Place, office: &Office) -> Result<(), Failure> {
        let order = fetch::order_of(office, &self.kind, self.year, self.dry_run);
        let order = order.map_err(|error| self.typed(error))?;
        let bar = pages(place);
        let fetched = fetch::fetch_now(office, &Actor::system("console"), &order, &*bar).await?;
        let t = place.texts();
        match fetched {
            Err(problem) => {
                let text = remote_words::problem(t, problem.code(), &problem.args());
                Err(Failure::Told { code: "placement-service", args: vec![("text", text)] })
            }
            Ok(None) => {
                if place.json {
                    say(&json!({ "applied": false, "list": null, "rows": 0 }).to_string());
                } else {
                    say(t.get("say-placement-nobody"));
                }
                Ok(())
            }
            Ok(Some(fetched)) => {
                if !place.json && fetched.figures.decided + fetched.figures.others > 0 {
                    let (decided, others) =
                        (fetched.figures.decided.to_string(), fetched.figures.others.to_string());
                    say(&t.fmt("say-placement-beside", &[("decided", &decided), ("others", &others)]));
                }
                self.tell(place, &fetched.checked, fetched.list.map(PlacementListId::get))
            }
        }
    }

    /// Fields of a refusal by the words of the command.
    fn typed(&self, error: ServiceError) -> ServiceError {
        let year = self.year.to_string();
        Failure::typed(error, &[("year", "--year", &year), ("kind", "--kind", &self.kind)])
    }

    /// Tells what the list did or would do; faulty rows are an answer of no, whatever became of the others.
    fn tell(&self, place: &Place, list: &CheckedList, applied: Option<i64>) -> Result<(), Failure> {
        let t = place.texts();
        let sentence = |fault: &RowFault| placement_words::row_fault(t, fault);
        // Rows of an earlier run do not stay where nothing is wrong any more.
        let is_due = |path: &Path, is_empty: bool| !is_empty || path.exists();
        if let Some(path) = self.errors.as_ref().filter(|path| is_due(path, list.faulty.is_empty())) {
            std::fs::write(path, list.faulty_file(sentence)).map_err(Failure::file(path))?;
        }
        if let Some(path) = self.warnings.as_ref().filter(|path| is_due(path, list.warnings.is_empty())) {
            std::fs::write(path, list.noted_file(sentence)).map_err(Failure::file(path))?;
        }
        let faults = list.faulty.iter().flat_map(|row| &row.faults);
        if place.json {
            let answer = json!({
                "applied": applied.is_some(), "list": applied, "rows": list.rows, "new": list.new.len(),
                "changed": list.changed.len(), "same": list.same, "faulty": list.faulty.len(),
                "faults": faults.map(|fault| of_row(t, fault)).collect::<Vec<_>>(),
                "warnings": list.warnings.iter().map(|fault| of_row(t, fault)).collect::<Vec<_>>(),
                "unused": list.unused,
            });
            say(&answer.to_string());
        } else {
            for fault in faults {
                say_error(&at_row(t, fault));
            }
            for fault in &list.warnings {
                say(&at_row(t, fault));
            }
            let figures = [
                ("rows", list.rows.to_string()),
                ("new", list.new.len().to_string()),
                ("changed", list.changed.len().to_string()),
                ("same", list.same.to_string()),
                ("faulty", list.faulty.len().to_string()),
            ];
            let args: Vec<(&str, &str)> = figures.iter().map(|(n, v)| (*n, v.as_str())).collect();
            say(&t.fmt("say-placement-figures", &args));
            say(t.get(match (applied, self.dry_run, list.faulty.is_empty()) {
                (Some(_), _, true) => "say-placement-done",
                (Some(_), _, false) => "say-placement-sound-done",
                (None, true, _) => "say-placement-dry",
                (None, false, _) => "say-placement-refused",
            }));
        }
        if list.faulty.is_empty() { Ok(()) } else { Err(Failure::Found) }
    }
}

/// A bar on the terminal; nothing where programs read.
fn pages(place: &Place) -> Box<dyn Fn(FetchProgress) + Send + Sync> {
    if place.json {
        return Box::new(|_| {});
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg:32} [{bar:40}] {pos}/{len}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_message(place.texts().get("say-placement-pages").to_owned());
    Box::new(move |progress| {
        bar.set_length(progress.total.into());
        bar.set_position(progress.done.into());
    })
}

/// Whether two paths are one file; one that is not there yet is none.
fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

fn at_row(t: &Texts, fault: &RowFault) -> String {
    let text = placement_words::row_fault(t, fault);
    t.fmt("say-placement-row", &[("row", &fault.row.to_string()), ("text", &text)])
}

fn of_row(t: &Texts, fault: &RowFault) -> Value {
    json!({ "row": fault.row, "column": fault.column, "code": fault.code, "values": fault.values,
            "message": placement_words::row_fault(t, fault) })
}

fn of_file(t: &Texts, problem: &PlacementProblem) -> Value {
    let values: serde_json::Map<String, Value> =
        problem.args().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    json!({ "row": null, "column": null, "code": problem.code(), "values": values,
            "message": placement_words::problem(t, problem) })
}

/// A file of which nothing can go in.
fn tell_bad(place: &Place, bad: &BadFile) -> Failure {
    let t = place.texts();
    if place.json {
        let faults: Vec<Value> = bad.problems.iter().map(|problem| of_file(t, problem)).collect();
        say(&json!({ "applied": false, "list": null, "faults": faults, "headings": bad.headings })
            .to_string());
    } else {
        for problem in &bad.problems {
            say_error(&placement_words::problem(t, problem));
        }
        say_error(t.get("say-placement-nothing"));
    }
    Failure::Found
}
