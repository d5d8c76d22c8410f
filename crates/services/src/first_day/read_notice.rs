//! A student confirms having read the data-protection notice.

use base::ids::EnrolmentId;
use storage::audit::AuditRow;

use super::own;
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
    registration::NOTICE_VERSION,
};

/// Notes that the notice of one's own enrolment was read; a second click changes nothing.
///
/// # Errors
/// [`ServiceError::NotFound`] for an enrolment that is not one's own.
pub async fn read_notice(office: &Office, actor: &Actor, enrolment: EnrolmentId) -> Result<()> {
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .write(move |tx| -> Result<()> {
            let (person, all, permit) = own(tx, &actor, now)?;
            if !all.iter().any(|e| e.id == enrolment) {
                return Err(ServiceError::NotFound);
            }
            if !storage::registrations::read_notice(tx, &permit, enrolment, NOTICE_VERSION)? {
                return Ok(());
            }
            storage::audit::append(
                tx,
                &AuditRow {
                    at: permit.at(),
                    account: Some(permit.account()),
                    action: "read_notice".to_owned(),
                    person: Some(person),
                    object_kind: "enrolment",
                    object: Some(enrolment.get()),
                    detail: NOTICE_VERSION.to_owned(),
                    shown: None,
                    reason: None,
                    request: permit.request().to_owned(),
                },
            )?;
            Ok(())
        })
        .await
}
