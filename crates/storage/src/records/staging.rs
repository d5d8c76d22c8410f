//! Runs of the import and the rows they stage.
//!
//! Staged rows belong to the one run that is open. A new run ends every other one first, so that what a
//! killed process left behind is cleared, and a process that was overtaken is told at its next piece.

use base::{ids::JobId, time::Timestamp};
use domain::{marks::Letter, programmes::TermStanding};

use super::RecordsFile;
use crate::{
    args,
    db::{Engine, Reader, Tx, Value},
    error::{Result, StorageError},
    permit::Permit,
};

/// The kind of the job that an import opens.
pub const JOB_KIND: &str = "records_import";

/// The tables of staged rows with their keys.
const STAGED: [(&str, &str); 3] = [
    ("records_staged", "file, row_no"),
    ("records_staged_term", "student, term, row_no"),
    ("records_staged_mark", "student, term, course, row_no"),
];
/// Staged rows that are cleared at once: some 10 ms of the writer's time.
const CLEARED: usize = 20_000;

/// An open run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run(i64);

/// A row of any file but the two long ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StagedRow {
    /// Which file.
    pub file: RecordsFile,
    /// Row in the file; the header is row 1.
    pub row: i64,
    /// Its key, as `records_source` keeps it.
    pub key: String,
    /// Its values, JSON with the columns of the file as sorted keys.
    pub fields: String,
}

/// A row of `student_terms.csv`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StagedTerm {
    /// Row of the student in `students.csv`.
    pub student: i64,
    /// Key of the term in `terms.csv`.
    pub term: i64,
    /// Row in the file.
    pub row: i64,
    /// Which term of study it was.
    pub term_no: i64,
    /// Registered, on leave, or neither.
    pub standing: TermStanding,
}

/// A row of `grades.csv`; scores, points, credit and AKTS in hundredths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StagedMark {
    /// Row of the student in `students.csv`.
    pub student: i64,
    /// Key of the term in `terms.csv`.
    pub term: i64,
    /// Key of the course in `courses.csv`.
    pub course: i64,
    /// Row in the file.
    pub row: i64,
    /// Key of the section in `sections.csv`.
    pub section: Option<i64>,
    /// Which attempt at the course it is.
    pub attempt: i64,
    /// Score of the midterm part.
    pub midterm: Option<i64>,
    /// Score of the final part.
    pub final_score: Option<i64>,
    /// Letter.
    pub letter: Letter,
    /// Points that the letter was worth.
    pub points: Option<i64>,
    /// National credit.
    pub credit: i64,
    /// AKTS.
    pub ects: i64,
}

/// Rows of one piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Rows of the ten short files.
    Rows(Vec<StagedRow>),
    /// Rows of `student_terms.csv`.
    Terms(Vec<StagedTerm>),
    /// Rows of `grades.csv`.
    Marks(Vec<StagedMark>),
}

/// Opens a run and ends all others; what they staged is still there, see [`clear_some`].
///
/// # Errors
/// [`StorageError::Busy`] while another run applies.
pub fn begin(tx: &Tx<'_>, permit: &Permit) -> Result<Run> {
    if tx.engine() == Engine::Postgres {
        // Two that begin together would not see each other's run; one that applies is waited for.
        tx.batch("LOCK TABLE records_run IN SHARE ROW EXCLUSIVE MODE")?;
    }
    tx.execute("UPDATE records_run SET ended_at = $1 WHERE ended_at IS NULL", args![permit.at()])?;
    tx.execute(
        "UPDATE job SET state = 'failed', ended_at = $2, claimed_until = NULL WHERE kind = $1 AND state = 'running'",
        args![JOB_KIND, permit.at()],
    )?;
    let run = tx.insert::<()>(
        "INSERT INTO records_run (started_at, started_by) VALUES ($1, $2) RETURNING id",
        args![permit.at(), permit.account()],
    )?;
    Ok(Run(run.get()))
}

