//! The view structs that the template macros take: plain data, already worded and formatted.
//!
//! A handler fills them, a macro of `templates/components/` draws them. They must never contain a
//! domain type, a query or a decision; `DESIGN.md` shows every macro with an example.

use std::borrow::Cow;

pub mod form;
pub mod frame;
pub mod list;
pub mod record;
pub mod samples;

/// Text that a page borrows or owns; `"…".into()` and `String::into()` both make one.
pub type Str<'a> = Cow<'a, str>;

/// The five meanings that have an icon and a colour; the word beside them is the caller's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum State {
    /// Met, valid, finished, free of debt.
    Ok,
    /// Not met, refused, cancelled, late.
    No,
    /// A person must look: judgement, warning, waiting for a signature.
    Ask,
    /// Does not apply, superseded, closed, not checked.
    #[default]
    Na,
    /// Plain information.
    Info,
}

impl State {
    /// All of them, in the order in which the gallery shows them.
    pub const ALL: [Self; 5] = [Self::Ok, Self::No, Self::Ask, Self::Na, Self::Info];

    /// The CSS class, which is the symbol's name in `icons.svg` too.
    pub const fn css(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::No => "no",
            Self::Ask => "ask",
            Self::Na => "na",
            Self::Info => "info",
        }
    }

    /// The CSS class that gives its colour to anything.
    pub const fn ink(self) -> &'static str {
        match self {
            Self::Ok => "c-ok",
            Self::No => "c-no",
            Self::Ask => "c-ask",
            Self::Na => "c-na",
            Self::Info => "c-info",
        }
    }
}

/// A state with its word.
#[derive(Clone, Debug, Default)]
pub struct Tag<'a> {
    /// Icon and colour.
    pub state: State,
    /// The word, such as "Aktif öğrenci".
    pub word: Str<'a>,
    /// Another symbol than the state's; empty for the state's own.
    pub symbol: &'static str,
}

impl<'a> Tag<'a> {
    /// A tag of any state.
    pub fn new(state: State, word: impl Into<Str<'a>>) -> Self {
        Self { state, word: word.into(), symbol: "" }
    }

    /// A day or an hour to keep.
    pub fn time(word: impl Into<Str<'a>>) -> Self {
        Self { symbol: "clock", ..Self::new(State::Info, word) }
    }

    /// The symbol in `icons.svg`.
    pub fn icon(&self) -> &'static str {
        if self.symbol.is_empty() { self.state.css() } else { self.symbol }
    }

    /// Met, valid, in order.
    pub fn ok(word: impl Into<Str<'a>>) -> Self {
        Self::new(State::Ok, word)
    }

    /// Not met, cancelled, late.
    pub fn no(word: impl Into<Str<'a>>) -> Self {
        Self::new(State::No, word)
    }

    /// Needs a person.
    pub fn ask(word: impl Into<Str<'a>>) -> Self {
        Self::new(State::Ask, word)
    }

    /// Does not apply, closed, superseded.
    pub fn na(word: impl Into<Str<'a>>) -> Self {
        Self::new(State::Na, word)
    }

    /// Information.
    pub fn info(word: impl Into<Str<'a>>) -> Self {
        Self::new(State::Info, word)
    }
}

/// A link with its words.
#[derive(Clone, Debug, Default)]
pub struct Link<'a> {
    /// What is read.
    pub text: Str<'a>,
    /// Where it leads.
    pub href: Str<'a>,
}

impl<'a> Link<'a> {
    /// A link to `href`.
    pub fn new(text: impl Into<Str<'a>>, href: impl Into<Str<'a>>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// The paper or article on which a fact rests; drawn with the § mark.
#[derive(Clone, Debug, Default)]
pub struct Ground<'a> {
    /// Short citation, such as "EÖS Yön. m.24/1" or "YK kararı 05.02.2026, 2026/04-11".
    pub text: Str<'a>,
    /// Page that shows its text; empty where there is none to open.
    pub href: Str<'a>,
    /// Small words beside it, such as the file of an earlier system; empty for none.
    pub beside: Str<'a>,
}

impl<'a> Ground<'a> {
    /// A ground whose text can be opened.
    pub fn linked(text: impl Into<Str<'a>>, href: impl Into<Str<'a>>) -> Self {
        Self { text: text.into(), href: href.into(), beside: "".into() }
    }

    /// A ground that is only named.
    pub fn named(text: impl Into<Str<'a>>) -> Self {
        Self::linked(text, "")
    }

    /// The same ground with small words beside it.
    #[must_use]
    pub fn beside(self, words: impl Into<Str<'a>>) -> Self {
        Self { beside: words.into(), ..self }
    }
}

/// A figure that opens to its arithmetic.
#[derive(Clone, Debug, Default)]
pub struct Why<'a> {
    /// The figure as it is read.
    pub value: Str<'a>,
    /// Unique on the page; letters, digits and hyphens.
    pub id: Str<'a>,
    /// Heading of the explanation, such as "AGNO nasıl hesaplandı".
    pub title: Str<'a>,
    /// The arithmetic, a step per line; empty draws the bare figure.
    pub lines: Vec<Str<'a>>,
    /// The rule that was applied.
    pub ground: Option<Ground<'a>>,
}

