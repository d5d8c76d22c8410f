//! Everything about one enrolment that papers and rules look at, loaded once.

use std::collections::BTreeMap;

use base::time::Date;
use regulations::{Book, Condition};
use serde::{Deserialize, Serialize};

use crate::{
    enrolments::{EnrolmentStatus, EntryKind, LinkKind},
    ledger::Ground,
    marks::Attempt,
    orientation::TakenPart,
    papers::{
        Coverage, DayBasis, EntryFacts, Held, KnownDays, PaperFile, PaperKind, PaperLine, PaperStanding,
        compare, required_papers,
    },
    people::Identity,
    programmes::{CourseKind, Level, Season, TermStanding},
    registration::FeeState,
};

/// A name in both languages, as valid on the day asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Name {
    /// Turkish.
    pub tr: String,
    /// English.
    pub en: String,
}

impl Name {
    /// The name in one language.
    pub fn of(&self, lang: base::lang::Lang) -> &str {
        match lang {
            base::lang::Lang::Tr => &self.tr,
            base::lang::Lang::En => &self.en,
        }
    }
}

/// The programme of an enrolment with the units above it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProgrammeFacts {
    /// Institution's code.
    pub code: String,
    /// Name.
    pub name: Name,
    /// Level of study.
    pub level: Level,
    /// Terms of the normal period.
    pub terms: u8,
    /// Two-letter language of instruction.
    pub language: String,
    /// Department.
    pub department: Name,
    /// Faculty or school that issues its papers.
    pub faculty: Name,
    /// University.
    pub university: Name,
}

/// A term of the calendar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TermFacts {
    /// Position in time among all terms.
    pub order: i64,
    /// `2024-2025`.
    pub academic_year: String,
    /// Season.
    pub season: Season,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
}

/// A course as the catalogue has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CourseFacts {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Name,
    /// Weekly hours of theory.
    pub theory: u8,
    /// Weekly hours of practice.
    pub practice: u8,
}

/// A line of the enrolment's curriculum.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CurriculumLine {
    /// Term of study from 1.
    pub term_no: u8,
    /// Order inside the term.
    pub position: u16,
    /// Row id of the course.
    pub course: i64,
    /// Compulsory or elective.
    pub kind: CourseKind,
    /// The course.
    pub facts: CourseFacts,
    /// AKTS in hundredths.
    pub ects: base::number::Ects,
    /// National credit.
    pub credit: base::number::Credit,
}

/// What the enrolment did in a term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TermTaken {
    /// The term of the calendar.
    pub term: TermFacts,
    /// Which term of study it was.
    pub term_no: u8,
    /// Registered, on leave, or neither.
    pub standing: TermStanding,
}

/// An attempt together with what a paper prints of its course.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkLine {
    /// The attempt, as the record computes it.
    pub attempt: Attempt,
    /// The course.
    pub course: CourseFacts,
}

/// What the desk noted when it registered somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegistrationFacts {
    /// Day of registration.
    pub made_on: Date,
    /// Name of who registered.
    pub made_by: String,
    /// Whether the registration was undone.
    pub is_undone: bool,
    /// Last day of a provisional registration.
    pub provisional_until: Option<Date>,
    /// What became of the fee.
    pub fee: FeeState,
    /// How much was paid, in kuruş.
    pub fee_amount: Option<i64>,
    /// Receipt, or the reason of an exemption; may be empty.
    pub receipt: String,
    /// Day of the receipt.
    pub paid_on: Option<Date>,
    /// Day on which the data-protection notice was noted as read.
    pub notice_read_on: Option<Date>,
    /// What the placement said of conditions that papers ask about.
    pub stated: BTreeMap<Condition, bool>,
    /// Last day for bringing what is missing, by the dated window that counts for the registration; none where there is
    /// none.
    pub papers_until: Option<Date>,
    /// Papers recorded in the file.
    pub papers: Vec<FiledPaper>,
}

/// A recorded paper as the office's own papers tell of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FiledPaper {
    /// Kind and what the office has of it.
    pub held: Held,
    /// Words, for papers of kind *other*.
    pub description: Option<String>,
    /// Last day on which a missing paper may come.
    pub due_on: Option<Date>,
    /// The day on which it was given back.
    pub returned_on: Option<Date>,
}

/// A paper that a registered student still owes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwedPaper {
    /// Which.
    pub kind: PaperKind,
    /// Words, for papers of kind *other*.
    pub description: Option<String>,
    /// In which form it is asked for, where a rule says.
    pub original: Option<regulations::Original>,
    /// Last day on which it may come; none where nobody set one.
    pub due_on: Option<Date>,
}

