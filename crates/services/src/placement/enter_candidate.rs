//! One candidate, typed into a form: ways of entry that come without a list.

use std::collections::BTreeMap;

use base::{
    ids::{CandidateId, UnitId},
    lang::Lang,
    time::Date,
};
use domain::{enrolments::EntryKind, people::Sex, registration::ListOrigin};
use regulations::{Arrival, Book, EntryField, EntryRule, When};
use storage::{
    Reader, StorageError,
    audit::AuditRow,
    candidates::{CandidateData, Sight},
    placements::{CodedProgramme, NewList},
};

use super::{
    candidate_form::{self, Place, fields_of},
    rows::fingerprint,
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
    registration::sight,
};

/// The form for one candidate.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EnterCandidate {
    /// Way of entry.
    pub kind: Option<EntryKind>,
    /// Year of entry.
    pub year: i32,
    /// Code of the programme.
    pub programme: String,
    /// Given name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// Name of the father; may be empty.
    pub father_name: String,
    /// Name of the mother; may be empty.
    pub mother_name: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Day of birth as typed.
    pub birth_date: String,
    /// Place of birth; may be empty.
    pub birth_place: String,
    /// Two-letter country code; empty is Türkiye.
    pub nationality: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Postal address; may be empty.
    pub address: String,
    /// Whether the preparatory class comes first.
    pub needs_preparatory: bool,
    /// Fields of the way of entry as typed, by the codes of [`EntryField`].
    pub fields: BTreeMap<String, String>,
    /// Key of the form, so that a double click enters once.
    pub idempotency_key: Option<String>,
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entered {
    /// The candidate.
    pub id: CandidateId,
    /// Whether this is the answer to an earlier click.
    pub is_repeated: bool,
}

/// What the form of a way of entry asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryForm {
    /// Fields, each with whether it must be filled in.
    pub fields: Vec<(EntryField, bool)>,
    /// Programmes that the actor may place somebody in.
    pub programmes: Vec<CodedProgramme>,
}

/// The moment whose rules count for an entry in `year`.
pub(super) fn when(today: Date, year: i32) -> When {
    When { on: today, entry_year: i16::try_from(year).unwrap_or(today.year()) }
}

fn rule_of(book: &Book, kind: EntryKind, when: When) -> Option<&EntryRule> {
    book.entry_rule(kind.code(), when).value.filter(|rule| rule.arrivals.contains(&Arrival::Form))
}

/// The full name of a way of entry, as registers of the office write it.
fn name_of(book: &Book, kind: EntryKind, when: When) -> String {
    let rule = book.entry_rule(kind.code(), when).value;
    rule.map_or_else(|| kind.code().to_owned(), |rule| rule.name.name(Lang::Tr).to_owned())
}

/// Ways of entry whose candidates come one by one.
pub fn form_kinds(office: &Office) -> Vec<EntryKind> {
    let today = office.today();
    let when = when(today, i32::from(today.year()));
    EntryKind::ALL.iter().copied().filter(|kind| rule_of(&office.book, *kind, when).is_some()).collect()
}

