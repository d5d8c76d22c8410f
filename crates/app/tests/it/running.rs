//! A started `kunye` in a place of its own, and how to talk to it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

/// The binary under test.
pub fn kunye() -> Command {
    Command::new(env!("CARGO_BIN_EXE_kunye"))
}

/// Where an installation stands: a folder with everything, or a folder for its files beside a database on a server.
#[derive(Clone)]
pub struct Place {
    dir: PathBuf,
    database: Option<String>,
    allows_owner: bool,
    through: Vec<String>,
}

impl Place {
    /// A single office's folder.
    pub fn folder(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), database: None, allows_owner: false, through: Vec::new() }
    }

    /// A database by its address, with a folder for the files.
    pub fn server(dir: &Path, url: String) -> Self {
        std::fs::create_dir_all(dir).expect("a folder");
        Self { dir: dir.to_owned(), database: Some(url), allows_owner: false, through: Vec::new() }
    }

    /// The place, where `serve` does not mind that its role owns the tables.
    pub fn allowing_owner(self) -> Self {
        Self { allows_owner: true, ..self }
    }

    /// The place as another program shows it that starts `kunye`: its name and arguments.
    pub fn through(self, program: Vec<String>) -> Self {
        Self { through: program, ..self }
    }

    /// The database, for looking into it beside the program.
    pub fn settings(&self) -> storage::Settings {
        match &self.database {
            None => storage::Settings::Sqlite(self.dir.join("kunye.sqlite")),
            Some(url) => storage::Settings::Postgres(url.clone()),
        }
    }

    /// `kunye`, told where it stands.
    pub fn command(&self) -> Command {
        let mut command = match self.through.split_first() {
            None => kunye(),
            Some((program, arguments)) => {
                let mut command = Command::new(program);
                command.args(arguments).arg(env!("CARGO_BIN_EXE_kunye"));
                command
            }
        };
        match &self.database {
            None => command.arg("--dir").arg(&self.dir),
            Some(url) => command
                .current_dir(&self.dir)
                .env("KUNYE_DATABASE", url)
                .env("KUNYE_FILES", self.dir.join("files"))
                .env("KUNYE_ROOTS", self.dir.join("roots.txt")),
        };
        if self.allows_owner {
            command.env("KUNYE_ALLOW_OWNER", "1");
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, words: &[&str]) -> Output {
        self.command().args(words).output().expect("kunye runs")
    }

    /// As [`Place::run`]; fails the test with what was printed when it does not succeed.
    pub fn run_well(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(
            output.status.success(),
            "{words:?}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

/// Runs a command on a single office's folder, as [`Place::run_well`] does.
pub fn run_well(dir: &Path, words: &[&str]) -> String {
    Place::folder(dir).run_well(words)
}

/// A process that serves; it ends with the value.
pub struct Running {
    child: std::sync::Mutex<Child>,
    /// Address without a slash at the end.
    pub url: String,
    /// Folder of the office.
    pub dir: PathBuf,
}

impl Running {
    /// Starts `kunye demo` or `serve` in a single office's folder and waits for its address.
    pub fn start(dir: &Path, words: &[&str]) -> Self {
        Self::at(&Place::folder(dir), words)
    }

    /// As [`Running::start`], wherever the installation stands.
    pub fn at(place: &Place, words: &[&str]) -> Self {
        let mut child = place
            .command()
            .args(words)
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("kunye starts");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
        let url = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("Künye hazır: ").map(str::to_owned))
            .expect("the address is printed");
        // Goes on reading, so that the process never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child: std::sync::Mutex::new(child), url, dir: place.dir.clone() }
    }

    /// A demo with so many invented students.
    pub fn demo(dir: &Path, students: u32) -> Self {
        Self::start(dir, &["demo", "--students", &students.to_string()])
    }

    /// The password of a demo's log-in.
    pub fn password(&self, user: &str) -> String {
        let logins = std::fs::read_to_string(self.dir.join("logins.txt")).expect("log-ins");
        let line =
            logins.lines().find(|line| line.split_whitespace().next() == Some(user)).expect("a log-in");
        line.split_whitespace().nth(1).expect("a password").to_owned()
    }

    /// Ends it as a power cut would, while others still talk to it.
    pub fn kill(&self) {
        let mut child = self.child.lock().expect("lock");
        child.kill().expect("kill");
        child.wait().expect("gone");
    }

    /// Asks the API with a bearer token; answers the status and the body.
    #[expect(
        clippy::disallowed_methods,
        reason = "talks to the started process on loopback, as another program would"
    )]
    pub fn api(&self, method: &str, path: &str, token: &str, body: &str) -> std::io::Result<(u16, String)> {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address)?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Ok((status, answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Ended already where the test killed it.
        if let Ok(mut child) = self.child.lock() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
