//! What stands around a page: settings of the reader, bar, navigation.

use super::form::Choice;
use super::{Link, Note, Str};

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the reader's system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the picker.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Value of `data-theme`, of the picker's button and of the stored setting.
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a code, if it is one of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// How one reader wants pages to look and behave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// Light or dark.
    pub theme: Theme,
    /// 16 px and taller rows instead of 14 px.
    pub comfortable: bool,
    /// More contrast, whatever the system says.
    pub contrast: bool,
    /// Single letters press buttons; WCAG 2.1.4 wants a way to turn this off.
    pub letter_keys: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { theme: Theme::System, comfortable: false, contrast: false, letter_keys: true }
    }
}

/// What every page has, signed in or not.
#[derive(Clone, Debug, Default)]
pub struct Frame<'a> {
    /// Title of the page, without the product's name.
    pub title: Str<'a>,
    /// The reader's settings.
    pub look: Look,
    /// The reader has nothing here but the own record: settings of desks are left out.
    pub own: bool,
    /// Token of the page's forms.
    pub csrf: Str<'a>,
    /// Path and query of this page, where the pickers return to.
    pub here: Str<'a>,
    /// Name of the university, for public pages and prints.
    pub institution: Str<'a>,
    /// Who printed it and when, for the head of prints; empty leaves the line out.
    pub printed: Str<'a>,
    /// What the last act did, said once.
    pub flash: Option<Note<'a>>,
}

/// A work of the left navigation.
#[derive(Clone, Debug, Default)]
pub struct NavItem<'a> {
    /// Symbol in `icons.svg`.
    pub icon: &'static str,
    /// Its name.
    pub label: Str<'a>,
    /// Its page.
    pub href: Str<'a>,
    /// What waits there; empty for nothing.
    pub count: Str<'a>,
    /// The page being read belongs to it.
    pub current: bool,
}

/// Something chosen once and always visible: the unit, the term.
#[derive(Clone, Debug, Default)]
pub struct Chooser<'a> {
    /// Name of the field posted to `/tercih`.
    pub field: &'static str,
    /// "Birim", "Dönem".
    pub label: Str<'a>,
    /// What is chosen, short.
    pub current: Str<'a>,
    /// What may be chosen; one or none draws plain words.
    pub choices: Vec<Choice<'a>>,
}

/// What a signed-in page has around it.
#[derive(Clone, Debug, Default)]
pub struct Shell<'a> {
    /// Short name, as in "S. Tunalı".
    pub user: Str<'a>,
    /// Full name, title and role, for the menu.
    pub user_note: Str<'a>,
    /// Unit and term.
    pub context: Vec<Chooser<'a>>,
    /// The works of this role.
    pub nav: Vec<NavItem<'a>>,
    /// What stands in the counter field.
    pub query: Str<'a>,
    /// Whether this role may search students at all.
    pub counter: bool,
    /// The page has the large counter field itself, so the bar leaves its own out.
    pub counter_in_page: bool,
    /// Links of the user menu above the settings: account, own access log.
    pub links: Vec<Link<'a>>,
    /// The pages of the work being read, where it has several.
    pub ways: Vec<Link<'a>>,
    /// The address of the one being read; empty for none.
    pub way: Str<'a>,
    /// Why what was sent has to wait, above the page's own words.
    pub notice: Option<Note<'a>>,
}
