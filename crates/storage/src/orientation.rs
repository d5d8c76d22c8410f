//! Orientation: its sessions, who is invited, who came, and what they thought of it.

use base::{
    ids::{EnrolmentId, FileId, OrientationId, PersonId, SessionId, UnitId},
    time::{Date, Timestamp},
};
use domain::{
    orientation::{AttendanceChannel, PlannedSession, TakenPart},
    student_file::Name,
};

use crate::{
    args,
    db::{Reader, Row, Tx, Value},
    error::{Result, StorageError},
    permit::Permit,
};

/// The orientation of a unit and year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Orientation {
    /// Row id.
    pub id: OrientationId,
    /// For the new students of this unit and what lies below it.
    pub unit: UnitId,
    /// The unit's code.
    pub unit_code: String,
    /// The unit's name today; empty where none is valid.
    pub unit_name: Name,
    /// Their year of entry.
    pub year: i32,
    /// What it is called.
    pub name: Name,
    /// The handbook.
    pub handbook: Option<FileId>,
    /// Where the regulations stand that students acknowledge; may be empty.
    pub rules_url: String,
    /// Version for two people editing at once.
    pub version: i64,
}

impl Orientation {
    /// Whether there is anything that students can say they read.
    pub fn has_reading(&self) -> bool {
        self.handbook.is_some() || !self.rules_url.is_empty()
    }
}

const ORIENTATION: &str =
    "SELECT o.id, o.unit_id, u.code, coalesce(n.name_tr, ''), coalesce(n.name_en, ''), o.year, o.name_tr, o.name_en,
       o.handbook_file_id, o.version, o.rules_url
     FROM orientation o JOIN unit u ON u.id = o.unit_id
     LEFT JOIN unit_name n ON n.unit_id = u.id AND n.valid_from <= $1 AND (n.valid_to IS NULL OR n.valid_to > $1)";

fn orientation(r: &Row<'_>) -> Result<Orientation> {
    Ok(Orientation {
        id: r.id(0)?,
        unit: r.id(1)?,
        unit_code: r.text(2)?,
        unit_name: Name { tr: r.text(3)?, en: r.text(4)? },
        year: r.int32(5)?,
        name: Name { tr: r.text(6)?, en: r.text(7)? },
        handbook: r.opt_id(8)?,
        version: r.int(9)?,
        rules_url: r.text(10)?,
    })
}

/// One orientation, its unit named as on `day`.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: OrientationId, day: Date) -> Result<Option<Orientation>> {
    db.one(&format!("{ORIENTATION} WHERE o.id = $2"), args![day, id], orientation)
}

/// The unit of an orientation.
///
/// # Errors
/// The engine's refusal.
pub fn unit_of(db: &Reader<'_>, id: OrientationId) -> Result<Option<UnitId>> {
    db.one("SELECT unit_id FROM orientation WHERE id = $1", args![id], |r| r.id(0))
}

/// Everybody ever invited, whatever became of them.
///
/// # Errors
/// The engine's refusal.
pub fn people_invited(db: &Reader<'_>, to: OrientationId) -> Result<Vec<PersonId>> {
    db.query(
        "SELECT e.person_id FROM orientation_invitation i JOIN enrolment e ON e.id = i.enrolment_id
         WHERE i.orientation_id = $1 ORDER BY e.person_id",
        args![to],
        |r| r.id(0),
    )
}

/// Orientations of these units and those below them, or of all; of one year or of every year, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn list(
    db: &Reader<'_>,
    within: Option<&[UnitId]>,
    year: Option<i32>,
    day: Date,
) -> Result<Vec<Orientation>> {
    let mut args = vec![Value::Date(day)];
    let mut text = format!("{ORIENTATION} WHERE 1 = 1");
    if let Some(units) = within {
        let mut ways = vec!["1 = 0".to_owned()];
        for unit in units {
            args.push(Value::Int(unit.get()));
            ways.push(format!(
                "EXISTS (SELECT 1 FROM unit_closure c WHERE c.descendant_id = o.unit_id AND c.ancestor_id = ${})",
                args.len()
            ));
        }
        text.push_str(&format!(" AND ({})", ways.join(" OR ")));
    }
    if let Some(year) = year {
        args.push(Value::Int(i64::from(year)));
        text.push_str(&format!(" AND o.year = ${}", args.len()));
    }
    text.push_str(" ORDER BY o.year DESC, o.unit_id, o.id");
    db.query(&text, &args, orientation)
}

