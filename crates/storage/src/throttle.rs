//! Counting attempts per key, for all instances of the program together.
//!
//! Nothing personal becomes a key: callers hash user names and addresses first. The rows are no facts of the
//! office and need no permit; [`forget`] removes them when their time has passed.

use std::time::Duration;

use base::time::Timestamp;

use crate::{
    args,
    db::Tx,
    error::{Result, StorageError},
};

/// Whether an attempt may go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Allowance {
    /// Go on.
    Allowed,
    /// Wait until this instant.
    Until(Timestamp),
}

/// Counts an attempt for `key` and allows `limit` of them in each `window`, which begins with its first attempt.
///
/// # Errors
/// The engine's refusal.
pub fn hit(tx: &Tx<'_>, key: &str, window: Duration, limit: u32, now: Timestamp) -> Result<Allowance> {
    let counted = tx.one(
        "INSERT INTO throttle (key, window_start, hits) VALUES ($1, $2, 1)
         ON CONFLICT (key) DO UPDATE SET
           hits = CASE WHEN throttle.window_start <= $3 THEN 1 ELSE throttle.hits + 1 END,
           window_start = CASE WHEN throttle.window_start <= $3 THEN $2 ELSE throttle.window_start END
         RETURNING window_start, hits",
        args![key, now, before(now, window)],
        |r| Ok((r.time(0)?, r.int(1)?)),
    )?;
    let (start, hits) = counted.ok_or_else(|| nothing_came_back("throttle"))?;
    Ok(if hits <= i64::from(limit) { Allowance::Allowed } else { Allowance::Until(after(start, window)) })
}

/// Takes one counted attempt back, because it turned out to be a good one.
///
/// # Errors
/// The engine's refusal.
pub fn take_back(tx: &Tx<'_>, key: &str) -> Result<()> {
    tx.execute("UPDATE throttle SET hits = hits - 1 WHERE key = $1 AND hits > 0", args![key])?;
    Ok(())
}

/// How failures lengthen the pause before the next try.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pauses {
    /// Failures that cost nothing but the last of them, which starts the first pause.
    pub free: u32,
    /// The pauses in order; the last one stays.
    pub lengths: &'static [Duration],
    /// After so long without a failure the count begins anew.
    pub forgotten_after: Duration,
}

impl Pauses {
    /// Until when the failure number `failures` at `at` forbids the next try.
    pub fn until(&self, failures: u32, at: Timestamp) -> Option<Timestamp> {
        let step = usize::try_from(failures.checked_sub(self.free)?).ok()?;
        let length = self.lengths.get(step).or(self.lengths.last())?;
        Some(after(at, *length))
    }
}

/// What [`attempt`] answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attempt {
    /// A pause runs; the attempt was not counted.
    Paused(Timestamp),
    /// It stands as this failure in a row until [`clear`] is called.
    Counted(u32),
}

/// Counts a try as failed before its outcome is known, so that many at once cannot slip through.
///
/// # Errors
/// The engine's refusal.
pub fn attempt(tx: &Tx<'_>, key: &str, pauses: &Pauses, now: Timestamp) -> Result<Attempt> {
    // The no-op update locks the row until the end of the transaction.
    let found = tx.one(
        "INSERT INTO throttle (key, window_start, hits) VALUES ($1, $2, 0)
         ON CONFLICT (key) DO UPDATE SET hits = throttle.hits RETURNING window_start, hits",
        args![key, now],
        |r| Ok((r.time(0)?, r.int(1)?)),
    )?;
    let (last, hits) = found.ok_or_else(|| nothing_came_back("throttle"))?;
    let failures =
        if last <= before(now, pauses.forgotten_after) { 0 } else { u32::try_from(hits).unwrap_or(u32::MAX) };
    if let Some(until) = pauses.until(failures, last).filter(|until| now < *until) {
        return Ok(Attempt::Paused(until));
    }
    let failures = failures.saturating_add(1);
    tx.execute("UPDATE throttle SET window_start = $2, hits = $3 WHERE key = $1", args![key, now, failures])?;
    Ok(Attempt::Counted(failures))
}

/// Until when a pause runs, for those who are asked for help.
///
/// # Errors
/// The engine's refusal.
pub fn paused_until(
    db: &crate::Reader<'_>,
    key: &str,
    pauses: &Pauses,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let found = db.one("SELECT window_start, hits FROM throttle WHERE key = $1", args![key], |r| {
        Ok((r.time(0)?, r.int(1)?))
    })?;
    Ok(found
        .and_then(|(last, hits)| pauses.until(u32::try_from(hits).unwrap_or(u32::MAX), last))
        .filter(|until| now < *until))
}

/// Forgets the failures of a key, after a success or a new password.
///
/// # Errors
/// The engine's refusal.
pub fn clear(tx: &Tx<'_>, key: &str) -> Result<()> {
    tx.execute("DELETE FROM throttle WHERE key = $1", args![key])?;
    Ok(())
}

/// Removes every key whose last window began before `day_ago`; answers how many.
///
/// # Errors
/// The engine's refusal.
pub fn forget(tx: &Tx<'_>, day_ago: Timestamp) -> Result<u64> {
    tx.execute("DELETE FROM throttle WHERE window_start < $1", args![day_ago])
}

fn before(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}

fn after(start: Timestamp, by: Duration) -> Timestamp {
    start.checked_add(by).unwrap_or(Timestamp::MAX)
}

fn nothing_came_back(column: &str) -> StorageError {
    StorageError::Decode { column: column.to_owned(), found: "satır yok".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSES: Pauses = Pauses {
        free: 2,
        lengths: &[Duration::from_secs(60), Duration::from_secs(300)],
        forgotten_after: Duration::from_secs(3600),
    };

    #[test]
    fn pauses_grow_and_the_longest_stays() {
        let at: Timestamp = "2026-10-01T08:00:00Z".parse().expect("instant");
        let seconds = |failures| PAUSES.until(failures, at).map(|until| until.duration_since(at).as_secs());
        assert_eq!([0, 1, 2, 3, 4, 90].map(seconds), [None, None, Some(60), Some(300), Some(300), Some(300)]);
    }
}
