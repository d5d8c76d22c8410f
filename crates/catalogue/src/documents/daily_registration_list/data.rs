//! Exactly what the registration list of a day shows.

use serde::Serialize;

/// The body of the list; letterhead, number, signature and foot come with the frame. It names people by number and
/// name alone.
#[derive(Clone, Debug, Serialize)]
pub struct DailyRegistrationList {
    /// The unit.
    pub unit: String,
    /// The day.
    pub day: String,
    /// The registrations, by programme and number.
    pub rows: Vec<ListLine>,
    /// The counts by programme.
    pub counts: Vec<CountLine>,
    /// All of them together.
    pub total: CountLine,
}

/// One registration.
#[derive(Clone, Debug, Serialize)]
pub struct ListLine {
    /// Student number.
    pub number: String,
    /// Given names and SURNAME.
    pub name: String,
    /// Programme.
    pub programme: String,
    /// Final or provisional, in words.
    pub kind: String,
    /// Who registered.
    pub by: String,
}

/// Counts of a programme, or of all.
#[derive(Clone, Debug, Serialize)]
pub struct CountLine {
    /// Programme, or the word for all.
    pub name: String,
    /// Final registrations.
    pub finally: String,
    /// Provisional ones.
    pub provisionally: String,
    /// Both together.
    pub all: String,
}
