//! Where the settings come from: `--dir`, `kunye.toml`, then `KUNYE_*`.

mod yoksis;

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use storage::Settings as Database;
use toml::{Spanned, Value};
use web::proxies::{NoNetwork, TrustedProxies};

pub use self::yoksis::Yoksis;

/// Why the settings cannot be used; [`crate::wording`] has its sentences.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The settings file cannot be read.
    #[error("{}: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A line of the settings file is not understood.
    #[error("{}, {line}, {key}: {fault:?}", .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Number of the line.
        line: usize,
        /// Name of the setting, as it stands there.
        key: String,
        /// What is wrong with it.
        fault: LineFault,
    },
    /// A value is not what it should be.
    #[error("{place}: {name}: {found}")]
    Value {
        /// Name of the setting, as in the file.
        name: &'static str,
        /// Where it was written: the variable, or the file with the name.
        place: String,
        /// What stands there; nothing where that may be a secret.
        found: String,
    },
    /// `--dir` names one database and `KUNYE_DATABASE` another.
    #[error("{dir:?} and {variable:?}")]
    TwoDatabases {
        /// The database of the folder.
        dir: Database,
        /// That of the variable.
        variable: Database,
    },
    /// Neither a folder nor a database was named.
    #[error("no database")]
    NoDatabase,
}

/// What is wrong with a line of the settings file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineFault {
    /// It is not TOML.
    Syntax,
    /// There is no such setting.
    Unknown,
    /// The value should be a text.
    Text,
    /// The value should be `true` or `false`.
    Truth,
    /// The value should be a list of texts.
    List,
}

/// Every name that `kunye.toml` may hold; each can be overridden by `KUNYE_` and the name in capitals.
pub const NAMES: [&str; 12] = [
    "database",
    "listen",
    "public_url",
    "files",
    "roots",
    "institution",
    "allow_owner",
    "trusted_proxies",
    "yoksis_url",
    "yoksis_account",
    "yoksis_password_file",
    "yoksis_ca",
];

/// The settings of one installation.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The database.
    pub database: Database,
    /// Folder of the file store.
    pub files: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Address under which people reach the site; no slash at the end.
    pub public_url: String,
    /// Name of the institution's profile.
    pub institution: String,
    /// File that the daily roots of the ledger are appended to.
    pub roots: PathBuf,
    /// Lets the serving role own the tables on PostgreSQL, for trials alone.
    pub allow_owner: bool,
    /// Proxies whose `X-Forwarded-For` says where a request came from.
    pub trusted_proxies: TrustedProxies,
    /// How the ministry's services are reached; nothing where no account is named.
    pub yoksis: Option<Yoksis>,
}

/// Port of an installation that names none.
const USUAL_LISTEN: &str = "127.0.0.1:7300";

/// A variable of the environment; nothing where it is empty.
type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

#[expect(clippy::disallowed_methods, reason = "the one place where settings are read from the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What a folder's `kunye.toml` says, by name, each with the number of its line.
struct File {
    path: PathBuf,
    values: BTreeMap<String, (usize, Value)>,
}

impl File {
    fn read(folder: &Path) -> Result<Self, SettingsError> {
        let path = folder.join("kunye.toml");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(SettingsError::File { path, source }),
        };
        let line = |at: usize| 1 + text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
        let found: BTreeMap<Spanned<String>, Value> = match toml::from_str(&text) {
            Ok(found) => found,
            Err(error) => {
                let line = line(error.span().map_or(0, |span| span.start));
                let said = text.lines().nth(line - 1).unwrap_or_default().trim_start();
                // What follows the name may be a secret.
                let key = said.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                let key = key.to_owned();
                return Err(SettingsError::Line { path, line, key, fault: LineFault::Syntax });
            }
        };
        let mut values = BTreeMap::new();
        for (name, value) in found {
            let (line, key) = (line(name.span().start), name.into_inner());
            if !NAMES.contains(&key.as_str()) {
                return Err(SettingsError::Line { path, line, key, fault: LineFault::Unknown });
            }
            values.insert(key, (line, value));
        }
        Ok(Self { path, values })
    }

    /// One value as `of` understands it.
    fn value<T>(
        &self,
        name: &'static str,
        fault: LineFault,
        of: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, SettingsError> {
        let Some((line, value)) = self.values.get(name) else { return Ok(None) };
        of(value).map(Some).ok_or_else(|| SettingsError::Line {
            path: self.path.clone(),
            line: *line,
            key: name.to_owned(),
            fault,
        })
    }

    fn text(&self, name: &'static str) -> Result<Option<String>, SettingsError> {
        self.value(name, LineFault::Text, |value| value.as_str().map(str::to_owned))
    }

    /// A path; what is not absolute starts at the folder of the file.
    fn path(&self, name: &'static str) -> Result<Option<PathBuf>, SettingsError> {
        Ok(self.text(name)?.map(|text| self.beside(Path::new(&text))))
    }

    fn beside(&self, path: &Path) -> PathBuf {
        self.path.parent().unwrap_or(Path::new(".")).join(path)
    }

    /// Where a value was written, as people are told.
    fn place(&self, name: &str) -> String {
        format!("{}: {name}", self.path.display())
    }
}

