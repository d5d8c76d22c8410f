//! A student confirms having read the data-protection notice.

use base::ids::EnrolmentId;
use storage::audit::AuditRow;

use super::own;
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
    once,
    registration::notice_on,
};

/// Notes that the notice of one's own enrolment was read, in the version that was shown; a second click changes nothing.
///
/// # Errors
/// [`ServiceError::NotFound`] for an enrolment that is not one's own; [`ServiceError::Invalid`] on `version` where another
/// text has taken its place since it was shown.
pub async fn read_notice(
    office: &Office,
    actor: &Actor,
    enrolment: EnrolmentId,
    version: String,
) -> Result<()> {
    let now = office.now();
    let shown = notice_on(&office.book, office.today()).map(str::to_owned);
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (person, all, permit) = own(tx, actor, now)?;
        if !all.iter().any(|e| e.id == enrolment) {
            return Err(ServiceError::NotFound);
        }
        if shown.is_none_or(|shown| shown != version) {
            return Err(ServiceError::field("version", "notice-replaced"));
        }
        if !storage::registrations::read_notice(tx, &permit, enrolment, &version)? {
            return Ok(());
        }
        storage::audit::append(
            tx,
            &AuditRow {
                person: Some(person),
                object_kind: "enrolment",
                object: Some(enrolment.get()),
                detail: version.clone(),
                ..AuditRow::by(&permit, "read_notice")
            },
        )?;
        Ok(())
    })
    .await
}
