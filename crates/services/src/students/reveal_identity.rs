//! Showing a whole identity number, which is masked everywhere else.

use base::identity::Tckn;

use super::{about, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
};

/// Answers the whole identity number and writes the look into the audit log before it does so.
///
/// # Errors
/// [`ServiceError::Forbidden`] for roles that have no need of it.
pub async fn reveal_identity(office: &Office, actor: &Actor, number: String) -> Result<Option<Tckn>> {
    let now = office.now();
    let actor = actor.clone();
    office
        .db
        .write(move |tx| -> Result<_> {
            let (enrolment, permit) = locate(tx, &actor, Action::RevealIdentity, &number, now)?;
            let person = storage::people::fetch(tx, enrolment.person)?.ok_or(ServiceError::NotFound)?;
            storage::audit::append(tx, &about(&permit, Action::RevealIdentity, &enrolment, "identity_no"))?;
            Ok(person.identity.identity_no)
        })
        .await
}
