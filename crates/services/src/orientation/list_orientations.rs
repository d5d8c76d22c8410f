//! The orientations that somebody manages.

use storage::orientation::{Figures, Orientation};

use super::Moment;
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
};

/// The orientations of the actor's units with their figures, of one year or of all, the newest first.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] for whoever manages none.
pub async fn list_orientations(
    office: &Office,
    actor: &Actor,
    year: Option<i32>,
) -> Result<Vec<(Orientation, Figures)>> {
    let (at, actor) = (Moment::of(office), actor.clone());
    office
        .db
        .read(move |db| {
            authz::ask(db, &actor, Action::ManageOrientation, Resource::Anywhere, at.now)?;
            let scope = authz::scope(&actor, Action::ManageOrientation);
            let within = if scope.all { None } else { Some(scope.units.as_slice()) };
            storage::orientation::list(db, within, year, at.today)?
                .into_iter()
                .map(|of| {
                    let figures = storage::orientation::figures(db, of.id)?;
                    Ok((of, figures))
                })
                .collect()
        })
        .await
}
