//! A file that is there whole or not at all.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Seek, SeekFrom, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use super::error::BackupError;

/// A file in the making beside its target. It is removed when it is dropped before [`Draft::keep`], and what a killed
/// process left behind is written over by the next.
pub(super) struct Draft {
    target: PathBuf,
    path: PathBuf,
    file: File,
    kept: bool,
}

impl Draft {
    /// Begins `TARGET.yarim`, readable by its owner alone.
    pub(super) fn begin(target: &Path) -> Result<Self, BackupError> {
        let mut name = OsString::from(target);
        name.push(".yarim");
        let path = PathBuf::from(name);
        let failed = |error| BackupError::io(&path, error);
        loop {
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(&path)
                .map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(BackupError::Running(target.to_owned())),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            // Whoever held the lock may have given the file its name in the meantime: then it is not ours to empty.
            if is_same(&file, &path).map_err(failed)? {
                file.set_len(0).map_err(failed)?;
                // A leftover may have been made with wider rights than a backup may have.
                file.set_permissions(fs::Permissions::from_mode(0o600)).map_err(failed)?;
                return Ok(Self { target: target.to_owned(), path, file, kept: false });
            }
        }
    }

    /// A handle to write with.
    pub(super) fn writer(&self) -> Result<Outlet, BackupError> {
        let file = self.file.try_clone().map_err(|error| BackupError::io(&self.path, error))?;
        Ok(Outlet { file, has_failed: false, at: 0, end: 0 })
    }

    /// Where it is written.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the file durable and gives it its name; answers its size.
    pub(super) fn keep(mut self) -> Result<u64, BackupError> {
        let failed = |error| BackupError::io(&self.path, error);
        self.file.sync_all().map_err(failed)?;
        let size = self.file.metadata().map_err(failed)?.len();
        fs::rename(&self.path, &self.target).map_err(failed)?;
        self.kept = true;
        let folder =
            self.target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| BackupError::io(folder, error))?;
        Ok(size)
    }
}

/// Writes to a draft. After a first failure, which is told, it only pretends: what the writers above it still want to
/// finish when they are dropped would fail again, and complain to nobody.
pub(super) struct Outlet {
    file: File,
    has_failed: bool,
    /// Where it stands and how long it is, for the pretence: a ZIP writer believes neither to shrink.
    at: u64,
    end: u64,
}

impl Outlet {
    /// Whether everything was written that should have been.
    pub(super) fn is_whole(&self) -> bool {
        !self.has_failed
    }

    fn unless_failed<T>(
        &mut self,
        instead: T,
        work: impl FnOnce(&mut File) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.has_failed {
            return Ok(instead);
        }
        let done = work(&mut self.file);
        self.has_failed = done.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        done
    }

    fn stands_at(&mut self, at: u64) {
        self.at = at;
        self.end = self.end.max(at);
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.unless_failed(bytes.len(), |file| file.write(bytes))?;
        self.stands_at(self.at.saturating_add(u64::try_from(written).unwrap_or(u64::MAX)));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_failed((), |file| file.flush())
    }
}

impl Seek for Outlet {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let pretended = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
            SeekFrom::End(by) => self.end.saturating_add_signed(by),
        };
        let at = self.unless_failed(pretended, |file| file.seek(to))?;
        self.stands_at(at);
        Ok(at)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!(%error, path = %self.path.display(), "half a backup could not be removed");
        }
    }
}

fn is_same(file: &File, path: &Path) -> io::Result<bool> {
    let ours = file.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok((ours.dev(), ours.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("folder");
        let target = folder.path().join("yedek.zip");
        fs::write(&target, "eski").expect("earlier one");

        let draft = Draft::begin(&target).expect("draft");
        draft.writer().expect("writer").write_all(b"yeni ve daha uzun").expect("written");
        assert!(matches!(Draft::begin(&target), Err(BackupError::Running(_))));
        drop(draft);
        assert_eq!(fs::read(&target).expect("target"), b"eski");
        assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 1);

        // What a killed process left behind.
        fs::write(folder.path().join("yedek.zip.yarim"), "yarım kalmış uzun bir dosya").expect("left behind");
        let draft = Draft::begin(&target).expect("draft");
        draft.writer().expect("writer").write_all(b"yeni").expect("written");
        assert_eq!(draft.keep().expect("kept"), 4);
        assert_eq!(fs::read(&target).expect("target"), b"yeni");
        assert_eq!(fs::metadata(&target).expect("target").mode() & 0o077, 0);
        assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 1);
    }
}
