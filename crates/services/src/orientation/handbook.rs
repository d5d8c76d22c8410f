//! The handbook that new students are given.

use base::ids::OrientationId;

use super::{Moment, about, locate};
use crate::{
    Office,
    authz::{self, Action, Actor},
    documents::stored::{self, Upload},
    error::{Result, ServiceError},
    once,
    students::write_note::stale,
};

/// Puts a handbook, PDF or picture, in the place of the former one. It is stored before the row that names it.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::Stale`]; [`ServiceError::Invalid`] on
/// `handbook` for what is neither, is empty or too large.
pub async fn keep_handbook(
    office: &Office,
    actor: &Actor,
    id: OrientationId,
    version: i64,
    upload: Option<Upload>,
) -> Result<()> {
    let (at, asking) = (Moment::of(office), actor.clone());
    // Nobody fills the store who may not name what lies in it.
    office.db.read(move |db| locate(db, &at, &asking, id).map(drop)).await?;
    let upload = upload.ok_or_else(|| ServiceError::field("handbook", "file-empty"))?;
    let kept = stored::store_scan(office, "handbook", upload).await?;
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (of, permit) = locate(tx, &at, actor, id)?;
        let file =
            storage::files::insert(tx, &permit, &kept.sha256, kept.size, kept.mime, "orientation_handbook")?;
        storage::orientation::set_handbook(tx, &permit, id, version, file).map_err(stale)?;
        let detail = format!("unit={} year={} handbook={file}", of.unit_code, of.year);
        Ok(storage::audit::append(tx, &about(&permit, "keep_handbook", &of, detail))?)
    })
    .await
}

/// Type and bytes of the handbook, for the office and for whoever is invited. It says nothing of a person.
///
/// # Errors
/// [`ServiceError::NotFound`] where there is none, and for everybody else.
pub async fn open_handbook(office: &Office, actor: &Actor, id: OrientationId) -> Result<(String, Vec<u8>)> {
    let (at, actor) = (Moment::of(office), actor.clone());
    let file = office
        .db
        .read(move |db| -> Result<_> {
            let of = storage::orientation::fetch(db, id, at.today)?.ok_or(ServiceError::NotFound)?;
            let own = authz::scope(&actor, Action::ReadStudent).own;
            let is_invited = match own {
                Some(person) => {
                    storage::orientation::invitations_of(db, person)?.iter().any(|own| own.to == id)
                }
                None => false,
            };
            if !is_invited {
                locate(db, &at, &actor, id)?;
            }
            let file = of.handbook.ok_or(ServiceError::NotFound)?;
            storage::files::fetch(db, file)?.ok_or(ServiceError::NotFound)
        })
        .await?;
    Ok((file.mime, stored::bytes(office, file.sha256).await?))
}
