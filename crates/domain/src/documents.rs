//! Issued papers: their states, their gapless numbers, and the codes by which anybody verifies them.

use std::{fmt, str::FromStr};

use base::random::Randomness;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// State of an issued paper; the number is given in every state and never given again.
    DocumentStatus {
        /// The number is given, the PDF is being made.
        Preparing => "preparing",
        /// In force: it says what was true on its date.
        Valid => "valid",
        /// A newer paper of the same kind stands in its place.
        Superseded => "superseded",
        /// Taken back, on a ground.
        Cancelled => "cancelled",
    }
}

vocabulary! {
    /// What can be done to an issued paper.
    DocumentAct {
        /// Its PDF is stored; it goes out.
        Issue => "issue",
        /// A newer paper takes its place.
        Supersede => "supersede",
        /// It is taken back; its number stays used.
        Cancel => "cancel",
    }
}

/// An act that a paper's state does not allow.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", refusal(*.from, *.act))]
pub struct ActRefused {
    /// The state in which the paper is.
    pub from: DocumentStatus,
    /// What was asked.
    pub act: DocumentAct,
}

const fn refusal(from: DocumentStatus, act: DocumentAct) -> &'static str {
    match (from, act) {
        (DocumentStatus::Cancelled, _) => "Belge iptal edilmiş; üzerinde başka işlem yapılamaz.",
        (DocumentStatus::Preparing, DocumentAct::Supersede) => {
            "Belge henüz hazırlanıyor; yerine yenisi geçemez."
        }
        (DocumentStatus::Superseded, DocumentAct::Supersede) => "Belgenin yerine daha önce yenisi geçmiş.",
        (_, DocumentAct::Issue) => "Belge daha önce verilmiş.",
        _ => "Belgenin durumu bu işleme uygun değil.",
    }
}

impl DocumentStatus {
    /// The state after an act.
    ///
    /// A superseded paper can still be cancelled (it was wrong from the beginning), a cancelled one never returns.
    pub const fn after(self, act: DocumentAct) -> Result<Self, ActRefused> {
        match (self, act) {
            (Self::Preparing, DocumentAct::Issue) => Ok(Self::Valid),
            (Self::Valid, DocumentAct::Supersede) => Ok(Self::Superseded),
            (Self::Preparing | Self::Valid | Self::Superseded, DocumentAct::Cancel) => Ok(Self::Cancelled),
            (from, act) => Err(ActRefused { from, act }),
        }
    }

    /// Whether the public verification page knows the paper: one that never went out does not exist there.
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Preparing)
    }
}

/// Number of a paper in its unit and year: `2026/000123`.
///
/// Gapless: every number between the first and the last of a unit's year has a row, given or cancelled.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber {
    year: i16,
    sequence: u32,
}

/// Why a text is no document number.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("“{0}” bir belge numarası değil; 2026/000123 biçiminde olmalı.")]
pub struct NotADocumentNumber(String);

impl DocumentNumber {
    /// The `sequence`-th paper of `year`; nothing if the year has not four digits or the sequence is 0.
    pub const fn new(year: i16, sequence: u32) -> Option<Self> {
        if year < 1000 || sequence == 0 { None } else { Some(Self { year, sequence }) }
    }

    /// The calendar year.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// Its place in the unit's year, from 1.
    pub const fn sequence(self) -> u32 {
        self.sequence
    }

    /// The number after it in the same year; nothing after the last that can be counted.
    pub const fn next(self) -> Option<Self> {
        match self.sequence.checked_add(1) {
            Some(sequence) => Some(Self { year: self.year, sequence }),
            None => None,
        }
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}/{:06}", self.year, self.sequence)
    }
}

/// Reads a number as people type it: the zeros before the sequence may be left out.
impl FromStr for DocumentNumber {
    type Err = NotADocumentNumber;
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let wrong = || NotADocumentNumber(typed.to_owned());
        let (year, sequence) = typed.trim().split_once('/').ok_or_else(wrong)?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !digits(year) || !digits(sequence) {
            return Err(wrong());
        }
        let (year, sequence) = (year.parse().map_err(|_| wrong())?, sequence.parse().map_err(|_| wrong())?);
        Self::new(year, sequence).ok_or_else(wrong)
    }
}
impl TryFrom<String> for DocumentNumber {
    type Error = NotADocumentNumber;
    fn try_from(typed: String) -> Result<Self, Self::Error> {
        typed.parse()
    }
}
impl From<DocumentNumber> for String {
    fn from(number: DocumentNumber) -> Self {
        number.to_string()
    }
}

