//! The registration desk: its queue, one candidate, and the lists around them.

use askama::Template;

use crate::components::form::{Choice, Field, FieldError, Tokens};
use crate::components::frame::{Frame, Shell};
use crate::components::record::{Action, Findings, Plate};
use crate::components::{Button, Chip, Column, Empty, Fact, Figure, Ground, Link, Note, Str, Tag};
use crate::texts::Texts;
use crate::views::students::Filter;

/// One candidate of the queue.
#[derive(Clone, Debug, Default)]
pub struct CandidateRow<'a> {
    /// Given name and surname.
    pub name: Str<'a>,
    /// The candidate's page, with the filter.
    pub href: Str<'a>,
    /// Identity number or passport, masked.
    pub identity: Str<'a>,
    /// Programme.
    pub programme: Str<'a>,
    /// Way of entry and year.
    pub entry: Str<'a>,
    /// Says that he or she registered through e-Devlet; empty otherwise.
    pub e_registered: Str<'a>,
    /// Where he or she stands.
    pub state: Tag<'a>,
    /// Since when, or until when.
    pub note: Str<'a>,
    /// What can be decided, on the list of those whose day is over.
    pub buttons: Vec<Button<'a>>,
}

/// `/kayit` and `/kayit/geciken`: who waits at the desk.
#[derive(Template)]
#[template(path = "pages/registration/desk.html")]
pub struct DeskPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here; empty draws none.
    pub crumbs: Vec<Link<'a>>,
    /// A line below the title.
    pub lead: Str<'a>,
    /// Ways to the lists.
    pub buttons: Vec<Button<'a>>,
    /// The one field: where it posts; empty draws none.
    pub search: Str<'a>,
    /// Its tokens.
    pub tokens: Tokens<'a>,
    /// How many stand in each state.
    pub figures: Vec<Figure<'a>>,
    /// The selects; empty draws no form.
    pub filters: Vec<Filter<'a>>,
    /// What a new filter keeps of the address.
    pub kept: Vec<(&'static str, Str<'a>)>,
    /// Filters in force, each removable.
    pub chips: Vec<Chip<'a>>,
    /// The list without any filter.
    pub clear: Str<'a>,
    /// The rows.
    pub rows: Vec<CandidateRow<'a>>,
    /// The list from the next row on; empty at the end.
    pub more: Str<'a>,
    /// Said when there is no row.
    pub empty: Empty<'a>,
    /// Whether rows have buttons.
    pub decides: bool,
}

impl DeskPage<'_> {
    fn columns(&self) -> Vec<Column<'_>> {
        let t = self.t;
        let mut columns: Vec<Column<'_>> =
            ["desk-name", "desk-identity", "desk-programme", "desk-entry", "desk-state"]
                .into_iter()
                .map(|key| Column::new(t.get(key)))
                .collect();
        if self.decides {
            columns.push(Column::quiet(t.get("desk-decision")));
        }
        columns
    }
}

/// A paper of the tick list.
#[derive(Clone, Debug, Default)]
pub struct PaperTick<'a> {
    /// Whether it is changed on the student's page alone, where each such paper has words of its own.
    pub is_fixed: bool,
    /// Word of its kind, which the names of its fields end in.
    pub code: &'static str,
    /// Its name.
    pub name: Str<'a>,
    /// Until when, in which form and for whom it is asked.
    pub note: Str<'a>,
    /// Who ticked it and when.
    pub by: Str<'a>,
    /// What asks for it.
    pub grounds: Vec<Ground<'a>>,
    /// Where it stands.
    pub state: Tag<'a>,
    /// What the office may have of it.
    pub choices: Vec<Choice<'a>>,
    /// Last day for a missing paper.
    pub due: Field<'a>,
    /// Why it is waived or may be missing.
    pub reason: Field<'a>,
}

impl PaperTick<'_> {
    /// Whether day and reason are shown at once.
    fn is_open(&self) -> bool {
        [&self.due, &self.reason].iter().any(|field| !field.value.is_empty() || !field.error.is_empty())
    }
}

