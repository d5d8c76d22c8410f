//! A student says that handbook and regulations were read.

use base::ids::OrientationId;

use super::{Moment, about_student, own_invitation};
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
    once,
};

/// Notes that the student read handbook and regulations; of each handbook the first time counts, and the log keeps which
/// one it was.
///
/// # Errors
/// [`ServiceError::Forbidden`] for whoever is no student, [`ServiceError::NotFound`] for an orientation that he or she is
/// not invited to; [`ServiceError::Invalid`] on `handbook` (`nothing-to-read`) where there is neither handbook nor
/// regulations.
pub async fn acknowledge_handbook(office: &Office, actor: &Actor, id: OrientationId) -> Result<()> {
    let at = Moment::of(office);
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (_, enrolment, permit) = own_invitation(tx, actor, id, at.now)?;
        let of = storage::orientation::fetch(tx, id, at.today)?.ok_or(ServiceError::NotFound)?;
        if !of.has_reading() {
            return Err(ServiceError::field("handbook", "nothing-to-read"));
        }
        if storage::orientation::acknowledge(tx, &permit, id, enrolment.id)? {
            let handbook = of.handbook.map(|file| format!(" handbook={file}")).unwrap_or_default();
            let detail = format!("unit={} year={}{handbook}", of.unit_code, of.year);
            let row = about_student(&permit, "acknowledge_handbook", &enrolment, detail);
            storage::audit::append(tx, &row)?;
        }
        Ok(())
    })
    .await
}
