//! One pass over everything staged: what is new, what differs, what clashes; with a writer it also writes it.
//!
//! Preview and import run the very same pass, so that what was shown is what is done.

use base::{ids::EntryId, random::Randomness, time::Date};
use domain::ledger::Draft;
use regulations::Book;
use serde_json::Value as Json;
use storage::{
    Permit, Reader, StorageError, Tx,
    records::{
        RecordsFile,
        institution::{self, Fields, Keys, Update},
        staging,
        students::BySet,
    },
};

use super::{
    merge::merge,
    plan::{Difference, RecordsPlan},
    progress::{Phase, Reporter},
};
use crate::error::Result;

/// Rows of a short file that are compared at once.
const PAGE: i64 = 2_000;
/// Missing keys that are shown.
const MISSING_SHOWN: i64 = 5;

/// What an import writes with.
pub(super) struct Writer<'w> {
    pub tx: &'w Tx<'w>,
    pub permit: Permit,
    pub random: &'w dyn Randomness,
}

/// Staged terms and marks that are counted, and written when everything they refer to is there.
pub(super) struct Waiting {
    how: BySet,
    terms: i64,
    marks: i64,
}

impl Waiting {
    pub(super) fn add(&mut self, terms: usize, marks: usize) {
        self.terms += i64::try_from(terms).unwrap_or(i64::MAX);
        self.marks += i64::try_from(marks).unwrap_or(i64::MAX);
    }
}

/// The pass, with what it has found out so far.
pub(super) struct Pass<'w> {
    pub db: &'w Reader<'w>,
    pub writer: Option<Writer<'w>>,
    pub book: &'w Book,
    pub today: Date,
    pub report: Reporter,
    pub keys: Keys,
    pub plan: RecordsPlan,
    /// Ledger entries written.
    pub entries: u64,
    /// Terms and marks that wait for the end, where all of them can be written by set.
    pub by_set: Option<Waiting>,
    /// How many staged rows of short files were looked at, for the progress.
    done: u64,
    total: u64,
}

impl<'w> Pass<'w> {
    pub(super) fn new(
        db: &'w Reader<'w>,
        writer: Option<Writer<'w>>,
        book: &'w Book,
        today: Date,
        report: Reporter,
    ) -> Result<Self> {
        let first_import = !staging::holds_records(db)?;
        let how = writer.as_ref().map(|w| BySet::if_possible(w.tx)).transpose()?.flatten();
        Ok(Self {
            db,
            writer,
            book,
            today,
            report,
            keys: Keys::default(),
            plan: RecordsPlan::new(first_import),
            entries: 0,
            by_set: how.map(|how| Waiting { how, terms: 0, marks: 0 }),
            done: 0,
            total: 0,
        })
    }

    /// Runs the whole pass.
    pub(super) fn run(&mut self) -> Result<()> {
        for file in RecordsFile::ALL {
            let counts = staging::counts(self.db, file)?;
            let plan = self.plan.of(file);
            plan.rows = unsigned(counts.rows);
            plan.unchanged = unsigned(counts.same);
            plan.missing = unsigned(counts.missing);
            self.total += plan.rows;
            if counts.missing > 0 {
                for key in staging::missing_keys(self.db, file, MISSING_SHOWN)? {
                    self.plan.of(file).example(Difference::Missing, None, &key, &[]);
                }
            }
        }
        let mut tree_changed = false;
        for file in institution::FILES {
            self.keys.load(self.db, file)?;
            tree_changed |= self.institution_file(file)? && file == RecordsFile::Units;
            self.advance(self.plan.file(file).map_or(0, |f| f.rows));
        }
        if let Some(w) = &self.writer
            && tree_changed
        {
            institution::rebuild_closure(w.tx, &w.permit)?;
        }
        self.students()?;
        self.write_waiting()
    }

    /// Writes what waits; it must be what was counted, for the ledger holds its digest already.
    fn write_waiting(&self) -> Result<()> {
        let (Some(w), Some(Waiting { how, terms, marks })) = (&self.writer, &self.by_set) else {
            return Ok(());
        };
        if how.take_over(w.tx, &w.permit)? == (*terms, *marks) {
            Ok(())
        } else {
            Err(StorageError::Refused { rule: "staged_rows_are_taken_over_as_counted".to_owned() }.into())
        }
    }

