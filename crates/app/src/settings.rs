//! Where the settings come from: `--dir`, `kunye.toml`, then `KUNYE_*`.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use storage::Settings as Database;
use web::proxies::{NoNetwork, TrustedProxies};

/// Why the settings cannot be used; [`crate::wording`] has its sentences.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The settings file cannot be read.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A value is not what it should be.
    #[error("{name}: {found}")]
    Value {
        /// Name of the setting, as in the file.
        name: &'static str,
        /// What stands there; nothing where that may be a secret.
        found: String,
    },
    /// Neither a folder nor a database was named.
    #[error("no database")]
    NoDatabase,
}

/// What `kunye.toml` may say; every line can be overridden by `KUNYE_` and its name in capitals.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    database: Option<String>,
    listen: Option<String>,
    files: Option<PathBuf>,
    public_url: Option<String>,
    institution: Option<String>,
    roots: Option<PathBuf>,
    allow_owner: Option<bool>,
    trusted_proxies: Option<Vec<String>>,
}

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
}

/// Port of an installation that names none.
const USUAL_LISTEN: &str = "127.0.0.1:7300";

#[expect(clippy::disallowed_methods, reason = "the one place where settings are read from the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn trusted_proxies(list: Vec<String>) -> Result<TrustedProxies, SettingsError> {
    let wrong = |text: &str| SettingsError::Value { name: "trusted_proxies", found: text.trim().to_owned() };
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
        let file = dir.unwrap_or(Path::new(".")).join("kunye.toml");
        let written: Written = match std::fs::read_to_string(&file) {
            Ok(text) => toml::from_str(&text).map_err(|e| SettingsError::File {
                path: file.display().to_string(),
                reason: e.to_string(),
            })?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Written::default(),
            Err(e) => {
                return Err(SettingsError::File { path: file.display().to_string(), reason: e.to_string() });
            }
        };
        let database = match (variable("KUNYE_DATABASE").or(written.database), dir) {
            (Some(text), None) => Database::parse(&text)
                .map_err(|_| SettingsError::Value { name: "database", found: String::new() })?,
            (_, Some(dir)) => Database::Sqlite(dir.join("kunye.sqlite")),
            (None, None) => return Err(SettingsError::NoDatabase),
        };
        let home = match (&database, dir) {
            (_, Some(dir)) => dir.to_owned(),
            (Database::Sqlite(path), None) => path.parent().unwrap_or(Path::new(".")).to_owned(),
            (Database::Postgres(_), None) => PathBuf::from("."),
        };
        let listen_text =
            variable("KUNYE_LISTEN").or(written.listen).unwrap_or_else(|| USUAL_LISTEN.to_owned());
        let listen: SocketAddr = listen_text
            .parse()
            .map_err(|_| SettingsError::Value { name: "listen", found: listen_text.clone() })?;
        let public_url =
            variable("KUNYE_PUBLIC_URL").or(written.public_url).unwrap_or_else(|| format!("http://{listen}"));
        Ok(Self {
            files: variable("KUNYE_FILES")
                .map(PathBuf::from)
                .or(written.files)
                .unwrap_or_else(|| home.join("files")),
            roots: variable("KUNYE_ROOTS")
                .map(PathBuf::from)
                .or(written.roots)
                .unwrap_or_else(|| home.join("roots.txt")),
            institution: variable("KUNYE_INSTITUTION")
                .or(written.institution)
                .unwrap_or_else(|| "ornek".to_owned()),
            allow_owner: variable("KUNYE_ALLOW_OWNER")
                .map(|v| v == "1")
                .or(written.allow_owner)
                .unwrap_or(false),
            trusted_proxies: trusted_proxies(
                variable("KUNYE_TRUSTED_PROXIES")
                    .map(|list| list.split(',').map(str::to_owned).collect())
                    .or(written.trusted_proxies)
                    .unwrap_or_default(),
            )?,
            public_url: public_url.trim_end_matches('/').to_owned(),
            database,
            listen,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_that_is_no_address_is_named_with_its_setting() {
        let read = |list: &[&str]| trusted_proxies(list.iter().map(|&text| text.to_owned()).collect());
        assert_eq!(read(&["127.0.0.1", " 10.0.0.0/8 ", ""]).map(|p| p.0.len()).ok(), Some(2));
        assert_eq!(read(&[]).ok(), Some(TrustedProxies::default()));
        let said = read(&["127.0.0.1", "vekil.example.invalid"]).map(drop).map_err(|error| error.to_string());
        assert_eq!(said, Err("trusted_proxies: vekil.example.invalid".to_owned()));
    }
}
