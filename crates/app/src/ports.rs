//! The ports that this machine itself implements: clock, chance, files on disk, the paper press.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use base::{
    random::Randomness,
    time::{Clock, Timestamp},
};
use domain::ledger::hex;
use services::ports::{FileStore, PaperPress, PortError, RootsFile, Sheet};
use sha2::{Digest, Sha256};

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The operating system's source of unpredictable bytes.
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[expect(clippy::disallowed_methods, reason = "the one place where the system's randomness is read")]
    fn fill(&self, bytes: &mut [u8]) {
        // Without it nothing here is safe: no key, no code, no salt.
        if let Err(error) = getrandom::fill(bytes) {
            tracing::error!(%error, "no randomness from the operating system");
            std::process::abort();
        }
    }
}

/// Files on disk, named by the SHA-256 of their content, two folders deep.
pub struct DiskFiles {
    root: PathBuf,
}

fn port(error: impl std::fmt::Display) -> PortError {
    PortError::Failed(error.to_string())
}

/// What the system says, a full disk by its name.
fn disk(error: std::io::Error) -> PortError {
    PortError::io(&error)
}

/// Makes a folder and those above it where they are missing, each readable by its owner alone.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

impl DiskFiles {
    /// A store below `root`, which is made where it does not exist.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(root: &Path) -> std::io::Result<Self> {
        private_folder(root)?;
        Ok(Self { root: root.to_owned() })
    }

    fn place(&self, sha256: &[u8; 32]) -> PathBuf {
        let name = hex(sha256);
        self.root.join(&name[..2]).join(&name[2..4]).join(name)
    }

    /// Writes the bytes under a temporary name in their folder; nothing where they are there already.
    fn write(&self, bytes: &[u8]) -> Result<([u8; 32], Option<tempfile::NamedTempFile>), PortError> {
        let sha256: [u8; 32] = Sha256::digest(bytes).into();
        let place = self.place(&sha256);
        if place.is_file() {
            return Ok((sha256, None));
        }
        let folder = place.parent().ok_or_else(|| port("no folder"))?;
        private_folder(folder).map_err(disk)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(disk)?;
        file.write_all(bytes).map_err(disk)?;
        Ok((sha256, Some(file)))
    }

    fn keep(&self, sha256: &[u8; 32], file: tempfile::NamedTempFile) -> Result<(), PortError> {
        file.persist(self.place(sha256)).map_err(|kept| disk(kept.error))?;
        Ok(())
    }

    /// Makes the names themselves durable, from the file's folder up to the root.
    fn sync_folders(&self, sha256: &[u8; 32]) -> Result<(), PortError> {
        let mut folder = self.place(sha256);
        while folder.pop() && folder.starts_with(&self.root) {
            File::open(&folder).and_then(|f| f.sync_all()).map_err(disk)?;
        }
        Ok(())
    }
}

impl FileStore for DiskFiles {
    fn put(&self, bytes: &[u8]) -> Result<[u8; 32], PortError> {
        let (sha256, file) = self.write(bytes)?;
        if let Some(file) = file {
            file.as_file().sync_all().map_err(disk)?;
            self.keep(&sha256, file)?;
            self.sync_folders(&sha256)?;
        }
        Ok(sha256)
    }

    /// The files are written first and then synced together: the system's buffers go to the disk in
    /// one pass, and each folder is synced once.
    fn put_all(&self, files: &[Vec<u8>]) -> Result<Vec<[u8; 32]>, PortError> {
        let written = files.iter().map(|bytes| self.write(bytes)).collect::<Result<Vec<_>, _>>()?;
        let mut hashes = Vec::with_capacity(written.len());
        let mut folders = std::collections::BTreeSet::new();
        for (sha256, file) in written {
            if let Some(file) = file {
                file.as_file().sync_data().map_err(disk)?;
                self.keep(&sha256, file)?;
                let mut folder = self.place(&sha256);
                while folder.pop() && folder.starts_with(&self.root) {
                    folders.insert(folder.clone());
                }
            }
            hashes.push(sha256);
        }
        for folder in folders {
            File::open(&folder).and_then(|f| f.sync_all()).map_err(disk)?;
        }
        Ok(hashes)
    }

