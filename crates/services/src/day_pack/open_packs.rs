//! Packs that were handed out, and the queue of forms to be entered.

use std::collections::HashMap;

use base::ids::{DayPackId, UnitId};
use domain::student_file::Name;
use storage::day_pack::{Pack, PackForm};

use super::locate;
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
};

/// Packs that a list shows.
const MOST: usize = 100;

/// A pack with its forms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenedPack {
    /// The pack.
    pub pack: Pack,
    /// Its forms in order.
    pub forms: Vec<PackForm>,
    /// Whether its day has come, so that its forms can be entered.
    pub is_due: bool,
}

/// A pack in a list, with the name of its unit as of today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListedPack {
    /// The pack.
    pub pack: Pack,
    /// Its unit.
    pub unit: Name,
}

/// The newest packs in reach.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] for whoever registers nobody.
pub async fn list_packs(office: &Office, actor: &Actor) -> Result<Vec<ListedPack>> {
    let (now, today, actor) = (office.now(), office.today(), actor.clone());
    office
        .db
        .read(move |db| -> Result<Vec<ListedPack>> {
            authz::ask(db, &actor, Action::RegisterCandidates, Resource::Anywhere, now)?;
            let mut reach: HashMap<UnitId, bool> = HashMap::new();
            let mut packs = storage::day_pack::all(db)?;
            packs.retain(|pack| {
                *reach.entry(pack.unit).or_insert_with(|| {
                    let unit = Resource::Unit(pack.unit);
                    authz::ask(db, &actor, Action::RegisterCandidates, unit, now).is_ok()
                })
            });
            packs.truncate(MOST);
            let units: Vec<UnitId> = packs.iter().map(|pack| pack.unit).collect();
            let names = storage::institution::units::some(db, &units, today)?;
            let names: HashMap<UnitId, Name> = names.into_iter().map(|line| (line.id, line.name)).collect();
            let named =
                |pack: Pack| ListedPack { unit: names.get(&pack.unit).cloned().unwrap_or_default(), pack };
            Ok(packs.into_iter().map(named).collect())
        })
        .await
}

/// One pack with the queue of its forms.
///
/// # Errors
/// [`crate::ServiceError::NotFound`] for one unknown or out of reach.
pub async fn open_pack(office: &Office, actor: &Actor, id: DayPackId) -> Result<OpenedPack> {
    let (now, today, actor) = (office.now(), office.today(), actor.clone());
    office
        .db
        .read(move |db| -> Result<OpenedPack> {
            let (pack, _) = locate(db, &actor, id, now)?;
            Ok(OpenedPack { forms: storage::day_pack::forms(db, id)?, is_due: pack.day <= today, pack })
        })
        .await
}
