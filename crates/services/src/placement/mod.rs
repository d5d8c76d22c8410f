//! Placement lists: files and pages of the ministry become candidates, apart from students.
//!
//! A file becomes a table (`read`), its headings become columns (`layout`), its rows become candidates or keep what is
//! wrong with them (`rows`), and these are compared with the candidates that are here (`plan`). All of that is a pure
//! function of the file and of what is known; [`preview_placement()`] shows its answer and [`apply_placement()`] writes
//! it in one transaction. What the ministry's service sends goes the same way ([`fetch`]). [`enter_candidate()`] is the list of one, typed into a form. It must never contain a rule of
//! who may be registered; that is the desk's.

mod answers;
mod apply_placement;
mod candidate_form;
mod change_candidate;
mod check;
mod enter_candidate;
pub mod fetch;
mod fields;
mod kind_facts;
mod layout;
mod lists;
mod mend_row;
mod plan;
mod preview_placement;
mod problem;
mod quotas;
mod read;
mod rows;
mod uploads;

pub use self::{
    apply_placement::{Applied, ApplyHow, apply_placement, apply_upload},
    change_candidate::{CandidateForm, candidate_form, change_candidate},
    check::{Checked, ListFile, kind_of},
    enter_candidate::{EnterCandidate, Entered, EntryForm, enter_candidate, entry_form, form_kinds},
    fields::{Field, REASON},
    kind_facts::{KindFacts, kind_facts},
    layout::{Columns, Layout},
    lists::{ListLine, OpenRow, OpenedList, dismiss_row, list_placements, open_placement},
    mend_row::{RowForm, mend_row, row_form},
    plan::{BadFile, ChangedCandidate, CheckedList, NewCandidate},
    preview_placement::preview_placement,
    problem::PlacementProblem,
    read::MAX_BYTES,
    rows::{FaultyRow, RowFault},
    uploads::{drop_upload, keep_upload, likely_year, list_mappings, save_mapping, uploaded},
};

#[cfg(test)]
mod tests;
