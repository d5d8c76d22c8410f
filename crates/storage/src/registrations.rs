//! Student numbers and the facts of a registration.

use std::collections::HashMap;

use base::{
    ids::{AccountId, CandidateId, CurriculumId, EnrolmentId, JobId, PersonId, ProgrammeId, StaffId, UnitId},
    time::{Date, Timestamp, local_date},
};
use domain::{
    enrolments::EnrolmentStatus,
    registration::{DayRow, EntryDetails, FeeState, NumberScheme, SchemeError},
    student_file::{Name, RegistrationFacts},
};

use crate::{
    args,
    candidates::{AT_ONCE, Sight, padded, places},
    db::{Reader, Row, Tx, Value},
    error::{Result, StorageError},
    permit::Permit,
};

/// A number of a series that nobody else has or will have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TakenNumber {
    /// The series.
    pub series: String,
    /// Its place in the series.
    pub serial: i64,
    /// The student number.
    pub number: String,
}

/// Takes the next number of a series inside the transaction that registers somebody; undone with it.
///
/// A series begins behind the numbers that the register already has in it. The row of the series is locked until the
/// transaction ends, so that two desks get two numbers and no number is left out.
///
/// # Errors
/// The engine's refusal; [`SchemeError::Full`] inside when the series is used up.
pub fn take_number(
    tx: &Tx<'_>,
    _permit: &Permit,
    scheme: &NumberScheme,
    series: &str,
) -> Result<std::result::Result<TakenNumber, SchemeError>> {
    let next = || {
        tx.one(
            "UPDATE student_number_series SET last = last + 1 WHERE series = $1 RETURNING last",
            args![series],
            |r| r.int(0),
        )
    };
    let serial = match next()? {
        Some(serial) => serial,
        None => {
            let first = last_in_register(tx, scheme, series)? + 1;
            tx.execute(
                "INSERT INTO student_number_series (series, first, last) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                args![series, first, first - 1],
            )?;
            next()?.ok_or(StorageError::Decode {
                column: "student_number_series".to_owned(),
                found: series.to_owned(),
            })?
        }
    };
    Ok(scheme.number(series, serial).map(|number| TakenNumber { series: series.to_owned(), serial, number }))
}

/// The highest serial that an enrolment taken over from elsewhere has in a series; 0 where there is none.
fn last_in_register(db: &Reader<'_>, scheme: &NumberScheme, series: &str) -> Result<i64> {
    let length = i64::try_from(series.len() + scheme.serial_digits()).unwrap_or(i64::MAX);
    let highest = db.one(
        "SELECT max(number) FROM enrolment WHERE number >= $1 AND number < $2 AND length(number) = $3",
        args![series, format!("{series}:"), length],
        |r| r.opt_text(0),
    )?;
    let serial = highest.flatten().and_then(|number| number.strip_prefix(series)?.parse().ok());
    Ok(serial.unwrap_or(0))
}

/// Writes the row of a number that was given.
///
/// # Errors
/// [`StorageError::Constraint`] when the number is there already.
pub fn record_number(
    tx: &Tx<'_>,
    permit: &Permit,
    taken: &TakenNumber,
    enrolment: EnrolmentId,
) -> Result<()> {
    tx.later(
        "INSERT INTO student_number (series, serial, number, enrolment_id, given_at, given_by) VALUES ($1, $2, $3, $4, $5, $6)",
        args![taken.series, taken.serial, taken.number, enrolment, permit.at(), permit.account()],
    )
}

/// Cancels the number of an enrolment with its ground; nobody else ever gets it.
///
/// # Errors
/// The engine's refusal.
pub fn cancel_number(tx: &Tx<'_>, permit: &Permit, enrolment: EnrolmentId, ground: &str) -> Result<bool> {
    let touched = tx.execute(
        "UPDATE student_number SET cancelled_at = $2, cancelled_by = $3, cancelled_ground = $4
         WHERE enrolment_id = $1 AND cancelled_at IS NULL",
        args![enrolment, permit.at(), permit.account(), ground],
    )?;
    Ok(touched > 0)
}

