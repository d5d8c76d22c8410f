//! What follows from each way of entry, as the rule book says it today: for the page on which somebody chooses one.

use std::sync::Arc;

use domain::enrolments::EntryKind;
use regulations::{Arrival, Citation, FeeBasis, Report, ReportRule, Sourced, Span, Stay};

use super::enter_candidate::when;
use crate::Office;

/// A way of entry with what it brings with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KindFacts {
    /// Which.
    pub kind: EntryKind,
    /// Whether its candidates may be entered one by one.
    pub by_form: bool,
    /// What the enrolment is to the institution, and by which rule.
    pub stay: Stay,
    /// The rule that opens it.
    pub citation: Arc<Citation>,
    /// How long a guest may stay.
    pub longest_stay: Option<Span>,
    /// Whether a former enrolment here ends with the registration.
    pub ends_former: bool,
    /// What its fee follows.
    pub fee: Sourced<FeeBasis>,
    /// To whom the registration is reported, and how soon.
    pub reports: Vec<(Report, ReportRule)>,
    /// The scheme of its student numbers; none where nobody has said one.
    pub numbers: Option<String>,
}

/// Every way of entry that is open today, those without a form of their own among them.
pub fn kind_facts(office: &Office) -> Vec<KindFacts> {
    let (book, today) = (&office.book, office.today());
    let when = when(today, i32::from(today.year()));
    let facts = |kind: EntryKind| {
        let rule = book.entry_rule(kind.code(), when);
        let value = rule.value?;
        let report = |to: &Report| Some((*to, book.entry_report(kind.code(), *to, when).value?));
        let group = book.number_group(kind.code(), when).value;
        Some(KindFacts {
            kind,
            by_form: value.arrivals.contains(&Arrival::Form),
            stay: value.stay,
            longest_stay: book.longest_stay(kind.code(), when).value,
            ends_former: book.former_enrolment(kind.code(), when).value.is_some(),
            fee: book.entry_fee(kind.code(), when),
            reports: Report::ALL.iter().filter_map(report).filter(|(_, rule)| rule.applies).collect(),
            numbers: group.and_then(|group| book.number_scheme(group, when).value).map(str::to_owned),
            citation: rule.citation,
        })
    };
    let open = EntryKind::ALL.iter().copied().filter(|kind| *kind != EntryKind::Records);
    open.filter_map(facts).collect()
}
