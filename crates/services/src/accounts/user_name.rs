//! User names: what is typed is folded, so that `Çağrı`, `ÇAĞRI` and `cagri` are one.

use base::{identity::Tckn, text::fold_ascii};

use crate::error::{FieldError, Result, ServiceError};

/// Characters of a user name.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=40;

/// The form in which a user name is stored and looked up.
pub(super) fn fold(typed: &str) -> String {
    // Nothing longer is a user name; it is cut so that nobody makes the server fold a book.
    fold_ascii(&typed.chars().take(200).collect::<String>())
}

/// The folded user name for a new account.
///
/// # Errors
/// [`ServiceError::Invalid`] on `user_name` with `user-name-length` (`min`, `max`), `user-name-signs` or
/// `user-name-is-identity-number`.
pub(super) fn check(typed: &str) -> Result<String> {
    let name = fold(typed);
    if !LENGTH.contains(&name.chars().count()) {
        return Err(ServiceError::Invalid(vec![
            FieldError::new("user_name", "user-name-length")
                .with("min", LENGTH.start().to_string())
                .with("max", LENGTH.end().to_string()),
        ]));
    }
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let ends_plain = name.bytes().next().is_some_and(is_plain) && name.bytes().last().is_some_and(is_plain);
    if !ends_plain || !name.bytes().all(|b| is_plain(b) || matches!(b, b'.' | b'-' | b'_')) {
        return Err(ServiceError::field("user_name", "user-name-signs"));
    }
    if Tckn::parse(&name).is_ok() {
        return Err(ServiceError::field("user_name", "user-name-is-identity-number"));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_one_name() {
        for typed in ["Çağrı.IŞIK", "ÇAĞRI.ışık", " cagri.isik ", "CAGRI.ISIK"] {
            assert_eq!(check(typed).expect(typed), "cagri.isik");
        }
    }

    #[test]
    fn what_is_no_user_name_is_refused() {
        let code = |typed: &str| match check(typed) {
            Err(ServiceError::Invalid(errors)) => errors[0].code,
            other => panic!("{typed}: {other:?}"),
        };
        assert_eq!(code("ab"), "user-name-length");
        assert_eq!(code(&"a".repeat(41)), "user-name-length");
        assert_eq!(code("ayşe yılmaz"), "user-name-signs");
        assert_eq!(code(".ayse"), "user-name-signs");
        assert_eq!(code("иван"), "user-name-signs");
        assert_eq!(code("12345678950"), "user-name-is-identity-number");
        assert_eq!(check("221234567").expect("a student number"), "221234567");
    }
}
