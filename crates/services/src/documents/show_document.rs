//! One issued paper on its page.

use base::ids::DocumentId;
use storage::documents::Document;

use super::{about, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::Result,
};

/// One paper with its state, for whoever may see it; the look is logged.
///
/// # Errors
/// [`crate::ServiceError::NotFound`] for a paper that is unknown or out of sight.
pub async fn show_document(office: &Office, actor: &Actor, id: DocumentId) -> Result<Document> {
    let now = office.now();
    let asking = actor.clone();
    let (document, permit) =
        office.db.read(move |db| locate(db, &asking, Action::ReadDocument, id, now)).await?;
    office.reads.note(about(&permit, "read_document", &document))?;
    Ok(document)
}
