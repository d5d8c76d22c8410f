//! Orientation: what is planned, who came, and what people thought of it.

mod feedback;
mod names;

use base::time::{Date, Timestamp};

pub use self::feedback::{Feedback, FeedbackFigures};
use crate::student_file::Name;

vocabulary! {
    /// How somebody's attendance of a session was noted.
    AttendanceChannel {
        /// Ticked on the list.
        List => "list",
        /// By the student number at the door.
        Number => "number",
        /// By the student's own phone.
        Qr => "qr",
    }
}

/// A session of an orientation as it is planned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlannedSession {
    /// What it is about.
    pub title: Name,
    /// Where.
    pub place: String,
    /// Who speaks; may be empty.
    pub speaker: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Whether it repeats the programme for those who did not come.
    pub is_repeat: bool,
}

/// An orientation with its programme, as its notice tells of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrientationProgramme {
    /// The unit whose new students are invited.
    pub unit: Name,
    /// Their year of entry.
    pub year: i32,
    /// What it is called.
    pub name: Name,
    /// The sessions in order of time.
    pub sessions: Vec<PlannedSession>,
    /// Where students see the programme and answer.
    pub portal: String,
    /// Now.
    pub at: Timestamp,
}

/// A session with those whom it expects, for signing at the door.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionSheet {
    /// The unit.
    pub unit: Name,
    /// What the orientation is called.
    pub orientation: Name,
    /// The session.
    pub session: PlannedSession,
    /// Whom it expects, in Turkish order of the names.
    pub lines: Vec<SheetLine>,
}

/// Somebody whom a session expects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetLine {
    /// Student number.
    pub number: String,
    /// Given names and SURNAME.
    pub name: String,
    /// Code of the programme.
    pub programme: String,
}

/// What somebody came to of one orientation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TakenPart {
    /// The unit that held it.
    pub unit: Name,
    /// What it is called.
    pub orientation: Name,
    /// The sessions come to, in order of time.
    pub sessions: Vec<PlannedSession>,
    /// Day on which handbook and regulations were acknowledged as read.
    pub acknowledged_on: Option<Date>,
}