/// Makes sure that the run is still the open one; other runs wait until this transaction ends.
///
/// # Errors
/// [`StorageError::Stale`] when another run has begun since.
pub fn hold(tx: &Tx<'_>, run: Run) -> Result<()> {
    let touched = tx.execute(
        "UPDATE records_run SET pieces = pieces + 1 WHERE id = $1 AND ended_at IS NULL",
        args![run.0],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Writes one piece of staged rows.
///
/// # Errors
/// [`StorageError::Stale`] when another run has begun since.
pub fn stage(tx: &Tx<'_>, run: Run, piece: &Piece) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        // Staged rows do not survive a crash, so nobody waits for the disk with each piece of them.
        tx.batch("SET LOCAL synchronous_commit = off")?;
    }
    hold(tx, run)?;
    match piece {
        Piece::Rows(rows) => tx.bulk("records_staged", &["file", "row_no", "key", "fields"], |put| {
            rows.iter().try_for_each(|r| put.row(args![r.file.code(), r.row, r.key, r.fields]))
        }),
        Piece::Terms(rows) => {
            tx.bulk("records_staged_term", &["student", "term", "row_no", "term_no", "standing"], |put| {
                rows.iter()
                    .try_for_each(|r| put.row(args![r.student, r.term, r.row, r.term_no, r.standing.code()]))
            })
        }
        Piece::Marks(rows) => tx.bulk(
            "records_staged_mark",
            &[
                "student", "term", "course", "row_no", "section", "attempt", "midterm", "final", "letter",
                "points", "credit", "ects",
            ],
            |put| {
                rows.iter().try_for_each(|r| {
                    put.row(args![
                        r.student,
                        r.term,
                        r.course,
                        r.row,
                        r.section,
                        r.attempt,
                        r.midterm,
                        r.final_score,
                        r.letter.as_str(),
                        r.points,
                        r.credit,
                        r.ects
                    ])
                })
            },
        ),
    }?;
    Ok(())
}

/// Clears some staged rows of the open run, or what an earlier one left behind; answers whether any may be left.
///
/// # Errors
/// [`StorageError::Stale`] when another run has begun since: the rows are its own then.
pub fn clear_some(tx: &Tx<'_>, run: Run) -> Result<bool> {
    hold(tx, run)?;
    if is_granted(tx, "clear_staged()")? {
        tx.batch("SELECT clear_staged()")?;
        return Ok(false);
    }
    for (table, key) in STAGED {
        let up_to = format!("SELECT {key} FROM {table} ORDER BY {key} LIMIT 1 OFFSET {CLEARED}");
        if tx.execute(&format!("DELETE FROM {table} WHERE ({key}) <= ({up_to})"), &[])? > 0
            || tx.execute(&format!("DELETE FROM {table}"), &[])? > 0
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Ends a run whose rows are cleared; nothing to do for one that was overtaken.
///
/// # Errors
/// The engine's refusal.
pub fn end(tx: &Tx<'_>, run: Run, at: Timestamp) -> Result<()> {
    tx.execute("UPDATE records_run SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", args![run.0, at])?;
    Ok(())
}

/// Whether a function of the schema, named with its arguments, may be called here: on PostgreSQL by the owner of the
/// tables, and by a serving role that was prepared since the function is there.
pub(super) fn is_granted(tx: &Tx<'_>, function: &str) -> Result<bool> {
    Ok(tx.engine() == Engine::Postgres
        && tx.count(
            "SELECT CASE WHEN has_function_privilege($1, 'EXECUTE') THEN 1::bigint ELSE 0::bigint END",
            args![function],
        )? == 1)
}

/// Tells PostgreSQL's planner how much there is after a large import; SQLite's plans do not depend on it.
///
/// # Errors
/// The engine's refusal.
pub fn refresh_statistics(tx: &Tx<'_>) -> Result<()> {
    if is_granted(tx, "refresh_statistics()")? { tx.batch("SELECT refresh_statistics()") } else { Ok(()) }
}

/// Opens the job that tells others why they wait.
///
/// # Errors
/// The engine's refusal.
pub fn open_job(
    tx: &Tx<'_>,
    permit: &Permit,
    run: Run,
    params: &str,
    total: i64,
    until: Timestamp,
) -> Result<JobId> {
    let job: JobId = tx.insert(
        "INSERT INTO job (kind, state, params, total, created_at, created_by, claimed_until)
         VALUES ($1, 'running', $2, $3, $4, $5, $6) RETURNING id",
        args![JOB_KIND, params, total, permit.at(), permit.account(), until],
    )?;
    tx.execute("UPDATE records_run SET job_id = $2 WHERE id = $1", args![run.0, job])?;
    Ok(job)
}

/// Ends the job of an import with a sentence for people.
///
/// # Errors
/// The engine's refusal.
pub fn end_job(tx: &Tx<'_>, job: JobId, state: &str, done: i64, message: &str, at: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE job SET state = $2, done = $3, message = $4, ended_at = $5, claimed_until = NULL WHERE id = $1",
        args![job, state, done, message, at],
    )?;
    Ok(())
}

/// An import that is being applied now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RunningImport {
    /// Its job.
    pub job: JobId,
    /// Since when.
    pub since: Timestamp,
    /// How many rows it takes over.
    pub rows: i64,
}

/// The import that makes other writers wait, if there is one; what a killed process left does not count for long.
///
/// # Errors
/// The engine's refusal.
pub fn running_import(db: &Reader<'_>, now: Timestamp) -> Result<Option<RunningImport>> {
    db.one(
        "SELECT id, created_at, total FROM job WHERE kind = $1 AND state = 'running' AND claimed_until > $2 ORDER BY id DESC LIMIT 1",
        args![JOB_KIND, now],
        |r| Ok(RunningImport { job: r.id(0)?, since: r.time(1)?, rows: r.int(2)? }),
    )
}

/// Keys of the long files that stand in more than one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repeated {
    /// First row with the key.
    pub first: i64,
    /// Last row with the key.
    pub last: i64,
    /// How many rows have it.
    pub times: i64,
    /// Row of the student in `students.csv`.
    pub student: i64,
}

