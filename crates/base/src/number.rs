//! Exact numbers: hundredths for AKTS, credits, coefficients and scores; fractions for averages.
//!
//! There is no floating point here and there never will be: a rounding error in the third decimal decides
//! who graduates. An average stays a [`Fraction`] until it is shown, and [`Rounding`] comes from the
//! institution's rules.

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::lang::Lang;

/// Why a text is not the number that was asked for.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("{what} boş bırakılmış.")]
    Empty {
        /// What was asked for, in Turkish.
        what: &'static str,
    },
    /// Not digits with at most one comma or dot.
    #[error(
        "{what} bir sayı olmalı; “{typed}” okunamadı. Ondalık ayırıcı olarak tek bir virgül ya da nokta kullanın."
    )]
    NotANumber {
        /// What was asked for, in Turkish.
        what: &'static str,
        /// The text as it came.
        typed: String,
    },
    /// Below zero.
    #[error("{what} eksi olamaz; “{typed}” yazılmış.")]
    Negative {
        /// What was asked for, in Turkish.
        what: &'static str,
        /// The text as it came.
        typed: String,
    },
    /// More decimals than are kept.
    #[error("{what} en çok {most} ondalık basamak alır; “{typed}” yazılmış.")]
    TooManyDecimals {
        /// What was asked for, in Turkish.
        what: &'static str,
        /// The text as it came.
        typed: String,
        /// How many decimals are kept.
        most: u8,
    },
    /// Above the greatest value allowed.
    #[error("{what} en çok {most} olabilir; “{typed}” yazılmış.")]
    TooBig {
        /// What was asked for, in Turkish.
        what: &'static str,
        /// The text as it came.
        typed: String,
        /// The greatest value, without decimals.
        most: i64,
    },
}

/// Reads digits with at most one comma or dot into units of 10^-`decimals`, at most `most` whole units.
///
/// Gives the number of decimals that were written as well.
fn parse_decimal(what: &'static str, text: &str, decimals: u8, most: i64) -> Result<(i64, u8), NumberError> {
    let typed = text.trim();
    if typed.is_empty() {
        return Err(NumberError::Empty { what });
    }
    let not_a_number = || NumberError::NotANumber { what, typed: typed.to_owned() };
    let (negative, unsigned) = match typed.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, typed),
    };
    let (whole, part) = match unsigned.split_once([',', '.']) {
        Some((_, "")) => return Err(not_a_number()),
        Some(halves) => halves,
        None => (unsigned, ""),
    };
    if whole.is_empty() || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(not_a_number());
    }
    if negative {
        return Err(NumberError::Negative { what, typed: typed.to_owned() });
    }
    if part.len() > usize::from(decimals) {
        return Err(NumberError::TooManyDecimals { what, typed: typed.to_owned(), most: decimals });
    }
    let too_big = || NumberError::TooBig { what, typed: typed.to_owned(), most };
    let unit = 10_i64.pow(u32::from(decimals));
    let whole: i64 = whole.parse().map_err(|_| too_big())?;
    // At most as many digits as `unit` has zeros, so the text cannot be too long for the type.
    let fraction = format!("{part:0<width$}", width = usize::from(decimals));
    let fraction: i64 = if fraction.is_empty() { 0 } else { fraction.parse().map_err(|_| not_a_number())? };
    let value = whole.checked_mul(unit).and_then(|v| v.checked_add(fraction)).ok_or_else(too_big)?;
    if value > most.saturating_mul(unit) {
        return Err(too_big());
    }
    Ok((value, part.len() as u8))
}

/// Writes `value` units of 10^-`decimals` with the given decimal sign; without decimals if `short` and whole.
fn write_decimal(f: &mut impl fmt::Write, value: i64, decimals: u8, sign: char, short: bool) -> fmt::Result {
    let unit = 10_i64.pow(u32::from(decimals));
    let (whole, part) = (value / unit, value % unit);
    if decimals == 0 || (short && part == 0) {
        return write!(f, "{whole}");
    }
    write!(f, "{whole}{sign}")?;
    let (mut part, mut width) = (part, usize::from(decimals));
    while short && part % 10 == 0 {
        part /= 10;
        width -= 1;
    }
    write!(f, "{part:0width$}")
}

fn decimal_string(value: i64, decimals: u8, sign: char, short: bool) -> String {
    let mut out = String::with_capacity(8);
    // Writing into a String cannot fail.
    let _ = write_decimal(&mut out, value, decimals, sign, short);
    out
}

