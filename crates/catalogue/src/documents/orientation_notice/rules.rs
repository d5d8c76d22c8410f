//! Whether there is something to give notice of: a session that is not over.
//!
//! Not modelled: how long before it a notice has to hang; nothing of that was read.

use base::time::Date;
use domain::orientation::{OrientationProgramme, PlannedSession};
use regulations::{Book, Finding, Findings, Verdict};

/// The sessions that are not over.
pub(super) fn ahead(programme: &OrientationProgramme) -> impl Iterator<Item = &PlannedSession> {
    programme.sessions.iter().filter(|session| session.ends_at > programme.at)
}

/// A notice tells of what is still to come.
pub(super) fn check(programme: &OrientationProgramme, _book: &Book, _today: Date) -> Findings {
    let ahead = ahead(programme).count();
    Findings::from(vec![match (ahead, programme.sessions.is_empty()) {
        (0, true) => Finding::new(Verdict::Refuses, "orientation-notice-empty"),
        (0, false) => Finding::new(Verdict::Refuses, "orientation-notice-over"),
        _ => Finding::new(Verdict::Satisfied, "orientation-notice-sessions")
            .value("sessions", ahead.to_string()),
    }])
}
