//! Parts that several answers share.

use base::lang::Lang;
use domain::{ledger::Ground, student_file::Name};
use serde::Serialize;
use utoipa::ToSchema;

use super::{fields::Day, words::GroundWord};

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// What to send as `after` for the next page; null on the last one.
    #[schema(required)]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A list that is always whole.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// A name in both languages.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BothNames {
    /// Turkish.
    pub tr: String,
    /// English.
    pub en: String,
}

impl From<&Name> for BothNames {
    fn from(name: &Name) -> Self {
        Self { tr: name.of(Lang::Tr).to_owned(), en: name.of(Lang::En).to_owned() }
    }
}

/// What a fact rests on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroundBody {
    /// Its kind.
    pub kind: GroundWord,
    /// Reference that finds the paper again.
    #[serde(rename = "ref")]
    pub reference: String,
    /// Day of the paper.
    #[schema(required)]
    pub dated: Option<Day>,
}

impl From<&Ground> for GroundBody {
    fn from(ground: &Ground) -> Self {
        Self { kind: ground.kind.into(), reference: ground.reference.clone(), dated: ground.dated.map(Day) }
    }
}

/// The row number of what was made.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Made {
    /// By this number it is addressed.
    pub id: i64,
}
