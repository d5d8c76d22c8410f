//! The programs of the machine that tests lean on, and how a Debian machine gets the missing ones.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::{Failure, postgres};

/// A program that tests start, and the Debian packages that bring it.
struct Tool {
    /// Any one of these will do; the first is what people call it.
    programs: &'static [&'static str],
    packages: &'static [&'static str],
}

const TOOLS: &[Tool] = &[
    Tool { programs: &["initdb"], packages: &["postgresql"] },
    Tool {
        programs: &["chromium", "chromium-browser", "google-chrome"],
        packages: &["chromium", "fonts-liberation"],
    },
    Tool { programs: &["chromedriver"], packages: &["chromium-driver"] },
    Tool { programs: &["pdftotext"], packages: &["poppler-utils"] },
    Tool { programs: &["qpdf"], packages: &["qpdf"] },
];

impl Tool {
    fn is_here(&self) -> bool {
        self.programs.iter().any(|program| match *program {
            "initdb" => postgres::programs().is_some(),
            program => find(program).is_some(),
        })
    }
}

/// Installs what tests need and the machine lacks, where that is allowed without asking; else says what to install.
pub(crate) fn require_all() -> Result<(), Failure> {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|tool| tool.packages).copied().collect();
    if let Some(sudo) = may_install() {
        println!("Eksik paketler kuruluyor / installing: {}", packages.join(" "));
        let installed = apt_get(sudo, &["update", "-qq"], &[])?
            && apt_get(sudo, &["install", "-y", "-qq", "--no-install-recommends"], &packages)?;
        if installed && self::missing().is_empty() {
            return Ok(());
        }
    }
    let names: Vec<&str> = missing.iter().flat_map(|tool| tool.programs.first()).copied().collect();
    Err(format!(
        "Eksik programlar / missing programs: {}\n\
         Debian ve Ubuntu'da kurmak için / to install on Debian and Ubuntu:\n    \
         sudo apt-get install --no-install-recommends {}",
        names.join(", "),
        packages.join(" "),
    )
    .into())
}

fn missing() -> Vec<&'static Tool> {
    TOOLS.iter().filter(|tool| !tool.is_here()).collect()
}

/// Whether packages may be installed, and if so whether through `sudo`.
fn may_install() -> Option<bool> {
    find("apt-get")?;
    if is_root() {
        return Some(false);
    }
    succeeds("sudo", &["-n", "true"]).then_some(true)
}

fn apt_get(sudo: bool, arguments: &[&str], packages: &[&str]) -> Result<bool, Failure> {
    let words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    let mut command = if sudo {
        let mut command = Command::new("sudo");
        command.arg("-n").args(words);
        command
    } else {
        let mut command = Command::new("env");
        command.args(&words[1..]);
        command
    };
    Ok(command.args(arguments).args(packages).status()?.success())
}

/// Whether we run as the superuser.
pub(crate) fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// Runs a program for its exit code alone.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// Where a program stands on the path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let found = Command::new("sh").args(["-c", "command -v \"$1\"", "sh", program]).output().ok()?;
    let path = str::from_utf8(&found.stdout).ok()?.trim();
    (found.status.success() && !path.is_empty()).then(|| PathBuf::from(path))
}
