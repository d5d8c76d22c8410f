//! One field of a row: read by the shape of its column, or refused with what is wrong with it.

use std::borrow::Cow;

use base::{
    identity::Tckn,
    text::{first_not_in_a_name, upper_tr},
    time::{Date, parse_date_tr},
};
use encoding_rs::WINDOWS_1254;
use regulations::Letter;
use storage::records::RecordsFile;

use super::{
    faults::brief,
    format::{Column, NAME, STUDENT_NO, Shape},
    problem::Problem,
};

/// A field that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Cell<'a> {
    /// Nothing stands there.
    Empty,
    /// A whole number, or a decimal one in hundredths.
    Int(i64),
    /// Text, a code or a word.
    Text(Cow<'a, str>),
    /// A day.
    Date(Date),
    /// A letter mark.
    Letter(Letter),
}

impl Cell<'_> {
    /// The number, if there is one.
    pub(super) fn int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// The text, empty where there is none.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(value) => value,
            _ => "",
        }
    }

    /// The day, if there is one.
    pub(super) fn date(&self) -> Option<Date> {
        match self {
            Self::Date(value) => Some(*value),
            _ => None,
        }
    }

    /// The letter, if there is one.
    pub(super) fn letter(&self) -> Option<Letter> {
        match self {
            Self::Letter(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as it is kept for comparing.
    pub(super) fn json(&self) -> serde_json::Value {
        match self {
            Self::Empty => serde_json::Value::Null,
            Self::Int(value) => (*value).into(),
            Self::Text(value) => value.as_ref().into(),
            Self::Date(value) => value.to_string().into(),
            Self::Letter(value) => value.as_str().into(),
        }
    }
}

/// Reads what stands in a column.
pub(super) fn read<'a>(column: &Column, raw: &'a str) -> Result<Cell<'a>, Problem> {
    let text = raw.trim();
    if text.is_empty() {
        return if column.required {
            Err(Problem::Empty { expected: column.shape.expected() })
        } else {
            Ok(Cell::Empty)
        };
    }
    let unexpected = || Err(Problem::NotUnderstood { found: brief(text), expected: column.shape.expected() });
    match column.shape {
        Shape::Ref(RecordsFile::Students) | Shape::StudentNo => {
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/');
            if text.len() > STUDENT_NO || !text.chars().all(fits) {
                return unexpected();
            }
            Ok(Cell::Text(Cow::Borrowed(text)))
        }
        Shape::Key | Shape::Ref(_) => match whole(text) {
            Some(value) => Ok(Cell::Int(value)),
            None => unexpected(),
        },
        Shape::Number(from, to) => match whole(text) {
            Some(value) if (from..=to).contains(&value) => Ok(Cell::Int(value)),
            Some(_) => Err(Problem::OutOfRange { found: brief(text), from, to }),
            None => unexpected(),
        },
        Shape::Decimal(most) => match hundredths(text) {
            Some(value) if value <= most * 100 => Ok(Cell::Int(value)),
            Some(_) => Err(Problem::DecimalOutOfRange { found: brief(text), most }),
            None => unexpected(),
        },
        Shape::Word(words) => match (words.read)(text) {
            Some(word) => Ok(Cell::Text(Cow::Borrowed(word))),
            None => Err(Problem::UnknownWord { found: brief(text), words: (words.all)().join(", ") }),
        },
        Shape::Code(most) => free_text(text, most).map(Cell::Text),
        Shape::Text(most) => free_text(text, most).map(Cell::Text),
        Shape::Name => {
            if text.chars().any(|c| c.is_ascii_digit()) {
                return Err(Problem::DigitInName { found: brief(text) });
            }
            let name = free_text(text, NAME)?;
            // A plain sign is for whoever reads the list of people; what nobody sees is refused.
            let strange = first_not_in_a_name(&name).filter(|character| !character.is_ascii_graphic());
            if let Some(character) = strange {
                return Err(Problem::CharacterInName { code: format!("U+{:04X}", u32::from(character)) });
            }
            // Registers write surnames in capitals, and so do papers.
            if column.name == "surname" {
                let capitals = upper_tr(&name);
                return Ok(Cell::Text(if capitals == *name { name } else { Cow::Owned(capitals) }));
            }
            Ok(Cell::Text(name))
        }
        Shape::Digits(n) => {
            if text.len() == n && text.bytes().all(|b| b.is_ascii_digit()) {
                Ok(Cell::Text(Cow::Borrowed(text)))
            } else {
                unexpected()
            }
        }
        Shape::Date => match parse_date_tr(text) {
            Some(day) => Ok(Cell::Date(day)),
            None => unexpected(),
        },
        Shape::IdentityNo => match Tckn::parse(text) {
            Ok(_) => Ok(Cell::Text(Cow::Borrowed(text))),
            Err(error) => Err(error.into()),
        },
        Shape::Email => {
            let (name, host) = text.split_once('@').unwrap_or_default();
            if name.is_empty()
                || !host.contains('.')
                || text.len() > 254
                || text.contains(char::is_whitespace)
            {
                return unexpected();
            }
            Ok(Cell::Text(Cow::Borrowed(text)))
        }
        Shape::Letter => match Letter::parse(text) {
            Ok(letter) => Ok(Cell::Letter(letter)),
            Err(error) => Err(error.into()),
        },
        Shape::AcademicYear => {
            let years =
                text.split_once('-').and_then(|(a, b)| a.parse::<i64>().ok().zip(b.parse::<i64>().ok()));
            match years {
                Some((a, b)) if b == a + 1 && text.len() == 9 && (1900..=2200).contains(&a) => {
                    Ok(Cell::Text(Cow::Borrowed(text)))
                }
                _ => unexpected(),
            }
        }
        Shape::Language => {
            if text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase()) {
                Ok(Cell::Text(Cow::Borrowed(text)))
            } else {
                unexpected()
            }
        }
    }
}

