//! Changing how a student can be reached.

use base::identity::Tckn;
use storage::people::Contact;

use super::{about, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
};

/// The contact form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeContact {
    /// Student number.
    pub number: String,
    /// E-mail address; empty removes it.
    pub email: String,
    /// Telephone in any spelling; empty removes it.
    pub phone: String,
    /// Postal address; empty removes it.
    pub address: String,
    /// Version that the form was opened with.
    pub version: i64,
}

/// Stores new contact data. The values are checked field by field; if somebody else saved first,
/// nothing is written and the form is shown again beside what stands there now.
///
/// # Errors
/// [`ServiceError::Invalid`] with the fields to mend, [`ServiceError::Stale`] when somebody was faster.
pub async fn change_contact(office: &Office, actor: &Actor, form: ChangeContact) -> Result<()> {
    let now = office.now();
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (enrolment, permit) = locate(tx, actor, Action::ChangeContact, &form.number, now)?;
        let contact = check(&form)?;
        let before = storage::people::fetch_contact(tx, enrolment.person)?;
        if before.version != form.version {
            return Err(ServiceError::Stale);
        }
        let changed: Vec<&str> = [
            ("email", before.email != contact.email),
            ("phone", before.phone != contact.phone),
            ("address", before.address != contact.address),
        ]
        .into_iter()
        .filter_map(|(name, differs)| differs.then_some(name))
        .collect();
        if changed.is_empty() {
            return Ok(());
        }
        storage::people::save_contact(tx, &permit, enrolment.person, &contact)?;
        storage::audit::append(tx, &about(&permit, Action::ChangeContact, &enrolment, changed.join(" ")))?;
        Ok(())
    })
    .await
}

/// Reads the form.
pub(crate) fn check(form: &ChangeContact) -> Result<Contact> {
    let mut wrong = Vec::new();
    let email = form.email.trim();
    let sound = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
    });
    if !email.is_empty() && (!sound || email.len() > 254 || email.contains(char::is_whitespace)) {
        wrong.push(FieldError::new("email", "email-form"));
    }
    let mut digits: String = form.phone.chars().filter(char::is_ascii_digit).collect();
    let strange =
        form.phone.chars().any(|c| !(c.is_ascii_digit() || c.is_whitespace() || "+-()./".contains(c)));
    if form.phone.trim_start().starts_with("+90") || (digits.len() == 12 && digits.starts_with("90")) {
        digits.drain(..2);
    }
    if digits.len() == 11 && digits.starts_with('0') {
        digits.remove(0);
    }
    let foreign = form.phone.trim_start().starts_with('+') && !form.phone.trim_start().starts_with("+90");
    let length_is_right = if foreign { (7..=15).contains(&digits.len()) } else { digits.len() == 10 };
    if strange || (!digits.is_empty() && !length_is_right) {
        wrong.push(FieldError::new("phone", "phone-form"));
    } else if Tckn::parse(&form.phone).is_ok() && digits.len() == 11 {
        wrong.push(FieldError::new("phone", "phone-is-identity"));
    }
    let address = form.address.trim();
    if address.chars().count() > 500 {
        wrong.push(FieldError::new("address", "too-long").with("max", "500"));
    }
    if !wrong.is_empty() {
        return Err(ServiceError::Invalid(wrong));
    }
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let phone = if foreign && !digits.is_empty() { format!("+{digits}") } else { digits };
    Ok(Contact { email: some(email), phone: some(&phone), address: some(address), version: form.version })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(email: &str, phone: &str) -> ChangeContact {
        ChangeContact {
            number: "1".to_owned(),
            email: email.to_owned(),
            phone: phone.to_owned(),
            address: String::new(),
            version: 0,
        }
    }

    #[test]
    fn telephones_are_read_in_every_spelling() {
        for typed in ["0555 123 45 67", "5551234567", "+90 (555) 123-45-67", "905551234567"] {
            let contact = check(&form("", typed)).expect(typed);
            assert_eq!(contact.phone.as_deref(), Some("5551234567"), "{typed}");
        }
        assert_eq!(
            check(&form("", "+49 170 1234567")).expect("foreign").phone.as_deref(),
            Some("+491701234567")
        );
        assert_eq!(check(&form("", "")).expect("none").phone, None);
        assert!(check(&form("", "12345")).is_err());
        assert!(check(&form("", "on altı")).is_err());
    }

    #[test]
    fn an_address_without_host_is_refused() {
        for typed in ["ayse", "ayse@", "@example.invalid", "a b@example.invalid", "ayse@example"] {
            assert!(check(&form(typed, "")).is_err(), "{typed}");
        }
        assert!(check(&form("ayse@ogr.example.invalid", "")).is_ok());
    }
}
