//! `kunye migrate`, `check`, `backup`, `restore`.

use std::path::PathBuf;

use base::time::Clock;
use clap::Args;
use services::{Actor, backup};
use storage::{Db, migrate};

use super::{Failure, Place, close, pick, say};
use crate::{house, ports::SystemClock};

/// Brings the schema to this program's version.
#[derive(Args)]
pub struct Migrate {
    /// Sunucunun kullanacağı rol (PostgreSQL): gereken yetkileri alır, tabloların sahibi olmaz.
    #[arg(long, env = "KUNYE_SERVING_ROLE")]
    serving_role: Option<String>,
}

impl Migrate {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let settings = place.settings()?;
        if let storage::Settings::Sqlite(path) = &settings.database {
            house::make_folder(path.parent().unwrap_or(std::path::Path::new(".")))?;
        }
        let db = Db::open(&settings.database).await?;
        let applied = migrate::migrate(&db, SystemClock.now()).await?;
        if let Some(role) = self.serving_role {
            migrate::grant_to(&db, role).await?;
        }
        db.close().await;
        if applied.is_empty() {
            say(pick(place.lang, "Şema zaten güncel.", "The schema is up to date."));
        }
        for name in applied {
            say(name);
        }
        Ok(())
    }
}

/// Looks whether everything is in place.
#[derive(Args)]
pub struct Check {}

impl Check {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let (settings, office) = place.office().await?;
        let owner = migrate::may_rewrite_history(&office.db).await?;
        let probe = office
            .files
            .put(b"kunye check")
            .map_err(|e| Failure::Words(format!("{}: {e}", settings.files.display())))?;
        office.files.get(&probe).map_err(|e| Failure::Words(format!("{}: {e}", settings.files.display())))?;
        close(&office).await;
        say(&format!("{}: {:?}", pick(place.lang, "Veritabanı", "Database"), settings.database));
        say(&format!(
            "{}: {}",
            pick(place.lang, "Şema sürümü", "Schema version"),
            migrate::expected_version()
        ));
        say(&format!("{}: {}", pick(place.lang, "Dosya deposu", "File store"), settings.files.display()));
        say(&format!("{}: {}", pick(place.lang, "Kurum profili", "Institution"), settings.institution));
        say(&format!("{}: {}", pick(place.lang, "Adres", "Address"), settings.public_url));
        if owner {
            say(pick(
                place.lang,
                "UYARI: bu rol kayıt defterini değiştirebilir; sunucuyu `kunye migrate --serving-role ROL` ile hazırlanan rolle çalıştırın.",
                "WARNING: this role could rewrite the ledger; serve with the role prepared by `kunye migrate --serving-role ROLE`.",
            ));
            return Err(Failure::Found);
        }
        say(pick(place.lang, "Her şey yerinde.", "Everything is in place."));
        Ok(())
    }
}

/// Writes everything into one file, while others go on working.
#[derive(Args)]
pub struct Backup {
    /// Yedek dosyası.
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let (_, office) = place.office().await?;
        let made =
            backup::backup(&office, &Actor::system("console"), self.file.clone(), Box::new(|_, _, _| {}))
                .await;
        close(&office).await;
        let made = made.map_err(|e| Failure::Words(e.to_string()))?;
        say(&match place.lang {
            base::lang::Lang::Tr => {
                format!("{}: {} satır, {} dosya", self.file.display(), made.rows, made.files)
            }
            base::lang::Lang::En => {
                format!("{}: {} rows, {} files", self.file.display(), made.rows, made.files)
            }
        });
        Ok(())
    }
}

/// Restores a backup into an empty place and verifies it.
#[derive(Args)]
pub struct Restore {
    /// Yedek dosyası.
    file: PathBuf,
}

impl Restore {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let settings = place.settings()?;
        let office = house::open_migrated(&settings).await?;
        let restored = backup::restore(&office, self.file.clone(), Box::new(|_, _, _| {})).await;
        let report = match restored {
            Ok(report) => report,
            Err(error) => {
                close(&office).await;
                return Err(Failure::Words(error.to_string()));
            }
        };
        close(&office).await;
        let verified = &report.verified;
        for missing in &report.missing_files {
            say(&format!(
                "{}: {missing}",
                pick(place.lang, "yedekte olmayan dosya", "file missing from the backup")
            ));
        }
        for finding in &verified.findings {
            say(&format!("{}: {}", finding.place, finding.fault));
        }
        let found = verified.findings.len();
        say(&match place.lang {
            base::lang::Lang::Tr => format!(
                "{} satır, {} dosya geri yüklendi; doğrulama: {found} bulgu.",
                report.rows, report.files
            ),
            base::lang::Lang::En => format!(
                "{} rows and {} files restored; verification: {found} findings.",
                report.rows, report.files
            ),
        });
        if verified.is_sound() && report.missing_files.is_empty() { Ok(()) } else { Err(Failure::Found) }
    }
}
