//! Stored files against the hashes that rows keep of them.

use domain::ledger::hex;
use storage::{
    Reader, StorageError,
    verify::{FileLine, papers_by_file},
};

use super::{
    finding::{Fault, Finding, Place},
    progress::{Progress, Stage},
};
use crate::ports::FileStore;

/// What reading the files gave.
pub(super) struct Read {
    /// Files read.
    pub read: u64,
    /// Rows whose file is missing or altered, and why.
    pub broken: Vec<(FileLine, Fault)>,
}

/// Reads every file once; the store compares it with its hash.
pub(super) fn check(store: &dyn FileStore, files: &[FileLine], progress: &mut Progress) -> Read {
    progress.begin(Stage::Files, u64::try_from(files.len()).unwrap_or(0));
    let mut broken = Vec::new();
    let mut done = 0;
    let mut last: Option<([u8; 32], Result<usize, String>)> = None;
    for file in files {
        // Rows come in order of their hashes, so that a file that several rows name is read once.
        let known = last.as_ref().filter(|(hash, _)| *hash == file.sha256).map(|(_, read)| read.clone());
        let read = known
            .unwrap_or_else(|| store.get(&file.sha256).map(|bytes| bytes.len()).map_err(|e| e.to_string()));
        match &read {
            Err(why) => broken.push((*file, Fault::FileBroken { why: why.clone() })),
            Ok(size) if i64::try_from(*size) != Ok(file.size) => {
                broken.push((*file, Fault::FileSize { found: *size, right: file.size }));
            }
            Ok(_) => {}
        }
        last = Some((file.sha256, read));
        done += 1;
        progress.at(done);
    }
    Read { read: done, broken }
}

/// Findings for broken files, with the papers whose PDF they are.
pub(super) fn named(db: &Reader<'_>, broken: Vec<(FileLine, Fault)>) -> Result<Vec<Finding>, StorageError> {
    if broken.is_empty() {
        return Ok(Vec::new());
    }
    let papers = papers_by_file(db)?;
    Ok(broken
        .into_iter()
        .map(|(file, fault)| {
            let paper = papers.get(&file.id).map(|p| format!("{} {}", p.unit_code, p.number));
            Finding { place: Place::File { sha256: hex(&file.sha256), paper }, seq: None, fault }
        })
        .collect())
}
