//! Pages of orientation that cards alone cannot draw: the list of a session, and its code.

use askama::Template;

use crate::components::form::{Field, FieldError, Tokens};
use crate::components::frame::{Frame, Shell};
use crate::components::{Button, Column, Empty, Fact, Link, Note, Str};
use crate::texts::Texts;

/// One student of a session's list.
#[derive(Clone, Debug, Default)]
pub struct TickRow<'a> {
    /// Student number.
    pub number: Str<'a>,
    /// Name.
    pub name: Str<'a>,
    /// Code of the programme.
    pub programme: Str<'a>,
    /// Whether attendance is noted.
    pub came: bool,
    /// When and how; empty where it is not.
    pub note: Str<'a>,
}

/// `/oryantasyon/oturum/<id>`: attendance by number and by list. The list posts `vardi` (ticked when it was opened) and
/// `katildi` (ticked now).
#[derive(Template)]
#[template(path = "pages/orientation/session.html")]
pub struct SessionPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// Place and time.
    pub lead: Str<'a>,
    /// Beside the title.
    pub buttons: Vec<Button<'a>>,
    /// What must be read first.
    pub notes: Vec<Note<'a>>,
    /// What is wrong.
    pub errors: Vec<FieldError<'a>>,
    /// CSRF token.
    pub tokens: Tokens<'a>,
    /// Address of this page, where the list is posted.
    pub here: Str<'a>,
    /// Where a number is posted.
    pub door: Str<'a>,
    /// The one field of the door.
    pub number: Field<'a>,
    /// Who was noted last.
    pub latest: Vec<Fact<'a>>,
    /// How many of how many came.
    pub count: Str<'a>,
    /// The heads of the list.
    pub columns: Vec<Column<'a>>,
    /// The list.
    pub rows: Vec<TickRow<'a>>,
    /// Said when nobody is expected.
    pub empty: Empty<'a>,
}

/// `/oryantasyon/oturum/<id>/karekod`: the code that students open on their phones.
#[derive(Template)]
#[template(path = "pages/orientation/code.html")]
pub struct CodePage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// Session, place, time.
    pub lead: Str<'a>,
    /// Address of the picture.
    pub picture: Str<'a>,
    /// The address in the code.
    pub url: Str<'a>,
    /// From when to when it works.
    pub open: Str<'a>,
}