impl<'a> Why<'a> {
    /// A figure without an explanation.
    pub fn bare(value: impl Into<Str<'a>>) -> Self {
        Self { value: value.into(), ..Self::default() }
    }
}

/// What may stand as the value of a fact.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Words or numbers.
    Text(Str<'a>),
    /// An e-mail address, which may be broken after its @.
    Mail(Str<'a>),
    /// A link.
    Link(Link<'a>),
    /// A figure with its arithmetic.
    Why(Why<'a>),
    /// A state.
    Tag(Tag<'a>),
    /// Nothing is recorded; drawn as a dash that is read out as "kayıt yok".
    Missing,
}

/// A label with its value.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// What it is.
    pub label: Str<'a>,
    /// The value.
    pub value: Value<'a>,
    /// A quieter line below; empty for none.
    pub note: Str<'a>,
    /// What the fact rests on.
    pub ground: Option<Ground<'a>>,
    /// How the thing named stands, before the quieter line.
    pub state: Option<Tag<'a>>,
}

impl<'a> Fact<'a> {
    /// A fact of any value.
    pub fn new(label: impl Into<Str<'a>>, value: Value<'a>) -> Self {
        Self { label: label.into(), value, note: "".into(), ground: None, state: None }
    }

    /// A fact in words; an empty text is shown as missing.
    pub fn text(label: impl Into<Str<'a>>, text: impl Into<Str<'a>>) -> Self {
        let text = text.into();
        let value = if text.is_empty() { Value::Missing } else { Value::Text(text) };
        Self::new(label, value)
    }

    /// A fact that opens to its arithmetic.
    pub fn why(label: impl Into<Str<'a>>, why: Why<'a>) -> Self {
        Self::new(label, Value::Why(why))
    }

    /// A fact that is a state.
    pub fn tag(label: impl Into<Str<'a>>, tag: Tag<'a>) -> Self {
        Self::new(label, Value::Tag(tag))
    }

    /// A fact that leads elsewhere.
    pub fn link(label: impl Into<Str<'a>>, text: impl Into<Str<'a>>, href: impl Into<Str<'a>>) -> Self {
        Self::new(label, Value::Link(Link::new(text, href)))
    }

    /// The same fact with a quieter line below.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<Str<'a>>) -> Self {
        self.note = note.into();
        self
    }

    /// The same fact with how the thing named stands.
    #[must_use]
    pub fn with_state(mut self, state: Tag<'a>) -> Self {
        self.state = Some(state);
        self
    }

    /// The same fact with the paper it rests on.
    #[must_use]
    pub fn with_ground(mut self, ground: Ground<'a>) -> Self {
        self.ground = Some(ground);
        self
    }
}

/// Weight of a button; a page has one [`Weight::Main`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Weight {
    /// The one filled button of the page.
    Main,
    /// Outlined.
    #[default]
    Plain,
    /// Words alone.
    Quiet,
    /// Outlined in the colour of refusal: cancels, closes, takes away.
    Danger,
}

impl Weight {
    /// The CSS class beside `btn`.
    pub const fn css(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Plain => "plain",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// A button: a link, or a form of its own where it changes something.
#[derive(Clone, Debug, Default)]
pub struct Button<'a> {
    /// What happens, as a verb.
    pub label: Str<'a>,
    /// Where it leads or posts.
    pub href: Str<'a>,
    /// Posts a small form with the page's CSRF token instead of following a link.
    pub post: bool,
    /// Hidden fields of that form.
    pub fields: Vec<(Str<'a>, Str<'a>)>,
    /// Symbol in `icons.svg`; empty for none.
    pub icon: &'static str,
    /// The letter that presses it; empty for none.
    pub key: &'static str,
    /// How heavy it is.
    pub weight: Weight,
    /// 26 px instead of 34 px, for rows.
    pub small: bool,
    /// Said by a screen reader after the label where the label alone repeats ("Bas": "Öğrenci belgesi").
    pub about: Str<'a>,
}

impl<'a> Button<'a> {
    /// A link drawn as a button.
    pub fn link(label: impl Into<Str<'a>>, href: impl Into<Str<'a>>) -> Self {
        Self { label: label.into(), href: href.into(), ..Self::default() }
    }

    /// A button that posts to `href`.
    pub fn post(label: impl Into<Str<'a>>, href: impl Into<Str<'a>>) -> Self {
        Self { post: true, ..Self::link(label, href) }
    }

    /// The same button with another weight.
    #[must_use]
    pub fn weight(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }

    /// The same button, small.
    #[must_use]
    pub fn small(self) -> Self {
        Self { small: true, ..self }
    }

    /// The same button, pressed by a letter.
    #[must_use]
    pub fn key(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    /// The same button with a symbol before its label.
    #[must_use]
    pub fn icon(self, icon: &'static str) -> Self {
        Self { icon, ..self }
    }

    /// The same button with words that only a screen reader says.
    #[must_use]
    pub fn about(self, about: impl Into<Str<'a>>) -> Self {
        Self { about: about.into(), ..self }
    }

    /// The same button with one more hidden field.
    #[must_use]
    pub fn field(mut self, name: impl Into<Str<'a>>, value: impl Into<Str<'a>>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }
}

/// A message in the page: what happened or what to mind, with a way on.
#[derive(Clone, Debug, Default)]
pub struct Note<'a> {
    /// `Info`, `Ask` for a warning, `No` for an error, `Ok` for success.
    pub state: State,
    /// One bold sentence.
    pub title: Str<'a>,
    /// More words; empty for none.
    pub text: Str<'a>,
    /// What to do next.
    pub links: Vec<Link<'a>>,
}

impl<'a> Note<'a> {
    /// A message without links.
    pub fn new(state: State, title: impl Into<Str<'a>>, text: impl Into<Str<'a>>) -> Self {
        Self { state, title: title.into(), text: text.into(), links: Vec::new() }
    }

    /// The same message with one more link.
    #[must_use]
    pub fn with_link(mut self, text: impl Into<Str<'a>>, href: impl Into<Str<'a>>) -> Self {
        self.links.push(Link::new(text, href));
        self
    }
}

/// Said where a list has nothing to show: kindly, and with a way on.
#[derive(Clone, Debug, Default)]
pub struct Empty<'a> {
    /// Symbol in `icons.svg`.
    pub icon: &'static str,
    /// What is so.
    pub title: Str<'a>,
    /// What to do about it; empty for none.
    pub text: Str<'a>,
    /// The way on.
    pub button: Option<Button<'a>>,
}

impl<'a> Empty<'a> {
    /// An empty state without a button.
    pub fn new(icon: &'static str, title: impl Into<Str<'a>>, text: impl Into<Str<'a>>) -> Self {
        Self { icon, title: title.into(), text: text.into(), button: None }
    }
}

/// A big number with its meaning; a link where the things counted can be listed.
#[derive(Clone, Debug, Default)]
pub struct Figure<'a> {
    /// The number.
    pub number: Str<'a>,
    /// What it counts.
    pub label: Str<'a>,
    /// The list of what it counts; empty for none.
    pub href: Str<'a>,
}