/// Rows of a long file whose key was used before, at most `limit` keys.
///
/// # Errors
/// The engine's refusal.
pub fn repeated(db: &Reader<'_>, file: RecordsFile, limit: usize) -> Result<Vec<Repeated>> {
    let sql = match file {
        RecordsFile::StudentTerms => {
            "SELECT min(row_no), max(row_no), count(*), student FROM records_staged_term
             GROUP BY student, term HAVING count(*) > 1 ORDER BY min(row_no) LIMIT $1"
        }
        RecordsFile::Grades => {
            "SELECT min(row_no), max(row_no), count(*), student FROM records_staged_mark
             GROUP BY student, term, course HAVING count(*) > 1 ORDER BY min(row_no) LIMIT $1"
        }
        _ => return Ok(Vec::new()),
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.query(sql, args![limit], |r| {
        Ok(Repeated { first: r.int(0)?, last: r.int(1)?, times: r.int(2)?, student: r.int(3)? })
    })
}

/// How a file's rows stand to what was taken over last time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Rows staged.
    pub rows: i64,
    /// Rows whose key was taken over before.
    pub known: i64,
    /// Rows whose values are those taken over before.
    pub same: i64,
    /// Keys taken over before that the file no longer has.
    pub missing: i64,
}

/// Counts the rows of one of the ten short files.
///
/// # Errors
/// The engine's refusal.
pub fn counts(db: &Reader<'_>, file: RecordsFile) -> Result<Counts> {
    let found = db.one(
        "SELECT count(*), count(source), CAST(coalesce(sum(CASE WHEN source = fields THEN 1 ELSE 0 END), 0) AS BIGINT)
         FROM (SELECT s.fields, (SELECT o.fields FROM records_source o WHERE o.file = $1 AND o.key = s.key) AS source
               FROM records_staged s WHERE s.file = $1) x",
        args![file.code()],
        |r| Ok((r.int(0)?, r.int(1)?, r.int(2)?)),
    )?;
    let (rows, known, same) = found.unwrap_or_default();
    let before = db.count("SELECT count(*) FROM records_source WHERE file = $1", args![file.code()])?;
    Ok(Counts { rows, known, same, missing: before - known })
}

/// Some keys taken over before that the file no longer has.
///
/// # Errors
/// The engine's refusal.
pub fn missing_keys(db: &Reader<'_>, file: RecordsFile, limit: i64) -> Result<Vec<String>> {
    db.query(
        "SELECT key FROM records_source WHERE file = $1
           AND key NOT IN (SELECT s.key FROM records_staged s WHERE s.file = $1) ORDER BY key LIMIT $2",
        args![file.code(), limit],
        |r| r.text(0),
    )
}

/// A staged row whose values are not those taken over before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pending {
    /// Row in the file.
    pub row: i64,
    /// Its key.
    pub key: String,
    /// Its values, JSON.
    pub fields: String,
    /// The values taken over before, JSON; none for a new key.
    pub source: Option<String>,
}

