//! A fetch at the console, without a job: whoever ordered it waits for it.

use std::sync::Arc;

use base::ids::PlacementListId;

use super::{
    super::{
        apply_placement::{TRIES, is_overtaken},
        plan::CheckedList,
    },
    FetchFigures,
    check::{Judged, judge, take},
    gather::{FetchProgress, Gathered, Stop, Waiting, gather},
    order::{FetchOrder, Params},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
    ports::RemoteProblem,
};

/// What a fetch did, or would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fetched {
    /// The note of the list; none after a dry run.
    pub list: Option<PlacementListId>,
    /// Its rows.
    pub checked: Box<CheckedList>,
    /// What they came to.
    pub figures: FetchFigures,
}

/// Fetches and takes over, or with `dry_run` looks alone; nothing where the service has nobody of that year and kind.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] without the right to import lists, and the database's. What the service says is the
/// inner answer; nothing was written then.
pub async fn fetch_now(
    office: &Office,
    actor: &Actor,
    order: &FetchOrder,
    tell: &(dyn Fn(FetchProgress) + Send + Sync),
) -> Result<std::result::Result<Option<Fetched>, RemoteProblem>> {
    let (now, asking) = (office.now(), actor.clone());
    let may = move |db: &storage::Reader<'_>| {
        authz::ask(db, &asking, Action::ImportPlacement, Resource::Anywhere, now)
    };
    office.db.read(move |db| may(db).map(drop)).await?;
    let Some(service) = office.placements.clone() else { return Ok(Err(RemoteProblem::NotConfigured)) };
    let params = Params::of(order, actor);
    let gathered = match gather(service.as_ref(), &params, &Waiting::Console(tell)).await? {
        Ok(gathered) => Arc::new(gathered),
        Err(Stop::Problem(problem)) => return Ok(Err(problem)),
        // Nobody can ask the console to stop but by ending it.
        Err(Stop::Asked | Stop::Lost) => return Ok(Ok(None)),
    };
    let house = office.clone();
    if order.dry_run {
        let judged = office.db.read_apart(move |db| judge(db, &house, &params, &gathered)).await?;
        return Ok(Ok(judged.map(|judged| fetched(None, judged))));
    }
    let mut tries = 0;
    loop {
        tries += 1;
        match write(office, actor, &params, &gathered).await {
            Err(error) if is_overtaken(&error) && tries < TRIES => {}
            done => return done.map(Ok),
        }
    }
}

async fn write(
    office: &Office,
    actor: &Actor,
    params: &Params,
    gathered: &Arc<Gathered>,
) -> Result<Option<Fetched>> {
    let (now, house, actor) = (office.now(), office.clone(), actor.clone());
    let (params, gathered) = (params.clone(), Arc::clone(gathered));
    office
        .db
        .write(move |tx| -> Result<Option<Fetched>> {
            let permit = authz::ask(tx, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            let taken = take(tx, &permit, &house, &params, &gathered)?;
            Ok(taken.map(|(list, judged)| fetched(Some(list), judged)))
        })
        .await
}

fn fetched(list: Option<PlacementListId>, judged: Judged) -> Fetched {
    Fetched { list, checked: Box::new(judged.checked), figures: judged.figures }
}
