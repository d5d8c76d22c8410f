//! From a student's file to the data of the certificate.

use base::time::date_tr;
use domain::student_file::StudentFile;
use regulations::Book;

use super::{AttendedOrientation, ParticipationCertificate, texts};
use crate::documents::issue::{ComposeError, IssueFacts, frame, name, session_line, study};

/// The data of one certificate.
pub(super) fn issue(file: &StudentFile, book: &Book, facts: &IssueFacts) -> Result<Vec<u8>, ComposeError> {
    let (lang, texts) = (facts.lang, texts());
    let attended: Vec<AttendedOrientation> = file
        .orientations
        .iter()
        .filter(|part| !part.sessions.is_empty())
        .map(|part| AttendedOrientation {
            title: format!("{} – {}", name(&part.orientation, lang), name(&part.unit, lang)),
            sessions: part.sessions.iter().map(|session| session_line(session, texts, lang)).collect(),
            acknowledged: part
                .acknowledged_on
                .map(|day| texts.sentence(lang, "acknowledged", &[("date", &date_tr(day))])),
        })
        .collect();
    let sessions: usize = attended.iter().map(|part| part.sessions.len()).sum();
    if sessions == 0 {
        return Err(ComposeError::NoAttendance);
    }
    let body = ParticipationCertificate {
        name: file.identity.full_name(),
        study: study(file, facts, texts),
        statement: texts.sentence(lang, "statement", &[("n", &sessions.to_string())]),
        attended,
    };
    Ok(super::compose(lang, &frame(file, book, facts, texts), &body)?)
}
