//! What a list would do, without doing it.

use super::{
    apply_placement::about_list,
    check::{Checked, ListFile, check, open},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
};

/// Reads and checks a list and compares it with the candidates of its way of entry and year. Nothing is written but that
/// somebody looked.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] without the right to import lists; [`crate::ServiceError::Invalid`] for a year or a
/// way of entry that has no lists.
pub async fn preview_placement(office: &Office, actor: &Actor, file: ListFile) -> Result<Checked> {
    let opened = open(office, file).await?;
    let (now, house, actor) = (office.now(), office.clone(), actor.clone());
    let (checked, row) = office
        .db
        .read_apart(move |db| -> Result<_> {
            let permit = authz::ask(db, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            let checked = check(db, &house, &actor, &opened)?;
            // It tells who studies here and who has a place already.
            let faulty = match &checked {
                Checked::Bad(_) => String::new(),
                Checked::List(list) => format!(" faulty={}", list.faulty.len()),
            };
            let detail = format!("{} year={}{faulty}", opened.file.kind.code(), opened.file.year);
            Ok((checked, about_list(&permit, "preview_placement", None, detail)))
        })
        .await?;
    office.reads.note(row)?;
    Ok(checked)
}
