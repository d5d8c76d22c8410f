//! Errors and findings in the reader's words: services and storage give codes and values, here they become sentences.
//!
//! It must never decide anything; what a command does with an error stands in [`crate::commands`].

mod backups;
mod database;
mod faults;
mod findings;
mod refusals;
mod system;
pub mod usage;

#[cfg(test)]
pub use self::faults::expected;
pub use self::{
    backups::backup,
    database::storage,
    faults::{fault, phase, problem},
    findings::{finding, finding_json},
    refusals::service,
    system::{in_file, system},
};

use web::texts::Texts;

use crate::{
    house::HouseError,
    settings::{LineFault, NAMES, SettingsError},
};

/// An error in the reader's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// Stable word for programs.
    pub code: String,
    /// What went wrong and what to do about it.
    pub text: String,
}

impl Said {
    fn new(code: impl Into<String>, text: impl Into<String>) -> Self {
        Self { code: code.into(), text: text.into() }
    }

    /// The sentence `cannot-…` of a code, without values.
    fn plain(t: &Texts, code: &'static str) -> Self {
        Self::new(code, t.get(&format!("cannot-{code}")))
    }

    /// The sentence `cannot-…` of a code.
    fn with(t: &Texts, code: &str, args: &[(&str, &str)]) -> Self {
        Self::new(code, t.fmt(&format!("cannot-{code}"), args))
    }
}

/// A sentence with values as errors carry them.
pub fn filled(t: &Texts, key: &str, args: &[(&'static str, String)]) -> String {
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    t.fmt(key, &args)
}

/// Why an installation could not be opened.
pub fn house(t: &Texts, error: &HouseError) -> Said {
    match error {
        HouseError::Settings(error) => settings(t, error),
        HouseError::Storage(error) => storage(t, error),
        HouseError::Service(error) => service(t, error),
        HouseError::File { path, source } => Said::new("path", in_file(t, path, source)),
        HouseError::NoDatabase(path) => {
            Said::with(t, "no-database", &[("path", &path.display().to_string())])
        }
        HouseError::Listen { address, source } => {
            let text = system(t, source);
            Said::with(t, "listen", &[("address", &address.to_string()), ("text", &text)])
        }
        HouseError::Profile(error) => match &error.problem {
            regulations::Problem::NoSuchProfile(name) => {
                Said::with(t, "setting-institution", &[("found", name)])
            }
            _ => {
                tracing::error!(%error, "the profile of the institution cannot be read");
                let line = error.line.to_string();
                let args = [("file", error.file.as_str()), ("line", &line), ("key", &error.key)];
                Said::with(t, "setting-profile", &args)
            }
        },
    }
}

fn settings(t: &Texts, error: &SettingsError) -> Said {
    match error {
        SettingsError::File { path, source } => Said::new("setting-file", in_file(t, path, source)),
        SettingsError::Line { path, line, key, fault } => {
            let code = match fault {
                LineFault::Syntax => "setting-syntax",
                LineFault::Unknown => "setting-unknown",
                LineFault::Text => "setting-text",
                LineFault::Truth => "setting-truth",
                LineFault::List => "setting-list",
            };
            let (path, line, names) = (path.display().to_string(), line.to_string(), NAMES.join(", "));
            let args = [("path", path.as_str()), ("line", &line), ("key", key)];
            let why = t.fmt(&format!("cannot-{code}"), &[("key", key), ("names", &names)]);
            Said::new(code, format!("{} {why}", t.fmt("cannot-setting-line", &args)))
        }
        SettingsError::Value { name, place, found } => {
            Said::with(t, &format!("setting-{name}"), &[("place", place), ("found", found)])
        }
        SettingsError::TwoDatabases { dir, variable } => {
            let (dir, variable) = (format!("{dir:?}"), format!("{variable:?}"));
            Said::with(t, "setting-two-databases", &[("dir", &dir), ("variable", &variable)])
        }
        SettingsError::NoDatabase => Said::plain(t, "setting-none"),
    }
}