/// Whether a unit has an orientation of this year and Turkish name, another one than `except`.
///
/// # Errors
/// The engine's refusal.
pub fn is_named(
    db: &Reader<'_>,
    unit: UnitId,
    year: i32,
    name_tr: &str,
    except: Option<OrientationId>,
) -> Result<bool> {
    let id = db.one(
        "SELECT id FROM orientation WHERE unit_id = $1 AND year = $2 AND name_tr = $3",
        args![unit, year, name_tr],
        |r| r.id(0),
    )?;
    Ok(id.is_some() && id != except)
}

/// Begins an orientation.
///
/// # Errors
/// The engine's refusal, also of a name that the unit has in that year.
pub fn insert(
    tx: &Tx<'_>,
    permit: &Permit,
    unit: UnitId,
    year: i32,
    name: &Name,
    rules_url: &str,
) -> Result<OrientationId> {
    tx.insert(
        "INSERT INTO orientation (unit_id, year, name_tr, name_en, made_at, made_by, rules_url) VALUES ($1, $2, $3, $4, $5, $6, $7)
         RETURNING id",
        args![unit, year, name.tr, name.en, permit.at(), permit.account(), rules_url],
    )
}

/// Changes name and regulations' address of an orientation, if nobody else changed it since `version` was read.
///
/// # Errors
/// [`StorageError::Stale`] when somebody did.
pub fn rename(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: OrientationId,
    version: i64,
    name: &Name,
    rules_url: &str,
) -> Result<()> {
    let touched = tx.execute(
        "UPDATE orientation SET name_tr = $3, name_en = $4, rules_url = $5, version = version + 1 WHERE id = $1 AND version = $2",
        args![id, version, name.tr, name.en, rules_url],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Puts a handbook in the place of the former one.
///
/// # Errors
/// [`StorageError::Stale`] when somebody changed the orientation since `version` was read.
pub fn set_handbook(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: OrientationId,
    version: i64,
    file: FileId,
) -> Result<()> {
    let touched = tx.execute(
        "UPDATE orientation SET handbook_file_id = $3, version = version + 1 WHERE id = $1 AND version = $2",
        args![id, version, file],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Whether somebody invited came to a session, by invitation `i`.
const CAME: &str =
    "EXISTS (SELECT 1 FROM orientation_attendance a JOIN orientation_session s ON s.id = a.session_id
       WHERE s.orientation_id = i.orientation_id AND a.enrolment_id = i.enrolment_id)";

/// When the handbook of today was acknowledged, by invitation `i` and orientation `o`.
const READ_AT: &str = "CASE WHEN coalesce(i.handbook_read_file_id, 0) = coalesce(o.handbook_file_id, 0) THEN i.handbook_read_at END";

/// Who counts among those invited, by invitation `i` and enrolment `e`: whoever studies here, and whoever came before
/// leaving. A registration that was undone is no absence.
const COUNTS: &str = "(e.status IN ('active','provisional','on_leave','suspended') OR EXISTS (
       SELECT 1 FROM orientation_attendance a JOIN orientation_session s ON s.id = a.session_id
       WHERE s.orientation_id = i.orientation_id AND a.enrolment_id = i.enrolment_id))";

/// How many are meant by an orientation, invited, came, read and answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// Sessions.
    pub sessions: i64,
    /// Invited.
    pub invited: i64,
    /// Of the invited those who came to a session at least.
    pub came: i64,
    /// Of the invited those who acknowledged handbook and regulations.
    pub read: i64,
}

/// The figures of an orientation.
///
/// # Errors
/// The engine's refusal.
pub fn figures(db: &Reader<'_>, id: OrientationId) -> Result<Figures> {
    let found = db.one(
        &format!(
            "SELECT (SELECT count(*) FROM orientation_session s WHERE s.orientation_id = $1 AND s.removed_at IS NULL),
                    count(*),
                    coalesce(CAST(sum(CASE WHEN {CAME} THEN 1 ELSE 0 END) AS BIGINT), 0),
                    coalesce(CAST(sum(CASE WHEN {READ_AT} IS NULL THEN 0 ELSE 1 END) AS BIGINT), 0)
             FROM orientation_invitation i JOIN orientation o ON o.id = i.orientation_id
             JOIN enrolment e ON e.id = i.enrolment_id
             WHERE i.orientation_id = $1 AND {COUNTS}"
        ),
        args![id],
        |r| Ok(Figures { sessions: r.int(0)?, invited: r.int(1)?, came: r.int(2)?, read: r.int(3)? }),
    )?;
    Ok(found.unwrap_or_default())
}

