//! The two database engines: an office on each, and copies of it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Failure,
    kunye::{Kunye, Place},
};

/// A database engine.
#[derive(Clone, Copy)]
pub(super) enum Engine<'a> {
    /// A file in the office's folder.
    Sqlite,
    /// A cluster at an address, whose role may make databases, and the console through which they are made.
    Postgres { url: &'a str, psql: &'a Path },
}

impl Engine<'_> {
    /// The word of keys.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres { .. } => "postgres",
        }
    }

    /// A folder on the disk of the database, as far as it is known.
    pub(super) fn disk(self, folder: &Path) -> PathBuf {
        match self {
            Self::Sqlite => folder.to_owned(),
            // Where the private cluster of a benchmark is made.
            Self::Postgres { .. } => std::env::temp_dir(),
        }
    }

    /// An empty office.
    pub(super) fn make(self, program: &Kunye, folder: &Path) -> Result<Place, Failure> {
        let home = folder.join("office");
        match self {
            // Its first command makes it.
            Self::Sqlite => Ok(Place::folder(&home)),
            Self::Postgres { url, .. } => {
                let name = database("office");
                self.order(&format!("CREATE DATABASE {name}"))?;
                let place = Place::server(&home, address(url, &name)?)?;
                program.run_at(&place, &[&"migrate"])?;
                Ok(place)
            }
        }
    }

    /// A copy of an office that nobody has open.
    pub(super) fn copy(self, office: &Place, folder: &Path, number: usize) -> Result<Place, Failure> {
        let home = folder.join(format!("round-{number}"));
        match self {
            Self::Sqlite => {
                copy_folder(office.home(), &home)?;
                Ok(Place::folder(&home))
            }
            Self::Postgres { url, .. } => {
                let name = database(&format!("round_{number}"));
                self.order(&format!("CREATE DATABASE {name} TEMPLATE {}", database("office")))?;
                Place::server(&home, address(url, &name)?)
            }
        }
    }

    /// Takes an office away that nobody has open.
    pub(super) fn remove(self, office: &Place) -> Result<(), Failure> {
        fs::remove_dir_all(office.home())?;
        match (self, office.database_name()) {
            (Self::Postgres { .. }, Some(name)) => self.order(&format!("DROP DATABASE {name}")),
            _ => Ok(()),
        }
    }

    /// Has one statement carried out by the cluster.
    fn order(self, statement: &str) -> Result<(), Failure> {
        let Self::Postgres { url, psql } = self else { return Ok(()) };
        let done = Command::new(psql)
            .args([
                "--no-psqlrc",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                "--dbname",
                url,
                "--command",
                statement,
            ])
            .output()?;
        if done.status.success() {
            return Ok(());
        }
        Err(format!("{statement}: {}", String::from_utf8_lossy(&done.stderr)).into())
    }
}

/// A name that no other run on the cluster has.
fn database(of: &str) -> String {
    format!("kunye_bench_{}_{of}", std::process::id())
}

/// The address of another database of the same cluster.
fn address(url: &str, name: &str) -> Result<String, Failure> {
    let (server, _) = url.rsplit_once('/').ok_or("the address of the cluster names no database")?;
    Ok(format!("{server}/{name}"))
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy_folder(&path, &to.join(name))?;
        } else {
            // Durable, so that the round does not wait for the copy's pages.
            fs::copy(&path, to.join(name))?;
            fs::File::open(to.join(name))?.sync_all()?;
        }
    }
    Ok(())
}
