//! Sealed slips, one below the other, for printing and folding.

use askama::Template;

use crate::{
    components::{
        Link,
        frame::{Frame, Shell},
    },
    texts::Texts,
};

/// One slip.
#[derive(Clone, Debug)]
pub struct SlipLine {
    /// Whose it is.
    pub name: String,
    /// Student number.
    pub number: String,
    /// With which user name its holder signs in afterwards.
    pub user: String,
    /// The whole address.
    pub url: String,
    /// The same address as a QR code, for a phone: a picture, drawn here.
    pub code: String,
    /// Until when it can be used.
    pub until: String,
}

/// The slips of a programme and day, shown once.
#[derive(Template)]
#[template(path = "pages/accounts/slips.html")]
pub struct SlipsPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// The slips.
    pub slips: Vec<SlipLine>,
}
