use std::io::{Cursor, Write};

use encoding_rs::WINDOWS_1254;
use rust_xlsxwriter::Workbook;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    table(bytes).expect("a table").lines.into_iter().map(|line| line.cells).collect()
}

fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in (0..).zip(rows) {
        for (c, cell) in (0..).zip(*row) {
            sheet.write_string(r, c, *cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn one_table_whatever_separates_and_encodes_it() {
    let plain = "T.C. Kimlik No;Adı;Doğum Yeri\n10000000146;IŞIL;\"Iğdır; merkez\"\n";
    let wanted = cells(plain.as_bytes());
    assert_eq!(wanted[1], ["10000000146", "IŞIL", "Iğdır; merkez"]);
    assert_eq!(cells(format!("\u{feff}{plain}").as_bytes()), wanted);
    assert_eq!(cells(&WINDOWS_1254.encode(plain).0), wanted);
    assert_eq!(cells(plain.replace('\n', "\r\n").as_bytes()), wanted);
    assert_eq!(cells(format!("sep=;\n{plain}").as_bytes()), wanted);
    let commas = "T.C. Kimlik No,Adı,Doğum Yeri\n10000000146,IŞIL,Iğdır; merkez\n";
    assert_eq!(cells(commas.as_bytes()), wanted);
    assert_eq!(cells(commas.replace(',', "\t").as_bytes()), wanted);
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(plain.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(cells(&wide), wanted);
    let book =
        workbook(&[&["T.C. Kimlik No", "Adı", "Doğum Yeri"], &["10000000146", "IŞIL", "Iğdır; merkez"]]);
    assert_eq!(cells(&book), wanted);
}

#[test]
fn quotes_hold_lines_and_quotes() {
    let found = cells(b"a;b;c\n\"x\n\"\"y\"\"\";2;3\n1;\"\";3");
    assert_eq!(found[1], ["x\n\"y\"", "2", "3"]);
    assert_eq!(found[2], ["1", "", "3"]);
    assert_eq!(table(b"a;b;c\n\"x;2;3\n1;2;3\n"), Err(Problem::QuoteOpen { row: 2 }));
    assert_eq!(table(b"a;b;c\n\"x\"y;2;3\n"), Err(Problem::QuoteFollowed { row: 2 }));
}

#[test]
fn rows_keep_the_numbers_that_a_spreadsheet_shows() {
    let rows = |bytes: &[u8]| table(bytes).expect("table").lines.iter().map(|l| l.row).collect::<Vec<_>>();
    assert_eq!(rows(b"a;b;c\n\n1;2;3\n;;\n4;5;6\n"), [1, 3, 5]);
    assert_eq!(rows(&workbook(&[&["a", "b"], &[], &["1", "2"]])), [1, 3]);
}

#[test]
fn numbers_and_days_of_a_workbook_read_as_they_are_shown() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_number(0, 0, 10_000_000_146_f64).expect("number");
    sheet.write_number(0, 1, 312.456_78).expect("number");
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2007, 3, 17).expect("day");
    let form = rust_xlsxwriter::Format::new().set_num_format("dd.mm.yyyy");
    sheet.write_datetime_with_format(0, 2, day, &form).expect("day");
    let bytes = book.save_to_buffer().expect("workbook");
    assert_eq!(cells(&bytes), [["10000000146", "312.45678", "17.03.2007"]]);
}

#[test]
fn what_is_no_list_is_named() {
    for empty in [&b""[..], b"  \r\n\r\n", "\u{feff}".as_bytes()] {
        assert_eq!(table(empty), Err(Problem::EmptyFile));
    }
    assert_eq!(table(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1]), Err(Problem::OldWorkbook));
    assert_eq!(table(b"%PDF-1.7\n\x00\x01"), Err(Problem::NotAList));
    assert_eq!(table(b"{\"content\": 3}"), Err(Problem::NotAPage));
    assert_eq!(table(b"[1, 2]"), Err(Problem::NotAPage));
    assert_eq!(table(b"{\"content\": [}"), Err(Problem::BrokenJson { line: 1 }));
    let wide = vec!["x"; COLUMNS + 1].join(";");
    assert_eq!(table(wide.as_bytes()), Err(Problem::TooManyColumns { most: COLUMNS }));
    let long = "x;y\n".repeat(ROWS + 2);
    assert_eq!(table(long.as_bytes()), Err(Problem::TooManyRows { most: ROWS }));
    assert_eq!(table(&vec![b'x'; MEGABYTES * 1024 * 1024 + 1]), Err(Problem::TooLarge { most: MEGABYTES }));
}

#[test]
fn a_file_that_ends_in_the_middle_is_noticed() {
    let book = workbook(&[&["a", "b"], &["1", "2"]]);
    assert_eq!(table(&book[..book.len() / 2]), Err(Problem::Truncated));
    assert_eq!(table(&book[..book.len() - 10]), Err(Problem::Truncated));
    let page = include_bytes!("../testdata/placement-page.json");
    assert_eq!(table(&page[..page.len() / 2]), Err(Problem::Truncated));
    let text = "a;b;c\nışık;şule;ğ".as_bytes();
    assert_eq!(table(&text[..text.len() - 1]), Err(Problem::Truncated));
    assert!(table(b"a;b;c\n1;2").expect("table").open_end);
}

#[test]
fn a_page_of_the_service_is_a_table() {
    let found = table(include_bytes!("../testdata/placement-page.json")).expect("a page");
    let at = found.lines[0].cells.iter().position(|heading| heading == "tcKimlikNo").expect("a heading");
    assert_eq!(found.lines[1].cells[at], "10000000146");
    let short = br#"{"content": [{"adi": "A"}], "numberOfElements": 2}"#;
    assert_eq!(table(short), Err(Problem::Truncated));
    let pages = br#"[{"content": [{"adi": "A"}]}, {"content": [{"adi": "B", "soyadi": null}]}]"#;
    assert_eq!(cells(pages), [["adi", "soyadi"], ["A", ""], ["B", ""]]);
}

#[test]
fn a_workbook_that_unpacks_without_end_is_not_unpacked() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).expect("a member");
    let block = vec![b' '; 1024 * 1024];
    for _ in 0..140 {
        zip.write_all(&block).expect("written");
    }
    let bytes = zip.finish().expect("a file").into_inner();
    assert!(bytes.len() < 1024 * 1024);
    assert_eq!(table(&bytes), Err(Problem::Unpacked { most: 128 }));

    let mut far = Workbook::new();
    far.add_worksheet().write_string(1_048_575, 16_383, "x").expect("a cell");
    let bytes = far.save_to_buffer().expect("a workbook");
    assert_eq!(table(&bytes), Err(Problem::TooManyColumns { most: COLUMNS }));
}

