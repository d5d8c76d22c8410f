//! The letters that papers can show.
//!
//! A paper's number is given before its PDF is made, so what the built-in fonts lack must be found before: a paper with
//! such a letter could never be finished. The `pdf` crate tests that every face has all of these.

use std::ops::RangeInclusive;

/// Letters, marks and signs of every built-in face: Latin with all diacritics, Greek, Cyrillic, and what stands around them.
pub const LETTERS: &[RangeInclusive<char>] = &[
    ' '..='~',
    '\u{a0}'..='\u{36f}',
    'Α'..='Ρ',
    'Σ'..='ώ',
    '\u{400}'..='\u{513}',
    '\u{1e00}'..='\u{1e9b}',
    '\u{1e9e}'..='\u{1e9e}',
    '\u{1ea0}'..='\u{1ef9}',
    '‐'..='‐',
    '‒'..='•',
    '…'..='…',
    '€'..='€',
];

/// The first letter of a text that no paper can show.
pub fn first_unprintable(text: &str) -> Option<char> {
    text.chars().find(|letter| !LETTERS.iter().any(|range| range.contains(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_country_and_its_neighbours_can_be_printed() {
        for name in [
            "Işın ŞENTÜRK ÜNLÜ",
            "Zoë O’Brien-Łukasz",
            "Əliyev Nərgiz",
            "Нұрсұлтан",
            "Ελένη",
            "2.500 € – “evet”",
        ] {
            assert_eq!(first_unprintable(name), None, "{name}");
        }
        assert_eq!(first_unprintable("李 小龙"), Some('李'));
        assert_eq!(first_unprintable("a\u{48f10}"), Some('\u{48f10}'));
        assert_eq!(first_unprintable("a\u{202e}b"), Some('\u{202e}'));
    }
}
