//! What is fetched: a year, and kinds of placement as the service calls them.

use base::ids::{ProgrammeId, UnitId};
use domain::enrolments::EntryKind;
use regulations::When;
use serde::{Deserialize, Serialize};
use storage::{StorageError, candidates::Sight, jobs::Job};

use super::super::check::{is_year, kind_of};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    registration::sight,
};

/// A kind of placement that the service knows, with the way of entry that it brings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FetchKind {
    /// The service's word.
    pub word: String,
    /// The way of entry.
    pub kind: EntryKind,
}

/// What somebody asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FetchOrder {
    /// Way of entry of the candidates.
    pub kind: EntryKind,
    /// Year of placement.
    pub year: i32,
    /// Kinds of placement, by the service's words.
    pub words: Vec<String>,
    /// Whether nothing is written.
    pub dry_run: bool,
}

/// The kinds of placement that can be fetched in a year.
pub fn fetch_kinds(office: &Office, year: i32) -> Vec<FetchKind> {
    let when = When { on: office.today(), entry_year: i16::try_from(year).unwrap_or_default() };
    let of_kind = |kind: EntryKind| {
        let rule = office.book.entry_rule(kind.code(), when).value;
        let words = rule.map(|rule| rule.placements.clone()).unwrap_or_default();
        words.into_iter().map(move |word| FetchKind { word, kind })
    };
    EntryKind::ALL.iter().copied().flat_map(of_kind).collect()
}

/// The order that a word means: one kind of placement, or with the code of a way of entry all kinds that bring it.
///
/// # Errors
/// [`ServiceError::Invalid`] on `kind` for a word that the service does not know, on `year` for a year without lists.
pub fn order_of(office: &Office, word: &str, year: i32, dry_run: bool) -> Result<FetchOrder> {
    let mut wrong = Vec::new();
    if !is_year(office, year) {
        wrong.push(FieldError::new("year", "year-range"));
    }
    let all = fetch_kinds(office, year);
    let kind = kind_of(office, word, year);
    let words: Vec<String> = all
        .into_iter()
        .filter(|known| {
            known.word.eq_ignore_ascii_case(word) || (Some(known.kind) == kind && known.kind.code() == word)
        })
        .map(|known| known.word)
        .collect();
    match kind {
        Some(kind) if wrong.is_empty() && !words.is_empty() => Ok(FetchOrder { kind, year, words, dry_run }),
        _ => {
            if words.is_empty() {
                wrong.push(FieldError::new("kind", "kind-not-fetched"));
            }
            Err(ServiceError::Invalid(wrong))
        }
    }
}

/// What a job remembers: the order, and where its orderer places candidates.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Params {
    kind: String,
    pub year: i32,
    pub words: Vec<String>,
    pub dry_run: bool,
    all: bool,
    units: Vec<i64>,
    programmes: Vec<i64>,
}

impl Params {
    pub(super) fn of(order: &FetchOrder, actor: &Actor) -> Self {
        let seen = sight(actor, Action::ImportPlacement, None);
        Self {
            kind: order.kind.code().to_owned(),
            year: order.year,
            words: order.words.clone(),
            dry_run: order.dry_run,
            all: seen.all,
            units: seen.units.iter().map(|unit| unit.get()).collect(),
            programmes: seen.programmes.iter().map(|programme| programme.get()).collect(),
        }
    }

    pub(super) fn read(job: &Job) -> Result<Self> {
        serde_json::from_str(&job.params).map_err(|error| unreadable(error.to_string()))
    }

    pub(super) fn written(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| unreadable(error.to_string()))
    }

    pub(super) fn kind(&self) -> Result<EntryKind> {
        EntryKind::from_code(&self.kind).ok_or_else(|| unreadable(self.kind.clone()))
    }

    /// Where the orderer places candidates.
    pub(super) fn sight(&self) -> Sight {
        Sight {
            all: self.all,
            units: self.units.iter().copied().map(UnitId::new).collect(),
            programmes: self.programmes.iter().copied().map(ProgrammeId::new).collect(),
            only: None,
        }
    }

    /// What the list is called.
    pub(super) fn name(&self) -> String {
        format!("YÖKSİS {} {}", self.words.join(", "), self.year)
    }
}

fn unreadable(found: String) -> ServiceError {
    ServiceError::Storage(StorageError::Decode { column: "job.params".to_owned(), found })
}
