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
use storage::{audit::AuditRow, ledger::told};

use super::{about, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
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
/// and on what ground; the former values and the new ones stand in its personal text.
///
/// # Errors
/// [`ServiceError::Invalid`] with the fields to mend, [`ServiceError::Stale`] when somebody was faster.
pub async fn change_identity(office: &Office, actor: &Actor, form: ChangeIdentity) -> Result<()> {
    let now = office.now();
    let today = office.today();
    let random = office.random.clone();
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (enrolment, permit) = locate(tx, actor, Action::ChangeIdentity, &form.number, now)?;
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
        let changed = told::identity_differences(&person.identity, &who);
        if changed.is_empty() {
            return Err(ServiceError::field("given_name", "nothing-changed"));
        }
        let text = told::identity_changed_text(&person.identity, &who, Some(form.reason.trim()));
        let draft = Draft {
            subject: Subject::from(enrolment.person),
            kind: LedgerKind::IdentityChanged,
            effective_on: today,
            status_after: None,
            ground,
            payload: json!({ "fields": changed }),
            text: Some(text),
            reverses: None,
        };
        storage::ledger::append(tx, &permit, &draft, random.as_ref())?;
        storage::people::update_identity(tx, &permit, enrolment.person, form.version, &who)?;
        storage::search::refresh_person(tx, &permit, enrolment.person)?;
        let row = AuditRow {
            reason: Some(form.reason.trim().to_owned()),
            ..about(&permit, Action::ChangeIdentity, &enrolment, changed.join(" "))
        };
        storage::audit::append(tx, &row)?;
        Ok(())
    })
    .await
}

fn check(form: &ChangeIdentity, was: &Identity, today: Date) -> Result<(Identity, Ground)> {
    let mut wrong = Vec::new();
    let mut name = |field, typed: &str| {
        let clean = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if clean.is_empty() {
            wrong.push(FieldError::new(field, "required"));
        } else if clean.chars().count() > 100 {
            wrong.push(FieldError::new(field, "too-long").with("max", "100"));
        } else if let Some(character) = text::first_not_in_a_name(&clean) {
            wrong.push(FieldError::not_in_a_name(field, character));
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
                wrong.push(FieldError::identity("identity_no", error));
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
    let nationality = text::upper_code(form.nationality.trim());
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

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 23);

    fn was() -> Identity {
        Identity {
            identity_no: None,
            given_name: "Işıl".to_owned(),
            surname: "IŞIK".to_owned(),
            sex: Sex::Female,
            birth_date: Date::constant(2005, 3, 14),
            birth_place: "Iğdır".to_owned(),
            nationality: "TR".to_owned(),
        }
    }

    fn form(given_name: &str, surname: &str, birth_place: &str) -> ChangeIdentity {
        ChangeIdentity {
            number: "240010001".to_owned(),
            identity_no: String::new(),
            given_name: given_name.to_owned(),
            surname: surname.to_owned(),
            sex: Some(Sex::Female),
            birth_date: "14.03.2005".to_owned(),
            birth_place: birth_place.to_owned(),
            nationality: "TR".to_owned(),
            ground: GroundKind::CourtRuling,
            ground_ref: "2026/17 E.".to_owned(),
            ground_on: "02.11.2026".to_owned(),
            reason: "Soyadı düzeltildi".to_owned(),
            version: 1,
        }
    }

    #[test]
    fn names_of_every_script_are_taken() {
        let cases = [
            ("ışıl nur", "öğüt-şentürk", "Merkez (Çankırı)"),
            ("Zoë", "O’Brien", "Cork"),
            ("Нұрсұлтан", "Əliyev", "Bakı"),
            ("小龙", "李", "北京"),
        ];
        for (given_name, surname, birth_place) in cases {
            let taken = check(&form(given_name, surname, birth_place), &was(), TODAY);
            assert!(taken.is_ok(), "{given_name} {surname}: {taken:?}");
        }
        let (who, _) = check(&form(" ışıl  nur ", "öğüt", "Iğdır"), &was(), TODAY).expect("an identity");
        assert_eq!((who.given_name.as_str(), who.surname.as_str()), ("Işıl Nur", "ÖĞÜT"));
    }

    #[test]
    fn a_character_that_no_name_has_is_named() {
        let wrong = |given_name: &str, surname: &str, birth_place: &str| match check(
            &form(given_name, surname, birth_place),
            &was(),
            TODAY,
        ) {
            Err(ServiceError::Invalid(errors)) => errors,
            other => panic!("{other:?}"),
        };
        // Control, private use, unassigned, and what turns the writing direction around.
        for (character, code) in [
            ('\u{7}', "U+0007"),
            ('\u{e000}', "U+E000"),
            ('\u{378}', "U+0378"),
            ('\u{202e}', "U+202E"),
            ('\u{2067}', "U+2067"),
        ] {
            let name = format!("Ay{character}şe");
            for (field, errors) in [
                ("given_name", wrong(&name, "IŞIK", "Iğdır")),
                ("surname", wrong("Işıl", &name, "Iğdır")),
                ("birth_place", wrong("Işıl", "IŞIK", &name)),
            ] {
                let expected = FieldError::new(field, "name-character").with("code", code);
                assert_eq!(errors, [expected], "{code}");
            }
        }
        assert_eq!(wrong("Ay5e", "IŞIK", "Iğdır"), [FieldError::new("given_name", "name-letters")]);
        assert_eq!(wrong("Işıl", "=1+1", "Iğdır"), [FieldError::new("surname", "name-letters")]);
    }
}
