//! Reads TOML texts value by value, so that every mistake is named by file, line and key.

use std::{collections::BTreeMap, ops::Range};

use base::{number::NumberError, time::Date};
use toml::de::{DeTable, DeValue};

use crate::{LetterError, Overlap, grades::ScaleError};

/// A mistake in a rule book, with its place.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{file}, {line}. satır, {key}: {problem}")]
pub struct BookError {
    /// The text in which it stands.
    pub file: String,
    /// Its line, counted from one.
    pub line: usize,
    /// The key concerned, with its table: `grade_scale.letters.min`.
    pub key: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong in a rule book.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Problem {
    /// No TOML.
    #[error("TOML olarak okunamadı: {0}")]
    Syntax(String),
    /// A key that must be there is not.
    #[error("eksik")]
    Missing,
    /// A key that nobody reads; most often a misspelling.
    #[error("tanınmayan anahtar")]
    Unknown,
    /// A value of another kind.
    #[error("{0} olmalı")]
    Kind(&'static str),
    /// A word that is not in the list.
    #[error("“{found}” geçersiz; şunlardan biri olmalı: {allowed}")]
    Word {
        /// The word that stands there.
        found: String,
        /// The words that may stand there.
        allowed: String,
    },
    /// A number out of its form or range.
    #[error("{0}")]
    Number(#[from] NumberError),
    /// No letter of a mark.
    #[error("{0}")]
    Letter(#[from] LetterError),
    /// No day of the calendar.
    #[error("“{0}” bir tarih değil")]
    Date(String),
    /// An end not after its beginning.
    #[error("bitiş, başlangıçtan sonra olmalı")]
    EmptyValidity,
    /// Two rows hold at once.
    #[error("{0}")]
    Overlap(#[from] Overlap),
    /// A citation of a source that is not in the list.
    #[error("“{0}” kaynağı kaynak listesinde yok")]
    NoSuchSource(String),
    /// A value that claims to have been read, without saying where.
    #[error("“{0}” işaretli bir değerin kaynağı ve maddesi yazılmalı")]
    Uncited(&'static str),
    /// A source listed twice.
    #[error("“{0}” kaynağı iki kez yazılmış")]
    SourceTwice(String),
    /// Something that may stand in a list once.
    #[error("“{0}” iki kez yazılmış")]
    Twice(String),
    /// A way of entry that no `[[entry_kind]]` declares.
    #[error("“{0}” adlı giriş türü yok; önce [[entry_kind]] ile tanımlanmalı")]
    NoSuchEntryKind(String),
    /// A paper that is not in the list of papers.
    #[error("“{0}” adlı evrak yok; önce [student_papers] listesine yazılmalı")]
    NoSuchPaper(String),
    /// Kinds of placement for a way of entry without lists.
    #[error("yerleştirme türü, yalnız listeyle gelinen (arrival içinde “list”) giriş türüne yazılır")]
    PlacementWithoutList,
    /// A bond to a main enrolment where the way of entry has none.
    #[error("ana öğrenciliğe bağ, yalnız “linked” olan giriş türüne yazılır")]
    LinkWithoutMain,
    /// Two spans of time for one limit.
    #[error("süre ya gün ya ay ya da yarıyıl olarak yazılır; ikisi birden yazılmış")]
    TwoSpans,
    /// Letters that make no scale.
    #[error("{0}")]
    Scale(#[from] ScaleError),
    /// No built-in profile of this name.
    #[error("“{0}” adlı kurum profili yok")]
    NoSuchProfile(String),
}

/// One text with its name.
pub(crate) struct Doc<'a> {
    name: &'a str,
    text: &'a str,
}

impl<'a> Doc<'a> {
    /// Reads the text's root table.
    pub(crate) fn read(name: &'a str, text: &'a str) -> Result<Section<'a>, BookError> {
        let doc = Doc { name, text };
        match DeTable::parse(text) {
            Ok(table) => Ok(Section::new(doc, String::new(), 0, table.into_inner())),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                Err(doc.error(at, "TOML", Problem::Syntax(error.message().to_owned())))
            }
        }
    }

    fn error(&self, at: usize, key: &str, problem: Problem) -> BookError {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        let line = 1 + before.iter().filter(|b| **b == b'\n').count();
        BookError { file: self.name.to_owned(), line, key: key.to_owned(), problem }
    }
}

/// One table of a text, emptied key by key; what is left over at the end is a mistake.
pub(crate) struct Section<'a> {
    doc: Doc<'a>,
    path: String,
    at: usize,
    keys: BTreeMap<String, (Range<usize>, DeValue<'a>)>,
}

impl<'a> Section<'a> {
    fn new(doc: Doc<'a>, path: String, at: usize, table: DeTable<'a>) -> Self {
        let keys = table
            .into_iter()
            .map(|(key, value)| {
                // The value of a table spans nothing useful; its key does.
                let span = key.span();
                (key.into_inner().into_owned(), (span, value.into_inner()))
            })
            .collect();
        Self { doc, path, at, keys }
    }

    fn name_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// A mistake of the table as a whole.
    pub(crate) fn wrong(&self, problem: impl Into<Problem>) -> BookError {
        let key = if self.path.is_empty() { "TOML" } else { &self.path };
        self.doc.error(self.at, key, problem.into())
    }

    /// A mistake at a key, at `at` if the key has been taken already.
    pub(crate) fn wrong_at(&self, at: usize, key: &str, problem: impl Into<Problem>) -> BookError {
        self.doc.error(at, &self.name_of(key), problem.into())
    }

    /// Where the table stands in its text.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    fn take(&mut self, key: &str) -> Option<(usize, DeValue<'a>)> {
        self.keys.remove(key).map(|(span, value)| (span.start, value))
    }

    fn missing(&self, key: &str) -> BookError {
        self.wrong_at(self.at, key, Problem::Missing)
    }

    /// A text that may be absent, with its place.
    pub(crate) fn text_at(&mut self, key: &str) -> Result<Option<(usize, String)>, BookError> {
        match self.take(key) {
            None => Ok(None),
            Some((at, DeValue::String(text))) => Ok(Some((at, text.into_owned()))),
            Some((at, _)) => Err(self.wrong_at(at, key, Problem::Kind("tırnak içinde metin"))),
        }
    }

    /// A text that may be absent.
    pub(crate) fn text_or_none(&mut self, key: &str) -> Result<Option<String>, BookError> {
        Ok(self.text_at(key)?.map(|(_, text)| text))
    }

    /// A text that must be there.
    pub(crate) fn text(&mut self, key: &str) -> Result<String, BookError> {
        self.text_or_none(key)?.ok_or_else(|| self.missing(key))
    }

    /// Texts; an absent key is an empty list.
    pub(crate) fn texts(&mut self, key: &str) -> Result<Vec<String>, BookError> {
        Ok(self.texts_at(key)?.into_iter().map(|(_, text)| text).collect())
    }

    /// Texts with their places; an absent key is an empty list.
    fn texts_at(&mut self, key: &str) -> Result<Vec<(usize, String)>, BookError> {
        let Some((at, value)) = self.take(key) else {
            return Ok(Vec::new());
        };
        let wrong = || self.wrong_at(at, key, Problem::Kind("tırnak içinde metinlerden bir liste"));
        let DeValue::Array(array) = value else {
            return Err(wrong());
        };
        array
            .into_iter()
            .map(|item| {
                let at = item.span().start;
                match item.into_inner() {
                    DeValue::String(text) => Ok((at, text.into_owned())),
                    _ => Err(wrong()),
                }
            })
            .collect()
    }

    /// Where a key stands that has not been taken yet; the table's place if it is absent.
    pub(crate) fn place_of(&self, key: &str) -> usize {
        self.keys.get(key).map_or(self.at, |(span, _)| span.start)
    }

    /// A code that may be absent: small letters of the English alphabet, digits, `_`.
    pub(crate) fn code_or_none(&mut self, key: &str) -> Result<Option<String>, BookError> {
        match self.text_at(key)? {
            Some((at, code)) => self.checked_code(at, key, code).map(Some),
            None => Ok(None),
        }
    }

    /// A code that must be there.
    pub(crate) fn code(&mut self, key: &str) -> Result<String, BookError> {
        self.code_or_none(key)?.ok_or_else(|| self.missing(key))
    }

    /// Codes with their places, at least one.
    pub(crate) fn codes(&mut self, key: &str) -> Result<Vec<(usize, String)>, BookError> {
        let found = self.texts_at(key)?;
        if found.is_empty() {
            return Err(self.missing(key));
        }
        found.into_iter().map(|(at, code)| Ok((at, self.checked_code(at, key, code)?))).collect()
    }

    fn checked_code(&self, at: usize, key: &str, code: String) -> Result<String, BookError> {
        let sound = code.starts_with(|c: char| c.is_ascii_lowercase())
            && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if sound {
            Ok(code)
        } else {
            Err(self.wrong_at(at, key, Problem::Kind("küçük harf (a-z), rakam ve _ ile yazılmış bir kod")))
        }
    }

    /// Some of the given words, each once; an absent key is an empty list.
    pub(crate) fn words<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Result<Vec<T>, BookError> {
        let mut seen: Vec<String> = Vec::new();
        let mut found = Vec::new();
        for (at, word) in self.texts_at(key)? {
            if seen.contains(&word) {
                return Err(self.wrong_at(at, key, Problem::Twice(word)));
            }
            found.push(self.one_of(at, key, words, &word)?);
            seen.push(word);
        }
        Ok(found)
    }

    /// One of the given words, if the key is there.
    pub(crate) fn word<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Result<Option<T>, BookError> {
        match self.text_at(key)? {
            Some((at, found)) => self.one_of(at, key, words, &found).map(Some),
            None => Ok(None),
        }
    }

    fn one_of<T: Copy>(
        &self,
        at: usize,
        key: &str,
        words: &[(&str, T)],
        found: &str,
    ) -> Result<T, BookError> {
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == found) {
            return Ok(*value);
        }
        let allowed = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        Err(self.wrong_at(at, key, Problem::Word { found: found.to_owned(), allowed }))
    }

    /// A truth value; `absent` if the key is not there.
    pub(crate) fn flag(&mut self, key: &str, absent: bool) -> Result<bool, BookError> {
        Ok(self.truth(key)?.unwrap_or(absent))
    }

    /// A truth value that may be absent.
    pub(crate) fn truth(&mut self, key: &str) -> Result<Option<bool>, BookError> {
        match self.take(key) {
            None => Ok(None),
            Some((_, DeValue::Boolean(value))) => Ok(Some(value)),
            Some((at, _)) => Err(self.wrong_at(at, key, Problem::Kind("true ya da false"))),
        }
    }

    /// A number as it is written, read by `parse`; bare or in quotation marks.
    pub(crate) fn number<T, E>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, BookError>
    where
        Problem: From<E>,
    {
        let Some((at, value)) = self.take(key) else {
            return Ok(None);
        };
        let written = match &value {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return Err(self.wrong_at(at, key, Problem::Kind("sayı"))),
        };
        parse(written).map(Some).map_err(|problem| self.wrong_at(at, key, problem))
    }

    /// A small whole number.
    pub(crate) fn whole(&mut self, key: &str) -> Result<Option<i16>, BookError> {
        self.number(key, |written| written.parse::<i16>().map_err(|_| Problem::Kind("tam sayı")))
    }

    /// How many, at least one.
    pub(crate) fn count(&mut self, key: &str) -> Result<Option<u16>, BookError> {
        self.number(key, |written| {
            let count = written.parse::<u16>().ok().filter(|count| *count > 0);
            count.ok_or(Problem::Kind("1 ya da daha büyük bir tam sayı"))
        })
    }

    /// A day, written bare (`2021-05-02`) or in quotation marks.
    pub(crate) fn date(&mut self, key: &str) -> Result<Option<Date>, BookError> {
        let Some((at, value)) = self.take(key) else {
            return Ok(None);
        };
        let written = match value {
            DeValue::String(text) => text.into_owned(),
            DeValue::Datetime(day) => day.to_string(),
            _ => return Err(self.wrong_at(at, key, Problem::Kind("yyyy-aa-gg biçiminde tarih"))),
        };
        match written.parse() {
            // jiff also takes a moment for its day; a rule holds from a day.
            Ok(day) if written.len() == 10 => Ok(Some(day)),
            _ => Err(self.wrong_at(at, key, Problem::Date(written))),
        }
    }

    /// The tables of a list, whether written `[[key]]` or `key = [{ … }]`; an absent key is an empty list.
    pub(crate) fn sections(&mut self, key: &str) -> Result<Vec<Section<'a>>, BookError> {
        let Some((at, value)) = self.take(key) else {
            return Ok(Vec::new());
        };
        let path = self.name_of(key);
        let DeValue::Array(array) = value else {
            return Err(self.wrong_at(at, key, Problem::Kind("[[tablo]] listesi")));
        };
        array
            .into_iter()
            .map(|item| {
                let span = item.span();
                match item.into_inner() {
                    DeValue::Table(table) => {
                        let doc = Doc { name: self.doc.name, text: self.doc.text };
                        Ok(Section::new(doc, path.clone(), span.start, table))
                    }
                    _ => Err(self.wrong_at(span.start, key, Problem::Kind("[[tablo]] listesi"))),
                }
            })
            .collect()
    }

    /// The one table of a key, if it is there.
    pub(crate) fn section(&mut self, key: &str) -> Result<Option<Section<'a>>, BookError> {
        match self.take(key) {
            None => Ok(None),
            Some((at, DeValue::Table(table))) => {
                let doc = Doc { name: self.doc.name, text: self.doc.text };
                Ok(Some(Section::new(doc, self.name_of(key), at, table)))
            }
            Some((at, _)) => Err(self.wrong_at(at, key, Problem::Kind("[tablo]"))),
        }
    }

    /// Ends the reading; refuses the first key that nobody has taken.
    pub(crate) fn end(self) -> Result<(), BookError> {
        let first = self.keys.iter().min_by_key(|(_, (span, _))| span.start);
        match first {
            None => Ok(()),
            Some((key, (span, _))) => Err(self.wrong_at(span.start, key, Problem::Unknown)),
        }
    }
}

/// The required form of an optional reading.
pub(crate) fn required<T>(value: Option<T>, section: &Section<'_>, key: &str) -> Result<T, BookError> {
    value.ok_or_else(|| section.missing(key))
}
