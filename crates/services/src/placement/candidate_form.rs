//! What is typed of one candidate: the form of the way of entry, read field by field.

use std::time::Duration;

use base::{
    identity::Tckn,
    ids::{EnrolmentId, PersonId, ProgrammeId},
    text::{first_not_in_a_name, title_tr, upper_code, upper_tr},
    time::{Date, parse_date_tr},
};
use domain::{
    enrolments::{EntryKind, LinkKind},
    people::Sex,
    registration::{Clearance, Clearances, EntryDetails},
};
use regulations::{Book, EntryField, EntryRule, Span, Stay, When};
use storage::{Reader, candidates::CandidateData};

use super::enter_candidate::EnterCandidate;
use crate::{
    error::{FieldError, Result, ServiceError},
    students::change_contact::{self, ChangeContact},
};

/// Characters of a name.
const NAME: usize = 100;
/// Characters of a field of the way of entry.
const TEXT: usize = 200;

/// The fields that a form shows: those of the rules without what the form asks in its own places.
pub(super) fn fields_of(book: &Book, kind: EntryKind, when: When) -> Vec<(EntryField, bool)> {
    let fields = book.entry_fields(kind.code(), when);
    let own = |field: &EntryField| *field != EntryField::Placement;
    fields
        .into_iter()
        .filter(|(field, _)| own(field))
        .map(|(f, rule)| (f, rule.value == Some(true)))
        .collect()
}

/// The place that the candidate of a form has, and what the rules say of it.
pub(super) struct Place<'b> {
    pub(super) book: &'b Book,
    pub(super) kind: EntryKind,
    pub(super) rule: &'b EntryRule,
    pub(super) year: i32,
    pub(super) when: When,
    pub(super) today: Date,
    /// What is known of the candidate already: what the form does not show stays.
    pub(super) known: Option<&'b CandidateData>,
}

/// A form's values, cleaned, with what is wrong with them.
struct Typed<'f> {
    form: &'f EnterCandidate,
    wrong: Vec<FieldError>,
}

impl Typed<'_> {
    fn name(&mut self, field: &'static str, typed: &str, required: bool) -> String {
        let clean = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if clean.is_empty() {
            if required {
                self.wrong.push(FieldError::new(field, "required"));
            }
        } else if clean.chars().count() > NAME {
            self.wrong.push(FieldError::new(field, "too-long").with("max", NAME.to_string()));
        } else if let Some(character) = first_not_in_a_name(&clean) {
            self.wrong.push(FieldError::not_in_a_name(field, character));
        }
        clean
    }

    fn entry(&self, field: EntryField) -> &str {
        self.form.fields.get(field.code()).map_or("", |value| value.trim())
    }
}

/// Reads a form; without a programme, what else is wrong comes with what is wrong with that.
///
/// # Errors
/// [`ServiceError::Invalid`] with every field to mend.
pub(super) fn read(
    db: &Reader<'_>,
    place: &Place<'_>,
    form: &EnterCandidate,
    programme: std::result::Result<ProgrammeId, FieldError>,
) -> Result<CandidateData> {
    let Place { book, kind, rule, year, when, today, known } = *place;
    let fields = fields_of(book, kind, when);
    let mut typed = Typed { form, wrong: Vec::new() };
    let given_name = title_tr(&typed.name("given_name", &form.given_name, true));
    let surname = upper_tr(&typed.name("surname", &form.surname, true));
    let father_name = title_tr(&typed.name("father_name", &form.father_name, false));
    let mother_name = title_tr(&typed.name("mother_name", &form.mother_name, false));
    let birth_place = title_tr(&typed.name("birth_place", &form.birth_place, false));
    let birth_date = parse_date_tr(&form.birth_date)
        .filter(|day| *day < today && day.year() > 1900 && i32::from(day.year()) <= year - 12);
    if birth_date.is_none() {
        typed.wrong.push(FieldError::new("birth_date", "date-form"));
    }
    if form.sex.is_none() {
        typed.wrong.push(FieldError::new("sex", "required"));
    }
    let nationality = nationality(&mut typed, &fields, known);
    let nationality = nationality.as_str();
    // Of a candidate who is here already the desk keeps these.
    let contact = match known {
        Some(known) => (known.email.clone(), known.phone.clone(), known.address.clone()),
        None => contact(form, &mut typed.wrong),
    };
    let programme = programme.map_err(|error| typed.wrong.push(error)).ok();
    let (identity_no, passport) = who(&mut typed, &fields);
    let details = details(&mut typed, &fields, year, known);
    let ends_on = ends_on(&mut typed, book.longest_stay(kind.code(), when).value, today);
    let main = main(db, &mut typed, place, identity_no.as_deref(), &fields)?;
    previous(db, &mut typed, identity_no.as_deref(), &fields)?;
    let (Some(programme), Some(sex), Some(birth_date), true) =
        (programme, form.sex, birth_date, typed.wrong.is_empty())
    else {
        return Err(ServiceError::Invalid(typed.wrong));
    };
    Ok(CandidateData {
        entry_kind: kind,
        year,
        programme,
        identity_no,
        passport,
        given_name,
        surname,
        father_name,
        mother_name,
        sex,
        birth_date,
        birth_place,
        nationality: nationality.to_owned(),
        email: contact.0,
        phone: contact.1,
        address: contact.2,
        details,
        clearances: match known {
            Some(known) if (known.sex, known.nationality.as_str()) == (sex, nationality) => known.clearances,
            Some(known) => {
                let military = clearances(rule, &fields, sex, nationality).military;
                Clearances { military, ..known.clearances }
            }
            None => clearances(rule, &fields, sex, nationality),
        },
        clearance_words: known.map(|known| known.clearance_words.clone()).unwrap_or_default(),
        e_registered_at: known.and_then(|known| known.e_registered_at),
        needs_preparatory: known.map_or(form.needs_preparatory, |known| known.needs_preparatory),
        ends_on,
        main,
    })
}

