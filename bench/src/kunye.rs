//! Running the real program: its commands, and its server.

use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{BufRead, BufReader, Read, Seek},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    thread::sleep,
    time::Duration,
};

use crate::{Failure, clock::Stopwatch, process};

/// How often a running command is looked at: a short one often, a long one seldom enough to cost it nothing.
const LOOKS: (Duration, Duration) = (Duration::from_micros(200), Duration::from_millis(5));
/// How long a server may take to stop.
const PATIENCE: Duration = Duration::from_secs(20);

/// Anything that can be a word of a command line.
pub(crate) type Word<'a> = &'a dyn AsRef<OsStr>;

/// Where an installation stands: a folder with everything, or a folder for its files beside a database on a server.
#[derive(Clone)]
pub(crate) struct Place {
    folder: PathBuf,
    database: Option<String>,
}

impl Place {
    /// A single office's folder.
    pub(crate) fn folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), database: None }
    }

    /// A database by its address, with a folder for the files, which is made.
    pub(crate) fn server(folder: &Path, url: String) -> Result<Self, Failure> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), database: Some(url) })
    }

    /// Its folder.
    pub(crate) fn home(&self) -> &Path {
        &self.folder
    }

    /// Name of its database on a server.
    pub(crate) fn database_name(&self) -> Option<&str> {
        Some(self.database.as_deref()?.rsplit_once('/')?.1)
    }

    /// Tells a command where it works.
    fn show_to(&self, command: &mut Command) {
        match &self.database {
            None => command.arg("--dir").arg(&self.folder),
            Some(url) => command
                .current_dir(&self.folder)
                .env("KUNYE_DATABASE", url)
                .env("KUNYE_FILES", self.folder.join("files"))
                .env("KUNYE_ROOTS", self.folder.join("roots.txt"))
                // The role that made the tables serves; who serves in earnest is another one.
                .env("KUNYE_ALLOW_OWNER", "1"),
        };
    }
}

/// The program `kunye`.
pub(crate) struct Kunye {
    program: PathBuf,
}

/// A command that ended well.
pub(crate) struct Finished {
    /// From start to end.
    pub(crate) took: Duration,
    /// The most memory it held, in bytes, as far as looks every few milliseconds saw it.
    pub(crate) peak: u64,
    /// What it said on standard output.
    pub(crate) said: String,
}

impl Kunye {
    /// The program at a path.
    pub(crate) fn new(program: PathBuf) -> Result<Self, Failure> {
        // Commands on a server's database run in a folder of their own.
        let program = std::path::absolute(program)?;
        if program.is_file() {
            Ok(Self { program })
        } else {
            Err(format!("{} is not there; build it for release", program.display()).into())
        }
    }

    /// A command of the program, untouched by the settings of whoever runs the benchmark.
    fn command(&self, words: &[Word<'_>]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(words.iter().map(|word| word.as_ref())).stdin(Stdio::null()).env("NO_COLOR", "1");
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"KUNYE_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs a command to its end; any exit code but 0 is a failure.
    pub(crate) fn run(&self, words: &[Word<'_>]) -> Result<Finished, Failure> {
        Self::finish(self.command(words), words)
    }

    /// As [`Kunye::run`], on an installation.
    pub(crate) fn run_at(&self, place: &Place, words: &[Word<'_>]) -> Result<Finished, Failure> {
        let mut command = self.command(words);
        place.show_to(&mut command);
        Self::finish(command, words)
    }

    fn finish(mut command: Command, words: &[Word<'_>]) -> Result<Finished, Failure> {
        // Into files: a pipe that nobody reads would stop a talkative command.
        let (mut out, mut err) = (tempfile::tempfile()?, tempfile::tempfile()?);
        command.stdout(out.try_clone()?).stderr(err.try_clone()?);
        let (clock, mut peak) = (Stopwatch::start(), 0);
        let mut child = command.spawn()?;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            // A process that is just ending has no memory any more.
            peak = process::peak(child.id()).map_or(peak, |now| peak.max(now));
            sleep((clock.elapsed() / 20).clamp(LOOKS.0, LOOKS.1));
        };
        let took = clock.elapsed();
        let said = read_back(&mut out)?;
        if status.success() {
            return Ok(Finished { took, peak, said });
        }
        let words: Vec<_> = words.iter().map(|word| word.as_ref().to_string_lossy()).collect();
        Err(format!("kunye {}: {status}\n{said}{}", words.join(" "), read_back(&mut err)?).into())
    }
}

fn read_back(file: &mut File) -> Result<String, Failure> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// `kunye serve`; dropping it ends it.
pub(crate) struct Server {
    process: Child,
    /// Kept open: a server that cannot speak would stop.
    _said: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl Server {
    /// Starts it on a free port and waits until it says that it is ready; it logs into `log`.
    pub(crate) fn start(program: &Kunye, place: &Place, log: &Path) -> Result<Self, Failure> {
        let log_file = OpenOptions::new().create(true).append(true).open(log)?;
        let mut command = program.command(&[&"serve", &"--listen", &"127.0.0.1:0"]);
        place.show_to(&mut command);
        let mut process = command.stdout(Stdio::piped()).stderr(log_file).spawn()?;
        let mut said = BufReader::new(process.stdout.take().ok_or("the server says nothing")?);
        let mut line = String::new();
        said.read_line(&mut line)?;
        let address = line.split_once("http://").and_then(|(_, address)| address.trim().parse().ok());
        let Some(address) = address else {
            drop(process.kill());
            process.wait()?;
            return Err(format!("the server did not start: {line}{}", fs::read_to_string(log)?).into());
        };
        Ok(Self { process, _said: said, address })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Asks it to stop as a service manager does, and waits; answers how long that took.
    pub(crate) fn stop(&mut self) -> Result<Duration, Failure> {
        let clock = Stopwatch::start();
        let pid = self.pid().to_string();
        Command::new("sh").args(["-c", "kill -TERM \"$1\"", "sh", &pid]).status()?;
        while clock.elapsed() < PATIENCE {
            if let Some(status) = self.process.try_wait()? {
                return if status.success() {
                    Ok(clock.elapsed())
                } else {
                    Err(format!("the server: {status}").into())
                };
            }
            sleep(LOOKS.1);
        }
        Err("the server did not stop when it was asked to".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(None) = self.process.try_wait() {
            drop(self.process.kill());
            drop(self.process.wait());
        }
    }
}

/// Warnings and errors that a server logged, the first ten.
pub(crate) fn complaints(log: &Path) -> Result<Vec<String>, Failure> {
    let text = fs::read_to_string(log)?;
    let serious = text.lines().filter(|line| line.contains("ERROR") || line.contains("WARN"));
    Ok(serious.take(10).map(str::to_owned).collect())
}
