use base::{ids::ProgrammeId, time::Date};
use domain::{
    enrolments::EntryKind,
    people::Sex,
    registration::{Clearance, Clearances},
};
use regulations::{Condition, EntryField};
use storage::placements::CodedProgramme;

use super::{
    layout::{self, Columns},
    problem::PlacementProblem as Problem,
    read,
    rows::{Mark, Programmes, Rows, marks, rows, whole},
};

const PAGE: &[u8] = include_bytes!("testdata/placement-page.json");
const HEADER: &str = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu";
const TODAY: Date = Date::constant(2026, 11, 23);

fn programmes() -> Programmes {
    let programme = |id: i64, osym: &str, in_sight| CodedProgramme {
        id: ProgrammeId::new(id),
        code: format!("P{id}"),
        osym: Some(osym.to_owned()),
        yoksis: Some(format!("16000{id}")),
        in_sight,
    };
    Programmes::new(vec![
        programme(1, "999910001", true),
        programme(2, "999910002", true),
        programme(3, "999910003", false),
    ])
}

fn read_with(bytes: &[u8], mapping: &Columns) -> Result<Rows, Vec<Problem>> {
    let table = read::table(bytes).map_err(|problem| vec![problem])?;
    if let Some(problem) = read::spoilt_letters(&table) {
        return Err(vec![problem]);
    }
    let list = layout::columns(&table, mapping).map_err(|none| none.problems)?;
    let problems = whole(&list, table.open_end, &programmes());
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(rows(&list, EntryKind::Yks, 2026, &programmes(), TODAY))
}

fn read_rows(text: &str) -> Result<Rows, Vec<Problem>> {
    read_with(text.as_bytes(), &Columns::new())
}

/// Column and word of what is wrong with the only row.
fn fault_of(row: &str) -> (String, String) {
    let found = read_rows(&format!("{HEADER}\n{row}\n")).expect("a list");
    assert!(found.sound.is_empty(), "{row}");
    let fault = &found.faulty[0].faults[0];
    (fault.column.as_deref().unwrap_or_default().to_owned(), fault.code.to_string())
}

#[test]
fn a_page_of_the_service_becomes_a_candidate() {
    let found = read_with(PAGE, &Columns::new()).expect("a page");
    assert_eq!((found.rows, found.faulty.len()), (1, 0), "{:?}", found.faulty);
    let c = &found.sound[0].data;
    assert_eq!((c.given_name.as_str(), c.surname.as_str()), ("Deneme", "ÖRNEKOĞLU"));
    assert_eq!((c.father_name.as_str(), c.birth_place.as_str()), ("Baba", "Örnekşehir"));
    assert_eq!((c.sex, c.birth_date), (Sex::Male, Date::constant(2007, 3, 17)));
    assert_eq!((c.email.as_str(), c.phone.as_str()), ("deneme@example.org", "5550000001"));
    assert_eq!((c.nationality.as_str(), c.identity_no.as_deref()), ("TR", Some("10000000146")));
    assert_eq!(c.programme, ProgrammeId::new(1));
    assert_eq!(c.clearances, Clearances::CLEAR);
    assert_eq!(c.clearance_words, "MEB: Mezun; ASAL: Kaydında sakınca yoktur");
    assert_eq!(c.e_registered_at.expect("e-kayıt").to_string(), "2025-08-26T11:20:00Z");
    assert_eq!(c.details.field(EntryField::Score), Some("SAY 312,45678 · 254321"));
    assert_eq!(c.details.field(EntryField::Placement), Some("2026 · Genel · 3."));
    assert!(c.details.field(EntryField::School).is_some_and(|s| s.starts_with("900001")));
    let stated = c.details.conditions();
    assert_eq!(stated.get(&Condition::ExtraPoints), Some(&false));
    assert_eq!(stated.get(&Condition::RecentGraduate), Some(&false));
}

#[test]
fn flags_of_other_offices_become_answers() {
    let header = format!("{HEADER};mebDurum;asalDurum;obsKontrol;okuduguProgram");
    let of = |sex: &str, flags: &str| {
        let text = format!("{header}\n10000000146;ALİ;IŞIK;{sex};17/03/2007;999910001;{flags}\n");
        let found = read_rows(&text).expect("a list");
        let data = found.sound[0].data.clone();
        (data.clearances.school, data.clearances.military, data.clearances.elsewhere, data.clearance_words)
    };
    use Clearance::{Clear, Obstacle, Unknown};
    assert_eq!(of("E", "1;101;0;O"), (Clear, Clear, Clear, String::new()));
    assert_eq!(of("E", "0;102;1;123456"), (Obstacle, Obstacle, Obstacle, "YÖKSİS: 123456".to_owned()));
    let strange = "MEB: (2); ASAL: (103); YÖKSİS: 123456 (0)".to_owned();
    assert_eq!(of("E", "2;103;0;123456"), (Unknown, Unknown, Unknown, strange));
    assert_eq!(of("E", ";;;"), (Unknown, Unknown, Unknown, String::new()));
    assert_eq!(of("K", ";103;;").1, Clear);
}