/// A number of a series with what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumberLine {
    /// The series.
    pub series: String,
    /// Its place in the series.
    pub serial: i64,
    /// The student number.
    pub number: String,
    /// To which enrolment it was given.
    pub enrolment: EnrolmentId,
    /// Ground of its cancelling.
    pub cancelled: Option<String>,
}

/// All numbers that were given here, series by series.
///
/// # Errors
/// The engine's refusal.
pub fn numbers(db: &Reader<'_>) -> Result<Vec<NumberLine>> {
    db.query(
        "SELECT series, serial, number, enrolment_id, cancelled_ground FROM student_number ORDER BY series, serial",
        &[],
        |r| {
            Ok(NumberLine {
                series: r.text(0)?,
                serial: r.int(1)?,
                number: r.text(2)?,
                enrolment: r.id(3)?,
                cancelled: r.opt_text(4)?,
            })
        },
    )
}

/// Series whose rows do not run from the first to the last number without a gap.
///
/// # Errors
/// The engine's refusal.
pub fn series_with_gaps(db: &Reader<'_>) -> Result<Vec<String>> {
    db.query(
        "SELECT s.series FROM student_number_series s
         LEFT JOIN (SELECT series, count(*) AS rows, min(serial) AS low, max(serial) AS high FROM student_number GROUP BY series) n
           ON n.series = s.series
         WHERE coalesce(n.rows, 0) <> s.last - s.first + 1 OR coalesce(n.low, s.first) <> s.first OR coalesce(n.high, s.last) <> s.last
         ORDER BY s.series",
        &[],
        |r| r.text(0),
    )
}

/// What the desk noted when it registered somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Registration {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The candidate.
    pub candidate: CandidateId,
    /// What became of the fee.
    pub fee: Fee,
    /// Version of the data-protection notice that was read; empty where it was not yet.
    pub notice_version: String,
    /// When the notice was noted as read.
    pub notice_read_at: Option<Timestamp>,
    /// When the registration was made.
    pub registered_at: Timestamp,
    /// By whom.
    pub registered_by: AccountId,
    /// The bulk registration that made it.
    pub job: Option<JobId>,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
    /// Version for two people editing at once.
    pub version: i64,
}

/// The fee of a registration; money in kuruş.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fee {
    /// What became of it.
    pub state: FeeState,
    /// How much was paid.
    pub amount: Option<i64>,
    /// Receipt, or the reason of an exemption; may be empty.
    pub receipt: String,
    /// Day of the receipt.
    pub paid_on: Option<Date>,
}

const REGISTRATION: &str = "SELECT enrolment_id, candidate_id, fee_state, fee_amount, fee_receipt, fee_on, notice_version, notice_read_at,
       registered_at, registered_by, job_id, undone_at, version FROM registration";

fn registration(r: &Row<'_>) -> Result<Registration> {
    Ok(Registration {
        enrolment: r.id(0)?,
        candidate: r.id(1)?,
        fee: Fee {
            state: r.word(2, FeeState::from_code)?,
            amount: r.opt_int(3)?,
            receipt: r.text(4)?,
            paid_on: r.opt_date(5)?,
        },
        notice_version: r.text(6)?,
        notice_read_at: r.opt_time(7)?,
        registered_at: r.time(8)?,
        registered_by: r.id(9)?,
        job: r.opt_id(10)?,
        undone_at: r.opt_time(11)?,
        version: r.int(12)?,
    })
}

/// The registration of an enrolment.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Option<Registration>> {
    db.one(&format!("{REGISTRATION} WHERE enrolment_id = $1"), args![enrolment], registration)
}

