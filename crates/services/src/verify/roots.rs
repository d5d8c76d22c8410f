//! Daily roots: one hash a day over the heads of all chains, stored here and written outside.

use std::{fmt, str::FromStr};

use base::time::Date;
use domain::ledger::{Hash, RootVersion, hex};
use storage::ledger::Root;

use crate::{
    Office, authz,
    authz::SYSTEM_ACCOUNT,
    error::{Result, ServiceError},
    ports::RootsFile,
};

/// A root as a line of the file outside: `day upto_entry chains entries 2:hash`. Before the hash stands its version;
/// the lines of the first version have none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct RootLine {
    /// Office day it was made.
    pub day: Date,
    /// The newest entry under it.
    pub upto_entry: i64,
    /// Chains under it.
    pub chains: i64,
    /// Entries under it.
    pub entries: i64,
    /// How it was made.
    pub version: RootVersion,
    /// The hash.
    pub hash: Hash,
}

impl From<&Root> for RootLine {
    fn from(root: &Root) -> Self {
        let Root { day, upto_entry, chains, entries, version, hash } = *root;
        Self { day, upto_entry, chains, entries, version, hash }
    }
}

impl fmt::Display for RootLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {} ", self.day, self.upto_entry, self.chains, self.entries)?;
        match self.version {
            RootVersion::Heads => {}
            later => write!(f, "{}:", later.number())?,
        }
        f.write_str(&hex(&self.hash))
    }
}

/// The line is not a root.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`gün son-kayıt zincir kayıt özet` olmalı")]
pub struct NotARoot;

impl FromStr for RootLine {
    type Err = NotARoot;

    fn from_str(line: &str) -> Result<Self, NotARoot> {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let [day, upto, chains, entries, hash] = words.as_slice() else { return Err(NotARoot) };
        let number = |text: &str| text.parse::<i64>().map_err(|_| NotARoot);
        let (version, hash) = match hash.split_once(':') {
            None => (Some(RootVersion::Heads), *hash),
            Some((version, hash)) => (version.parse().ok().and_then(RootVersion::from_number), hash),
        };
        Ok(Self {
            day: day.parse().map_err(|_| NotARoot)?,
            upto_entry: number(upto)?,
            chains: number(chains)?,
            entries: number(entries)?,
            version: version.ok_or(NotARoot)?,
            hash: unhex(hash).ok_or(NotARoot)?,
        })
    }
}

fn unhex(text: &str) -> Option<Hash> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let mut out = [0; 32];
    if pairs.len() != out.len() || !rest.is_empty() {
        return None;
    }
    for (byte, pair) in out.iter_mut().zip(pairs) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(out)
}

/// The file of roots as it was handed in.
pub(super) struct Listed {
    /// Roots with the numbers of their lines.
    pub lines: Vec<(usize, RootLine)>,
    /// Numbers of lines that are no roots.
    pub unreadable: Vec<usize>,
}

/// Reads the file of roots; empty lines are passed over.
pub(super) fn parse(text: &str) -> Listed {
    let mut listed = Listed { lines: Vec::new(), unreadable: Vec::new() };
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match line.parse() {
            Ok(root) => listed.lines.push((number, root)),
            Err(NotARoot) => listed.unreadable.push(number),
        }
    }
    listed
}

/// Makes the root of the day if there is none yet, and brings the file outside up to date; answers the new root.
///
/// The installation's own work, once a day and whenever it starts; calling it again on the same day does no harm.
/// A file that ends in the middle, because the machine stopped, is completed. A file that says something else than
/// the database is left alone: then one of the two was changed, and `kunye verify --roots` tells which.
///
/// # Errors
/// [`ServiceError::Port`] when the file cannot be written or contradicts the database.
pub async fn make_daily_root(office: &Office, file: &dyn RootsFile) -> Result<Option<RootLine>> {
    let (now, today) = (office.now(), office.today());
    let made = office
        .db
        .write(move |tx| {
            let permit = authz::for_own_account(SYSTEM_ACCOUNT, now, "daily-root");
            storage::verify::store_root_once(tx, &permit, today)
        })
        .await?;
    let stored = office.db.read(storage::ledger::roots).await?;
    let whole: String = stored.iter().map(|root| format!("{}\n", RootLine::from(root))).collect();
    let there = file.read().map_err(refused)?;
    match whole.strip_prefix(there.as_str()) {
        Some("") => {}
        Some(rest) => file.append(rest).map_err(refused)?,
        // Two instances may run this at once; the other one was faster.
        None if there.starts_with(&whole) => {}
        None => {
            return Err(refused(
                "dosyadaki kökler veritabanındakilerle aynı değil; `kunye verify --roots DOSYA` çalıştırın",
            ));
        }
    }
    Ok(made.as_ref().map(RootLine::from))
}

fn refused(error: impl fmt::Display) -> ServiceError {
    ServiceError::Port { port: "roots", message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let line = RootLine {
            day: Date::constant(2026, 10, 5),
            upto_entry: 60,
            chains: 40,
            entries: 59,
            version: RootVersion::Entries,
            hash: [0xa7; 32],
        };
        assert_eq!(line.to_string(), format!("2026-10-05 60 40 59 2:{}", "a7".repeat(32)));
        assert_eq!(line.to_string().parse(), Ok(line));
        let first = RootLine { version: RootVersion::Heads, ..line };
        assert_eq!(first.to_string(), format!("2026-10-05 60 40 59 {}", "a7".repeat(32)));
        assert_eq!(first.to_string().parse(), Ok(first));
        let text = format!("{line}\n\n{line}\r\nkök\n{}", &line.to_string()[..80]);
        let listed = parse(&text);
        assert_eq!(listed.lines, [(1, line), (3, line)]);
        assert_eq!(listed.unreadable, [4, 5]);
    }

    #[test]
    fn what_is_no_root_is_refused() {
        let hash = "0".repeat(64);
        for line in [
            "",
            "2026-10-05",
            &format!("5.10.2026 1 1 1 {hash}"),
            &format!("2026-10-05 1 1 1 {}", &hash[..62]),
            &format!("2026-10-05 1 1 1 3:{hash}"),
            &format!("2026-10-05 1 1 1 2:1:{hash}"),
            &format!("2026-10-05 1 1 1 :{hash}"),
        ] {
            assert_eq!(line.parse::<RootLine>(), Err(NotARoot), "{line}");
        }
        assert_eq!(format!("2026-10-05 1 1 x {hash}").parse::<RootLine>(), Err(NotARoot));
        assert_eq!(format!("2026-10-05 1 1 1 {}é", &hash[..62]).parse::<RootLine>(), Err(NotARoot));
    }
}
