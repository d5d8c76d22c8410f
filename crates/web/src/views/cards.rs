//! Pages made of cards (facts, tables, what can be done) and lists with filters.
//!
//! Whoever has something to show fills a [`Card`]; a page of its own template is for what neither can draw.

use askama::Template;

use crate::components::form::FieldError;
use crate::components::frame::{Frame, Shell};
use crate::components::record::Action;
use crate::components::{Button, Chip, Column, Empty, Fact, Figure, Link, Note, Str, Tab, Tag, Value};
use crate::texts::Texts;
use crate::views::students::Filter;

/// One cell of a table.
#[derive(Clone, Debug)]
pub struct Cell<'a> {
    /// What stands in it.
    pub value: Value<'a>,
    /// A quieter line below; empty for none.
    pub note: Str<'a>,
    /// Links in place of a value, one after the other.
    pub links: Vec<Link<'a>>,
    /// What can be done with the row.
    pub buttons: Vec<Button<'a>>,
    /// Class of the cell: `r` figures, `nw` never broken, `num` numbers of records.
    pub class: &'static str,
}

impl<'a> Cell<'a> {
    /// A cell of any value.
    pub fn new(value: Value<'a>) -> Self {
        Self { value, note: "".into(), links: Vec::new(), buttons: Vec::new(), class: "" }
    }

    /// Words; none are drawn as a dash.
    pub fn text(text: impl Into<Str<'a>>) -> Self {
        let text = text.into();
        Self::new(if text.is_empty() { Value::Missing } else { Value::Text(text) })
    }

    /// A link.
    pub fn link(text: impl Into<Str<'a>>, href: impl Into<Str<'a>>) -> Self {
        Self::new(Value::Link(Link::new(text, href)))
    }

    /// Several links; none are drawn as a dash.
    pub fn links(links: Vec<Link<'a>>) -> Self {
        let value = if links.is_empty() { Value::Missing } else { Value::Text("".into()) };
        Self { links, ..Self::new(value) }
    }

    /// A state.
    pub fn tag(tag: Tag<'a>) -> Self {
        Self::new(Value::Tag(tag))
    }

    /// Nothing but buttons.
    pub fn buttons(buttons: Vec<Button<'a>>) -> Self {
        Self { buttons, class: "r", ..Self::new(Value::Text("".into())) }
    }

    /// Whether nothing at all stands in it; a phone leaves it out.
    fn is_void(&self) -> bool {
        let says_nothing = match &self.value {
            Value::Missing => true,
            Value::Text(text) => text.is_empty(),
            _ => false,
        };
        says_nothing && self.note.is_empty() && self.links.is_empty() && self.buttons.is_empty()
    }

    /// The same cell with a quieter line below.
    #[must_use]
    pub fn note(self, note: impl Into<Str<'a>>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// The same cell with a class.
    #[must_use]
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }
}

/// How wide the columns of a table are, and what becomes of it on a phone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TableForm {
    /// As wide as their words; a block for each row on a phone.
    #[default]
    Free,
    /// Units: the same widths in every table of the page; a block for each row on a phone.
    Units,
    /// Courses of a plan: the same widths in every table of the page, and a table on a phone, too.
    Plan,
}

impl TableForm {
    fn class(self) -> &'static str {
        match self {
            Self::Free => "fold",
            Self::Units => "fold units",
            Self::Plan => "plan",
        }
    }
}

/// A table with what is said when it has no rows.
#[derive(Clone, Debug, Default)]
pub struct Table<'a> {
    /// The heads.
    pub columns: Vec<Column<'a>>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell<'a>>>,
    /// Said when there is no row.
    pub empty: Empty<'a>,
    /// How it is drawn.
    pub form: TableForm,
}

impl Table<'_> {
    /// The title of a column as a phone says it before each cell; buttons speak for themselves.
    fn label(&self, place: &usize) -> &str {
        let column = self.columns.get(*place).filter(|column| !column.quiet);
        column.map_or("", |column| column.label.as_ref())
    }
}

