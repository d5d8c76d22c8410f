//! The photo on a student's page and papers.

use super::{about, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    documents::stored::{self, Upload},
    error::{Result, ServiceError},
    once,
};

/// Replaces a student's photo; the former one stays in the file store. What is kept is the picture alone: the file's
/// remarks about place, time and device are dropped, and it stands upright.
///
/// # Errors
/// [`ServiceError::Invalid`] for what is not a JPEG or PNG, is too large, or cannot be decoded to its last pixel.
pub async fn change_photo(office: &Office, actor: &Actor, number: String, upload: Upload) -> Result<()> {
    let photo = stored::store_photo(office, "photo", upload).await?;
    let now = office.now();
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (enrolment, permit) = locate(tx, actor, Action::ChangePhoto, &number, now)?;
        let file = storage::files::insert(tx, &permit, &photo.sha256, photo.size, photo.mime, "photo")?;
        storage::people::update_photo(tx, &permit, enrolment.person, file)?;
        storage::audit::append(tx, &about(&permit, Action::ChangePhoto, &enrolment, "photo"))?;
        Ok(())
    })
    .await
}

/// A student's photo: its type and bytes.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none.
pub async fn open_photo(office: &Office, actor: &Actor, number: String) -> Result<(String, Vec<u8>)> {
    let now = office.now();
    let asking = actor.clone();
    let file = office
        .db
        .read(move |db| -> Result<_> {
            let (enrolment, _) = locate(db, &asking, Action::ReadStudent, &number, now)?;
            let person = storage::people::fetch(db, enrolment.person)?.ok_or(ServiceError::NotFound)?;
            let photo = person.photo.ok_or(ServiceError::NotFound)?;
            storage::files::fetch(db, photo)?.ok_or(ServiceError::NotFound)
        })
        .await?;
    Ok((file.mime, stored::bytes(office, file.sha256).await?))
}
