//! Exactly what the notice of an orientation shows.

use serde::Serialize;

use crate::documents::common::SessionLine;

/// The body of the notice; letterhead, number, signature and foot come with the frame. It names no student.
#[derive(Clone, Debug, Serialize)]
pub struct OrientationNotice {
    /// What the orientation is called.
    pub orientation: String,
    /// Who is invited, a whole sentence.
    pub invitation: String,
    /// The sessions that are still to come or run, in order of time.
    pub sessions: Vec<SessionLine>,
    /// Where students see the programme and answer.
    pub portal: String,
}
