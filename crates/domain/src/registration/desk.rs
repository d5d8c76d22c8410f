//! What the desk may do with a candidate today, and why.
//!
//! Not modelled: conditions of health (KYT-09), which the clerk sees as a paper; the count of terms after an amnesty.

use std::sync::Arc;

use base::time::{Date, date_tr};
use regulations::{Book, Citation, DeskCheck, DeskEffect, Finding, Findings, Stay, Verdict, When};

use super::{CandidateState, Clearance, EntryDetails};
use crate::{
    enrolments::{EnrolmentStatus, EntryKind},
    papers::{Due, Need, PaperFile, PaperStanding},
};

/// The window of registration that applies to a candidate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WindowFacts {
    /// First day.
    pub opens_on: Date,
    /// Last day.
    pub closes_on: Date,
    /// The announcement or decision that sets it.
    pub source: String,
}

/// Answers of other offices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clearances {
    /// The ministry on graduation from school.
    pub school: Clearance,
    /// The military offices.
    pub military: Clearance,
    /// The register of studies elsewhere.
    pub elsewhere: Clearance,
}

impl Clearances {
    /// Nothing stands against a registration; for whoever was not asked about.
    pub const CLEAR: Self =
        Self { school: Clearance::Clear, military: Clearance::Clear, elsewhere: Clearance::Clear };
}

/// Another enrolment of the same person in this university.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherStudy {
    /// Student number.
    pub number: String,
    /// Whether it is open, for a degree and of the same level.
    pub forbids: bool,
    /// Whether it is open and in the very programme of the candidate.
    pub same_programme: bool,
    /// Where it stands.
    pub status: EnrolmentStatus,
    /// Whether the candidate's entry names it as the one that he or she comes from.
    pub is_former: bool,
    /// Student number of the enrolment on which it hangs.
    pub main: Option<String>,
}

/// Everything that the desk looks at.
#[derive(Clone, Debug)]
pub struct DeskFacts<'a> {
    /// Where the candidate stands.
    pub state: CandidateState,
    /// Way of entry.
    pub entry: EntryKind,
    /// Whether the candidate registered through e-Devlet: the right is used, the office takes the registration over,
    /// and papers are brought afterwards.
    pub e_registered: bool,
    /// The day of that, and the window for it, where one has been entered.
    pub e_registration: Option<(Date, WindowFacts)>,
    /// The window of registration that counts; nothing where nobody has entered one.
    pub window: Option<WindowFacts>,
    /// Last day of the provisional registration that stands.
    pub provisional_until: Option<Date>,
    /// Last day for what a provisional registration lacks, by a window; the rule book's day counts where there is none.
    pub missing_papers_until: Option<Date>,
    /// Answers of other offices.
    pub clearances: Clearances,
    /// Other enrolments here.
    pub other_studies: &'a [OtherStudy],
    /// The papers, held and missing.
    pub papers: &'a PaperFile,
    /// Fields of the way of entry.
    pub details: &'a EntryDetails,
    /// Whether the programme has a curriculum version for the year of entry.
    pub has_curriculum: bool,
    /// Today.
    pub today: Date,
}

/// What may be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assessment {
    /// Every check with its outcome, the window first, so that the first reason is the useful one.
    pub findings: Findings,
    /// Whether final registration is open, once what needs a person has been decided by one.
    pub may_register: bool,
    /// Whether a provisional registration is open.
    pub may_provisionally: bool,
    /// The first obstacle that leaves nothing open, where there is one.
    pub obstacle: Option<Finding>,
    /// Until when a provisional registration would stand; none where nobody has entered the day, which the clerk then
    /// types.
    pub provisional_until: Option<Date>,
}

/// What an obstacle does, gathered over all checks.
#[derive(Default)]
struct Verdicts {
    findings: Findings,
    obstacle: Option<Finding>,
    provisional_only: bool,
}

impl Verdicts {
    fn push(&mut self, finding: Finding, effect: DeskEffect) {
        if finding.verdict == Verdict::Refuses {
            match effect {
                DeskEffect::Blocks => {
                    self.obstacle.get_or_insert_with(|| finding.clone());
                }
                DeskEffect::Provisional => self.provisional_only = true,
            }
        }
        self.findings.push(finding);
    }

    /// A check of the rule book: without a row it blocks nothing and asks a person.
    fn check(&mut self, book: &Book, when: When, check: DeskCheck, finding: Finding) {
        let rule = book.desk_rule(check, when);
        let effect = rule.value.unwrap_or(DeskEffect::Provisional);
        self.push(finding.citing(&rule.citation), effect);
    }
}