/// The tick list as a form; without an address it is read alone.
#[derive(Clone, Debug, Default)]
pub struct PapersForm<'a> {
    /// Where it posts; empty for whoever may not tick.
    pub action: Str<'a>,
    /// Its tokens.
    pub tokens: Tokens<'a>,
    /// The papers, missing first.
    pub lines: Vec<PaperTick<'a>>,
    /// Whether there is one that is missing, for the key that ticks all.
    pub has_missing: bool,
    /// Whether there is one to ask about, for the key that waives them.
    pub has_questions: bool,
    /// Kinds that are not in the list.
    pub others: Vec<Choice<'a>>,
    /// Said below the list.
    pub note: Str<'a>,
}

/// One answer about the fee.
#[derive(Clone, Debug, Default)]
pub struct FeeChoice<'a> {
    /// Value sent.
    pub value: &'static str,
    /// Words.
    pub label: Str<'a>,
    /// The letter that chooses it.
    pub key: &'static str,
    /// Chosen.
    pub chosen: bool,
}

/// The form that registers.
#[derive(Clone, Debug, Default)]
pub struct RegisterForm<'a> {
    /// Its title.
    pub title: Str<'a>,
    /// Where it posts.
    pub action: Str<'a>,
    /// Its tokens, with the key that makes a double click harmless.
    pub tokens: Tokens<'a>,
    /// Version of the candidate that the page shows.
    pub version: String,
    /// What became of the fee.
    pub fees: Vec<FeeChoice<'a>>,
    /// What the fee follows, and the error of the choice.
    pub fee: Field<'a>,
    /// Receipt or reason.
    pub receipt: Field<'a>,
    /// Amount.
    pub amount: Field<'a>,
    /// Day of the receipt.
    pub paid_on: Field<'a>,
    /// What the fee follows.
    pub fee_ground: Option<Ground<'a>>,
    /// Curriculum version, class and advisor that the registration binds.
    pub binds: Vec<Fact<'a>>,
    /// Whether the confirmation is made at once; none for whoever issues no papers.
    pub confirm: Option<Field<'a>>,
    /// The data-protection notice.
    pub notice: Field<'a>,
    /// Where its text can be read; none where there is none.
    pub notice_text: Option<Link<'a>>,
    /// Last day of a provisional registration.
    pub until: Option<Field<'a>>,
    /// Words where a check asks a person.
    pub decision: Option<Field<'a>>,
    /// Word of the final button; empty where it is not open.
    pub final_word: Str<'a>,
    /// Word of the provisional button; empty where it is not open.
    pub provisional_word: Str<'a>,
    /// Why one of them is not open.
    pub why: Vec<Note<'a>>,
}

impl RegisterForm<'_> {
    /// Whether anything can be sent.
    pub fn is_open(&self) -> bool {
        !self.final_word.is_empty() || !self.provisional_word.is_empty()
    }

    fn amount_open(&self) -> bool {
        [&self.amount, &self.paid_on].iter().any(|field| !field.value.is_empty() || !field.error.is_empty())
    }
}

/// What came of a registration.
#[derive(Clone, Debug, Default)]
pub struct Enrolled<'a> {
    /// Number, status, advisor, fee.
    pub facts: Vec<Fact<'a>>,
    /// Papers to print, the account.
    pub actions: Vec<Action<'a>>,
}

/// `/kayit/{id}`: one candidate at the desk.
#[derive(Template)]
#[template(path = "pages/registration/candidate.html")]
pub struct CandidatePage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// The head.
    pub plate: Plate<'a>,
    /// What must be read first.
    pub notes: Vec<Note<'a>>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError<'a>>,
    /// The papers.
    pub papers: PapersForm<'a>,
    /// Whether nothing is left to do here but to call the next one.
    pub leads_on: bool,
    /// The checks, blocking first.
    pub findings: Findings<'a>,
    /// The form that registers, where it is open.
    pub register: Option<RegisterForm<'a>>,
    /// What came of it.
    pub outcome: Option<Enrolled<'a>>,
    /// What else can be done, and why not where not.
    pub actions: Vec<Action<'a>>,
    /// The next candidate of the same filter.
    pub next: Str<'a>,
    /// The queue that this candidate was opened from.
    pub back: Str<'a>,
}

