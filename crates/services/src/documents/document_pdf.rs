//! The stored PDF of a paper.

use base::ids::DocumentId;
use regulations::{Finding, Findings, Verdict};
use storage::documents::{Document, Subject};

use super::{file_name, locate, shown, stored};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
};

/// A paper's PDF, byte for byte as it was stored.
#[derive(Clone, Debug)]
pub struct DocumentPdf {
    /// The paper.
    pub document: Document,
    /// Name under which it is handed out.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Opens the PDF of a paper for whoever may see the paper: the unit's office, and the person it is about.
///
/// # Errors
/// [`ServiceError::Refused`] while it is being prepared, [`ServiceError::Port`] when the stored bytes are missing or
/// no longer match their hash.
pub async fn document_pdf(office: &Office, actor: &Actor, id: DocumentId) -> Result<DocumentPdf> {
    let now = office.now();
    let asking = actor.clone();
    let (document, row) = office
        .db
        .read(move |db| -> Result<_> {
            let (document, permit) = locate(db, &asking, Action::ReadDocument, id, now)?;
            let row = shown(db, &permit, "read_document", &document)?;
            Ok((document, row))
        })
        .await?;
    let pdf = pdf(office, document).await?;
    office.reads.note(row)?;
    Ok(pdf)
}

/// The stored bytes of a paper.
pub(super) async fn pdf(office: &Office, document: Document) -> Result<DocumentPdf> {
    let Some(sha256) = document.sha256 else {
        let finding = Finding::new(Verdict::Refuses, "document-preparing");
        return Err(ServiceError::Refused(Box::new(Findings::from(vec![finding]))));
    };
    let bytes = stored::bytes(office, sha256).await?;
    let about = match (&document.student, document.subject) {
        (Some(student), _) => student.number.clone(),
        (None, Subject::Day { day, .. }) => day.to_string(),
        (None, Subject::Orientation { session: Some(session), .. }) => format!("oturum{session}"),
        (None, Subject::Orientation { orientation, session: None }) => format!("oryantasyon{orientation}"),
        (None, Subject::Enrolment { .. }) => String::new(),
    };
    Ok(DocumentPdf { name: file_name(document.number, &about), document, bytes })
}
