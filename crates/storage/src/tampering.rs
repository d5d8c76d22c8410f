//! What somebody could do who has the database itself in hands: for tests of verification alone.
//!
//! Behind the feature `tampering`, which no program turns on.

use domain::ledger::{GENESIS, Hash, Head, RootVersion, Subject, root, root_after};

use crate::{
    args,
    db::{Engine, Tx, Value},
    error::Result,
    ledger::{Root, heads, roots, versioned},
    verify::each_entry,
};

/// Runs statements with all triggers off, and turns the triggers on again.
///
/// # Errors
/// The engine's refusal.
pub fn unguarded<T>(tx: &Tx<'_>, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
    match tx.engine() {
        Engine::Postgres => {
            tx.batch("SET LOCAL session_replication_role = replica")?;
            let done = work(tx)?;
            tx.batch("SET LOCAL session_replication_role = origin")?;
            Ok(done)
        }
        Engine::Sqlite => {
            let guards =
                tx.query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", &[], |r| {
                    Ok((r.text(0)?, r.text(1)?))
                })?;
            for (name, _) in &guards {
                tx.batch(&format!("DROP TRIGGER {name}"))?;
            }
            let done = work(tx)?;
            for (_, sql) in &guards {
                tx.batch(sql)?;
            }
            Ok(done)
        }
    }
}

/// Runs one statement with all triggers off.
///
/// # Errors
/// The engine's refusal.
pub fn unguarded_execute(tx: &Tx<'_>, sql: &str, args: &[Value<'_>]) -> Result<u64> {
    unguarded(tx, |tx| tx.execute(sql, args))
}

/// Takes a trigger away for good.
///
/// # Errors
/// The engine's refusal.
pub fn drop_guard(tx: &Tx<'_>, name: &str, table: &str) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => tx.batch(&format!("DROP TRIGGER {name}")),
        Engine::Postgres => tx.batch(&format!("DROP TRIGGER {name} ON {table}")),
    }
}

/// Changes the reference of an entry's ground and leaves its hash.
///
/// # Errors
/// The engine's refusal.
pub fn alter_entry(tx: &Tx<'_>, subject: Subject, seq: i64) -> Result<u64> {
    unguarded_execute(
        tx,
        "UPDATE ledger_entry SET ground_ref = 'uydurma' WHERE subject_kind = $1 AND subject_id = $2 AND seq = $3",
        args![subject.kind.code(), subject.id, seq],
    )
}

/// Changes what an entry says it follows, and gives it the hash that fits.
///
/// # Errors
/// The engine's refusal.
pub fn alter_link(tx: &Tx<'_>, subject: Subject, seq: i64) -> Result<()> {
    unguarded(tx, |tx| {
        tx.execute(
            "UPDATE ledger_entry SET prev_hash = $4 WHERE subject_kind = $1 AND subject_id = $2 AND seq = $3",
            args![subject.kind.code(), subject.id, seq, [7_u8; 32]],
        )?;
        rehash(tx, |s, n| s == subject && n == seq, false)
    })
}

/// Removes an entry and nothing else.
///
/// # Errors
/// The engine's refusal.
pub fn remove_entry(tx: &Tx<'_>, subject: Subject, seq: i64) -> Result<u64> {
    unguarded_execute(
        tx,
        "DELETE FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 AND seq = $3",
        args![subject.kind.code(), subject.id, seq],
    )
}

/// Adds an entry after the last one, with a sound hash and link but without moving the head.
///
/// # Errors
/// The engine's refusal.
pub fn add_entry(tx: &Tx<'_>, subject: Subject) -> Result<()> {
    unguarded(tx, |tx| {
        tx.execute(
            "INSERT INTO ledger_entry (subject_kind, subject_id, seq, kind, effective_on, status_after, ground_kind, ground_ref, ground_on,
               payload, recorded_at, recorded_by, prev_hash, hash)
             SELECT e.subject_kind, e.subject_id, e.seq + 1, 'placement_changed', e.effective_on, NULL, e.ground_kind, e.ground_ref,
                    e.ground_on, '{}', e.recorded_at, e.recorded_by, e.hash, e.hash
             FROM ledger_entry e JOIN ledger_head h ON h.subject_kind = e.subject_kind AND h.subject_id = e.subject_id AND h.length = e.seq
             WHERE e.subject_kind = $1 AND e.subject_id = $2",
            args![subject.kind.code(), subject.id],
        )?;
        let added = tx.count(
            "SELECT max(seq) FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2",
            args![subject.kind.code(), subject.id],
        )?;
        rehash(tx, |s, n| s == subject && n == added, false)
    })
}