/// One enrolment, whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StudentFile {
    /// Who, as now.
    pub identity: Identity,
    /// Student number.
    pub number: String,
    /// How the enrolment began.
    pub entry_kind: EntryKind,
    /// Year of entry.
    pub entry_year: i32,
    /// Day of entry.
    pub entered_on: Date,
    /// Class year (sınıf).
    pub class_year: u8,
    /// Status in force.
    pub status: EnrolmentStatus,
    /// Since when.
    pub status_since: Date,
    /// On what ground.
    pub status_ground: Ground,
    /// Main enrolment's number where this one hangs on another.
    pub linked_to: Option<(LinkKind, String)>,
    /// Programme and units.
    pub programme: ProgrammeFacts,
    /// Terms taken, in order of time.
    pub terms: Vec<TermTaken>,
    /// Marks, in order of term and course code.
    pub marks: Vec<MarkLine>,
    /// The curriculum version it is bound to.
    pub curriculum: Vec<CurriculumLine>,
    /// The registration at the desk that made it; none for an enrolment that was taken over from an earlier system.
    pub registration: Option<RegistrationFacts>,
    /// What he or she came to of orientations.
    pub orientations: Vec<TakenPart>,
}

impl StudentFile {
    /// How the enrolment began, as far as anybody can tell: records taken over do not say it, but an enrolment that
    /// hangs on another one as double major or minor can only have begun as such.
    pub fn way_of_entry(&self) -> EntryKind {
        match (self.entry_kind, &self.linked_to) {
            (EntryKind::Records, Some((LinkKind::DoubleMajor, _))) => EntryKind::DoubleMajor,
            (EntryKind::Records, Some((LinkKind::Minor, _))) => EntryKind::Minor,
            (entry, _) => entry,
        }
    }

    /// The papers of this enrolment: `held` as recorded, beside what the way of entry asks for on the day of entry.
    ///
    /// Papers that were handed to the office before Künye may lie in its cupboards without being recorded here. So an
    /// enrolment that was taken over from an earlier system (`taken_over`) is not charged with anything until somebody
    /// has recorded at least one paper of it; from then on its file is kept here, and the list is shown like any
    /// other. Where its way of entry is not known either, all that is listed is a question. Studies that have ended
    /// owe nothing.
    pub fn papers(&self, book: &Book, held: &[Held], taken_over: bool) -> PaperFile {
        let entry = self.way_of_entry();
        let when = self.when(self.entered_on);
        let facts = || EntryFacts::of(self).of_programme(book, &self.programme.code, when);
        let asked = || required_papers(book, entry, &facts(), when);
        let (coverage, required) = if !self.status.is_open() {
            (Coverage::Ended, None)
        } else if taken_over && held.is_empty() {
            (Coverage::NotListedHere, None)
        } else {
            match asked() {
                Some(required) => (Coverage::Whole, Some(required)),
                None => (Coverage::NoList, None),
            }
        };
        compare(coverage, held, required.unwrap_or_default())
    }

    /// The list of papers of a registration that was made here; nothing where there was none.
    pub fn registration_papers(&self, book: &Book) -> Option<PaperFile> {
        let registration = self.registration.as_ref()?;
        let held: Vec<Held> = registration.papers.iter().map(|paper| paper.held).collect();
        Some(self.papers(book, &held, false))
    }

    /// Until when a paper on the list may come, and on what that rests; nothing where nobody set a day.
    pub fn last_day(&self, line: &PaperLine) -> Option<(Date, DayBasis)> {
        let made = self.registration.as_ref();
        let filed = made.and_then(|made| made.papers.get(line.held?));
        let days = KnownDays {
            desk: filed.and_then(|paper| paper.due_on),
            provisional: made
                .and_then(|made| made.provisional_until)
                .filter(|_| self.status == EnrolmentStatus::Provisional),
            window: made.and_then(|made| made.papers_until),
        };
        days.last(line.required.as_ref())
    }

    /// What a registered student still owes, in the order of the list of papers, each with its last day. What a person
    /// has yet to decide about is not owed.
    pub fn owed_papers(&self, book: &Book) -> Vec<OwedPaper> {
        let (Some(registration), Some(list)) = (&self.registration, self.registration_papers(book)) else {
            return Vec::new();
        };
        list.lines
            .into_iter()
            .filter(|line| line.standing == PaperStanding::Missing)
            .map(|line| {
                let filed = line.held.and_then(|place| registration.papers.get(place));
                let due_on = self.last_day(&line).map(|(day, _)| day);
                OwedPaper {
                    kind: line.kind,
                    description: filed.and_then(|paper| paper.description.clone()),
                    original: line.required.and_then(|required| required.original),
                    due_on,
                }
            })
            .collect()
    }

    /// The moment for which the rule book is asked about this enrolment on `day`.
    pub fn when(&self, day: Date) -> regulations::When {
        regulations::When { on: day, entry_year: i16::try_from(self.entry_year).unwrap_or(i16::MAX) }
    }
}
