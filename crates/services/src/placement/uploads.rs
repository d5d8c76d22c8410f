//! A file between preview and import, and mappings of columns made for it.

use base::{
    ids::PlacementUploadId,
    time::{Date, Timestamp},
};
use storage::placements::{Mapping, Upload};

use super::{
    apply_placement::about_list,
    check::{ListFile, columns_of},
    fields::Field,
    layout::Columns,
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
};

/// How long a file waits for its preview to be confirmed, in seconds.
const KEPT: i64 = 24 * 60 * 60;
/// Characters of a mapping's name.
const NAME: usize = 80;

/// Keeps a file until its preview is confirmed; what others left behind is forgotten.
///
/// # Errors
/// [`ServiceError::Forbidden`] without the right to import lists; [`ServiceError::Invalid`] without a file.
pub async fn keep_upload(office: &Office, actor: &Actor, file: ListFile) -> Result<PlacementUploadId> {
    if file.bytes.is_empty() {
        return Err(ServiceError::field("file", "file-missing"));
    }
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .write(move |tx| -> Result<PlacementUploadId> {
            let permit = authz::ask(tx, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            let before = Timestamp::from_second(now.as_second() - KEPT).ok();
            storage::placements::forget_uploads(tx, &permit, None, before)?;
            let upload = Upload {
                name: file.name,
                entry_kind: file.kind,
                year: file.year,
                mapping: file.mapping,
                content: file.bytes,
            };
            Ok(storage::placements::keep_upload(tx, &permit, &upload)?)
        })
        .await
}

/// The file of an upload, for whoever uploaded it.
///
/// # Errors
/// [`ServiceError::NotFound`] for anybody else, and when it was forgotten.
pub async fn uploaded(office: &Office, actor: &Actor, id: PlacementUploadId) -> Result<ListFile> {
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .read(move |db| -> Result<ListFile> {
            let permit = authz::ask(db, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            let kept = storage::placements::upload(db, id, permit.account())?;
            let kept = kept.ok_or(ServiceError::NotFound)?;
            Ok(ListFile {
                name: kept.name,
                bytes: kept.content,
                kind: kept.entry_kind,
                year: kept.year,
                mapping: kept.mapping,
            })
        })
        .await
}

/// Forgets an upload that is not taken over.
///
/// # Errors
/// As [`uploaded`].
pub async fn drop_upload(office: &Office, actor: &Actor, id: PlacementUploadId) -> Result<()> {
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .write(move |tx| -> Result<()> {
            let permit = authz::ask(tx, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            storage::placements::upload(tx, id, permit.account())?.ok_or(ServiceError::NotFound)?;
            Ok(storage::placements::forget_uploads(tx, &permit, Some(id), None)?)
        })
        .await
}

/// The saved mappings in order of their names.
///
/// # Errors
/// [`ServiceError::Forbidden`] without the right to import lists.
pub async fn list_mappings(office: &Office, actor: &Actor) -> Result<Vec<(String, Columns)>> {
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .read(move |db| -> Result<_> {
            authz::ask(db, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            let saved = storage::placements::mappings(db)?;
            Ok(saved.into_iter().map(|m| (m.name, columns_of(&m.columns))).collect())
        })
        .await
}

/// Saves how a kind of file names its columns, and reads an upload by it from now on.
///
/// # Errors
/// [`ServiceError::Invalid`] without a name or a column.
pub async fn save_mapping(
    office: &Office,
    actor: &Actor,
    name: String,
    columns: Columns,
    upload: Option<PlacementUploadId>,
) -> Result<()> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut wrong = Vec::new();
    if name.is_empty() {
        wrong.push(FieldError::new("mapping_name", "required"));
    } else if name.chars().count() > NAME {
        wrong.push(FieldError::new("mapping_name", "too-long").with("max", NAME.to_string()));
    }
    let columns: Columns = columns
        .into_iter()
        .map(|(field, heading)| (field, heading.trim().to_owned()))
        .filter(|(field, heading)| !heading.is_empty() && Field::from_code(field).is_some())
        .collect();
    if columns.is_empty() {
        wrong.push(FieldError::new("mapping_name", "mapping-empty"));
    }
    let mut headings: Vec<&String> = columns.values().collect();
    headings.sort_unstable();
    if headings.windows(2).any(|pair| pair[0] == pair[1]) {
        wrong.push(FieldError::new("mapping_name", "mapping-twice"));
    }
    if !wrong.is_empty() {
        return Err(ServiceError::Invalid(wrong));
    }
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .write(move |tx| -> Result<()> {
            let permit = authz::ask(tx, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            let stored = serde_json::to_string(&columns).unwrap_or_default();
            storage::placements::save_mapping(tx, &permit, &Mapping { name: name.clone(), columns: stored })?;
            if let Some(upload) = upload {
                storage::placements::map_upload(tx, &permit, upload, &name)?;
            }
            storage::audit::append(tx, &about_list(&permit, "save_mapping", None, ""))?;
            Ok(())
        })
        .await
}

/// The year of placement that a form proposes: the autumn's candidates from summer on, otherwise last year's.
pub fn likely_year(today: Date) -> i32 {
    let year = i32::from(today.year());
    if today.month() < 6 { year - 1 } else { year }
}
