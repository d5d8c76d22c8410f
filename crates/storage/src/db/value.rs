//! Arguments of statements, the same for both engines.

use base::{
    ids::Id,
    time::{Date, Timestamp},
};
use bytes::BufMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

/// One argument. SQLite keeps days as ISO text, instants as microseconds since 1970 and booleans as
/// 0 and 1; PostgreSQL has its own types for them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// SQL NULL of any type.
    Null,
    /// A boolean.
    Bool(bool),
    /// Any integer.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A calendar day.
    Date(Date),
    /// An instant.
    Time(Timestamp),
}

/// What can stand as an argument in [`crate::args!`].
pub trait ToValue {
    /// Borrows the value for the length of the statement.
    fn to_value(&self) -> Value<'_>;
}

macro_rules! to_value {
    ($($type:ty => |$v:ident| $out:expr),* $(,)?) => {$(
        impl ToValue for $type { fn to_value(&self) -> Value<'_> { let $v = self; $out } }
    )*};
}

to_value! {
    bool => |v| Value::Bool(*v),
    i64 => |v| Value::Int(*v),
    i32 => |v| Value::Int(i64::from(*v)),
    u32 => |v| Value::Int(i64::from(*v)),
    u16 => |v| Value::Int(i64::from(*v)),
    u8 => |v| Value::Int(i64::from(*v)),
    str => |v| Value::Text(v),
    String => |v| Value::Text(v),
    [u8] => |v| Value::Bytes(v),
    Vec<u8> => |v| Value::Bytes(v),
    Date => |v| Value::Date(*v),
    Timestamp => |v| Value::Time(*v),
}
impl<const N: usize> ToValue for [u8; N] {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
impl<T> ToValue for Id<T> {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.get())
    }
}
impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}
impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}
impl ToValue for Value<'_> {
    fn to_value(&self) -> Value<'_> {
        *self
    }
}

/// A value that outlives what it was borrowed from.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    Text(String),
    Bytes(Vec<u8>),
    Other(Value<'static>),
}

impl Kept {
    pub(super) fn of(value: &Value<'_>) -> Self {
        match *value {
            Value::Text(v) => Self::Text(v.to_owned()),
            Value::Bytes(v) => Self::Bytes(v.to_vec()),
            Value::Null => Self::Other(Value::Null),
            Value::Bool(v) => Self::Other(Value::Bool(v)),
            Value::Int(v) => Self::Other(Value::Int(v)),
            Value::Date(v) => Self::Other(Value::Date(v)),
            Value::Time(v) => Self::Other(Value::Time(v)),
        }
    }

    pub(super) fn value(&self) -> Value<'_> {
        match self {
            Self::Text(v) => Value::Text(v),
            Self::Bytes(v) => Value::Bytes(v),
            Self::Other(v) => *v,
        }
    }
}

const fn epoch_2000() -> Date {
    Date::constant(2000, 1, 1)
}

/// Microseconds between 1970 and 2000, where PostgreSQL begins to count.
pub(super) const PG_EPOCH_MICROS: i64 = 946_684_800_000_000;

/// Days since 2000-01-01, as PostgreSQL's binary format counts them.
pub(super) fn pg_days(day: Date) -> i32 {
    (day - epoch_2000()).get_days()
}

/// The day that PostgreSQL's binary format means.
pub(super) fn date_of_pg_days(days: i32) -> Option<Date> {
    epoch_2000().checked_add(jiff::Span::new().try_days(i64::from(days)).ok()?).ok()
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match *self {
            Value::Null => return Ok(IsNull::Yes),
            Value::Bool(v) if *ty == Type::BOOL => out.put_u8(u8::from(v)),
            Value::Int(v) if *ty == Type::INT8 => out.put_i64(v),
            Value::Int(v) if *ty == Type::INT4 => out.put_i32(i32::try_from(v)?),
            Value::Int(v) if *ty == Type::INT2 => out.put_i16(i16::try_from(v)?),
            Value::Text(v) if *ty != Type::INT8 && *ty != Type::BOOL && *ty != Type::DATE => {
                out.put_slice(v.as_bytes())
            }
            Value::Bytes(v) if *ty == Type::BYTEA => out.put_slice(v),
            Value::Date(v) if *ty == Type::DATE => out.put_i32(pg_days(v)),
            Value::Time(v) if *ty == Type::TIMESTAMPTZ => out.put_i64(v.as_microsecond() - PG_EPOCH_MICROS),
            other => return Err(format!("{other:?} does not fit PostgreSQL type {ty}").into()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
        Ok(match *self {
            Value::Null => ToSqlOutput::Owned(Owned::Null),
            Value::Bool(v) => ToSqlOutput::Owned(Owned::Integer(i64::from(v))),
            Value::Int(v) => ToSqlOutput::Owned(Owned::Integer(v)),
            Value::Text(v) => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
            Value::Bytes(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v)),
            Value::Date(v) => ToSqlOutput::Owned(Owned::Text(v.to_string())),
            Value::Time(v) => ToSqlOutput::Owned(Owned::Integer(v.as_microsecond())),
        })
    }
}
