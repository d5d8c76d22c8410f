//! Taking a list of students out as a file, all rows of it.

use std::io::Write;

use rust_xlsxwriter::{Format, Workbook};
use storage::{
    StorageError,
    audit::{AuditRow, shown_list},
    search::StudentRow,
};

use super::find::StudentQuery;
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
    /// Nine headings: number, given name, surname, programme, class year, status, entry year, AGNO, AKTS.
    pub headings: [String; 9],
    /// The word of each status, in the order of `EnrolmentStatus::ALL`.
    pub statuses: Vec<String>,
    /// Whether programme names are English and decimals have a dot.
    pub english: bool,
}

/// The list of a query as one file, every row of it, in the list's order.
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
            let mut sheet = Sheet::begin(form, &words)?;
            let mut failed = None;
            storage::search::each(db, &filter, None, None, today, |row| {
                people.push(row.person);
                if let Err(error) = sheet.row(&row, &words) {
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
    });
    Ok(bytes)
}

enum Sheet {
    Xlsx { workbook: Box<Workbook>, row: u32 },
    Csv(Box<csv::Writer<Vec<u8>>>),
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
                writer.write_record(&words.headings).map_err(port)?;
                Ok(Self::Csv(Box::new(writer)))
            }
            ExportForm::Xlsx => {
                let mut workbook = Workbook::new();
                let sheet = workbook.add_worksheet_with_constant_memory().map_err(port)?;
                sheet.set_name(&words.title).map_err(port)?;
                sheet.set_freeze_panes(1, 0).map_err(port)?;
                for (column, width) in (0_u16..).zip([14, 20, 20, 34, 8, 16, 10, 8, 8]) {
                    sheet.set_column_width_pixels(column, width * 7).map_err(port)?;
                }
                let bold = Format::new().set_bold();
                for (column, heading) in (0_u16..).zip(&words.headings) {
                    sheet.write_string_with_format(0, column, heading, &bold).map_err(port)?;
                }
                Ok(Self::Xlsx { workbook: Box::new(workbook), row: 1 })
            }
        }
    }

    fn row(&mut self, student: &StudentRow, words: &ExportWords) -> Result<()> {
        let programme = if words.english { &student.programme_en } else { &student.programme_tr };
        let status = domain::enrolments::EnrolmentStatus::ALL
            .iter()
            .position(|s| *s == student.status)
            .and_then(|i| words.statuses.get(i))
            .map_or("", String::as_str);
        let ects = base::number::Ects::from_hundredths(student.ects_earned).unwrap_or_default();
        match self {
            Self::Csv(writer) => {
                let decimal = |text: String| if words.english { text } else { text.replace('.', ",") };
                writer
                    .write_record([
                        &inert(&student.number),
                        &inert(&student.given_name),
                        &inert(&student.surname),
                        &inert(programme),
                        &student.class_year.to_string(),
                        &inert(status),
                        &student.entry_year.to_string(),
                        &decimal(student.agno.clone().unwrap_or_default()),
                        &decimal(ects.en()),
                    ])
                    .map_err(port)
            }
            Self::Xlsx { workbook, row } => {
                let sheet = workbook.worksheet_from_index(0).map_err(port)?;
                let texts = [&student.number, &student.given_name, &student.surname, programme];
                for (column, text) in (0_u16..).zip(texts) {
                    sheet.write_string(*row, column, text).map_err(port)?;
                }
                sheet.write_number(*row, 4, student.class_year).map_err(port)?;
                sheet.write_string(*row, 5, status).map_err(port)?;
                sheet.write_number(*row, 6, student.entry_year).map_err(port)?;
                // A spreadsheet keeps numbers as floats; the exact figure stays in the database.
                if let Some(agno) = student.agno.as_deref().and_then(|text| text.parse::<f64>().ok()) {
                    sheet.write_number(*row, 7, agno).map_err(port)?;
                }
                if let Ok(ects) = ects.en().parse::<f64>() {
                    sheet.write_number(*row, 8, ects).map_err(port)?;
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
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
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