// Sessions ------------------------------------------------------------------------------------------------

/// A session of an orientation.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// Row id.
    pub id: SessionId,
    /// The orientation that it belongs to.
    pub orientation: OrientationId,
    /// What was planned.
    pub plan: PlannedSession,
    /// Secret of the QR code.
    pub attend_key: String,
    /// How many came.
    pub came: i64,
    /// Version for two people editing at once.
    pub version: i64,
}

// The key must not reach a log.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("id", &self.id).field("plan", &self.plan).finish_non_exhaustive()
    }
}

const SESSION: &str =
    "SELECT s.id, s.orientation_id, s.title_tr, s.title_en, s.place, s.speaker, s.starts_at, s.ends_at, s.is_repeat,
       s.attend_key, s.version, (SELECT count(*) FROM orientation_attendance a WHERE a.session_id = s.id)
     FROM orientation_session s";

fn session(r: &Row<'_>) -> Result<Session> {
    Ok(Session {
        id: r.id(0)?,
        orientation: r.id(1)?,
        plan: PlannedSession {
            title: Name { tr: r.text(2)?, en: r.text(3)? },
            place: r.text(4)?,
            speaker: r.text(5)?,
            starts_at: r.time(6)?,
            ends_at: r.time(7)?,
            is_repeat: r.bool(8)?,
        },
        attend_key: r.text(9)?,
        version: r.int(10)?,
        came: r.int(11)?,
    })
}

/// The sessions of an orientation in order of time.
///
/// # Errors
/// The engine's refusal.
pub fn sessions(db: &Reader<'_>, of: OrientationId) -> Result<Vec<Session>> {
    db.query(
        &format!("{SESSION} WHERE s.orientation_id = $1 AND s.removed_at IS NULL ORDER BY s.starts_at, s.id"),
        args![of],
        session,
    )
}

/// One session.
///
/// # Errors
/// The engine's refusal.
pub fn fetch_session(db: &Reader<'_>, id: SessionId) -> Result<Option<Session>> {
    db.one(&format!("{SESSION} WHERE s.id = $1 AND s.removed_at IS NULL"), args![id], session)
}

/// The session whose QR code has this key.
///
/// # Errors
/// The engine's refusal.
pub fn session_with_key(db: &Reader<'_>, key: &str) -> Result<Option<Session>> {
    db.one(&format!("{SESSION} WHERE s.attend_key = $1 AND s.removed_at IS NULL"), args![key], session)
}

/// Plans a session.
///
/// # Errors
/// The engine's refusal.
pub fn insert_session(
    tx: &Tx<'_>,
    _permit: &Permit,
    of: OrientationId,
    plan: &PlannedSession,
    attend_key: &str,
) -> Result<SessionId> {
    tx.insert(
        "INSERT INTO orientation_session (orientation_id, title_tr, title_en, place, speaker, starts_at, ends_at, is_repeat,
           attend_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        args![
            of,
            plan.title.tr,
            plan.title.en,
            plan.place,
            plan.speaker,
            plan.starts_at,
            plan.ends_at,
            plan.is_repeat,
            attend_key
        ],
    )
}