/// A filter or a choice of a list, kept in the URL.
#[derive(Clone, Debug, Default)]
pub struct Chip<'a> {
    /// What it shows or removes.
    pub label: Str<'a>,
    /// How many rows it has; empty for none.
    pub count: Str<'a>,
    /// The list with this chip chosen, or without it where it can be removed.
    pub href: Str<'a>,
    /// Whether it is in force.
    pub current: bool,
    /// Drawn with a cross: following it takes the filter away.
    pub removable: bool,
}

/// A section of the page, reached by its anchor.
#[derive(Clone, Debug, Default)]
pub struct Tab<'a> {
    /// Its title.
    pub label: Str<'a>,
    /// `#` and the section's id, or another page.
    pub href: Str<'a>,
    /// How much stands there; empty for none.
    pub count: Str<'a>,
    /// The one being read.
    pub current: bool,
}

/// Which way a column is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Greatest first.
    Descending,
}

/// The head of a table's column.
#[derive(Clone, Debug, Default)]
pub struct Column<'a> {
    /// Its title.
    pub label: Str<'a>,
    /// Figures: aligned right.
    pub numeric: bool,
    /// The title is for screen readers alone, as over a column of buttons.
    pub quiet: bool,
    /// The list sorted by this column; empty where it cannot be.
    pub href: Str<'a>,
    /// How the list is sorted by it now.
    pub sorted: Option<Direction>,
}

impl<'a> Column<'a> {
    /// A column of words.
    pub fn new(label: impl Into<Str<'a>>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// A column of figures.
    pub fn number(label: impl Into<Str<'a>>) -> Self {
        Self { numeric: true, ..Self::new(label) }
    }

    /// A column whose title is not drawn.
    pub fn quiet(label: impl Into<Str<'a>>) -> Self {
        Self { quiet: true, ..Self::new(label) }
    }

    /// The same column, sortable.
    #[must_use]
    pub fn sortable(self, href: impl Into<Str<'a>>, sorted: Option<Direction>) -> Self {
        Self { href: href.into(), sorted, ..self }
    }

    /// The value of `aria-sort`; empty where the list is not sorted by this column.
    pub fn aria_sort(&self) -> &'static str {
        match self.sorted {
            None => "",
            Some(Direction::Ascending) => "ascending",
            Some(Direction::Descending) => "descending",
        }
    }
}
