//! `kunye issue KIND`.

use std::path::{Path, PathBuf};

use base::{ids::ProgrammeId, lang::Lang};
use catalogue::documents::of_student;
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use indicatif::ProgressBar;
use serde_json::json;
use services::{
    Actor, FieldError, Office, ServiceError,
    documents::{self, DocumentQuery, batch},
    students::find::StudentQuery,
};

use super::{Failure, Place, close, say, say_error};
use crate::wording::filled;

/// Issues a paper for one student or for a whole list. An interrupted run of the same order into the same folder goes
/// on where it stopped.
#[derive(Args)]
#[group(skip)]
#[command(group = clap::ArgGroup::new("whom").required(true))]
pub struct Issue {
    /// Key of the kind of paper, or its Turkish name.
    #[arg(value_parser = kind())]
    kind: &'static str,
    /// One student number.
    #[arg(long, group = "whom", value_name = "NO")]
    student: Option<String>,
    /// Code of a programme, for all its students.
    #[arg(long, group = "whom", value_name = "CODE")]
    programme: Option<String>,
    /// File with a student number on each line.
    #[arg(long, group = "whom", value_name = "FILE")]
    list: Option<PathBuf>,
    /// Folder for the PDF files.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What the papers are for.
    #[arg(long, default_value = "", value_name = "TEXT")]
    purpose: String,
}

/// Turkish names of kinds of paper.
const TURKISH: [(&str, &str); 6] = [
    ("ogrenci-belgesi", "student_certificate"),
    ("transkript", "transcript"),
    ("kayit-onay-belgesi", "registration_confirmation"),
    ("eksik-evrak-bildirimi", "missing_papers_notice"),
    ("kayit-durumu-yazisi", "registration_status_letter"),
    ("dosya-etiketi", "file_label"),
];

/// Reads a kind of paper by its key or its Turkish name.
fn kind() -> impl TypedValueParser<Value = &'static str> {
    let keys = of_student().map(|kind| (kind.key, kind.key));
    let names: Vec<(&str, &str)> =
        keys.chain(TURKISH).filter(|(_, key)| of_student().any(|kind| kind.key == *key)).collect();
    let words: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    PossibleValuesParser::new(words)
        .try_map(move |typed| names.iter().find(|(name, _)| *name == typed).map(|(_, key)| *key).ok_or(typed))
}

/// Papers that one page of the list brings.
const PAGE: u32 = 100;
/// File in the folder that remembers an order until it is carried out.
const ORDER: &str = ".kunye-issue";