/// Changes the plan of a session, if nobody else did since `version` was read.
///
/// # Errors
/// [`StorageError::Stale`] when somebody did.
pub fn change_session(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: SessionId,
    version: i64,
    plan: &PlannedSession,
) -> Result<()> {
    let touched = tx.execute(
        "UPDATE orientation_session SET title_tr = $3, title_en = $4, place = $5, speaker = $6, starts_at = $7, ends_at = $8,
           is_repeat = $9, version = version + 1
         WHERE id = $1 AND version = $2 AND removed_at IS NULL",
        args![
            id,
            version,
            plan.title.tr,
            plan.title.en,
            plan.place,
            plan.speaker,
            plan.starts_at,
            plan.ends_at,
            plan.is_repeat
        ],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Takes a session that nobody came to out of the programme; its row stays for the papers that name it.
///
/// # Errors
/// [`StorageError::Stale`] when somebody changed it since `version` was read, or came.
pub fn remove_session(tx: &Tx<'_>, permit: &Permit, id: SessionId, version: i64) -> Result<()> {
    let touched = tx.execute(
        "UPDATE orientation_session SET removed_at = $3, removed_by = $4, version = version + 1
         WHERE id = $1 AND version = $2 AND removed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM orientation_attendance a WHERE a.session_id = orientation_session.id)",
        args![id, version, permit.at(), permit.account()],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// The day on which a session begins, also of one that was taken out of the programme.
///
/// # Errors
/// The engine's refusal.
pub fn day_of_session(db: &Reader<'_>, id: SessionId) -> Result<Option<Date>> {
    db.one("SELECT starts_at FROM orientation_session WHERE id = $1", args![id], |r| {
        Ok(base::time::local_date(r.time(0)?))
    })
}

// Invitations ---------------------------------------------------------------------------------------------

/// New students of a unit and year: who is registered, finally or provisionally, and does not study a second programme
/// beside the own one.
const NEW_STUDENT: &str =
    "FROM enrolment e JOIN programme p ON p.id = e.programme_id
     JOIN unit_closure k ON k.descendant_id = p.unit_id AND k.ancestor_id = $2
     WHERE e.entry_year = $3 AND e.status IN ('active','provisional') AND e.main_enrolment_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM orientation_invitation i WHERE i.orientation_id = $1 AND i.enrolment_id = e.id)";

/// New students of the unit and year who are not invited yet.
///
/// # Errors
/// The engine's refusal.
pub fn uninvited(db: &Reader<'_>, of: &Orientation) -> Result<Vec<EnrolmentId>> {
    db.query(&format!("SELECT e.id {NEW_STUDENT} ORDER BY e.id"), args![of.id, of.unit, of.year], |r| r.id(0))
}

/// How many [`uninvited`] would find.
///
/// # Errors
/// The engine's refusal.
pub fn count_uninvited(db: &Reader<'_>, of: &Orientation) -> Result<i64> {
    db.count(&format!("SELECT count(*) {NEW_STUDENT}"), args![of.id, of.unit, of.year])
}

/// Invites students who are not invited yet.
///
/// # Errors
/// The engine's refusal, also of somebody who is.
pub fn invite(tx: &Tx<'_>, permit: &Permit, to: OrientationId, whom: &[EnrolmentId]) -> Result<u64> {
    tx.bulk("orientation_invitation", &["orientation_id", "enrolment_id", "invited_at"], |put| {
        for enrolment in whom {
            put.row(args![to, enrolment, permit.at()])?;
        }
        Ok(())
    })
}

/// Somebody who is invited.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitee {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Whose.
    pub person: PersonId,
    /// Student number.
    pub number: String,
    /// Given name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// Code of the programme.
    pub programme: String,
    /// When the invitation went out.
    pub invited_at: Timestamp,
    /// When it was first opened.
    pub seen_at: Option<Timestamp>,
    /// When handbook and regulations were acknowledged.
    pub handbook_read_at: Option<Timestamp>,
    /// Sessions come to.
    pub came_to: i64,
}

/// Everybody invited who studies here or came, in Turkish order of the names.
///
/// # Errors
/// The engine's refusal.
pub fn invitees(db: &Reader<'_>, to: OrientationId) -> Result<Vec<Invitee>> {
    db.query(
        &format!(
            "SELECT x.enrolment_id, x.person_id, x.number, x.given_name, x.surname, p.code, i.invited_at, i.seen_at, {READ_AT},
               (SELECT count(*) FROM orientation_attendance a JOIN orientation_session s ON s.id = a.session_id
                WHERE s.orientation_id = i.orientation_id AND a.enrolment_id = i.enrolment_id)
             FROM orientation_invitation i JOIN orientation o ON o.id = i.orientation_id
             JOIN enrolment e ON e.id = i.enrolment_id JOIN student_index x ON x.enrolment_id = e.id
             JOIN programme p ON p.id = x.programme_id
             WHERE i.orientation_id = $1 AND {COUNTS} ORDER BY x.sort_key, x.enrolment_id"
        ),
        args![to],
        |r| {
            Ok(Invitee {
                enrolment: r.id(0)?,
                person: r.id(1)?,
                number: r.text(2)?,
                given_name: r.text(3)?,
                surname: r.text(4)?,
                programme: r.text(5)?,
                invited_at: r.time(6)?,
                seen_at: r.opt_time(7)?,
                handbook_read_at: r.opt_time(8)?,
                came_to: r.int(9)?,
            })
        },
    )
}

/// Whether somebody is invited.
///
/// # Errors
/// The engine's refusal.
pub fn is_invited(db: &Reader<'_>, to: OrientationId, enrolment: EnrolmentId) -> Result<bool> {
    let found = db.count(
        "SELECT count(*) FROM orientation_invitation WHERE orientation_id = $1 AND enrolment_id = $2",
        args![to, enrolment],
    )?;
    Ok(found > 0)
}

/// An invitation of one's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnInvitation {
    /// To what.
    pub to: OrientationId,
    /// The enrolment that is invited.
    pub enrolment: EnrolmentId,
    /// When it was first opened.
    pub seen_at: Option<Timestamp>,
    /// When handbook and regulations were acknowledged.
    pub handbook_read_at: Option<Timestamp>,
    /// The score given.
    pub score: Option<u8>,
    /// The words given.
    pub words: Option<String>,
}

