//! The scheme of student numbers: a pattern whose only running part is the serial.

use std::fmt;

/// Why a pattern is none, or gives no number.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SchemeError {
    /// A part in braces that no scheme knows.
    #[error("`{{{0}}}` diye bir parça yok; bilinenler: yy, yyyy, programme:N, unit:N, serial:N")]
    UnknownPart(String),
    /// A sign that is neither a digit nor a part in braces.
    #[error("öğrenci numarası yalnız rakamdan oluşur: `{0}`")]
    NotADigit(char),
    /// The serial is missing, stands twice, or does not stand at the end.
    #[error("`{{serial:N}}` bir kez ve sonda durmalı")]
    Serial,
    /// Longer than a student number may be.
    #[error("numara en çok 20 rakam olabilir")]
    TooLong,
    /// The programme has no code of enough digits.
    #[error("programın {digits} haneli bir kodu yok; önce kodu girin")]
    NoProgrammeCode {
        /// Digits that the scheme asks for.
        digits: usize,
    },
    /// The unit has no code of enough digits.
    #[error("birimin {digits} haneli bir kodu yok; önce kodu girin")]
    NoUnitCode {
        /// Digits that the scheme asks for.
        digits: usize,
    },
    /// All numbers of the series are given.
    #[error("`{series}` serisinde numara kalmadı")]
    Full {
        /// Which series.
        series: String,
    },
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Part {
    Digits(String),
    Year { digits: usize },
    Programme { digits: usize },
    Unit { digits: usize },
}

/// A scheme of student numbers, e.g. `{yy}{programme:3}{serial:4}`.
///
/// What stands before the serial names the series; in it the serial runs from 1 without a gap.
///
/// # Legal basis
/// File 14, "Student number schemes": every university has its own; numbers are never recycled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumberScheme {
    parts: Vec<Part>,
    serial_digits: usize,
}

/// What the fixed part of a number is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SeriesFacts<'a> {
    /// Year of entry.
    pub year: i32,
    /// Code of the programme, of which the last digits count.
    pub programme_code: &'a str,
    /// Code of the unit that leads the programme, likewise.
    pub unit_code: &'a str,
}

impl NumberScheme {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`SchemeError`] says which part is wrong.
    pub fn parse(pattern: &str) -> Result<Self, SchemeError> {
        let mut parts = Vec::new();
        let mut serial_digits = None;
        let mut rest = pattern.trim();
        while let Some(sign) = rest.chars().next() {
            if serial_digits.is_some() {
                return Err(SchemeError::Serial);
            }
            if sign == '{' {
                let (name, behind) = rest[1..]
                    .split_once('}')
                    .ok_or_else(|| SchemeError::UnknownPart(rest.trim_start_matches('{').to_owned()))?;
                rest = behind;
                let unknown = || SchemeError::UnknownPart(name.to_owned());
                let (word, digits) = match name.split_once(':') {
                    Some((word, digits)) => (word, digits.parse().ok().filter(|n| (1..=12).contains(n))),
                    None => (name, None),
                };
                match (word, digits) {
                    ("yy", None) => parts.push(Part::Year { digits: 2 }),
                    ("yyyy", None) => parts.push(Part::Year { digits: 4 }),
                    ("programme", Some(digits)) => parts.push(Part::Programme { digits }),
                    ("unit", Some(digits)) => parts.push(Part::Unit { digits }),
                    ("serial", Some(digits)) => serial_digits = Some(digits),
                    _ => return Err(unknown()),
                }
            } else if sign.is_ascii_digit() {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                rest = &rest[digits.len()..];
                parts.push(Part::Digits(digits));
            } else {
                return Err(SchemeError::NotADigit(sign));
            }
        }
        let scheme = Self { parts, serial_digits: serial_digits.ok_or(SchemeError::Serial)? };
        if scheme.len() > 20 { Err(SchemeError::TooLong) } else { Ok(scheme) }
    }

    fn len(&self) -> usize {
        let fixed = self.parts.iter().map(|part| match part {
            Part::Digits(digits) => digits.len(),
            Part::Year { digits } | Part::Programme { digits } | Part::Unit { digits } => *digits,
        });
        fixed.sum::<usize>() + self.serial_digits
    }

    /// Digits of the serial.
    pub const fn serial_digits(&self) -> usize {
        self.serial_digits
    }

    /// The series to which a number belongs: its digits before the serial.
    ///
    /// # Errors
    /// [`SchemeError::NoProgrammeCode`] and [`SchemeError::NoUnitCode`] where the programme or the unit lacks the digits.
    pub fn series(&self, facts: SeriesFacts<'_>) -> Result<String, SchemeError> {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Digits(digits) => out.push_str(digits),
                Part::Year { digits: 2 } => out.push_str(&format!("{:02}", facts.year.rem_euclid(100))),
                Part::Year { .. } => out.push_str(&format!("{:04}", facts.year)),
                Part::Programme { digits } => {
                    let code = last_digits(facts.programme_code, *digits);
                    out.push_str(&code.ok_or(SchemeError::NoProgrammeCode { digits: *digits })?);
                }
                Part::Unit { digits } => {
                    let code = last_digits(facts.unit_code, *digits);
                    out.push_str(&code.ok_or(SchemeError::NoUnitCode { digits: *digits })?);
                }
            }
        }
        Ok(out)
    }

    /// The number of a serial in a series.
    ///
    /// # Errors
    /// [`SchemeError::Full`] when the serial has more digits than the scheme gives it.
    pub fn number(&self, series: &str, serial: i64) -> Result<String, SchemeError> {
        let digits = self.serial_digits;
        let serial = format!("{serial:0digits$}");
        if serial.len() > digits {
            return Err(SchemeError::Full { series: series.to_owned() });
        }
        Ok(format!("{series}{serial}"))
    }
}

