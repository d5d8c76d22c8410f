//! What can be wrong with a value before any service sees it, and how that travels through serde's errors.

use std::fmt;

/// What is wrong with one value of a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Complaint {
    /// It is missing.
    Required,
    /// There is no such field or parameter.
    Unknown,
    /// It has another type than the schema says.
    Type,
    /// It is none of these words.
    Choice(String),
    /// It is outside these bounds.
    Range(i64, i64),
    /// It has more than so many characters.
    TooLong(usize),
    /// It holds control characters.
    Control,
    /// It is no day written `YYYY-MM-DD` between 1900 and 2199.
    Day,
    /// It was given twice.
    Twice,
    /// No list gave this cursor.
    Cursor,
    /// Nothing has this code.
    NoSuch,
    /// More than so many were sent.
    TooMany(usize),
}

/// By what a complaint is recognised inside serde's message.
const SIGN: char = '\u{1}';

impl Complaint {
    /// The stable word of problem details and of the text key `api-field-…`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Unknown => "unknown-field",
            Self::Type => "type",
            Self::Choice(_) => "choice",
            Self::Range(..) => "range",
            Self::TooLong(_) => "too-long",
            Self::Control => "control-characters",
            Self::Day => "day",
            Self::Twice => "twice",
            Self::Cursor => "cursor",
            Self::NoSuch => "no-such-code",
            Self::TooMany(_) => "too-many",
        }
    }

    /// Arguments of the sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Choice(words) => vec![("choices", words.clone())],
            Self::Range(min, max) => vec![("min", min.to_string()), ("max", max.to_string())],
            Self::TooLong(max) | Self::TooMany(max) => vec![("max", max.to_string())],
            _ => Vec::new(),
        }
    }

    /// Reads a serde message: one of ours, or one of serde's own.
    fn read(message: &str) -> Self {
        let Some((_, own)) = message.split_once(SIGN) else {
            return if message.starts_with("missing field") {
                Self::Required
            } else if message.starts_with("unknown field") {
                Self::Unknown
            } else if message.starts_with("duplicate field") {
                Self::Twice
            } else {
                Self::Type
            };
        };
        // serde_json adds " at line …" behind it.
        let own = own.split(SIGN).next().unwrap_or_default();
        let (code, rest) = own.split_once(' ').unwrap_or((own, ""));
        let number = |text: &str| text.parse().unwrap_or_default();
        match code {
            "choice" => Self::Choice(rest.to_owned()),
            "range" => {
                let (min, max) = rest.split_once(' ').unwrap_or_default();
                Self::Range(number(min), number(max))
            }
            "too-long" => Self::TooLong(rest.parse().unwrap_or_default()),
            "too-many" => Self::TooMany(rest.parse().unwrap_or_default()),
            "control-characters" => Self::Control,
            "day" => Self::Day,
            "required" => Self::Required,
            _ => Self::Type,
        }
    }
}

/// The form inside serde's errors.
impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SIGN}{}", self.code())?;
        for (_, value) in self.args() {
            write!(f, " {value}")?;
        }
        write!(f, "{SIGN}")
    }
}

/// A complaint with the field that it is about: `roles[0].unit`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputError {
    /// Path of the field, or name of the parameter; empty for the whole body.
    pub field: String,
    /// What is wrong.
    pub complaint: Complaint,
}

impl InputError {
    /// A complaint about a field.
    pub fn new(field: impl Into<String>, complaint: Complaint) -> Self {
        Self { field: field.into(), complaint }
    }

    /// What serde says at a path.
    pub fn of_serde(path: &str, message: &str) -> Self {
        let complaint = Complaint::read(message);
        let path = if path == "." || path == "?" { "" } else { path };
        // serde names a missing, unknown or doubled field in the message and only its parent in the path.
        let named = matches!(complaint, Complaint::Required | Complaint::Unknown | Complaint::Twice)
            .then(|| message.split('`').nth(1))
            .flatten()
            .filter(|name| path.rsplit('.').next() != Some(*name));
        let field = match (path, named) {
            (path, None) => path.to_owned(),
            ("", Some(name)) => name.to_owned(),
            (path, Some(name)) => format!("{path}.{name}"),
        };
        Self { field, complaint }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_survive_serde() {
        for complaint in [
            Complaint::Choice("active, on_leave".to_owned()),
            Complaint::Range(1, 200),
            Complaint::TooLong(100),
            Complaint::TooMany(5),
            Complaint::Control,
            Complaint::Day,
        ] {
            let message = format!("{complaint} at line 1 column 7");
            assert_eq!(InputError::of_serde("a.b", &message), InputError::new("a.b", complaint));
        }
    }

    #[test]
    fn the_field_that_serde_means_is_named() {
        let read = |path, message| InputError::of_serde(path, message);
        assert_eq!(read(".", "missing field `email`"), InputError::new("email", Complaint::Required));
        assert_eq!(
            read("roles[0]", "missing field `role`"),
            InputError::new("roles[0].role", Complaint::Required)
        );
        assert_eq!(
            read("q", "unknown field `q`, expected `limit`"),
            InputError::new("q", Complaint::Unknown)
        );
        assert_eq!(read("limit", "invalid digit found in string"), InputError::new("limit", Complaint::Type));
    }
}
