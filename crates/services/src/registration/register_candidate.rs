//! Registering a candidate, provisionally or finally, and completing a provisional registration.

use std::sync::Arc;

use base::{
    ids::{CandidateId, EnrolmentId, JobId},
    random::Randomness,
    time::{Date, date_tr, parse_date_tr},
};
use domain::{
    enrolments::{EnrolmentStatus, LinkKind},
    ledger::{Draft, Ground, GroundKind, LedgerKind, Subject},
    registration::{CandidateState, FeeState, ListOrigin, NumberScheme, SchemeError, SeriesFacts},
};
use regulations::{EntryField, Finding, Findings, Verdict};
use serde_json::json;
use storage::{
    Permit, Reader, StorageError, Tx,
    audit::AuditRow,
    candidates::{Candidate, Step},
    enrolments::NewEnrolment,
    ledger::told,
    people::Contact,
    placements::List,
    registrations::{Fee, TakenNumber},
};

use super::{
    about,
    binding::class_of,
    desk::{Desk, DeskFile, identity_of},
    former_enrolment, hold,
    show_notice::version_on,
};
use crate::{
    Office, accounts,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    students::write_note::stale,
};

/// What the clerk notes of the fee.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FeeForm {
    /// What became of it; must be said.
    pub state: Option<FeeState>,
    /// How much was paid, as typed: `1.234,50`; may stay empty.
    pub amount: String,
    /// Number of the receipt, or the reason of an exemption.
    pub receipt: String,
    /// Day of the receipt as typed.
    pub paid_on: String,
}

/// The desk's form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisterCandidate {
    /// Who.
    pub candidate: CandidateId,
    /// Version that the page was opened with.
    pub version: i64,
    /// Finally, or provisionally until a day.
    pub provisional: bool,
    /// Last day of a provisional registration as typed; empty takes the day of the rules.
    pub until: String,
    /// The fee.
    pub fee: FeeForm,
    /// Whether the data-protection notice was read.
    pub notice_read: bool,
    /// What the clerk looked at where a check leaves it to a person.
    pub decision: String,
    /// Key of the form, so that a double click registers once.
    pub idempotency_key: Option<String>,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Registered {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Its student number.
    pub number: String,
    /// Where the candidate stands now.
    pub state: CandidateState,
    /// What the checks said, warnings among it.
    pub findings: Findings,
    /// Whether this is the answer to an earlier click.
    pub is_repeated: bool,
}

/// Registers a candidate: person, enrolment, number, status with its ground, account and papers in one transaction.
/// A provisional registration that is completed keeps its number; its status becomes active.
///
/// # Errors
/// [`ServiceError::Refused`] with every check; [`ServiceError::Invalid`] for fee, notice, day or decision;
/// [`ServiceError::Stale`] when another desk was faster.
///
/// # Legal basis
/// KYT-01 to KYT-05; the articles stand with the findings.
pub async fn register_candidate(
    office: &Office,
    actor: &Actor,
    form: RegisterCandidate,
) -> Result<Registered> {
    let now = office.now();
    let random = office.random.clone();
    let (actor, mut desk) = (actor.clone(), Desk::open(office));
    office
        .db
        .write(move |tx| -> Result<Registered> {
            let (candidate, permit) = hold(tx, &actor, Action::RegisterCandidates, form.candidate, now)?;
            if let Some(done) = first_click(tx, &permit, &form, &candidate)? {
                return Ok(done);
            }
            let done = register_in(tx, &permit, &mut desk, &candidate, &form, random.as_ref())?;
            if let Some(key) = &form.idempotency_key {
                storage::idempotency::remember(tx, &permit, key, &format!("registration {}", candidate.id))?;
            }
            Ok(done)
        })
        .await
}

