//! Figures of a registration while it happens, and who did not come.

use askama::Template;

use crate::components::frame::{Frame, Shell};
use crate::components::list::ListTools;
use crate::components::{Button, Column, Empty, Figure, Link, Str};
use crate::texts::Texts;
use crate::views::students::Filter;

/// One programme and way of entry.
#[derive(Clone, Debug, Default)]
pub struct FigureLine<'a> {
    /// Code and name of the programme; the word for all in the last row.
    pub programme: Str<'a>,
    /// Way of entry and year.
    pub entry: Str<'a>,
    /// Seats and last day, worded, as far as they are known.
    pub until: Str<'a>,
    /// The counts, in the order of the columns.
    pub cells: Vec<Str<'a>>,
    /// Drawn bold: all of them together.
    pub is_total: bool,
}

/// The part of the page that asks for itself again.
#[derive(Clone, Debug, Default)]
pub struct FiguresPart<'a> {
    /// Where it asks.
    pub poll: Str<'a>,
    /// "10.42.07 itibarıyla".
    pub stamp: Str<'a>,
    /// All together.
    pub figures: Vec<Figure<'a>>,
    /// By programme; the last is the total.
    pub rows: Vec<FigureLine<'a>>,
    /// Headings of the counts.
    pub headings: Vec<&'a str>,
    /// Said when nobody was placed.
    pub empty: Empty<'a>,
}

impl<'a> FiguresPart<'a> {
    fn columns(&self, t: &'a Texts) -> Vec<Column<'a>> {
        let counts = self.headings.iter().map(|heading| Column::number(*heading));
        std::iter::once(Column::new(t.get("figures-programme"))).chain(counts).collect()
    }
}

/// `/kayit/durum`.
#[derive(Template)]
#[template(path = "pages/registration_figures/figures.html")]
pub struct FiguresPage<'a> {
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
    /// Files to take out.
    pub tools: ListTools<'a>,
    /// Ways on; the page itself once more, for who has no script.
    pub buttons: Vec<Button<'a>>,
    /// The figures.
    pub part: FiguresPart<'a>,
}

/// The figures alone.
#[derive(Template)]
#[template(path = "pages/registration_figures/part.html")]
pub struct FiguresFragment<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// The figures.
    pub part: FiguresPart<'a>,
}

/// Somebody who did not come.
#[derive(Clone, Debug, Default)]
pub struct AbsenteeRow<'a> {
    /// Given name and surname.
    pub name: Str<'a>,
    /// The candidate's page.
    pub href: Str<'a>,
    /// Code of the programme.
    pub programme: Str<'a>,
    /// Way of entry and year.
    pub entry: Str<'a>,
}

/// `/kayit/durum/gelmeyenler`.
#[derive(Template)]
#[template(path = "pages/registration_figures/absentees.html")]
pub struct AbsenteesPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// Files to take out.
    pub tools: ListTools<'a>,
    /// The rows.
    pub rows: Vec<AbsenteeRow<'a>>,
    /// The list from the next row on; empty at the end.
    pub more: Str<'a>,
    /// Said when there is nobody.
    pub empty: Empty<'a>,
}

impl AbsenteesPage<'_> {
    fn has_tools(&self) -> bool {
        self.tools.picker.is_some() || !self.tools.files.is_empty()
    }

    fn columns(&self) -> Vec<Column<'_>> {
        ["figures-name", "figures-programme", "figures-entry"]
            .into_iter()
            .map(|key| Column::new(self.t.get(key)))
            .collect()
    }
}

/// A programme on the start page.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeLine<'a> {
    /// The programme with the way to its figures.
    pub programme: Link<'a>,
    /// The counts, in the order of the headings.
    pub cells: Vec<Str<'a>>,
}

/// What the start page shows of the newest registration; draws itself again every half minute. A page includes
/// `pages/registration_figures/registration_summary.html` and has this as its field `registration_summary`.
#[derive(Clone, Debug, Default)]
pub struct RegistrationSummary<'a> {
    /// "2026 kayıtları".
    pub title: Str<'a>,
    /// "10.42 itibarıyla".
    pub stamp: Str<'a>,
    /// The counts, each leading to where they can be listed.
    pub figures: Vec<Figure<'a>>,
    /// What the table is: all programmes, or those with most people still to come.
    pub table: Str<'a>,
    /// Headings of the counts by programme.
    pub headings: Vec<&'a str>,
    /// The programmes.
    pub rows: Vec<ProgrammeLine<'a>>,
    /// Where it asks for itself.
    pub poll: Str<'a>,
    /// The whole page.
    pub all: Link<'a>,
}

impl RegistrationSummary<'_> {
    pub(super) fn columns<'c>(&'c self, t: &'c Texts) -> Vec<Column<'c>> {
        let counts = self.headings.iter().map(|heading| Column::number(*heading));
        std::iter::once(Column::new(t.get("figures-programme"))).chain(counts).collect()
    }
}

/// The summary alone.
#[derive(Template)]
#[template(path = "pages/registration_figures/registration_summary.html")]
pub struct SummaryFragment<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// The counts.
    pub registration_summary: Option<RegistrationSummary<'a>>,
}
