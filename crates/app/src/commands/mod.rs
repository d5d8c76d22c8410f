//! The commands of `kunye`, one file each. Exit codes: 0 done, 1 it ran and the answer is no, 2 it could not run;
//! `docs/operating/console.md` says what that is for each of them.

mod demo;
mod demo_registration;
mod demo_work;
mod help;
mod import;
mod invent;
mod issue;
mod keep;
mod output;
mod serve;
mod tokens;
mod users;
mod verify;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
};

use base::lang::Lang;
use clap::{
    Args, CommandFactory, FromArgMatches, Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
    error::ErrorKind,
};
use serde_json::json;
use services::{FieldError, Office, ServiceError, backup::BackupError};
use storage::StorageError;
use web::texts::Texts;

pub use self::output::{say, say_error};
use crate::{
    house::HouseError,
    logging,
    settings::Settings,
    texts,
    wording::{self, Said, usage},
};

// What is said of commands and options stands in `texts/*/help.ftl`; what is written here is for those who read the code.

/// The whole command line.
#[derive(Parser)]
#[command(name = "kunye", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Which installation, and how to speak.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// Folder of a single office.
    #[arg(long, global = true, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Language of the messages.
    #[arg(long, global = true, default_value = "tr", value_parser = lang())]
    pub lang: Lang,
    /// Whether the result is JSON.
    #[arg(long, global = true)]
    pub json: bool,
}

/// Reads a language by its code.
fn lang() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(Lang::ALL.map(Lang::code))
        .map(|code| Lang::from_code(&code).unwrap_or_default())
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Worker(serve::Worker),
    Migrate(keep::Migrate),
    Check(keep::Check),
    #[command(subcommand)]
    Import(import::Import),
    #[command(hide = true)]
    Invent(invent::Invent),
    Issue(issue::Issue),
    Verify(verify::Verify),
    Backup(keep::Backup),
    Restore(keep::Restore),
    #[command(subcommand)]
    User(users::User),
    #[command(subcommand)]
    Token(tokens::TokenCommand),
    Help(help::Help),
}

/// Why a command did not do what it was asked; [`Failure::said`] has its words.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The installation could not be opened.
    #[error(transparent)]
    House(#[from] HouseError),
    /// A use case said no.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// A backup was not taken, or not restored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// A file could not be read or written.
    #[error("{}: {source}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The system refused something that is no file of anybody's.
    #[error(transparent)]
    System(#[from] std::io::Error),
    /// Something was found; it has been printed already.
    #[error("found")]
    Found,
    /// Something of the console's own: the sentence `cannot-…` of the code, with its values.
    #[error("{code}")]
    Told {
        /// Stable word for programs.
        code: &'static str,
        /// Values of the sentence.
        args: Vec<(&'static str, String)>,
    },
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self::House(error.into())
    }
}

impl Failure {
    /// A file that could not be read or written.
    fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// A refusal of fields, each named as it was typed: the words of the command line by the name of the field, and
    /// what stood there.
    fn typed(error: ServiceError, typed: &[(&'static str, &'static str, &str)]) -> ServiceError {
        let ServiceError::Invalid(errors) = error else { return error };
        let named = |error: FieldError| match typed.iter().find(|(field, ..)| *field == error.field) {
            Some((_, word, value)) => FieldError { field: word, ..error.with("typed", *value) },
            None => error,
        };
        ServiceError::Invalid(errors.into_iter().map(named).collect())
    }

    /// Whether the command ran and the answer is no; otherwise it could not run.
    const fn is_an_answer(&self) -> bool {
        match self {
            Self::Found => true,
            Self::Service(error) => match error {
                ServiceError::NotFound
                | ServiceError::Forbidden(_)
                | ServiceError::NeedsConfirmation
                | ServiceError::Invalid(_)
                | ServiceError::Refused(_)
                | ServiceError::Stale
                | ServiceError::Throttled(_)
                | ServiceError::Storage(StorageError::Stale) => true,
                ServiceError::Storage(_) | ServiceError::WaitsForRoom | ServiceError::Port { .. } => false,
            },
            Self::House(_) | Self::Backup(_) | Self::File { .. } | Self::System(_) | Self::Told { .. } => {
                false
            }
        }
    }

    /// Its words; nothing where they have been printed already.
    fn said(&self, t: &Texts) -> Option<Said> {
        Some(match self {
            Self::Found => return None,
            Self::House(error) => wording::house(t, error),
            Self::Service(error) => wording::service(t, error),
            Self::Backup(error) => wording::backup(t, error),
            Self::File { path, source } => {
                Said { code: "path".to_owned(), text: wording::in_file(t, path, source) }
            }
            Self::System(error) => Said { code: "system".to_owned(), text: wording::system(t, error) },
            Self::Told { code, args } => {
                Said { code: (*code).to_owned(), text: wording::filled(t, &format!("cannot-{code}"), args) }
            }
        })
    }
}

/// Reads the command line and runs it to its end.
pub fn main(words: Vec<OsString>) -> ExitCode {
    let code = match Cli::try_parse_from(&words) {
        Ok(cli) => run(cli),
        // Help and complaints need the texts; reading the command line does not.
        Err(_) => not_run(&words),
    };
    let Some(error) = output::refused() else { return code };
    let t = texts::of(usage::language(&words));
    let said = t.fmt("cannot-output", &[("text", &wording::system(t, error))]);
    say_error(&t.fmt("cannot-error", &[("text", &said)]));
    ExitCode::from(2)
}

/// Prints help, or what is wrong with the command line.
fn not_run(words: &[OsString]) -> ExitCode {
    let t = texts::of(usage::language(words));
    let parsed = usage::spoken(Cli::command(), t).try_get_matches_from(words);
    let error = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => return run(cli),
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            say(error.to_string().trim_end());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say_error(error.to_string().trim_end());
            ExitCode::from(2)
        }
        // `kunye user --lang en` lacks its last word as `kunye user` does, and is helped in the same way.
        ErrorKind::MissingSubcommand if !usage::wants_json(words) => {
            let path = usage::path(&error);
            let help = help::of(usage::spoken(Cli::command(), t), path.iter().map(String::as_str));
            say_error(help.as_deref().unwrap_or_default().trim_end());
            ExitCode::from(2)
        }
        _ => {
            let said = usage::not_understood(t, &error);
            tell(t, &said, usage::wants_json(words));
            if !usage::wants_json(words) {
                say_error(&usage::hint(t, &error));
            }
            ExitCode::from(2)
        }
    }
}