#[test]
fn a_nationality_that_is_asked_for_and_not_marked_is_not_guessed() {
    let header = format!("{HEADER};uyrukTc;uyrukKktc;uyrukYabanci");
    let of = |marks: &str| {
        let text = format!("{header}\n10000000146;ALİ;IŞIK;E;17/03/2007;999910001;{marks}\n");
        let found = read_rows(&text).expect("a list");
        match found.sound.first() {
            Some(row) => row.data.nationality.clone(),
            None => found.faulty[0].faults[0].column.as_deref().unwrap_or_default().to_owned(),
        }
    };
    assert_eq!([of("1;0;0"), of("0;1;0"), of("0;0;1"), of(";;")], ["TR", "CY", "XX", "TR"]);
    assert_eq!([of("0;0;0"), of("2;0;0")], ["citizen_tr", "citizen_tr"]);
}

#[test]
fn what_is_wrong_with_a_row_is_said_by_column() {
    for (row, column, code) in [
        ("12345678951;ALİ;IŞIK;E;17.03.2007;999910001", "identity_no", "identity_check_digit"),
        ("1234567895;ALİ;IŞIK;E;17.03.2007;999910001", "identity_no", "identity_length"),
        ("02345678950;ALİ;IŞIK;E;17.03.2007;999910001", "identity_no", "identity_leading_zero"),
        ("ALİ;10000000146;IŞIK;E;17.03.2007;999910001", "identity_no", "identity_not_digits"),
        (";ALİ;IŞIK;E;17.03.2007;999910001", "identity_no", "nobody"),
        ("10000000146;;IŞIK;E;17.03.2007;999910001", "given_name", "empty"),
        ("10000000146;=HYPERLINK(1);IŞIK;E;17.03.2007;999910001", "given_name", "formula"),
        ("10000000146;ALİ;@IŞIK;E;17.03.2007;999910001", "surname", "formula"),
        ("10000000146;ALİ;#REF!;E;17.03.2007;999910001", "surname", "formula"),
        ("10000000146;AL1;IŞIK;E;17.03.2007;999910001", "given_name", "name_character"),
        ("10000000146;A\u{202e}Lİ;IŞIK;E;17.03.2007;999910001", "given_name", "name_character"),
        ("10000000146;ALİ;IŞIK;X;17.03.2007;999910001", "sex", "unknown_word"),
        ("10000000146;ALİ;IŞIK;E;31.02.2007;999910001", "birth_date", "not_a_day"),
        ("10000000146;ALİ;IŞIK;E;17.03.2027;999910001", "birth_date", "birth_day"),
        ("10000000146;ALİ;IŞIK;E;17.03.2020;999910001", "birth_date", "birth_day"),
        ("10000000146;ALİ;IŞIK;E;17.03.2007;123", "programme_code", "unknown_programme"),
        ("10000000146;ALİ;IŞIK;E;17.03.2007;999910003", "programme_code", "other_programme"),
        ("10000000146;ALİ;IŞIK;E;17.03.2007", "", "field_count"),
        ("10000000146;ALİ;IŞIK;E;17.03.2007;999910001;x", "", "field_count"),
    ] {
        assert_eq!(fault_of(row), (column.to_owned(), code.to_owned()), "{row}");
    }
}

#[test]
fn a_person_stands_once_in_a_list() {
    let text = format!(
        "{HEADER}\n10000000146;ALİ;IŞIK;E;17.03.2007;999910001\n12345678950;ECE;IŞIK;K;17.03.2007;999910001\n\
         10000000146;ALİ;IŞIK;E;17.03.2007;999910001\n12345678950;ECE;IŞIK;K;17.03.2007;999910002\n"
    );
    let found = read_rows(&text).expect("a list");
    let told = |found: &Rows| -> Vec<(u64, String, String)> {
        let of = |row: &super::FaultyRow| {
            let fault = row.faults.last().expect("a fault");
            (row.row, fault.code.to_string(), fault.values.get("first").cloned().unwrap_or_default())
        };
        found.faulty.iter().map(of).collect()
    };
    let line = |row, code: &str, first: &str| (row, code.to_owned(), first.to_owned());
    // Of two places nobody knows which is the right one: neither goes in.
    assert_eq!(found.sound.iter().map(|row| row.row).collect::<Vec<_>>(), [2]);
    assert_eq!(
        told(&found),
        [line(3, "placed_twice", "5"), line(4, "repeated_row", "2"), line(5, "placed_twice", "3")]
    );

    // A first row that is wrong for another reason hides nothing, and two passports may look alike.
    let header = format!("{HEADER};Pasaport No");
    let text = format!(
        "{header}\n10000000146;ALİ;IŞIK;X;17.03.2007;999910001;\n10000000146;ALİ;IŞIK;E;17.03.2007;999910001;\n\
         ;Jürgen;ÖRNEK;E;17.03.2006;999910001;u12\n99000000042;Jürgen;ÖRNEK;E;17.03.2006;999910001;U12\n\
         ;John;ÖRNEK;E;18.03.2006;999910001;U12\n"
    );
    let found = read_rows(&text).expect("a list");
    assert_eq!(
        told(&found),
        [line(2, "unknown_word", ""), line(3, "repeated_row", "2"), line(5, "repeated_row", "4")]
    );
}