/// Registers a candidate inside a transaction, on the desk's day.
///
/// # Errors
/// As [`register_candidate()`].
pub(crate) fn register_in(
    tx: &Tx<'_>,
    permit: &Permit,
    desk: &mut Desk,
    candidate: &Candidate,
    form: &RegisterCandidate,
    random: &dyn Randomness,
) -> Result<Registered> {
    if candidate.version != form.version {
        return Err(ServiceError::Stale);
    }
    let file = desk.look(tx, candidate)?;
    let book = Arc::clone(&desk.book);
    let shown = version_on(&book, desk.today);
    let (fee, until) = check(form, &file, desk.today, shown)?;
    let notice = shown.filter(|_| form.notice_read).unwrap_or_default();
    let decision = form.decision.trim();
    let order = Enrolling { provisional_until: until, fee, notice, decision, job: None };
    if candidate.state == CandidateState::Provisional {
        complete(tx, permit, candidate, file, &order, desk.today, random)
    } else {
        enrol(tx, permit, desk, candidate, file, &order, random)
    }
}

fn first_click(
    db: &Reader<'_>,
    permit: &Permit,
    form: &RegisterCandidate,
    candidate: &Candidate,
) -> Result<Option<Registered>> {
    let Some(key) = &form.idempotency_key else { return Ok(None) };
    let Some(result) = storage::idempotency::recall(db, permit.account(), key)? else { return Ok(None) };
    let number = match candidate.enrolment {
        Some(id) if result == format!("registration {}", candidate.id) => {
            storage::enrolments::fetch(db, id)?.map(|enrolment| (id, enrolment.number))
        }
        _ => None,
    };
    match number {
        Some((enrolment, number)) => Ok(Some(Registered {
            enrolment,
            number,
            state: candidate.state,
            findings: Findings::new(),
            is_repeated: true,
        })),
        None => Err(ServiceError::field("idempotency_key", "key-used")),
    }
}

/// The checks and the form together: what may be written.
fn check(
    form: &RegisterCandidate,
    file: &DeskFile,
    today: Date,
    notice: Option<&str>,
) -> Result<(Fee, Option<Date>)> {
    let assessment = &file.assessment;
    let allowed = if form.provisional { assessment.may_provisionally } else { assessment.may_register };
    if !allowed {
        return Err(ServiceError::Refused(Box::new(assessment.findings.clone())));
    }
    let mut wrong = Vec::new();
    let decision = form.decision.trim();
    if decision.chars().count() > 500 {
        wrong.push(FieldError::new("decision", "too-long").with("max", "500"));
    }
    if assessment.findings.needs_human() && decision.is_empty() {
        wrong.push(FieldError::new("decision", "decision-needed"));
    }
    if !form.provisional && !form.notice_read {
        wrong.push(FieldError::new("notice_read", "notice-unread"));
    }
    // Nobody has read what nobody could show.
    if form.notice_read && notice.is_none() {
        wrong.push(FieldError::new("notice_read", "notice-none"));
    }
    let until = if form.provisional { provisional_until(form, file, today, &mut wrong) } else { None };
    let fee = read_fee(&form.fee, form.provisional, today, &mut wrong);
    match fee {
        Some(fee) if wrong.is_empty() => Ok((fee, until)),
        _ => Err(ServiceError::Invalid(wrong)),
    }
}

fn provisional_until(
    form: &RegisterCandidate,
    file: &DeskFile,
    today: Date,
    wrong: &mut Vec<FieldError>,
) -> Option<Date> {
    let typed = form.until.trim();
    let until = if typed.is_empty() { file.assessment.provisional_until } else { parse_date_tr(typed) };
    match until {
        None if typed.is_empty() => wrong.push(FieldError::new("until", "provisional-day-unknown")),
        None => wrong.push(FieldError::new("until", "date-form")),
        Some(day) if day < today => wrong.push(FieldError::new("until", "in-past")),
        Some(day) => {
            if let Some(last) = file.assessment.provisional_until.filter(|last| day > *last) {
                wrong.push(FieldError::new("until", "after-last-day").with("last", date_tr(last)));
            }
        }
    }
    until
}

