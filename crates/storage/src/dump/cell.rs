//! One value on its way from an engine into a line of text and back.

use std::borrow::Cow;

use base::time::{Date, Timestamp};
use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};

use super::Kind;
use crate::{
    db::{Row, Value},
    error::{Result, StorageError},
};

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Appends the value in column `i` as JSON.
pub(super) fn write_cell(out: &mut Vec<u8>, row: &Row<'_>, i: usize, kind: Kind) -> Result<()> {
    match kind {
        Kind::Int => number(out, row.opt_int(i)?),
        Kind::Time => number(out, row.opt_time(i)?.map(Timestamp::as_microsecond)),
        Kind::Bool => match row {
            Row::Sqlite(_) => number(out, row.opt_int(i)?),
            Row::Pg(row) => number(out, row.try_get::<_, Option<bool>>(i)?.map(i64::from)),
        },
        Kind::Text => match row.opt_str(i)? {
            None => null(out),
            Some(text) => serde_json::to_writer(&mut *out, text).map_err(|e| decode(i, e.to_string()))?,
        },
        Kind::Date => match row.opt_date(i)? {
            None => null(out),
            Some(day) => quoted(out, day.to_string().bytes()),
        },
        Kind::Bytes => match row.opt_bytes(i)? {
            None => null(out),
            Some(bytes) => {
                quoted(out, bytes.iter().flat_map(|b| [HEX[usize::from(b >> 4)], HEX[usize::from(b & 15)]]));
            }
        },
    }
    Ok(())
}

fn null(out: &mut Vec<u8>) {
    out.extend_from_slice(b"null");
}

fn number(out: &mut Vec<u8>, value: Option<i64>) {
    use std::io::Write;
    match value {
        None => null(out),
        // Writing to a Vec cannot fail.
        Some(value) => drop(write!(out, "{value}")),
    }
}

fn quoted(out: &mut Vec<u8>, bytes: impl Iterator<Item = u8>) {
    out.push(b'"');
    out.extend(bytes);
    out.push(b'"');
}

fn decode(column: usize, found: String) -> StorageError {
    StorageError::Decode { column: column.to_string(), found }
}

/// A value as the line holds it.
pub(super) enum Cell<'a> {
    Null,
    Int(i64),
    Text(Cow<'a, str>),
    Bytes(Vec<u8>),
}

impl Cell<'_> {
    /// Turns hexadecimal text into the bytes that it means, where the column holds bytes.
    pub(super) fn become_bytes(&mut self, kind: Kind) -> Result<(), &'static str> {
        if kind == Kind::Bytes
            && let Self::Text(text) = self
        {
            *self = Self::Bytes(unhex(text).ok_or("onaltılık bayt dizisi değil")?);
        }
        Ok(())
    }

    /// The value as a statement takes it.
    pub(super) fn value(&self, kind: Kind) -> Result<Value<'_>, &'static str> {
        match (self, kind) {
            (Self::Null, _) => Ok(Value::Null),
            (Self::Int(value), Kind::Int) => Ok(Value::Int(*value)),
            (Self::Int(value), Kind::Time) => {
                Timestamp::from_microsecond(*value).map(Value::Time).map_err(|_| "zaman değil")
            }
            (Self::Int(value @ (0 | 1)), Kind::Bool) => Ok(Value::Bool(*value == 1)),
            (Self::Text(text), Kind::Text) => Ok(Value::Text(text)),
            (Self::Text(text), Kind::Date) => text.parse::<Date>().map(Value::Date).map_err(|_| "gün değil"),
            (Self::Bytes(bytes), Kind::Bytes) => Ok(Value::Bytes(bytes)),
            _ => Err("değerin türü sütuna uymuyor"),
        }
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| (b as char).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

impl<'de: 'a, 'a> Deserialize<'de> for Cell<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Cell<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("null, an integer or text")
            }
            fn visit_unit<E: Error>(self) -> Result<Cell<'de>, E> {
                Ok(Cell::Null)
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<Cell<'de>, E> {
                Ok(Cell::Int(value))
            }
            fn visit_u64<E: Error>(self, value: u64) -> Result<Cell<'de>, E> {
                i64::try_from(value).map(Cell::Int).map_err(E::custom)
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cell<'de>, E> {
                Ok(Cell::Text(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Cell<'de>, E> {
                Ok(Cell::Text(Cow::Owned(text.to_owned())))
            }
        }
        from.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_the_values_of_its_columns() {
        let line = r#"[null,-7,"Işıl \"x\"\n","00ff10","2026-10-05",1,0]"#;
        let mut cells: Vec<Cell<'_>> = serde_json::from_str(line).expect("line");
        let kinds = [Kind::Int, Kind::Int, Kind::Text, Kind::Bytes, Kind::Date, Kind::Time, Kind::Bool];
        for (cell, kind) in cells.iter_mut().zip(kinds) {
            cell.become_bytes(kind).expect("bytes");
        }
        let values: Vec<Value<'_>> =
            cells.iter().zip(kinds).map(|(c, k)| c.value(k).expect("value")).collect();
        assert_eq!(
            values,
            [
                Value::Null,
                Value::Int(-7),
                Value::Text("Işıl \"x\"\n"),
                Value::Bytes(&[0, 255, 16]),
                Value::Date(Date::constant(2026, 10, 5)),
                Value::Time(Timestamp::from_microsecond(1).expect("instant")),
                Value::Bool(false),
            ]
        );
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        for (line, kind) in [
            ("[1]", Kind::Text),
            ("[\"a\"]", Kind::Int),
            ("[2]", Kind::Bool),
            ("[\"5.10.2026\"]", Kind::Date),
            ("[\"0g\"]", Kind::Bytes),
            ("[\"abc\"]", Kind::Bytes),
        ] {
            let mut cells: Vec<Cell<'_>> = serde_json::from_str(line).expect("line");
            let refused = cells[0].become_bytes(kind).is_err() || cells[0].value(kind).is_err();
            assert!(refused, "{line} as {kind:?}");
        }
        for line in ["[1.5]", "[true]", "[[1]]", "[{}]", "[18446744073709551615]"] {
            assert!(serde_json::from_str::<Vec<Cell<'_>>>(line).is_err(), "{line}");
        }
    }
}
