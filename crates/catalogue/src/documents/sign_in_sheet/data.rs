//! Exactly what the sign-in sheet of a session shows.

use serde::Serialize;

use crate::documents::common::SessionLine;

/// The body of the sheet; letterhead, number and foot come with the frame. It names people by number and name alone,
/// because it goes from hand to hand.
#[derive(Clone, Debug, Serialize)]
pub struct SignInSheet {
    /// The unit.
    pub unit: String,
    /// What the orientation is called.
    pub orientation: String,
    /// The session.
    pub session: SessionLine,
    /// Whom it expects, in Turkish order of the names.
    pub lines: Vec<SignInLine>,
    /// Empty lines at the end, for who came without being expected.
    pub spare: usize,
}

/// One line to be signed.
#[derive(Clone, Debug, Serialize)]
pub struct SignInLine {
    /// Student number.
    pub number: String,
    /// Given names and SURNAME.
    pub name: String,
    /// Code of the programme.
    pub programme: String,
}
