//! A student says how he or she can be reached.

use storage::audit::AuditRow;

use super::own;
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
    once,
    students::{
        change_contact::{ChangeContact, check},
        write_note::stale,
    },
};

/// The form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeepOwnContact {
    /// E-mail address; empty removes it.
    pub email: String,
    /// Telephone in any spelling; empty removes it.
    pub phone: String,
    /// Postal address; empty removes it.
    pub address: String,
    /// Version that the form was opened with.
    pub version: i64,
}

/// Stores one's own contact data.
///
/// # Errors
/// [`ServiceError::Invalid`] with the fields to mend, [`ServiceError::Stale`] when the office was faster.
pub async fn keep_own_contact(office: &Office, actor: &Actor, form: KeepOwnContact) -> Result<()> {
    let contact = check(&ChangeContact {
        number: String::new(),
        email: form.email,
        phone: form.phone,
        address: form.address,
        version: form.version,
    })?;
    let now = office.now();
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (person, _, permit) = own(tx, actor, now)?;
        let before = storage::people::fetch_contact(tx, person)?;
        if before.version != contact.version {
            return Err(ServiceError::Stale);
        }
        if before == contact {
            return Ok(());
        }
        storage::people::save_contact(tx, &permit, person, &contact).map_err(stale)?;
        storage::audit::append(
            tx,
            &AuditRow {
                person: Some(person),
                object_kind: "person",
                object: Some(person.get()),
                detail: String::new(),
                ..AuditRow::by(&permit, "keep_own_contact")
            },
        )?;
        Ok(())
    })
    .await
}
