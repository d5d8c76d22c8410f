//! What a way of entry asks for, for one student and one day of entry.

use std::{collections::BTreeMap, sync::Arc};

use base::time::Date;
use regulations::{Book, Citation, Condition, Named, Original, Stage, When};

use super::PaperKind;
use crate::{enrolments::EntryKind, people::Sex, student_file::StudentFile};

/// What is known of somebody who enters, as far as conditions of papers ask for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryFacts {
    /// Sex.
    pub sex: Sex,
    /// Two-letter country code; empty where nobody knows.
    pub nationality: String,
    /// Two-letter language of instruction of the programme.
    pub language: String,
    /// What was said of other conditions, by a placement list or by a person.
    pub stated: BTreeMap<Condition, bool>,
}

impl EntryFacts {
    /// What a student's file tells, with what the placement said where a desk here registered the student.
    pub fn of(file: &StudentFile) -> Self {
        Self {
            sex: file.identity.sex,
            nationality: file.identity.nationality.clone(),
            language: file.programme.language.clone(),
            stated: file.registration.as_ref().map(|made| made.stated.clone()).unwrap_or_default(),
        }
    }

    /// The same with what the rule book says of the programme; an answer that somebody gave stays.
    #[must_use]
    pub fn of_programme(mut self, book: &Book, programme: &str, when: When) -> Self {
        for condition in Condition::ALL {
            let known = book.programme_condition(*condition, programme, when).verified();
            if let Some(holds) = known {
                self.stated.entry(*condition).or_insert(holds);
            }
        }
        self
    }

    /// Whether a condition holds; nothing where nobody knows.
    ///
    /// A programme that teaches in Turkish may still teach a part in another language, so that only a foreign
    /// language of the programme is an answer.
    pub fn holds(&self, condition: Condition) -> Option<bool> {
        if let Some(stated) = self.stated.get(&condition) {
            return Some(*stated);
        }
        match condition {
            Condition::Male => Some(self.sex == Sex::Male),
            Condition::Citizen if !self.nationality.is_empty() => Some(self.nationality == "TR"),
            Condition::Foreign if !self.nationality.is_empty() => Some(self.nationality != "TR"),
            Condition::ForeignLanguage if !matches!(self.language.as_str(), "" | "tr") => Some(true),
            _ => None,
        }
    }
}

/// How sure it is that a paper is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Need {
    /// It is.
    Certain,
    /// A person has to say.
    Ask(Doubt),
}

/// Why it is not sure that a paper is asked for; at least one of the two.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    /// No text that was read asks for it.
    pub unverified: bool,
    /// It is asked for only if these conditions hold, of which nobody knows.
    pub conditions: Vec<Condition>,
}

/// Until when a paper is to be brought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Due {
    /// With the application or at registration, as the paper's stage says.
    AtOnce(Stage),
    /// Until this day; the registration is temporary so long.
    Until(Date, Arc<Citation>),
    /// After a temporary registration, until a day that is not in the rule book.
    LaterUnknown(Arc<Citation>),
}

impl Due {
    /// Whether the paper is late on `today` for somebody who entered on `entered_on`.
    pub fn is_over(&self, entered_on: Date, today: Date) -> bool {
        match self {
            Self::AtOnce(_) => entered_on < today,
            Self::Until(day, _) => *day < today,
            Self::LaterUnknown(_) => false,
        }
    }
}

/// A paper that a way of entry asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequiredPaper {
    /// Which.
    pub kind: PaperKind,
    /// How sure that is.
    pub need: Need,
    /// In which form; nothing where no source says.
    pub original: Option<Original>,
    /// How old it may be at most.
    pub max_age_months: Option<u16>,
    /// What else the rule book says of it.
    pub note: Option<Named>,
    /// Until when.
    pub due: Due,
    /// What it rests on.
    pub citation: Arc<Citation>,
}

/// The papers that a way of entry asks for from one person, by the rules of the day of entry (`when`).
///
/// A condition that does not hold takes the paper off the list; one of which nobody knows makes it a question, and so
/// does a rule that nobody has read. Nothing where the rule book has no list of the way of entry for that day.
///
/// # Legal basis
/// KYT-02, KYT-03, ULU-03, GEC-26, KYT 13.3.
pub fn required_papers(
    book: &Book,
    entry: EntryKind,
    facts: &EntryFacts,
    when: When,
) -> Option<Vec<RequiredPaper>> {
    let listed = book.entry_papers(entry.code(), when)?;
    let asked = listed.into_iter().filter_map(|(code, paper)| {
        let kind = PaperKind::from_code(code)?;
        let rule = paper.value?;
        let mut unknown = Vec::new();
        for condition in &rule.conditions {
            match facts.holds(*condition) {
                Some(true) => {}
                Some(false) => return None,
                None => unknown.push(*condition),
            }
        }
        let doubt = Doubt { unverified: !paper.citation.mark.is_verified(), conditions: unknown };
        let certain = !doubt.unverified && doubt.conditions.is_empty();
        let need = if certain { Need::Certain } else { Need::Ask(doubt) };
        Some(RequiredPaper {
            kind,
            need,
            original: rule.original,
            max_age_months: rule.max_age_months,
            note: rule.note.clone(),
            due: due(book, entry, code, rule.stage, facts, when),
            citation: paper.citation,
        })
    });
    Some(asked.collect())
}

fn due(book: &Book, entry: EntryKind, paper: &str, stage: Stage, facts: &EntryFacts, when: When) -> Due {
    let temporary = book.temporary_registration(entry.code(), paper, when);
    let Some(rule) = temporary.value.filter(|rule| rule.allowed) else {
        return Due::AtOnce(stage);
    };
    let open_school = facts.holds(Condition::OpenSchool) == Some(true);
    let until = if open_school { rule.until_open_school.or(rule.until) } else { rule.until };
    match until {
        Some(day) if temporary.citation.mark.is_verified() => Due::Until(day, temporary.citation),
        _ => Due::LaterUnknown(temporary.citation),
    }
}
