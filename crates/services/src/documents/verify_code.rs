//! The public question whether a paper is genuine.

use std::time::Duration;

use base::{
    lang::Lang,
    text::mask_name,
    time::{Date, local_date},
};
use domain::{
    documents::{DocumentStatus, VerificationCode},
    student_file::Name,
};
use storage::{audit::AuditRow, documents::Subject, throttle::Allowance};

use crate::{
    Office,
    error::{Result, ServiceError},
};

/// One address may ask so many times in a [`WINDOW`]: an office behind one address checks a pile of papers.
const LIMIT: u32 = 60;
const WINDOW: Duration = Duration::from_secs(10 * 60);

/// What the public page says about a code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verification {
    /// The university issued a paper with this code.
    Genuine(Box<Genuine>),
    /// No paper ever went out with this code, or what was typed is none.
    Unknown,
}

/// What a genuine paper is about, as far as anybody may know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum About {
    /// A student: the name that the paper prints, masked.
    Student(String),
    /// The issuing unit on a day, or a session of an orientation on it.
    Day(Date),
    /// An orientation: nothing beyond what the paper's kind and unit say.
    Orientation,
}

/// What anybody who holds the paper may compare it with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Genuine {
    /// Key of the kind.
    pub kind: String,
    /// Language of the paper.
    pub lang: Lang,
    /// Its number: `2026/000123`.
    pub number: String,
    /// Day of issue.
    pub issued_on: Date,
    /// Valid, superseded or cancelled.
    pub status: DocumentStatus,
    /// Whether the paper that took its place was cancelled, so that none holds.
    pub successor_cancelled: bool,
    /// Day on which it was superseded or cancelled. The reason is not told: it may be personal.
    pub ended_on: Option<Date>,
    /// What it is about.
    pub about: About,
    /// Name of the issuing unit on the day of issue.
    pub unit: Name,
    /// Hash of the stored PDF in hexadecimal, so that the holder of a file can compare it.
    pub sha256: String,
}

/// Looks up a verification code as it was typed or scanned. The caller hands over a hash of the address that asks.
///
/// What is no code, a code that was never given and one whose paper never went out get the same answer after the same
/// work. A hit is logged with the person concerned, so that the student sees that the paper was checked.
///
/// # Errors
/// [`ServiceError::Throttled`] after too many questions from one address.
pub async fn verify_code(office: &Office, typed: &str, address_hash: &str) -> Result<Verification> {
    let now = office.now();
    let key = format!("verify:{address_hash}");
    let allowance = office.db.write(move |tx| storage::throttle::hit(tx, &key, WINDOW, LIMIT, now)).await?;
    if let Allowance::Until(until) = allowance {
        return Err(ServiceError::Throttled(until));
    }
    // No paper has the empty code; looking for it costs what looking for another one costs.
    let code = VerificationCode::parse(typed).map(VerificationCode::compact).unwrap_or_default();
    let found = office.db.read(move |db| -> Result<_> {
        let Some(found) = storage::documents::find_public(db, &code)? else { return Ok(None) };
        let successor_cancelled = found.status == DocumentStatus::Superseded
            && storage::documents::current(db, found.subject, &found.kind, found.lang)?.is_none();
        let session_day = match found.subject {
            Subject::Orientation { session: Some(session), .. } => {
                storage::orientation::day_of_session(db, session)?
            }
            _ => None,
        };
        Ok(Some((found, successor_cancelled, session_day)))
    });
    let Some((found, successor_cancelled, session_day)) = found.await? else {
        return Ok(Verification::Unknown);
    };
    office.reads.note(AuditRow {
        at: now,
        account: None,
        action: "verify_document".to_owned(),
        person: found.subject.person(),
        object_kind: "document",
        object: Some(found.id.get()),
        detail: format!("{} {}", found.kind, found.number),
        shown: None,
        reason: None,
        request: String::new(),
    })?;
    Ok(Verification::Genuine(Box::new(Genuine {
        kind: found.kind,
        lang: found.lang,
        number: found.number.to_string(),
        issued_on: found.issued_on,
        status: found.status,
        successor_cancelled,
        ended_on: found.ended_at.map(local_date),
        about: match found.subject {
            Subject::Enrolment { .. } => About::Student(mask_name(&found.holder)),
            Subject::Day { day, .. } => About::Day(day),
            Subject::Orientation { .. } => session_day.map_or(About::Orientation, About::Day),
        },
        unit: found.unit,
        sha256: domain::ledger::hex(&found.sha256),
    })))
}
