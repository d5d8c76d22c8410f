//! The roll: the index of all students in memory, in Turkish order, for searches that look at every name.
//!
//! A fragment of a name stands anywhere in it, so a search has to look at all of them; a copy of the folded names lets
//! it do that in a tenth of a millisecond. The copy decides only *who* is found and in which order; what a list shows of
//! them is read from the database. It holds nothing that was not committed.

use std::{
    cmp::Ordering,
    collections::HashSet,
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock},
};

use base::text::SearchTerm;
use domain::enrolments::EnrolmentStatus;
use memchr::memmem;

use super::StudentFilter;
use crate::{args, db::Reader, error::Result};

/// Changes since the copy was made beyond which it is read anew.
const MANY: i64 = 4_000;
/// Stands before every value of a column, so that a beginning can be looked for as a fragment.
const BEGIN: char = '\n';

/// Texts one after another in one piece of memory.
#[derive(Default)]
struct Column {
    text: String,
    /// Where each value begins.
    starts: Vec<usize>,
}

impl Column {
    fn push(&mut self, value: &str) {
        self.text.push(BEGIN);
        self.starts.push(self.text.len());
        self.text.push_str(value);
    }

    /// Where value `i` ends.
    fn end(&self, i: usize) -> usize {
        self.starts.get(i + 1).map_or(self.text.len(), |next| next - BEGIN.len_utf8())
    }

    fn get(&self, i: usize) -> &str {
        &self.text[self.starts[i]..self.end(i)]
    }

    /// Every value in which `needle` stands, `BEGIN` before a needle meaning "begins with".
    fn each_with(&self, needle: &str, mut found: impl FnMut(usize)) {
        let finder = memmem::Finder::new(needle);
        let text = self.text.as_bytes();
        let mut at = 0;
        while let Some(hit) = text.get(at..).and_then(|rest| finder.find(rest)) {
            // The hit may begin with the sign before a value; the byte behind that sign belongs to the value.
            let inside = at + hit + usize::from(needle.starts_with(BEGIN));
            let i = self.starts.partition_point(|start| *start <= inside) - 1;
            found(i);
            at = self.end(i);
        }
    }
}

/// One line of the roll without its texts.
#[derive(Clone, Copy)]
struct Entry {
    enrolment: i64,
    person: i64,
    unit: i64,
    programme: i64,
    advisor: Option<i64>,
    entry_year: i64,
    status: EnrolmentStatus,
    class_year: u8,
}

/// Texts of a line.
struct Texts<S> {
    sort_key: S,
    number: S,
    fold_tr: S,
    fold_ascii: S,
    surname_tr: S,
    surname_ascii: S,
}

/// A line on its own.
struct Line {
    entry: Entry,
    texts: Texts<String>,
}

impl Line {
    fn key(&self) -> (&str, i64) {
        (&self.texts.sort_key, self.entry.enrolment)
    }
}

/// All students as of one change of the index.
#[derive(Default)]
pub(super) struct Roll {
    /// The last change that is in it; none before it was read the first time.
    change: Option<i64>,
    entries: Vec<Entry>,
    sort_keys: Column,
    numbers: Column,
    names_tr: Column,
    names_ascii: Column,
    surnames_tr: Column,
    surnames_ascii: Column,
    /// Place of each line in the order of student numbers; made when it is first asked for.
    ranks: OnceLock<Vec<usize>>,
}

/// What must hold of a line beside its texts.
pub(super) struct Sight {
    /// By unit id, whether students of this unit may be seen; none where all may.
    pub(super) units: Option<Vec<bool>>,
    /// By unit id, whether the unit is one of those asked for; none where all are.
    pub(super) only: Option<Vec<bool>>,
}

fn is_in(units: &[bool], unit: i64) -> bool {
    usize::try_from(unit).ok().and_then(|i| units.get(i)).copied().unwrap_or(false)
}

impl Roll {
    fn push(&mut self, entry: Entry, texts: &Texts<&str>) {
        self.entries.push(entry);
        self.sort_keys.push(texts.sort_key);
        self.numbers.push(texts.number);
        self.names_tr.push(texts.fold_tr);
        self.names_ascii.push(texts.fold_ascii);
        self.surnames_tr.push(texts.surname_tr);
        self.surnames_ascii.push(texts.surname_ascii);
    }

