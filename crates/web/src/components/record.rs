//! Parts of a record: the plate, actions, findings, timeline, marks, and long work.

use super::{Button, Fact, Ground, Link, State, Str, Tag, Why};

/// The head of the student page: it answers the counter.
#[derive(Clone, Debug, Default)]
pub struct Plate<'a> {
    /// Student number.
    pub number: Str<'a>,
    /// Name as now.
    pub name: Str<'a>,
    /// Programme, level, class, term.
    pub programme: Str<'a>,
    /// Identity number, masked.
    pub identity: Str<'a>,
    /// Posts the recorded act of showing it; `None` where the role may not.
    pub reveal: Option<Button<'a>>,
    /// Address of the photo; empty draws the initials.
    pub photo: Str<'a>,
    /// Two letters in place of a photo.
    pub initials: Str<'a>,
    /// Up to eight answers: AGNO, AKTS, periods, advisor, debts, holds.
    pub facts: Vec<Fact<'a>>,
    /// Status of the enrolment.
    pub status: Tag<'a>,
    /// Since when, as in "21.09.2026’dan beri".
    pub since: Str<'a>,
    /// What the status rests on.
    pub ground: Option<Ground<'a>>,
    /// One more thing to know; empty for none.
    pub remark: Str<'a>,
}

/// One thing that may be done now, or may not and why.
#[derive(Clone, Debug, Default)]
pub struct Action<'a> {
    /// `Ok` possible, `Ask` possible but a person decides, `No` not possible, `Na` not checked.
    pub state: State,
    /// What it is.
    pub title: Str<'a>,
    /// What to know when it is possible, the reason when not.
    pub note: Str<'a>,
    /// The articles it rests on.
    pub grounds: Vec<Ground<'a>>,
    /// The buttons that do it; empty when it is not possible.
    pub buttons: Vec<Button<'a>>,
    /// The next step when it is not possible.
    pub next: Option<Link<'a>>,
}

impl Action<'_> {
    /// Drawn quietly because it cannot be done.
    pub fn is_off(&self) -> bool {
        self.buttons.is_empty() && matches!(self.state, State::No | State::Na)
    }
}

/// What a rule answered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Verdict {
    /// The condition is met.
    Met,
    /// It is not.
    NotMet,
    /// It is met, with something to mind.
    Warns,
    /// A person must judge.
    NeedsPerson,
    /// The rule does not concern this case.
    NotApplicable,
    /// Another office has not answered yet.
    #[default]
    NotChecked,
}

impl Verdict {
    /// All of them, in the order in which the gallery shows them.
    pub const ALL: [Self; 6] =
        [Self::Met, Self::NotMet, Self::Warns, Self::NeedsPerson, Self::NotApplicable, Self::NotChecked];

    /// Part of the text key `verdict-…`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::Warns => "warns",
            Self::NeedsPerson => "needs-person",
            Self::NotApplicable => "not-applicable",
            Self::NotChecked => "not-checked",
        }
    }

    /// Its colour.
    pub const fn state(self) -> State {
        match self {
            Self::Met => State::Ok,
            Self::NotMet => State::No,
            Self::Warns | Self::NeedsPerson => State::Ask,
            Self::NotApplicable | Self::NotChecked => State::Na,
        }
    }

    /// Its symbol in `icons.svg`.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Met => "ok",
            Self::NotMet => "no",
            Self::Warns => "warn",
            Self::NeedsPerson => "ask",
            Self::NotApplicable => "na",
            Self::NotChecked => "wait",
        }
    }
}

/// One rule with its answer and the values compared.
#[derive(Clone, Debug, Default)]
pub struct Finding<'a> {
    /// The answer.
    pub verdict: Verdict,
    /// The condition in two or three words.
    pub title: Str<'a>,
    /// The values compared, as in "1,89 < 2,00"; empty for none.
    pub compared: Str<'a>,
    /// More words after the verdict; empty for none.
    pub note: Str<'a>,
    /// The articles.
    pub grounds: Vec<Ground<'a>>,
}

/// All rules of one question.
#[derive(Clone, Debug, Default)]
pub struct Findings<'a> {
    /// Title of the panel.
    pub title: Str<'a>,
    /// The rules.
    pub items: Vec<Finding<'a>>,
    /// What follows from them together; empty for none.
    pub summary: Str<'a>,
}

