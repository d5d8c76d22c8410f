//! What can be wrong with a placement list, with the values that its sentence needs.

use base::{identity::IdentityError, time::Date};

base::situations! {
    /// What is wrong, for people and programs.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum PlacementProblem {
        // --- the file ---------------------------------------------------------------------------
        /// Nothing stands in the file.
        EmptyFile => "empty_file",
        /// A heading and no row below it.
        NoRows => "no_rows",
        /// The file is larger than such a list can be.
        TooLarge {
            /// Megabytes at the most.
            most: usize,
        } => "too_large",
        /// Neither a table of text nor a workbook.
        NotAList => "not_a_list",
        /// A workbook in the old format of Excel.
        OldWorkbook => "old_workbook",
        /// A workbook that cannot be read.
        BrokenWorkbook {
            /// What stands in the way.
            why: String,
        } => "broken_workbook",
        /// The file ends in the middle.
        Truncated => "truncated",
        /// A workbook that unpacks to more than a list can hold.
        Unpacked {
            /// Megabytes at the most.
            most: u64,
        } => "unpacked",
        /// More rows than a list can have.
        TooManyRows {
            /// Rows at the most.
            most: usize,
        } => "too_many_rows",
        /// More columns than a list can have.
        TooManyColumns {
            /// Columns at the most.
            most: usize,
        } => "too_many_columns",
        /// JSON that cannot be read.
        BrokenJson {
            /// Line of the mistake.
            line: usize,
        } => "broken_json",
        /// JSON that is no page of placements.
        NotAPage => "not_a_page",
        /// The first row holds data instead of headings.
        NoHeader => "no_header",
        /// Columns that must be there are missing.
        MissingColumns {
            /// Words of the columns.
            columns: String,
        } => "missing_columns",
        /// Two columns mean the same.
        RepeatedColumn {
            /// The second heading.
            heading: String,
        } => "repeated_column",
        /// A quoted field that is never closed.
        QuoteOpen {
            /// Its row.
            row: u64,
        } => "quote_open",
        /// Something other than a separator after a closing quote.
        QuoteFollowed {
            /// Its row.
            row: u64,
        } => "quote_followed",
        /// Letters that an earlier program lost.
        LettersLost {
            /// The row of the first.
            row: u64,
            /// The text.
            found: String,
        } => "letters_lost",
        /// Letters that an earlier program turned into others.
        EncodedTwice {
            /// The row of the first.
            row: u64,
            /// The text.
            found: String,
            /// What it meant.
            meant: String,
        } => "encoded_twice",
        /// Letters of the Turkish code page that an earlier program read by another one.
        OtherLetters {
            /// The row of the first.
            row: u64,
            /// The text.
            found: String,
            /// What it meant.
            meant: String,
        } => "other_letters",
        /// Two columns hold each other's content.
        SwappedColumns {
            /// Word of one of them.
            one: &'static str,
            /// Word of the other.
            other: &'static str,
        } => "swapped_columns",
        /// Most rows hold something else in a column than they should.
        ColumnContent {
            /// Word of the column.
            column: &'static str,
            /// In how many rows.
            rows: usize,
            /// What stands in one of them.
            found: String,
        } => "column_content",
        /// No mapping was saved under the name.
        UnknownMapping {
            /// The name.
            name: String,
        } => "unknown_mapping",
        // --- a row ------------------------------------------------------------------------------
        /// More or fewer fields than there are headings.
        FieldCount {
            /// Fields that it has.
            found: usize,
            /// Headings.
            expected: usize,
        } => "field_count",
        /// A field that must be filled is empty.
        Empty => "empty",
        /// Neither identity number nor passport.
        Nobody => "nobody",
        /// A text that is too long.
        TooLong {
            /// Characters at the most.
            most: usize,
        } => "too_long",
        /// Something that a spreadsheet takes for a formula.
        Formula {
            /// What stands there.
            found: String,
        } => "formula",
        /// A character that no name has.
        NameCharacter {
            /// The name.
            found: String,
            /// The character, or its code point where it cannot be seen.
            character: String,
        } => "name_character",
        /// Something other than digits in an identity number.
        IdentityNotDigits => "identity_not_digits",
        /// An identity number of another length.
        IdentityLength {
            /// Its digits.
            digits: usize,
        } => "identity_length",
        /// An identity number that begins with zero.
        IdentityLeadingZero => "identity_leading_zero",
        /// An identity number whose digits do not fit each other.
        IdentityCheckDigit => "identity_check_digit",
        /// A passport number with other signs than letters and digits.
        PassportForm => "passport_form",
        /// No day.
        NotADay {
            /// What stands there.
            found: String,
        } => "not_a_day",
        /// A birthday of nobody who can have a place.
        BirthDay {
            /// The day.
            day: Date,
        } => "birth_day",
        /// A word that is not known there.
        UnknownWord {
            /// What stands there.
            found: String,
            /// The words that are.
            words: &'static str,
        } => "unknown_word",
        /// No number.
        NotANumber {
            /// What stands there.
            found: String,
        } => "not_a_number",
        /// Nationality that is no two-letter country code.
        Country {
            /// What stands there.
            found: String,
        } => "country",
        /// A code that no programme has.
        UnknownProgramme {
            /// The code.
            found: String,
        } => "unknown_programme",
        /// A programme of units in which the reader places nobody.
        OtherProgramme {
            /// The code.
            found: String,
        } => "other_programme",
        /// The same candidate in the same programme stands in an earlier row.
        RepeatedRow {
            /// The earlier row.
            first: u64,
        } => "repeated_row",
        /// The same candidate has another place in an earlier row.
        PlacedTwice {
            /// The earlier row.
            first: u64,
        } => "placed_twice",
        /// The same candidate has another place of this way of entry and year here already.
        PlacedElsewhere {
            /// Code of that programme.
            programme: String,
        } => "placed_elsewhere",
        // --- what is to be known and keeps nothing back --------------------------------------------
        /// The candidate is a student here.
        AlreadyStudent {
            /// Student number; stars where the reader does not see that student.
            number: String,
        } => "already_student",
        /// The candidate has a place of the same year by another way of entry.
        PlacedByOther {
            /// Word of that way of entry.
            kind: String,
            /// Code of the programme; stars where the reader does not see its people.
            programme: String,
        } => "placed_by_other",
        /// Seats of the programme that are no whole number; they were left out.
        QuotaLeftOut {
            /// What stands there.
            found: String,
        } => "quota_left_out",
        /// Two rows of one programme tell different seats; they were left out.
        QuotaDiffers {
            /// What stands there.
            found: String,
            /// What stands in an earlier row.
            other: String,
            /// That row.
            first: u64,
        } => "quota_differs",
        /// An address that is none was left out.
        EmailLeftOut {
            /// What stands there.
            found: String,
        } => "email_left_out",
        /// A candidate who does not wait any more differs from the list and stays as he or she is.
        Differs => "differs",
    }
}

impl From<IdentityError> for PlacementProblem {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Empty => Self::Empty,
            IdentityError::NotDigit { .. } => Self::IdentityNotDigits,
            IdentityError::Length { digits } => Self::IdentityLength { digits },
            IdentityError::LeadingZero => Self::IdentityLeadingZero,
            IdentityError::CheckDigit { .. } => Self::IdentityCheckDigit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_for_two_situations() {
        let mut words: Vec<&str> = PlacementProblem::SITUATIONS.iter().map(|(code, _)| *code).collect();
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{words:?}");
    }
}