/// Asks every check of the desk.
///
/// A missing paper, an unfinished school and studies elsewhere leave a provisional registration open where the rules
/// know one; an obstacle of the military offices, studies here of the same level and a closed window leave nothing. What
/// nobody has answered needs a person and never passes by itself.
///
/// # Legal basis
/// KYT-01 (window), KYT-02 (papers), KYT-03 (temporary registration), KYT-04 (military), KYT-05 (two programmes); the
/// articles stand with the `desk_rule` rows of the rule book.
pub fn assess(book: &Book, when: When, facts: &DeskFacts<'_>) -> Assessment {
    let mut out = Verdicts::default();
    if !matches!(facts.state, CandidateState::Waiting | CandidateState::Provisional) {
        let code = format!("desk-state-{}", facts.state);
        out.push(Finding::new(Verdict::Refuses, code), DeskEffect::Blocks);
    }
    // Whoever is registered provisionally completes it until the day that was set, whatever the window.
    if facts.state == CandidateState::Waiting && !facts.e_registered {
        out.check(book, when, DeskCheck::Window, window(facts));
    }
    if facts.state == CandidateState::Waiting
        && let Some((day, window)) = &facts.e_registration
    {
        out.check(book, when, DeskCheck::Window, e_window(*day, window));
    }
    if facts.state == CandidateState::Provisional
        && let Some(last) = facts.provisional_until.filter(|last| *last < facts.today)
    {
        // What becomes of it is decided one by one; completing it after all is such a decision.
        let over = Finding::new(Verdict::NeedsHuman, "desk-provisional-over").value("until", date_tr(last));
        out.check(book, when, DeskCheck::School, over);
    }
    other_studies(&mut out, book, when, facts);
    for (check, answer) in [
        (DeskCheck::Military, facts.clearances.military),
        (DeskCheck::Elsewhere, facts.clearances.elsewhere),
        (DeskCheck::School, facts.clearances.school),
    ] {
        let verdict = match answer {
            Clearance::Clear => Verdict::Satisfied,
            Clearance::Obstacle => Verdict::Refuses,
            Clearance::Unknown => Verdict::NeedsHuman,
        };
        out.check(book, when, check, Finding::new(verdict, format!("desk-{}-{answer}", check.code())));
    }
    fields(&mut out, book, when, facts);
    let until = papers(&mut out, facts);
    if !facts.has_curriculum {
        out.push(Finding::new(Verdict::Refuses, "desk-no-curriculum"), DeskEffect::Blocks);
    }
    let may_register = out.obstacle.is_none() && !out.provisional_only;
    Assessment {
        may_register,
        may_provisionally: out.obstacle.is_none() && facts.state == CandidateState::Waiting,
        obstacle: out.obstacle,
        provisional_until: facts.missing_papers_until.or(until),
        findings: out.findings,
    }
}

fn window(facts: &DeskFacts<'_>) -> Finding {
    let Some(window) = &facts.window else { return Finding::new(Verdict::NeedsHuman, "desk-window-unknown") };
    let (verdict, code) = if facts.today < window.opens_on {
        (Verdict::Refuses, "desk-window-not-yet")
    } else if facts.today > window.closes_on {
        (Verdict::Refuses, "desk-window-over")
    } else {
        (Verdict::Satisfied, "desk-window-open")
    };
    Finding::new(verdict, code)
        .value("from", date_tr(window.opens_on))
        .value("until", date_tr(window.closes_on))
        .value("source", window.source.clone())
}

/// Whoever registered through e-Devlet did so within its days; otherwise the list or the days are wrong, and a person
/// looks which.
fn e_window(day: Date, window: &WindowFacts) -> Finding {
    let within = (window.opens_on..=window.closes_on).contains(&day);
    let (verdict, code) = if within {
        (Verdict::Satisfied, "desk-e-window-within")
    } else {
        (Verdict::NeedsHuman, "desk-e-window-outside")
    };
    Finding::new(verdict, code)
        .value("day", date_tr(day))
        .value("from", date_tr(window.opens_on))
        .value("until", date_tr(window.closes_on))
        .value("source", window.source.clone())
}

