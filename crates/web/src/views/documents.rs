//! Issued papers: the list, one paper, a batch before and while it runs.

use askama::Template;

use crate::components::form::{Field, Tokens};
use crate::components::frame::{Frame, Shell};
use crate::components::record::{Findings, JobCard};
use crate::components::{Button, Chip, Column, Empty, Fact, Figure, Link, Note, Str, Tag};
use crate::texts::Texts;

/// One paper in a list.
#[derive(Clone, Debug, Default)]
pub struct DocumentRow<'a> {
    /// Number of the year.
    pub number: Str<'a>,
    /// Its page.
    pub href: Str<'a>,
    /// Kind and language.
    pub kind: Str<'a>,
    /// Whose.
    pub student: Str<'a>,
    /// The student's number.
    pub student_number: Str<'a>,
    /// The student's page.
    pub student_href: Str<'a>,
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
    /// States to filter by.
    pub chips: Vec<Chip<'a>>,
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

/// One student of a batch that cannot have the paper, or is not found.
#[derive(Clone, Debug, Default)]
pub struct RefusedRow<'a> {
    /// Student number as it came.
    pub number: Str<'a>,
    /// Name, where there is one.
    pub name: Str<'a>,
    /// Why not.
    pub reason: Str<'a>,
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
    /// How many will be issued, refused, not found.
    pub figures: Vec<Figure<'a>>,
    /// Refused and not found.
    pub refused: Vec<RefusedRow<'a>>,
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

impl BatchPage<'_> {
    fn columns(&self) -> Vec<Column<'_>> {
        ["batch-number", "batch-name", "batch-reason"]
            .into_iter()
            .map(|key| Column::new(self.t.get(key)))
            .collect()
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
    pub langs: Vec<crate::components::form::Choice<'a>>,
    /// What it is for.
    pub purpose: Field<'a>,
    /// Why it may go out, where the rules leave it to a person.
    pub decision: Option<Field<'a>>,
    /// What the rules say.
    pub findings: Findings<'a>,
    /// Whether it can be issued.
    pub possible: bool,
    /// What was wrong with the last sending.
    pub errors: Vec<crate::components::form::FieldError<'a>>,
    /// Where "Vazgeç" leads.
    pub back: Str<'a>,
}

impl IssuePage<'_> {
    fn lang_field(&self) -> Field<'_> {
        Field::new("lang", self.t.get("document-lang"))
    }
}
