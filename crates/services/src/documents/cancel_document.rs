//! Taking back a paper that should not have gone out.

use base::ids::DocumentId;
use domain::documents::DocumentAct;
use regulations::{Finding, Findings, Verdict};
use storage::{StorageError, audit::AuditRow};

use super::{about, line_of, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    once,
};

/// Characters of a reason at the most.
const LONGEST_REASON: usize = 500;

/// The form that takes a paper back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CancelDocument {
    /// The paper.
    pub id: DocumentId,
    /// Why, in words; seen by the office alone.
    pub reason: String,
}

/// Cancels a paper. Its number stays taken and its row stays; whoever verifies it is told that it was cancelled and
/// on which day, not why. The password must have been typed within the last minutes.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason, [`ServiceError::Refused`] when it is cancelled already.
pub async fn cancel_document(office: &Office, actor: &Actor, form: CancelDocument) -> Result<()> {
    let reason = line_of("reason", &form.reason, LONGEST_REASON)?
        .ok_or_else(|| ServiceError::field("reason", "required"))?;
    let now = office.now();
    once::act(office, actor, move |tx, actor| {
        let (document, permit) = locate(tx, actor, Action::CancelDocument, form.id, now)?;
        if document.status.after(DocumentAct::Cancel).is_err() {
            return Err(already());
        }
        storage::documents::cancel(tx, &permit, form.id, &reason).map_err(|error| match error {
            StorageError::Stale => already(),
            other => other.into(),
        })?;
        let row = AuditRow { reason: Some(reason), ..about(&permit, "cancel_document", &document) };
        Ok(storage::audit::append(tx, &row)?)
    })
    .await
}

fn already() -> ServiceError {
    let finding = Finding::new(Verdict::Refuses, "document-cancelled");
    ServiceError::Refused(Box::new(Findings::from(vec![finding])))
}