fn other_studies(out: &mut Verdicts, book: &Book, when: When, facts: &DeskFacts<'_>) {
    let stay = book.entry_rule(facts.entry.code(), when).value.map(|rule| rule.stay);
    for study in facts.other_studies {
        let number = || study.number.clone();
        if study.same_programme {
            let finding = Finding::new(Verdict::Refuses, "desk-already-student").value("number", number());
            out.push(finding, DeskEffect::Blocks);
        } else if let Some((_, citation)) = former_becomes(book, when, facts.entry, study) {
            // On a rule that nobody has read nothing is ended without a person.
            let is_sure = citation.mark.is_verified();
            let verdict = if is_sure { Verdict::Warns } else { Verdict::NeedsHuman };
            let finding = Finding::new(verdict, "desk-former-ends").value("number", number());
            out.push(finding.citing(&citation), DeskEffect::Blocks);
            // What hangs on it is ended by its own decision.
            for hanging in
                facts.other_studies.iter().filter(|other| other.main.as_ref() == Some(&study.number))
            {
                let finding = Finding::new(Verdict::NeedsHuman, "desk-former-carries");
                out.push(finding.value("number", hanging.number.clone()), DeskEffect::Provisional);
            }
        } else if study.forbids && stay == Some(Stay::Degree) {
            let finding = Finding::new(Verdict::Refuses, "desk-second-programme").value("number", number());
            out.check(book, when, DeskCheck::SecondProgramme, finding);
        }
    }
}

/// What the enrolment that somebody comes from becomes with the final registration, and by which rule; nothing where it
/// goes on, or where its status knows no such step.
///
/// # Legal basis
/// KYT-05; the `former_enrolment` rows of the rule book.
pub fn former_becomes(
    book: &Book,
    when: When,
    entry: EntryKind,
    study: &OtherStudy,
) -> Option<(EnrolmentStatus, Arc<Citation>)> {
    let rule = book.former_enrolment(entry.code(), when);
    let status = rule.value.and_then(EnrolmentStatus::from_code)?;
    (study.is_former && study.status.may_become(status)).then_some((status, rule.citation))
}

/// Fields that the way of entry demands and nobody has filled in.
fn fields(out: &mut Verdicts, book: &Book, when: When, facts: &DeskFacts<'_>) {
    for (field, rule) in book.entry_fields(facts.entry.code(), when) {
        if rule.value == Some(true) && facts.details.field(field).is_none() {
            let finding = Finding::new(Verdict::Refuses, "desk-field-missing").value("field", field.code());
            out.push(finding.citing(&rule.citation), DeskEffect::Blocks);
        }
    }
}

/// Papers: one that may come later leaves a provisional registration open, until the latest of their days. Answers
/// that day.
fn papers(out: &mut Verdicts, facts: &DeskFacts<'_>) -> Option<Date> {
    let mut until = None;
    let mut whole = true;
    for line in &facts.papers.lines {
        let verdict = match line.standing {
            PaperStanding::Missing | PaperStanding::ToAsk if facts.e_registered => Verdict::Warns,
            PaperStanding::Missing => Verdict::Refuses,
            PaperStanding::ToAsk => Verdict::NeedsHuman,
            PaperStanding::Held | PaperStanding::Waived => continue,
        };
        whole = false;
        let (code, effect) = match line.required.as_ref().map(|paper| &paper.due) {
            Some(Due::Until(day, _)) => {
                until = until.max(Some(*day));
                ("desk-paper-later", DeskEffect::Provisional)
            }
            Some(Due::LaterUnknown(_)) => ("desk-paper-later", DeskEffect::Provisional),
            // A paper that somebody recorded as missing may come later, too.
            _ if line.held.is_some() => ("desk-paper-later", DeskEffect::Provisional),
            _ => ("desk-paper-now", DeskEffect::Blocks),
        };
        let code = match verdict {
            Verdict::NeedsHuman => "desk-paper-to-ask",
            Verdict::Warns => "desk-paper-afterwards",
            _ => code,
        };
        let mut finding = Finding::new(verdict, code).value("paper", line.kind.code());
        if let Some(paper) = &line.required {
            finding = match paper.need {
                Need::Certain => finding.citing(&paper.citation),
                Need::Ask(_) => Finding { citation: Some((*paper.citation).clone()), ..finding },
            };
        }
        out.push(finding, effect);
    }
    if whole {
        out.push(Finding::new(Verdict::Satisfied, "desk-papers-whole"), DeskEffect::Provisional);
    }
    until
}

#[cfg(test)]
mod tests;
