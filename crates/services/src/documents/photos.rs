//! Looking at stored photos before a number is given to a paper that shall show one.
//!
//! A photo is decoded when it comes ([`super::stored::store_photo()`]), but a file can be damaged on the disk, and
//! photos of earlier versions were only looked at from outside. Reading and decoding stay outside of every transaction.

use std::collections::HashSet;

use base::ids::FileId;

use super::{failed, picture};
use crate::{Office, error::Result};

/// Those photos of students that cannot be read or decoded. Numbers that nobody has, and students without a photo, are
/// no business of this question.
pub(super) async fn broken_photos(office: &Office, numbers: Vec<String>) -> Result<HashSet<FileId>> {
    let stored = office
        .db
        .read(move |db| -> Result<_> {
            let mut stored = Vec::new();
            for number in &numbers {
                let Some(enrolment) = storage::enrolments::find_by_number(db, number)? else { continue };
                let person = storage::people::fetch(db, enrolment.person)?;
                let Some(photo) = person.and_then(|person| person.photo) else { continue };
                stored.extend(storage::files::fetch(db, photo)?);
            }
            Ok(stored)
        })
        .await?;
    if stored.is_empty() {
        return Ok(HashSet::new());
    }
    let files = office.files.clone();
    let looked = tokio::task::spawn_blocking(move || {
        stored
            .into_iter()
            .filter_map(|photo| match files.get(&photo.sha256) {
                Ok(bytes) => (!picture::can_be_shown(&bytes)).then_some(photo.id),
                Err(error) => {
                    tracing::error!(%error, file = %photo.id, "a stored photo cannot be read");
                    Some(photo.id)
                }
            })
            .collect()
    });
    looked.await.map_err(|error| failed("files", &error))
}