fn database(text: &str, place: String) -> Result<Database, SettingsError> {
    Database::parse(text).map_err(|_| SettingsError::Value { name: "database", place, found: String::new() })
}

/// Whether two addresses lead to one database.
fn is_same(a: &Database, b: &Database) -> bool {
    let real = |path: &Path| {
        std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
    };
    match (a, b) {
        (Database::Sqlite(a), Database::Sqlite(b)) => real(a) == real(b),
        _ => a == b,
    }
}

fn trusted_proxies(list: Vec<String>, place: &str) -> Result<TrustedProxies, SettingsError> {
    let wrong = |text: &str| SettingsError::Value {
        name: "trusted_proxies",
        place: place.to_owned(),
        found: text.trim().to_owned(),
    };
    let networks = list
        .iter()
        .filter(|text| !text.trim().is_empty())
        .map(|text| text.parse().map_err(|_: NoNetwork| wrong(text)));
    networks.collect::<Result<_, SettingsError>>().map(TrustedProxies)
}

impl Settings {
    /// Reads the settings of a folder, or of the working folder where none is named.
    ///
    /// # Errors
    /// The file or variable that cannot be used, with the mend.
    pub fn read(dir: Option<&Path>) -> Result<Self, SettingsError> {
        Self::read_with(dir, &variable)
    }

    fn read_with(dir: Option<&Path>, variable: Variable<'_>) -> Result<Self, SettingsError> {
        let file = File::read(dir.unwrap_or(Path::new(".")))?;
        let database = Self::database(dir, &file, variable)?;
        let home = match (&database, dir) {
            (_, Some(dir)) => dir.to_owned(),
            (Database::Sqlite(path), None) => path.parent().unwrap_or(Path::new(".")).to_owned(),
            (Database::Postgres(_), None) => PathBuf::from("."),
        };
        let listen_written = match variable("KUNYE_LISTEN") {
            Some(text) => Some((text, "KUNYE_LISTEN".to_owned())),
            None => file.text("listen")?.map(|text| (text, file.place("listen"))),
        };
        let (listen_text, place) = listen_written.unwrap_or_else(|| (USUAL_LISTEN.to_owned(), String::new()));
        let listen: SocketAddr = listen_text.parse().map_err(|_| SettingsError::Value {
            name: "listen",
            place,
            found: listen_text.clone(),
        })?;
        let text = |name: &str, written: Option<String>| variable(name).or(written);
        let path = |name: &str, written: Option<PathBuf>| variable(name).map(PathBuf::from).or(written);
        let public_url = text("KUNYE_PUBLIC_URL", file.text("public_url")?);
        let public_url = public_url.unwrap_or_else(|| format!("http://{listen}"));
        let truth = file.value("allow_owner", LineFault::Truth, Value::as_bool)?;
        let allow_owner = match variable("KUNYE_ALLOW_OWNER").as_deref() {
            None => truth.unwrap_or(false),
            Some("1" | "true") => true,
            Some("0" | "false") => false,
            Some(other) => {
                return Err(SettingsError::Value {
                    name: "allow_owner",
                    place: "KUNYE_ALLOW_OWNER".to_owned(),
                    found: other.to_owned(),
                });
            }
        };
        let listed = file.value("trusted_proxies", LineFault::List, |value| {
            value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
        })?;
        let trusted_proxies = match variable("KUNYE_TRUSTED_PROXIES") {
            Some(list) => {
                trusted_proxies(list.split(',').map(str::to_owned).collect(), "KUNYE_TRUSTED_PROXIES")?
            }
            None => trusted_proxies(listed.unwrap_or_default(), &file.place("trusted_proxies"))?,
        };
        Ok(Self {
            files: path("KUNYE_FILES", file.path("files")?).unwrap_or_else(|| home.join("files")),
            roots: path("KUNYE_ROOTS", file.path("roots")?).unwrap_or_else(|| home.join("roots.txt")),
            institution: text("KUNYE_INSTITUTION", file.text("institution")?)
                .unwrap_or_else(|| "ornek".to_owned()),
            allow_owner,
            trusted_proxies,
            yoksis: yoksis::read(&file, variable)?,
            public_url: public_url.trim_end_matches('/').to_owned(),
            database,
            listen,
        })
    }

