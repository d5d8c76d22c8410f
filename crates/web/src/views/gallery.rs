//! `/bilesenler`: every component in every state. Served in the demo alone.

use askama::Template;

use crate::components::frame::{Frame, Shell};
use crate::components::samples::Samples;
use crate::texts::Texts;

/// The symbols of `icons.svg`, in its order; a test compares the two.
pub const ICONS: &[&str] = &[
    "ok",
    "no",
    "ask",
    "na",
    "info",
    "warn",
    "wait",
    "clock",
    "list",
    "cap",
    "desk",
    "petition",
    "board",
    "doc",
    "log",
    "chart",
    "set",
    "book",
    "users",
    "unit",
    "inbox",
    "law",
    "shield",
    "shield-no",
    "shield-ask",
    "find",
    "plus",
    "close",
    "check",
    "edit",
    "trash",
    "print",
    "download",
    "upload",
    "copy",
    "undo",
    "refresh",
    "send",
    "filter",
    "sort",
    "up",
    "down",
    "left",
    "right",
    "open",
    "menu",
    "out",
    "calendar",
    "photo",
    "file",
    "folder",
    "note",
    "mail",
    "phone",
    "pin",
    "key",
    "lock",
    "eye",
    "history",
    "link",
    "qr",
    "mark",
];

/// The colour tokens of `tokens.css` that the gallery shows.
pub const COLOURS: &[&str] = &[
    "ink",
    "ink-raised",
    "ink-line",
    "on-ink",
    "on-ink-soft",
    "paper",
    "surface",
    "sunken",
    "hover",
    "selected",
    "text",
    "text-soft",
    "line",
    "line-strong",
    "link",
    "accent",
    "on-accent",
    "focus",
    "ok",
    "ok-bg",
    "no",
    "no-bg",
    "ask",
    "ask-bg",
    "na",
    "na-bg",
    "info",
    "info-bg",
];

/// The gallery.
#[derive(Template)]
#[template(path = "pages/gallery.html")]
pub struct GalleryPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The samples, in the language of `t`.
    pub s: Samples,
}