/// Removes an entry and writes another one in its place, which links to the one before.
///
/// # Errors
/// The engine's refusal.
pub fn replace_entry(tx: &Tx<'_>, subject: Subject, seq: i64) -> Result<()> {
    unguarded(tx, |tx| {
        tx.execute(
            "INSERT INTO ledger_entry (subject_kind, subject_id, seq, kind, effective_on, status_after, ground_kind, ground_ref, ground_on,
               payload, recorded_at, recorded_by, prev_hash, hash)
             SELECT subject_kind, subject_id, -seq, kind, effective_on, status_after, ground_kind, 'uydurma', ground_on, payload, recorded_at,
                    recorded_by, prev_hash, hash
             FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 AND seq = $3",
            args![subject.kind.code(), subject.id, seq],
        )?;
        tx.execute(
            "DELETE FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 AND seq = $3",
            args![subject.kind.code(), subject.id, seq],
        )?;
        tx.execute(
            "UPDATE ledger_entry SET seq = $3 WHERE subject_kind = $1 AND subject_id = $2 AND seq = $4",
            args![subject.kind.code(), subject.id, seq, -seq],
        )?;
        rehash(tx, |s, n| s == subject && n == seq, false)
    })
}

/// Removes the head of a chain.
///
/// # Errors
/// The engine's refusal.
pub fn remove_head(tx: &Tx<'_>, subject: Subject) -> Result<u64> {
    unguarded_execute(
        tx,
        "DELETE FROM ledger_head WHERE subject_kind = $1 AND subject_id = $2",
        args![subject.kind.code(), subject.id],
    )
}

/// Removes the personal text of an entry, row and all.
///
/// # Errors
/// The engine's refusal.
pub fn remove_text(tx: &Tx<'_>, subject: Subject, seq: i64) -> Result<u64> {
    unguarded_execute(
        tx,
        "DELETE FROM ledger_text WHERE entry_id =
           (SELECT id FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 AND seq = $3)",
        args![subject.kind.code(), subject.id, seq],
    )
}

/// Removes a whole chain with its head, its texts, and what names its entries.
///
/// # Errors
/// The engine's refusal.
pub fn remove_chain(tx: &Tx<'_>, subject: Subject) -> Result<()> {
    const OF_CHAIN: &str = "(SELECT id FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2)";
    unguarded(tx, |tx| {
        for statement in [
            &format!("UPDATE enrolment SET status_entry_id = NULL WHERE status_entry_id IN {OF_CHAIN}"),
            &format!("DELETE FROM ledger_text WHERE entry_id IN {OF_CHAIN}"),
            "DELETE FROM ledger_head WHERE subject_kind = $1 AND subject_id = $2",
            "DELETE FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2",
        ] {
            tx.execute(statement, args![subject.kind.code(), subject.id])?;
        }
        Ok(())
    })
}

/// Changes the hash that a head holds.
///
/// # Errors
/// The engine's refusal.
pub fn alter_head(tx: &Tx<'_>, subject: Subject) -> Result<u64> {
    unguarded_execute(
        tx,
        "UPDATE ledger_head SET hash = $3 WHERE subject_kind = $1 AND subject_id = $2",
        args![subject.kind.code(), subject.id, [9_u8; 32]],
    )
}

/// Changes the personal text of an entry.
///
/// # Errors
/// The engine's refusal.
pub fn alter_text(tx: &Tx<'_>, subject: Subject, seq: i64) -> Result<u64> {
    unguarded_execute(
        tx,
        "UPDATE ledger_text SET body = 'başka söz' WHERE entry_id =
           (SELECT id FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 AND seq = $3)",
        args![subject.kind.code(), subject.id, seq],
    )
}

/// Empties the personal text of an entry and names some other entry as the act.
///
/// # Errors
/// The engine's refusal.
pub fn empty_text(tx: &Tx<'_>, subject: Subject, seq: i64) -> Result<u64> {
    unguarded_execute(
        tx,
        "UPDATE ledger_text SET body = NULL, erased_by_entry = entry_id WHERE entry_id =
           (SELECT id FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 AND seq = $3)",
        args![subject.kind.code(), subject.id, seq],
    )
}

/// Changes the hash of the last root.
///
/// # Errors
/// The engine's refusal.
pub fn alter_root(tx: &Tx<'_>) -> Result<u64> {
    unguarded_execute(
        tx,
        "UPDATE ledger_root SET hash = $1 WHERE id = (SELECT max(id) FROM ledger_root)",
        args![versioned(RootVersion::Entries, &[5; 32])],
    )
}

