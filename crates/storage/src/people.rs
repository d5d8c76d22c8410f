//! People: identity as registered (frozen) and as now, contact, photo.

use std::collections::HashMap;

use base::{
    identity::Tckn,
    ids::{FileId, PersonId},
};
use domain::people::{Identity, Sex};

use crate::{
    args,
    candidates::{AT_ONCE, places},
    db::{Reader, Row, Tx, Value},
    error::{Result, StorageError},
    permit::Permit,
};

/// A person with what a form needs to change it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Row id.
    pub id: PersonId,
    /// Identity as now.
    pub identity: Identity,
    /// Photo in the file store.
    pub photo: Option<FileId>,
    /// Version for two people editing at once.
    pub version: i64,
}

/// How somebody can be reached.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Contact {
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone, digits only.
    pub phone: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Version for two people editing at once; 0 where nothing is stored yet.
    pub version: i64,
}

fn identity(r: &Row<'_>, from: usize) -> Result<Identity> {
    Ok(Identity {
        identity_no: r.opt_word(from, |text| Tckn::parse(text).ok())?,
        given_name: r.text(from + 1)?,
        surname: r.text(from + 2)?,
        sex: r.word(from + 3, Sex::from_code)?,
        birth_date: r.date(from + 4)?,
        birth_place: r.text(from + 5)?,
        nationality: r.text(from + 6)?,
    })
}

/// Puts a person into the register, with the identity of that day frozen beside it.
///
/// # Errors
/// [`StorageError::Constraint`] `person_identity_no_key` when the identity number is already there.
pub fn insert(tx: &Tx<'_>, _permit: &Permit, who: &Identity) -> Result<PersonId> {
    let number = who.identity_no.as_ref().map(Tckn::reveal);
    let id: PersonId = tx.insert(
        "INSERT INTO person (identity_no, given_name, surname, sex, birth_date, birth_place, nationality)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        args![
            number,
            who.given_name,
            who.surname,
            who.sex.code(),
            who.birth_date,
            who.birth_place,
            who.nationality
        ],
    )?;
    tx.later(
        "INSERT INTO person_registered (person_id, identity_no, given_name, surname, sex, birth_date, birth_place, nationality)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![id, number, who.given_name, who.surname, who.sex.code(), who.birth_date, who.birth_place, who.nationality],
    )?;
    Ok(id)
}

/// One person.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: PersonId) -> Result<Option<Person>> {
    db.one(
        "SELECT identity_no, given_name, surname, sex, birth_date, birth_place, nationality, photo_file_id, version
         FROM person WHERE id = $1",
        args![id],
        |r| Ok(Person { id, identity: identity(r, 0)?, photo: r.opt_id(7)?, version: r.int(8)? }),
    )
}

/// The people with some identity numbers, by the number; who is not in the register is not among them.
///
/// # Errors
/// The engine's refusal.
pub fn find_by_identity_nos(db: &Reader<'_>, numbers: &[Tckn]) -> Result<HashMap<String, PersonId>> {
    let mut found = HashMap::new();
    for some in numbers.chunks(AT_ONCE) {
        // No number is empty.
        let args: Vec<Value<'_>> = some
            .iter()
            .map(Tckn::reveal)
            .chain(std::iter::repeat(""))
            .take(AT_ONCE)
            .map(Value::Text)
            .collect();
        let sql = format!("SELECT identity_no, id FROM person WHERE identity_no IN ({})", places(AT_ONCE));
        found.extend(db.query(&sql, &args, |r| Ok((r.text(0)?, r.id(1)?)))?);
    }
    Ok(found)
}

/// The identity of the day of registration.
///
/// # Errors
/// The engine's refusal.
pub fn fetch_registered(db: &Reader<'_>, id: PersonId) -> Result<Option<Identity>> {
    db.one(
        "SELECT identity_no, given_name, surname, sex, birth_date, birth_place, nationality FROM person_registered WHERE person_id = $1",
        args![id],
        |r| identity(r, 0),
    )
}

/// The person with an identity number.
///
/// # Errors
/// The engine's refusal.
pub fn find_by_identity_no(db: &Reader<'_>, number: &Tckn) -> Result<Option<PersonId>> {
    db.one("SELECT id FROM person WHERE identity_no = $1", args![number.reveal()], |r| r.id(0))
}

/// Replaces the identity as now, if nobody else did since `version` was read.
///
/// # Errors
/// [`StorageError::Stale`] when somebody did.
pub fn update_identity(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: PersonId,
    version: i64,
    who: &Identity,
) -> Result<()> {
    let touched = tx.execute(
        "UPDATE person SET identity_no = $3, given_name = $4, surname = $5, sex = $6, birth_date = $7, birth_place = $8,
                nationality = $9, version = version + 1
         WHERE id = $1 AND version = $2",
        args![
            id,
            version,
            who.identity_no.as_ref().map(Tckn::reveal),
            who.given_name,
            who.surname,
            who.sex.code(),
            who.birth_date,
            who.birth_place,
            who.nationality
        ],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Replaces the photo.
///
/// # Errors
/// The engine's refusal.
pub fn update_photo(tx: &Tx<'_>, _permit: &Permit, id: PersonId, photo: FileId) -> Result<()> {
    tx.execute(
        "UPDATE person SET photo_file_id = $2, version = version + 1 WHERE id = $1",
        args![id, photo],
    )?;
    Ok(())
}

/// How a person can be reached; empty where nothing is stored.
///
/// # Errors
/// The engine's refusal.
pub fn fetch_contact(db: &Reader<'_>, id: PersonId) -> Result<Contact> {
    let found =
        db.one("SELECT email, phone, address, version FROM contact WHERE person_id = $1", args![id], |r| {
            Ok(Contact {
                email: r.opt_text(0)?,
                phone: r.opt_text(1)?,
                address: r.opt_text(2)?,
                version: r.int(3)?,
            })
        })?;
    Ok(found.unwrap_or_default())
}

/// Stores how a person can be reached, if nobody else did since `contact.version` was read.
///
/// # Errors
/// [`StorageError::Stale`] when somebody did.
pub fn save_contact(tx: &Tx<'_>, _permit: &Permit, id: PersonId, contact: &Contact) -> Result<()> {
    let touched = if contact.version == 0 {
        tx.execute(
            "INSERT INTO contact (person_id, email, phone, address) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            args![id, contact.email, contact.phone, contact.address],
        )?
    } else {
        tx.execute(
            "UPDATE contact SET email = $3, phone = $4, address = $5, version = version + 1 WHERE person_id = $1 AND version = $2",
            args![id, contact.version, contact.email, contact.phone, contact.address],
        )?
    };
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Stores how somebody can be reached who came into the register just now.
///
/// # Errors
/// [`StorageError::Constraint`] when that is stored already.
pub fn add_contact(tx: &Tx<'_>, _permit: &Permit, id: PersonId, contact: &Contact) -> Result<()> {
    tx.later(
        "INSERT INTO contact (person_id, email, phone, address) VALUES ($1, $2, $3, $4)",
        args![id, contact.email, contact.phone, contact.address],
    )
}