fn contact(form: &EnterCandidate, wrong: &mut Vec<FieldError>) -> (String, String, String) {
    let contact = ChangeContact {
        number: String::new(),
        email: form.email.clone(),
        phone: form.phone.clone(),
        address: form.address.clone(),
        version: 0,
    };
    match change_contact::check(&contact) {
        Ok(contact) => (
            contact.email.unwrap_or_default(),
            contact.phone.unwrap_or_default(),
            contact.address.unwrap_or_default(),
        ),
        Err(ServiceError::Invalid(mut errors)) => {
            wrong.append(&mut errors);
            Default::default()
        }
        Err(_) => Default::default(),
    }
}

/// Two-letter country code, where nothing is typed the one that is known. Who shows the identity number of a citizen is
/// one; of nobody else it is guessed.
fn nationality(
    typed: &mut Typed<'_>,
    fields: &[(EntryField, bool)],
    known: Option<&CandidateData>,
) -> String {
    let known = known.map_or("", |known| known.nationality.as_str());
    let code = match typed.form.nationality.trim() {
        "" => known.to_owned(),
        code => upper_code(code),
    };
    let number = typed.entry(EntryField::IdentityNo);
    let demanded = fields.iter().any(|(field, required)| *field == EntryField::IdentityNo && *required);
    let is_citizen = if number.is_empty() { demanded } else { !number.starts_with("99") };
    if code.is_empty() {
        if is_citizen {
            return "TR".to_owned();
        }
        typed.wrong.push(FieldError::new("nationality", "required"));
    } else if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        typed.wrong.push(FieldError::new("nationality", "country-code"));
    }
    code
}

/// Identity number and passport: what the rules demand, and one of the two in any case.
fn who(typed: &mut Typed<'_>, fields: &[(EntryField, bool)]) -> (Option<String>, Option<String>) {
    let demands = |field| fields.iter().any(|(f, required)| *f == field && *required);
    let identity = typed.entry(EntryField::IdentityNo).to_owned();
    let passport: String = typed.entry(EntryField::Passport).split_whitespace().collect();
    let mut number = None;
    if identity.is_empty() {
        if demands(EntryField::IdentityNo) || (passport.is_empty() && !demands(EntryField::Passport)) {
            typed.wrong.push(FieldError::new("identity_no", "required"));
        }
    } else {
        match Tckn::parse(&identity) {
            Ok(parsed) => number = Some(parsed.reveal().to_owned()),
            Err(error) => typed.wrong.push(FieldError::identity("identity_no", error)),
        }
    }
    if passport.is_empty() {
        if demands(EntryField::Passport) {
            typed.wrong.push(FieldError::new("passport", "required"));
        }
    } else if passport.len() > 20 || !passport.bytes().all(|b| b.is_ascii_alphanumeric()) {
        typed.wrong.push(FieldError::new("passport", "passport-form"));
    }
    (number, (!passport.is_empty()).then(|| upper_code(&passport)))
}

fn details(
    typed: &mut Typed<'_>,
    fields: &[(EntryField, bool)],
    year: i32,
    known: Option<&CandidateData>,
) -> EntryDetails {
    let mut details = known.map(|known| known.details.clone()).unwrap_or_default();
    if details.field(EntryField::Placement).is_none() {
        details.set(EntryField::Placement, &year.to_string());
    }
    for (field, required) in fields {
        let value = typed.entry(*field).to_owned();
        match field {
            // These have columns of their own.
            EntryField::IdentityNo | EntryField::Passport => continue,
            _ if value.is_empty() => {
                if *required {
                    typed.wrong.push(FieldError::new(field.code(), "required"));
                }
                details.set(*field, "");
            }
            EntryField::EndsOn | EntryField::MainEnrolment => {}
            EntryField::ClassYear if !matches!(value.parse::<u8>(), Ok(0..=7)) => {
                typed.wrong.push(FieldError::new(field.code(), "class-form"));
            }
            _ if value.chars().count() > TEXT => {
                typed.wrong.push(FieldError::new(field.code(), "too-long").with("max", TEXT.to_string()));
            }
            _ => details.set(*field, &value),
        }
    }
    details
}

