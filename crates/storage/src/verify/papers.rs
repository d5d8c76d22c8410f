//! Numbers of papers, and the files that rows name.

use std::collections::HashMap;

use base::ids::{DocumentId, FileId, UnitId};

use crate::{
    db::{Reader, Row},
    documents::DocumentNumber,
    error::Result,
};

/// The numbers given so far by a unit in a year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Series {
    /// The unit.
    pub unit: UnitId,
    /// Its code.
    pub unit_code: String,
    /// Calendar year.
    pub year: i32,
    /// The last number given.
    pub last: i64,
}

/// All series of numbers, by unit and year.
///
/// # Errors
/// The engine's refusal.
pub fn series(db: &Reader<'_>) -> Result<Vec<Series>> {
    db.query(
        "SELECT s.unit_id, u.code, s.year, s.last FROM document_series s JOIN unit u ON u.id = s.unit_id ORDER BY s.unit_id, s.year",
        &[],
        |r| Ok(Series { unit: r.id(0)?, unit_code: r.text(1)?, year: r.int32(2)?, last: r.int(3)? }),
    )
}

/// A number that a paper has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperLine {
    /// Row id of the paper.
    pub id: DocumentId,
    /// The number.
    pub number: DocumentNumber,
    /// Code of the unit.
    pub unit_code: String,
}

const PAPER: &str =
    "SELECT d.id, d.unit_id, d.year, d.serial, u.code FROM document d JOIN unit u ON u.id = d.unit_id";

fn paper(r: &Row<'_>) -> Result<PaperLine> {
    Ok(PaperLine {
        id: r.id(0)?,
        number: DocumentNumber { unit: r.id(1)?, year: r.int32(2)?, serial: r.int(3)? },
        unit_code: r.text(4)?,
    })
}

/// Hands the number of every paper to `visit`, by unit, year and number.
///
/// # Errors
/// The engine's refusal.
pub fn each_number(db: &Reader<'_>, mut visit: impl FnMut(PaperLine)) -> Result<()> {
    db.each(&format!("{PAPER} ORDER BY d.unit_id, d.year, d.serial"), &[], |r| {
        visit(paper(r)?);
        Ok(())
    })
}

/// Papers whose own hash is not the one of the file they name.
///
/// # Errors
/// The engine's refusal.
pub fn misfiled(db: &Reader<'_>) -> Result<Vec<PaperLine>> {
    db.query(
        &format!(
            "{PAPER} LEFT JOIN stored_file f ON f.id = d.file_id
             WHERE (d.sha256 IS NULL) <> (d.file_id IS NULL) OR (d.sha256 IS NOT NULL AND (f.id IS NULL OR f.sha256 <> d.sha256))
             ORDER BY d.id"
        ),
        &[],
        paper,
    )
}

/// A file that a row names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileLine {
    /// Row id.
    pub id: FileId,
    /// SHA-256 of the content.
    pub sha256: [u8; 32],
    /// Size in bytes.
    pub size: i64,
}

/// All files that rows name, in order of their hashes.
///
/// # Errors
/// The engine's refusal.
pub fn files(db: &Reader<'_>) -> Result<Vec<FileLine>> {
    db.query("SELECT id, sha256, size FROM stored_file ORDER BY sha256, id", &[], |r| {
        Ok(FileLine { id: r.id(0)?, sha256: r.hash(1)?, size: r.int(2)? })
    })
}

/// The paper that each file is the PDF of, for naming what is wrong with it.
///
/// # Errors
/// The engine's refusal.
pub fn papers_by_file(db: &Reader<'_>) -> Result<HashMap<FileId, PaperLine>> {
    let found = db.query(
        "SELECT d.id, d.unit_id, d.year, d.serial, u.code, d.file_id FROM document d JOIN unit u ON u.id = d.unit_id
         WHERE d.file_id IS NOT NULL",
        &[],
        |r| Ok((r.id(5)?, paper(r)?)),
    )?;
    Ok(found.into_iter().collect())
}
