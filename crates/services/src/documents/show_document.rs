//! One issued paper on its page.

use base::ids::DocumentId;
use domain::documents::DocumentStatus;
use storage::documents::Document;

use super::{about, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::Result,
};

/// One paper, and the one that holds in its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShownDocument {
    /// The paper.
    pub document: Document,
    /// The valid paper in the place of a superseded one; none where that was cancelled, too.
    pub current: Option<DocumentId>,
}

/// One paper with its state, for whoever may see it; the look is logged.
///
/// # Errors
/// [`crate::ServiceError::NotFound`] for a paper that is unknown or out of sight.
pub async fn show_document(office: &Office, actor: &Actor, id: DocumentId) -> Result<ShownDocument> {
    let now = office.now();
    let asking = actor.clone();
    let (shown, permit) = office
        .db
        .read(move |db| {
            let (document, permit) = locate(db, &asking, Action::ReadDocument, id, now)?;
            let current = match document.status {
                DocumentStatus::Superseded => {
                    storage::documents::current(db, document.subject, &document.kind, document.lang)?
                }
                _ => None,
            };
            Ok::<_, crate::ServiceError>((
                ShownDocument { document, current: current.map(|(id, _)| id) },
                permit,
            ))
        })
        .await?;
    office.reads.note(about(&permit, "read_document", &shown.document))?;
    Ok(shown)
}