/// The invitations of a person, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn invitations_of(db: &Reader<'_>, person: PersonId) -> Result<Vec<OwnInvitation>> {
    db.query(
        &format!(
            "SELECT i.orientation_id, i.enrolment_id, i.seen_at, {READ_AT}, i.feedback_score, i.feedback_words
             FROM orientation_invitation i JOIN orientation o ON o.id = i.orientation_id
             JOIN enrolment e ON e.id = i.enrolment_id
             WHERE e.person_id = $1 ORDER BY i.invited_at DESC, i.orientation_id DESC"
        ),
        args![person],
        |r| {
            let score = r.opt_int(4)?.map(u8::try_from).transpose();
            Ok(OwnInvitation {
                to: r.id(0)?,
                enrolment: r.id(1)?,
                seen_at: r.opt_time(2)?,
                handbook_read_at: r.opt_time(3)?,
                score: score.map_err(|_| StorageError::Decode {
                    column: "feedback_score".to_owned(),
                    found: "puan değil".to_owned(),
                })?,
                words: r.opt_text(5)?,
            })
        },
    )
}

/// Notes that an invitation was opened; the first time counts.
///
/// # Errors
/// The engine's refusal.
pub fn see(tx: &Tx<'_>, permit: &Permit, to: OrientationId, enrolment: EnrolmentId) -> Result<()> {
    tx.execute(
        "UPDATE orientation_invitation SET seen_at = $3 WHERE orientation_id = $1 AND enrolment_id = $2 AND seen_at IS NULL",
        args![to, enrolment, permit.at()],
    )?;
    Ok(())
}

/// Notes that handbook and regulations were read; of each handbook the first time counts. Answers whether it was this
/// time.
///
/// # Errors
/// The engine's refusal.
pub fn acknowledge(tx: &Tx<'_>, permit: &Permit, to: OrientationId, enrolment: EnrolmentId) -> Result<bool> {
    let touched = tx.execute(
        "UPDATE orientation_invitation SET handbook_read_at = $3,
           handbook_read_file_id = (SELECT o.handbook_file_id FROM orientation o WHERE o.id = $1)
         WHERE orientation_id = $1 AND enrolment_id = $2
           AND (handbook_read_at IS NULL OR coalesce(handbook_read_file_id, 0) <>
             (SELECT coalesce(o.handbook_file_id, 0) FROM orientation o WHERE o.id = $1))",
        args![to, enrolment, permit.at()],
    )?;
    Ok(touched == 1)
}

/// Keeps what somebody thinks of it, in place of what was said before.
///
/// # Errors
/// The engine's refusal.
pub fn keep_feedback(
    tx: &Tx<'_>,
    _permit: &Permit,
    to: OrientationId,
    enrolment: EnrolmentId,
    score: u8,
    words: Option<&str>,
) -> Result<()> {
    tx.execute(
        "UPDATE orientation_invitation SET feedback_score = $3, feedback_words = $4
         WHERE orientation_id = $1 AND enrolment_id = $2",
        args![to, enrolment, i64::from(score), words],
    )?;
    Ok(())
}

/// Scores and words, in an order that says nothing of who gave them.
///
/// # Errors
/// The engine's refusal.
pub fn feedback(db: &Reader<'_>, of: OrientationId) -> Result<Vec<(u8, Option<String>)>> {
    db.query(
        "SELECT feedback_score, feedback_words FROM orientation_invitation
         WHERE orientation_id = $1 AND feedback_score IS NOT NULL ORDER BY feedback_score, coalesce(feedback_words, '')",
        args![of],
        |r| Ok((r.small(0)?, r.opt_text(1)?)),
    )
}

