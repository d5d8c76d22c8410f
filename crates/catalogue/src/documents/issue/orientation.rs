//! A session of an orientation, as papers tell of it.

use base::{
    lang::Lang,
    time::{date_time_tr, time_tr},
};
use domain::orientation::PlannedSession;

use super::name;
use crate::documents::{Texts, common::SessionLine};

/// One line of a programme: `14.09.2026 10.00–11.30`.
pub(in crate::documents) fn session_line(session: &PlannedSession, texts: &Texts, lang: Lang) -> SessionLine {
    SessionLine {
        title: name(&session.title, lang),
        note: session.is_repeat.then(|| texts.label(lang, "session-repeat").to_owned()),
        time: format!("{}–{}", date_time_tr(session.starts_at), time_tr(session.ends_at)),
        place: session.place.clone(),
        speaker: Some(session.speaker.clone()).filter(|speaker| !speaker.trim().is_empty()),
    }
}