    fn push_line(&mut self, line: &Line) {
        let texts = &line.texts;
        self.push(
            line.entry,
            &Texts {
                sort_key: &texts.sort_key,
                number: &texts.number,
                fold_tr: &texts.fold_tr,
                fold_ascii: &texts.fold_ascii,
                surname_tr: &texts.surname_tr,
                surname_ascii: &texts.surname_ascii,
            },
        );
    }

    fn push_from(&mut self, other: &Self, i: usize) {
        self.push(
            other.entries[i],
            &Texts {
                sort_key: other.sort_keys.get(i),
                number: other.numbers.get(i),
                fold_tr: other.names_tr.get(i),
                fold_ascii: other.names_ascii.get(i),
                surname_tr: other.surnames_tr.get(i),
                surname_ascii: other.surnames_ascii.get(i),
            },
        );
    }

    /// The enrolment on line `i`.
    pub(super) fn enrolment(&self, i: usize) -> i64 {
        self.entries[i].enrolment
    }

    fn key(&self, i: usize) -> (&str, i64) {
        (self.sort_keys.get(i), self.entries[i].enrolment)
    }

    /// How line `i` stands to a cursor in the order of names.
    pub(super) fn compare_name(&self, i: usize, key: &str, enrolment: i64) -> Ordering {
        self.key(i).cmp(&(key, enrolment))
    }

    /// How line `i` stands to a cursor in the order of numbers.
    pub(super) fn compare_number(&self, i: usize, key: &str, enrolment: i64) -> Ordering {
        (self.numbers.get(i), self.entries[i].enrolment).cmp(&(key, enrolment))
    }

    /// Puts lines into the order of student numbers.
    pub(super) fn order_by_number(&self, lines: &mut [usize]) {
        let ranks = self.ranks.get_or_init(|| {
            let mut by_number: Vec<usize> = (0..self.entries.len()).collect();
            by_number.sort_unstable_by_key(|i| (self.numbers.get(*i), self.entries[*i].enrolment));
            let mut ranks = vec![0; by_number.len()];
            for (rank, i) in by_number.into_iter().enumerate() {
                ranks[i] = rank;
            }
            ranks
        });
        lines.sort_unstable_by_key(|i| ranks[*i]);
    }

    /// The lines that the filter finds, in the order of names.
    pub(super) fn find(&self, filter: &StudentFilter, sight: &Sight) -> Vec<usize> {
        let beginning = |text: &str| format!("{BEGIN}{text}");
        // What is looked for in the columns; the longest text finds the fewest lines and goes first.
        let mut texts: Vec<(&Column, String)> = filter
            .words
            .iter()
            .map(|word| match word {
                SearchTerm::Turkish(text) => (&self.names_tr, text.clone()),
                SearchTerm::Ascii(text) => (&self.names_ascii, text.clone()),
            })
            .collect();
        match &filter.surname {
            Some(SearchTerm::Turkish(text)) => texts.push((&self.surnames_tr, beginning(text))),
            Some(SearchTerm::Ascii(text)) => texts.push((&self.surnames_ascii, beginning(text))),
            None => {}
        }
        if let Some(number) = &filter.number {
            texts.push((&self.numbers, beginning(number)));
        }
        texts.sort_by_key(|(_, needle)| std::cmp::Reverse(needle.len()));
        let holds = |i: usize| {
            texts.iter().skip(1).all(|(column, needle)| match needle.strip_prefix(BEGIN) {
                Some(prefix) => column.get(i).starts_with(prefix),
                None => column.get(i).contains(needle.as_str()),
            }) && self.is_wanted(&self.entries[i], filter, sight)
        };
        let mut lines = Vec::new();
        match texts.first() {
            Some((column, needle)) => column.each_with(needle, |i| {
                if holds(i) {
                    lines.push(i);
                }
            }),
            None => lines.extend((0..self.entries.len()).filter(|i| holds(*i))),
        }
        lines
    }