/// Reads what was noted of the fee; complaints go to `wrong`.
pub(super) fn read_fee(
    form: &FeeForm,
    provisional: bool,
    today: Date,
    wrong: &mut Vec<FieldError>,
) -> Option<Fee> {
    let receipt = form.receipt.split_whitespace().collect::<Vec<_>>().join(" ");
    if receipt.chars().count() > 100 {
        wrong.push(FieldError::new("fee_receipt", "too-long").with("max", "100"));
    }
    let Some(state) = form.state else {
        wrong.push(FieldError::new("fee_state", "required"));
        return None;
    };
    match state {
        FeeState::Owed if !provisional => wrong.push(FieldError::new("fee_state", "fee-owed")),
        FeeState::Paid | FeeState::Exempt if receipt.is_empty() => {
            wrong.push(FieldError::new("fee_receipt", "required"));
        }
        _ => {}
    }
    let amount = match form.amount.trim() {
        "" => None,
        typed => {
            let kurus = read_kurus(typed);
            if kurus.is_none() {
                wrong.push(FieldError::new("fee_amount", "money-form"));
            }
            kurus
        }
    };
    let paid_on = match form.paid_on.trim() {
        "" => None,
        typed => {
            let day = parse_date_tr(typed).filter(|day| *day <= today);
            if day.is_none() {
                wrong.push(FieldError::new("fee_on", "date-form"));
            }
            day
        }
    };
    Some(Fee { state, amount, receipt, paid_on })
}

/// `1.234,50` in kuruş.
fn read_kurus(typed: &str) -> Option<i64> {
    let (lira, kurus) = typed.split_once(',').unwrap_or((typed, "0"));
    let lira: String = lira.chars().filter(|c| *c != '.').collect();
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(&lira, 9) || !digits(kurus, 2) {
        return None;
    }
    let cents: i64 = format!("{kurus:0<2}").parse().ok()?;
    Some(lira.parse::<i64>().ok()? * 100 + cents)
}

/// How a candidate is enrolled.
pub(crate) struct Enrolling<'a> {
    /// Provisionally until this day; finally where there is none.
    pub(crate) provisional_until: Option<Date>,
    pub(crate) fee: Fee,
    /// Version of the notice that was read; empty where it was not.
    pub(crate) notice: &'a str,
    /// What a person decided where a check asked for one.
    pub(crate) decision: &'a str,
    /// The bulk registration.
    pub(crate) job: Option<JobId>,
}

/// Writes everything that a registration is. The checks are the caller's.
///
/// # Errors
/// [`ServiceError::Refused`] when no number can be given; [`ServiceError::Stale`] when another desk was faster.
pub(crate) fn enrol(
    tx: &Tx<'_>,
    permit: &Permit,
    desk: &mut Desk,
    candidate: &Candidate,
    file: DeskFile,
    order: &Enrolling<'_>,
    random: &dyn Randomness,
) -> Result<Registered> {
    let (done, trail) = enrol_without_trail(tx, permit, desk, candidate, file, order, random)?;
    storage::audit::append_all(tx, &trail)?;
    Ok(done)
}