/// What papers tell of the registration of an enrolment; the papers in the file are the caller's to add.
///
/// # Errors
/// The engine's refusal.
pub fn told(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Option<RegistrationFacts>> {
    db.one(
        "SELECT g.registered_at, a.display_name, CASE WHEN g.undone_at IS NULL THEN 0 ELSE 1 END,
                CASE WHEN c.enrolment_id = g.enrolment_id THEN c.provisional_until END,
                g.fee_state, g.fee_amount, g.fee_receipt, g.fee_on, g.notice_read_at, c.details
         FROM registration g JOIN candidate c ON c.id = g.candidate_id JOIN account a ON a.id = g.registered_by
         WHERE g.enrolment_id = $1",
        args![enrolment],
        |r| {
            let details: EntryDetails = serde_json::from_str(&r.text(9)?)
                .map_err(|e| StorageError::Decode { column: "details".to_owned(), found: e.to_string() })?;
            Ok(RegistrationFacts {
                made_on: local_date(r.time(0)?),
                made_by: r.text(1)?,
                is_undone: r.int(2)? == 1,
                provisional_until: r.opt_date(3)?,
                fee: r.word(4, FeeState::from_code)?,
                fee_amount: r.opt_int(5)?,
                receipt: r.text(6)?,
                paid_on: r.opt_date(7)?,
                notice_read_on: r.opt_time(8)?.map(local_date),
                stated: details.conditions(),
                papers_until: None,
                papers: Vec::new(),
            })
        },
    )
}

/// Registrations in a unit and below it, made from one instant to before another and not undone, by programme and
/// student number; each with its person, for the audit log. Names are those of `day`.
///
/// # Errors
/// The engine's refusal.
pub fn of_unit(
    db: &Reader<'_>,
    unit: UnitId,
    (from, to): (Timestamp, Timestamp),
    day: Date,
) -> Result<Vec<(PersonId, DayRow)>> {
    db.query(
        "SELECT e.person_id, e.number, p.given_name || ' ' || p.surname, m.code, n.name_tr, n.name_en, e.status, a.display_name
         FROM registration g JOIN enrolment e ON e.id = g.enrolment_id JOIN person p ON p.id = e.person_id
         JOIN programme m ON m.id = e.programme_id JOIN account a ON a.id = g.registered_by
         LEFT JOIN programme_name n ON n.programme_id = m.id AND n.valid_from <= $4 AND (n.valid_to IS NULL OR n.valid_to > $4)
         WHERE g.registered_at >= $2 AND g.registered_at < $3 AND g.undone_at IS NULL
           AND EXISTS (SELECT 1 FROM unit_closure k WHERE k.descendant_id = m.unit_id AND k.ancestor_id = $1)
         ORDER BY m.code, e.number",
        args![unit, from, to, day],
        |r| {
            let programme_code = r.text(3)?;
            let name = r.opt_text(4)?.unwrap_or_else(|| programme_code.clone());
            let row = DayRow {
                number: r.text(1)?,
                name: r.text(2)?,
                programme: Name { tr: name, en: r.opt_text(5)?.unwrap_or_default() },
                programme_code,
                is_provisional: r.word(6, EnrolmentStatus::from_code)? == EnrolmentStatus::Provisional,
                made_by: r.text(7)?,
            };
            Ok((r.id(0)?, row))
        },
    )
}

/// Everybody whom a desk of a unit and of those below it registered from one instant to before another, also where that
/// was undone.
///
/// # Errors
/// The engine's refusal.
pub fn people_of_unit(
    db: &Reader<'_>,
    unit: UnitId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<PersonId>> {
    db.query(
        "SELECT DISTINCT e.person_id FROM registration g JOIN enrolment e ON e.id = g.enrolment_id
         JOIN programme m ON m.id = e.programme_id
         WHERE g.registered_at >= $2 AND g.registered_at < $3
           AND EXISTS (SELECT 1 FROM unit_closure k WHERE k.descendant_id = m.unit_id AND k.ancestor_id = $1)",
        args![unit, from, to],
        |r| r.id(0),
    )
}

/// The person whom an earlier registration of a candidate put into the register, undone or not.
///
/// # Errors
/// The engine's refusal.
pub fn person_of_candidate(db: &Reader<'_>, candidate: CandidateId) -> Result<Option<PersonId>> {
    db.one(
        "SELECT e.person_id FROM registration g JOIN enrolment e ON e.id = g.enrolment_id WHERE g.candidate_id = $1 ORDER BY e.id DESC LIMIT 1",
        args![candidate],
        |r| r.id(0),
    )
}

/// The person who was registered here as a candidate with this passport, undone or not.
///
/// # Errors
/// The engine's refusal.
pub fn person_of_passport(
    db: &Reader<'_>,
    passport: &str,
    birth_date: Date,
    nationality: &str,
) -> Result<Option<PersonId>> {
    db.one(
        "SELECT e.person_id FROM candidate c JOIN registration g ON g.candidate_id = c.id JOIN enrolment e ON e.id = g.enrolment_id
         WHERE c.passport = $1 AND c.birth_date = $2 AND c.nationality = $3 ORDER BY e.id DESC LIMIT 1",
        args![passport, birth_date, nationality],
        |r| r.id(0),
    )
}

/// A registration of a bulk run as its page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobLine {
    /// The enrolment, which is the cursor too.
    pub enrolment: EnrolmentId,
    /// The candidate.
    pub candidate: CandidateId,
    /// The person, for the audit log.
    pub person: PersonId,
    /// The student number given.
    pub number: String,
    /// Given name as now.
    pub given_name: String,
    /// Surname in capitals.
    pub surname: String,
    /// The programme.
    pub programme: ProgrammeId,
    /// Its code.
    pub programme_code: String,
    /// Its unit.
    pub unit: UnitId,
    /// When it was made.
    pub registered_at: Timestamp,
    /// Whether it was undone.
    pub is_undone: bool,
}

/// The registrations that a bulk run made, in order, after an enrolment; undone ones among them.
///
/// # Errors
/// The engine's refusal.
pub fn of_job(db: &Reader<'_>, job: JobId, after: Option<EnrolmentId>, limit: u32) -> Result<Vec<JobLine>> {
    db.query(
        "SELECT g.enrolment_id, g.candidate_id, e.person_id, e.number, p.given_name, p.surname, e.programme_id, m.code,
                g.registered_at, CASE WHEN g.undone_at IS NULL THEN 0 ELSE 1 END, m.unit_id
         FROM registration g JOIN enrolment e ON e.id = g.enrolment_id JOIN person p ON p.id = e.person_id
         JOIN programme m ON m.id = e.programme_id
         WHERE g.job_id = $1 AND g.enrolment_id > $2 ORDER BY g.enrolment_id LIMIT $3",
        args![job, after.map_or(0, EnrolmentId::get), limit],
        |r| {
            Ok(JobLine {
                enrolment: r.id(0)?,
                candidate: r.id(1)?,
                person: r.id(2)?,
                number: r.text(3)?,
                given_name: r.text(4)?,
                surname: r.text(5)?,
                programme: r.id(6)?,
                programme_code: r.text(7)?,
                registered_at: r.time(8)?,
                is_undone: r.int(9)? == 1,
                unit: r.id(10)?,
            })
        },
    )
}

/// Those of some people's earlier registrations, undone or not, that brought them into the register, by candidate.
///
/// # Errors
/// The engine's refusal.
pub fn people_of_candidates(
    db: &Reader<'_>,
    candidates: &[CandidateId],
) -> Result<HashMap<CandidateId, PersonId>> {
    let mut found = HashMap::new();
    for some in candidates.chunks(AT_ONCE) {
        // Later registrations replace earlier ones.
        found.extend(db.query(
            &format!(
                "SELECT g.candidate_id, e.person_id FROM registration g JOIN enrolment e ON e.id = g.enrolment_id
                 WHERE g.candidate_id IN ({}) ORDER BY e.id",
                places(AT_ONCE)
            ),
            &padded(some.iter().map(|id| id.get()), AT_ONCE),
            |r| Ok((r.id(0)?, r.id(1)?)),
        )?);
    }
    Ok(found)
}

/// How many registrations a bulk run made that nobody has undone.
///
/// # Errors
/// The engine's refusal.
pub fn standing_of_job(db: &Reader<'_>, job: JobId) -> Result<i64> {
    db.count("SELECT count(*) FROM registration WHERE job_id = $1 AND undone_at IS NULL", args![job])
}

/// A registration as lists of a day show it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisteredLine {
    /// The candidate.
    pub candidate: CandidateId,
    /// The person.
    pub person: PersonId,
    /// Student number.
    pub number: String,
    /// Given name or names as now.
    pub given_name: String,
    /// Surname as now.
    pub surname: String,
    /// Programme.
    pub programme: ProgrammeId,
    /// Its code.
    pub programme_code: String,
    /// Status in force.
    pub status: EnrolmentStatus,
    /// Whether the register has a photo.
    pub has_photo: bool,
    /// When it was made.
    pub registered_at: Timestamp,
}

