//! Taking a list of students out as a file, all rows of it.

use std::{borrow::Cow, io::Write};

use base::number::Ects;
use domain::enrolments::EnrolmentStatus;
use rust_xlsxwriter::{Format, Workbook};
use storage::{
    StorageError,
    audit::{AuditRow, shown_list},
    search::StudentRow,
};

use super::{
    columns::{ColumnNames, FileColumn, StudentColumn},
    find::StudentQuery,
};
use crate::{
    Office,
    authz::{self, Action, Actor},
    error::{Result, ServiceError},
};

/// Form of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportForm {
    /// Office Open XML workbook.
    Xlsx,
    /// UTF-8 with a byte-order mark and semicolons, as Turkish spreadsheets open it.
    Csv,
}

/// Column headings and words in the reader's language; the caller brings them.
#[derive(Clone, Debug)]
pub struct ExportWords {
    /// Name of the sheet.
    pub title: String,
    /// The columns of the file with their headings.
    pub columns: Vec<(FileColumn, String)>,
    /// The word of each status, in the order of `EnrolmentStatus::ALL`.
    pub statuses: Vec<String>,
    /// Whether programme names are English and decimals have a dot.
    pub english: bool,
}

/// The list of a query as one file, every row of it, in the list's order, with the columns that `words` names.
///
/// Cells are written as text or numbers, never as formulas; in CSV a text that a spreadsheet would
/// take for a formula gets an apostrophe before it.
///
/// # Errors
/// [`ServiceError::Forbidden`] for roles that may not take lists out.
pub async fn export_students(
    office: &Office,
    actor: &Actor,
    query: StudentQuery,
    form: ExportForm,
    words: ExportWords,
) -> Result<Vec<u8>> {
    let scope = authz::scope(actor, Action::ExportStudents);
    if scope.is_empty() {
        return Err(ServiceError::Forbidden(Action::ExportStudents));
    }
    let today = office.today();
    let filter = query.filter(scope);
    let after_read = office
        .db
        .read_apart(move |db| -> Result<(Vec<u8>, Vec<base::ids::PersonId>)> {
            let mut people = Vec::new();
            let listed: Vec<StudentColumn> = words
                .columns
                .iter()
                .filter_map(|(column, _)| match column {
                    FileColumn::Listed(column) => Some(*column),
                    _ => None,
                })
                .collect();
            let names = ColumnNames::of_all(db, &listed, today)?;
            let mut sheet = Sheet::begin(form, &words)?;
            let mut failed = None;
            storage::search::find(db, &filter)?
                .each(db, None, today, |row| {
                    people.push(row.person);
                    if let Err(error) = sheet.row(&row, &names, &words) {
                        failed = Some(error);
                        return Err(StorageError::Stale);
                    }
                    Ok(())
                })
                .map_err(|error| failed.take().unwrap_or_else(|| error.into()))?;
            Ok((sheet.end()?, people))
        })
        .await?;
    let (bytes, people) = after_read;
    office.reads.note(AuditRow {
        at: office.now(),
        account: Some(actor.account),
        action: Action::ExportStudents.code().to_owned(),
        person: None,
        object_kind: "list",
        object: None,
        detail: query.describe(),
        shown: Some(shown_list(people)),
        reason: None,
        request: actor.request.clone(),
    })?;
    Ok(bytes)
}

enum Sheet {
    Xlsx { workbook: Box<Workbook>, row: u32 },
    Csv(Box<csv::Writer<Vec<u8>>>),
}

