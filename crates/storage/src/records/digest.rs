//! The digest under which marks enter the ledger, and the check of stored marks against it.
//!
//! The entry `marks_taken_over` holds the digest of *all* marks of the enrolment as they stood after it. Every
//! later change is an entry `mark_changed` with the line before and after, so undoing those in turn must lead
//! back to the digest.

use std::collections::{BTreeMap, HashMap};

use base::ids::EnrolmentId;
use domain::{
    ledger::{Hash, LedgerKind, hex},
    marks::Letter,
};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use crate::{
    db::{Reader, Row},
    error::Result,
};

/// One mark exactly as stored: row ids, and numbers in hundredths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MarkFacts {
    /// Row id of the term.
    pub term: i64,
    /// Row id of the course.
    pub course: i64,
    /// Row id of the section.
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

/// SHA-256 over the marks of one enrolment, which must come sorted by term and course.
///
/// Each line is its nine numbers in the order of [`MarkFacts`], every one as a byte that says whether it is there
/// and eight bytes, with the letter's length and bytes between final score and points.
pub fn marks_digest<'a>(marks: impl IntoIterator<Item = &'a MarkFacts>) -> Hash {
    let mut h = Sha256::new();
    h.update(b"kunye-marks-1");
    let mut line = Vec::with_capacity(128);
    for m in marks {
        line.clear();
        let number = |line: &mut Vec<u8>, value: Option<i64>| {
            line.push(u8::from(value.is_some()));
            line.extend_from_slice(&value.unwrap_or(0).to_be_bytes());
        };
        for value in [Some(m.term), Some(m.course), m.section, Some(m.attempt), m.midterm, m.final_score] {
            number(&mut line, value);
        }
        let letter = m.letter.as_str().as_bytes();
        line.push(u8::try_from(letter.len()).unwrap_or(u8::MAX));
        line.extend_from_slice(letter);
        for value in [m.points, Some(m.credit), Some(m.ects)] {
            number(&mut line, value);
        }
        h.update(&line);
    }
    h.finalize().into()
}

/// Payload of `marks_taken_over`.
pub fn taken_over_payload(marks: &[MarkFacts]) -> Json {
    json!({ "count": marks.len(), "digest": hex(&marks_digest(marks)) })
}

/// Payload of `mark_changed`: the line before and after, with `null` for a mark that was not there or is no more.
pub fn changed_payload(before: Option<&MarkFacts>, after: Option<&MarkFacts>) -> Json {
    json!({ "after": after.map(facts_json), "before": before.map(facts_json) })
}

fn facts_json(m: &MarkFacts) -> Json {
    json!({
        "attempt": m.attempt, "course": m.course, "credit": m.credit, "ects": m.ects, "final": m.final_score,
        "letter": m.letter.as_str(), "midterm": m.midterm, "points": m.points, "section": m.section, "term": m.term,
    })
}

fn facts_of(json: &Json) -> Option<MarkFacts> {
    let object: &Map<String, Json> = json.as_object()?;
    let number = |name: &str| object.get(name).and_then(Json::as_i64);
    Some(MarkFacts {
        term: number("term")?,
        course: number("course")?,
        section: number("section"),
        attempt: number("attempt")?,
        midterm: number("midterm"),
        final_score: number("final"),
        letter: Letter::parse(object.get("letter")?.as_str()?).ok()?,
        points: number("points"),
        credit: number("credit")?,
        ects: number("ects")?,
    })
}

/// Columns of a stored mark in the order in which [`facts`] reads them.
pub(super) const COLUMNS: &str =
    "term_id, course_id, section_id, attempt, midterm, final, letter, points, credit, ects";

/// Reads [`COLUMNS`] from the column `from` on.
pub(super) fn facts(r: &Row<'_>, from: usize) -> Result<MarkFacts> {
    Ok(MarkFacts {
        term: r.int(from)?,
        course: r.int(from + 1)?,
        section: r.opt_int(from + 2)?,
        attempt: r.int(from + 3)?,
        midterm: r.opt_int(from + 4)?,
        final_score: r.opt_int(from + 5)?,
        letter: r.word(from + 6, |text| Letter::parse(text).ok())?,
        points: r.opt_int(from + 7)?,
        credit: r.int(from + 8)?,
        ects: r.int(from + 9)?,
    })
}

/// What the ledger says of one enrolment's marks: the last digest, and the changes after it.
#[derive(Default)]
struct Told {
    entry: i64,
    digest: String,
    changes: Vec<Json>,
}

