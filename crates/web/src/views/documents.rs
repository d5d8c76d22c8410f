//! Issued papers: the list, one paper, a batch before and while it runs.

use askama::Template;

use crate::components::form::{self, Choice, Field, FieldError, Tokens};
use crate::components::frame::{Frame, Shell};
use crate::components::record::{Findings, JobCard};
use crate::components::{Button, Chip, Column, Empty, Fact, Figure, Link, Note, Str, Tag};
use crate::texts::Texts;
use crate::views::students::Filter;

/// One paper in a list.
#[derive(Clone, Debug, Default)]
pub struct DocumentRow<'a> {
    /// Number of the year.
    pub number: Str<'a>,
    /// Its page.
    pub href: Str<'a>,
    /// Kind and language.
    pub kind: Str<'a>,
    /// Whose, or of which unit.
    pub about: Str<'a>,
    /// The student's number, or the day.
    pub detail: Str<'a>,
    /// The student's page; empty where it is about no student.
    pub about_href: Str<'a>,
    /// Day of issue.
    pub date: Str<'a>,
    /// Who issued it.
    pub by: Str<'a>,
    /// State.
    pub state: Tag<'a>,
}

/// `/belgeler`.
#[derive(Template)]
#[template(path = "pages/documents/list.html")]
pub struct DocumentsPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The filters; none for whoever sees the own papers alone.
    pub filters: Vec<Filter<'a>>,
    /// What the address says beside them and a new search keeps.
    pub kept: Vec<(&'static str, &'a str)>,
    /// What is wrong with the filters.
    pub errors: Vec<FieldError<'a>>,
    /// Filters in force, each removable.
    pub chips: Vec<Chip<'a>>,
    /// The list without any filter; used when there are chips.
    pub clear: Str<'a>,
    /// The papers, newest first.
    pub rows: Vec<DocumentRow<'a>>,
    /// The list from the next row on; empty at the end.
    pub more: Str<'a>,
    /// Said when there is none.
    pub empty: Empty<'a>,
    /// The actor's own latest jobs.
    pub jobs: Vec<Fact<'a>>,
}

impl DocumentsPage<'_> {
    fn summary(&self) -> Vec<FieldError<'_>> {
        form::summary(&self.errors, self.filters.iter().map(|filter| &filter.field))
    }

    fn columns(&self) -> Vec<Column<'_>> {
        [
            "document-number",
            "document-kind",
            "document-student",
            "document-date",
            "document-by",
            "document-state",
        ]
        .into_iter()
        .map(|key| Column::new(self.t.get(key)))
        .collect()
    }
}

/// `/belge/<id>`.
#[derive(Template)]
#[template(path = "pages/documents/document.html")]
pub struct DocumentPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// State.
    pub state: Tag<'a>,
    /// What must be read first.
    pub notes: Vec<Note<'a>>,
    /// What is known of it.
    pub facts: Vec<Fact<'a>>,
    /// Print, cancel.
    pub buttons: Vec<Button<'a>>,
}

/// One student of a batch, or a number that nobody has.
#[derive(Clone, Debug, Default)]
pub struct BatchRow<'a> {
    /// Student number as it came.
    pub number: Str<'a>,
    /// Name, where there is one.
    pub name: Str<'a>,
    /// The valid paper that there is already, or why there will be none.
    pub remark: Str<'a>,
}

/// Students of a batch to whom the same will happen.
#[derive(Clone, Debug, Default)]
pub struct BatchGroup<'a> {
    /// What will happen.
    pub title: Str<'a>,
    /// Head of the last column.
    pub remark: Str<'a>,
    /// Who.
    pub rows: Vec<BatchRow<'a>>,
}

/// `/belgeler/toplu`: what will happen, before it does.
#[derive(Template)]
#[template(path = "pages/documents/batch.html")]
pub struct BatchPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// How many will be issued, hold a valid one already, are refused, were not found.
    pub figures: Vec<Figure<'a>>,
    /// Who is in each of these; a group may be empty.
    pub groups: Vec<BatchGroup<'a>>,
    /// Tokens of the form that starts it.
    pub tokens: Tokens<'a>,
    /// Everything that the start needs, hidden.
    pub hidden: Vec<(Str<'a>, Str<'a>)>,
    /// Whether there is anything to issue.
    pub can_start: bool,
    /// Word of the main button.
    pub submit: Str<'a>,
    /// Where "Vazgeç" leads.
    pub back: Str<'a>,
}

impl BatchGroup<'_> {
    fn columns<'a>(&'a self, t: &'a Texts) -> Vec<Column<'a>> {
        [t.get("batch-number"), t.get("batch-name"), self.remark.as_ref()].map(Column::new).into()
    }
}

/// `/is/<id>`: long work.
#[derive(Template)]
#[template(path = "pages/documents/job.html")]
pub struct JobPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// The card.
    pub job: JobCard<'a>,
}

/// The card alone, as it asks for itself while it is open.
#[derive(Template)]
#[template(path = "pages/documents/job_card.html")]
pub struct JobFragment<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// The card.
    pub job: JobCard<'a>,
}

/// `/ogrenci/<no>/belge/<kind>`: the question before a paper is issued, or why it cannot be.
#[derive(Template)]
#[template(path = "pages/documents/issue.html")]
pub struct IssuePage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// Where it posts.
    pub action: Str<'a>,
    /// Its tokens, with the key against a double click.
    pub tokens: Tokens<'a>,
    /// Languages to choose from: code, word, chosen.
    pub langs: Vec<Choice<'a>>,
    /// What it is for.
    pub purpose: Field<'a>,
    /// Why it may go out, where the rules leave it to a person.
    pub decision: Option<Field<'a>>,
    /// What the rules say.
    pub findings: Findings<'a>,
    /// Whether it can be issued.
    pub possible: bool,
    /// What was wrong with the last sending.
    pub errors: Vec<FieldError<'a>>,
    /// Where "Vazgeç" leads.
    pub back: Str<'a>,
}

impl IssuePage<'_> {
    fn summary(&self) -> Vec<FieldError<'_>> {
        form::summary(&self.errors, std::iter::once(&self.purpose).chain(&self.decision))
    }

    fn lang_field(&self) -> Field<'_> {
        Field::new("lang", self.t.get("document-lang"))
    }
}
