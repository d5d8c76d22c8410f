//! Opening an installation: database, rule book, ports.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use services::{Office, audit::ReadLog};
use storage::{Db, migrate};
use tokio::net::TcpListener;

use crate::{
    ports::{DiskFiles, LazyTypesetter, SystemClock, SystemRandomness},
    settings::Settings,
};

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

/// Opens the database of the settings and puts the office together. The schema is checked, not changed.
///
/// # Errors
/// What could not be opened, and how to mend it.
pub async fn open(settings: &Settings) -> Result<Office, HouseError> {
    let db = Db::open(&settings.database).await?;
    migrate::check(&db).await?;
    put_together(settings, db)
}

/// Opens the database, making or upgrading its schema. For a single office and the demo.
///
/// # Errors
/// As [`open`].
pub async fn open_migrated(settings: &Settings) -> Result<Office, HouseError> {
    if let storage::Settings::Sqlite(path) = &settings.database {
        make_folder(path.parent().unwrap_or(Path::new(".")))?;
    }
    let db = Db::open(&settings.database).await?;
    migrate::migrate(&db, base::time::Clock::now(&SystemClock)).await?;
    put_together(settings, db)
}

/// Takes the address.
///
/// # Errors
/// The address and what the system says.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, HouseError> {
    TcpListener::bind(address).await.map_err(|source| HouseError::Listen { address, source })
}

/// Makes a folder, readable by its owner alone.
///
/// # Errors
/// The folder and what the system says.
pub fn make_folder(path: &Path) -> Result<(), HouseError> {
    let wrong = |source| HouseError::File { path: path.to_owned(), source };
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(path).map_err(wrong)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).map_err(wrong)?;
    }
    Ok(())
}

fn put_together(settings: &Settings, db: Db) -> Result<Office, HouseError> {
    let book = regulations::book(&settings.institution)?;
    let files = DiskFiles::open(&settings.files)
        .map_err(|source| HouseError::File { path: settings.files.clone(), source })?;
    Ok(Office {
        reads: ReadLog::start(db.clone()),
        room: services::room::Room::default(),
        db,
        book: Arc::new(book),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandomness),
        files: Arc::new(files),
        press: Arc::new(LazyTypesetter::new()),
        public_url: settings.public_url.as_str().into(),
    })
}
