//! The lists that were taken over, and the worklist of rows that did not go in.

use std::collections::{HashMap, hash_map::Entry};

use base::ids::PlacementListId;
use storage::placements::{List, NewFault, Settled};

use super::{
    apply_placement::about_list,
    fields::{self, Field},
    layout::{Layout, hand_back},
    rows::{Mark, RowFault},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
};

/// Lists shown at once.
const SHOWN: u32 = 200;

/// A list with how many of its rows nobody has mended yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListLine {
    /// The list.
    pub list: List,
    /// Rows that wait to be mended.
    pub open: i64,
    /// Name of whoever loaded it.
    pub by: String,
    /// Whether the reader may open it.
    pub may_open: bool,
}

/// A row that waits to be mended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenRow {
    /// Its row in the file.
    pub row: i64,
    /// Given name and surname, as it says; empty where its headings are known by a mapping alone.
    pub name: String,
    /// Code of the programme, as it says.
    pub programme: String,
    /// Its cells.
    pub cells: Vec<String>,
    /// What is wrong with it.
    pub faults: Vec<RowFault>,
}

/// A list with its rows that wait to be mended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenedList {
    /// The list.
    pub list: List,
    /// The form in which its rows are handed back.
    pub layout: Layout,
    /// The rows.
    pub rows: Vec<OpenRow>,
}

impl OpenedList {
    /// The rows as a file that can be mended and loaded by itself; each is settled when it comes back sound.
    pub fn faulty_file(&self, sentence: impl Fn(&RowFault) -> String) -> Vec<u8> {
        hand_back(
            &self.layout,
            self.rows.iter().map(|row| {
                let faults = row.faults.iter().map(&sentence).collect::<Vec<_>>().join(" ");
                (row.cells.as_slice(), format!("{} {faults}", Mark::Listed(self.list.id, row.row)))
            }),
        )
    }
}

/// The newest lists.
///
/// # Errors
/// [`ServiceError::Forbidden`] without the right to import lists.
pub async fn list_placements(office: &Office, actor: &Actor) -> Result<Vec<ListLine>> {
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .read(move |db| -> Result<_> {
            authz::ask(db, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            let open = storage::placements::open_counts(db)?;
            let lists = storage::placements::newest(db, SHOWN)?;
            let mut names = HashMap::new();
            for list in &lists {
                if let Entry::Vacant(free) = names.entry(list.applied_by) {
                    let account = storage::accounts::fetch(db, list.applied_by)?;
                    free.insert(account.map(|account| account.display_name).unwrap_or_default());
                }
            }
            let line = |list: List| ListLine {
                open: open.get(&list.id).copied().unwrap_or(0),
                by: names.get(&list.applied_by).cloned().unwrap_or_default(),
                may_open: may_open(&actor, &list),
                list,
            };
            Ok(lists.into_iter().map(line).collect())
        })
        .await
}

/// Whoever loaded a list opens it, and whoever may import for the whole institution.
pub(super) fn may_open(actor: &Actor, list: &List) -> bool {
    authz::scope(actor, Action::ImportPlacement).all || list.applied_by == actor.account
}

/// One list. The rows that did not go in hold what somebody else's file said of people; whoever loaded it sees them, and
/// whoever may import for the whole institution.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown list and for one that somebody else loaded for a unit.
pub async fn open_placement(office: &Office, actor: &Actor, id: PlacementListId) -> Result<OpenedList> {
    let (now, asking) = (office.now(), actor.clone());
    let (opened, row) = office
        .db
        .read(move |db| -> Result<_> {
            let permit = authz::ask(db, &asking, Action::ImportPlacement, Resource::Anywhere, now)?;
            let list = storage::placements::fetch(db, id)?.ok_or(ServiceError::NotFound)?;
            if !may_open(&asking, &list) {
                return Err(ServiceError::NotFound);
            }
            let layout = storage::placements::layout(db, id)?
                .and_then(|stored| serde_json::from_str(&stored).ok())
                .unwrap_or(Layout { delimiter: ';', headings: Vec::new() });
            let rows: Vec<OpenRow> = storage::placements::open_faults(db, id)?
                .into_iter()
                .map(|kept| open_row(kept, &layout))
                .collect();
            let row = about_list(&permit, "read_placement", Some(id), format!("faulty={}", rows.len()));
            Ok((OpenedList { list, layout, rows }, row))
        })
        .await?;
    office.reads.note(row)?;
    Ok(opened)
}

pub(super) fn open_row(kept: NewFault, layout: &Layout) -> OpenRow {
    let cells: Vec<String> = serde_json::from_str(&kept.cells).unwrap_or_default();
    let cell = |field: Field| {
        let place = layout.headings.iter().position(|heading| fields::known(heading) == Some(field));
        place.and_then(|at| cells.get(at)).cloned().unwrap_or_default()
    };
    let name = [cell(Field::GivenName), cell(Field::Surname)].join(" ").trim().to_owned();
    let programme = [cell(Field::ProgrammeCode), cell(Field::YoksisCode)];
    OpenRow {
        row: kept.row,
        name,
        programme: programme.into_iter().find(|code| !code.is_empty()).unwrap_or_default(),
        cells,
        faults: serde_json::from_str(&kept.faults).unwrap_or_default(),
    }
}

/// Takes a row off the worklist that needs no mending, with the reason.
///
/// # Errors
/// As [`open_placement`]; [`ServiceError::Stale`] when somebody did so before; [`ServiceError::Invalid`] without a reason.
pub async fn dismiss_row(
    office: &Office,
    actor: &Actor,
    id: PlacementListId,
    row: i64,
    reason: String,
) -> Result<()> {
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(ServiceError::field("reason", "required"));
    }
    if reason.chars().count() > 200 {
        return Err(ServiceError::Invalid(vec![
            crate::error::FieldError::new("reason", "too-long").with("max", "200"),
        ]));
    }
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .write(move |tx| -> Result<()> {
            let permit = authz::ask(tx, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            let list = storage::placements::fetch(tx, id)?.ok_or(ServiceError::NotFound)?;
            if !may_open(&actor, &list) {
                return Err(ServiceError::NotFound);
            }
            storage::placements::settle(tx, &permit, id, row, Settled::Dismissed)?;
            let mut note = about_list(&permit, "dismiss_placement_row", Some(id), format!("row={row}"));
            note.reason = Some(reason);
            storage::audit::append(tx, &note)?;
            Ok(())
        })
        .await
}