/// As [`enrol`]; the rows of the audit log come back and must be written in the same transaction. Whoever registers
/// many writes the rows of all of them at once.
///
/// # Errors
/// As [`enrol`].
pub(crate) fn enrol_without_trail(
    tx: &Tx<'_>,
    permit: &Permit,
    desk: &mut Desk,
    candidate: &Candidate,
    file: DeskFile,
    order: &Enrolling<'_>,
    random: &dyn Randomness,
) -> Result<(Registered, Vec<AuditRow>)> {
    let (data, today) = (&candidate.data, desk.today);
    let mut findings = file.assessment.findings;
    let Some(curriculum) = file.curriculum else { return Err(ServiceError::Refused(Box::new(findings))) };
    let taken = number_for(tx, permit, desk, candidate, &mut findings)?;
    let list = desk.list(tx, candidate.list.0)?;
    let ground = ground_of(candidate, list)?;
    let identity = identity_of(data);
    let person = match file.person {
        Some(person) => person,
        None => {
            let person = storage::people::insert(tx, permit, &identity).map_err(known_meanwhile)?;
            let draft = Draft {
                subject: Subject::from(person),
                kind: LedgerKind::PersonRegistered,
                effective_on: today,
                status_after: None,
                ground: ground.clone(),
                payload: json!({}),
                text: Some(told::registered_text(&identity)),
                reverses: None,
            };
            storage::ledger::open(tx, permit, &draft, random)?;
            person
        }
    };
    save_contact(tx, permit, candidate, person, file.person.is_none())?;
    let new = NewEnrolment {
        person,
        number: taken.number.clone(),
        programme: data.programme,
        curriculum,
        entry_kind: data.entry_kind,
        entry_year: data.year,
        entered_on: today,
        class_year: class_of(data),
        advisor: desk.next_advisor(tx, data.programme, data.year)?,
        ends_on: data.ends_on,
    };
    let enrolment = storage::enrolments::insert(tx, permit, &new)?;
    storage::registrations::record_number(tx, permit, &taken, enrolment)?;
    let status = match order.provisional_until {
        Some(_) => EnrolmentStatus::Provisional,
        None => EnrolmentStatus::Active,
    };
    let payload = serde_json::from_str(&told::enrolled_payload(&new, &[]))
        .map_err(|e| StorageError::Decode { column: "payload".to_owned(), found: e.to_string() })?;
    let draft = Draft {
        subject: Subject::from(enrolment),
        kind: LedgerKind::Enrolled,
        effective_on: today,
        status_after: Some(status),
        ground: ground.clone(),
        payload,
        text: Some(order.decision.to_owned()).filter(|words| !words.is_empty()),
        reverses: None,
    };
    let first = storage::ledger::open(tx, permit, &draft, random)?;
    link_to_main(tx, permit, desk, candidate, enrolment, &ground, random)?;
    storage::ledger::settle_first_status(tx, permit, enrolment, first, status, today)?;
    match file.person {
        Some(_) => storage::search::refresh(tx, permit, enrolment)?,
        None => storage::search::add(tx, permit, enrolment, &identity.given_name, &identity.surname)?,
    }
    let state = match order.provisional_until {
        Some(_) => CandidateState::Provisional,
        None => CandidateState::Registered,
    };
    let step = Step {
        state,
        reason: order.decision.to_owned(),
        enrolment: Some(enrolment),
        provisional_until: order.provisional_until,
    };
    storage::candidates::step(tx, permit, candidate.id, candidate.version, &step).map_err(stale)?;
    if !file.held.is_empty() {
        storage::papers::follow_candidate(tx, permit, candidate.id, Some(enrolment))?;
    }
    storage::registrations::insert(tx, permit, enrolment, candidate.id, &order.fee, order.notice, order.job)?;
    let mut trail = match file.person {
        Some(_) => {
            accounts::ensure_student_account(tx, permit, person, today)?;
            Vec::new()
        }
        None => accounts::open_account_of_new_student(
            tx,
            permit,
            person,
            &identity.full_name(),
            &taken.number,
            today,
        )?,
    };
    if let (Some(former), None) = (&file.former, order.provisional_until) {
        let row = former_enrolment::end(tx, permit, former, enrolment, &ground, today, random)?;
        trail.push(row);
        accounts::follow_studies(tx, permit, person, today)?;
    }
    let act = if order.provisional_until.is_some() { "register_provisionally" } else { "register_candidate" };
    let mut row = about(permit, act, candidate, format!("number={}", taken.number));
    row.person = Some(person);
    row.reason = Some(order.decision.to_owned()).filter(|words| !words.is_empty());
    trail.push(row);
    Ok((Registered { enrolment, number: taken.number, state, findings, is_repeated: false }, trail))
}

/// Another desk registered another place of the same person at the same moment.
fn known_meanwhile(error: StorageError) -> ServiceError {
    match error {
        StorageError::Constraint { .. } => ServiceError::Stale,
        other => other.into(),
    }
}