/// Hands every enrolment to `mismatch` whose stored marks are not those that the ledger tells of, with the row id
/// of the entry that holds the digest. Enrolments whose marks never came from elsewhere are not asked.
///
/// # Errors
/// The engine's refusal.
pub fn each_mismatch(db: &Reader<'_>, mut mismatch: impl FnMut(EnrolmentId, i64)) -> Result<()> {
    let mut told: HashMap<i64, Told> = HashMap::new();
    db.each(
        "SELECT id, subject_id, kind, payload FROM ledger_entry
         WHERE subject_kind = 'enrolment' AND kind IN ('marks_taken_over', 'mark_changed') ORDER BY subject_id, seq",
        &[],
        |r| {
            let (entry, enrolment) = (r.int(0)?, r.int(1)?);
            let payload: Json = serde_json::from_str(r.str(3)?).unwrap_or(Json::Null);
            if r.str(2)? == LedgerKind::MarksTakenOver.code() {
                let digest = payload.get("digest").and_then(Json::as_str).unwrap_or_default().to_owned();
                told.insert(enrolment, Told { entry, digest, changes: Vec::new() });
            } else if let Some(t) = told.get_mut(&enrolment) {
                t.changes.push(payload);
            }
            Ok(())
        },
    )?;
    let mut open: Option<(i64, Vec<MarkFacts>)> = None;
    db.each(
        &format!("SELECT enrolment_id, {COLUMNS} FROM mark ORDER BY enrolment_id, term_id, course_id"),
        &[],
        |r| {
            let enrolment = r.int(0)?;
            let line = facts(r, 1)?;
            match &mut open {
                Some((of, marks)) if *of == enrolment => marks.push(line),
                _ => {
                    if let Some((of, marks)) = open.replace((enrolment, vec![line])) {
                        compare(&mut told, of, marks, &mut mismatch);
                    }
                }
            }
            Ok(())
        },
    )?;
    if let Some((of, marks)) = open {
        compare(&mut told, of, marks, &mut mismatch);
    }
    // Whoever is left has a digest and no mark at all.
    let mut left: Vec<i64> = told.keys().copied().collect();
    left.sort_unstable();
    for of in left {
        compare(&mut told, of, Vec::new(), &mut mismatch);
    }
    Ok(())
}

fn compare(
    told: &mut HashMap<i64, Told>,
    of: i64,
    marks: Vec<MarkFacts>,
    mismatch: &mut impl FnMut(EnrolmentId, i64),
) {
    let Some(told) = told.remove(&of) else { return };
    let mut now: BTreeMap<(i64, i64), MarkFacts> =
        marks.into_iter().map(|m| ((m.term, m.course), m)).collect();
    for change in told.changes.iter().rev() {
        let side = |name: &str| change.get(name).and_then(facts_of);
        if let Some(after) = side("after")
            && now.remove(&(after.term, after.course)) != Some(after)
        {
            mismatch(EnrolmentId::new(of), told.entry);
            return;
        }
        if let Some(before) = side("before") {
            now.insert((before.term, before.course), before);
        }
    }
    if hex(&marks_digest(now.values())) != told.digest {
        mismatch(EnrolmentId::new(of), told.entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(term: i64, letter: &str) -> MarkFacts {
        MarkFacts {
            term,
            course: 7,
            section: None,
            attempt: 1,
            midterm: Some(6000),
            final_score: None,
            letter: Letter::parse(letter).expect("letter"),
            points: Some(400),
            credit: 300,
            ects: 500,
        }
    }

    #[test]
    fn every_value_is_under_the_digest() {
        let base = marks_digest(&[mark(1, "AA")]);
        let changes: [fn(&mut MarkFacts); 10] = [
            |m| m.term = 2,
            |m| m.course = 8,
            |m| m.section = Some(0),
            |m| m.attempt = 2,
            |m| m.midterm = None,
            |m| m.final_score = Some(0),
            |m| m.letter = Letter::parse("BA").expect("letter"),
            |m| m.points = None,
            |m| m.credit = 0,
            |m| m.ects = 1,
        ];
        for change in changes {
            let mut other = mark(1, "AA");
            change(&mut other);
            assert_ne!(marks_digest(&[other]), base, "{other:?}");
        }
        assert_ne!(marks_digest(&[]), base);
        assert_ne!(marks_digest(&[mark(1, "AA"), mark(2, "AA")]), base);
    }

    #[test]
    fn a_change_can_be_undone_from_its_payload() {
        let (before, after) = (mark(1, "FF"), mark(1, "DD"));
        let payload = changed_payload(Some(&before), Some(&after));
        assert_eq!(payload.get("before").and_then(facts_of), Some(before));
        assert_eq!(payload.get("after").and_then(facts_of), Some(after));
        assert_eq!(changed_payload(None, Some(&after)).get("before"), Some(&Json::Null));

        let digest = hex(&marks_digest(&[before]));
        let told = |digest: &str, changes| Told { entry: 3, digest: digest.to_owned(), changes };
        let ask = |told: Told, marks: Vec<MarkFacts>| {
            let mut found = Vec::new();
            compare(&mut HashMap::from([(9, told)]), 9, marks, &mut |e, entry| found.push((e.get(), entry)));
            found
        };
        assert_eq!(ask(told(&digest, vec![payload.clone()]), vec![after]), []);
        assert_eq!(ask(told(&digest, vec![payload.clone()]), vec![before]), [(9, 3)]);
        assert_eq!(ask(told(&digest, vec![]), vec![after]), [(9, 3)]);
        assert_eq!(ask(told(&digest, vec![]), vec![]), [(9, 3)]);
    }
}
