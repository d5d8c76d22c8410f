//! `kunye serve` and `kunye worker`.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::serve::ListenerExt;
use base::{lang::Lang, time::Timestamp};
use clap::Args;
use domain::student_file::Name;
use services::Office;
use tokio::{net::TcpListener, sync::Notify};
use web::{site::Site, texts::Languages};

use super::{Failure, Place, close, say};
use crate::{house, settings::Settings, texts};

/// How often the worker looks for work that nobody woke it for.
const LOOK: Duration = Duration::from_secs(2);

/// Serves pages and API.
#[derive(Args)]
pub struct Serve {
    /// Address to listen on; that of the settings where none is given.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Whether this process leaves the work to `kunye worker`.
    #[arg(long)]
    no_worker: bool,
}

impl Serve {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let (mut settings, office) = place.office().await?;
        if let Some(listen) = self.listen {
            settings.listen = listen;
        }
        refuse_owner(&settings, &office).await?;
        let listener = house::listen(settings.listen).await?;
        let address = listener.local_addr()?;
        say_ready(place, &format!("http://{address}"), None);
        serve(office, &settings, listener, false, !self.no_worker).await
    }
}

/// Says that the pages are there. Programs wait for the Turkish line, which comes whatever the language, or read JSON.
pub fn say_ready(place: &Place, url: &str, logins: Option<&Path>) {
    if place.json {
        say(&serde_json::json!({ "url": url, "logins": logins }).to_string());
        return;
    }
    say(&texts::of(Lang::Tr).fmt("say-ready", &[("url", url)]));
    if place.lang != Lang::Tr {
        say(&place.texts().fmt("say-ready", &[("url", url)]));
    }
}

/// Carries out waiting work without serving pages.
#[derive(Args)]
pub struct Worker {
    /// Whether it ends when nothing is waiting.
    #[arg(long)]
    once: bool,
}

impl Worker {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let (settings, office) = place.office().await?;
        let tell = |state: &str| {
            if place.json {
                say(&serde_json::json!({ "worker": state }).to_string());
            } else {
                say(place.texts().get(&format!("say-worker-{state}")));
            }
        };
        tell("working");
        if self.once {
            forget(&office).await;
            do_work(&office, &settings).await;
            fetch(&office).await;
        } else {
            let wake = Arc::new(Notify::new());
            tokio::select! {
                () = work(office.clone(), settings, wake) => {}
                () = fetch_all(office.clone()) => {}
                () = stop_asked() => {}
            }
        }
        close(&office).await;
        tell("ended");
        Ok(())
    }
}

/// Refuses to serve with a role that could rewrite history.
async fn refuse_owner(settings: &Settings, office: &Office) -> Result<(), Failure> {
    if !settings.allow_owner && storage::migrate::may_rewrite_history(&office.db).await? {
        return Err(Failure::Told { code: "serve-as-owner", args: Vec::new() });
    }
    Ok(())
}

/// Serves until somebody asks to stop; then answers what has begun and closes.
///
/// # Errors
/// What the listener says.
pub async fn serve(
    office: Office,
    settings: &Settings,
    listener: TcpListener,
    demo: bool,
    with_worker: bool,
) -> Result<(), Failure> {
    let wake = Arc::new(Notify::new());
    let languages = Languages::load(&[]).map_err(std::io::Error::other)?;
    let site = Arc::new(Site {
        institution: institution(&office),
        languages,
        demo,
        secure: settings.public_url.starts_with("https://"),
        trusted_proxies: settings.trusted_proxies.clone(),
        wake_worker: Arc::clone(&wake),
        office: office.clone(),
    });
    let worker = with_worker.then(|| tokio::spawn(work(office.clone(), settings.clone(), wake)));
    let fetcher = with_worker.then(|| tokio::spawn(fetch_all(office.clone())));
    let service = web::site::router(site).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener.tap_io(|stream| drop(stream.set_nodelay(true))), service)
        .with_graceful_shutdown(stop_asked())
        .await?;
    for task in worker.into_iter().chain(fetcher) {
        task.abort();
    }
    close(&office).await;
    Ok(())
}

fn institution(office: &Office) -> Name {
    let named = office.book.institution();
    Name { tr: named.name_tr.clone(), en: named.name_en.clone() }
}

async fn stop_asked() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        match terminate {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

/// The worker: finishes what was interrupted, carries out jobs, makes the daily root, and every hour forgets what has
/// run out.
async fn work(office: Office, settings: Settings, wake: Arc<Notify>) {
    let mut hourly = Hourly::default();
    loop {
        if hourly.is_due(office.now()) {
            forget(&office).await;
        }
        do_work(&office, &settings).await;
        tokio::select! {
            () = wake.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// The part of the worker that asks remote systems, beside the rest, because they may be slow.
async fn fetch_all(office: Office) {
    loop {
        fetch(&office).await;
        tokio::time::sleep(LOOK).await;
    }
}

async fn fetch(office: &Office) {
    if let Err(error) = services::placement::fetch::run_fetches(office).await {
        tracing::error!(%error, "a fetch of placements stopped");
    }
}

/// What is done once an hour, and at once by a worker that has just begun.
#[derive(Default)]
struct Hourly {
    last: Option<Timestamp>,
}

impl Hourly {
    /// Whether an hour has gone by since it was last due; a clock that was set back does not stop it.
    fn is_due(&mut self, now: Timestamp) -> bool {
        let is_due = self.last.is_none_or(|last| !(0..3600).contains(&now.duration_since(last).as_secs()));
        if is_due {
            self.last = Some(now);
        }
        is_due
    }
}

async fn forget(office: &Office) {
    if let Err(error) = services::accounts::forget_expired(office).await {
        tracing::error!(%error, "ended sessions could not be removed");
    }
}

async fn do_work(office: &Office, settings: &Settings) {
    if let Err(error) = services::documents::resume_preparing(office).await {
        tracing::error!(%error, "papers in preparation could not be finished");
    }
    let was_full = office.room.is_full();
    if let Err(error) = services::registration::bulk::run_bulk(office).await
        && !(was_full && error.is_disk_full())
    {
        tracing::error!(%error, "a bulk registration stopped");
    }
    if let Err(error) = services::documents::batch::run_batches(office).await
        // A full disk is told once, not with every attempt.
        && !(was_full && error.is_disk_full())
    {
        tracing::error!(%error, "a batch of papers stopped");
    }
    let roots = crate::ports::RootsOnDisk::new(settings.roots.clone());
    if let Err(error) = services::verify::make_daily_root(office, &roots).await {
        tracing::error!(%error, "the daily root of the ledger could not be made");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_run_out_is_forgotten_once_an_hour() {
        let mut hourly = Hourly::default();
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).expect("in range");
        let due: Vec<i64> = (0..=7300).step_by(2).filter(|second| hourly.is_due(at(*second))).collect();
        assert_eq!(due, [0, 3600, 7200]);
        assert!(hourly.is_due(at(-10)), "a clock set back does not stop it");
    }
}