/// Removes the last root.
///
/// # Errors
/// The engine's refusal.
pub fn remove_root(tx: &Tx<'_>) -> Result<u64> {
    unguarded_execute(tx, "DELETE FROM ledger_root WHERE id = (SELECT max(id) FROM ledger_root)", args![])
}

/// Changes an entry and then writes every hash, head and root anew, so that the database agrees with itself.
///
/// # Errors
/// The engine's refusal.
pub fn rewrite_history(tx: &Tx<'_>, subject: Subject, seq: i64) -> Result<()> {
    unguarded(tx, |tx| {
        tx.execute(
            "UPDATE ledger_entry SET ground_ref = 'uydurma' WHERE subject_kind = $1 AND subject_id = $2 AND seq = $3",
            args![subject.kind.code(), subject.id, seq],
        )?;
        rehash(tx, |_, _| true, true)?;
        roots(tx)?.iter().try_for_each(|old| write_root(tx, old, old.version))
    })
}

/// Writes all roots as the first version of the program made them.
///
/// # Errors
/// The engine's refusal.
pub fn age_roots(tx: &Tx<'_>) -> Result<()> {
    unguarded(tx, |tx| roots(tx)?.iter().try_for_each(|old| write_root(tx, old, RootVersion::Heads)))
}

/// Writes the root that the entries give now in the place of a stored one.
fn write_root(tx: &Tx<'_>, old: &Root, version: RootVersion) -> Result<()> {
    let mut then: std::collections::BTreeMap<Subject, Head> = std::collections::BTreeMap::new();
    let mut running = GENESIS;
    each_entry(tx, |id, _, sealed| {
        if let Some((sealed, hash)) = sealed
            && id.get() <= old.upto_entry
        {
            running = root_after(&running, id, sealed.subject, sealed.seq, &hash);
            then.insert(sealed.subject, Head { subject: sealed.subject, length: sealed.seq, hash });
        }
    })?;
    let hash = match version {
        RootVersion::Heads => root(then.values()),
        RootVersion::Entries => running,
    };
    tx.execute(
        "UPDATE ledger_root SET hash = $2 WHERE upto_entry = $1 AND hash = $3",
        args![old.upto_entry, versioned(version, &hash), versioned(old.version, &old.hash)],
    )?;
    Ok(())
}

/// Sets an enrolment's status without an entry.
///
/// # Errors
/// The engine's refusal.
pub fn set_status(tx: &Tx<'_>, enrolment: i64, status: &str) -> Result<u64> {
    unguarded_execute(tx, "UPDATE enrolment SET status = $2 WHERE id = $1", args![enrolment, status])
}

/// Changes the letter of all marks of an enrolment.
///
/// # Errors
/// The engine's refusal.
pub fn set_letters(tx: &Tx<'_>, enrolment: i64, letter: &str) -> Result<u64> {
    tx.execute("UPDATE mark SET letter = $2 WHERE enrolment_id = $1", args![enrolment, letter])
}

/// Changes the AKTS earned that lists show for an enrolment.
///
/// # Errors
/// The engine's refusal.
pub fn set_ects_earned(tx: &Tx<'_>, enrolment: i64, hundredths: i64) -> Result<u64> {
    tx.execute(
        "UPDATE computed_record SET ects_earned = $2 WHERE enrolment_id = $1",
        args![enrolment, hundredths],
    )
}

/// Changes a surname behind the back of the search index and of the person's ledger.
///
/// # Errors
/// The engine's refusal.
pub fn set_surname(tx: &Tx<'_>, person: i64, surname: &str) -> Result<u64> {
    tx.execute("UPDATE person SET surname = $2 WHERE id = $1", args![person, surname])
}

/// Hangs an enrolment on another one without an entry.
///
/// # Errors
/// The engine's refusal.
pub fn set_link(tx: &Tx<'_>, enrolment: i64, main: i64) -> Result<u64> {
    tx.execute(
        "UPDATE enrolment SET link_kind = 'minor', main_enrolment_id = $2 WHERE id = $1",
        args![enrolment, main],
    )
}

/// Gives an enrolment another class year without an entry.
///
/// # Errors
/// The engine's refusal.
pub fn set_class_year(tx: &Tx<'_>, enrolment: i64, class_year: i64) -> Result<u64> {
    tx.execute("UPDATE enrolment SET class_year = $2 WHERE id = $1", args![enrolment, class_year])
}

/// Removes a paper, number and all.
///
/// # Errors
/// The engine's refusal.
pub fn remove_paper(tx: &Tx<'_>, serial: i64) -> Result<u64> {
    unguarded_execute(tx, "DELETE FROM document WHERE serial = $1", args![serial])
}