/// One entry of the student's stream.
#[derive(Clone, Debug, Default)]
pub struct TimelineItem<'a> {
    /// Day, gg.aa.yyyy.
    pub date: Str<'a>,
    /// What happened, in a word or two.
    pub title: Str<'a>,
    /// The rest of the sentence; empty for none.
    pub text: Str<'a>,
    /// Where that leads; empty for nowhere.
    pub href: Str<'a>,
    /// Who, how, where; empty for none.
    pub note: Str<'a>,
    /// What it rests on.
    pub grounds: Vec<Ground<'a>>,
    /// A change of status: drawn filled.
    pub status: bool,
    /// Undone later by a reversing entry: drawn struck through and said.
    pub reversed: bool,
}

/// How a course ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Outcome {
    /// Passed.
    #[default]
    Passed,
    /// Failed; the word stands beside the letter.
    Failed,
    /// No mark yet.
    Pending,
    /// Exempted.
    Exempt,
}

/// One course of a term.
#[derive(Clone, Debug, Default)]
pub struct MarkRow<'a> {
    /// Course code.
    pub code: Str<'a>,
    /// Course name.
    pub name: Str<'a>,
    /// AKTS.
    pub ects: Str<'a>,
    /// Letter; empty draws a dash.
    pub letter: Str<'a>,
    /// How it ended.
    pub outcome: Outcome,
    /// Coefficient times AKTS; empty draws a dash.
    pub points: Str<'a>,
    /// "Tekrar", "Seçmeli", "Muaf: YK 2025/14"; empty for none.
    pub note: Str<'a>,
}

/// The marks of one term with its averages.
#[derive(Clone, Debug, Default)]
pub struct TermMarks<'a> {
    /// Unique on the page; letters, digits and hyphens.
    pub id: Str<'a>,
    /// The term, as in "2025-26 Güz".
    pub title: Str<'a>,
    /// Beside the title, as in "3. yarıyıl"; empty for none.
    pub aside: Str<'a>,
    /// The courses.
    pub rows: Vec<MarkRow<'a>>,
    /// Average of the term; `None` where it cannot be computed.
    pub ano: Option<Why<'a>>,
    /// Average so far.
    pub agno: Option<Why<'a>>,
    /// Sum of AKTS.
    pub ects: Str<'a>,
    /// Sum of points; empty draws a dash.
    pub points: Str<'a>,
    /// Below the table; empty for none.
    pub remark: Str<'a>,
}

/// Where long work stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum JobState {
    /// In the queue.
    #[default]
    Waiting,
    /// At work; the card asks again every second.
    Running,
    /// Finished, perhaps with failures.
    Done,
    /// Ended by an error.
    Failed,
    /// Ended by a person.
    Cancelled,
}

impl JobState {
    /// Part of the text key `job-…`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Its colour and icon.
    pub const fn state(self) -> State {
        match self {
            Self::Waiting | Self::Running => State::Info,
            Self::Done => State::Ok,
            Self::Failed => State::No,
            Self::Cancelled => State::Na,
        }
    }

    /// Whether the card keeps asking.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// Long work: a bar, counts, failures so far, and what can be done with it.
#[derive(Clone, Debug, Default)]
pub struct JobCard<'a> {
    /// Id of the card; letters, digits and hyphens.
    pub id: Str<'a>,
    /// What it does.
    pub title: Str<'a>,
    /// Who started it and when.
    pub note: Str<'a>,
    /// Why it does not go on for now, and what to do; empty while it does.
    pub waits: Str<'a>,
    /// Where it stands.
    pub state: JobState,
    /// How many are done, failures included.
    pub done: u64,
    /// How many there are; 0 while unknown.
    pub total: u64,
    /// "310 / 1.200", in the reader's language.
    pub counts: Str<'a>,
    /// Time left or taken; empty for none.
    pub time: Str<'a>,
    /// Failures so far, as facts: row or number, then the reason.
    pub failures: Vec<(Str<'a>, Str<'a>)>,
    /// "8 kayıt basılamadı"; empty when none failed.
    pub failures_title: Str<'a>,
    /// Address that answers with this card again.
    pub poll: Str<'a>,
    /// Cancel, download, retry.
    pub buttons: Vec<Button<'a>>,
}
