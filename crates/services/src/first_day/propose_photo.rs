//! A student proposes a photo; the office takes or refuses it.

use base::time::{Date, date_tr};
use domain::registration::WindowKind;
use regulations::{Finding, Findings, Verdict};
use storage::{Reader, audit::AuditRow, enrolments::Enrolment, windows::Window};

use super::own;
use crate::{
    Office,
    authz::Actor,
    documents::stored::{self, Upload},
    error::{Result, ServiceError},
    once,
};

/// Proposes a photo. Nothing on papers changes until the office takes it; a photo proposed before gives way.
///
/// # Errors
/// [`ServiceError::Invalid`] for what is not a whole JPEG or PNG or is too large; [`ServiceError::Refused`] outside the
/// window for photos, where one is set.
pub async fn propose_photo(office: &Office, actor: &Actor, upload: Upload) -> Result<()> {
    let photo = stored::store_photo(office, "photo", upload).await?;
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (person, all, permit) = own(tx, actor, now)?;
        let window = photo_window(tx, &all, today)?;
        if let Some(window) = window.filter(|w| !(w.opens_on..=w.closes_on).contains(&today)) {
            let closed = Finding::new(Verdict::Refuses, "photo-window-closed")
                .value("from", date_tr(window.opens_on))
                .value("until", date_tr(window.closes_on))
                .value("source", window.source);
            return Err(ServiceError::Refused(Box::new(Findings::from(vec![closed]))));
        }
        let file = storage::files::insert(tx, &permit, &photo.sha256, photo.size, photo.mime, "photo")?;
        let id = storage::first_day::propose(tx, &permit, person, file)?;
        storage::audit::append(
            tx,
            &AuditRow {
                person: Some(person),
                object_kind: "photo",
                object: Some(id.get()),
                detail: String::new(),
                ..AuditRow::by(&permit, "propose_photo")
            },
        )?;
        Ok(())
    })
    .await
}

/// The window for photos that counts for the newest of one's enrolments; none where none is set.
pub(super) fn photo_window(db: &Reader<'_>, all: &[Enrolment], today: Date) -> Result<Option<Window>> {
    let Some(newest) = all.last() else { return Ok(None) };
    let (unit, entry) = (newest.unit, Some(newest.entry_kind));
    Ok(storage::windows::counting(db, WindowKind::PhotoProposal, unit, entry, today)?)
}

/// The photo that one proposed last: its type and bytes.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none.
pub async fn open_own_proposal(office: &Office, actor: &Actor) -> Result<(String, Vec<u8>)> {
    let (now, asking) = (office.now(), actor.clone());
    let file = office
        .db
        .read(move |db| -> Result<_> {
            let (person, _, _) = own(db, &asking, now)?;
            let proposal = storage::first_day::newest(db, person)?.ok_or(ServiceError::NotFound)?;
            storage::files::fetch(db, proposal.file)?.ok_or(ServiceError::NotFound)
        })
        .await?;
    Ok((file.mime, stored::bytes(office, file.sha256).await?))
}
