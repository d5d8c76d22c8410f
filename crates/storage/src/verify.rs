//! What verification reads: the ledger exactly as it lies there, and the tables that must agree with it.
//!
//! It must never judge; `services::verify` compares and names what is wrong. Nothing here keeps rows.

mod ledger;
mod papers;
mod state;

use base::ids::{EnrolmentId, PersonId};

pub use self::{
    ledger::{Act, TextLine, each_entry, each_text, store_root_once},
    papers::{FileLine, PaperLine, Series, each_number, files, misfiled, papers_by_file, series},
    state::{
        FiguresLine, IdentityLine, IndexLine, LinkLine, PlacementLine, StatusLine, Told, each_figures,
        each_identity, each_index, each_link, each_placement, each_status, each_term, each_term_told,
        marks_without_entry, stray_index_rows, term_names,
    },
};
use crate::{
    db::{Engine, Reader},
    error::Result,
    migrate,
};

/// Hands every enrolment to `visit`, with its person and student number, in order of row id.
///
/// # Errors
/// The engine's refusal.
pub fn each_enrolment(db: &Reader<'_>, mut visit: impl FnMut(EnrolmentId, PersonId, &str)) -> Result<()> {
    db.each("SELECT id, person_id, number FROM enrolment ORDER BY id", &[], |r| {
        visit(r.id(0)?, r.id(1)?, r.str(2)?);
        Ok(())
    })
}

/// Hands every person to `visit`, in order of row id.
///
/// # Errors
/// The engine's refusal.
pub fn each_person(db: &Reader<'_>, mut visit: impl FnMut(PersonId)) -> Result<()> {
    db.each("SELECT id FROM person ORDER BY id", &[], |r| {
        visit(r.id(0)?);
        Ok(())
    })
}

/// Names of the triggers of the schema that are gone or turned off.
///
/// # Errors
/// The engine's refusal.
pub fn missing_guards(db: &Reader<'_>) -> Result<Vec<&'static str>> {
    let sql = match db.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'trigger'",
        Engine::Postgres => {
            "SELECT CAST(t.tgname AS TEXT) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
             JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = current_schema() AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
        }
    };
    let found = db.query(sql, &[], |r| r.text(0))?;
    Ok(migrate::triggers(db.engine()).filter(|name| !found.iter().any(|found| found == name)).collect())
}
