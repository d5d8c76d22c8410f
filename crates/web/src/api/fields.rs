//! Types of single values in requests and answers, each with its schema: what they let through, every service and
//! both engines can take.

use std::borrow::Cow;

use base::time::{Date, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type},
    },
};

use super::complaint::Complaint;

/// A text of one line with at most `MAX` characters; with `MIN` above 0 it must not be blank.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Line<const MAX: usize, const MIN: usize = 0>(pub String);

/// A text of several lines with at most `MAX` characters; with `MIN` above 0 it must not be blank.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Prose<const MAX: usize, const MIN: usize = 0>(pub String);

/// The bytes of a file, for the schema alone.
#[derive(Debug)]
pub struct Binary;

/// A day of a request: between 1900 and 2199, so that both engines can store every one of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GivenDay(pub Date);

/// A text whose characters never reach a log or an error, e.g. a password.
#[derive(Clone)]
pub struct Secret(pub String);

/// A whole number within bounds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Whole<const MIN: i64, const MAX: i64>(pub i64);

/// The version that somebody read before he or she changes something.
pub type Version = Whole<0, { i64::MAX }>;

/// A day of an answer, `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Day(pub Date);

/// An instant as RFC 3339 writes it, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Instant(pub Timestamp);

/// An exact decimal number, written as a string with a point so that no reader makes a binary fraction of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Decimal(pub String);

impl Decimal {
    /// Any of our exact numbers; they all write themselves with a point.
    pub fn of(number: impl std::fmt::Display) -> Self {
        Self(number.to_string())
    }
}

fn checked(text: String, min: usize, max: usize, is_allowed: fn(char) -> bool) -> Result<String, Complaint> {
    // Cheap first: no text within the limit has more bytes than that.
    if text.len() > max * 4 || text.chars().count() > max {
        Err(Complaint::TooLong(max))
    } else if text.chars().any(|c| c.is_control() && !is_allowed(c)) {
        Err(Complaint::Control)
    } else if min > 0 && text.trim().is_empty() {
        Err(Complaint::Required)
    } else {
        Ok(text)
    }
}

impl<const MAX: usize, const MIN: usize> Line<MAX, MIN> {
    /// Checks a text that did not come through serde.
    ///
    /// # Errors
    /// Too long, with control characters, or blank.
    pub fn read(text: String) -> Result<Self, Complaint> {
        checked(text, MIN, MAX, |_| false).map(Self)
    }
}

/// The text of an optional parameter; one that is empty was not given.
pub fn given<const MAX: usize>(text: Option<&Line<MAX>>) -> Option<&str> {
    text.map(|line| line.0.as_str()).filter(|text| !text.is_empty())
}

impl<'de, const MAX: usize, const MIN: usize> Deserialize<'de> for Line<MAX, MIN> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl<'de, const MAX: usize, const MIN: usize> Deserialize<'de> for Prose<MAX, MIN> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        checked(text, MIN, MAX, |c| matches!(c, '\n' | '\r' | '\t')).map(Self).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.len() > 1024 { Err(D::Error::custom(Complaint::TooLong(1024))) } else { Ok(Self(text)) }
    }
}

impl<'de, const MIN: i64, const MAX: i64> Deserialize<'de> for Whole<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl serde::de::Visitor<'_> for Number {
            type Value = i64;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a whole number")
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
                Ok(number)
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
                // Above every bound there is.
                Ok(i64::try_from(number).unwrap_or(i64::MAX))
            }
            /// JSON knows one kind of number: `5.0` is the whole number 5.
            fn visit_f64<E: Error>(self, number: f64) -> Result<i64, E> {
                let text = number.to_string();
                text.parse().map_err(|_| E::custom("not a whole number"))
            }
        }
        let number = deserializer.deserialize_i64(Number)?;
        if (MIN..=MAX).contains(&number) {
            Ok(Self(number))
        } else {
            Err(D::Error::custom(Complaint::Range(MIN, MAX)))
        }
    }
}

/// Days that the office may mean.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

impl GivenDay {
    /// Reads exactly `YYYY-MM-DD`.
    pub fn read(text: &str) -> Option<Self> {
        let [y, m, d] = text.split('-').collect::<Vec<_>>().try_into().ok()?;
        let digits =
            |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(y, 4) || !digits(m, 2) || !digits(d, 2) {
            return None;
        }
        let day = Date::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?).ok()?;
        YEARS.contains(&day.year()).then_some(Self(day))
    }
}

/// `YYYY-MM-DD`.
impl std::fmt::Display for GivenDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for GivenDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| D::Error::custom(Complaint::Day))
    }
}

/// A word of a path: a student number or a code. One that no record can have leads nowhere (404).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment(pub String);

impl<'de> Deserialize<'de> for Segment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        checked(text, 0, 64, |_| false).map(Self).map_err(D::Error::custom)
    }
}

