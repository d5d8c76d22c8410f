//! What tests look at, and put there, beside every use case.
//!
//! Behind the feature `tampering`, which no program turns on.

use base::{
    ids::{CandidateId, EnrolmentId, StaffId, UnitId},
    time::Date,
};

use crate::{
    args,
    db::{Reader, Tx},
    error::Result,
};

/// A unit that is neither above nor below this one.
///
/// # Errors
/// The engine's refusal.
pub fn unit_apart(db: &Reader<'_>, unit: UnitId) -> Result<Option<UnitId>> {
    db.one(
        "SELECT u.id FROM unit u WHERE u.kind <> 'university' AND NOT EXISTS
           (SELECT 1 FROM unit_closure c WHERE c.descendant_id = $1 AND c.ancestor_id = u.id) AND NOT EXISTS
           (SELECT 1 FROM unit_closure c WHERE c.descendant_id = u.id AND c.ancestor_id = $1) ORDER BY u.id LIMIT 1",
        args![unit],
        |r| r.id(0),
    )
}

/// How often an act stands in the audit log.
///
/// # Errors
/// The engine's refusal.
pub fn acts(db: &Reader<'_>, act: &str) -> Result<i64> {
    db.count("SELECT count(*) FROM audit_log WHERE action = $1", args![act])
}

/// Acts of the audit log that name people of a list, in order, with their lists.
///
/// # Errors
/// The engine's refusal.
pub fn named(db: &Reader<'_>) -> Result<Vec<(String, String)>> {
    db.query("SELECT action, shown FROM audit_log WHERE shown IS NOT NULL ORDER BY id", &[], |r| {
        Ok((r.text(0)?, r.text(1)?))
    })
}

/// How many people there are.
///
/// # Errors
/// The engine's refusal.
pub fn people(db: &Reader<'_>) -> Result<i64> {
    db.count("SELECT count(*) FROM person", &[])
}

/// Enrolments that the search index does not show as they are, and people and enrolments whose chain does not end in
/// its head.
///
/// # Errors
/// The engine's refusal.
pub fn loose_ends(db: &Reader<'_>) -> Result<(i64, i64, i64)> {
    let without_index = db.count(
        "SELECT count(*) FROM enrolment e WHERE NOT EXISTS (SELECT 1 FROM student_index s
           WHERE s.enrolment_id = e.id AND s.status = e.status AND s.number = e.number)",
        &[],
    )?;
    let without_chain = |table: &str| {
        db.count(
            &format!(
                "SELECT count(*) FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM ledger_head h JOIN ledger_entry e
                   ON e.subject_kind = h.subject_kind AND e.subject_id = h.subject_id AND e.seq = h.length
                   AND e.hash = h.hash WHERE h.subject_kind = '{table}' AND h.subject_id = t.id)"
            ),
            &[],
        )
    };
    Ok((without_index, without_chain("person")?, without_chain("enrolment")?))
}

/// The first candidate of a programme.
///
/// # Errors
/// The engine's refusal.
pub fn candidate_in(db: &Reader<'_>, programme: i64) -> Result<Option<CandidateId>> {
    db.one("SELECT id FROM candidate WHERE programme_id = $1 ORDER BY id LIMIT 1", args![programme], |r| {
        r.id(0)
    })
}

/// Gives programmes their YÖKSİS codes.
///
/// # Errors
/// The engine's refusal.
pub fn give_codes(tx: &Tx<'_>, codes: &[(i64, &str)]) -> Result<()> {
    for (programme, code) in codes {
        tx.execute(
            "INSERT INTO programme_code (programme_id, system, code, valid_from) VALUES ($1, 'yoksis', $2, $3)",
            args![*programme, *code, Date::constant(2000, 1, 1)],
        )?;
    }
    Ok(())
}

/// Takes the YÖKSİS codes of a programme away.
///
/// # Errors
/// The engine's refusal.
pub fn take_codes(tx: &Tx<'_>, programme: i64) -> Result<()> {
    tx.execute("DELETE FROM programme_code WHERE programme_id = $1 AND system = 'yoksis'", args![programme])?;
    Ok(())
}

/// Somebody on the staff of a unit.
///
/// # Errors
/// The engine's refusal.
pub fn hire(tx: &Tx<'_>, id: StaffId, name: (&str, &str), unit: UnitId) -> Result<()> {
    tx.execute(
        "INSERT INTO staff (id, given_name, surname, sort_key, unit_id) VALUES ($1, $2, $3, $2, $4)",
        args![id, name.0, name.1, unit],
    )?;
    Ok(())
}

/// An office that somebody holds in a unit.
///
/// # Errors
/// The engine's refusal.
pub fn appoint(tx: &Tx<'_>, staff: StaffId, unit: UnitId, office: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO appointment (staff_id, unit_id, office, starts_on) VALUES ($1, $2, $3, $4)",
        args![staff, unit, office, Date::constant(2020, 1, 1)],
    )?;
    Ok(())
}

/// Gives a student an advisor.
///
/// # Errors
/// The engine's refusal.
pub fn advise(tx: &Tx<'_>, enrolment: EnrolmentId, advisor: StaffId) -> Result<()> {
    tx.execute("UPDATE enrolment SET advisor_id = $2 WHERE id = $1", args![enrolment, advisor])?;
    Ok(())
}

/// Lets a student owe the fee, and every candidate's school say no.
///
/// # Errors
/// The engine's refusal.
pub fn owe_everything(tx: &Tx<'_>, number: &str) -> Result<()> {
    tx.execute(
        "UPDATE registration SET fee_state = 'owed', fee_amount = NULL WHERE enrolment_id =
           (SELECT id FROM enrolment WHERE number = $1)",
        args![number],
    )?;
    tx.execute("UPDATE candidate SET school_state = 'obstacle'", &[])?;
    Ok(())
}

/// An account with this user name and nobody behind it.
///
/// # Errors
/// The engine's refusal.
pub fn take_user_name(tx: &Tx<'_>, user_name: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO account (user_name, display_name, sort_key, fold_tr, fold_ascii, status, created_at)
         VALUES ($1, 'Deneme', 'deneme', 'deneme', 'deneme', 'invited', $2)",
        args![user_name, base::time::Timestamp::UNIX_EPOCH],
    )?;
    Ok(())
}
