//! Another copy of a paper that was issued before.

use base::ids::DocumentId;
use domain::documents::DocumentStatus;
use regulations::{Finding, Findings, Verdict};

use super::{DocumentPdf, document_pdf::pdf, locate, shown};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
};

/// The stored bytes of a paper, checked against their hash and never made anew. Each copy is logged before it goes
/// out; a cancelled paper gives none.
///
/// # Errors
/// [`ServiceError::Refused`] for a paper that is cancelled or still being prepared, [`ServiceError::Port`] when the
/// stored bytes are missing or altered.
pub async fn print_again(office: &Office, actor: &Actor, id: DocumentId) -> Result<DocumentPdf> {
    let now = office.now();
    let actor = actor.clone();
    let document = office
        .db
        .write(move |tx| {
            let (document, permit) = locate(tx, &actor, Action::IssueDocument, id, now)?;
            if document.status == DocumentStatus::Cancelled {
                let finding = Finding::new(Verdict::Refuses, "document-cancelled");
                return Err(ServiceError::Refused(Box::new(Findings::from(vec![finding]))));
            }
            storage::audit::append(tx, &shown(tx, &permit, "print_document_again", &document)?)?;
            Ok(document)
        })
        .await?;
    pdf(office, document).await
}