macro_rules! hundredths {
    ($(#[$doc:meta])* $name:ident, $what:literal, at most $most:literal, short $short:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(i32);

        impl $name {
            /// None of it.
            pub const ZERO: Self = Self(0);
            /// The greatest value that can be read.
            pub const MAX: Self = Self($most * 100);

            /// From hundredths; nothing if below zero or above [`Self::MAX`].
            pub const fn from_hundredths(hundredths: i32) -> Option<Self> {
                if hundredths < 0 || hundredths > Self::MAX.0 { None } else { Some(Self(hundredths)) }
            }

            /// From a whole number, which a `u16` keeps from being negative; capped at [`Self::MAX`].
            pub const fn whole(number: u16) -> Self {
                let hundredths = number as i32 * 100;
                if hundredths > Self::MAX.0 { Self::MAX } else { Self(hundredths) }
            }

            /// The value in hundredths, for storage and for exact arithmetic.
            pub const fn hundredths(self) -> i32 {
                self.0
            }

            /// Reads what people and files write, with comma or dot.
            pub fn parse(typed: &str) -> Result<Self, NumberError> {
                let (value, _) = parse_decimal($what, typed, 2, $most)?;
                // Not above MAX, so it fits.
                Ok(Self(value as i32))
            }

            /// As Turkish papers and pages show it, with a comma.
            pub fn tr(self) -> String {
                decimal_string(i64::from(self.0), 2, ',', $short)
            }

            /// As English papers and pages show it, with a dot.
            pub fn en(self) -> String {
                decimal_string(i64::from(self.0), 2, '.', $short)
            }

            /// [`Self::tr`] or [`Self::en`].
            pub fn text(self, lang: Lang) -> String {
                match lang {
                    Lang::Tr => self.tr(),
                    Lang::En => self.en(),
                }
            }
        }

        /// The form of files and interfaces, with a dot; people read [`Self::text`].
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_decimal(f, i64::from(self.0), 2, '.', $short)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = NumberError;
            fn from_str(typed: &str) -> Result<Self, Self::Err> {
                Self::parse(typed)
            }
        }

        string_serde!($name);
    };
}

macro_rules! string_serde {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl de::Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a number written as a string")
                    }
                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}

hundredths! {
    /// AKTS (ECTS credits) of a course, or a sum of them; whole where it is whole: `5`, `7,5`.
    Ects, "AKTS", at most 99_999, short true
}
hundredths! {
    /// National credits of a course, or a sum of them; whole where it is whole: `3`, `2,5`.
    Credit, "Kredi", at most 99_999, short true
}
hundredths! {
    /// The weight of a letter in an average, always with two decimals: `4,00`.
    Coefficient, "Katsayı", at most 100, short false
}
hundredths! {
    /// Points of an exam or a course out of 100; whole where it is whole: `85`, `72,5`.
    Score, "Puan", at most 100, short true
}

macro_rules! summable {
    ($name:ident) => {
        impl $name {
            /// The sum, capped at [`Self::MAX`].
            #[must_use]
            pub fn plus(self, other: Self) -> Self {
                Self((self.0 + other.0).min(Self::MAX.0))
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(each: I) -> Self {
                each.fold(Self::ZERO, Self::plus)
            }
        }
    };
}
summable!(Ects);
summable!(Credit);

/// What to do with the decimals that are not shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// A half and more goes up: 1,995 is 2,00.
    HalfUp,
    /// Everything beyond is dropped: 1,995 is 1,99.
    Truncate,
}

/// An exact number not below zero; rounded only when it is shown.
///
/// Equality and order are of the value: 1/2 equals 2/4.
#[derive(Clone, Copy)]
pub struct Fraction {
    num: i64,
    den: i64,
}

impl Fraction {
    /// `num` over `den`; nothing if `num` is below zero or `den` not above it.
    pub const fn new(num: i64, den: i64) -> Option<Self> {
        if num < 0 || den <= 0 { None } else { Some(Self { num, den }) }
    }

    /// The number above the line, as given.
    pub const fn num(self) -> i64 {
        self.num
    }

    /// The number below the line, as given; above zero.
    pub const fn den(self) -> i64 {
        self.den
    }

    /// The same value in lowest terms, for people who follow the arithmetic.
    #[must_use]
    pub const fn reduced(self) -> Self {
        let (mut a, mut b) = (self.num, self.den);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        // `den` is above zero, so the common divisor is.
        Self { num: self.num / a, den: self.den / a }
    }

    /// The value with `decimals` decimals (at most 9; more are taken as 9).
    pub fn round(self, decimals: u8, how: Rounding) -> Rounded {
        let decimals = decimals.min(Rounded::MOST_DECIMALS);
        let unit = 10_i64.pow(u32::from(decimals));
        let (num, den) = (i128::from(self.num) * i128::from(unit), i128::from(self.den));
        let units = match how {
            Rounding::Truncate => num / den,
            Rounding::HalfUp => (2 * num + den) / (2 * den),
        };
        Rounded { value: i64::try_from(units).unwrap_or(i64::MAX), decimals }
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (i128::from(self.num) * i128::from(other.den)).cmp(&(i128::from(other.num) * i128::from(self.den)))
    }
}
impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Fraction {}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}
impl fmt::Debug for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fraction({self})")
    }
}