/// The scheme of a candidate's number and the series of it; a finding where none can be given. `warnings` learns of a
/// scheme that nobody has read.
///
/// # Errors
/// The database's.
pub(super) fn series_of(
    db: &Reader<'_>,
    desk: &mut Desk,
    candidate: &Candidate,
    warnings: &mut Findings,
) -> Result<std::result::Result<(NumberScheme, String), Finding>> {
    let (data, when) = (&candidate.data, desk.when(&candidate.data));
    let group = desk.book.number_group(data.entry_kind.code(), when);
    let found = desk.book.number_scheme(group.value.unwrap_or("regular"), when);
    let Some(pattern) = found.value else {
        let why = found.citation.to_string();
        return Ok(Err(Finding::new(Verdict::Refuses, "number-scheme-missing").value("why", why)));
    };
    if !found.citation.mark.is_verified() {
        let unsure = Finding::new(Verdict::Warns, "number-scheme-unverified").value("pattern", pattern);
        warnings.push(Finding { citation: Some((*found.citation).clone()), ..unsure });
    }
    let scheme = match NumberScheme::parse(pattern) {
        Ok(scheme) => scheme,
        Err(error) => return Ok(Err(not_given(&error))),
    };
    let (programme_code, unit_code) = desk.yoksis_codes(db, data.programme)?;
    let facts = SeriesFacts { year: data.year, programme_code: &programme_code, unit_code: &unit_code };
    Ok(scheme.series(facts).map(|series| (scheme, series)).map_err(|error| not_given(&error)))
}

fn not_given(error: &SchemeError) -> Finding {
    let refused = |code: &str| Finding::new(Verdict::Refuses, code);
    match error {
        SchemeError::NoProgrammeCode { digits } => {
            refused("number-no-programme-code").value("digits", digits.to_string())
        }
        SchemeError::NoUnitCode { digits } => {
            refused("number-no-unit-code").value("digits", digits.to_string())
        }
        SchemeError::Full { series } => refused("number-series-full").value("series", series.clone()),
        // A pattern of the rule book that is none.
        SchemeError::UnknownPart(_)
        | SchemeError::NotADigit(_)
        | SchemeError::Serial
        | SchemeError::TooLong => refused("number-scheme-broken"),
    }
}

/// The next number by the scheme of the institution.
fn number_for(
    tx: &Tx<'_>,
    permit: &Permit,
    desk: &mut Desk,
    candidate: &Candidate,
    findings: &mut Findings,
) -> Result<TakenNumber> {
    let refused = |findings: &Findings, why: Finding| {
        let mut all = findings.clone();
        all.push(why);
        ServiceError::Refused(Box::new(all))
    };
    let (scheme, series) = series_of(tx, desk, candidate, findings)?.map_err(|why| refused(findings, why))?;
    storage::registrations::take_number(tx, permit, &scheme, &series)?
        .map_err(|error| refused(findings, not_given(&error)))
}

/// What a registration rests on: the place on the list, or what the form names.
pub(crate) fn ground_of(candidate: &Candidate, list: Option<List>) -> Result<Ground> {
    let data = &candidate.data;
    let row = candidate.list.1;
    let list = list.ok_or(ServiceError::NotFound)?;
    if list.origin == ListOrigin::Form {
        for (field, kind) in [
            (EntryField::Decision, GroundKind::BoardDecision),
            (EntryField::Law, GroundKind::Law),
            (EntryField::Agreement, GroundKind::Placement),
        ] {
            if let Some(reference) = data.details.field(field) {
                return Ok(Ground::new(kind, reference));
            }
        }
    }
    Ok(Ground::new(GroundKind::Placement, format!("{} {}, satır {row}", data.year, list.name)))
}

fn save_contact(
    tx: &Tx<'_>,
    permit: &Permit,
    candidate: &Candidate,
    person: base::ids::PersonId,
    is_new: bool,
) -> Result<()> {
    let data = &candidate.data;
    let before = if is_new { Contact::default() } else { storage::people::fetch_contact(tx, person)? };
    let filled =
        |new: &str, old: Option<String>| old.or_else(|| Some(new.to_owned()).filter(|s| !s.is_empty()));
    let contact = Contact {
        email: filled(&data.email, before.email.clone()),
        phone: filled(&data.phone, before.phone.clone()),
        address: filled(&data.address, before.address.clone()),
        version: before.version,
    };
    match (contact != before, is_new) {
        (false, _) => {}
        (true, true) => storage::people::add_contact(tx, permit, person, &contact)?,
        (true, false) => storage::people::save_contact(tx, permit, person, &contact)?,
    }
    Ok(())
}

