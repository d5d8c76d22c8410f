//! Remarks of the office on a record.

use base::ids::NoteId;

use super::{about, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
};

/// Writes a remark that the office's people see, and the student does not.
///
/// # Errors
/// [`ServiceError::NotFound`]; [`ServiceError::Invalid`] when it is empty or longer than 2,000 characters.
pub async fn write_note(office: &Office, actor: &Actor, number: String, body: String) -> Result<NoteId> {
    let now = office.now();
    once::act(office, actor, move |tx, actor| -> Result<NoteId> {
        let (enrolment, permit) = locate(tx, actor, Action::WriteNote, &number, now)?;
        let body = body.trim();
        if body.is_empty() {
            return Err(ServiceError::field("body", "required"));
        }
        if body.chars().count() > 2000 {
            return Err(ServiceError::Invalid(vec![FieldError::new("body", "too-long").with("max", "2000")]));
        }
        let note = storage::papers::write_note(tx, &permit, enrolment.id, body)?;
        storage::audit::append(tx, &about(&permit, Action::WriteNote, &enrolment, format!("note={note}")))?;
        Ok(note)
    })
    .await
}

/// Takes a remark off the page; the row stays for the auditor.
///
/// # Errors
/// [`ServiceError::Stale`] when somebody did so already.
pub async fn withdraw_note(office: &Office, actor: &Actor, number: String, note: NoteId) -> Result<()> {
    let now = office.now();
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (enrolment, permit) = locate(tx, actor, Action::WriteNote, &number, now)?;
        storage::papers::withdraw_note(tx, &permit, enrolment.id, note).map_err(stale)?;
        storage::audit::append(
            tx,
            &about(&permit, Action::WriteNote, &enrolment, format!("withdrawn={note}")),
        )?;
        Ok(())
    })
    .await
}

pub(crate) fn stale(error: storage::StorageError) -> ServiceError {
    match error {
        storage::StorageError::Stale => ServiceError::Stale,
        other => other.into(),
    }
}