/// One registration of the day.
#[derive(Clone, Debug, Default)]
pub struct RegisteredRow<'a> {
    /// Address of the photo; empty where there is none.
    pub photo: Str<'a>,
    /// Student number.
    pub number: Str<'a>,
    /// Name as now.
    pub name: Str<'a>,
    /// The student's page.
    pub href: Str<'a>,
    /// Programme.
    pub programme: Str<'a>,
    /// Status.
    pub status: Tag<'a>,
    /// Hour of the registration.
    pub at: Str<'a>,
}

/// `/kayit/liste-yazdir`: the registered of a day, for print.
#[derive(Template)]
#[template(path = "pages/registration/registered.html")]
pub struct RegisteredPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// Day, programme and how many.
    pub lead: Str<'a>,
    /// Programme and day.
    pub filters: Vec<Filter<'a>>,
    /// What a new filter keeps of the address.
    pub kept: Vec<(&'static str, Str<'a>)>,
    /// The unit that the list is narrowed to.
    pub chips: Vec<Chip<'a>>,
    /// The file for cards; empty for roles that take none out.
    pub file: Str<'a>,
    /// The rows.
    pub rows: Vec<RegisteredRow<'a>>,
    /// Said when there is no row.
    pub empty: Empty<'a>,
}

impl RegisteredPage<'_> {
    fn columns(&self) -> Vec<Column<'_>> {
        [
            "desk-photo",
            "students-number",
            "desk-name",
            "desk-programme",
            "desk-state",
            "desk-hour",
            "desk-sign",
        ]
        .into_iter()
        .map(|key| Column::new(self.t.get(key)))
        .collect()
    }
}

/// A new student with the advisor now and by the rule.
#[derive(Clone, Debug, Default)]
pub struct AdvisedRow<'a> {
    /// Student number.
    pub number: Str<'a>,
    /// Name as now.
    pub name: Str<'a>,
    /// The student's page.
    pub href: Str<'a>,
    /// Advisor now; empty for none.
    pub now: Str<'a>,
    /// Advisor by the rule; empty where nothing changes.
    pub then: Str<'a>,
}

/// `/kayit/danisman`: advisors of the new students of a programme.
#[derive(Template)]
#[template(path = "pages/registration/advisors.html")]
pub struct AdvisorsPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// What must be read first.
    pub notes: Vec<Note<'a>>,
    /// What is wrong.
    pub errors: Vec<FieldError<'a>>,
    /// Programme and year.
    pub filters: Vec<Filter<'a>>,
    /// The form below; none before a programme is chosen.
    pub plan: Option<AdvisorForm<'a>>,
}

/// Who takes part, on what ground, and what would come of it.
#[derive(Clone, Debug, Default)]
pub struct AdvisorForm<'a> {
    /// Where it posts.
    pub action: Str<'a>,
    /// Its tokens.
    pub tokens: Tokens<'a>,
    /// Programme and year again.
    pub hidden: Vec<(&'static str, Str<'a>)>,
    /// The staff.
    pub staff: Field<'a>,
    /// Who of them takes part.
    pub choices: Vec<Choice<'a>>,
    /// Whether those who have an advisor get one anew.
    pub replace: Field<'a>,
    /// Number of the decision.
    pub ground_ref: Field<'a>,
    /// Its day.
    pub ground_on: Field<'a>,
    /// How many would change.
    pub summary: Str<'a>,
    /// The students.
    pub rows: Vec<AdvisedRow<'a>>,
    /// Whether the plan is shown and may be carried out.
    pub planned: bool,
}

impl AdvisorsPage<'_> {
    /// The address has nothing else.
    fn kept(&self) -> Vec<(&'static str, Str<'_>)> {
        Vec::new()
    }

    fn columns(&self) -> Vec<Column<'_>> {
        ["students-number", "desk-name", "advisors-now", "advisors-then"]
            .into_iter()
            .map(|key| Column::new(self.t.get(key)))
            .collect()
    }
}
