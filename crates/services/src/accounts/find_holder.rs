//! Who stands behind a new account: a member of staff or somebody who studies.

use base::{
    ids::PersonId,
    text::{SearchTerm, fold_ascii, fold_tr},
};
use storage::institution::units::{StaffLine, all_staff};

use super::may_look;
use crate::{
    authz::Actor,
    error::{Result, ServiceError},
    office::Office,
};

/// The staff that a text may mean: the one whose e-mail address or key in the earlier system it is, otherwise all
/// whose name holds every word of it or whose address holds it. Nobody for an empty text.
///
/// # Errors
/// [`ServiceError::Forbidden`] without the right to manage accounts.
pub async fn find_staff(office: &Office, actor: &Actor, typed: &str) -> Result<Vec<StaffLine>> {
    may_look(actor)?;
    let typed = typed.trim().to_owned();
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let today = office.today();
    let staff = office.db.read(move |db| all_staff(db, today)).await?;
    Ok(matching(staff, &typed))
}

fn matching(staff: Vec<StaffLine>, typed: &str) -> Vec<StaffLine> {
    let folded = fold_ascii(typed);
    let is_whole = |line: &StaffLine| {
        line.email.as_deref().map(fold_ascii).as_ref() == Some(&folded)
            || line.source_key.as_deref() == Some(typed)
    };
    if staff.iter().any(is_whole) {
        return staff.into_iter().filter(is_whole).collect();
    }
    let words = SearchTerm::parse(typed);
    let means = |line: &StaffLine| {
        let (tr, ascii) = (fold_tr(&line.name), fold_ascii(&line.name));
        words.iter().all(|word| word.matches(&tr, &ascii))
            || line.email.as_deref().is_some_and(|email| fold_ascii(email).contains(&folded))
    };
    staff.into_iter().filter(means).collect()
}

/// The person behind a student number; nobody for an empty text.
///
/// # Errors
/// [`ServiceError::Forbidden`] without the right to manage accounts; [`ServiceError::Invalid`] on `person` with
/// `number-unknown`.
pub async fn person_of_number(office: &Office, actor: &Actor, number: &str) -> Result<Option<PersonId>> {
    may_look(actor)?;
    let number = number.trim().to_owned();
    if number.is_empty() {
        return Ok(None);
    }
    let found = office
        .db
        .read(move |db| -> Result<_> { Ok(storage::enrolments::find_by_number(db, &number)?) })
        .await?;
    found
        .map(|enrolment| Some(enrolment.person))
        .ok_or_else(|| ServiceError::field("person", "number-unknown"))
}

#[cfg(test)]
mod tests {
    use base::ids::StaffId;

    use super::*;

    fn line(id: i64, name: &str, email: &str) -> StaffLine {
        StaffLine {
            id: StaffId::new(id),
            name: name.to_owned(),
            email: Some(email.to_owned()).filter(|e| !e.is_empty()),
            source_key: Some(format!("{id}")),
            unit: "BLM".to_owned(),
        }
    }

    #[test]
    fn a_fragment_means_all_who_have_it_and_a_whole_address_one() {
        let all = || {
            vec![
                line(1, "Prof. Dr. Işık ÇINAR", "isik.cinar@example.invalid"),
                line(2, "Doç. Dr. Çınar IRMAK", "cinar.irmak@example.invalid"),
                line(3, "Cemil ÖZ", ""),
                line(4, "Cemil ÖZ", "cinar@example.invalid"),
            ]
        };
        let ids = |typed: &str| matching(all(), typed).iter().map(|s| s.id.get()).collect::<Vec<_>>();
        assert_eq!(ids("cinar"), [1, 2, 4], "in names and addresses");
        assert_eq!(ids("ÇINAR ırmak"), [2]);
        assert_eq!(ids("Cinar@Example.invalid"), [4], "a whole address is one");
        assert_eq!(ids("cinar.irmak@"), [2]);
        assert_eq!(ids("3"), [3], "a key of the earlier system");
        assert_eq!(ids("öz"), [3, 4]);
        assert_eq!(ids("yok"), [] as [i64; 0]);
    }
}
