//! The commands of `kunye`, one file each. Exit codes: 0 done, 1 found something or refused, 2 could not run.

mod demo;
mod import;
mod invent;
mod issue;
mod keep;
mod serve;
mod tokens;
mod users;
mod verify;

use std::{path::PathBuf, process::ExitCode};

use base::lang::Lang;
use clap::{Args, Parser, Subcommand};
use services::{Office, ServiceError};

use crate::{house::HouseError, logging, settings::Settings};

/// Üniversite öğrenci işleri sistemi.
#[derive(Parser)]
#[command(name = "kunye", version, about, long_about = None)]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Which installation, and how to speak.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// Tek büro klasörü (kunye.sqlite ve files/). Verilmezse kunye.toml ve KUNYE_* okunur.
    #[arg(long, global = true)]
    pub dir: Option<PathBuf>,
    /// İletilerin dili: tr ya da en.
    #[arg(long, global = true, default_value = "tr", value_parser = lang)]
    pub lang: Lang,
    /// Sonucu JSON olarak yazar.
    #[arg(long, global = true)]
    pub json: bool,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::from_code(text).ok_or_else(|| "tr ya da en yazın".to_owned())
}

#[derive(Subcommand)]
enum Command {
    /// Uydurma kişilerle çalışan bir büro kurar ve açar.
    Demo(demo::Demo),
    /// Sayfaları ve API'yi sunar; bekleyen işleri de yürütür.
    Serve(serve::Serve),
    /// Yalnız bekleyen işleri yürütür.
    Worker(serve::Worker),
    /// Veritabanı şemasını bu programa uydurur.
    Migrate(keep::Migrate),
    /// Ayarları, veritabanını ve dosya deposunu yoklar.
    Check(keep::Check),
    /// Dosyalardan kayıt aktarır.
    #[command(subcommand)]
    Import(import::Import),
    /// Uydurma kayıtları dosyalara yazar.
    #[command(hide = true)]
    Invent(invent::Invent),
    /// Belge düzenler, PDF olarak bir klasöre yazar.
    Issue(issue::Issue),
    /// Kayıt defterinin zincirini ve saklanan belgeleri doğrular.
    Verify(verify::Verify),
    /// Bütün kurulumu tek dosyaya yedekler.
    Backup(keep::Backup),
    /// Yedeği boş bir yere geri yükler.
    Restore(keep::Restore),
    /// Hesapları yönetir.
    #[command(subcommand)]
    User(users::User),
    /// API anahtarlarını yönetir.
    #[command(subcommand)]
    Token(tokens::TokenCommand),
}

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The installation could not be opened.
    #[error(transparent)]
    House(#[from] HouseError),
    /// A use case said no.
    #[error("{}", refusal(.0))]
    Service(#[from] ServiceError),
    /// Something was found; it has been printed already.
    #[error("")]
    Found,
    /// Anything else, already worded.
    #[error("{0}")]
    Words(String),
}

impl From<storage::StorageError> for Failure {
    fn from(error: storage::StorageError) -> Self {
        Self::House(error.into())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Words(error.to_string())
    }
}

fn refusal(error: &ServiceError) -> String {
    let languages = web::texts::Languages::load(&[]);
    let Ok(languages) = languages else { return error.to_string() };
    let t = languages.of(Lang::Tr);
    match error {
        ServiceError::Invalid(errors) => errors
            .iter()
            .map(|e| {
                let args: Vec<(&str, &str)> = e.args.iter().map(|(n, v)| (*n, v.as_str())).collect();
                format!("{}: {}", e.field, t.fmt(&format!("field-{}", e.code), &args))
            })
            .collect::<Vec<_>>()
            .join("\n"),
        ServiceError::Refused(findings) => {
            findings.iter().map(|f| web::pages::student::finding_text(t, f)).collect::<Vec<_>>().join("\n")
        }
        other => other.to_string(),
    }
}

/// Runs one command to its end.
pub fn run(cli: Cli) -> ExitCode {
    let Cli { place, command } = cli;
    let is_service = matches!(command, Command::Serve(_) | Command::Worker(_));
    logging::start(!is_service);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            say_error(&error.to_string());
            return ExitCode::from(2);
        }
    };
    let result = runtime.block_on(async {
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
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found) => ExitCode::from(1),
        Err(Failure::Service(error)) => {
            say_error(&refusal(&error));
            ExitCode::from(1)
        }
        Err(error) => {
            say_error(&error.to_string());
            ExitCode::from(2)
        }
    }
}

impl Place {
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

/// Writes a line to standard output.
#[expect(clippy::print_stdout, reason = "what a command answers goes to standard output")]
pub fn say(line: &str) {
    println!("{line}");
}

/// Writes a line to standard error.
#[expect(clippy::print_stderr, reason = "what went wrong goes to standard error")]
pub fn say_error(line: &str) {
    if !line.is_empty() {
        eprintln!("{line}");
    }
}

/// One of two sentences.
pub fn pick<'a>(lang: Lang, tr: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Tr => tr,
        Lang::En => en,
    }
}

/// The office's work is done, its last reads are logged: closes what must be closed.
pub async fn close(office: &Office) {
    office.reads.flush().await;
    office.db.close().await;
}