/// The digits of Crockford's base 32: no I, L, O, U, which are mistaken for others.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Digits of a code.
const LENGTH: usize = 26;

/// Where hyphens stand when a code is shown.
const GROUPS: [usize; 5] = [5, 5, 5, 5, 6];

/// 128 random bits by which a paper is verified; whoever has the paper has the code, and nobody guesses one.
///
/// Kept and compared as 26 digits without hyphens, shown in groups. `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VerificationCode(u128);

/// Why a text is no verification code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CodeError {
    /// Too few or too many digits, hyphens and blanks not counted.
    #[error("Doğrulama kodu 26 karakterdir; {found} karakter yazılmış.")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// A character that no code has, at a place counted from one without hyphens and blanks.
    #[error("Doğrulama kodunun {place}. karakteri (“{found}”) kodlarda bulunmaz.")]
    Character {
        /// The character.
        found: char,
        /// Its place.
        place: usize,
    },
    /// Digits that stand for more than 128 bits.
    #[error("Bu bir doğrulama kodu değil; ilk karakter 0 ile 7 arasında olmalı.")]
    TooBig,
}

/// The value of a typed character, misreadings forgiven; nothing if no code has it.
fn digit_value(typed: char) -> Option<u8> {
    let upper = match typed {
        'o' | 'O' => b'0',
        'i' | 'I' | 'ı' | 'İ' | 'l' | 'L' => b'1',
        _ => u8::try_from(typed).ok()?.to_ascii_uppercase(),
    };
    DIGITS.iter().position(|digit| *digit == upper).map(|value| value as u8)
}

impl VerificationCode {
    /// A fresh code.
    pub fn fresh(randomness: &dyn Randomness) -> Self {
        Self(u128::from_be_bytes(base::random::array(randomness)))
    }

    /// Reads a code as it was typed or scanned: case, blanks and hyphens do not matter, `O` is 0, `I` and `L` are 1.
    pub fn parse(typed: &str) -> Result<Self, CodeError> {
        let skipped = |c: &char| {
            c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−' | '\u{ad}' | '\u{307}')
        };
        let mut digits = [0; LENGTH];
        let mut found_places = 0;
        for found in typed.chars().filter(|c| !skipped(c)) {
            let place = found_places + 1;
            let digit = digit_value(found).ok_or(CodeError::Character { found, place })?;
            if let Some(slot) = digits.get_mut(found_places) {
                *slot = digit;
            }
            found_places = place;
        }
        if found_places != LENGTH {
            return Err(CodeError::Length { found: found_places });
        }
        // 26 digits of five bits are 130 bits; the first two must be empty.
        if digits[0] > 7 {
            return Err(CodeError::TooBig);
        }
        let value = digits.iter().fold(0, |value: u128, digit| (value << 5) | u128::from(*digit));
        Ok(Self(value))
    }

    fn digits(self) -> [u8; LENGTH] {
        let mut digits = [b'0'; LENGTH];
        let mut rest = self.0;
        for place in digits.iter_mut().rev() {
            // Five bits are an index below 32.
            *place = DIGITS[(rest & 31) as usize];
            rest >>= 5;
        }
        digits
    }

    /// The 26 digits without hyphens, as kept in the database and put into addresses.
    pub fn compact(self) -> String {
        self.digits().iter().map(|digit| char::from(*digit)).collect()
    }
}

/// In groups for reading aloud and typing: `01234-56789-ABCDE-FGHJK-MNPQRS`.
impl fmt::Display for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        let mut rest = digits.as_slice();
        for (group, length) in GROUPS.into_iter().enumerate() {
            if group > 0 {
                f.write_str("-")?;
            }
            let (now, later) = rest.split_at(length);
            for digit in now {
                write!(f, "{}", char::from(*digit))?;
            }
            rest = later;
        }
        Ok(())
    }
}
impl fmt::Debug for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerificationCode(…)")
    }
}
impl FromStr for VerificationCode {
    type Err = CodeError;
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        Self::parse(typed)
    }
}
impl TryFrom<String> for VerificationCode {
    type Error = CodeError;
    fn try_from(typed: String) -> Result<Self, Self::Error> {
        Self::parse(&typed)
    }
}
impl From<VerificationCode> for String {
    fn from(code: VerificationCode) -> Self {
        code.compact()
    }
}

#[cfg(test)]
mod tests;