impl fmt::Display for NumberScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Part::Digits(digits) => f.write_str(digits)?,
                Part::Year { digits: 2 } => f.write_str("{yy}")?,
                Part::Year { .. } => f.write_str("{yyyy}")?,
                Part::Programme { digits } => write!(f, "{{programme:{digits}}}")?,
                Part::Unit { digits } => write!(f, "{{unit:{digits}}}")?,
            }
        }
        write!(f, "{{serial:{}}}", self.serial_digits)
    }
}

/// The last digits of a code; nothing where it has fewer.
fn last_digits(code: &str, digits: usize) -> Option<String> {
    let found: Vec<char> = code.chars().filter(char::is_ascii_digit).collect();
    let from = found.len().checked_sub(digits)?;
    Some(found[from..].iter().collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FACTS: SeriesFacts<'static> =
        SeriesFacts { year: 2026, programme_code: "160022", unit_code: "3456" };

    fn scheme(pattern: &str) -> NumberScheme {
        NumberScheme::parse(pattern).expect("a scheme")
    }

    #[test]
    fn schemes_of_universities_are_written_as_patterns() {
        for (pattern, series, number) in [
            ("{yy}{programme:3}{serial:4}", "26022", "260220001"),
            ("{unit:4}{yy}{serial:4}", "345626", "3456260001"),
            ("{yyyy}{programme:2}{serial:3}", "202622", "202622001"),
            ("9{yy}{serial:5}", "926", "92600001"),
        ] {
            let scheme = scheme(pattern);
            assert_eq!(scheme.to_string(), pattern);
            assert_eq!(scheme.series(FACTS).as_deref(), Ok(series));
            assert_eq!(scheme.number(series, 1).as_deref(), Ok(number));
        }
    }

    #[test]
    fn what_is_no_scheme_is_refused_with_its_part() {
        for (pattern, error) in [
            ("", SchemeError::Serial),
            ("{yy}", SchemeError::Serial),
            ("{serial:3}{yy}", SchemeError::Serial),
            ("{yy}-{serial:3}", SchemeError::NotADigit('-')),
            ("{year}{serial:3}", SchemeError::UnknownPart("year".to_owned())),
            ("{serial}", SchemeError::UnknownPart("serial".to_owned())),
            ("{serial:0}", SchemeError::UnknownPart("serial:0".to_owned())),
            ("{yy", SchemeError::UnknownPart("yy".to_owned())),
            ("{unit:10}{programme:8}{serial:4}", SchemeError::TooLong),
        ] {
            assert_eq!(NumberScheme::parse(pattern), Err(error), "{pattern}");
        }
        let scheme = scheme("{programme:3}{serial:2}");
        let facts = SeriesFacts { programme_code: "L-7", ..FACTS };
        assert_eq!(scheme.series(facts), Err(SchemeError::NoProgrammeCode { digits: 3 }));
        let by_unit = NumberScheme::parse("{unit:5}{serial:2}").expect("a scheme");
        assert_eq!(by_unit.series(FACTS), Err(SchemeError::NoUnitCode { digits: 5 }));
        assert_eq!(scheme.number("022", 100), Err(SchemeError::Full { series: "022".to_owned() }));
    }

    proptest! {
        #[test]
        fn numbers_of_a_series_are_in_order_and_none_is_twice(a in 1_i64..9_999, b in 1_i64..9_999) {
            let scheme = scheme("{yy}{programme:3}{serial:4}");
            let number = |serial| scheme.number("26022", serial).expect("room");
            prop_assert_eq!(number(a).cmp(&number(b)), a.cmp(&b));
        }
    }
}
