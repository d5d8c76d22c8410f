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
    progress::Reporter,
    read::{Reading, read_folder},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
};

/// Pieces that may wait for the writer.
const WAITING: usize = 2;

/// Opens a run for somebody who may import.
pub(super) async fn begin(office: &Office, actor: &Actor) -> Result<Run> {
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .write(move |tx| {
            let permit = authz::ask(tx, &actor, Action::ImportRecords, Resource::Anywhere, now)?;
            Ok(staging::begin(tx, &permit)?)
        })
        .await
}

/// Ends a run and clears what it staged.
pub(super) async fn end(office: &Office, run: Run) -> Result<()> {
    let now = office.now();
    office.db.write(move |tx| Ok(staging::end(tx, run, now)?)).await
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
        None if reading.faults.is_empty() => find_repeated(office, &mut reading).await?,
        None => {}
    }
    Ok(reading)
}

/// What a run is told after another one has begun.
pub(super) fn overtaken() -> Faults {
    let mut faults = Faults::default();
    faults.push(Fault {
        file: "",
        row: None,
        column: None,
        code: "overtaken",
        message: "Bu aktarım sürerken başka bir kayıt aktarımı başlatıldı; bu aktarımdan hiçbir şey yazılmadı. Öteki bittikten sonra yeniden deneyin.".to_owned(),
    });
    faults
}

/// Keys of the long files that stand twice; the staged rows know it, so that reading needs no memory for them.
async fn find_repeated(office: &Office, reading: &mut Reading) -> Result<()> {
    for file in [RecordsFile::StudentTerms, RecordsFile::Grades] {
        let found = office.db.read_apart(move |db| staging::repeated(db, file, LIMIT)).await?;
        for repeated in found {
            let what = if file == RecordsFile::Grades {
                "öğrencinin aynı dönemde aynı dersi"
            } else {
                "öğrencinin aynı dönemi"
            };
            reading.faults.row(
                file,
                u64::try_from(repeated.last).unwrap_or(0),
                None,
                "repeated_key",
                format!(
                    "Bir {what} {} satırda yazılmış; ilki {}. satır. Fazla satırları silin.",
                    repeated.times, repeated.first
                ),
            );
        }
    }
    Ok(())
}