/// Gives a paper another hash than its file has.
///
/// # Errors
/// The engine's refusal.
pub fn alter_paper(tx: &Tx<'_>, serial: i64) -> Result<u64> {
    unguarded_execute(tx, "UPDATE document SET sha256 = $2 WHERE serial = $1", args![serial, [3_u8; 32]])
}

/// Writes the hashes of chosen entries anew; with `through`, links and heads follow.
fn rehash(tx: &Tx<'_>, chosen: impl Fn(Subject, i64) -> bool, through: bool) -> Result<()> {
    let mut entries = Vec::new();
    each_entry(tx, |id, _, sealed| {
        if let Some((sealed, _)) = sealed {
            entries.push((id, sealed));
        }
    })?;
    let mut last: std::collections::HashMap<Subject, Hash> = std::collections::HashMap::new();
    for (id, mut sealed) in entries {
        if !chosen(sealed.subject, sealed.seq) {
            continue;
        }
        if through {
            sealed.prev = last.get(&sealed.subject).copied().unwrap_or(GENESIS);
        }
        let hash = sealed.hash();
        last.insert(sealed.subject, hash);
        tx.execute(
            "UPDATE ledger_entry SET prev_hash = $2, hash = $3 WHERE id = $1",
            args![id, sealed.prev, hash],
        )?;
    }
    if through {
        for head in heads(tx)? {
            if let Some(hash) = last.get(&head.subject) {
                tx.execute(
                    "UPDATE ledger_head SET hash = $3 WHERE subject_kind = $1 AND subject_id = $2",
                    args![head.subject.kind.code(), head.subject.id, hash],
                )?;
            }
        }
    }
    Ok(())
}

/// Makes the marks and terms of an enrolment look as if they had been written in Künye, not by an import.
///
/// # Errors
/// The engine's refusal.
pub fn disown_marks(tx: &Tx<'_>, enrolment: i64) -> Result<u64> {
    tx.execute("UPDATE student_term SET origin = 'kunye' WHERE enrolment_id = $1", args![enrolment])?;
    tx.execute("UPDATE mark SET origin = 'kunye' WHERE enrolment_id = $1", args![enrolment])
}

/// Sets one column of the rows of something, with all triggers off; `value` is SQL.
///
/// # Errors
/// The engine's refusal.
pub fn set_column(tx: &Tx<'_>, table: &str, key: (&str, i64), column: &str, value: &str) -> Result<u64> {
    unguarded_execute(
        tx,
        &format!("UPDATE {table} SET {column} = {value} WHERE {} = $1", key.0),
        args![key.1],
    )
}

/// Removes all rows of something from a table, with all triggers off.
///
/// # Errors
/// The engine's refusal.
pub fn remove_rows(tx: &Tx<'_>, table: &str, key: (&str, i64)) -> Result<u64> {
    unguarded_execute(tx, &format!("DELETE FROM {table} WHERE {} = $1", key.0), args![key.1])
}

/// Gives an enrolment the marks that it has a second time, in the last term.
///
/// # Errors
/// The engine's refusal.
pub fn add_marks(tx: &Tx<'_>, enrolment: i64) -> Result<u64> {
    tx.execute(
        "INSERT INTO mark (enrolment_id, term_id, course_id, section_id, attempt, midterm, final, letter, points, credit, ects, origin)
         SELECT enrolment_id, (SELECT max(id) FROM term), course_id, section_id, attempt, midterm, final, letter, points, credit, ects, origin
         FROM mark WHERE enrolment_id = $1",
        args![enrolment],
    )
}

/// Lets an SQLite database grow by so many pages and no more, as a disk does that is nearly full; room for ever without a
/// number. The rest of the transaction already meets the limit.
///
/// # Errors
/// The engine's refusal; PostgreSQL has no such limit.
pub fn allow_pages(tx: &Tx<'_>, more: Option<i64>) -> Result<()> {
    let pages = tx.one("PRAGMA page_count", &[], |r| r.int(0))?.unwrap_or(0);
    let most = more.map_or(i64::from(u32::MAX) - 1, |more| pages + more);
    tx.batch(&format!("PRAGMA max_page_count = {most}"))
}

/// Registers an enrolment for the last term without an entry.
///
/// # Errors
/// The engine's refusal.
pub fn add_term(tx: &Tx<'_>, enrolment: i64) -> Result<u64> {
    tx.execute(
        "INSERT INTO student_term (enrolment_id, term_id, term_no, standing, origin)
         SELECT $1, max(id), 3, 'registered', 'records' FROM term",
        args![enrolment],
    )
}
