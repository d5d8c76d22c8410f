//! The second step of issuing: the frozen paper is printed, its bytes are stored, and it becomes valid.

use std::sync::Arc;

use base::{ids::DocumentId, lang::Lang};
use domain::documents::DocumentStatus;
use regulations::{Finding, Findings, Verdict};
use storage::{
    Permit, Tx,
    audit::AuditRow,
    documents::{Printable, fetch_printable},
};

use super::{VERIFY_PATH, failed, prepare::photo_name, row};
use crate::{
    Office,
    error::{Result, ServiceError},
    ports::{FileStore, PaperPress, Sheet},
};

const PDF: &str = "application/pdf";

/// The press does not take the payload, now or ever: the number has to be cancelled.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct PressRefused(pub(super) String);

/// What printing needs of the office, for work on a blocking thread.
#[derive(Clone)]
pub(super) struct Printer {
    press: Arc<dyn PaperPress>,
    files: Arc<dyn FileStore>,
    address: String,
}

impl Printer {
    pub(super) fn of(office: &Office) -> Self {
        let address = format!("{}/{VERIFY_PATH}", office.public_url);
        Self { press: office.press.clone(), files: office.files.clone(), address }
    }

    /// Makes the PDF of a frozen paper; the same paper gives the same bytes.
    pub(super) fn print(&self, paper: &Printable) -> std::result::Result<Vec<u8>, PressRefused> {
        let refused = |reason: &dyn std::fmt::Display| PressRefused(reason.to_string());
        let kind = catalogue::documents::kind(&paper.kind)
            .ok_or_else(|| PressRefused(format!("bilinmeyen belge türü: {}", paper.kind)))?;
        let mut pictures = Vec::new();
        if let Some((sha256, mime)) = &paper.photo
            && let Some(name) = photo_name(mime)
        {
            pictures.push((name.to_owned(), self.files.get(sha256).map_err(|e| refused(&e))?));
        }
        let unit = match paper.lang {
            Lang::En if !paper.unit.en.is_empty() => &paper.unit.en,
            _ => &paper.unit.tr,
        };
        let sheet = Sheet {
            kind: paper.kind.clone(),
            lang: paper.lang,
            payload: paper.payload.clone(),
            title: format!("{} {}", kind.title(paper.lang), paper.number),
            author: unit.clone(),
            issued_at: paper.issued_at,
            qr: format!("{}/{}", self.address, paper.code),
            pictures,
        };
        self.press.print(&sheet).map_err(|e| refused(&e))
    }
}

/// Prints, stores and finishes one paper; one that is no longer in preparation is left as it is.
///
/// # Errors
/// [`ServiceError::Refused`] when the press refuses the payload for good (the number is then cancelled);
/// [`StorageError::DiskFull`](storage::StorageError::DiskFull) or [`ServiceError::Port`] `files` when the bytes could not
/// be made durable (the paper stays in preparation).
pub(super) async fn complete(office: &Office, id: DocumentId, permit: Permit) -> Result<()> {
    let paper = office.db.read(move |db| fetch_printable(db, id)).await?.ok_or(ServiceError::NotFound)?;
    if paper.status != DocumentStatus::Preparing {
        return Ok(());
    }
    let printer = Printer::of(office);
    let printed = tokio::task::spawn_blocking(move || {
        let bytes = printer.print(&paper);
        let stored = bytes.map(|bytes| printer.files.put(&bytes).map(|sha256| (sha256, bytes.len())));
        (paper, stored)
    });
    let (paper, stored) = printed.await.map_err(|error| failed("press", &error))?;
    match stored {
        Ok(stored) => {
            let (sha256, size) = stored.map_err(|error| ServiceError::port("files", error))?;
            office.db.write(move |tx| finish(tx, &permit, &paper, &sha256, size)).await
        }
        Err(PressRefused(reason)) => {
            let number = paper.number;
            tracing::error!(document = %id, %number, reason, "the press refuses a paper; its number is cancelled");
            office.db.write(move |tx| give_up(tx, &permit, &paper, &reason)).await?;
            let refused = Finding::new(Verdict::Refuses, "press-refused").value("number", number.to_string());
            Err(ServiceError::Refused(Box::new(Findings::from(vec![refused]))))
        }
    }
}

/// Names the stored bytes, makes the paper valid and lets older ones of its kind and language go.
pub(super) fn finish(
    tx: &Tx<'_>,
    permit: &Permit,
    paper: &Printable,
    sha256: &[u8; 32],
    size: usize,
) -> Result<()> {
    if storage::documents::fetch_status(tx, paper.id)? != Some(DocumentStatus::Preparing) {
        return Ok(());
    }
    let file = storage::files::insert(tx, permit, sha256, size, PDF, "document")?;
    if !storage::documents::finish(tx, permit, paper.id, file, sha256)? {
        return Ok(());
    }
    let audit =
        |action, id, detail| AuditRow { person: paper.subject.person(), ..row(permit, action, id, detail) };
    let detail = format!("{} {}", paper.kind, paper.number);
    storage::audit::append(tx, &audit("store_document", paper.id, detail))?;
    for older in storage::documents::supersede_older(tx, permit, paper.subject, &paper.kind, paper.lang)? {
        let detail = format!("{} {} document={}", paper.kind, older.number, older.by);
        storage::audit::append(tx, &audit("supersede_document", older.id, detail))?;
    }
    Ok(())
}

/// Cancels a number whose paper cannot be made.
pub(super) fn give_up(tx: &Tx<'_>, permit: &Permit, paper: &Printable, reason: &str) -> Result<()> {
    if storage::documents::fetch_status(tx, paper.id)? != Some(DocumentStatus::Preparing) {
        return Ok(());
    }
    let reason = format!("Belge basılamadı: {reason}");
    storage::documents::cancel(tx, permit, paper.id, &reason)?;
    let detail = format!("{} {}", paper.kind, paper.number);
    let audit = AuditRow {
        person: paper.subject.person(),
        reason: Some(reason),
        ..row(permit, "cancel_document", paper.id, detail)
    };
    Ok(storage::audit::append(tx, &audit)?)
}
