//! Bulk registration of those who registered through e-Devlet: before, while and after it runs.

use askama::Template;

use crate::components::form::{Choice, Field, FieldError, Tokens};
use crate::components::frame::{Frame, Shell};
use crate::components::record::JobCard;
use crate::components::{Button, Column, Empty, Fact, Figure, Link, Note, Str};
use crate::texts::Texts;
use crate::views::students::Filter;

/// One programme of the preview.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeRow<'a> {
    /// Sent when the preview is narrowed to it.
    pub id: Str<'a>,
    /// Code.
    pub code: Str<'a>,
    /// Name.
    pub name: Str<'a>,
    /// Who registered through e-Devlet and waits.
    pub total: Str<'a>,
    /// How many would be registered.
    pub ready: Str<'a>,
    /// How many would not.
    pub rest: Str<'a>,
}

/// Everybody whom one reason keeps out.
#[derive(Clone, Debug, Default)]
pub struct ReasonRow<'a> {
    /// What the desk says.
    pub title: Str<'a>,
    /// The article; empty for none.
    pub ground: Str<'a>,
    /// How many.
    pub count: Str<'a>,
    /// The first of them, with their pages.
    pub people: Vec<Link<'a>>,
    /// "… ve 120 kişi daha"; empty when all are shown.
    pub more: Str<'a>,
}

/// The form that starts a run.
#[derive(Clone, Debug, Default)]
pub struct StartForm<'a> {
    /// Its tokens, with the key against a double click.
    pub tokens: Tokens<'a>,
    /// The filter, hidden.
    pub hidden: Vec<(Str<'a>, Str<'a>)>,
    /// What is noted of the fee.
    pub fee: Field<'a>,
    /// The choices for it.
    pub fees: Vec<Choice<'a>>,
    /// On what that rests.
    pub word: Field<'a>,
    /// What was wrong with the last sending.
    pub errors: Vec<FieldError<'a>>,
    /// Word of the main button.
    pub submit: Str<'a>,
}

/// `/kayit/e-kayit`: who would be registered, before anybody is.
#[derive(Template)]
#[template(path = "pages/bulk_registration/preview.html")]
pub struct BulkPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// The selects.
    pub filters: Vec<Filter<'a>>,
    /// What a new filter keeps of the address.
    pub kept: Vec<(&'static str, Str<'a>)>,
    /// Ready, left to the desk, all.
    pub figures: Vec<Figure<'a>>,
    /// What comes with those who are ready.
    pub notes: Vec<Note<'a>>,
    /// The form that starts a run; none where nobody is ready.
    pub start: Option<StartForm<'a>>,
    /// Programmes, by code.
    pub programmes: Vec<ProgrammeRow<'a>>,
    /// Why the rest is left to the desk.
    pub reasons: Vec<ReasonRow<'a>>,
    /// Said when nobody waits.
    pub empty: Empty<'a>,
    /// The actor's own latest runs.
    pub runs: Vec<Fact<'a>>,
}

impl BulkPage<'_> {
    fn columns(&self) -> Vec<Column<'_>> {
        let t = self.t;
        vec![
            Column::new(t.get("bulk-code")),
            Column::new(t.get("bulk-programme")),
            Column::number(t.get("bulk-total")),
            Column::number(t.get("bulk-ready")),
            Column::number(t.get("bulk-rest")),
        ]
    }
}

/// One registration of a run.
#[derive(Clone, Debug, Default)]
pub struct MadeRow<'a> {
    /// The number given.
    pub number: Str<'a>,
    /// The student's page.
    pub href: Str<'a>,
    /// Given name and surname.
    pub name: Str<'a>,
    /// Code of the programme.
    pub programme: Str<'a>,
    /// Says that it was undone; empty otherwise.
    pub undone: Str<'a>,
}

/// `/kayit/e-kayit/<id>`: a run, and the numbers that it gave.
#[derive(Template)]
#[template(path = "pages/bulk_registration/run.html")]
pub struct RunPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// What it does, in a line.
    pub lead: Str<'a>,
    /// Files, undoing, the other run.
    pub buttons: Vec<Button<'a>>,
    /// The card.
    pub job: JobCard<'a>,
    /// The numbers given.
    pub made: Vec<MadeRow<'a>>,
    /// The list from the next row on; empty at the end.
    pub more: Str<'a>,
}

impl RunPage<'_> {
    fn columns(&self) -> Vec<Column<'_>> {
        ["bulk-number", "bulk-name", "bulk-programme", "bulk-note"]
            .into_iter()
            .map(|key| Column::new(self.t.get(key)))
            .collect()
    }
}

/// The card alone, as it asks for itself while it is open.
#[derive(Template)]
#[template(path = "pages/documents/job_card.html")]
pub struct RunFragment<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// The card.
    pub job: JobCard<'a>,
}