/// Registrations made from one instant to before another and not undone, in order of programme and name.
///
/// # Errors
/// The engine's refusal.
pub fn between(
    db: &Reader<'_>,
    sight: &Sight,
    programme: Option<ProgrammeId>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<RegisteredLine>> {
    let mut args = vec![Value::Time(from), Value::Time(to)];
    let mut text = String::from(
        "SELECT g.candidate_id, e.person_id, e.number, n.given_name, n.surname, e.programme_id, p.code, e.status, n.photo_file_id,
                g.registered_at
         FROM registration g JOIN candidate c ON c.id = g.candidate_id JOIN enrolment e ON e.id = g.enrolment_id
           JOIN person n ON n.id = e.person_id JOIN programme p ON p.id = e.programme_id
         WHERE g.registered_at >= $1 AND g.registered_at < $2 AND g.undone_at IS NULL",
    );
    if let Some(programme) = programme {
        args.push(Value::Int(programme.get()));
        text.push_str(&format!(" AND p.id = ${}", args.len()));
    }
    text.push_str(&sight.condition(&mut args));
    text.push_str(" ORDER BY p.code, c.sort_key, c.id");
    db.query(&text, &args, |r| {
        Ok(RegisteredLine {
            candidate: r.id(0)?,
            person: r.id(1)?,
            number: r.text(2)?,
            given_name: r.text(3)?,
            surname: r.text(4)?,
            programme: r.id(5)?,
            programme_code: r.text(6)?,
            status: r.word(7, EnrolmentStatus::from_code)?,
            has_photo: r.opt_int(8)?.is_some(),
            registered_at: r.time(9)?,
        })
    })
}

/// Writes the facts of a registration.
///
/// # Errors
/// The engine's refusal.
pub fn insert(
    tx: &Tx<'_>,
    permit: &Permit,
    enrolment: EnrolmentId,
    candidate: CandidateId,
    fee: &Fee,
    notice_version: &str,
    job: Option<JobId>,
) -> Result<()> {
    let read_at = (!notice_version.is_empty()).then(|| permit.at());
    tx.later(
        "INSERT INTO registration (enrolment_id, candidate_id, fee_state, fee_amount, fee_receipt, fee_on, notice_version, notice_read_at,
           registered_at, registered_by, job_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        args![
            enrolment,
            candidate,
            fee.state.code(),
            fee.amount,
            fee.receipt,
            fee.paid_on,
            notice_version,
            read_at,
            permit.at(),
            permit.account(),
            job
        ],
    )
}

/// Replaces the fee when a provisional registration becomes final. The notice stays as it was read, unless another
/// version is read now.
///
/// # Errors
/// [`StorageError::Stale`] when there is no registration of the enrolment.
pub fn complete(
    tx: &Tx<'_>,
    permit: &Permit,
    enrolment: EnrolmentId,
    fee: &Fee,
    notice_version: &str,
) -> Result<()> {
    let touched = tx.execute(
        "UPDATE registration SET fee_state = $2, fee_amount = $3, fee_receipt = $4, fee_on = $5,
                notice_read_at = CASE WHEN $6 = '' OR $6 = notice_version THEN notice_read_at ELSE $7 END,
                notice_version = CASE WHEN $6 = '' THEN notice_version ELSE $6 END, version = version + 1
         WHERE enrolment_id = $1 AND undone_at IS NULL",
        args![
            enrolment,
            fee.state.code(),
            fee.amount,
            fee.receipt,
            fee.paid_on,
            notice_version,
            (!notice_version.is_empty()).then(|| permit.at())
        ],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Notes that the data-protection notice was read; a second reading changes nothing. Answers whether it was this time.
///
/// # Errors
/// The engine's refusal.
pub fn read_notice(tx: &Tx<'_>, permit: &Permit, enrolment: EnrolmentId, version: &str) -> Result<bool> {
    let touched = tx.execute(
        "UPDATE registration SET notice_version = $2, notice_read_at = $3, version = version + 1
         WHERE enrolment_id = $1 AND notice_read_at IS NULL",
        args![enrolment, version, permit.at()],
    )?;
    Ok(touched == 1)
}

/// Enrolments of a programme that were registered in a span of time and stand, in order.
///
/// # Errors
/// The engine's refusal.
pub fn registered_between(
    db: &Reader<'_>,
    programme: ProgrammeId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<EnrolmentId>> {
    db.query(
        "SELECT g.enrolment_id FROM registration g JOIN enrolment e ON e.id = g.enrolment_id
         WHERE e.programme_id = $1 AND g.registered_at >= $2 AND g.registered_at < $3 AND g.undone_at IS NULL ORDER BY g.enrolment_id",
        args![programme, from, until],
        |r| r.id(0),
    )
}

/// Marks a registration as undone; its facts stay readable.
///
/// # Errors
/// [`StorageError::Stale`] when it is undone already.
pub fn undo(tx: &Tx<'_>, permit: &Permit, enrolment: EnrolmentId) -> Result<()> {
    let touched = tx.execute(
        "UPDATE registration SET undone_at = $2, undone_by = $3, version = version + 1 WHERE enrolment_id = $1 AND undone_at IS NULL",
        args![enrolment, permit.at(), permit.account()],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// The curriculum version for those who enter a programme in a year: the newest that was in effect then.
///
/// # Errors
/// The engine's refusal.
pub fn curriculum_for(db: &Reader<'_>, programme: ProgrammeId, year: i32) -> Result<Option<CurriculumId>> {
    db.one(
        "SELECT id FROM curriculum WHERE programme_id = $1 AND effective_year <= $2 ORDER BY effective_year DESC, version DESC LIMIT 1",
        args![programme, year],
        |r| r.id(0),
    )
}

/// Who advises somebody in a programme, with how many of those who entered it in a year, in the order in which they were
/// hired. Only they are asked when an advisor is looked for, so that nobody becomes one by chance.
///
/// # Errors
/// The engine's refusal.
pub fn advisor_loads(db: &Reader<'_>, programme: ProgrammeId, year: i32) -> Result<Vec<(StaffId, i64)>> {
    db.query(
        "SELECT advisor_id, CAST(sum(CASE WHEN entry_year = $2 THEN 1 ELSE 0 END) AS BIGINT) FROM enrolment
         WHERE programme_id = $1 AND advisor_id IS NOT NULL GROUP BY advisor_id ORDER BY advisor_id",
        args![programme, year],
        |r| Ok((r.id(0)?, r.int(1)?)),
    )
}

/// Those who advise somebody in a programme.
///
/// # Errors
/// The engine's refusal.
pub fn advisors_of(db: &Reader<'_>, programme: ProgrammeId) -> Result<Vec<StaffId>> {
    db.query(
        "SELECT DISTINCT advisor_id FROM enrolment WHERE programme_id = $1 AND advisor_id IS NOT NULL ORDER BY advisor_id",
        args![programme],
        |r| r.id(0),
    )
}

/// The YÖKSİS codes of a programme and of its unit on a day, empty where there is none.
///
/// # Errors
/// The engine's refusal.
pub fn yoksis_codes(db: &Reader<'_>, programme: ProgrammeId, day: Date) -> Result<(String, String)> {
    let found = db.one(
        "SELECT coalesce((SELECT c.code FROM programme_code c WHERE c.programme_id = p.id AND c.system = 'yoksis' AND c.valid_from <= $2
                           AND (c.valid_to IS NULL OR c.valid_to > $2)), ''),
                coalesce((SELECT c.code FROM unit_code c WHERE c.unit_id = p.unit_id AND c.system = 'yoksis' AND c.valid_from <= $2
                           AND (c.valid_to IS NULL OR c.valid_to > $2)), '')
         FROM programme p WHERE p.id = $1",
        args![programme, day],
        |r| Ok((r.text(0)?, r.text(1)?)),
    )?;
    Ok(found.unwrap_or_default())
}
