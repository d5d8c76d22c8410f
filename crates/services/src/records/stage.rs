//! Reading on one thread while the writer stages what was read: no piece holds the writer for long.

use std::path::PathBuf;

use storage::{
    StorageError,
    records::{
        RecordsFile,
        staging::{self, Piece, Run},
    },
};
use tokio::sync::mpsc;

use super::{
    faults::{Fault, Faults, LIMIT},
    problem::Problem,
    progress::Reporter,
    read::{Reading, read_folder},
    renumbered,
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
};

/// Pieces that may wait for the writer.
const WAITING: usize = 2;

/// Opens a run for somebody who may import, on empty staging tables.
pub(super) async fn begin(office: &Office, actor: &Actor) -> Result<Run> {
    let (now, actor) = (office.now(), actor.clone());
    let run = office
        .db
        .write(move |tx| {
            let permit = authz::ask(tx, &actor, Action::ImportRecords, Resource::Anywhere, now)?;
            Ok::<_, ServiceError>(staging::begin(tx, &permit)?)
        })
        .await?;
    clear(office, run).await?;
    Ok(run)
}

/// Clears what a run staged and ends it. Rows that a killed process leaves in between are cleared by the next run.
pub(super) async fn end(office: &Office, run: Run) -> Result<()> {
    clear(office, run).await?;
    let now = office.now();
    Ok(office.db.write(move |tx| staging::end(tx, run, now)).await?)
}

/// Clears staged rows in pieces, so that others write in between; those of a run that began since are left alone.
async fn clear(office: &Office, run: Run) -> Result<()> {
    loop {
        match office.db.write(move |tx| staging::clear_some(tx, run)).await {
            Ok(true) => {}
            Ok(false) | Err(StorageError::Stale) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Reads the folder and stages it; faults are part of the answer.
pub(super) async fn stage(office: &Office, run: Run, dir: PathBuf, report: &Reporter) -> Result<Reading> {
    let (send, mut pieces) = mpsc::channel::<Piece>(WAITING);
    let (book, today, report) = (office.book.clone(), office.today(), report.clone());
    let reading = tokio::task::spawn_blocking(move || {
        read_folder(&dir, &book, today, &report, |piece| send.blocking_send(piece).is_ok())
    });
    let mut failed = None;
    while let Some(piece) = pieces.recv().await {
        let written: Result<(), StorageError> =
            office.db.write(move |tx| staging::stage(tx, run, &piece)).await;
        if let Err(error) = written {
            failed = Some(error);
            break;
        }
    }
    // The reader stops at its next piece.
    drop(pieces);
    let mut reading = reading.await.map_err(|_| StorageError::Panicked)?;
    match failed {
        Some(StorageError::Stale) => reading.faults = overtaken(),
        Some(error) => return Err(error.into()),
        None if reading.faults.is_empty() => {
            find_repeated(office, &mut reading).await?;
            if reading.faults.is_empty() {
                reading.faults = find_renumbered(office).await?;
            }
        }
        None => {}
    }
    Ok(reading)
}

/// What a run is told after another one has begun.
pub(super) fn overtaken() -> Faults {
    let mut faults = Faults::default();
    faults.push(Fault { file: "", row: None, column: None, problem: Problem::Overtaken });
    faults
}

/// Rows that stand here under another key.
async fn find_renumbered(office: &Office) -> Result<Faults> {
    office
        .db
        .read_apart(|db| {
            let mut faults = Faults::default();
            renumbered::find(db, &mut faults)?;
            Ok(faults)
        })
        .await
}

/// Keys of the long files that stand twice; the staged rows know it, so that reading needs no memory for them.
async fn find_repeated(office: &Office, reading: &mut Reading) -> Result<()> {
    for file in [RecordsFile::StudentTerms, RecordsFile::Grades] {
        let found = office.db.read_apart(move |db| staging::repeated(db, file, LIMIT)).await?;
        for repeated in found {
            let (times, first) = (repeated.times, repeated.first);
            let problem = if file == RecordsFile::Grades {
                Problem::RepeatedMark { times, first }
            } else {
                Problem::RepeatedTerm { times, first }
            };
            reading.faults.row(file, u64::try_from(repeated.last).unwrap_or(0), None, problem);
        }
    }
    Ok(())
}