#[test]
fn letters_that_were_spoilt_are_told_wherever_they_stand() {
    let one = |text: &[u8]| match read_with(text, &Columns::new()) {
        Err(problems) => problems.iter().map(Problem::code).collect::<Vec<_>>().join(" "),
        Ok(_) => String::new(),
    };
    let row = "10000000146;ŞULE;IŞIK;Kadın;17.03.2007;999910001\n";
    let text = format!("{HEADER}\n{row}");
    assert_eq!(one(text.as_bytes()), "");
    let (turkish, _, _) = encoding_rs::WINDOWS_1254.encode(&text);
    assert_eq!(one(&turkish), "", "as Windows-1254 it is what it is");
    // Read as UTF-8 and saved again: the headings have lost their letters, too.
    assert_eq!(one(String::from_utf8_lossy(&turkish).as_bytes()), "letters_lost");
    // UTF-8 read as Windows-1254 and saved again.
    let (twice, _) = encoding_rs::WINDOWS_1254.decode_without_bom_handling(text.as_bytes());
    assert_eq!(one(twice.as_bytes()), "encoded_twice");
    // Windows-1254 read as Latin-1 and saved again.
    let (other, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&turkish);
    assert_eq!(one(other.as_bytes()), "other_letters");
    // One byte of a sound file is broken.
    let mut broken = text.replace("IŞIK", "IÇIK").into_bytes();
    let at = broken.windows(3).rposition(|bytes| bytes == "IÇ".as_bytes()).expect("a letter") + 1;
    broken[at] = 0xff;
    assert_eq!(one(&broken), "letters_lost");
    // Somebody may come from Iceland.
    assert_eq!(one(format!("{HEADER}\n10000000146;ÞÓRA;IŞIK;K;17.03.2007;999910001\n").as_bytes()), "");
}

#[test]
fn a_fault_of_the_file_stops_all_and_is_said_once() {
    let row = "10000000146;ALİ;IŞIK;E;17.03.2007;999910001\n";
    let one = |text: &str| match read_rows(text) {
        Err(problems) => problems.iter().map(Problem::code).collect::<Vec<_>>(),
        Ok(_) => Vec::new(),
    };
    assert_eq!(one(row), ["no_header"]);
    assert_eq!(one(&format!("{HEADER}\n")), ["no_rows"]);
    assert_eq!(one("Renk;Boy;En\nmavi;1;2\n"), ["missing_columns"]);
    assert_eq!(one(&format!("{HEADER};TCKN\n{row}")), ["repeated_column"]);
    assert_eq!(one(&format!("{HEADER}\n{row}12345678950;ECE;IŞ")), ["truncated"]);
    let swapped = "ALİ;10000000146;IŞIK;E;17.03.2007;999910001\nECE;12345678950;IŞIK;K;17.03.2007;1\n\
                   CAN;98765432150;IŞIK;E;17.03.2007;999910001\n";
    assert_eq!(
        read_rows(&format!("{HEADER}\n{swapped}")),
        Err(vec![Problem::SwappedColumns { one: "identity_no", other: "given_name" }])
    );
    let pasted = "ALİ;ALİ;IŞIK;E;x;1\nECE;ECE;IŞIK;K;y;1\nCAN;CAN;IŞIK;E;z;1\n";
    assert_eq!(one(&format!("{HEADER}\n{pasted}")), ["column_content", "column_content"]);
}

#[test]
fn headings_are_found_below_a_title_and_by_a_mapping() {
    let row = "10000000146;ALİ;IŞIK;E;17.03.2007;999910001\n";
    let titled = format!("2026 yerleştirme sonuçları;;;;;\n{HEADER}\n{row}");
    assert_eq!(read_rows(&titled).expect("a list").sound[0].row, 3);
    let strange = format!("A1;A2;A3;A4;A5;A6\n{row}");
    assert!(read_rows(&strange).is_err());
    let mapping = ["identity_no", "given_name", "surname", "sex", "birth_date", "programme_code"];
    let mapping: Columns =
        (1..).zip(mapping).map(|(n, field): (u8, _)| (field.to_owned(), format!("A{n}"))).collect();
    assert_eq!(read_with(strange.as_bytes(), &mapping).expect("a list").sound.len(), 1);
}

