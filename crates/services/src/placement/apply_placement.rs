//! Taking a list over: candidates, the rows that did not go in, and the note of the list in one transaction.

use std::sync::Arc;

use base::ids::{AccountId, PlacementListId, PlacementUploadId};
use domain::{enrolments::EntryKind, registration::ListOrigin};
use storage::{
    Permit, Reader, StorageError, Tx,
    audit::AuditRow,
    placements::{NewFault, NewList, Settled},
};

use super::{
    check::{Checked, ListFile, Opened, check, open},
    plan::{BadFile, CheckedList},
    uploads::uploaded,
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
};

/// What became of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Applied {
    /// The file itself is wrong; nothing was written.
    Bad(BadFile),
    /// Rows are faulty and nobody chose to leave them out; nothing was written.
    Refused(Box<CheckedList>),
    /// The upload was taken over before, by a first click.
    Again {
        /// The note of the list.
        list: PlacementListId,
    },
    /// It was taken over.
    Done {
        /// The note of the list.
        list: PlacementListId,
        /// What it did.
        checked: Box<CheckedList>,
    },
}

/// How a list is taken over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ApplyHow {
    /// Sound rows alone, where others are faulty; those stand on the worklist then.
    pub sound_rows: bool,
    /// The upload that the file was kept in, which is forgotten with it.
    pub upload: Option<PlacementUploadId>,
}

/// Takes a list over in one transaction: new candidates, changes of those who wait, and, where only sound rows were
/// asked for, the others on the worklist. The same list once more changes no candidate. Whoever is registered, renounced
/// or lapsed stays as he or she is.
///
/// # Errors
/// As [`super::preview_placement()`], and the database's; nothing was written then.
pub async fn apply_placement(
    office: &Office,
    actor: &Actor,
    file: ListFile,
    how: ApplyHow,
) -> Result<Applied> {
    take_over(office, actor, file, how, ListOrigin::File).await
}

/// Takes over a file that was uploaded. A second click is answered like the first.
///
/// # Errors
/// As [`apply_placement`]; [`crate::ServiceError::NotFound`] for an upload of somebody else's, or one that was forgotten.
pub async fn apply_upload(
    office: &Office,
    actor: &Actor,
    id: PlacementUploadId,
    sound_rows: bool,
) -> Result<Applied> {
    let file = match uploaded(office, actor, id).await {
        Ok(file) => file,
        Err(ServiceError::NotFound) => {
            let account = actor.account;
            let taken = office.db.read(move |db| taken_over(db, account, id)).await?;
            return taken.map(|list| Applied::Again { list }).ok_or(ServiceError::NotFound);
        }
        Err(other) => return Err(other),
    };
    apply_placement(office, actor, file, ApplyHow { sound_rows, upload: Some(id) }).await
}

fn key_of(upload: PlacementUploadId) -> String {
    format!("placement-upload {upload}")
}

fn taken_over(
    db: &Reader<'_>,
    account: AccountId,
    upload: PlacementUploadId,
) -> Result<Option<PlacementListId>> {
    let kept = storage::idempotency::recall(db, account, &key_of(upload))?;
    Ok(kept.and_then(|list| list.parse().ok()).map(PlacementListId::new))
}

/// How often a list is compared anew because somebody else wrote meanwhile.
pub(super) const TRIES: usize = 3;

pub(super) async fn take_over(
    office: &Office,
    actor: &Actor,
    file: ListFile,
    how: ApplyHow,
    origin: ListOrigin,
) -> Result<Applied> {
    let opened = Arc::new(open(office, file).await?);
    let mut tries = 0;
    loop {
        tries += 1;
        let applied = take_over_once(office, actor, opened.clone(), how, origin).await;
        let overtaken = applied.as_ref().is_err_and(is_overtaken);
        // Another desk was faster: what it wrote counts, and the list is compared with that.
        if !overtaken || tries == TRIES {
            return applied;
        }
    }
}

/// Whether somebody else wrote between comparing and writing.
pub(super) fn is_overtaken(error: &ServiceError) -> bool {
    match error {
        ServiceError::Stale | ServiceError::Storage(StorageError::Stale) => true,
        ServiceError::Storage(StorageError::Constraint { constraint }) => {
            matches!(constraint.as_str(), "candidate_placed_once" | "idempotency_pkey")
        }
        _ => false,
    }
}