impl FromStr for Fraction {
    type Err = NumberError;
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let wrong = || NumberError::NotANumber { what: "Kesir", typed: typed.to_owned() };
        let (num, den) = typed.split_once('/').ok_or_else(wrong)?;
        Self::new(num.parse().map_err(|_| wrong())?, den.parse().map_err(|_| wrong())?).ok_or_else(wrong)
    }
}
string_serde!(Fraction);

/// A number as it is shown, with a fixed count of decimals: `2,42`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rounded {
    value: i64,
    decimals: u8,
}

impl Rounded {
    /// More decimals are never shown.
    pub const MOST_DECIMALS: u8 = 9;

    /// `value` units of 10^-`decimals`; nothing if below zero or with more than [`Self::MOST_DECIMALS`].
    pub const fn new(value: i64, decimals: u8) -> Option<Self> {
        if value < 0 || decimals > Self::MOST_DECIMALS { None } else { Some(Self { value, decimals }) }
    }

    /// The number in units of the last decimal shown.
    pub const fn value(self) -> i64 {
        self.value
    }

    /// How many decimals are shown.
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// The exact value of what is shown, for comparing with a limit.
    pub fn fraction(self) -> Fraction {
        Fraction { num: self.value, den: 10_i64.pow(u32::from(self.decimals)) }
    }

    /// With a comma.
    pub fn tr(self) -> String {
        decimal_string(self.value, self.decimals, ',', false)
    }

    /// With a dot.
    pub fn en(self) -> String {
        decimal_string(self.value, self.decimals, '.', false)
    }

    /// [`Self::tr`] or [`Self::en`].
    pub fn text(self, lang: Lang) -> String {
        match lang {
            Lang::Tr => self.tr(),
            Lang::En => self.en(),
        }
    }
}

/// The form of files and interfaces, with a dot; people read [`Rounded::text`].
impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(f, self.value, self.decimals, '.', false)
    }
}
impl fmt::Debug for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rounded({self})")
    }
}

