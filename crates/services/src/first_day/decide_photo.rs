//! Photos that wait for the office.

use base::{
    ids::{PersonId, PhotoProposalId},
    time::Timestamp,
};
use storage::{
    Permit, Reader,
    audit::{AuditRow, shown_list},
    enrolments::Enrolment,
    first_day::Proposal,
};

use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    documents::stored,
    error::{FieldError, Result, ServiceError},
    once,
    students::{self, write_note::stale},
};

/// A photo that waits, with whose it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingPhoto {
    /// The proposal.
    pub proposal: Proposal,
    /// Given name and surname.
    pub name: String,
    /// Student number of the enrolment in reach.
    pub number: String,
    /// Whether a photo is there already.
    pub has_photo: bool,
}

/// The decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecidePhoto {
    /// Which proposal.
    pub id: PhotoProposalId,
    /// Take it, or refuse it with the reason.
    pub take: bool,
    /// Why it is refused; the student reads it.
    pub reason: String,
}

/// The enrolment of a person through which the actor may change the photo.
fn reach(
    db: &Reader<'_>,
    actor: &Actor,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<(Enrolment, Permit)>> {
    for enrolment in storage::enrolments::of_person(db, person)?.into_iter().rev() {
        if let Ok(permit) = authz::ask(db, actor, Action::ChangePhoto, students::resource(&enrolment), now) {
            return Ok(Some((enrolment, permit)));
        }
    }
    Ok(None)
}

/// A proposal with whose it is; none where the person is out of reach.
fn whose(db: &Reader<'_>, actor: &Actor, proposal: Proposal, now: Timestamp) -> Result<Option<WaitingPhoto>> {
    let Some((enrolment, _)) = reach(db, actor, proposal.person, now)? else { return Ok(None) };
    let person = storage::people::fetch(db, proposal.person)?.ok_or(ServiceError::NotFound)?;
    Ok(Some(WaitingPhoto {
        proposal,
        name: person.identity.full_name(),
        number: enrolment.number,
        has_photo: person.photo.is_some(),
    }))
}

/// One photo that waits; the look is logged.
///
/// # Errors
/// [`ServiceError::Forbidden`] for whoever changes no photos, [`ServiceError::NotFound`] for one that is unknown or out of
/// reach, [`ServiceError::Stale`] for one that somebody decided.
pub async fn find_waiting_photo(office: &Office, actor: &Actor, id: PhotoProposalId) -> Result<WaitingPhoto> {
    let (now, asking) = (office.now(), actor.clone());
    let found = office
        .db
        .read(move |db| -> Result<WaitingPhoto> {
            authz::ask(db, &asking, Action::ChangePhoto, Resource::Anywhere, now)?;
            let proposal = storage::first_day::fetch(db, id)?.ok_or(ServiceError::NotFound)?;
            whose(db, &asking, proposal, now)?.ok_or(ServiceError::NotFound)
        })
        .await?;
    if found.proposal.state != "waiting" {
        return Err(ServiceError::Stale);
    }
    let person = Some(found.proposal.person);
    let row = AuditRow { person, object_kind: "photo", object: Some(id.get()), ..read(office, actor) };
    office.reads.note(row)?;
    Ok(found)
}

/// The photos that wait in one's own units, the oldest first; one row with the people shown is logged.
///
/// # Errors
/// [`ServiceError::Forbidden`] for whoever changes no photos.
pub async fn list_waiting_photos(office: &Office, actor: &Actor) -> Result<Vec<WaitingPhoto>> {
    let (now, asking) = (office.now(), actor.clone());
    let waiting = office
        .db
        .read(move |db| -> Result<Vec<WaitingPhoto>> {
            authz::ask(db, &asking, Action::ChangePhoto, Resource::Anywhere, now)?;
            let mut out = Vec::new();
            for proposal in storage::first_day::waiting(db)? {
                out.extend(whose(db, &asking, proposal, now)?);
            }
            Ok(out)
        })
        .await?;
    let shown = Some(shown_list(waiting.iter().map(|line| line.proposal.person)));
    office.reads.note(AuditRow { shown, ..read(office, actor) })?;
    Ok(waiting)
}

/// The row of a look at photos that wait.
fn read(office: &Office, actor: &Actor) -> AuditRow {
    AuditRow {
        at: office.now(),
        account: Some(actor.account),
        action: "read_photo_proposal".to_owned(),
        person: None,
        object_kind: "list",
        object: None,
        detail: String::new(),
        shown: None,
        reason: None,
        request: actor.request.clone(),
    }
}

/// A photo that waits: its type and bytes; the look is logged.
///
/// # Errors
/// [`ServiceError::NotFound`] for one that is unknown or out of reach.
pub async fn open_waiting_photo(
    office: &Office,
    actor: &Actor,
    id: PhotoProposalId,
) -> Result<(String, Vec<u8>)> {
    let (now, asking) = (office.now(), actor.clone());
    let (person, file) = office
        .db
        .read(move |db| -> Result<_> {
            let proposal = storage::first_day::fetch(db, id)?.ok_or(ServiceError::NotFound)?;
            reach(db, &asking, proposal.person, now)?.ok_or(ServiceError::NotFound)?;
            let file = storage::files::fetch(db, proposal.file)?.ok_or(ServiceError::NotFound)?;
            Ok((proposal.person, file))
        })
        .await?;
    let person = Some(person);
    office.reads.note(AuditRow {
        person,
        object_kind: "photo",
        object: Some(id.get()),
        ..read(office, actor)
    })?;
    Ok((file.mime, stored::bytes(office, file.sha256).await?))
}

/// Takes a proposed photo into the register, or refuses it.
///
/// # Errors
/// [`ServiceError::Invalid`] on `reason` for a refusal without one; [`ServiceError::Stale`] when it was decided before.
pub async fn decide_photo(office: &Office, actor: &Actor, form: DecidePhoto) -> Result<()> {
    let reason = form.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if !form.take && reason.is_empty() {
        return Err(ServiceError::field("reason", "required"));
    }
    if reason.chars().count() > 200 {
        return Err(ServiceError::Invalid(vec![FieldError::new("reason", "too-long").with("max", "200")]));
    }
    let now = office.now();
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let proposal = storage::first_day::fetch(tx, form.id)?.ok_or(ServiceError::NotFound)?;
        let (enrolment, permit) = reach(tx, actor, proposal.person, now)?.ok_or(ServiceError::NotFound)?;
        let kept = Some(reason.as_str()).filter(|_| !form.take);
        storage::first_day::decide(tx, &permit, form.id, form.take, kept).map_err(stale)?;
        if form.take {
            storage::people::update_photo(tx, &permit, proposal.person, proposal.file)?;
        }
        let word = if form.take { "taken" } else { "refused" };
        let mut row = students::about(&permit, Action::ChangePhoto, &enrolment, word);
        row.action = "decide_photo".to_owned();
        row.reason = kept.map(str::to_owned);
        storage::audit::append(tx, &row)?;
        Ok(())
    })
    .await
}