async fn take_over_once(
    office: &Office,
    actor: &Actor,
    opened: Arc<Opened>,
    how: ApplyHow,
    origin: ListOrigin,
) -> Result<Applied> {
    let (now, house, actor) = (office.now(), office.clone(), actor.clone());
    office
        .db
        .write(move |tx| -> Result<Applied> {
            let permit = authz::ask(tx, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            if let Some(upload) = how.upload
                && let Some(list) = taken_over(tx, permit.account(), upload)?
            {
                return Ok(Applied::Again { list });
            }
            let checked = match check(tx, &house, &actor, &opened)? {
                Checked::Bad(bad) => return Ok(Applied::Bad(bad)),
                Checked::List(checked) => checked,
            };
            if !checked.faulty.is_empty() && !how.sound_rows {
                return Ok(Applied::Refused(checked));
            }
            let ListFile { kind, year, name, .. } = &opened.file;
            let source = Source { kind: *kind, year: *year, name, sha256: opened.sha256, origin };
            let list = write(tx, &permit, &source, &checked)?;
            if let Some(upload) = how.upload {
                storage::placements::forget_uploads(tx, &permit, Some(upload), None)?;
                storage::idempotency::remember(tx, &permit, &key_of(upload), &list.to_string())?;
            }
            Ok(Applied::Done { list, checked })
        })
        .await
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn row_no(row: u64) -> i64 {
    i64::try_from(row).unwrap_or(i64::MAX)
}

/// Where the rows of a list come from.
pub(super) struct Source<'a> {
    pub kind: EntryKind,
    pub year: i32,
    /// What the list is called.
    pub name: &'a str,
    /// Hash of all that came.
    pub sha256: [u8; 32],
    pub origin: ListOrigin,
}

/// Writes what a list does, in the caller's transaction.
pub(super) fn write(
    tx: &Tx<'_>,
    permit: &Permit,
    source: &Source<'_>,
    checked: &CheckedList,
) -> Result<PlacementListId> {
    let list = storage::placements::insert(
        tx,
        permit,
        &NewList {
            entry_kind: source.kind,
            year: source.year,
            origin: source.origin,
            name: source.name.to_owned(),
            sha256: Some(source.sha256),
            rows: row_no(checked.rows),
            added: count(checked.new.len()),
            changed: count(checked.changed.len()),
            same: row_no(checked.same),
            faulty: count(checked.faulty.len()),
            sound_only: !checked.faulty.is_empty(),
        },
    )?;
    let new: Vec<_> = checked.new.iter().map(|c| (row_no(c.row), c.data.clone(), c.hash)).collect();
    storage::candidates::insert(tx, permit, list, &new)?;
    for c in &checked.changed {
        storage::candidates::update(tx, permit, c.id, c.version, &c.data, &c.hash)?;
    }
    for (programme, seats) in &checked.quotas {
        let place = (source.kind, source.year, *programme);
        storage::placements::save_quota(tx, permit, list, place, *seats)?;
    }
    for (list, row) in &checked.settles {
        storage::placements::settle(tx, permit, *list, *row, Settled::LaterList)?;
    }
    if !checked.faulty.is_empty() {
        let faults = checked.faulty.iter().map(|row| NewFault {
            row: row_no(row.row),
            key: row.key.clone(),
            cells: serde_json::to_string(&row.cells).unwrap_or_default(),
            faults: serde_json::to_string(&row.faults).unwrap_or_default(),
        });
        let layout = serde_json::to_string(&checked.layout).unwrap_or_default();
        storage::placements::keep_faults(tx, permit, list, &layout, &faults.collect::<Vec<_>>())?;
    }
    let detail = format!(
        "{} year={} added={} changed={} same={} faulty={}",
        source.kind.code(),
        source.year,
        checked.new.len(),
        checked.changed.len(),
        checked.same,
        checked.faulty.len()
    );
    storage::audit::append(tx, &about_list(permit, "import_placement", Some(list), detail))?;
    Ok(list)
}

/// An audit row about a list.
pub(super) fn about_list(
    permit: &Permit,
    action: &str,
    list: Option<PlacementListId>,
    detail: impl Into<String>,
) -> AuditRow {
    AuditRow {
        object_kind: "placement_list",
        object: list.map(PlacementListId::get),
        detail: detail.into(),
        ..AuditRow::by(permit, action)
    }
}
