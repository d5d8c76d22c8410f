//! The letter of a mark.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The most bytes that a letter can have.
const ROOM: usize = 7;

/// A letter mark such as `AA`, `NA` or `S`: at most seven bytes, held in place, compared in one step.
///
/// Which letters exist and what they mean is the grade scale's matter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Letter([u8; ROOM + 1]);

/// Why a text cannot be the letter of a mark.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LetterError {
    /// Nothing was written.
    #[error("Harf notu boş bırakılmış.")]
    Empty,
    /// Longer than any letter mark.
    #[error("“{0}” harf notu olamayacak kadar uzun.")]
    TooLong(String),
    /// Something other than letters, digits, `+` and `-`.
    #[error("“{typed}” harf notu olamaz; içinde “{found}” var.")]
    Sign {
        /// The text as it came.
        typed: String,
        /// What does not belong there.
        found: char,
    },
}

impl Letter {
    /// Reads a letter; outer blanks are forgiven and ASCII small letters are made capitals.
    pub fn parse(typed: &str) -> Result<Self, LetterError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(LetterError::Empty);
        }
        if typed.len() > ROOM {
            return Err(LetterError::TooLong(typed.to_owned()));
        }
        if let Some(found) = typed.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '+' | '-')) {
            return Err(LetterError::Sign { typed: typed.to_owned(), found });
        }
        let mut bytes = [0; ROOM + 1];
        bytes[..typed.len()].copy_from_slice(typed.as_bytes());
        bytes[..typed.len()].make_ascii_uppercase();
        bytes[ROOM] = typed.len() as u8;
        Ok(Self(bytes))
    }

    /// The letter as it is written.
    pub fn as_str(&self) -> &str {
        // The bytes came from a str.
        std::str::from_utf8(&self.0[..usize::from(self.0[ROOM])]).unwrap_or_default()
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl FromStr for Letter {
    type Err = LetterError;
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        Self::parse(typed)
    }
}
impl TryFrom<String> for Letter {
    type Error = LetterError;
    fn try_from(typed: String) -> Result<Self, Self::Error> {
        Self::parse(&typed)
    }
}
impl From<Letter> for String {
    fn from(letter: Letter) -> Self {
        letter.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_are_read_or_refused() {
        assert_eq!(Letter::parse(" aa ").expect("aa").as_str(), "AA");
        assert_eq!(Letter::parse("Ş+").expect("Ş+").to_string(), "Ş+");
        assert_eq!(Letter::parse(""), Err(LetterError::Empty));
        assert_eq!(Letter::parse("BAŞARILI"), Err(LetterError::TooLong("BAŞARILI".into())));
        assert_eq!(
            Letter::parse("A A").expect_err("blank").to_string(),
            "“A A” harf notu olamaz; içinde “ ” var."
        );
        assert_eq!(serde_json::to_string(&Letter::parse("NA").expect("NA")).expect("json"), "\"NA\"");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in any::<String>()) {
            if let Ok(letter) = Letter::parse(&text) {
                prop_assert_eq!(Letter::parse(letter.as_str()), Ok(letter));
                prop_assert_eq!(letter.as_str(), text.trim().to_ascii_uppercase());
            }
        }
    }
}
