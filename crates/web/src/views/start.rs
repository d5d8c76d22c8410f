//! The start page of a role, and the results that appear below the counter field.

use askama::Template;

use crate::components::frame::{Frame, Shell};
use crate::components::{Button, Chip, Column, Empty, Fact, Figure, Ground, Link, Str, Tag};
use crate::texts::Texts;
use crate::views::registration_figures::RegistrationSummary;

/// One thing that waits.
#[derive(Clone, Debug, Default)]
pub struct WorkItem<'a> {
    /// When it is due, worded: "2 iş günü geçti", "bugün", "14.10 Çar".
    pub due: Tag<'a>,
    /// What is to be done.
    pub title: Str<'a>,
    /// For whom.
    pub who: Str<'a>,
    /// Number or source, below the name; empty for none.
    pub who_note: Str<'a>,
    /// What sets the deadline, when it is an article.
    pub ground: Option<Ground<'a>>,
    /// What sets the deadline, when it is not: "Söz: 1 gün".
    pub promise: Str<'a>,
    /// Takes it.
    pub button: Option<Button<'a>>,
}

/// Things due in the same stretch of time.
#[derive(Clone, Debug, Default)]
pub struct WorkGroup<'a> {
    /// "Geciken, 2".
    pub title: Str<'a>,
    /// The most urgent first.
    pub items: Vec<WorkItem<'a>>,
}

/// A small list beside the work: closing windows, last papers, running jobs.
#[derive(Clone, Debug, Default)]
pub struct SideCard<'a> {
    /// Its anchor; letters, digits and hyphens.
    pub id: Str<'a>,
    /// Its title.
    pub title: Str<'a>,
    /// Its lines.
    pub facts: Vec<Fact<'a>>,
    /// Said when there is none.
    pub empty: Str<'a>,
    /// The whole list.
    pub more: Option<Link<'a>>,
}

/// `/`: what waits for this role.
#[derive(Template)]
#[template(path = "pages/start/start.html")]
pub struct StartPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has; set `counter_in_page` when `counter` is true.
    pub shell: &'a Shell<'a>,
    /// "Günaydın Selma Hanım".
    pub greeting: Str<'a>,
    /// Day and week of term.
    pub lead: Str<'a>,
    /// Takes the next thing.
    pub next: Option<Button<'a>>,
    /// Counts of the day; empty draws none.
    pub figures: Vec<Figure<'a>>,
    /// The registration that is going on; none out of its season and for roles without a part in it.
    pub registration_summary: Option<RegistrationSummary<'a>>,
    /// "14"; empty when nothing waits.
    pub waiting: Str<'a>,
    /// Kinds of work with their counts.
    pub kinds: Vec<Chip<'a>>,
    /// What waits.
    pub work: Vec<WorkGroup<'a>>,
    /// Said when nothing waits.
    pub empty: Empty<'a>,
    /// More of it; `None` when all is shown.
    pub more: Option<Link<'a>>,
    /// The column beside it.
    pub side: Vec<SideCard<'a>>,
}

impl StartPage<'_> {
    fn columns(&self) -> Vec<Column<'_>> {
        vec![
            Column::new(self.t.get("start-due")),
            Column::new(self.t.get("start-task")),
            Column::new(self.t.get("start-who")),
            Column::new(self.t.get("start-basis")),
            Column::quiet(self.t.get("start-act")),
        ]
    }
}

/// A piece of a name; `found` pieces are what was typed.
#[derive(Clone, Debug, Default)]
pub struct Piece<'a> {
    /// The letters.
    pub text: Str<'a>,
    /// Drawn marked.
    pub found: bool,
}

/// One student found.
#[derive(Clone, Debug, Default)]
pub struct Hit<'a> {
    /// The student's page.
    pub href: Str<'a>,
    /// Student number.
    pub number: Str<'a>,
    /// The name, cut where the match begins and ends.
    pub name: Vec<Piece<'a>>,
    /// Programme and class.
    pub programme: Str<'a>,
    /// Status.
    pub status: Tag<'a>,
}

/// `/gise/ara?q=`: the fragment below the counter field; nothing else is in the answer.
#[derive(Template)]
#[template(path = "pages/start/hits.html")]
pub struct HitsFragment<'a> {
    /// Words.
    pub t: &'a Texts,
    /// The first few.
    pub hits: Vec<Hit<'a>>,
    /// How many there are in all.
    pub total: usize,
    /// The list of all; used when there are more than shown.
    pub all: Str<'a>,
}
