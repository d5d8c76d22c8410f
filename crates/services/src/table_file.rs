//! A small table as a file that spreadsheets open; what it holds is the caller's.

use std::io::Write;

use rust_xlsxwriter::{Format, Workbook};

use crate::{
    error::{Result, ServiceError},
    students::export::{ExportForm, inert},
};

/// What stands in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum TableCell {
    Text(String),
    Whole(i64),
    Empty,
}

fn port(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Port { port: "export", message: error.to_string() }
}

/// Writes a table with its headings and how wide each column is in characters. Cells are texts or numbers, never
/// formulas.
///
/// # Errors
/// [`ServiceError::Port`] `export`.
pub(crate) fn write(
    form: ExportForm,
    title: &str,
    columns: &[(String, u32)],
    rows: impl Iterator<Item = Vec<TableCell>>,
) -> Result<Vec<u8>> {
    match form {
        ExportForm::Csv => write_csv(columns, rows),
        ExportForm::Xlsx => write_xlsx(title, columns, rows),
    }
}

fn write_csv(columns: &[(String, u32)], rows: impl Iterator<Item = Vec<TableCell>>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    bytes.write_all("\u{feff}".as_bytes()).map_err(port)?;
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(bytes);
    writer.write_record(columns.iter().map(|(heading, _)| heading)).map_err(port)?;
    for row in rows {
        for cell in row {
            let text = match &cell {
                TableCell::Text(text) => inert(text).into_owned(),
                TableCell::Whole(number) => number.to_string(),
                TableCell::Empty => String::new(),
            };
            writer.write_field(text.as_bytes()).map_err(port)?;
        }
        writer.write_record(None::<&[u8]>).map_err(port)?;
    }
    writer.into_inner().map_err(port)
}

fn write_xlsx(
    title: &str,
    columns: &[(String, u32)],
    rows: impl Iterator<Item = Vec<TableCell>>,
) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(port)?;
    sheet.set_name(title).map_err(port)?;
    sheet.set_freeze_panes(1, 0).map_err(port)?;
    let bold = Format::new().set_bold();
    for (place, (heading, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width_pixels(place, width * 7).map_err(port)?;
        sheet.write_string_with_format(0, place, heading, &bold).map_err(port)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (place, cell) in (0_u16..).zip(row) {
            match cell {
                TableCell::Text(text) => {
                    sheet.write_string(line, place, &text).map_err(port)?;
                }
                TableCell::Whole(number) => {
                    // Counts of people are far below where the workbook's numbers lose a digit.
                    let number = i32::try_from(number).unwrap_or(i32::MAX);
                    sheet.write_number(line, place, number).map_err(port)?;
                }
                TableCell::Empty => {}
            }
        }
    }
    workbook.save_to_buffer().map_err(port)
}