/// What stands in a cell.
enum Cell<'a> {
    Text(&'a str),
    Whole(i32),
    /// A figure with a decimal point; empty where it cannot be stated.
    Decimal(Cow<'a, str>),
}

fn cell<'a>(
    student: &'a StudentRow,
    names: &'a ColumnNames,
    words: &'a ExportWords,
    column: FileColumn,
) -> Cell<'a> {
    use StudentColumn as C;
    let column = match column {
        FileColumn::GivenName => return Cell::Text(&student.given_name),
        FileColumn::Surname => return Cell::Text(&student.surname),
        FileColumn::Listed(column) => column,
    };
    match column {
        C::Number => Cell::Text(&student.number),
        C::Name => Cell::Text(&student.surname),
        C::Programme if words.english => Cell::Text(&student.programme_en),
        C::Programme => Cell::Text(&student.programme_tr),
        C::ProgrammeCode => Cell::Text(&student.programme_code),
        C::Unit => {
            Cell::Text(names.unit(student).map_or("", |name| if words.english { &name.en } else { &name.tr }))
        }
        C::Class => Cell::Whole(i32::from(student.class_year)),
        C::Status => Cell::Text(
            EnrolmentStatus::ALL
                .iter()
                .position(|s| *s == student.status)
                .and_then(|i| words.statuses.get(i))
                .map_or("", String::as_str),
        ),
        C::EntryYear => Cell::Whole(student.entry_year),
        C::Advisor => Cell::Text(names.advisor(student)),
        C::Ects => Cell::Decimal(Ects::from_hundredths(student.ects_earned).unwrap_or_default().en().into()),
        C::Agno => Cell::Decimal(student.agno.as_deref().unwrap_or_default().into()),
    }
}

fn port(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Port { port: "export", message: error.to_string() }
}

impl Sheet {
    fn begin(form: ExportForm, words: &ExportWords) -> Result<Self> {
        match form {
            ExportForm::Csv => {
                let mut bytes = Vec::new();
                bytes.write_all("\u{feff}".as_bytes()).map_err(port)?;
                let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(bytes);
                writer.write_record(words.columns.iter().map(|(_, heading)| heading)).map_err(port)?;
                Ok(Self::Csv(Box::new(writer)))
            }
            ExportForm::Xlsx => {
                let mut workbook = Workbook::new();
                let sheet = workbook.add_worksheet_with_constant_memory().map_err(port)?;
                sheet.set_name(&words.title).map_err(port)?;
                sheet.set_freeze_panes(1, 0).map_err(port)?;
                let bold = Format::new().set_bold();
                for (place, (column, heading)) in (0_u16..).zip(&words.columns) {
                    sheet.set_column_width_pixels(place, column.width() * 7).map_err(port)?;
                    sheet.write_string_with_format(0, place, heading, &bold).map_err(port)?;
                }
                Ok(Self::Xlsx { workbook: Box::new(workbook), row: 1 })
            }
        }
    }

    fn row(&mut self, student: &StudentRow, names: &ColumnNames, words: &ExportWords) -> Result<()> {
        let cells = words.columns.iter().map(|(column, _)| cell(student, names, words, *column));
        match self {
            Self::Csv(writer) => {
                for cell in cells {
                    let text = match cell {
                        Cell::Text(text) => inert(text),
                        Cell::Whole(number) => number.to_string().into(),
                        Cell::Decimal(text) if words.english => text,
                        Cell::Decimal(text) => text.replace('.', ",").into(),
                    };
                    writer.write_field(text.as_bytes()).map_err(port)?;
                }
                writer.write_record(None::<&[u8]>).map_err(port)
            }
            Self::Xlsx { workbook, row } => {
                let sheet = workbook.worksheet_from_index(0).map_err(port)?;
                for (place, cell) in (0_u16..).zip(cells) {
                    match cell {
                        Cell::Text(text) => sheet.write_string(*row, place, text).map_err(port)?,
                        Cell::Whole(number) => sheet.write_number(*row, place, number).map_err(port)?,
                        // A spreadsheet keeps numbers as floats; the exact figure stays in the database.
                        Cell::Decimal(text) => match text.parse::<f64>() {
                            Ok(number) => sheet.write_number(*row, place, number).map_err(port)?,
                            Err(_) => continue,
                        },
                    };
                }
                *row += 1;
                Ok(())
            }
        }
    }

    fn end(self) -> Result<Vec<u8>> {
        match self {
            Self::Csv(writer) => writer.into_inner().map_err(port),
            Self::Xlsx { mut workbook, .. } => workbook.save_to_buffer().map_err(port),
        }
    }
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        assert_eq!(inert("=2+2"), "'=2+2");
        assert_eq!(inert("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(inert("Işık"), "Işık");
    }
}
