//! `kunye migrate`, `check`, `backup`, `restore`.

use std::path::PathBuf;

use base::time::Clock;
use clap::Args;
use serde_json::json;
use services::{Actor, ServiceError, backup};
use storage::{StorageError, migrate};

use super::{Failure, Place, close, say};
use crate::{
    house,
    ports::SystemClock,
    wording::{filled, finding, finding_json},
};

/// Brings the schema to this program's version.
#[derive(Args)]
pub struct Migrate {
    /// Role that the server uses (PostgreSQL): it gets the rights it needs and owns no table.
    #[arg(long, env = "KUNYE_SERVING_ROLE", value_name = "ROLE")]
    serving_role: Option<String>,
}

impl Migrate {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let settings = place.settings()?;
        let db = house::open_database(&settings).await?;
        let applied = migrate::migrate(&db, SystemClock.now()).await?;
        if let Some(role) = self.serving_role {
            let wrong = role.clone();
            migrate::grant_to(&db, role).await.map_err(|error| match error {
                StorageError::Name(_) => Failure::Told { code: "setting-role", args: vec![("found", wrong)] },
                other => other.into(),
            })?;
        }
        db.close().await;
        if place.json {
            say(&json!({ "applied": applied, "schema": migrate::expected_version() }).to_string());
            return Ok(());
        }
        if applied.is_empty() {
            say(place.texts().get("say-migrate-up-to-date"));
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
        let probed = office.files.put(b"kunye check").and_then(|probe| office.files.get(&probe));
        probed.map_err(|error| ServiceError::port("files", error))?;
        close(&office).await;
        let t = place.texts();
        let found = [
            ("database", format!("{:?}", settings.database)),
            ("schema", migrate::expected_version().to_string()),
            ("files", settings.files.display().to_string()),
            ("institution", settings.institution.clone()),
            ("address", settings.public_url.clone()),
        ];
        if place.json {
            let found: std::collections::BTreeMap<_, _> = found.into_iter().collect();
            say(&json!({ "sound": !owner, "may_rewrite_history": owner, "found": found }).to_string());
        } else {
            for (name, value) in &found {
                say(&t.fmt(&format!("say-check-{name}"), &[("value", value)]));
            }
            say(t.get(if owner { "say-check-owner" } else { "say-check-sound" }));
        }
        if owner { Err(Failure::Found) } else { Ok(()) }
    }
}

/// Writes everything into one file, while others go on working. Exit code 1 when files were missing from the store.
#[derive(Args)]
pub struct Backup {
    /// The file.
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let (_, office) = place.office().await?;
        let made =
            backup::backup(&office, &Actor::system("console"), self.file.clone(), Box::new(|_, _, _| {}))
                .await;
        close(&office).await;
        let made = made?;
        let t = place.texts();
        if place.json {
            let missing: Vec<&str> = made.missing_files.iter().map(|(file, _)| file.as_str()).collect();
            say(&json!({ "file": self.file, "rows": made.rows, "files": made.files, "bytes": made.bytes,
                         "missing_files": missing })
            .to_string());
        } else {
            for (file, _) in &made.missing_files {
                say(&t.fmt("say-backup-missing-file", &[("file", file)]));
            }
            let args = [
                ("path", self.file.display().to_string()),
                ("rows", made.rows.to_string()),
                ("files", made.files.to_string()),
            ];
            say(&filled(t, "say-backup-done", &args));
        }
        if made.missing_files.is_empty() { Ok(()) } else { Err(Failure::Found) }
    }
}

/// Restores a backup into an empty place and verifies it. Exit code 1 when the verification found something.
#[derive(Args)]
pub struct Restore {
    /// The file.
    file: PathBuf,
}

impl Restore {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let settings = place.settings()?;
        // The place is opened, and made, only for a backup that can be restored.
        let sound = backup::check(self.file.clone(), Box::new(|_, _, _| {})).await?;
        let office = house::open_as_it_is(&settings).await?;
        let restored = backup::restore(&office, sound).await;
        close(&office).await;
        let report = restored?;
        let t = place.texts();
        let found = &report.verified.findings;
        if place.json {
            let findings: Vec<_> = found.iter().map(|found| finding_json(t, found)).collect();
            say(&json!({ "rows": report.rows, "files": report.files, "missing_files": report.missing_files,
                         "settled": report.settled, "sound": found.is_empty(), "findings": findings })
            .to_string());
        } else {
            for file in &report.missing_files {
                say(&t.fmt("say-restore-missing-file", &[("file", file)]));
            }
            for student in &report.settled {
                say(&t.fmt("say-restore-settled", &[("student", student)]));
            }
            for found in found {
                say(&finding(t, found));
            }
            let args = [
                ("rows", report.rows.to_string()),
                ("files", report.files.to_string()),
                ("found", found.len().to_string()),
            ];
            say(&filled(t, "say-restore-done", &args));
        }
        if report.verified.is_sound() && report.missing_files.is_empty() {
            Ok(())
        } else {
            Err(Failure::Found)
        }
    }
}