/// Runs one command to its end.
fn run(cli: Cli) -> ExitCode {
    let Cli { place, command } = cli;
    let is_service = matches!(command, Command::Serve(_) | Command::Worker(_));
    logging::start(!is_service);
    let result = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::from);
    let result = result.and_then(|runtime| {
        runtime.block_on(async {
            match command {
                Command::Demo(c) => c.run(&place).await,
                Command::Serve(c) => c.run(&place).await,
                Command::Worker(c) => c.run(&place).await,
                Command::Migrate(c) => c.run(&place).await,
                Command::Check(c) => c.run(&place).await,
                Command::Import(c) => c.run(&place).await,
                Command::Invent(c) => c.run(&place),
                Command::Issue(c) => c.run(&place).await,
                Command::Verify(c) => c.run(&place).await,
                Command::Backup(c) => c.run(&place).await,
                Command::Restore(c) => c.run(&place).await,
                Command::User(c) => c.run(&place).await,
                Command::Token(c) => c.run(&place).await,
                Command::Help(c) => c.run(&place),
            }
        })
    });
    let Err(failure) = result else { return ExitCode::SUCCESS };
    let t = texts::of(place.lang);
    if let Some(said) = failure.said(t) {
        tell(t, &said, place.json);
    }
    ExitCode::from(if failure.is_an_answer() { 1 } else { 2 })
}

/// Says why a command did not do it: on standard error, or for programs where they read its results.
fn tell(t: &Texts, said: &Said, json: bool) {
    if json {
        say(&json!({ "error": { "code": said.code, "message": said.text } }).to_string());
    } else {
        say_error(&t.fmt("cannot-error", &[("text", &said.text)]));
    }
}

impl Place {
    /// The texts in the reader's language.
    pub fn texts(&self) -> &'static Texts {
        texts::of(self.lang)
    }

    /// The settings of the place.
    ///
    /// # Errors
    /// What cannot be used.
    pub fn settings(&self) -> Result<Settings, Failure> {
        Ok(Settings::read(self.dir.as_deref()).map_err(HouseError::from)?)
    }

    /// Opens the office of the place.
    ///
    /// # Errors
    /// What cannot be opened.
    pub async fn office(&self) -> Result<(Settings, Office), Failure> {
        let settings = self.settings()?;
        let office = crate::house::open(&settings).await?;
        Ok((settings, office))
    }
}

/// The office's work is done, its last reads are logged: closes what must be closed.
pub async fn close(office: &Office) {
    office.reads.flush().await;
    office.db.close().await;
}