    fn get(&self, sha256: &[u8; 32]) -> Result<Vec<u8>, PortError> {
        let bytes = fs::read(self.place(sha256)).map_err(|e| port(format!("{}: {e}", hex(sha256))))?;
        let found: [u8; 32] = Sha256::digest(&bytes).into();
        if found == *sha256 {
            Ok(bytes)
        } else {
            Err(port(format!("{}: the content is not what it was", hex(sha256))))
        }
    }
}

/// The typesetter with the templates of all document kinds.
pub struct Typesetter {
    press: pdf::Press,
    templates: HashMap<&'static str, pdf::Template>,
}

impl Typesetter {
    /// Reads fonts and templates once.
    ///
    /// # Errors
    /// When a template is unsound, which a test rules out.
    pub fn new() -> Result<Self, PortError> {
        let templates = catalogue::documents::KINDS
            .iter()
            .map(|kind| Ok((kind.key, pdf::Template::new(kind.paper).map_err(port)?)))
            .collect::<Result<_, PortError>>()?;
        Ok(Self { press: pdf::Press::new().map_err(port)?, templates })
    }
}

impl PaperPress for Typesetter {
    fn print(&self, sheet: &Sheet) -> Result<Vec<u8>, PortError> {
        let template = self
            .templates
            .get(sheet.kind.as_str())
            .ok_or_else(|| port(format!("no such kind of paper: {}", sheet.kind)))?;
        let mut pictures = vec![pdf::Picture::qr(&sheet.qr).map_err(port)?];
        for (name, bytes) in &sheet.pictures {
            pictures.push(pdf::Picture::new(name, bytes.clone()).map_err(port)?);
        }
        let metadata = pdf::Metadata {
            title: sheet.title.clone(),
            author: sheet.author.clone(),
            lang: sheet.lang.code(),
            created: sheet.issued_at,
        };
        self.press.render(template, sheet.payload.clone().into_bytes(), &pictures, &metadata).map_err(port)
    }

    fn merge(
        &self,
        papers: &mut dyn Iterator<Item = Result<Vec<u8>, PortError>>,
    ) -> Result<Vec<u8>, PortError> {
        let mut pile = pdf::Merger::new();
        for paper in papers {
            pile.push(&paper?).map_err(port)?;
        }
        pile.finish().map_err(port)
    }
}

/// A press that is built when the first paper is printed, so that a start costs no fonts.
pub struct LazyTypesetter(std::sync::OnceLock<Result<Typesetter, String>>);

impl LazyTypesetter {
    /// A press that is not built yet.
    pub const fn new() -> Self {
        Self(std::sync::OnceLock::new())
    }

    fn get(&self) -> Result<&Typesetter, PortError> {
        self.0.get_or_init(|| Typesetter::new().map_err(|e| e.to_string())).as_ref().map_err(port)
    }
}

impl PaperPress for LazyTypesetter {
    fn print(&self, sheet: &Sheet) -> Result<Vec<u8>, PortError> {
        self.get()?.print(sheet)
    }

    fn merge(
        &self,
        papers: &mut dyn Iterator<Item = Result<Vec<u8>, PortError>>,
    ) -> Result<Vec<u8>, PortError> {
        self.get()?.merge(papers)
    }
}

/// The file of daily roots, beside the database or wherever the settings put it.
pub struct RootsOnDisk {
    path: PathBuf,
}

impl RootsOnDisk {
    /// The file at `path`; it is made with the first root.
    pub const fn new(path: PathBuf) -> Self {
        Self { path }
    }
}

impl RootsFile for RootsOnDisk {
    fn read(&self) -> Result<String, PortError> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            Err(e) => Err(port(format!("{}: {e}", self.path.display()))),
        }
    }

    fn append(&self, text: &str) -> Result<(), PortError> {
        let mut options = fs::OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path).map_err(disk)?;
        file.write_all(text.as_bytes()).map_err(disk)?;
        file.sync_all().map_err(disk)
    }
}
