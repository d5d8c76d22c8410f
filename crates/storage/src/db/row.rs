//! Reading columns by position, with the same answer from both engines.

use base::{
    ids::Id,
    number::{Credit, Ects, Score},
    time::{Date, Timestamp},
};
use rusqlite::types::ValueRef;
use tokio_postgres::types::{FromSql, Type};

use super::value::{PG_EPOCH_MICROS, date_of_pg_days};
use crate::error::{Result, StorageError};

/// One row of an answer; columns are numbered from 0 in the order of the `SELECT`.
pub enum Row<'r> {
    /// From SQLite.
    Sqlite(&'r rusqlite::Row<'r>),
    /// From PostgreSQL.
    Pg(&'r tokio_postgres::Row),
}

type Raw = Box<dyn std::error::Error + Sync + Send>;

struct PgInt(i64);
impl<'a> FromSql<'a> for PgInt {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> std::result::Result<Self, Raw> {
        Ok(Self(match *ty {
            Type::INT2 => i64::from(i16::from_be_bytes(raw.try_into()?)),
            Type::INT4 => i64::from(i32::from_be_bytes(raw.try_into()?)),
            _ => i64::from_be_bytes(raw.try_into()?),
        }))
    }
    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT2 | Type::INT4 | Type::INT8)
    }
}

struct PgDate(Date);
impl<'a> FromSql<'a> for PgDate {
    fn from_sql(_: &Type, raw: &'a [u8]) -> std::result::Result<Self, Raw> {
        date_of_pg_days(i32::from_be_bytes(raw.try_into()?))
            .map(Self)
            .ok_or_else(|| "day out of range".into())
    }
    fn accepts(ty: &Type) -> bool {
        *ty == Type::DATE
    }
}

struct PgTime(Timestamp);
impl<'a> FromSql<'a> for PgTime {
    fn from_sql(_: &Type, raw: &'a [u8]) -> std::result::Result<Self, Raw> {
        Ok(Self(Timestamp::from_microsecond(i64::from_be_bytes(raw.try_into()?) + PG_EPOCH_MICROS)?))
    }
    fn accepts(ty: &Type) -> bool {
        *ty == Type::TIMESTAMPTZ
    }
}

fn wrong(column: usize, found: impl std::fmt::Debug) -> StorageError {
    StorageError::Decode { column: column.to_string(), found: format!("{found:?}") }
}