/// What the form of a way of entry asks for.
///
/// # Errors
/// [`ServiceError::Forbidden`] for whoever may enter nobody; [`ServiceError::NotFound`] for a way of entry without a form.
pub async fn entry_form(office: &Office, actor: &Actor, kind: EntryKind, year: i32) -> Result<EntryForm> {
    let (now, today, actor) = (office.now(), office.today(), actor.clone());
    let moment = when(today, year);
    if rule_of(&office.book, kind, moment).is_none() {
        return Err(ServiceError::NotFound);
    }
    let fields = fields_of(&office.book, kind, moment);
    let seen: Sight = sight(&actor, Action::ImportPlacement, None);
    let programmes = office
        .db
        .read(move |db| -> Result<_> {
            authz::ask(db, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            Ok(storage::placements::coded_programmes(db, &seen, today)?)
        })
        .await?;
    Ok(EntryForm { fields, programmes: programmes.into_iter().filter(|p| p.in_sight).collect() })
}

/// Enters one candidate as a list of one, so that the desk treats him or her like everybody else.
///
/// # Errors
/// [`ServiceError::Invalid`] with the fields to mend, among them those that the way of entry demands; a place that the
/// same person has already is one.
pub async fn enter_candidate(office: &Office, actor: &Actor, form: EnterCandidate) -> Result<Entered> {
    let (now, today, actor) = (office.now(), office.today(), actor.clone());
    let book = office.book.clone();
    let entered = office.db.write(move |tx| -> Result<Entered> {
        let asked = authz::ask(tx, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
        if let Some(key) = &form.idempotency_key
            && let Some(result) = storage::idempotency::recall(tx, asked.account(), key)?
        {
            let id = result.strip_prefix("candidate ").and_then(|id| id.parse().ok()).map(CandidateId::new);
            let id = id.ok_or_else(|| ServiceError::field("idempotency_key", "key-used"))?;
            return Ok(Entered { id, is_repeated: true });
        }
        let (data, unit) = check(tx, &book, &form, today)?;
        let place = Resource::Programme { id: data.programme, unit };
        let permit = authz::ask(tx, &actor, Action::ImportPlacement, place, now)?;
        let kind_name = name_of(&book, data.entry_kind, when(today, data.year));
        let list = storage::placements::insert(
            tx,
            &permit,
            &NewList {
                entry_kind: data.entry_kind,
                year: data.year,
                origin: ListOrigin::Form,
                name: kind_name,
                sha256: None,
                rows: 1,
                added: 1,
                changed: 0,
                same: 0,
                faulty: 0,
                sound_only: false,
            },
        )?;
        let (kind, year, hash) = (data.entry_kind, data.year, fingerprint(&data));
        let ids = storage::candidates::insert(tx, &permit, list, &[(1, data, hash)])?;
        let id = ids.first().copied().ok_or(ServiceError::NotFound)?;
        if let Some(key) = &form.idempotency_key {
            storage::idempotency::remember(tx, &permit, key, &format!("candidate {id}"))?;
        }
        storage::audit::append(
            tx,
            &AuditRow {
                object_kind: "candidate",
                object: Some(id.get()),
                detail: format!("{} year={year}", kind.code()),
                ..AuditRow::by(&permit, "enter_candidate")
            },
        )?;
        Ok(Entered { id, is_repeated: false })
    });
    match entered.await {
        Err(ServiceError::Storage(StorageError::Constraint { constraint }))
            if constraint == "candidate_placed_once" =>
        {
            Err(ServiceError::field("programme", "placed-already"))
        }
        other => other,
    }
}

fn check(
    db: &Reader<'_>,
    book: &Book,
    form: &EnterCandidate,
    today: Date,
) -> Result<(CandidateData, UnitId)> {
    let Some(kind) = form.kind else { return Err(ServiceError::field("kind", "required")) };
    let this_year = i32::from(today.year());
    if !(this_year - 10..=this_year + 1).contains(&form.year) {
        return Err(ServiceError::field("year", "year-range"));
    }
    let when = when(today, form.year);
    let Some(rule) = rule_of(book, kind, when) else {
        return Err(ServiceError::field("kind", "kind-without-form"));
    };
    let found = storage::institution::programmes::find(db, form.programme.trim(), today)?;
    let unit = found.as_ref().map(|programme| programme.unit);
    let programme = found.map(|programme| programme.id).ok_or_else(|| {
        let code = if form.programme.trim().is_empty() { "required" } else { "unknown-programme" };
        FieldError::new("programme", code)
    });
    let place = Place { book, kind, rule, year: form.year, when, today, known: None };
    let data = candidate_form::read(db, &place, form, programme)?;
    Ok((data, unit.ok_or(ServiceError::NotFound)?))
}