    /// The database: that of the folder where one is named, and then of nowhere else.
    fn database(dir: Option<&Path>, file: &File, variable: Variable<'_>) -> Result<Database, SettingsError> {
        let named = match variable("KUNYE_DATABASE") {
            Some(text) => Some(database(&text, "KUNYE_DATABASE".to_owned())?),
            None => None,
        };
        let written = match file.text("database")? {
            Some(text) => Some(match database(&text, file.place("database"))? {
                Database::Sqlite(path) => Database::Sqlite(file.beside(&path)),
                server => server,
            }),
            None => None,
        };
        let Some(dir) = dir else { return named.or(written).ok_or(SettingsError::NoDatabase) };
        let own = written.unwrap_or_else(|| Database::Sqlite(dir.join("kunye.sqlite")));
        match named {
            Some(named) if !is_same(&named, &own) => {
                Err(SettingsError::TwoDatabases { dir: own, variable: named })
            }
            _ => Ok(own),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_that_is_no_address_is_named_with_its_setting() {
        let read =
            |list: &[&str]| trusted_proxies(list.iter().map(|&text| text.to_owned()).collect(), "kunye.toml");
        assert_eq!(read(&["127.0.0.1", " 10.0.0.0/8 ", ""]).map(|p| p.0.len()).ok(), Some(2));
        assert_eq!(read(&[]).ok(), Some(TrustedProxies::default()));
        let said = read(&["127.0.0.1", "vekil.example.invalid"]).map(drop).map_err(|error| error.to_string());
        assert_eq!(said, Err("kunye.toml: trusted_proxies: vekil.example.invalid".to_owned()));
    }

    /// A folder whose `kunye.toml` says this.
    fn folder(text: &str) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("kunye.toml"), text).expect("written");
        dir
    }

    fn without(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn the_file_of_a_folder_names_its_database() {
        let dir = folder("database = \"sqlite:ofis.sqlite\"\nfiles = \"depo\"\n");
        let settings = Settings::read_with(Some(dir.path()), &without).expect("settings");
        assert_eq!(settings.database, Database::Sqlite(dir.path().join("ofis.sqlite")));
        assert_eq!(settings.files, dir.path().join("depo"));
        assert_eq!(settings.roots, dir.path().join("roots.txt"));
        let dir = folder("database = \"postgres://k@sunucu/ofis\"");
        let settings = Settings::read_with(Some(dir.path()), &without).expect("settings");
        assert_eq!(settings.database, Database::Postgres("postgres://k@sunucu/ofis".to_owned()));
        let settings = Settings::read_with(Some(folder("").path()), &without).expect("settings");
        assert!(matches!(settings.database, Database::Sqlite(path) if path.ends_with("kunye.sqlite")));
    }

    #[test]
    fn a_folder_and_a_variable_that_names_another_database_are_refused() {
        let dir = folder("");
        let named = |text: String| move |name: &str| (name == "KUNYE_DATABASE").then(|| text.clone());
        let refused = Settings::read_with(Some(dir.path()), &named("postgres://k@s/o".to_owned()));
        assert!(matches!(refused, Err(SettingsError::TwoDatabases { .. })), "{refused:?}");
        let same = named(format!("sqlite:{}", dir.path().join("kunye.sqlite").display()));
        assert!(Settings::read_with(Some(dir.path()), &same).is_ok());
    }

    #[test]
    fn a_line_that_is_not_understood_is_named_by_number_and_setting() {
        let wrong = |text: &str| match Settings::read_with(Some(folder(text).path()), &without) {
            Err(SettingsError::Line { line, key, fault, .. }) => (line, key, fault),
            other => panic!("{text}: {other:?}"),
        };
        let said = |line, key: &str, fault| (line, key.to_owned(), fault);
        assert_eq!(wrong("# a\ndinle = 1\n"), said(2, "dinle", LineFault::Unknown));
        assert_eq!(wrong("\n\nlisten = 7300"), said(3, "listen", LineFault::Text));
        assert_eq!(wrong("allow_owner = \"1\""), said(1, "allow_owner", LineFault::Truth));
        assert_eq!(wrong("trusted_proxies = \"::1\""), said(1, "trusted_proxies", LineFault::List));
        assert_eq!(wrong("files = \"a\"\ndatabase = sqlite:x"), said(2, "database", LineFault::Syntax));
    }

    #[test]
    fn a_value_is_named_by_where_it_was_written() {
        let place = |text: &str, variable: Variable<'_>| {
            let dir = folder(text);
            match Settings::read_with(Some(dir.path()), variable) {
                Err(SettingsError::Value { name, place, .. }) => {
                    (name, place.replace(&dir.path().display().to_string(), "."))
                }
                other => panic!("{text}: {other:?}"),
            }
        };
        assert_eq!(place("listen = \"abc\"", &without), ("listen", "./kunye.toml: listen".to_owned()));
        let abc = |name: &'static str| move |asked: &str| (asked == name).then(|| "abc".to_owned());
        assert_eq!(place("", &abc("KUNYE_LISTEN")), ("listen", "KUNYE_LISTEN".to_owned()));
        assert_eq!(place("", &abc("KUNYE_ALLOW_OWNER")), ("allow_owner", "KUNYE_ALLOW_OWNER".to_owned()));
    }
}
