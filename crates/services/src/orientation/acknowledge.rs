//! A student says that handbook and regulations were read.

use base::ids::OrientationId;

use super::{Moment, about_student, own_invitation};
use crate::{Office, authz::Actor, error::Result, once};

/// Notes that the student read handbook and regulations; the first time counts.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] for whoever is no student, [`crate::ServiceError::NotFound`] for an orientation that
/// he or she is not invited to.
pub async fn acknowledge_handbook(office: &Office, actor: &Actor, id: OrientationId) -> Result<()> {
    let at = Moment::of(office);
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (_, enrolment, permit) = own_invitation(tx, actor, id, at.now)?;
        if storage::orientation::acknowledge(tx, &permit, id, enrolment.id)? {
            let row = about_student(&permit, "acknowledge_handbook", &enrolment, "");
            storage::audit::append(tx, &row)?;
        }
        Ok(())
    })
    .await
}
