//! Exactly what a certificate of participation shows.

use serde::Serialize;

use crate::documents::common::{SessionLine, Study};

/// The body of the paper; letterhead, number, signature and foot come with the frame. Who it is stands in it by number
/// and name alone: nothing else of a person belongs on a certificate that is shown around.
#[derive(Clone, Debug, Serialize)]
pub struct ParticipationCertificate {
    /// Given names and SURNAME.
    pub name: String,
    /// The enrolment.
    pub study: Study,
    /// What is certified, a whole sentence.
    pub statement: String,
    /// What he or she came to.
    pub attended: Vec<AttendedOrientation>,
}

/// One orientation with the sessions come to.
#[derive(Clone, Debug, Serialize)]
pub struct AttendedOrientation {
    /// What it is called, with the unit that held it.
    pub title: String,
    /// The sessions come to, in order of time.
    pub sessions: Vec<SessionLine>,
    /// That handbook and regulations were read, a whole sentence.
    pub acknowledged: Option<String>,
}
