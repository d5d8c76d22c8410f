//! Ordering a fetch.

use base::ids::JobId;

use super::{
    JOB_KIND, about,
    order::{FetchOrder, Params},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
};

/// Opens a job that fetches the placed candidates of a year and kind; a worker does it ([`super::run_fetches()`]). Of the
/// university's rows only those go in whose programmes the orderer places candidates in.
///
/// # Errors
/// [`ServiceError::Forbidden`] without the right to import lists; [`ServiceError::Invalid`] on `kind` where no account
/// of the service is set.
pub async fn start_fetch(office: &Office, actor: &Actor, order: FetchOrder) -> Result<JobId> {
    if !actor.may(Action::ImportPlacement) {
        return Err(ServiceError::Forbidden(Action::ImportPlacement));
    }
    if office.placements.is_none() {
        return Err(ServiceError::field("kind", "service-not-configured"));
    }
    let now = office.now();
    let params = Params::of(&order, actor);
    let opened = crate::once::act(office, actor, move |tx, actor| -> Result<i64> {
        let permit = authz::ask(tx, actor, Action::ImportPlacement, Resource::Anywhere, now)?;
        let job = storage::jobs::insert(tx, &permit, JOB_KIND, &params.written()?, &[])?;
        let detail = format!("{} year={}", params.kind()?.code(), params.year);
        storage::audit::append(tx, &about(&permit, "start_placement_fetch", job, detail))?;
        Ok(job.get())
    });
    Ok(JobId::new(opened.await?))
}