impl Row<'_> {
    /// An integer that may be NULL.
    ///
    /// # Errors
    /// [`StorageError::Decode`] when another type stands there, here and in all readers below.
    pub fn opt_int(&self, i: usize) -> Result<Option<i64>> {
        match self {
            Self::Sqlite(row) => match row.get_ref(i)? {
                ValueRef::Null => Ok(None),
                ValueRef::Integer(v) => Ok(Some(v)),
                other => Err(wrong(i, other.data_type())),
            },
            Self::Pg(row) => Ok(row.try_get::<_, Option<PgInt>>(i)?.map(|v| v.0)),
        }
    }

    /// An integer.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn int(&self, i: usize) -> Result<i64> {
        self.opt_int(i)?.ok_or_else(|| wrong(i, "NULL"))
    }

    /// An integer that fits 32 bits.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn int32(&self, i: usize) -> Result<i32> {
        let v = self.int(i)?;
        i32::try_from(v).map_err(|_| wrong(i, v))
    }

    /// A small number, such as a term number or class year.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn small(&self, i: usize) -> Result<u8> {
        let v = self.int(i)?;
        u8::try_from(v).map_err(|_| wrong(i, v))
    }

    /// AKTS kept in hundredths.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn ects(&self, i: usize) -> Result<Ects> {
        let v = self.int32(i)?;
        Ects::from_hundredths(v).ok_or_else(|| wrong(i, v))
    }

    /// National credits kept in hundredths.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn credit(&self, i: usize) -> Result<Credit> {
        let v = self.int32(i)?;
        Credit::from_hundredths(v).ok_or_else(|| wrong(i, v))
    }

    /// A score kept in hundredths, may be NULL.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn opt_score(&self, i: usize) -> Result<Option<Score>> {
        let Some(v) = self.opt_int(i)? else { return Ok(None) };
        i32::try_from(v).ok().and_then(Score::from_hundredths).map(Some).ok_or_else(|| wrong(i, v))
    }

    /// A row id.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn id<T>(&self, i: usize) -> Result<Id<T>> {
        self.int(i).map(Id::new)
    }

    /// A row id that may be NULL.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn opt_id<T>(&self, i: usize) -> Result<Option<Id<T>>> {
        Ok(self.opt_int(i)?.map(Id::new))
    }

    /// A boolean.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn bool(&self, i: usize) -> Result<bool> {
        match self {
            Self::Sqlite(_) => Ok(self.int(i)? != 0),
            Self::Pg(row) => Ok(row.try_get(i)?),
        }
    }

    /// Borrowed text that may be NULL.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn opt_str(&self, i: usize) -> Result<Option<&str>> {
        match self {
            Self::Sqlite(row) => match row.get_ref(i)? {
                ValueRef::Null => Ok(None),
                ValueRef::Text(v) => std::str::from_utf8(v).map(Some).map_err(|_| wrong(i, "UTF-8 değil")),
                other => Err(wrong(i, other.data_type())),
            },
            Self::Pg(row) => Ok(row.try_get(i)?),
        }
    }

    /// Borrowed text.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn str(&self, i: usize) -> Result<&str> {
        self.opt_str(i)?.ok_or_else(|| wrong(i, "NULL"))
    }

    /// Text.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn text(&self, i: usize) -> Result<String> {
        self.str(i).map(str::to_owned)
    }

    /// Text that may be NULL.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn opt_text(&self, i: usize) -> Result<Option<String>> {
        Ok(self.opt_str(i)?.map(str::to_owned))
    }

    /// A closed vocabulary kept as text, read by `parse`.
    ///
    /// # Errors
    /// [`StorageError::Decode`] for a word that `parse` does not know.
    pub fn word<T>(&self, i: usize, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
        let text = self.str(i)?;
        parse(text).ok_or_else(|| wrong(i, text))
    }

    /// As [`Row::word`], may be NULL.
    ///
    /// # Errors
    /// See [`Row::word`].
    pub fn opt_word<T>(&self, i: usize, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
        self.opt_str(i)?.map(|text| parse(text).ok_or_else(|| wrong(i, text))).transpose()
    }

    /// Bytes that may be NULL.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn opt_bytes(&self, i: usize) -> Result<Option<Vec<u8>>> {
        match self {
            Self::Sqlite(row) => match row.get_ref(i)? {
                ValueRef::Null => Ok(None),
                ValueRef::Blob(v) => Ok(Some(v.to_vec())),
                other => Err(wrong(i, other.data_type())),
            },
            Self::Pg(row) => Ok(row.try_get(i)?),
        }
    }

    /// Bytes.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn bytes(&self, i: usize) -> Result<Vec<u8>> {
        self.opt_bytes(i)?.ok_or_else(|| wrong(i, "NULL"))
    }

    /// A SHA-256 or other 32-byte value.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn hash(&self, i: usize) -> Result<[u8; 32]> {
        self.bytes(i)?.try_into().map_err(|v: Vec<u8>| wrong(i, v.len()))
    }

    /// A day that may be NULL.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn opt_date(&self, i: usize) -> Result<Option<Date>> {
        match self {
            Self::Sqlite(_) => {
                self.opt_str(i)?.map(|text| text.parse().map_err(|_| wrong(i, text))).transpose()
            }
            Self::Pg(row) => Ok(row.try_get::<_, Option<PgDate>>(i)?.map(|v| v.0)),
        }
    }

    /// A day.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn date(&self, i: usize) -> Result<Date> {
        self.opt_date(i)?.ok_or_else(|| wrong(i, "NULL"))
    }

    /// An instant that may be NULL.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn opt_time(&self, i: usize) -> Result<Option<Timestamp>> {
        match self {
            Self::Sqlite(_) => {
                self.opt_int(i)?.map(|v| Timestamp::from_microsecond(v).map_err(|_| wrong(i, v))).transpose()
            }
            Self::Pg(row) => Ok(row.try_get::<_, Option<PgTime>>(i)?.map(|v| v.0)),
        }
    }

    /// An instant.
    ///
    /// # Errors
    /// See [`Row::opt_int`].
    pub fn time(&self, i: usize) -> Result<Timestamp> {
        self.opt_time(i)?.ok_or_else(|| wrong(i, "NULL"))
    }
}
