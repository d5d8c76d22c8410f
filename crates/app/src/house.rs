//! Opening an installation: database, rule book, ports.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use gateways::{
    http::{Client, Patience, Roots},
    yoksis::Yoksis,
};
use services::{Office, audit::ReadLog, ports::PlacementService, registration::figures::LiveFigures};
use storage::{Db, migrate};
use tokio::net::TcpListener;

use crate::{
    ports::{DiskFiles, LazyTypesetter, SystemClock, SystemRandomness, private_folder},
    settings::Settings,
};

/// For so long a count of the registration answers every start page.
const FIGURES: Duration = Duration::from_secs(10);

/// Why an installation could not be opened; [`crate::wording`] has its sentences.
#[derive(Debug, thiserror::Error)]
pub enum HouseError {
    /// Settings.
    #[error(transparent)]
    Settings(#[from] crate::settings::SettingsError),
    /// Database.
    #[error(transparent)]
    Storage(#[from] storage::StorageError),
    /// A use case said no.
    #[error(transparent)]
    Service(#[from] services::ServiceError),
    /// A file or folder.
    #[error("{}: {source}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is no database where one should be.
    #[error("{}: no database", .0.display())]
    NoDatabase(PathBuf),
    /// The address to listen on.
    #[error("{address}: {source}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The profile of the institution.
    #[error(transparent)]
    Profile(#[from] regulations::BookError),
}

/// Opens the database of the settings and puts the office together. The schema is checked, not changed, and nothing is
/// made where there is no office.
///
/// # Errors
/// What could not be opened, and how to mend it.
pub async fn open(settings: &Settings) -> Result<Office, HouseError> {
    if let storage::Settings::Sqlite(path) = &settings.database
        && std::fs::exists(path).is_ok_and(|is_there| !is_there)
    {
        return Err(HouseError::NoDatabase(path.clone()));
    }
    let db = Db::open(&settings.database).await?;
    migrate::check(&db).await?;
    put_together(settings, db)
}

/// Opens the database, making or upgrading its schema. For a single office and the demo.
///
/// # Errors
/// As [`open`].
pub async fn open_migrated(settings: &Settings) -> Result<Office, HouseError> {
    let db = open_database(settings).await?;
    migrate::migrate(&db, base::time::Clock::now(&SystemClock)).await?;
    put_together(settings, db)
}

/// Opens the database as it is, empty or not, for a backup to be restored into: that makes the schema of its own day.
///
/// # Errors
/// As [`open`].
pub async fn open_as_it_is(settings: &Settings) -> Result<Office, HouseError> {
    let db = open_database(settings).await?;
    put_together(settings, db)
}

/// Opens the database without looking at its schema, making its folder.
///
/// # Errors
/// What could not be made or opened.
pub async fn open_database(settings: &Settings) -> Result<Db, HouseError> {
    if let storage::Settings::Sqlite(path) = &settings.database {
        make_folder(path.parent().unwrap_or(Path::new(".")))?;
    }
    Ok(Db::open(&settings.database).await?)
}

/// Takes the address.
///
/// # Errors
/// The address and what the system says.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, HouseError> {
    TcpListener::bind(address).await.map_err(|source| HouseError::Listen { address, source })
}

/// Makes a folder where it is missing, readable by its owner alone.
///
/// # Errors
/// The folder and what the system says.
pub fn make_folder(path: &Path) -> Result<(), HouseError> {
    if path.as_os_str().is_empty() {
        return Ok(());
    }
    private_folder(path).map_err(|source| HouseError::File { path: path.to_owned(), source })
}

fn put_together(settings: &Settings, db: Db) -> Result<Office, HouseError> {
    let book = regulations::book(&settings.institution)?;
    let files = DiskFiles::open(&settings.files)
        .map_err(|source| HouseError::File { path: settings.files.clone(), source })?;
    Ok(Office {
        reads: ReadLog::start(db.clone()),
        room: services::room::Room::default(),
        figures: LiveFigures::kept_for(FIGURES),
        db,
        book: Arc::new(book),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandomness),
        files: Arc::new(files),
        press: Arc::new(LazyTypesetter::new()),
        placements: placements(settings)?,
        public_url: settings.public_url.as_str().into(),
    })
}

/// The ministry's placement service; nothing where no account is set.
fn placements(settings: &Settings) -> Result<Option<Arc<dyn PlacementService>>, HouseError> {
    let Some(yoksis) = &settings.yoksis else { return Ok(None) };
    let roots = match &yoksis.ca {
        None => Roots::of_machine(),
        Some(path) => Roots::in_file(path).map_err(|error| HouseError::File {
            path: path.clone(),
            source: std::io::Error::new(std::io::ErrorKind::InvalidData, error),
        })?,
    };
    let (account, password) = (&yoksis.account, &yoksis.password.0);
    let client = Client::new(yoksis.base.clone(), account, password, &roots, Patience::default());
    Ok(Some(Arc::new(Yoksis::new(client))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_backup_of_an_older_schema_finds_a_place_without_one() {
        let home = tempfile::tempdir().expect("a folder");
        let settings = Settings::read(Some(&home.path().join("office"))).expect("settings");
        let office = open_as_it_is(&settings).await.expect("opened");
        assert_eq!(office.db.read(migrate::found_version).await.expect("read"), 0);
        crate::commands::close(&office).await;
        assert!(matches!(open(&settings).await, Err(HouseError::Storage(_))), "nobody works in it yet");
    }
}
