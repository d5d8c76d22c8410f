//! What enrolments did in their terms against what the ledger tells of it.

use std::collections::{BTreeMap, HashMap};

use base::ids::EnrolmentId;
use domain::{ledger::LedgerKind, programmes::TermStanding};
use serde::Deserialize;
use storage::{
    Reader, StorageError,
    ledger::told::TermTold,
    verify::{Told, each_term, each_term_told, term_names},
};

use super::finding::{Fault, Finding};

/// Row ids of terms with what was done in each: `{"12": "3 registered"}`, null for a term that is not there.
type Side<'a> = BTreeMap<i64, Option<&'a str>>;

/// The parts of a payload that are about terms.
#[derive(Deserialize, Default)]
struct Payload<'a> {
    /// Of a beginning: all of them.
    #[serde(borrow)]
    terms: Option<Side<'a>>,
    #[serde(borrow, default)]
    from: Side<'a>,
    #[serde(borrow, default)]
    to: Side<'a>,
}

/// What is told of one enrolment's terms.
#[derive(Default)]
struct Terms {
    /// Whether its first entry names all its terms, so that no other may stand; not so in a ledger of an earlier version.
    all: bool,
    /// Row id of the term and what was done in it; none for a term that should not be there.
    told: Vec<(i64, Option<TermTold>)>,
    differing: Vec<i64>,
}

/// Follows the entries of every enrolment and compares where they lead with the terms that stand.
pub(super) fn check(db: &Reader<'_>, found: &mut Vec<Finding>) -> Result<(), StorageError> {
    let names = term_names(db)?;
    let mut terms: BTreeMap<EnrolmentId, Terms> = BTreeMap::new();
    each_term_told(db, |enrolment, told| {
        let contradicted = terms.entry(enrolment).or_default().follow(&told);
        if !contradicted.is_empty() {
            let fault = Fault::FormerDiffers { fields: named(&names, contradicted) };
            found.push(Finding::of(enrolment, told.seq, fault));
        }
    })?;
    each_term(db, |enrolment, term, number, standing| {
        let stands = TermStanding::from_code(standing).map(|standing| (number, standing));
        terms.entry(enrolment).or_default().compare(term, stands);
    })?;
    for (enrolment, mut terms) in terms {
        let missing = terms.told.into_iter().filter(|(_, told)| told.is_some()).map(|(term, _)| term);
        terms.differing.extend(missing);
        if !terms.differing.is_empty() {
            let fault = Fault::TermsDiffer { terms: named(&names, terms.differing) };
            found.push(Finding::of(enrolment, None, fault));
        }
    }
    Ok(())
}

impl Terms {
    /// Follows one entry; answers the terms of which something else was told before.
    fn follow(&mut self, told: &Told) -> Vec<i64> {
        // What is no payload about terms tells nothing of them.
        let payload: Payload<'_> = serde_json::from_str(&told.payload).unwrap_or_default();
        if told.kind == LedgerKind::Enrolled.code() {
            self.all = payload.terms.is_some();
            self.told =
                payload.terms.into_iter().flatten().map(|(term, word)| (term, parsed(word))).collect();
            return Vec::new();
        }
        let (before, after) =
            if told.undone { (payload.to, payload.from) } else { (payload.from, payload.to) };
        let mut contradicted = Vec::new();
        for (term, word) in before {
            let told = self.told.iter().find(|(told, _)| *told == term).map(|(_, told)| *told);
            if told.or(self.all.then_some(None)).is_some_and(|told| told != parsed(word)) {
                contradicted.push(term);
            }
        }
        for (term, word) in after {
            self.told.retain(|(told, _)| *told != term);
            self.told.push((term, parsed(word)));
        }
        contradicted
    }

    /// Compares a term that stands with what is told of it, and forgets what is told: it has been found.
    fn compare(&mut self, term: i64, stands: Option<TermTold>) {
        let agrees = match self.told.iter().position(|(told, _)| *told == term) {
            Some(at) => {
                let (_, told) = self.told.swap_remove(at);
                told.is_some() && told == stands
            }
            None => !self.all,
        };
        if !agrees {
            self.differing.push(term);
        }
    }
}

/// `3 registered`; none for null, and for what is no such word, which then agrees with nothing.
fn parsed(word: Option<&str>) -> Option<TermTold> {
    let (number, standing) = word?.split_once(' ')?;
    Some((number.parse().ok()?, TermStanding::from_code(standing)?))
}

/// Terms by the names under which the office knows them, in order of their row ids.
fn named(names: &HashMap<i64, String>, mut terms: Vec<i64>) -> String {
    terms.sort_unstable();
    let name = |term: &i64| names.get(term).cloned().unwrap_or_else(|| term.to_string());
    terms.iter().map(name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: &str, payload: &str, undone: bool) -> Told {
        Told { seq: 2, kind: kind.to_owned(), payload: payload.to_owned(), text: None, undone }
    }

    #[test]
    fn entries_about_terms_are_followed_and_undone() {
        let mut terms = Terms::default();
        let beginning = r#"{"class_year":1,"terms":{"9":"1 registered","10":"2 leave"}}"#;
        assert_eq!(terms.follow(&told("enrolled", beginning, false)), [0; 0]);
        let change = r#"{"from":{"10":"2 leave","11":null},"to":{"10":"2 registered","11":"3 registered"}}"#;
        assert_eq!(terms.follow(&told("term_changed", change, false)), [0; 0]);
        assert_eq!(terms.follow(&told("term_changed", change, false)), [10, 11], "it was so before already");
        assert_eq!(terms.follow(&told("term_changed", change, true)), [0; 0]);
        let registered = |number| Some((number, TermStanding::Registered));
        terms.compare(9, registered(1));
        terms.compare(10, registered(2));
        terms.compare(11, registered(3));
        terms.compare(12, registered(4));
        assert_eq!(terms.differing, [10, 11, 12]);
    }

    #[test]
    fn what_an_earlier_version_did_not_tell_is_not_asked() {
        let mut terms = Terms::default();
        terms.follow(&told("enrolled", "{}", false));
        terms.compare(9, Some((1, TermStanding::Leave)));
        assert_eq!(terms.differing, [0; 0]);
        assert_eq!(terms.follow(&told("term_changed", "[]", false)), [0; 0]);
    }
}
