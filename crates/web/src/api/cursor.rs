//! Places in lists, as opaque words.
//!
//! A cursor carries the order of its list, so that one list's cursor is not taken for another's.

use base::ids::EnrolmentId;
use base64ct::{Base64UrlUnpadded, Encoding};
use storage::search::{StudentCursor, StudentOrder};

use super::{
    complaint::{Complaint, InputError},
    fields::Line,
};
use crate::{api::problem::Refusal, url};

/// A cursor as it is sent back.
pub type Cursor = Line<2000>;

fn encode(list: char, place: &str) -> String {
    Base64UrlUnpadded::encode_string(format!("{list}{place}").as_bytes())
}

fn decode(list: char, cursor: &str) -> Option<String> {
    let text = String::from_utf8(Base64UrlUnpadded::decode_vec(cursor).ok()?).ok()?;
    let place = text.strip_prefix(list)?;
    (!place.chars().any(char::is_control)).then(|| place.to_owned())
}

fn refused() -> Refusal {
    Refusal::Input(vec![InputError::new("after", Complaint::Cursor)])
}

fn list_of(order: StudentOrder) -> char {
    match order {
        StudentOrder::Name => 'n',
        StudentOrder::Number => 'm',
    }
}

/// A place in a list of students.
pub fn of_student(order: StudentOrder, at: &StudentCursor) -> String {
    encode(list_of(order), &url::cursor(&at.key, at.enrolment))
}

/// Reads a place in a list of students.
///
/// # Errors
/// What no list in this order gave.
pub fn read_student(order: StudentOrder, cursor: Option<&str>) -> Result<Option<StudentCursor>, Refusal> {
    let Some(cursor) = cursor else { return Ok(None) };
    let place = decode(list_of(order), cursor).ok_or_else(refused)?;
    let (key, enrolment): (String, EnrolmentId) = url::read_cursor(&place).ok_or_else(refused)?;
    Ok(Some(StudentCursor { key, enrolment }))
}

/// A place in a list that goes by row numbers.
pub fn of_row(list: char, row: i64) -> String {
    encode(list, &row.to_string())
}

/// Reads a place in a list that goes by row numbers.
///
/// # Errors
/// What no such list gave.
pub fn read_row(list: char, cursor: Option<&str>) -> Result<Option<i64>, Refusal> {
    let Some(cursor) = cursor else { return Ok(None) };
    decode(list, cursor).and_then(|place| place.parse().ok()).map(Some).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_in_its_own_list_alone() {
        let at = StudentCursor { key: "h~sh~k ali".to_owned(), enrolment: EnrolmentId::new(7) };
        let cursor = of_student(StudentOrder::Name, &at);
        assert_eq!(read_student(StudentOrder::Name, Some(&cursor)).expect("own list"), Some(at));
        assert!(read_student(StudentOrder::Number, Some(&cursor)).is_err());
        assert_eq!(read_row('d', Some(&of_row('d', 42))).expect("own list"), Some(42));
        for wrong in ["", "x", "42", "bm8", &of_row('d', 1)] {
            assert!(read_row('a', Some(wrong)).is_err(), "{wrong}");
        }
    }
}