/// Digits alone, not more than a row id can hold.
fn whole(text: &str) -> Option<i64> {
    if text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// Digits with at most one comma or dot and at most two decimals, in hundredths.
fn hundredths(text: &str) -> Option<i64> {
    let (before, after) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let decimals = match after.len() {
        1 => whole(after)? * 10,
        2 => whole(after)?,
        _ => return None,
    };
    if before.is_empty() || before.len() > 9 { None } else { Some(whole(before)? * 100 + decimals) }
}

fn free_text(text: &str, most: usize) -> Result<Cow<'_, str>, Problem> {
    if text.len() > most && text.chars().count() > most {
        return Err(Problem::TooLong { found: brief(text), length: text.chars().count(), most });
    }
    if text.contains('\u{fffd}') {
        return Err(Problem::LettersLost { found: brief(text) });
    }
    if let Some(meant) = twice_encoded(text) {
        return Err(Problem::EncodedTwice { found: brief(text), meant: brief(&meant) });
    }
    Ok(Cow::Borrowed(text))
}

/// What a text meant whose UTF-8 bytes were once read as Windows-1254 and saved again (`Ä±ÅŸÄ±k`).
pub(crate) fn twice_encoded(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Ä', 'Å']) {
        return None;
    }
    let (bytes, _, lost) = WINDOWS_1254.encode(text);
    if lost { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

#[cfg(test)]
mod tests {
    use super::{super::problem::Expected, *};

    fn column(shape: Shape) -> Column {
        Column { name: "x", shape, required: true }
    }

    #[test]
    fn numbers_are_read_exactly_or_refused() {
        for (text, value) in [("0", 0), ("3", 300), ("3.5", 350), ("3,25", 325), ("100", 10_000)] {
            assert_eq!(read(&column(Shape::Decimal(100)), text), Ok(Cell::Int(value)), "{text}");
        }
        for text in ["3.", ".5", "3.255", "-1", "1e3", "100.01", "٣", "altmış", "999999999999"] {
            assert!(read(&column(Shape::Decimal(100)), text).is_err(), "{text}");
        }
        assert_eq!(read(&column(Shape::Number(0, 7)), "8").expect_err("range").code(), "range");
        assert_eq!(read(&column(Shape::Key), "12a").expect_err("text").code(), "not_understood");
    }

    #[test]
    fn refusals_say_what_was_expected() {
        let sex = super::super::format::format(RecordsFile::Students).columns[4];
        assert_eq!(
            read(&sex, "X"),
            Err(Problem::UnknownWord { found: "X".to_owned(), words: "K, E".to_owned() })
        );
        assert_eq!(read(&sex, "K"), Ok(Cell::Text(Cow::Borrowed("female"))));
        // The number itself is not repeated.
        assert_eq!(
            read(&column(Shape::IdentityNo), "12345678951"),
            Err(Problem::IdentityCheckDigit { place: 11 })
        );
        assert_eq!(
            read(&column(Shape::Text(3)), "İşçi"),
            Err(Problem::TooLong { found: "İşçi".to_owned(), length: 4, most: 3 })
        );
        for (shape, text, expected) in [
            (Shape::Date, "2021-09-31", Expected::Day),
            (Shape::AcademicYear, "2021-2023", Expected::AcademicYear),
        ] {
            assert_eq!(read(&column(shape), text).expect_err(text).expected(), Some(&expected));
        }
    }

    #[test]
    fn letters_that_were_spoilt_are_noticed_and_names_kept() {
        let name = Column { name: "surname", shape: Shape::Name, required: true };
        assert_eq!(read(&name, " Işık "), Ok(Cell::Text(Cow::Borrowed("IŞIK"))));
        assert_eq!(read(&name, "ÇELİK ÖZTÜRK"), Ok(Cell::Text(Cow::Borrowed("ÇELİK ÖZTÜRK"))));
        assert_eq!(
            read(&name, "Ä±ÅŸÄ±k"),
            Err(Problem::EncodedTwice { found: "Ä±ÅŸÄ±k".to_owned(), meant: "ışık".to_owned() })
        );
        assert!(read(&name, "I\u{fffd}IK").is_err());
        assert!(read(&name, "12345678950").is_err());
        for (wrong, code) in
            [("Ay\u{202e}şe", "U+202E"), ("Ay\u{378}şe", "U+0378"), ("Ay\u{e000}şe", "U+E000")]
        {
            assert_eq!(read(&name, wrong), Err(Problem::CharacterInName { code: code.to_owned() }));
        }
        for real in ["Ångström", "Müller", "ÖZKÖK", "JOÃO"] {
            assert!(read(&name, real).is_ok(), "{real}");
        }
    }
}