impl std::fmt::Display for Segment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// What a text may be made of: no sign of `barred`, and where it must not be blank one that is no blank.
fn pattern(barred: &str, min: usize) -> String {
    if min > 0 { format!("^[^{barred}]*[^{barred}\\s][^{barred}]*$") } else { format!("^[^{barred}]*$") }
}

impl<const MAX: usize, const MIN: usize> PartialSchema for Line<MAX, MIN> {
    fn schema() -> RefOr<Schema> {
        let barred = pattern(r"\u0000-\u001f\u007f-\u009f", MIN);
        text().min_length((MIN > 0).then_some(MIN)).max_length(Some(MAX)).pattern(Some(barred)).into()
    }
}
impl<const MAX: usize, const MIN: usize> ToSchema for Line<MAX, MIN> {
    fn name() -> Cow<'static, str> {
        if MIN > 0 { format!("Line{MIN}To{MAX}").into() } else { format!("Line{MAX}").into() }
    }
}

impl<const MAX: usize, const MIN: usize> PartialSchema for Prose<MAX, MIN> {
    fn schema() -> RefOr<Schema> {
        let barred = pattern(r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f", MIN);
        text().min_length((MIN > 0).then_some(MIN)).max_length(Some(MAX)).pattern(Some(barred)).into()
    }
}
impl<const MAX: usize, const MIN: usize> ToSchema for Prose<MAX, MIN> {
    fn name() -> Cow<'static, str> {
        if MIN > 0 { format!("Prose{MIN}To{MAX}").into() } else { format!("Prose{MAX}").into() }
    }
}

impl PartialSchema for Binary {
    fn schema() -> RefOr<Schema> {
        text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary))).into()
    }
}
impl ToSchema for Binary {}

impl PartialSchema for GivenDay {
    fn schema() -> RefOr<Schema> {
        text()
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .pattern(Some("^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"))
            .description(Some("A day between 1900 and 2199, YYYY-MM-DD."))
            .into()
    }
}
impl ToSchema for GivenDay {}

impl PartialSchema for Secret {
    fn schema() -> RefOr<Schema> {
        text().max_length(Some(128)).format(Some(SchemaFormat::KnownFormat(KnownFormat::Password))).into()
    }
}
impl ToSchema for Secret {}

impl<const MIN: i64, const MAX: i64> PartialSchema for Whole<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .minimum(Some(MIN))
            .maximum(Some(MAX))
            .into()
    }
}
impl<const MIN: i64, const MAX: i64> ToSchema for Whole<MIN, MAX> {
    fn name() -> Cow<'static, str> {
        format!("WholeFrom{MIN}To{MAX}").into()
    }
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        text()
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .pattern(Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
            .description(Some("A day, YYYY-MM-DD."))
            .into()
    }
}
impl ToSchema for Day {}

impl PartialSchema for Instant {
    fn schema() -> RefOr<Schema> {
        text()
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some("An instant in UTC as RFC 3339 writes it."))
            .into()
    }
}
impl ToSchema for Instant {}

impl PartialSchema for Decimal {
    fn schema() -> RefOr<Schema> {
        text()
            .pattern(Some(r"^-?[0-9]+(\.[0-9]+)?$"))
            .description(Some("An exact decimal number, as a string with a decimal point."))
            .into()
    }
}
impl ToSchema for Decimal {}

impl PartialSchema for Segment {
    fn schema() -> RefOr<Schema> {
        text().min_length(Some(1)).max_length(Some(64)).into()
    }
}
impl ToSchema for Segment {}

impl From<Timestamp> for Instant {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}
impl From<Date> for Day {
    fn from(day: Date) -> Self {
        Self(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_long_texts_are_refused() {
        assert_eq!(Line::<3>::read("a\0b".to_owned()), Err(Complaint::Control));
        assert_eq!(Line::<3>::read("ışığ".to_owned()), Err(Complaint::TooLong(3)));
        assert_eq!(Line::<4>::read("ışığ".to_owned()), Ok(Line("ışığ".to_owned())));
        assert_eq!(Line::<4, 1>::read(" \u{a0}".to_owned()), Err(Complaint::Required));
        assert!(serde_json::from_str::<Prose<20>>(r#""bir\niki""#).is_ok());
        assert!(serde_json::from_str::<Prose<20>>(r#""bir\u0000""#).is_err());
        assert!(serde_json::from_str::<Line<20>>(r#""bir\niki""#).is_err());
    }

    #[test]
    fn days_are_written_one_way() {
        assert!(GivenDay::read("2026-11-23").is_some());
        for wrong in [
            "23.11.2026",
            "2026-11-31",
            "2026-1-1",
            "+2026-11-23",
            "2026-11-23T00:00",
            "0001-01-01",
            "9999-01-01",
            "",
        ] {
            assert_eq!(GivenDay::read(wrong), None, "{wrong}");
        }
    }
}
