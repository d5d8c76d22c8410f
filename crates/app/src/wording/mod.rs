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

use crate::{house::HouseError, settings::SettingsError};

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
        SettingsError::File { path, reason } => {
            Said::with(t, "setting-file", &[("path", path), ("why", reason.trim_end())])
        }
        SettingsError::Value { name, found } => {
            Said::with(t, &format!("setting-{name}"), &[("found", found)])
        }
        SettingsError::NoDatabase => Said::plain(t, "setting-none"),
    }
}
