//! The day pack: what the desk works with on a day without server or network, and entering that day's paper forms
//! afterwards.
//!
//! A pack is one file that a browser opens without a server; what it holds is encrypted with a password that is shown
//! once. Nothing can be changed in it. Each of its blank forms has a number and is entered once.

mod enter_form;
mod make_pack;
mod open_packs;
mod seal;

use base::{ids::DayPackId, time::Timestamp};
use storage::{Permit, Reader, day_pack::Pack};

pub use self::{
    enter_form::{EnterForm, EnteredForm, FormOutcome, FormPaper, enter_form, find_place},
    make_pack::{MOST_FORMS, MadePack, MakePack, PackDraft, PackLine, draft_pack, pack_password, seal_pack},
    open_packs::{ListedPack, OpenedPack, list_packs, open_pack},
};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
};

/// Finds a pack and asks whether the actor registers candidates of its unit.
fn locate(db: &Reader<'_>, actor: &Actor, id: DayPackId, now: Timestamp) -> Result<(Pack, Permit)> {
    let pack = storage::day_pack::fetch(db, id)?.ok_or(ServiceError::NotFound)?;
    let permit = authz::ask(db, actor, Action::RegisterCandidates, Resource::Unit(pack.unit), now)?;
    Ok((pack, permit))
}
