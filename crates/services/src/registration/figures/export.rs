//! The figures as a file.

use domain::enrolments::EntryKind;

use super::{FigureQuery, Totals, absentees::absentees, figures, note};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    students::export::ExportForm,
    table_file::{self, TableCell},
};

/// Headings and words of the file of figures; the caller brings them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureWords {
    /// Name of the sheet.
    pub title: String,
    /// Headings: code, programme, year, way of entry, last day, seats, then the counts in the order of [`Totals::cells`].
    pub headings: Vec<String>,
    /// The word of each way of entry, in the order of `EntryKind::ALL`.
    pub entry_kinds: Vec<String>,
    /// The word for all together.
    pub total: String,
    /// Whether names of programmes are English.
    pub english: bool,
}

/// The figures of a filter as a file, with the totals in the last row.
///
/// # Errors
/// As [`figures()`].
pub async fn export_figures(
    office: &Office,
    actor: &Actor,
    query: FigureQuery,
    form: ExportForm,
    words: FigureWords,
) -> Result<Vec<u8>> {
    let found = figures(office, actor, query).await?;
    let widths = [14, 34, 8, 26, 12, 12].into_iter().chain(std::iter::repeat(12));
    let columns: Vec<(String, u32)> = words.headings.into_iter().zip(widths).collect();
    let numbers = |totals: &Totals| totals.cells().into_iter().map(TableCell::Whole).collect::<Vec<_>>();
    let entry = |kind: EntryKind| {
        let place = EntryKind::ALL.iter().position(|known| *known == kind);
        place.and_then(|place| words.entry_kinds.get(place).cloned()).unwrap_or_default()
    };
    let mut rows: Vec<Vec<TableCell>> = found
        .rows
        .iter()
        .map(|row| {
            let name = if words.english { &row.name.en } else { &row.name.tr };
            let day = row.closes_on.map(base::time::date_tr);
            let mut cells = vec![
                TableCell::Text(row.code.clone()),
                TableCell::Text(name.clone()),
                TableCell::Whole(i64::from(row.year)),
                TableCell::Text(entry(row.entry_kind)),
                day.map_or(TableCell::Empty, TableCell::Text),
                row.quota.map_or(TableCell::Empty, TableCell::Whole),
            ];
            cells.extend(numbers(&row.counts));
            cells
        })
        .collect();
    let mut last = vec![
        TableCell::Text(words.total),
        TableCell::Empty,
        found.year.map_or(TableCell::Empty, |year| TableCell::Whole(i64::from(year))),
        TableCell::Empty,
        TableCell::Empty,
        TableCell::Empty,
    ];
    last.extend(numbers(&found.totals));
    rows.push(last);
    table_file::write(form, &words.title, &columns, rows.into_iter())
}

/// Headings of the file of those who did not register: surname, given name, programme, year, way of entry, telephone,
/// e-mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AbsenteeWords {
    /// Name of the sheet.
    pub title: String,
    /// The headings.
    pub headings: [String; 7],
    /// The word of each way of entry, in the order of `EntryKind::ALL`.
    pub entry_kinds: Vec<String>,
}

/// The same list as a file, all of it, with how to reach them.
///
/// # Errors
/// [`ServiceError::Forbidden`] for roles that may not take lists out.
pub async fn export_absentees(
    office: &Office,
    actor: &Actor,
    query: FigureQuery,
    form: ExportForm,
    words: AbsenteeWords,
) -> Result<Vec<u8>> {
    if !actor.may(Action::ExportStudents) {
        return Err(ServiceError::Forbidden(Action::ExportStudents));
    }
    let found = absentees(office, actor, query, None, u32::MAX).await?;
    let widths = [20, 20, 14, 8, 26, 16, 30];
    let columns: Vec<(String, u32)> = words.headings.into_iter().zip(widths).collect();
    let rows = found.iter().map(|candidate| {
        let data = &candidate.data;
        let place = EntryKind::ALL.iter().position(|known| *known == data.entry_kind);
        let entry = place.and_then(|place| words.entry_kinds.get(place).cloned()).unwrap_or_default();
        let text = |text: &str| TableCell::Text(text.to_owned());
        vec![
            text(&data.surname),
            text(&data.given_name),
            text(&candidate.programme_code),
            TableCell::Whole(i64::from(data.year)),
            TableCell::Text(entry),
            text(&data.phone),
            text(&data.email),
        ]
    });
    let bytes = table_file::write(form, &words.title, &columns, rows)?;
    note(office, actor, "export_candidates", found.len().to_string())?;
    Ok(bytes)
}