/// The last day of a guest, no later than the rules allow.
///
/// # Legal basis
/// The `longest_stay` rows of the rule book.
fn ends_on(typed: &mut Typed<'_>, longest: Option<Span>, today: Date) -> Option<Date> {
    let value = typed.entry(EntryField::EndsOn).to_owned();
    if value.is_empty() {
        return None;
    }
    let field = EntryField::EndsOn.code();
    let Some(day) = parse_date_tr(&value) else {
        typed.wrong.push(FieldError::new(field, "date-form"));
        return None;
    };
    // A month has at most 31 days, and two terms are a year.
    let days = match longest {
        Some(Span::Days(days)) => Some(u64::from(days)),
        Some(Span::Months(months)) => Some(u64::from(months) * 31),
        Some(Span::Terms(terms)) => Some(u64::from(terms) * 183),
        None => None,
    };
    let last = days.and_then(|days| today.checked_add(Duration::from_secs(days * 24 * 60 * 60)).ok());
    if day <= today {
        typed.wrong.push(FieldError::new(field, "in-past"));
    } else if last.is_some_and(|last| day > last) {
        typed.wrong.push(FieldError::new(field, "stay-too-long"));
    }
    Some(day)
}

/// The main enrolment: an open one for a degree, and of the same person.
fn main(
    db: &Reader<'_>,
    typed: &mut Typed<'_>,
    place: &Place<'_>,
    identity_no: Option<&str>,
    fields: &[(EntryField, bool)],
) -> Result<Option<EnrolmentId>> {
    let number = typed.entry(EntryField::MainEnrolment).to_owned();
    if number.is_empty() || !fields.iter().any(|(field, _)| *field == EntryField::MainEnrolment) {
        return Ok(None);
    }
    let field = EntryField::MainEnrolment.code();
    let Some(enrolment) = storage::enrolments::find_by_number(db, &number)?.filter(|e| e.status.is_open())
    else {
        typed.wrong.push(FieldError::new(field, "unknown-number"));
        return Ok(None);
    };
    if is_of_somebody_else(db, enrolment.person, identity_no)? {
        typed.wrong.push(FieldError::new(field, "other-person"));
        return Ok(None);
    }
    let rule = place.book.entry_rule(enrolment.entry_kind.code(), place.when).value;
    let hangs =
        enrolment.main.is_some_and(|(kind, _)| matches!(kind, LinkKind::DoubleMajor | LinkKind::Minor));
    if hangs || rule.is_some_and(|rule| rule.stay == Stay::Guest) {
        typed.wrong.push(FieldError::new(field, "no-main-study"));
        return Ok(None);
    }
    Ok(Some(enrolment.id))
}

/// The earlier enrolment here, which must be the same person's.
fn previous(
    db: &Reader<'_>,
    typed: &mut Typed<'_>,
    identity_no: Option<&str>,
    fields: &[(EntryField, bool)],
) -> Result<()> {
    let number = typed.entry(EntryField::PreviousEnrolment).to_owned();
    if number.is_empty() || !fields.iter().any(|(field, _)| *field == EntryField::PreviousEnrolment) {
        return Ok(());
    }
    let field = EntryField::PreviousEnrolment.code();
    match storage::enrolments::find_by_number(db, &number)? {
        None => typed.wrong.push(FieldError::new(field, "unknown-number")),
        Some(enrolment) if is_of_somebody_else(db, enrolment.person, identity_no)? => {
            typed.wrong.push(FieldError::new(field, "other-person"));
        }
        Some(_) => {}
    }
    Ok(())
}

/// Whether the register knows the person under another identity number.
fn is_of_somebody_else(db: &Reader<'_>, person: PersonId, identity_no: Option<&str>) -> Result<bool> {
    let known = storage::people::fetch(db, person)?.and_then(|person| person.identity.identity_no);
    Ok(known.zip(identity_no).is_some_and(|(known, typed)| known.reveal() != typed))
}

/// Whom nobody was asked about needs no answer: guests and those who study here belong elsewhere or are known; women and
/// foreigners have no military service. What else stands against a degree student nobody has answered yet.
fn clearances(rule: &EntryRule, fields: &[(EntryField, bool)], sex: Sex, nationality: &str) -> Clearances {
    if rule.stay != Stay::Degree {
        return Clearances::CLEAR;
    }
    let unknown = |is: bool| if is { Clearance::Unknown } else { Clearance::Clear };
    Clearances {
        school: unknown(fields.iter().any(|(field, _)| *field == EntryField::School)),
        military: unknown(sex == Sex::Male && nationality == "TR"),
        elsewhere: Clearance::Unknown,
    }
}
