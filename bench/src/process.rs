//! What the kernel says about a process: processor time and memory. Linux alone has `/proc`.

use std::{fs, path::Path, time::Duration};

use crate::Failure;

/// The kernel counts processor time in hundredths of a second, whatever its own clock does.
const TICK: Duration = Duration::from_millis(10);

/// Processor time of a process and of its threads, in its own code and in the kernel's.
pub(crate) fn cpu(pid: u32) -> Result<Duration, Failure> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let ticks = ticks(&stat).ok_or("/proc/PID/stat does not look as expected")?;
    Ok(TICK * ticks)
}

/// The sum of fields 14 and 15. The name of the program, field 2, may itself hold blanks and brackets.
fn ticks(stat: &str) -> Option<u32> {
    let (_, behind_name) = stat.rsplit_once(')')?;
    let mut fields = behind_name.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    user.checked_add(system)
}

/// Memory that a process holds now, in bytes.
pub(crate) fn resident(pid: u32) -> Result<u64, Failure> {
    status(pid, "VmRSS:")
}

/// The most memory that a process has held, in bytes.
pub(crate) fn peak(pid: u32) -> Result<u64, Failure> {
    status(pid, "VmHWM:")
}

/// Begins to measure the peak anew.
pub(crate) fn reset_peak(pid: u32) -> Result<(), Failure> {
    Ok(fs::write(format!("/proc/{pid}/clear_refs"), "5")?)
}

fn status(pid: u32, name: &str) -> Result<u64, Failure> {
    let text = fs::read_to_string(format!("/proc/{pid}/status"))?;
    kilobytes(&text, name).map(|kb| kb * 1024).ok_or_else(|| format!("no {name} of process {pid}").into())
}

fn kilobytes(status: &str, name: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

/// How much the machine has to do: the three load averages.
pub(crate) fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// Name of the processor and how many of them there are.
pub(crate) fn machine() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map(|(_, name)| name.trim());
    let count = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    format!("{count} × {}", name.unwrap_or("processor of unknown name"))
}

/// Bytes of a file, or of all files in a folder and below.
pub(crate) fn size(path: &Path) -> Result<u64, Failure> {
    let found = fs::metadata(path)?;
    if !found.is_dir() {
        return Ok(found.len());
    }
    let mut sum = 0;
    for entry in fs::read_dir(path)? {
        sum += size(&entry?.path())?;
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_processor_time_are_added() {
        let stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 3000 0 1 0 250 50 0 0 20 0 5 0 100 1000 200";
        assert_eq!(ticks(stat), Some(300));
        assert_eq!(ticks("42"), None);
    }

    #[test]
    fn memory_is_read_from_its_line() {
        let status = "Name:\tkunye\nVmHWM:\t   20480 kB\nVmRSS:\t   10240 kB\n";
        assert_eq!(kilobytes(status, "VmRSS:"), Some(10_240));
        assert_eq!(kilobytes(status, "VmSwap:"), None);
    }
}
