//! Whether a search finds what it has to, in every spelling, before anything is said about its speed.

use std::collections::HashSet;

use crate::{
    Failure,
    http::{Connection, encode},
    jobs::{Desk, whole_list},
    register::Register,
    sheet::Sheet,
};

/// Parameter of the API, parameter of the page, what is typed, and how many students the reference data has.
const RIGHT: &[(&str, &str, &str, usize)] = &[
    ("q", "q", "ışık", 449),
    ("q", "q", "IŞIK", 449),
    ("q", "q", "Işık", 449),
    ("q", "q", "isik", 449),
    ("q", "q", "İnce", 136),
    ("q", "q", "ince", 252),
    ("surname", "soyad", "ışık", 322),
    ("surname", "soyad", "İnce", 131),
    ("surname", "soyad", "ince", 131),
];

/// Asks every question of the API, page by page to the end, and of the list's page; where the right answers are not
/// known, both and all spellings must agree.
pub(crate) async fn check(desk: &Desk, register: &Register, sheet: &mut Sheet) -> Result<(), Failure> {
    let mut connection = Connection::open(desk.address).await?;
    let mut of_spellings = HashSet::new();
    for (parameter, field, typed, right) in RIGHT {
        let found = walk(&mut connection, desk, &format!("{parameter}={}", encode(typed)), sheet).await?;
        let page = connection
            .expect(200, &desk.registrar.get(&format!("/ogrenciler?{field}={}", encode(typed))))
            .await?;
        let shown = shown_count(page.text()?);
        if shown != Some(found) {
            sheet.fault(format!("{parameter}={typed}: the API finds {found}, the page says {shown:?}"));
        }
        if register.is_reference() && found != *right {
            sheet.fault(format!("{parameter}={typed}: {found} found instead of {right}"));
        }
        if *right == 449 {
            of_spellings.insert(found);
        }
    }
    if of_spellings.len() != 1 {
        sheet.fault(format!("the spellings of ışık find different numbers of students: {of_spellings:?}"));
    }
    let all = walk(&mut connection, desk, "order=number", sheet).await?;
    if all != register.len() {
        sheet.fault(format!("the whole list has {all} rows instead of {}", register.len()));
    }
    Ok(())
}

/// Counts what the API lists for a query, following its pages.
async fn walk(
    connection: &mut Connection,
    desk: &Desk,
    query: &str,
    sheet: &mut Sheet,
) -> Result<usize, Failure> {
    let items = whole_list(connection, &desk.program, &format!("/api/v1/students?{query}")).await?;
    let numbers: HashSet<&str> = items.iter().filter_map(|item| item["number"].as_str()).collect();
    if numbers.len() != items.len() {
        sheet.fault(format!("{query}: {} rows, but {} students", items.len(), numbers.len()));
    }
    Ok(items.len())
}

/// The number of students that the list's page says it found.
fn shown_count(page: &str) -> Option<usize> {
    let (_, behind) = page.split_once("<b role=\"status\">")?;
    let words = behind.split_once('<')?.0;
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_of_the_page_is_read() {
        assert_eq!(shown_count(r#"<b role="status">449 öğrenci bulundu</b>"#), Some(449));
        assert_eq!(shown_count(r#"<b role="status">1.281 öğrenci</b>"#), Some(1281));
        assert_eq!(shown_count(r#"<b role="status"></b>"#), None);
        assert_eq!(shown_count("<p>"), None);
    }
}