#[test]
fn rows_handed_back_are_read_again_and_start_no_formula() {
    let text = format!("{HEADER}\n1;=1+1;\"I;ŞIK\";E;17.03.2007;999910001\n");
    let table = read::table(text.as_bytes()).expect("a table");
    let list = layout::columns(&table, &Columns::new()).expect("columns");
    let found = rows(&list, EntryKind::Yks, 2026, &programmes(), TODAY);
    let faulty = &found.faulty[0];
    let list_id = base::ids::PlacementListId::new(12);
    let back = layout::hand_back(
        &list.layout,
        [(
            faulty.cells.as_slice(),
            format!("{} {} =yanlış", Mark::Listed(list_id, 2), Mark::Filed("0a1b2c".to_owned(), 7)),
        )]
        .into_iter(),
    );
    let shown = String::from_utf8(back.clone()).expect("UTF-8");
    assert_eq!(
        shown,
        format!(
            "\u{feff}{HEADER};Künye açıklaması\r\n1;'=1+1;\"I;ŞIK\";E;17.03.2007;999910001;[12/2] [#0a1b2c/7] =yanlış\r\n"
        )
    );
    let mended = shown.replace("\r\n1;'=1+1", "\r\n10000000146;ALİ").replace("I;ŞIK", "IŞIK");
    let again = read_rows(&mended).expect("a list");
    assert_eq!(again.sound[0].mends, [Mark::Listed(list_id, 2), Mark::Filed("0a1b2c".to_owned(), 7)]);
    assert_eq!(again.sound[0].cells.len(), 6);
    assert_eq!(marks("[12/x] y"), []);
}

#[test]
fn ten_thousand_rows_are_read_without_delay() {
    let mut text = format!("{HEADER}\n");
    for n in 0..10_000_u32 {
        let nine: Vec<u8> = format!("{:09}", 100_000_000 + n).bytes().map(|b| b - b'0').collect();
        let number = base::identity::Tckn::complete(nine.try_into().expect("nine")).expect("a number");
        text.push_str(&format!("{};ALİ;IŞIK;E;17.03.2007;999910001\n", number.reveal()));
    }
    assert_eq!(read_rows(&text).expect("a list").sound.len(), 10_000);
}

#[test]
fn a_code_under_another_heading_is_told_as_swapped_columns() {
    let header = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu;Puan";
    let rows = |code: &str, score: &str| {
        let row = |number: &str| format!("{number};ECE;ÖZ;K;01.09.2007;{code};{score}\n");
        let numbers = ["10000000146", "12345678950", "98765432150"];
        format!("{header}\n{}", numbers.map(row).concat())
    };
    assert_eq!(
        read_rows(&rows("412,5", "999910001")),
        Err(vec![Problem::SwappedColumns { one: "programme_code", other: "score" }])
    );
    // A list of another university has none of our codes anywhere: its rows say so.
    let other = read_rows(&rows("888810001", "412,5")).expect("a list");
    assert!(other.faulty.iter().all(|row| row.faults[0].code == "unknown_programme"));
    assert_eq!(read_rows(&rows("999910001", "412,5")).expect("a list").sound.len(), 3);
}

#[test]
fn a_passport_is_one_however_it_is_written() {
    let text = "Pasaport No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu;Uyruk\n\
                aii12 3;JOHN;SMITH;E;01.02.2005;999910001;GB\n\
                AII123;JOHN;SMITH;E;01.02.2005;999910002;GB\n";
    let found = read_rows(text).expect("a list");
    let told: Vec<&str> = found.faulty.iter().map(|row| row.faults[0].code.as_ref()).collect();
    assert_eq!(told, ["placed_twice", "placed_twice"]);
    let one = text.lines().take(2).map(|line| format!("{line}\n")).collect::<String>();
    assert_eq!(read_rows(&one).expect("a list").sound[0].data.passport.as_deref(), Some("AII123"));
}

#[test]
fn a_row_that_does_not_go_in_is_told_once_and_shows_nothing_turned_around() {
    let header = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;Program Kodu;e-Posta";
    let text = format!("{header}\n10000000146;A\u{202e}li;IŞIK;E;17.03.2007;999910001;yok\n");
    let found = read_rows(&text).expect("a list");
    assert_eq!((found.warnings.len(), found.faulty.len()), (0, 1));
    let fault = &found.faulty[0].faults[0];
    assert_eq!((fault.values["found"].as_str(), fault.values["character"].as_str()), ("A·li", "U+202E"));
    assert_eq!(found.faulty[0].cells[1], "A\u{202e}li", "the row is handed back as it came");
}
