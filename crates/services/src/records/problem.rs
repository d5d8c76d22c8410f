//! What can be wrong with the files, with the values that its sentence needs.

use base::{identity::IdentityError, situation::Said, time::Date};
use regulations::LetterError;

base::situations! {
    /// What may stand in a column.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Expected {
        /// The row's own key: a whole number, once in the file.
        Key => "key",
        /// The key of a row of another file.
        Reference {
            /// Name of that file.
            file: &'static str,
        } => "reference",
        /// A student number of `students.csv`.
        StudentReference => "student_reference",
        /// A student number: letters, digits, `-`, `.` and `/`.
        StudentNo {
            /// Characters at the most.
            most: usize,
        } => "student_no",
        /// One of these words.
        OneOf {
            /// The words, with bars between them.
            words: String,
        } => "one_of",
        /// A code.
        Code {
            /// Characters at the most.
            most: usize,
        } => "code",
        /// Text.
        Text {
            /// Characters at the most.
            most: usize,
        } => "text",
        /// A person's name.
        Name {
            /// Characters at the most.
            most: usize,
        } => "name",
        /// Digits alone.
        Digits {
            /// How many.
            count: usize,
        } => "digits",
        /// A whole number in a range.
        Whole {
            /// The least.
            from: i64,
            /// The most.
            to: i64,
        } => "whole",
        /// A number with at most two decimals, from zero.
        Decimal {
            /// The most.
            most: i64,
        } => "decimal",
        /// A day.
        Day => "day",
        /// A T.C. or foreigner's identity number.
        IdentityNo => "identity_no",
        /// An e-mail address.
        Email => "email",
        /// A letter of the institution's scale.
        Letter => "letter",
        /// `2024-2025`.
        AcademicYear => "academic_year",
        /// Two small letters.
        Language => "language",
    }
}

impl Said for Expected {
    fn said(&self) -> String {
        self.code().to_owned()
    }
}