    pub(super) fn advance(&mut self, rows: u64) {
        self.done += rows;
        let phase = if self.writer.is_some() { Phase::Applying } else { Phase::Comparing };
        self.report.tell(phase, self.done, self.total);
    }

    /// One file of the institution; answers whether anything of it was written.
    fn institution_file(&mut self, file: RecordsFile) -> Result<bool> {
        let mut after = 0;
        let mut wrote = false;
        let mut below: Vec<(String, Fields)> = Vec::new();
        loop {
            let page = staging::pending(self.db, file, after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = last.row;
            let mut new: Vec<(String, Fields)> = Vec::new();
            let mut new_texts = Vec::new();
            for row in page {
                let in_file = fields(&row.fields);
                let source = row.source.as_deref().map(fields);
                let place = institution::locate(self.db, file, &row.key, &in_file, &self.keys)?;
                let here = match (&place, &source) {
                    (Some(place), _) => institution::fetch(self.db, file, place, &self.keys, self.today)?,
                    (None, None) => {
                        let plan = self.plan.of(file);
                        plan.new += 1;
                        plan.example(Difference::New, Some(row.row), &row.key, &[]);
                        new.push((row.key.clone(), in_file));
                        new_texts.push((row.key, row.fields));
                        continue;
                    }
                    // It was taken over and removed here since: it stays removed, and the difference is listed.
                    (None, Some(_)) => Fields::new(),
                };
                let merged = merge(source.as_ref(), &in_file, &here);
                let plan = self.plan.of(file);
                if merged.changes.is_empty() {
                    plan.unchanged += 1;
                } else {
                    plan.changed += 1;
                    plan.example(Difference::Changed, Some(row.row), &row.key, &merged.changes);
                }
                self.plan.clash(file, row.row, &row.key, &merged.clashes);
                if let (Some(w), Some(place)) = (&self.writer, &place) {
                    institution::adopt(w.tx, &w.permit, file, place, &row.key)?;
                    if !merged.changes.is_empty() {
                        let columns = merged.changed_columns();
                        let mut result = here;
                        merged
                            .changes
                            .iter()
                            .for_each(|c| drop(result.insert(c.column.clone(), c.after.clone())));
                        let update =
                            Update { file, place, values: &result, columns: &columns, day: self.today };
                        institution::update(w.tx, &w.permit, &update, &self.keys)?;
                        wrote = true;
                    }
                    staging::keep_source(
                        w.tx,
                        &w.permit,
                        file,
                        &row.key,
                        &Json::Object(merged.source).to_string(),
                    )?;
                }
            }
            if let Some(w) = &self.writer
                && !new.is_empty()
            {
                institution::insert(w.tx, &w.permit, file, &new, &self.keys)?;
                let texts = new_texts.iter().map(|(key, fields)| (key.as_str(), fields.as_str()));
                staging::keep_new_sources(w.tx, &w.permit, file, texts)?;
                wrote = true;
                if file == RecordsFile::Units {
                    below.append(&mut new);
                }
            }
        }
        if wrote {
            self.keys.load(self.db, file)?;
        }
        if let Some(w) = &self.writer {
            institution::insert_parents(w.tx, &w.permit, &below, &self.keys)?;
        }
        Ok(wrote)
    }

    /// Appends one entry to a chain that exists.
    pub(super) fn append(&mut self, draft: &Draft) -> Result<Option<EntryId>> {
        let Some(w) = &self.writer else { return Ok(None) };
        self.entries += 1;
        Ok(Some(storage::ledger::append(w.tx, &w.permit, draft, w.random)?))
    }
}

/// The values of a staged row or of what was taken over; both were written by this program.
pub(super) fn fields(json: &str) -> Fields {
    match serde_json::from_str(json) {
        Ok(Json::Object(fields)) => fields,
        _ => Fields::new(),
    }
}

pub(super) fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
