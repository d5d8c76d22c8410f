//! The terms of the calendar.

use domain::student_file::TermFacts;

use super::may_look;
use crate::{Office, authz::Actor, error::Result};

/// All terms, the newest first.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`].
pub async fn list_terms(office: &Office, actor: &Actor) -> Result<Vec<TermFacts>> {
    may_look(actor)?;
    office.db.read(move |db| Ok(storage::institution::terms(db)?)).await
}
