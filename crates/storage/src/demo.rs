//! The mark of a demo: a database that was empty when invented people moved in.
//!
//! It must never be written for a database in which somebody works already; [`beginning`] tells them apart.

use crate::{
    args,
    db::{Reader, Tx},
    dump,
    error::Result,
    migrate,
    permit::Permit,
};

/// The row of `setting` that says so.
const KEY: &str = "demo";

/// What a demo finds where it is to begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beginning {
    /// Nothing yet: it may begin.
    Empty,
    /// A demo that has begun here.
    Demo,
    /// Records or accounts of somebody else.
    Office,
}

/// Looks at a database in whatever version of the schema.
///
/// # Errors
/// The engine's refusal.
pub fn beginning(db: &Reader<'_>) -> Result<Beginning> {
    let is_set_up = migrate::found_version(db)? > 0;
    if is_set_up && db.count("SELECT count(*) FROM setting WHERE key = $1", args![KEY])? > 0 {
        return Ok(Beginning::Demo);
    }
    Ok(if dump::occupied(db)?.is_none() { Beginning::Empty } else { Beginning::Office })
}

/// Marks a database as a demo's.
///
/// # Errors
/// The engine's refusal.
pub fn mark(tx: &Tx<'_>, permit: &Permit) -> Result<()> {
    tx.execute("INSERT INTO setting (key, value) VALUES ($1, $2)", args![KEY, permit.at().to_string()])?;
    Ok(())
}
