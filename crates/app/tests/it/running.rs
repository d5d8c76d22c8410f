//! A started `kunye` in a folder of its own, and how to talk to it.

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

/// Runs a command to its end.
pub fn run(dir: &Path, words: &[&str]) -> Output {
    kunye().arg("--dir").arg(dir).args(words).output().expect("kunye runs")
}

/// As [`run`]; fails the test with what was printed when it does not succeed.
pub fn run_well(dir: &Path, words: &[&str]) -> String {
    let output = run(dir, words);
    assert!(
        output.status.success(),
        "{words:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
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
    /// Starts `kunye demo` or `serve` and waits for its address.
    pub fn start(dir: &Path, words: &[&str]) -> Self {
        let mut child = kunye()
            .arg("--dir")
            .arg(dir)
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
        Self { child: std::sync::Mutex::new(child), url, dir: dir.to_owned() }
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
