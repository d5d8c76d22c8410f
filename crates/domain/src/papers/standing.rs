//! Papers held beside papers asked for.

use super::{Need, PaperKind, PaperState, RequiredPaper};

/// A paper as it is recorded in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    /// Kind.
    pub kind: PaperKind,
    /// What the office has of it.
    pub state: PaperState,
}

vocabulary! {
    /// Where a paper stands, in the order in which lists show it.
    PaperStanding {
        /// It is asked for and not there, or recorded as missing.
        Missing => "missing",
        /// A person has to say whether it is asked for.
        ToAsk => "to_ask",
        /// It is there.
        Held => "held",
        /// Somebody decided that it is not asked for from this student.
        Waived => "waived",
    }
}

/// One line of the list of papers: a recorded paper, or one that is asked for and not recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperLine {
    /// Which paper.
    pub kind: PaperKind,
    /// Where it stands.
    pub standing: PaperStanding,
    /// Its place among the recorded papers.
    pub held: Option<usize>,
    /// What asks for it, where something does.
    pub required: Option<RequiredPaper>,
}

vocabulary! {
    /// What a list of papers can say of what is missing.
    Coverage {
        /// Everything that the way of entry asks for is in the list.
        Whole => "whole",
        /// The rule book has no list of papers for the way of entry and its day.
        NoList => "no_list",
        /// The enrolment was taken over from an earlier system, and nobody has begun to list its papers here.
        NotListedHere => "not_listed_here",
        /// The studies have ended; nothing is asked any more.
        Ended => "ended",
    }
}

/// The papers of one enrolment: missing first, then those to ask about, those held, those waived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperFile {
    /// What the lines say of what is missing.
    pub coverage: Coverage,
    /// The lines.
    pub lines: Vec<PaperLine>,
}

impl PaperFile {
    /// How many lines stand so.
    pub fn count(&self, standing: PaperStanding) -> usize {
        self.lines.iter().filter(|line| line.standing == standing).count()
    }
}

/// Puts what is recorded beside what is asked for.
///
/// With [`Coverage::Whole`] a paper that is asked for and not recorded is missing, or a question where it is not sure
/// that it is asked for. With every other coverage only what is recorded is listed.
pub fn compare(coverage: Coverage, held: &[Held], required: Vec<RequiredPaper>) -> PaperFile {
    let required = if coverage == Coverage::Whole { required } else { Vec::new() };
    let mut lines: Vec<PaperLine> = held
        .iter()
        .enumerate()
        .map(|(place, paper)| PaperLine {
            kind: paper.kind,
            standing: match paper.state {
                PaperState::Received | PaperState::CopySeen => PaperStanding::Held,
                PaperState::Missing => PaperStanding::Missing,
                PaperState::Waived => PaperStanding::Waived,
            },
            held: Some(place),
            required: required.iter().find(|asked| asked.kind == paper.kind).cloned(),
        })
        .collect();
    let unrecorded = required.into_iter().filter(|asked| held.iter().all(|paper| paper.kind != asked.kind));
    lines.extend(unrecorded.map(|asked| PaperLine {
        kind: asked.kind,
        standing: match asked.need {
            Need::Certain => PaperStanding::Missing,
            Need::Ask(_) => PaperStanding::ToAsk,
        },
        held: None,
        required: Some(asked),
    }));
    lines.sort_by_key(|line| (line.standing, line.kind));
    PaperFile { coverage, lines }
}
