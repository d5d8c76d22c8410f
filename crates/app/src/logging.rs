//! Logs go to standard error, a line each; they carry request ids and paths, never data of persons.

use tracing_subscriber::EnvFilter;

/// Starts logging at `info`, or as `KUNYE_LOG` says; JSON lines where `KUNYE_LOG_JSON` is set.
pub fn start(quiet: bool) {
    let usual = if quiet { "warn" } else { "info,access=warn" };
    #[expect(clippy::disallowed_methods, reason = "settings of the process are read in this crate")]
    let (filter, json) = (std::env::var("KUNYE_LOG").ok(), std::env::var("KUNYE_LOG_JSON").is_ok());
    let filter =
        EnvFilter::try_new(filter.as_deref().unwrap_or(usual)).unwrap_or_else(|_| EnvFilter::new(usual));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start, as in tests, keeps the first.
    drop(if json { lines.json().try_init() } else { lines.compact().try_init() });
}
