//! Lists as files: all rows, how fast, and whether they really are all.

use std::io::{Cursor, Read};

use crate::{
    Failure, ROUNDS,
    clock::Stopwatch,
    floor::{DOWNLOADS, FloorServer},
    http::Connection,
    jobs::Desk,
    kunye::Server,
    load::count,
    options::Group,
    register::{Filter, Register},
    report::round,
    sheet::{Sheet, median},
    tell,
};

/// Rows of the list that the target is about.
const ROWS: usize = 5000;

/// Takes a list of about 5,000 students and the list of all out, as XLSX and as CSV.
pub(crate) async fn measure(
    desk: &Desk,
    server: &Server,
    floors: &FloorServer,
    register: &Register,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let some = register.filter_of_about(ROWS);
    let all = Filter { query: "sira=".to_owned(), rows: register.len() };
    sheet.remark(format!("the exported list is `{}`, {} rows", some.query, some.rows));
    sheet.note("export.rows", count(some.rows));
    let scale = count(ROWS) / count(some.rows.max(1));
    for number in 1..=ROUNDS {
        tell(&round(Group::Export, number));
        for (name, form, filter) in [
            ("xlsx", "xlsx", &some),
            ("csv", "csv", &some),
            ("xlsx-all", "xlsx", &all),
            ("csv-all", "csv", &all),
        ] {
            let (took, bytes) = download(desk, form, filter, number == 1, sheet).await?;
            sheet.note(format!("export.{name}.ms"), took);
            sheet.note(format!("export.{name}.per5000"), took * scale);
            sheet.note(format!("export.{name}.kib"), count(bytes) / 1024.0);
            // Beside the figure per 5,000 rows, so scaled like it.
            let floor = floors.download(bytes).await?;
            sheet.note(
                format!("export.floor.{name}"),
                if name.ends_with("-all") { floor } else { floor * scale },
            );
        }
    }
    sheet.note("export.rss", crate::floor::mib(crate::process::resident(server.pid())?));
    Ok(())
}

/// Milliseconds of a download, the median of some, and its size; looks into the file where asked to.
async fn download(
    desk: &Desk,
    form: &str,
    filter: &Filter,
    look: bool,
    sheet: &mut Sheet,
) -> Result<(f64, usize), Failure> {
    let mut connection = Connection::open(desk.address).await?;
    let request = desk.registrar.get(&format!("/ogrenciler/liste.{form}?{}", filter.query));
    if look {
        let answer = connection.expect(200, &request).await?;
        let rows = if form == "csv" { rows_of_csv(answer.body)? } else { rows_of_xlsx(answer.body)? };
        if rows != filter.rows {
            sheet.fault(format!("liste.{form}?{}: {rows} rows instead of {}", filter.query, filter.rows));
        }
    }
    let (mut took, mut bytes) = (Vec::new(), 0);
    for _ in 0..DOWNLOADS {
        let clock = Stopwatch::start();
        bytes = connection.expect(200, &request).await?.body.len();
        took.push(clock.millis());
    }
    Ok((median(&took), bytes))
}

/// Rows below the heading.
fn rows_of_csv(bytes: &[u8]) -> Result<usize, Failure> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes);
    let mut rows = 0;
    for record in reader.records() {
        record?;
        rows += 1;
    }
    Ok(rows)
}

/// Rows below the heading of the workbook's first sheet.
fn rows_of_xlsx(bytes: &[u8]) -> Result<usize, Failure> {
    let mut workbook = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut sheet = String::new();
    workbook.by_name("xl/worksheets/sheet1.xml")?.read_to_string(&mut sheet)?;
    Ok(sheet.matches("<row ").count().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_list_are_counted() {
        assert_eq!(rows_of_csv("\u{feff}No;Ad\n1;\"a;b\"\n2;c\n".as_bytes()).expect("a list"), 2);
        assert!(rows_of_csv(b"No;Ad\n1;a;b\n").is_err());
        assert!(rows_of_xlsx(b"no workbook").is_err());
    }
}
