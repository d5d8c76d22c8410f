//! What stands above a list: the columns to choose from, and the files to take out.

use super::form::Choice;
use super::{Link, Str};

/// The columns of a list to choose from; posted to `/tercih`, which keeps them with the account.
#[derive(Clone, Debug, Default)]
pub struct ColumnPicker<'a> {
    /// Word of the list.
    pub list: &'static str,
    /// Columns that every row has; sent along, not asked.
    pub fixed: Vec<&'static str>,
    /// Columns that may be left out, chosen where they are shown.
    pub choices: Vec<Choice<'a>>,
}

/// Files of a list that have the same columns.
#[derive(Clone, Debug, Default)]
pub struct Files<'a> {
    /// Which columns: "Görünen sütunlar".
    pub label: Str<'a>,
    /// One link for each form of the file.
    pub links: Vec<Link<'a>>,
}

/// The tools of a list, at the end of the line above it.
#[derive(Clone, Debug, Default)]
pub struct ListTools<'a> {
    /// Which columns are shown; none draws no menu.
    pub picker: Option<ColumnPicker<'a>>,
    /// What can be taken out; none draws no menu.
    pub files: Vec<Files<'a>>,
    /// What the files hold: "Süzgece uyan 449 öğrencinin hepsi".
    pub files_note: Str<'a>,
}