/// Given names and surnames of everybody ever invited, whatever became of them.
///
/// # Errors
/// The engine's refusal.
pub fn names_invited(db: &Reader<'_>, to: OrientationId) -> Result<Vec<String>> {
    db.query(
        "SELECT x.given_name, x.surname FROM orientation_invitation i
         JOIN student_index x ON x.enrolment_id = i.enrolment_id WHERE i.orientation_id = $1",
        args![to],
        |r| Ok(format!("{} {}", r.text(0)?, r.text(1)?)),
    )
}

// Attendance ----------------------------------------------------------------------------------------------

/// Somebody who came to a session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attendance {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// How it was noted.
    pub channel: AttendanceChannel,
    /// When.
    pub noted_at: Timestamp,
}

/// Who came to a session, in the order in which they were noted.
///
/// # Errors
/// The engine's refusal.
pub fn attendance(db: &Reader<'_>, of: SessionId) -> Result<Vec<Attendance>> {
    db.query(
        "SELECT enrolment_id, channel, noted_at FROM orientation_attendance WHERE session_id = $1 ORDER BY noted_at, enrolment_id",
        args![of],
        |r| {
            Ok(Attendance {
                enrolment: r.id(0)?,
                channel: r.word(1, AttendanceChannel::from_code)?,
                noted_at: r.time(2)?,
            })
        },
    )
}

/// Notes that somebody came. Answers whether it was not known before.
///
/// # Errors
/// The engine's refusal.
pub fn attend(
    tx: &Tx<'_>,
    permit: &Permit,
    session: SessionId,
    enrolment: EnrolmentId,
    channel: AttendanceChannel,
) -> Result<bool> {
    let touched = tx.execute(
        "INSERT INTO orientation_attendance (session_id, enrolment_id, channel, noted_at, noted_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (session_id, enrolment_id) DO NOTHING",
        args![session, enrolment, channel.code(), permit.at(), permit.account()],
    )?;
    Ok(touched == 1)
}

/// Takes a mistaken attendance back. Answers whether there was one.
///
/// # Errors
/// The engine's refusal.
pub fn unattend(tx: &Tx<'_>, _permit: &Permit, session: SessionId, enrolment: EnrolmentId) -> Result<bool> {
    let touched = tx.execute(
        "DELETE FROM orientation_attendance WHERE session_id = $1 AND enrolment_id = $2",
        args![session, enrolment],
    )?;
    Ok(touched == 1)
}

/// The sessions that an enrolment came to, of every orientation, in order of time.
///
/// # Errors
/// The engine's refusal.
pub fn sessions_come_to(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Vec<Session>> {
    db.query(
        &format!(
            "{SESSION} JOIN orientation_attendance own ON own.session_id = s.id WHERE own.enrolment_id = $1
             ORDER BY s.starts_at, s.id"
        ),
        args![enrolment],
        session,
    )
}

/// What an enrolment came to of each orientation, as a certificate of participation says it; units are named as on
/// `day`.
///
/// # Errors
/// The engine's refusal.
pub fn parts_taken(db: &Reader<'_>, enrolment: EnrolmentId, day: Date) -> Result<Vec<TakenPart>> {
    let mut sessions = sessions_come_to(db, enrolment)?;
    let mut parts = Vec::new();
    while let Some(first) = sessions.first() {
        let of = first.orientation;
        let (own, others) = sessions.into_iter().partition(|session: &Session| session.orientation == of);
        sessions = others;
        let Some(orientation) = fetch(db, of, day)? else { continue };
        let read_at = db.one(
            &format!(
                "SELECT {READ_AT} FROM orientation_invitation i JOIN orientation o ON o.id = i.orientation_id
                 WHERE i.orientation_id = $1 AND i.enrolment_id = $2"
            ),
            args![of, enrolment],
            |r| r.opt_time(0),
        )?;
        parts.push(TakenPart {
            unit: orientation.unit_name,
            orientation: orientation.name,
            sessions: own.into_iter().map(|session| session.plan).collect(),
            acknowledged_on: read_at.flatten().map(base::time::local_date),
        });
    }
    Ok(parts)
}