base::situations! {
    /// What is wrong, for people and programs.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Problem {
        // --- the file --------------------------------------------------------------------------
        /// The file is not in the folder.
        MissingFile => "missing_file",
        /// The file is not in the folder, but one with nearly its name.
        MisnamedFile {
            /// The name that was found.
            found: String,
        } => "misnamed_file",
        /// A folder has the name of the file.
        FolderInstead => "folder_instead",
        /// Not even a header stands in the file.
        EmptyFile {
            /// The header that should.
            header: String,
        } => "empty_file",
        /// The system would not let it be read.
        Unreadable {
            /// What the system says.
            why: String,
        } => "unreadable",
        /// Fields are separated by semicolons.
        SeparatedBySemicolons => "separator_semicolon",
        /// Fields are separated by tabs.
        SeparatedByTabs => "separator_tab",
        /// Fields are separated by bars.
        SeparatedByBars => "separator_bar",
        /// The first row is no header.
        NoHeader {
            /// What stands there.
            found: String,
            /// The header that should.
            header: String,
        } => "no_header",
        /// The header has a column that the format does not know.
        UnknownColumn {
            /// Its name.
            found: String,
            /// The header that should be.
            header: String,
        } => "unknown_column",
        /// The header has a column without a name.
        UnnamedColumn {
            /// The header that should be.
            header: String,
        } => "unnamed_column",
        /// The header lacks a column.
        MissingColumn => "missing_column",
        /// The header has a column several times.
        RepeatedColumn {
            /// How often.
            times: usize,
        } => "repeated_column",
        /// None of the first rows holds what the column should.
        ColumnContent {
            /// How many rows were looked at.
            rows: usize,
            /// What may stand there.
            expected: Expected,
            /// What stands in one of them.
            found: String,
        } => "column_content",
        /// Two columns hold each other's content.
        SwappedColumns {
            /// One of them.
            one: &'static str,
            /// The other.
            other: &'static str,
        } => "swapped_columns",
        /// Somebody else began another import in the meantime.
        Overtaken => "overtaken",
        /// As many faults as are collected were found.
        TooMany => "too_many",
        /// The file has more rows than such a file can have.
        TooManyRows {
            /// How many were read.
            rows: u64,
        } => "too_many_rows",
        // --- lines and letters -----------------------------------------------------------------
        /// The file is written in UTF-16.
        Utf16 => "utf_16",
        /// The file is written in the Turkish code page of Windows.
        Windows1254 {
            /// The words around the first foreign letter.
            near: String,
        } => "windows_1254",
        /// The file is written in something else than UTF-8.
        NotUtf8 {
            /// The words around the first foreign letter.
            near: String,
        } => "not_utf_8",
        /// A line is longer than a row can be.
        LineTooLong {
            /// Bytes at the most.
            most: usize,
        } => "line_too_long",
        /// A character that no text has.
        ControlCharacter {
            /// Its value.
            byte: u8,
        } => "control_character",
        /// A quote in the middle of a field.
        QuoteInside => "quote_inside",
        /// Something other than a separator after a closing quote.
        QuoteFollowed => "quote_followed",
        /// A quote that is never closed.
        QuoteOpen => "quote_open",
        /// The last row ends in the middle.
        Truncated {
            /// Fields that it has.
            found: usize,
            /// Fields that it should have.
            expected: usize,
        } => "truncated",
        /// A row with more or fewer fields than the header.
        FieldCount {
            /// Fields that it has.
            found: usize,
            /// Fields that it should have.
            expected: usize,
        } => "field_count",
        /// Letters that an earlier program lost.
        LettersLost {
            /// The text.
            found: String,
        } => "letters_lost",
        /// Letters that an earlier program turned into others.
        EncodedTwice {
            /// The text.
            found: String,
            /// What it meant.
            meant: String,
        } => "encoded_twice",
        // --- one field -------------------------------------------------------------------------
        /// A field that must be filled is empty.
        Empty {
            /// What may stand there.
            expected: Expected,
        } => "empty",
        /// A field that cannot be read.
        NotUnderstood {
            /// What stands there.
            found: String,
            /// What may stand there.
            expected: Expected,
        } => "not_understood",
        /// A whole number out of its range.
        OutOfRange {
            /// What stands there.
            found: String,
            /// The least.
            from: i64,
            /// The most.
            to: i64,
        } => "range",
        /// A decimal number out of its range.
        DecimalOutOfRange {
            /// What stands there.
            found: String,
            /// The most.
            most: i64,
        } => "decimal_range",
        /// A word of another vocabulary.
        UnknownWord {
            /// What stands there.
            found: String,
            /// The words that may.
            words: String,
        } => "word",
        /// A digit in a person's name.
        DigitInName {
            /// The name.
            found: String,
        } => "digit_in_name",
        /// A character in a person's name that nobody writes and most nobody sees.
        CharacterInName {
            /// Its code point; the character itself might turn the sentence around.
            code: String,
        } => "character_in_name",
        /// A text that is too long.
        TooLong {
            /// The text.
            found: String,
            /// Its characters.
            length: usize,
            /// Characters at the most.
            most: usize,
        } => "too_long",
        /// An identity number with something other than digits in it.
        IdentityNotDigits {
            /// The first that is no digit.
            found: char,
            /// Its place, from 1.
            position: usize,
        } => "identity_not_digits",
        /// An identity number of another length.
        IdentityLength {
            /// Its digits.
            digits: usize,
        } => "identity_length",
        /// An identity number that begins with zero.
        IdentityLeadingZero => "identity_leading_zero",
        /// An identity number whose digits do not fit each other.
        IdentityCheckDigit {
            /// The digit that does not follow from those before it, from 1.
            place: u8,
        } => "identity_check_digit",
        /// A letter mark that is too long to be one.
        LetterTooLong {
            /// What stands there.
            found: String,
        } => "letter_too_long",
        /// A letter mark with a sign in it that none has.
        LetterSign {
            /// What stands there.
            found: String,
            /// The sign.
            sign: char,
        } => "letter_sign",
        // --- rows against each other -----------------------------------------------------------
        /// A key that an earlier row has.
        RepeatedKey {
            /// The key.
            key: i64,
        } => "repeated_key",
        /// A student number that an earlier row has.
        RepeatedNumber {
            /// The number.
            number: String,
            /// The earlier row.
            first: u32,
        } => "repeated_number",
        /// A row that says what an earlier one says.
        RepeatedRow {
            /// The earlier row.
            first: u32,
        } => "repeated_row",
        /// A line of a curriculum at the place of another.
        RepeatedPosition {
            /// The earlier row.
            first: u32,
        } => "repeated_position",
        /// A section number that the course has already in this term.
        RepeatedSection => "repeated_section",
        /// A code that an earlier row has.
        RepeatedCode {
            /// The code.
            found: String,
            /// The earlier row.
            first: u32,
        } => "repeated_code",
        /// An identity number that an earlier member of staff has.
        RepeatedIdentityNo {
            /// The earlier row.
            first: u32,
        } => "repeated_identity_no",
        /// A term of a student in several rows.
        RepeatedTerm {
            /// In how many.
            times: i64,
            /// The first of them.
            first: i64,
        } => "repeated_term",
        /// A mark of a student in several rows.
        RepeatedMark {
            /// In how many.
            times: i64,
            /// The first of them.
            first: i64,
        } => "repeated_mark",
        /// A reference to a row that is not there.
        UnknownReference {
            /// The key.
            found: String,
            /// The file in which it should stand.
            file: &'static str,
        } => "unknown_reference",
        /// A unit without one above it.
        NoParent => "no_parent",
        /// Not exactly one university.
        Universities {
            /// How many there are.
            count: u32,
        } => "universities",
        /// Units that stand above themselves.
        Cycle => "cycle",
        /// A curriculum version of another programme.
        ForeignCurriculum {
            /// Key of the version.
            curriculum: i64,
            /// Key of the programme.
            program: i64,
        } => "foreign_curriculum",
        /// A section of another term or course.
        ForeignSection {
            /// Key of the section.
            section: i64,
            /// Key of its term.
            term: i64,
            /// Key of its course.
            course: i64,
        } => "foreign_section",
        /// One identity number with two names or birthdays.
        TwoPeople {
            /// The earlier row.
            first: u32,
        } => "two_people",
        /// A class year that the programme does not have.
        ClassYear {
            /// What stands there.
            class: i64,
            /// Years of the programme.
            most: i64,
        } => "class_year",
        // --- days ------------------------------------------------------------------------------
        /// An end that is not after its beginning.
        DateOrder {
            /// The end.
            day: Date,
            /// The beginning.
            after: Date,
            /// Column of the beginning.
            column: &'static str,
        } => "date_order",
        /// A term that begins outside its academic year.
        OutsideYear {
            /// The day.
            day: Date,
            /// The year.
            year: String,
        } => "outside_year",
        /// A year of entry that has not come yet.
        EntryInFuture {
            /// What stands there.
            year: i64,
            /// The latest possible.
            most: i64,
        } => "entry_in_future",
        /// A birthday that has not come yet.
        BirthInFuture {
            /// The day.
            day: Date,
        } => "birth_in_future",
        /// A birthday too close to the entry.
        BirthAfterEntry {
            /// The day.
            day: Date,
            /// The year of entry.
            entry: i64,
        } => "birth_after_entry",
        /// A birthday of nobody alive.
        BirthTooEarly {
            /// The day.
            day: Date,
        } => "birth_too_early",
        /// A status from a day that has not come yet.
        StatusInFuture {
            /// The day.
            day: Date,
        } => "status_in_future",
        /// A status from before the entry.
        StatusBeforeEntry {
            /// The day.
            day: Date,
            /// The year of entry.
            entry: i64,
            /// The status.
            status: String,
        } => "status_before_entry",
        // --- marks -----------------------------------------------------------------------------
        /// A letter that the scale does not have.
        UnknownLetter {
            /// The letter.
            found: String,
            /// Those of the scale.
            letters: String,
        } => "unknown_letter",
        /// Points that the letter is not worth.
        Points {
            /// The letter.
            letter: String,
            /// What it is worth.
            right: String,
            /// What stands there.
            found: String,
        } => "points",
        /// Points for a letter outside the average.
        PointsOutside {
            /// The letter.
            letter: String,
            /// What stands there.
            found: String,
        } => "points_outside",
        // --- against what was taken over before ------------------------------------------------
        /// What stands in the row was taken over under another key, which the file no longer has.
        Renumbered {
            /// What it is known by.
            found: String,
            /// The key it was taken over with.
            key: String,
        } => "renumbered",
        /// What the row is known by belongs to another row that was taken over.
        TakenByAnother {
            /// What it is known by.
            found: String,
            /// The key that it was taken over with.
            key: String,
        } => "taken_by_another",
        /// What the row is known by belongs to something that was set up here.
        TakenHere {
            /// What it is known by.
            found: String,
        } => "taken_here",
        /// A student was taken over under another number, which the file no longer has.
        RenumberedStudent {
            /// The number.
            number: String,
        } => "renumbered_student",
        /// A student number that stands for somebody else here.
        NumberOfAnother {
            /// The number under which the person of the row stands here.
            number: String,
        } => "number_of_another",
    }
}

impl Problem {
    /// What may stand in the field, where that is part of the sentence.
    pub const fn expected(&self) -> Option<&Expected> {
        match self {
            Self::Empty { expected }
            | Self::NotUnderstood { expected, .. }
            | Self::ColumnContent { expected, .. } => Some(expected),
            _ => None,
        }
    }
}

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Empty => Self::Empty { expected: Expected::IdentityNo },
            IdentityError::NotDigit { found, position } => Self::IdentityNotDigits { found, position },
            IdentityError::Length { digits } => Self::IdentityLength { digits },
            IdentityError::LeadingZero => Self::IdentityLeadingZero,
            IdentityError::CheckDigit { place } => Self::IdentityCheckDigit { place },
        }
    }
}

impl From<LetterError> for Problem {
    fn from(error: LetterError) -> Self {
        match error {
            LetterError::Empty => Self::Empty { expected: Expected::Letter },
            LetterError::TooLong(found) => Self::LetterTooLong { found },
            LetterError::Sign { typed, found } => Self::LetterSign { found: typed, sign: found },
        }
    }
}