impl FromStr for Rounded {
    type Err = NumberError;
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        const WHAT: &str = "Ortalama";
        // The count of decimals is part of the value: 2,40 is not 2,4.
        let (value, decimals) = parse_decimal(WHAT, typed, Self::MOST_DECIMALS, i64::from(i32::MAX))?;
        let unused = u32::from(Self::MOST_DECIMALS - decimals);
        Ok(Self { value: value / 10_i64.pow(unused), decimals })
    }
}
string_serde!(Rounded);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fraction(num: i64, den: i64) -> Fraction {
        Fraction::new(num, den).expect("a fraction")
    }

    #[test]
    fn numbers_are_shown_as_papers_show_them() {
        let ects = |t: &str| Ects::parse(t).expect(t);
        assert_eq!(
            (ects("5").tr(), ects("5,00").tr(), ects("7.5").tr(), ects("7,05").en()),
            ("5".into(), "5".into(), "7,5".into(), "7.05".into())
        );
        assert_eq!(Coefficient::parse("4").expect("4").tr(), "4,00");
        assert_eq!(Coefficient::parse("3,5").expect("3,5").text(Lang::En), "3.50");
        assert_eq!(Score::parse("100").expect("100").tr(), "100");
        assert_eq!(Credit::parse("2,25").expect("2,25").to_string(), "2.25");
        assert_eq!(["2", "2.5", "0.75"].into_iter().map(ects).sum::<Ects>().tr(), "5,25");
        assert_eq!(Ects::MAX.plus(Ects::whole(1)), Ects::MAX);
        assert_eq!(Score::from_hundredths(10_001), None);
        assert_eq!(Score::whole(1000), Score::MAX);
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        let said = |t: &str| Score::parse(t).expect_err(t).to_string();
        assert_eq!(said(" "), "Puan boş bırakılmış.");
        assert_eq!(said("-5"), "Puan eksi olamaz; “-5” yazılmış.");
        assert_eq!(said("101"), "Puan en çok 100 olabilir; “101” yazılmış.");
        assert_eq!(said("100,01"), "Puan en çok 100 olabilir; “100,01” yazılmış.");
        assert_eq!(
            said("99999999999999999999"),
            "Puan en çok 100 olabilir; “99999999999999999999” yazılmış."
        );
        assert_eq!(said("72,505"), "Puan en çok 2 ondalık basamak alır; “72,505” yazılmış.");
        for odd in ["1.234,5", "1,2,3", ",5", "5,", "+5", "5e1", "beş", "٥", "- 5", "5 5"] {
            assert!(matches!(Score::parse(odd), Err(NumberError::NotANumber { .. })), "{odd}");
        }
    }

    #[test]
    fn half_up_and_truncation_differ_where_it_matters() {
        assert_eq!(fraction(725, 300).round(2, Rounding::HalfUp).tr(), "2,42");
        assert_eq!(fraction(725, 300).round(2, Rounding::Truncate).en(), "2.41");
        assert_eq!(fraction(1995, 1000).round(2, Rounding::HalfUp).tr(), "2,00");
        assert_eq!(fraction(1995, 1000).round(2, Rounding::Truncate).tr(), "1,99");
        assert_eq!(fraction(5, 2).round(0, Rounding::HalfUp).tr(), "3");
        assert_eq!(fraction(0, 7).round(2, Rounding::HalfUp).tr(), "0,00");
        assert_eq!(fraction(i64::MAX, 1).round(9, Rounding::HalfUp).value(), i64::MAX);
    }

    #[test]
    fn a_fraction_is_its_value() {
        assert_eq!(fraction(1, 2), fraction(2, 4));
        assert!(fraction(361_240, 100_000) > fraction(361_236, 100_000));
        assert_eq!(fraction(725, 300).reduced().to_string(), "29/12");
        assert_eq!(fraction(0, 300).reduced().to_string(), "0/1");
        assert_eq!((Fraction::new(-1, 2), Fraction::new(1, 0)), (None, None));
        assert_eq!(serde_json::from_str::<Fraction>("\"29/12\"").expect("json"), fraction(29, 12));
        assert!("29".parse::<Fraction>().is_err() && "1/0".parse::<Fraction>().is_err());
    }

    #[test]
    fn interfaces_carry_strings() {
        let shown = fraction(725, 300).round(2, Rounding::HalfUp);
        assert_eq!(
            serde_json::to_string(&(shown, Ects::whole(5), Coefficient::whole(4))).expect("json"),
            r#"["2.42","5","4.00"]"#
        );
        assert_eq!(
            serde_json::from_str::<Rounded>("\"2,40\"").expect("json"),
            Rounded::new(240, 2).expect("rounded")
        );
        assert_ne!("2.4".parse::<Rounded>(), "2.40".parse::<Rounded>());
        assert_eq!(
            "2.4".parse::<Rounded>().expect("2.4").fraction(),
            "2.40".parse::<Rounded>().expect("2.40").fraction()
        );
        assert!(serde_json::from_str::<Ects>("5").is_err());
        assert_eq!(serde_json::to_string(&Rounding::HalfUp).expect("json"), "\"half_up\"");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(hundredths in 0i32..=9_999_900) {
            let ects = Ects::from_hundredths(hundredths).expect("in range");
            prop_assert_eq!(Ects::parse(&ects.tr()), Ok(ects));
            prop_assert_eq!(Ects::parse(&ects.en()), Ok(ects));
            prop_assert_eq!(serde_json::from_str::<Ects>(&serde_json::to_string(&ects).expect("json")).expect("json"), ects);
        }

        #[test]
        fn rounding_is_the_nearest_or_the_one_below(num in 0i64..10_000_000, den in 1i64..100_000, decimals in 0u8..5) {
            let value = fraction(num, den);
            let down = value.round(decimals, Rounding::Truncate);
            let up = value.round(decimals, Rounding::HalfUp);
            let unit = 10_i64.pow(u32::from(decimals));
            prop_assert!(down.fraction() <= value && value < fraction(down.value() + 1, unit));
            // |up - value| <= half a unit, and a tie goes up.
            prop_assert!(fraction((2 * up.value() - 1).max(0), 2 * unit) <= value);
            prop_assert!(value < fraction(2 * up.value() + 1, 2 * unit));
            prop_assert_eq!(up.to_string().parse::<Rounded>(), Ok(up));
        }

        #[test]
        fn order_agrees_with_the_difference(a in 0i64..1_000_000, b in 1i64..1_000_000, c in 0i64..1_000_000, d in 1i64..1_000_000) {
            let difference = i128::from(a) * i128::from(d) - i128::from(c) * i128::from(b);
            prop_assert_eq!(fraction(a, b).cmp(&fraction(c, d)), difference.cmp(&0));
            prop_assert_eq!(fraction(a, b).reduced(), fraction(a, b));
        }

        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            let _ = (Ects::parse(&text), text.parse::<Fraction>(), text.parse::<Rounded>());
        }
    }
}
