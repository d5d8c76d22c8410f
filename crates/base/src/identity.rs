//! Identity numbers of the Turkish state, which must never be printed by accident.

use std::{fmt, str::FromStr};

use crate::text::mask_identity;

/// How messages call the number.
const NAME: &str = "T.C./yabancı kimlik numarası";

/// A T.C. identity number or a foreigner's identity number (YKN), with right check digits.
///
/// `Debug` and `Display` are masked; only [`Tckn::reveal`] gives the digits, so that a search for that word
/// finds every place that shows them. Never a database key of a person.
///
/// # Legal basis
/// Rules 12: eleven digits, first not 0, two check digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tckn([u8; 11]);

/// Why a text is no identity number; says nothing that would repeat the number in a log.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum IdentityError {
    /// Nothing was typed.
    #[error("{NAME} boş bırakılmış; 11 rakam yazın.")]
    Empty,
    /// Something other than a digit, at a place counted from one.
    #[error("{NAME} yalnızca rakamlardan oluşur; {position}. karakter “{found}” rakam değil.")]
    NotDigit {
        /// The character that is no digit.
        found: char,
        /// Its place, counted from one.
        position: usize,
    },
    /// Too few or too many digits.
    #[error("{NAME} 11 haneli olmalı; {digits} hane yazılmış.")]
    Length {
        /// How many digits were typed.
        digits: usize,
    },
    /// No such number begins with zero.
    #[error("{NAME} 0 ile başlayamaz.")]
    LeadingZero,
    /// The tenth or eleventh digit does not follow from those before it.
    #[error(
        "{NAME} hatalı: {place}. hane önceki hanelerle uyuşmuyor. Bir hane yanlış yazılmış ya da iki hane yer değiştirmiş olabilir."
    )]
    CheckDigit {
        /// 10 or 11.
        place: u8,
    },
}

/// The two check digits that follow nine digits.
fn check_digits(first: &[u8]) -> (u8, u8) {
    let sum = |digits: &mut dyn Iterator<Item = &u8>| digits.map(|d| i32::from(*d)).sum::<i32>();
    let odd = sum(&mut first.iter().step_by(2));
    let even = sum(&mut first.iter().skip(1).step_by(2));
    let tenth = (7 * odd - even).rem_euclid(10);
    let eleventh = (odd + even + tenth).rem_euclid(10);
    // Both are below ten.
    (tenth as u8, eleventh as u8)
}

impl Tckn {
    /// Reads a number as it was typed; outer blanks are forgiven, nothing else.
    pub fn parse(typed: &str) -> Result<Self, IdentityError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(IdentityError::Empty);
        }
        if let Some((at, found)) = typed.chars().enumerate().find(|(_, c)| !c.is_ascii_digit()) {
            return Err(IdentityError::NotDigit { found, position: at + 1 });
        }
        let ascii: [u8; 11] =
            typed.as_bytes().try_into().map_err(|_| IdentityError::Length { digits: typed.len() })?;
        if ascii[0] == b'0' {
            return Err(IdentityError::LeadingZero);
        }
        let digits = ascii.map(|c| c - b'0');
        let (tenth, eleventh) = check_digits(&digits[..9]);
        if digits[9] != tenth {
            return Err(IdentityError::CheckDigit { place: 10 });
        }
        if digits[10] != eleventh {
            return Err(IdentityError::CheckDigit { place: 11 });
        }
        Ok(Self(ascii))
    }

    /// The number that begins with these nine digits, for invented people.
    ///
    /// Nothing if the first digit is 0 or one of them is no digit.
    pub fn complete(first_nine: [u8; 9]) -> Option<Self> {
        if first_nine[0] == 0 || first_nine.iter().any(|d| *d > 9) {
            return None;
        }
        let (tenth, eleventh) = check_digits(&first_nine);
        let mut ascii = [b'0'; 11];
        for (place, digit) in ascii.iter_mut().zip(first_nine.into_iter().chain([tenth, eleventh])) {
            *place += digit;
        }
        Some(Self(ascii))
    }

    /// The eleven digits in the clear.
    pub fn reveal(&self) -> &str {
        // Always ASCII digits.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether it is a foreigner's number (YKN), which begins with 99.
    pub fn is_foreign(&self) -> bool {
        self.0.starts_with(b"99")
    }
}

impl FromStr for Tckn {
    type Err = IdentityError;
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        Self::parse(typed)
    }
}

impl fmt::Display for Tckn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&mask_identity(self.reveal()))
    }
}

impl fmt::Debug for Tckn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tckn({self})")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_vectors_of_the_catalogue_hold() {
        for good in ["10000000146", "12345678950", "98765432150", " 12345678950\n"] {
            let number = Tckn::parse(good).expect(good);
            assert_eq!(number.reveal(), good.trim());
            assert!(!number.is_foreign(), "{good}");
        }
        for foreign in ["99000000042", "99555555592", "99123456740", "99999999990"] {
            assert!(Tckn::parse(foreign).expect(foreign).is_foreign(), "{foreign}");
        }
        assert_eq!(Tckn::parse("12345678901"), Err(IdentityError::CheckDigit { place: 10 }));
        assert_eq!(Tckn::parse("12345678951"), Err(IdentityError::CheckDigit { place: 11 }));
        assert_eq!(Tckn::parse("01234567890"), Err(IdentityError::LeadingZero));
        assert_eq!(Tckn::parse("11111111111"), Err(IdentityError::CheckDigit { place: 11 }));
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        let said = |typed: &str| Tckn::parse(typed).expect_err(typed).to_string();
        assert_eq!(said("  "), "T.C./yabancı kimlik numarası boş bırakılmış; 11 rakam yazın.");
        assert_eq!(said("1234567895"), "T.C./yabancı kimlik numarası 11 haneli olmalı; 10 hane yazılmış.");
        assert_eq!(
            said("1234567895O"),
            "T.C./yabancı kimlik numarası yalnızca rakamlardan oluşur; 11. karakter “O” rakam değil."
        );
        assert_eq!(
            said("١٢٣"),
            "T.C./yabancı kimlik numarası yalnızca rakamlardan oluşur; 1. karakter “١” rakam değil."
        );
        assert!(said("12345678951").contains("11. hane"));
        assert!(!said("12345678951").contains("12345678951"));
    }

    #[test]
    fn printing_hides_the_middle() {
        let number = Tckn::parse("12345678950").expect("valid");
        assert_eq!(format!("{number} {number:?}"), "123*****950 Tckn(123*****950)");
    }

    proptest! {
        #[test]
        fn completed_numbers_are_read_back(first in 1u8..=9, rest in proptest::array::uniform8(0u8..=9)) {
            let mut nine = [first; 9];
            nine[1..].copy_from_slice(&rest);
            let number = Tckn::complete(nine).expect("digits");
            prop_assert_eq!(Tckn::parse(number.reveal()), Ok(number));
        }

        #[test]
        fn one_wrong_digit_is_noticed(first in 1u8..=9, rest in proptest::array::uniform8(0u8..=9), place in 0usize..11, add in 1u8..=9) {
            let mut nine = [first; 9];
            nine[1..].copy_from_slice(&rest);
            let number = Tckn::complete(nine).expect("digits");
            let mut wrong = number.0;
            wrong[place] = b'0' + (wrong[place] - b'0' + add) % 10;
            prop_assert!(Tckn::parse(std::str::from_utf8(&wrong).expect("ascii")).is_err());
        }

        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            let _ = Tckn::parse(&text);
        }
    }
}
