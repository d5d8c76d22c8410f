//! From a day's registrations to the data of the list.

use base::time::date_tr;
use domain::registration::{DayList, ProgrammeCount};
use regulations::{Book, When};

use super::{CountLine, DailyRegistrationList, ListLine, texts};
use crate::documents::issue::{ComposeError, IssueFacts, frame_at, name};

/// The data of one list.
pub(super) fn issue(list: &DayList, book: &Book, facts: &IssueFacts) -> Result<Vec<u8>, ComposeError> {
    let (lang, texts) = (facts.lang, texts());
    let counts = list.counts();
    let line = |name: String, counts: &[ProgrammeCount]| {
        let finally: usize = counts.iter().map(|count| count.finally).sum();
        let provisionally: usize = counts.iter().map(|count| count.provisionally).sum();
        CountLine {
            name,
            finally: finally.to_string(),
            provisionally: provisionally.to_string(),
            all: (finally + provisionally).to_string(),
        }
    };
    let body = DailyRegistrationList {
        unit: name(&list.unit, lang),
        day: date_tr(list.day),
        rows: list
            .rows
            .iter()
            .map(|row| ListLine {
                number: row.number.clone(),
                name: row.name.clone(),
                programme: name(&row.programme, lang),
                kind: texts
                    .label(lang, if row.is_provisional { "provisionally" } else { "finally" })
                    .to_owned(),
                by: row.made_by.clone(),
            })
            .collect(),
        total: line(texts.label(lang, "total").to_owned(), &counts),
        counts: counts
            .iter()
            .map(|count| line(name(&count.programme, lang), std::slice::from_ref(count)))
            .collect(),
    };
    let when = When { on: facts.date, entry_year: list.day.year() };
    Ok(super::compose(lang, &frame_at(when, book, facts, texts), &body)?)
}