    fn is_wanted(&self, entry: &Entry, filter: &StudentFilter, sight: &Sight) -> bool {
        let within = &filter.within;
        let seen = within.all
            || sight.units.as_ref().is_some_and(|units| is_in(units, entry.unit))
            || within.programmes.iter().any(|programme| entry.programme == programme.get())
            || within.advisees_of.is_some_and(|staff| entry.advisor == Some(staff.get()))
            || within.own.is_some_and(|person| entry.person == person.get());
        seen && sight.only.as_ref().is_none_or(|only| is_in(only, entry.unit))
            && filter.programme.is_none_or(|programme| entry.programme == programme.get())
            && filter.status.is_none_or(|status| entry.status == status)
            && filter.class_year.is_none_or(|class| entry.class_year == class)
            && filter.entry_year.is_none_or(|year| entry.entry_year == i64::from(year))
    }

    /// The roll as of the last change that `db` sees.
    fn read(&self, db: &Reader<'_>, change: i64) -> Result<Self> {
        let Some(known) = self.change else { return Self::read_whole(db, change) };
        let (oldest, missed) = db
            .one(
                "SELECT coalesce((SELECT min(id) FROM student_index_change), 0),
                        (SELECT count(*) FROM student_index_change WHERE id > $1)",
                args![known],
                |r| Ok((r.int(0)?, r.int(1)?)),
            )?
            .unwrap_or_default();
        if missed > MANY || known < oldest - 1 {
            return Self::read_whole(db, change);
        }
        let changed: HashSet<i64> = db
            .query(
                "SELECT DISTINCT enrolment_id FROM student_index_change WHERE id > $1",
                args![known],
                |r| r.int(0),
            )?
            .into_iter()
            .collect();
        let mut lines = Vec::with_capacity(changed.len());
        each_line(
            db,
            "WHERE enrolment_id IN (SELECT enrolment_id FROM student_index_change WHERE id > $1)",
            args![known],
            |line| lines.push(line),
        )?;
        let mut next = Self { change: Some(change), ..Self::default() };
        let mut lines = lines.iter().peekable();
        for i in (0..self.entries.len()).filter(|i| !changed.contains(&self.entries[*i].enrolment)) {
            while let Some(line) = lines.next_if(|line| line.key() < self.key(i)) {
                next.push_line(line);
            }
            next.push_from(self, i);
        }
        lines.for_each(|line| next.push_line(line));
        Ok(next)
    }

    fn read_whole(db: &Reader<'_>, change: i64) -> Result<Self> {
        let mut roll = Self { change: Some(change), ..Self::default() };
        each_line(db, "", &[], |line| roll.push_line(&line))?;
        Ok(roll)
    }
}