#[test]
fn a_guard_against_formulas_is_taken_off_again() {
    assert_eq!(cells(b"a;b;c\n'=1+1;'+90 555;O'Neil\n")[1], ["=1+1", "+90 555", "O'Neil"]);
}

#[test]
fn a_text_that_a_million_cells_repeat_is_not_unpacked() {
    let sheet: String = std::iter::once(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
            .to_owned(),
    )
    .chain((1..=5_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")))
    .chain(["</sheetData></worksheet>".to_owned()])
    .collect();
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "x".repeat(30_000)).expect("a cell");
    let real = book.save_to_buffer().expect("a workbook");
    let mut old = zip::ZipArchive::new(Cursor::new(real)).expect("a file");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let member = old.by_index(at).expect("a member");
        if member.name().expect("a name") == "xl/worksheets/sheet1.xml" {
            zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).expect("a member");
            zip.write_all(sheet.as_bytes()).expect("written");
        } else {
            zip.raw_copy_file(member).expect("copied");
        }
    }
    let bytes = zip.finish().expect("a file").into_inner();
    assert!(bytes.len() < 1024 * 1024);
    assert_eq!(table(&bytes), Err(Problem::Unpacked { most: 128 }));
    // Many rows of a wide sheet hold more cells than any list.
    let wide = format!("{}\n", vec![""; COLUMNS].join(";")).replacen(';', "x;", 1);
    assert!(matches!(table(wide.repeat(40_000).as_bytes()), Err(Problem::TooManyRows { most: 30_000 })));
}

#[test]
fn the_first_sheet_in_which_something_stands_is_read_and_errors_are_told() {
    let mut book = Workbook::new();
    book.add_worksheet();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Adı").expect("a cell");
    sheet.write_formula(1, 0, rust_xlsxwriter::Formula::new("=A9").set_result("ALİ")).expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    assert_eq!(cells(&bytes), [["Adı"], ["ALİ"]]);
    let mut nothing = Workbook::new();
    nothing.add_worksheet();
    assert_eq!(table(&nothing.save_to_buffer().expect("a workbook")), Err(Problem::EmptyFile));
}