/// The next rows of a short file that are new or differ from what was taken over before.
///
/// # Errors
/// The engine's refusal.
pub fn pending(db: &Reader<'_>, file: RecordsFile, after: i64, limit: i64) -> Result<Vec<Pending>> {
    db.query(
        // One look-up per row: without statistics a planner takes a join here for a small one, which it is not.
        "SELECT row_no, key, fields, source
         FROM (SELECT s.row_no, s.key, s.fields,
                      (SELECT o.fields FROM records_source o WHERE o.file = $1 AND o.key = s.key) AS source
               FROM records_staged s WHERE s.file = $1 AND s.row_no > $2) x
         WHERE source IS NULL OR source <> fields ORDER BY row_no LIMIT $3",
        args![file.code(), after, limit],
        |r| Ok(Pending { row: r.int(0)?, key: r.text(1)?, fields: r.text(2)?, source: r.opt_text(3)? }),
    )
}

/// The values of the staged row with a key, JSON; nothing where the file has none.
///
/// # Errors
/// The engine's refusal.
pub fn fields_of(db: &Reader<'_>, file: RecordsFile, key: &str) -> Result<Option<String>> {
    db.one(
        "SELECT fields FROM records_staged WHERE file = $1 AND key = $2 ORDER BY row_no LIMIT 1",
        args![file.code(), key],
        |r| r.text(0),
    )
}

/// Keeps the values of new keys as taken over.
///
/// # Errors
/// [`StorageError::Constraint`] for a key that has some already.
pub fn keep_new_sources<'a>(
    tx: &Tx<'_>,
    _permit: &Permit,
    file: RecordsFile,
    rows: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<()> {
    tx.bulk("records_source", &["file", "key", "fields"], |put| {
        rows.into_iter().try_for_each(|(key, fields)| put.row(args![file.code(), key, fields]))
    })?;
    Ok(())
}

/// Keeps the values of a key as taken over, in place of the former ones.
///
/// # Errors
/// The engine's refusal.
pub fn keep_source(tx: &Tx<'_>, _permit: &Permit, file: RecordsFile, key: &str, fields: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO records_source (file, key, fields) VALUES ($1, $2, $3)
         ON CONFLICT (file, key) DO UPDATE SET fields = excluded.fields",
        args![file.code(), key, fields],
    )?;
    Ok(())
}

/// Whether anything was ever taken over, or an enrolment stands here from elsewhere.
///
/// # Errors
/// The engine's refusal.
pub fn holds_records(db: &Reader<'_>) -> Result<bool> {
    Ok(db.one("SELECT 1 FROM records_source LIMIT 1", &[], |_| Ok(()))?.is_some()
        || db.one("SELECT 1 FROM enrolment LIMIT 1", &[], |_| Ok(()))?.is_some())
}

/// Keeps other writers of the register out until the transaction ends (PostgreSQL; SQLite has one writer anyway).
///
/// Tables grow from nothing inside this transaction, which the planner's statistics cannot know; so it is told to
/// prefer indexes throughout.
///
/// # Errors
/// [`StorageError::Busy`] when somebody else's write does not end in time.
pub fn keep_writers_out(tx: &Tx<'_>) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        tx.batch(
            "SET LOCAL enable_seqscan = off;
             LOCK TABLE unit, staff, appointment, programme, course, curriculum, curriculum_course, term, section,
               person, contact, enrolment, student_term, mark, ledger_head IN SHARE ROW EXCLUSIVE MODE",
        )?;
    }
    Ok(())
}

/// `$from, $from+1, …` for a list of `count` arguments.
pub(super) fn places(from: usize, count: usize) -> String {
    let mut out = String::with_capacity(count * 5);
    for i in from..from + count {
        if i > from {
            out.push_str(", ");
        }
        out.push('$');
        out.push_str(&i.to_string());
    }
    out
}

/// Arguments for a list of fixed length, so that one compiled statement serves every chunk: the last is repeated.
pub(super) fn padded<'a>(values: impl IntoIterator<Item = Value<'a>>, length: usize) -> Vec<Value<'a>> {
    let mut out: Vec<Value<'a>> = values.into_iter().collect();
    if let Some(last) = out.last().copied() {
        while out.len() < length {
            out.push(last);
        }
    }
    out
}