/// A part of a card.
#[derive(Clone, Debug)]
pub enum Part<'a> {
    /// Labels and values.
    Facts(Vec<Fact<'a>>),
    /// A table.
    Table(Table<'a>),
    /// What can be done.
    Actions(Vec<Action<'a>>),
    /// A message.
    Note(Note<'a>),
    /// Said where there is nothing.
    Empty(Empty<'a>),
    /// The reader's settings, to be changed.
    Settings,
}

/// A titled box.
#[derive(Clone, Debug, Default)]
pub struct Card<'a> {
    /// Its anchor; letters, digits and hyphens.
    pub id: Str<'a>,
    /// Its title.
    pub title: Str<'a>,
    /// Beside the title: the whole list, or with an empty address a short word.
    pub aside: Link<'a>,
    /// What it shows.
    pub parts: Vec<Part<'a>>,
    /// Below it.
    pub buttons: Vec<Button<'a>>,
}

impl<'a> Card<'a> {
    /// A card with one part.
    pub fn new(id: impl Into<Str<'a>>, title: impl Into<Str<'a>>, part: Part<'a>) -> Self {
        Self { id: id.into(), title: title.into(), parts: vec![part], ..Self::default() }
    }

    /// The same card with the way to the whole list.
    #[must_use]
    pub fn aside(self, text: impl Into<Str<'a>>, href: impl Into<Str<'a>>) -> Self {
        Self { aside: Link::new(text, href), ..self }
    }

    /// The same card with one more button below it.
    #[must_use]
    pub fn button(mut self, button: Button<'a>) -> Self {
        self.buttons.push(button);
        self
    }
}

/// A page made of cards.
#[derive(Template)]
#[template(path = "pages/cards/cards.html")]
pub struct CardsPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has; set `counter_in_page` when `counter` is true.
    pub shell: &'a Shell<'a>,
    /// The large counter field above the cards.
    pub counter: bool,
    /// The way here; empty draws none.
    pub crumbs: Vec<Link<'a>>,
    /// The title that is read, often the frame's.
    pub heading: Str<'a>,
    /// A line below it; empty for none.
    pub lead: Str<'a>,
    /// Beside the title.
    pub buttons: Vec<Button<'a>>,
    /// What must be read first.
    pub notes: Vec<Note<'a>>,
    /// Counts; empty draws none.
    pub figures: Vec<Figure<'a>>,
    /// Ways to other views of the same thing; empty draws none.
    pub tabs: Vec<Tab<'a>>,
    /// The wide column.
    pub main: Vec<Card<'a>>,
    /// The narrow one; empty leaves the whole width to the other.
    pub side: Vec<Card<'a>>,
}

/// A list with filters in its URL, read page by page.
#[derive(Template)]
#[template(path = "pages/cards/list.html")]
pub struct ListPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here; empty draws none.
    pub crumbs: Vec<Link<'a>>,
    /// A line below the title; empty for none.
    pub lead: Str<'a>,
    /// Beside the title.
    pub buttons: Vec<Button<'a>>,
    /// Where the filters lead; empty draws none.
    pub action: Str<'a>,
    /// What is wrong with the filters.
    pub errors: Vec<FieldError<'a>>,
    /// The filters.
    pub filters: Vec<Filter<'a>>,
    /// Filters in force, each removable.
    pub chips: Vec<Chip<'a>>,
    /// The list without any filter; used when there are chips, and empty where one of them always holds.
    pub clear: Str<'a>,
    /// The rows.
    pub table: Table<'a>,
    /// The list from the next row on; empty at the end.
    pub more: Str<'a>,
}

impl ListPage<'_> {
    fn kept(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }
}

/// A one-time link as it is handed over: on the screen and as a slip of paper.
#[derive(Template)]
#[template(path = "pages/accounts/link.html")]
pub struct LinkPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// Whose it is.
    pub name: Str<'a>,
    /// With which user name its holder signs in afterwards.
    pub user: Str<'a>,
    /// The whole address.
    pub url: Str<'a>,
    /// Until when it can be used.
    pub until: Str<'a>,
    /// The page to go on to.
    pub back: Link<'a>,
}

/// An API token as it is handed over, once.
#[derive(Template)]
#[template(path = "pages/accounts/token.html")]
pub struct TokenPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// What its owner calls it.
    pub name: Str<'a>,
    /// What it may do and until when.
    pub facts: Vec<Fact<'a>>,
    /// The token.
    pub token: Str<'a>,
    /// The page to go on to.
    pub back: Link<'a>,
}
