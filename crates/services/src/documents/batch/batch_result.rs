//! The papers of a batch in one file.

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
    sync::Arc,
};

use base::ids::JobId;
use regulations::Findings;
use storage::audit::{AuditRow, shown_list};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    super::{failed, file_name},
    locate,
};
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
    ports::{FileStore, PaperPress, PortError},
    work::{refusal, row},
};

/// How the papers are put together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BatchForm {
    /// One PDF in the order of the list, for the printer.
    Merged,
    /// A ZIP with one PDF per paper.
    Zip,
}

/// A file of any size, to be read from its beginning; it vanishes when it is closed.
#[derive(Debug)]
pub struct BatchFile {
    /// Name under which it is handed out.
    pub name: String,
    /// Its type.
    pub mime: &'static str,
    /// Its size in bytes.
    pub size: u64,
    /// The bytes.
    pub content: File,
}

/// Puts the papers of an ended batch together from their stored bytes, each checked against its hash. Cancelled
/// papers are left out. The papers are read one by one, so that the list may be as long as it likes.
///
/// # Errors
/// [`ServiceError::Refused`] while the batch runs or when it made no paper, [`ServiceError::Port`] when a stored paper
/// is missing or altered, [`storage::StorageError::DiskFull`] when there is no room for the file.
pub async fn batch_result(office: &Office, actor: &Actor, job: JobId, form: BatchForm) -> Result<BatchFile> {
    let now = office.now();
    let asking = actor.clone();
    let (papers, permit) = office
        .db
        .read(move |db| {
            let (found, permit) = locate(db, &asking, job, now)?;
            if found.is_open() {
                return Err(refused("batch-running"));
            }
            Ok((storage::documents::files_of_job(db, found.id)?, permit))
        })
        .await?;
    if papers.is_empty() {
        return Err(refused("batch-without-papers"));
    }
    let detail = format!("papers={} {}", papers.len(), if form == BatchForm::Zip { "zip" } else { "pdf" });
    let shown = shown_list(papers.iter().map(|paper| paper.person));
    let audit = AuditRow { shown: Some(shown), ..row(&permit, "read_batch", job, detail) };
    let (files, press) = (office.files.clone(), office.press.clone());
    let made = tokio::task::spawn_blocking(move || match form {
        BatchForm::Merged => merged(&papers, &files, &press),
        BatchForm::Zip => zipped(&papers, &files),
    });
    let mut content = made.await.map_err(|error| failed("files", &error))??;
    let size = content.seek(SeekFrom::End(0)).map_err(disk)?;
    content.rewind().map_err(disk)?;
    office.reads.note(audit)?;
    Ok(match form {
        BatchForm::Merged => {
            BatchFile { name: format!("belgeler-{job}.pdf"), mime: "application/pdf", size, content }
        }
        BatchForm::Zip => {
            BatchFile { name: format!("belgeler-{job}.zip"), mime: "application/zip", size, content }
        }
    })
}

fn merged(
    papers: &[storage::documents::BatchFile],
    files: &Arc<dyn FileStore>,
    press: &Arc<dyn PaperPress>,
) -> Result<File> {
    let mut each = papers.iter().map(|paper| files.get(&paper.sha256));
    let bytes = press.merge(&mut each).map_err(|error| ServiceError::port("press", error))?;
    let mut out = tempfile::tempfile().map_err(disk)?;
    out.write_all(&bytes).map_err(disk)?;
    Ok(out)
}

fn zipped(papers: &[storage::documents::BatchFile], files: &Arc<dyn FileStore>) -> Result<File> {
    let out = tempfile::tempfile().map_err(disk)?;
    // A PDF is compressed inside; a second time gains nothing.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(std::io::BufWriter::new(out));
    for paper in papers {
        let bytes = files.get(&paper.sha256).map_err(|error| ServiceError::port("files", error))?;
        zip.start_file(file_name(paper.number, &paper.student_number), options)
            .map_err(|e| disk(e.into()))?;
        zip.write_all(&bytes).map_err(disk)?;
    }
    let out = zip.finish().map_err(|e| disk(e.into()))?;
    out.into_inner().map_err(|error| disk(error.into_error()))
}

/// What the system says about the file for the papers, a full disk by its name.
fn disk(error: std::io::Error) -> ServiceError {
    ServiceError::port("files", PortError::io(&error))
}

fn refused(code: &str) -> ServiceError {
    let findings: Findings = refusal(code);
    ServiceError::Refused(Box::new(findings))
}
