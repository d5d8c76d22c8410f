//! Correcting who a person is, on a ground; the identity of the day of registration stays frozen.

use base::{
    identity::Tckn,
    text,
    time::{Date, parse_date_tr},
};
use domain::{
    ledger::{Draft, Ground, GroundKind, LedgerKind, Subject},
    people::{Identity, Sex},
};
use serde_json::json;

use super::{about, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
};

/// The identity form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeIdentity {
    /// Student number.
    pub number: String,
    /// Identity number; empty keeps the one there is.
    pub identity_no: String,
    /// Given name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Day of birth as typed.
    pub birth_date: String,
    /// Place of birth.
    pub birth_place: String,
    /// Country code of the nationality.
    pub nationality: String,
    /// What the change rests on.
    pub ground: GroundKind,
    /// Reference of the ground, e.g. number of the court's ruling.
    pub ground_ref: String,
    /// Day of the ground's paper as typed.
    pub ground_on: String,
    /// Why, in words.
    pub reason: String,
    /// Version of the person that the form was opened with.
    pub version: i64,
}

/// Grounds on which an identity may change.
pub const GROUNDS: &[GroundKind] =
    &[GroundKind::IdentityPaper, GroundKind::CourtRuling, GroundKind::Correction];

/// Replaces a person's identity as now. The entry in the person's ledger names which fields changed
/// and on what ground; the former values stand in its personal text.
///
/// # Errors
/// [`ServiceError::Invalid`] with the fields to mend, [`ServiceError::Stale`] when somebody was faster.
pub async fn change_identity(office: &Office, actor: &Actor, form: ChangeIdentity) -> Result<()> {
    let now = office.now();
    let today = office.today();
    let random = office.random.clone();
    let actor = actor.clone();
    office
        .db
        .write(move |tx| -> Result<()> {
            let (enrolment, permit) = locate(tx, &actor, Action::ChangeIdentity, &form.number, now)?;
            let person = storage::people::fetch(tx, enrolment.person)?.ok_or(ServiceError::NotFound)?;
            let (who, ground) = check(&form, &person.identity, today)?;
            if person.version != form.version {
                return Err(ServiceError::Stale);
            }
            if let Some(number) = &who.identity_no
                && storage::people::find_by_identity_no(tx, number)?
                    .is_some_and(|other| other != enrolment.person)
            {
                return Err(ServiceError::field("identity_no", "identity-taken"));
            }
            let changed = differences(&person.identity, &who);
            if changed.is_empty() {
                return Err(ServiceError::field("given_name", "nothing-changed"));
            }
            let former = json!({
                "given_name": person.identity.given_name, "surname": person.identity.surname,
                "identity_no": person.identity.identity_no.as_ref().map(Tckn::reveal),
                "sex": person.identity.sex, "birth_date": person.identity.birth_date.to_string(),
                "birth_place": person.identity.birth_place, "nationality": person.identity.nationality,
                "reason": form.reason.trim(),
            });
            let draft = Draft {
                subject: Subject::from(enrolment.person),
                kind: LedgerKind::IdentityChanged,
                effective_on: today,
                status_after: None,
                ground,
                payload: json!({ "fields": changed }),
                text: Some(former.to_string()),
                reverses: None,
            };
            storage::ledger::append(tx, &permit, &draft, random.as_ref())?;
            storage::people::update_identity(tx, &permit, enrolment.person, form.version, &who)?;
            storage::search::refresh_person(tx, &permit, enrolment.person)?;
            storage::audit::append(
                tx,
                &about(&permit, Action::ChangeIdentity, &enrolment, changed.join(" ")),
            )?;
            Ok(())
        })
        .await
}

fn differences(was: &Identity, is: &Identity) -> Vec<&'static str> {
    [
        ("identity_no", was.identity_no != is.identity_no),
        ("given_name", was.given_name != is.given_name),
        ("surname", was.surname != is.surname),
        ("sex", was.sex != is.sex),
        ("birth_date", was.birth_date != is.birth_date),
        ("birth_place", was.birth_place != is.birth_place),
        ("nationality", was.nationality != is.nationality),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}

fn check(form: &ChangeIdentity, was: &Identity, today: Date) -> Result<(Identity, Ground)> {
    let mut wrong = Vec::new();
    let mut name = |field, typed: &str| {
        let clean = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if clean.is_empty() {
            wrong.push(FieldError::new(field, "required"));
        } else if clean.chars().count() > 100 {
            wrong.push(FieldError::new(field, "too-long").with("max", "100"));
        } else if clean.chars().any(|c| c.is_ascii_digit() || "=<>@{}[]|;\"".contains(c)) {
            wrong.push(FieldError::new(field, "name-letters"));
        }
        clean
    };
    let given_name = text::title_tr(&name("given_name", &form.given_name));
    let surname = text::upper_tr(&name("surname", &form.surname));
    let birth_place = name("birth_place", &form.birth_place);
    let identity_no = match form.identity_no.trim() {
        "" => was.identity_no,
        typed => match Tckn::parse(typed) {
            Ok(number) => Some(number),
            Err(error) => {
                wrong.push(FieldError::new("identity_no", "identity-wrong").with("why", error.to_string()));
                None
            }
        },
    };
    let birth_date = parse_date_tr(&form.birth_date).filter(|day| *day < today && day.year() > 1900);
    if birth_date.is_none() {
        wrong.push(FieldError::new("birth_date", "date-form"));
    }
    if form.sex.is_none() {
        wrong.push(FieldError::new("sex", "required"));
    }
    let nationality = text::upper_tr(form.nationality.trim());
    if nationality.len() != 2 || !nationality.bytes().all(|b| b.is_ascii_uppercase()) {
        wrong.push(FieldError::new("nationality", "country-code"));
    }
    if !GROUNDS.contains(&form.ground) {
        wrong.push(FieldError::new("ground", "ground-kind"));
    }
    let ground =
        super::change_status::check_ground(form.ground, &form.ground_ref, &form.ground_on, today, &mut wrong);
    if form.reason.trim().is_empty() {
        wrong.push(FieldError::new("reason", "required"));
    }
    match (birth_date, form.sex, ground) {
        (Some(birth_date), Some(sex), Some(ground)) if wrong.is_empty() => Ok((
            Identity { identity_no, given_name, surname, sex, birth_date, birth_place, nationality },
            ground,
        )),
        _ => Err(ServiceError::Invalid(wrong)),
    }
}
