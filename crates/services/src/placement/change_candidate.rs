//! Who a candidate is and what the way of entry asks: mended and completed while he or she waits. A list does not say
//! everything, and a form may be mistyped. What other offices answered, the class and how to reach the candidate are
//! corrected by `registration::correct_candidate`.

use base::ids::CandidateId;
use regulations::EntryField;
use storage::{StorageError, candidates::CandidateData};

use super::{
    candidate_form::{self, Place, fields_of},
    enter_candidate::{EnterCandidate, when},
};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    registration::{about, locate},
    students::write_note::stale,
};

/// The form as it is opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CandidateForm {
    /// What is known; fields of the way of entry under their codes, those with columns of their own among them.
    pub known: EnterCandidate,
    /// Name for titles.
    pub full_name: String,
    /// Fields of the way of entry, each with whether it must be filled in.
    pub fields: Vec<(EntryField, bool)>,
    /// Version that the form is opened with.
    pub version: i64,
}

/// What is known of a candidate who waits, as a form.
///
/// # Errors
/// [`ServiceError::NotFound`] out of sight; [`ServiceError::Stale`] for one who does not wait any more.
pub async fn candidate_form(office: &Office, actor: &Actor, id: CandidateId) -> Result<CandidateForm> {
    let (now, today, book, actor) = (office.now(), office.today(), office.book.clone(), actor.clone());
    office
        .db
        .read(move |db| -> Result<CandidateForm> {
            let (candidate, _) = locate(db, &actor, Action::RegisterCandidates, id, now)?;
            if candidate.state != domain::registration::CandidateState::Waiting {
                return Err(ServiceError::Stale);
            }
            let data = candidate.data;
            let mut fields: std::collections::BTreeMap<String, String> = data.details.fields.clone();
            let main = match data.main {
                Some(main) => storage::enrolments::fetch(db, main)?.map(|main| main.number),
                None => None,
            };
            let columns = [
                (EntryField::IdentityNo, data.identity_no.clone()),
                (EntryField::Passport, data.passport.clone()),
                (EntryField::EndsOn, data.ends_on.map(base::time::date_tr)),
                (EntryField::MainEnrolment, main),
            ];
            for (field, value) in columns {
                if let Some(value) = value {
                    fields.insert(field.code().to_owned(), value);
                }
            }
            let moment = when(today, data.year);
            Ok(CandidateForm {
                full_name: data.full_name(),
                fields: fields_of(&book, data.entry_kind, moment),
                version: candidate.version,
                known: EnterCandidate {
                    kind: Some(data.entry_kind),
                    year: data.year,
                    programme: candidate.programme_code,
                    given_name: data.given_name,
                    surname: data.surname,
                    father_name: data.father_name,
                    mother_name: data.mother_name,
                    sex: Some(data.sex),
                    birth_date: base::time::date_tr(data.birth_date),
                    birth_place: data.birth_place,
                    nationality: data.nationality,
                    fields,
                    ..EnterCandidate::default()
                },
            })
        })
        .await
}

/// Mends what is known of a candidate who waits. Way of entry, year and programme stay: another place is another
/// candidate. A later list that says the same row again changes nothing of it.
///
/// # Errors
/// [`ServiceError::Invalid`] with the fields to mend; [`ServiceError::Stale`] when somebody was faster.
pub async fn change_candidate(
    office: &Office,
    actor: &Actor,
    id: CandidateId,
    version: i64,
    form: EnterCandidate,
) -> Result<()> {
    let (now, today, book) = (office.now(), office.today(), office.book.clone());
    let changed = crate::once::act(office, actor, move |tx, actor| {
        let (candidate, permit) = locate(tx, actor, Action::RegisterCandidates, id, now)?;
        if candidate.state != domain::registration::CandidateState::Waiting || candidate.version != version {
            return Err(ServiceError::Stale);
        }
        let (kind, year) = (candidate.data.entry_kind, candidate.data.year);
        let moment = when(today, year);
        let rule = book.entry_rule(kind.code(), moment).value.ok_or(ServiceError::NotFound)?;
        let known = Some(&candidate.data);
        let place = Place { book: &book, kind, rule, year, when: moment, today, known };
        let data = candidate_form::read(tx, &place, &form, Ok(candidate.data.programme))?;
        let count = differing(&candidate.data, &data);
        if count > 0 {
            storage::candidates::update(tx, &permit, id, version, &data, &candidate.row_hash)
                .map_err(stale)?;
            let detail = format!("{} year={year} changed={count}", kind.code());
            storage::audit::append(tx, &about(&permit, "change_candidate", &candidate, detail))?;
        }
        Ok(())
    });
    match changed.await {
        Err(ServiceError::Storage(StorageError::Constraint { constraint }))
            if constraint == "candidate_placed_once" =>
        {
            Err(ServiceError::field("identity_no", "placed-already"))
        }
        other => other,
    }
}

/// In how many fields two candidates differ.
fn differing(was: &CandidateData, is: &CandidateData) -> usize {
    let texts = |data: &CandidateData| {
        let mut all = vec![
            data.identity_no.clone().unwrap_or_default(),
            data.passport.clone().unwrap_or_default(),
            data.given_name.clone(),
            data.surname.clone(),
            data.father_name.clone(),
            data.mother_name.clone(),
            data.sex.code().to_owned(),
            data.birth_date.to_string(),
            data.birth_place.clone(),
            data.nationality.clone(),
            data.ends_on.map(|day| day.to_string()).unwrap_or_default(),
            data.main.map(|main| main.to_string()).unwrap_or_default(),
        ];
        all.extend(
            EntryField::ALL.iter().map(|field| data.details.field(*field).unwrap_or_default().to_owned()),
        );
        all
    };
    texts(was).iter().zip(texts(is)).filter(|(was, is)| **was != *is).count()
}