/// Hangs a double major or minor on its main enrolment.
fn link_to_main(
    tx: &Tx<'_>,
    permit: &Permit,
    desk: &Desk,
    candidate: &Candidate,
    enrolment: EnrolmentId,
    ground: &Ground,
    random: &dyn Randomness,
) -> Result<()> {
    let data = &candidate.data;
    let link = desk.book.entry_rule(data.entry_kind.code(), desk.when(data)).value;
    let link = link.and_then(|rule| rule.link.as_deref()).and_then(LinkKind::from_code);
    let (Some(kind), Some(main)) = (link, data.main) else { return Ok(()) };
    let draft = Draft {
        subject: Subject::from(enrolment),
        kind: LedgerKind::Linked,
        effective_on: desk.today,
        status_after: None,
        ground: ground.clone(),
        payload: json!({ "kind": kind, "main": main.get() }),
        text: None,
        reverses: None,
    };
    storage::ledger::append(tx, permit, &draft, random)?;
    storage::enrolments::link(tx, permit, enrolment, 1, Some((kind, main))).map_err(stale)
}

/// Makes a provisional registration final.
fn complete(
    tx: &Tx<'_>,
    permit: &Permit,
    candidate: &Candidate,
    file: DeskFile,
    order: &Enrolling<'_>,
    today: Date,
    random: &dyn Randomness,
) -> Result<Registered> {
    let id = candidate.enrolment.ok_or(ServiceError::NotFound)?;
    let enrolment = storage::enrolments::fetch(tx, id)?.ok_or(ServiceError::NotFound)?;
    if enrolment.status != EnrolmentStatus::Provisional {
        return Err(ServiceError::Stale);
    }
    let draft = Draft {
        subject: Subject::from(id),
        kind: LedgerKind::StatusChanged,
        effective_on: today,
        status_after: Some(EnrolmentStatus::Active),
        ground: ground_of(candidate, storage::placements::fetch(tx, candidate.list.0)?)?,
        payload: json!({ "from": EnrolmentStatus::Provisional.code() }),
        text: Some(order.decision.to_owned()).filter(|words| !words.is_empty()),
        reverses: None,
    };
    storage::ledger::append(tx, permit, &draft, random)?;
    storage::ledger::settle_status(tx, permit, id)?;
    storage::search::refresh(tx, permit, id)?;
    let step = Step {
        state: CandidateState::Registered,
        reason: order.decision.to_owned(),
        enrolment: Some(id),
        provisional_until: None,
    };
    storage::candidates::step(tx, permit, candidate.id, candidate.version, &step).map_err(stale)?;
    storage::registrations::complete(tx, permit, id, &order.fee, order.notice).map_err(stale)?;
    if let Some(former) = &file.former {
        let ended = former_enrolment::end(tx, permit, former, id, &draft.ground, today, random)?;
        storage::audit::append(tx, &ended)?;
    }
    accounts::ensure_student_account(tx, permit, enrolment.person, today)?;
    let mut row = about(permit, "complete_registration", candidate, format!("number={}", enrolment.number));
    row.person = Some(enrolment.person);
    storage::audit::append(tx, &row)?;
    Ok(Registered {
        enrolment: id,
        number: enrolment.number,
        state: CandidateState::Registered,
        findings: file.assessment.findings,
        is_repeated: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_it_is_written_here() {
        for (typed, kurus) in [("1.234,50", 123_450), ("250", 25_000), ("0,5", 50), ("12,05", 1205)] {
            assert_eq!(read_kurus(typed), Some(kurus), "{typed}");
        }
        for typed in ["", "12.5,123", "-3", "1,", "on", "9999999999"] {
            assert_eq!(read_kurus(typed), None, "{typed}");
        }
    }
}