fn each_line(
    db: &Reader<'_>,
    condition: &str,
    args: &[crate::db::Value<'_>],
    mut take: impl FnMut(Line),
) -> Result<()> {
    db.each(
        &format!(
            "SELECT enrolment_id, person_id, unit_id, programme_id, advisor_id, entry_year, status, class_year,
                    sort_key, number, fold_tr, fold_ascii, surname_tr, surname_ascii
             FROM student_index {condition} ORDER BY sort_key, enrolment_id"
        ),
        args,
        |r| {
            take(Line {
                entry: Entry {
                    enrolment: r.int(0)?,
                    person: r.int(1)?,
                    unit: r.int(2)?,
                    programme: r.int(3)?,
                    advisor: r.opt_int(4)?,
                    entry_year: r.int(5)?,
                    status: r.word(6, EnrolmentStatus::from_code)?,
                    class_year: r.small(7)?,
                },
                texts: Texts {
                    sort_key: r.text(8)?,
                    number: r.text(9)?,
                    fold_tr: r.text(10)?,
                    fold_ascii: r.text(11)?,
                    surname_tr: r.text(12)?,
                    surname_ascii: r.text(13)?,
                },
            });
            Ok(())
        },
    )
}

/// The roll that all requests of this process share.
#[derive(Default)]
pub(crate) struct SharedRoll {
    latest: RwLock<Arc<Roll>>,
    /// Held by whoever reads it anew, so that only one does.
    reading: Mutex<()>,
}

impl SharedRoll {
    fn latest(&self) -> Arc<Roll> {
        Arc::clone(&self.latest.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The roll with everything that `db` sees. Another process may have changed the index, so the database is asked each
/// time for the last change; a transaction that may still be undone keeps what it sees to itself.
pub(super) fn roll(db: &Reader<'_>) -> Result<Arc<Roll>> {
    let change = db.count("SELECT coalesce(max(id), 0) FROM student_index_change", &[])?;
    let is_current = |roll: &Roll| roll.change.is_some_and(|known| known >= change);
    let shared = db.shared_roll();
    let known = shared.latest();
    if is_current(&known) {
        return Ok(known);
    }
    if db.may_be_undone() {
        return Ok(Arc::new(known.read(db, change)?));
    }
    let _alone = shared.reading.lock().unwrap_or_else(PoisonError::into_inner);
    let known = shared.latest();
    if is_current(&known) {
        return Ok(known);
    }
    let fresh = Arc::new(known.read(db, change)?);
    *shared.latest.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&fresh);
    Ok(fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roll(names: &[&str]) -> Roll {
        let mut roll = Roll::default();
        for (i, name) in names.iter().enumerate() {
            let number = format!("24{i:03}");
            let folded = base::text::fold_tr(name);
            let ascii = base::text::fold_ascii(name);
            let surname = |text: &str| text.rsplit(' ').next().unwrap_or_default().to_owned();
            let line = Line {
                entry: Entry {
                    enrolment: i64::try_from(i).expect("few") + 1,
                    person: 1,
                    unit: 1,
                    programme: 1,
                    advisor: None,
                    entry_year: 2024,
                    status: EnrolmentStatus::Active,
                    class_year: 1,
                },
                texts: Texts {
                    sort_key: base::text::sort_key(name),
                    number,
                    surname_tr: surname(&folded),
                    surname_ascii: surname(&ascii),
                    fold_tr: folded,
                    fold_ascii: ascii,
                },
            };
            roll.push_line(&line);
        }
        roll
    }

    fn found(roll: &Roll, filter: StudentFilter) -> Vec<usize> {
        let within = super::super::Within { all: true, ..super::super::Within::default() };
        roll.find(&StudentFilter { within, ..filter }, &Sight { units: None, only: None })
    }

    #[test]
    fn words_are_fragments_and_surnames_beginnings() {
        let roll = roll(&["Ayşe Işık", "Işıl İnce", "Can Dinçer", "Işık Kaya", ""]);
        let q = |typed: &str| {
            found(&roll, StudentFilter { words: SearchTerm::parse(typed), ..StudentFilter::default() })
        };
        assert_eq!(q("ışık"), [0, 3]);
        assert_eq!(q("isik"), [0, 3]);
        assert_eq!(q("İnce"), [1]);
        assert_eq!(q("ince"), [1, 2]);
        assert_eq!(q("işi"), Vec::<usize>::new());
        assert_eq!(q("k ışı"), [0, 3], "two words, each of them anywhere");
        assert_eq!(q(""), [0, 1, 2, 3, 4]);
        let surname = |typed: &str| {
            found(
                &roll,
                StudentFilter { surname: Some(SearchTerm::whole(typed)), ..StudentFilter::default() },
            )
        };
        assert_eq!(surname("ışı"), [0]);
        assert_eq!(surname("ince"), [1], "not Dinçer, whose surname only contains it");
        let number = |typed: &str| {
            found(&roll, StudentFilter { number: Some(typed.to_owned()), ..StudentFilter::default() })
        };
        assert_eq!(number("24003"), [3]);
        assert_eq!(number("4003"), Vec::<usize>::new());
        assert_eq!(number("24"), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_value_is_found_once_and_never_across_two() {
        let roll = roll(&["ana ana", "na an", "banana"]);
        let q = |typed: &str| {
            found(&roll, StudentFilter { words: SearchTerm::parse(typed), ..StudentFilter::default() })
        };
        assert_eq!(q("ana"), [0, 2]);
        assert_eq!(q("a"), [0, 1, 2]);
        assert_eq!(q("nab"), Vec::<usize>::new());
    }
}
