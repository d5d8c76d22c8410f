//! What a new password must be: long, and not what an attacker tries first.
//!
//! No rule asks for signs or capitals, and none makes a password run out: length and being uncommon is what helps.

use base::text::fold_ascii;

use super::secret::Password;
use crate::error::{FieldError, Result, ServiceError};

/// Characters at the least.
pub const SHORTEST_PASSWORD: usize = 10;
/// Characters at the most, so that nobody makes the server hash a book.
pub const LONGEST_PASSWORD: usize = 128;

/// The words that people here choose most, folded, one in a line; each also counts with figures and signs around it.
const COMMON: &str = include_str!("common_passwords.txt");

/// A user name shorter than this may occur inside a password by chance.
const TELLING_NAME: usize = 4;

/// Asks whether `password` may become the password of `user_name`; `field` is where the answer is shown.
///
/// # Errors
/// [`ServiceError::Invalid`] with one of `password-too-short` (`min`), `password-too-long` (`max`),
/// `password-all-same`, `password-is-identity-number`, `password-only-digits`, `password-is-user-name`,
/// `password-too-common`.
pub(super) fn check(password: &Password, user_name: &str, field: &'static str) -> Result<()> {
    match complaint(password.text(), user_name) {
        None => Ok(()),
        Some(Complaint { code, arg }) => {
            let error = FieldError::new(field, code);
            Err(ServiceError::Invalid(vec![match arg {
                Some((name, value)) => error.with(name, value.to_string()),
                None => error,
            }]))
        }
    }
}

#[derive(PartialEq, Eq, Debug)]
struct Complaint {
    code: &'static str,
    arg: Option<(&'static str, usize)>,
}

fn complaint(password: &str, user_name: &str) -> Option<Complaint> {
    let plain = |code| Some(Complaint { code, arg: None });
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        return Some(Complaint { code: "password-too-short", arg: Some(("min", SHORTEST_PASSWORD)) });
    }
    if length > LONGEST_PASSWORD {
        return Some(Complaint { code: "password-too-long", arg: Some(("max", LONGEST_PASSWORD)) });
    }
    let mut chars = password.chars();
    let first = chars.next();
    if chars.all(|c| Some(c) == first) {
        return plain("password-all-same");
    }
    if password.chars().all(|c| c.is_ascii_digit()) {
        return plain(if length == 11 { "password-is-identity-number" } else { "password-only-digits" });
    }
    let folded = fold_ascii(password);
    let name = fold_ascii(user_name);
    if folded == name || (name.chars().count() >= TELLING_NAME && folded.contains(&name)) {
        return plain("password-is-user-name");
    }
    if is_common(&folded) {
        return plain("password-too-common");
    }
    None
}

/// Whether it is a common word as it stands, with figures and signs around it, or letters in their order.
fn is_common(folded: &str) -> bool {
    let stem = folded.trim_matches(|c: char| !c.is_alphabetic());
    let codes: Vec<u32> = folded.chars().map(u32::from).collect();
    let runs = |step: u32| codes.windows(2).all(|pair| pair[0].wrapping_add(step) == pair[1]);
    runs(1) || runs(u32::MAX) || COMMON.lines().any(|word| word == folded || word == stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_attacker_tries_first_is_refused() {
        let code = |password: &str| complaint(password, "aysenur").map(|c| c.code);
        assert_eq!(code("kısa"), Some("password-too-short"));
        assert_eq!(code(&"uzun ".repeat(30)), Some("password-too-long"));
        assert_eq!(code("ııııııııııı"), Some("password-all-same"));
        assert_eq!(code("12345678950"), Some("password-is-identity-number"));
        assert_eq!(code("5551234567"), Some("password-only-digits"));
        for own in ["AYŞENUR2026", "xx-ayşenur-xx"] {
            assert_eq!(code(own), Some("password-is-user-name"), "{own}");
        }
        for common in [
            "Galatasaray1905",
            "FENERBAHÇE1907!",
            "istanbul.34",
            "qwertyuiop",
            "şifre12345",
            "abcdefghij",
            "Beşiktaş*1903",
            "Password123",
        ] {
            assert_eq!(code(common), Some("password-too-common"), "{common}");
        }
        for good in ["üç fındık bir sepet", "Kış gecesi 1987 kar", "mor-lale-çay-3"] {
            assert_eq!(code(good), None, "{good}");
        }
    }

    #[test]
    fn length_counts_letters_and_not_bytes() {
        assert_eq!(complaint("çğışöüçğış", "memur"), None);
        assert_eq!(complaint("çğışöüçğı", "memur").map(|c| c.arg), Some(Some(("min", 10))));
        assert!(complaint("bir memur dahi", "me").is_none());
    }

    #[test]
    fn the_list_holds_folded_words() {
        for word in COMMON.lines() {
            assert_eq!(fold_ascii(word), word, "{word}");
        }
    }
}
