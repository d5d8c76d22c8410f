//! A private PostgreSQL cluster that lives exactly as long as the test run.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{Failure, tools};

/// The keeper: starts the cluster, waits for its standard input to end, stops the cluster.
const KEEPER: &str = include_str!("postgres.sh");

/// Another program may take the free port between our look and PostgreSQL's start.
const ATTEMPTS: usize = 3;

/// A running cluster; dropping it, or the death of this process in any way, stops and removes it.
pub(crate) struct Postgres {
    keeper: Child,
    url: String,
}

impl Postgres {
    /// Starts an empty cluster on the loopback interface with the newest PostgreSQL of this machine.
    pub(crate) fn start() -> Result<Self, Failure> {
        let programs = programs().ok_or("initdb of PostgreSQL was not found")?;
        let mut failure: Failure = "PostgreSQL was not started".into();
        for _ in 0..ATTEMPTS {
            match start_on(&programs, free_port()?) {
                Ok(cluster) => return Ok(cluster),
                Err(reason) => failure = reason,
            }
        }
        Err(failure)
    }

    /// Where tests connect, as a role that may create databases and roles.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(failure) = self.keeper.wait() {
            eprintln!("xtask: PostgreSQL's keeper was lost: {failure}");
        }
    }
}

fn start_on(programs: &Path, port: u16) -> Result<Postgres, Failure> {
    let mut command = unprivileged_shell()?;
    let mut keeper = command
        .args(["-c", KEEPER, "postgres.sh"])
        .arg(programs)
        .arg(port.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .current_dir("/")
        // Out of the terminal's reach: Ctrl-C ends us, and our end ends the cluster.
        .process_group(0)
        .spawn()?;
    let mut url = String::new();
    if let Some(answer) = keeper.stdout.take() {
        BufReader::new(answer).read_line(&mut url)?;
    }
    let cluster = Postgres { keeper, url: url.trim().to_owned() };
    if cluster.url.is_empty() {
        Err("PostgreSQL did not start; its log stands above".into())
    } else {
        Ok(cluster)
    }
}

/// PostgreSQL refuses to run as root, so root hands it to the account that Debian's package made.
fn unprivileged_shell() -> Result<Command, Failure> {
    if !tools::is_root() {
        return Ok(Command::new("sh"));
    }
    if !tools::succeeds("id", &["-u", "postgres"]) {
        return Err(
            "PostgreSQL does not run as root and there is no account `postgres`; run as another user".into(),
        );
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--", "sh"]);
    Ok(command)
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// The directory of the newest installed `initdb`: Debian keeps each version apart and off the path.
pub(crate) fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .max();
    match newest {
        Some((_, bin)) => Some(bin),
        None => Some(tools::find("initdb")?.parent()?.to_owned()),
    }
}