impl Issue {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let (_, office) = place.office().await?;
        let done = self.issue(place, &office).await;
        close(&office).await;
        done
    }

    async fn issue(&self, place: &Place, office: &Office) -> Result<(), Failure> {
        let actor = Actor::system("console");
        let kind = self.kind;
        let selection = self.selection(office, &actor).await?;
        std::fs::create_dir_all(&self.out).map_err(Failure::file(&self.out))?;
        let order = batch::BatchOrder {
            kind: kind.to_owned(),
            lang: place.lang,
            purpose: self.purpose.clone(),
            photo: false,
            selection,
        };
        let marker = self.out.join(ORDER);
        let key = remember(office, &marker, &self.fingerprint(kind, place.lang))?;
        let started = batch::start_batch(office, &actor, order, Some(key)).await;
        let started = started.map_err(|error| self.typed(error))?;
        let job = started.job;
        let bar = if place.json { ProgressBar::hidden() } else { ProgressBar::new(0) };
        let work = {
            let office = office.clone();
            tokio::spawn(async move { batch::run_batches(&office).await })
        };
        let shown = loop {
            let shown = batch::show_batch(office, &actor, job, 0).await?;
            bar.set_length(u64::try_from(shown.job.total).unwrap_or(0));
            bar.set_position(u64::try_from(shown.job.done + shown.job.failed).unwrap_or(0));
            if !shown.job.is_open() {
                break shown;
            }
            if work.is_finished() {
                // Somebody else's worker carries it out, or the press refused: look again, then give up on an error.
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                batch::run_batches(office).await?;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        };
        bar.finish_and_clear();
        let written = self.write_out(office, &actor, job).await?;
        std::fs::remove_file(&marker).map_err(Failure::file(&marker))?;
        let t = place.texts();
        for failed in &shown.failed {
            let why: Vec<String> =
                failed.findings.iter().map(|f| web::pages::student::finding_text(t, f)).collect();
            if place.json {
                say(&json!({ "student": failed.number, "refused": why }).to_string());
            } else {
                say_error(&format!("{}: {}", failed.number, why.join(" ")));
            }
        }
        if place.json {
            say(&json!({ "job": job.get(), "issued": written, "refused": shown.job.failed }).to_string());
        } else {
            let args = [
                ("issued", written.to_string()),
                ("refused", shown.job.failed.to_string()),
                ("path", self.out.display().to_string()),
            ];
            say(&filled(t, "say-issue-done", &args));
        }
        if shown.job.failed > 0 { Err(Failure::Found) } else { Ok(()) }
    }

    /// A refusal in the words of the command line.
    fn typed(&self, error: ServiceError) -> ServiceError {
        let whom = match (&self.student, &self.list) {
            (Some(_), _) => "--student",
            (None, Some(_)) => "--list",
            (None, None) => "--programme",
        };
        Failure::typed(error, &[("purpose", "--purpose", &self.purpose), ("selection", whom, "")])
    }

    async fn selection(&self, office: &Office, actor: &Actor) -> Result<batch::Selection, Failure> {
        if let Some(number) = &self.student {
            return Ok(batch::Selection::Numbers(vec![number.clone()]));
        }
        if let Some(path) = &self.list {
            let text = std::fs::read_to_string(path).map_err(Failure::file(path))?;
            let numbers = text
                .lines()
                .map(|l| l.trim().trim_start_matches('\u{feff}').to_owned())
                .filter(|l| !l.is_empty())
                .collect();
            return Ok(batch::Selection::Numbers(numbers));
        }
        let code = self.programme.as_deref().unwrap_or_default();
        let programmes = services::institution::list_programmes(office, actor).await?;
        let found = programmes.iter().find(|p| p.code == code).ok_or_else(|| {
            let unknown = FieldError::new("--programme", "programme-code-unknown").with("code", code);
            ServiceError::Invalid(vec![unknown])
        })?;
        let query = StudentQuery { programme: Some(ProgrammeId::new(found.id)), ..StudentQuery::default() };
        Ok(batch::Selection::Query(Box::new(query)))
    }

    /// What the order is, so that another order into the same folder is not taken for its continuation.
    fn fingerprint(&self, kind: &str, lang: Lang) -> String {
        format!(
            "{kind} {} {:?} {:?} {:?} {}",
            lang.code(),
            self.student,
            self.programme,
            self.list,
            self.purpose
        )
    }

    async fn write_out(
        &self,
        office: &Office,
        actor: &Actor,
        job: base::ids::JobId,
    ) -> Result<usize, Failure> {
        let mut before = None;
        let mut written = 0;
        loop {
            let query = DocumentQuery { job: Some(job), before, limit: PAGE, ..DocumentQuery::default() };
            let page = documents::list_documents(office, actor, query).await?;
            for document in page.rows.iter().filter(|d| d.sha256.is_some()) {
                let pdf = documents::document_pdf(office, actor, document.id).await?;
                write_whole(&self.out, &pdf.name, &pdf.bytes)?;
                written += 1;
            }
            before = page.next;
            if before.is_none() {
                return Ok(written);
            }
        }
    }
}

/// The key of the order in this folder: that of an interrupted run of the same order, or a new one.
fn remember(office: &Office, marker: &Path, fingerprint: &str) -> Result<String, Failure> {
    if let Ok(text) = std::fs::read_to_string(marker)
        && let Some((key, order)) = text.split_once('\n')
        && order == fingerprint
    {
        return Ok(key.to_owned());
    }
    let key = domain::ledger::hex(&base::random::array::<16>(office.random.as_ref()));
    write_whole(
        marker.parent().unwrap_or(Path::new(".")),
        ORDER,
        format!("{key}\n{fingerprint}").as_bytes(),
    )?;
    Ok(key)
}

/// Writes a file whole or not at all.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    let path = folder.join(name);
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(&path)?;
        Ok(())
    };
    write().map_err(Failure::file(&path))
}
