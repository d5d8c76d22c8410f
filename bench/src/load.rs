//! Many clients at once, each asking as fast as it is answered.

use std::{cell::Cell, net::SocketAddr, time::Duration};

use futures_util::{StreamExt, stream::FuturesUnordered};

use crate::{
    Failure,
    chance::Chance,
    clock::{Stopwatch, millis},
    http::{Connection, Sender},
    process,
};

/// What came of a load.
pub(crate) struct Load {
    /// Answered per second.
    pub(crate) rate: f64,
    /// Bytes of a body on the average.
    pub(crate) bytes: f64,
    /// Milliseconds of the server's processor time for each.
    pub(crate) cpu: f64,
    /// Microseconds from sending to the last byte, in order.
    latencies: Vec<u64>,
    /// How many went wrong, and how the first one did.
    pub(crate) wrong: Option<(usize, String)>,
}

impl Load {
    /// Milliseconds within which this share of the answers had come.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        percentile(&self.latencies, percent)
    }
}

/// The smallest value that so many percent do not exceed, of microseconds in order, as milliseconds.
pub(crate) fn percentile(sorted: &[u64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).map_or(0.0, |micros| millis(Duration::from_micros(*micros)))
}

/// One act of a client: what it did and how many bytes it got.
pub(crate) trait Step: AsyncFn(&mut Connection, &mut Chance) -> Result<usize, Failure> {}
impl<F: AsyncFn(&mut Connection, &mut Chance) -> Result<usize, Failure>> Step for F {}

/// Lets so many clients repeat an act for so long against the server of a process.
pub(crate) async fn drive(
    address: SocketAddr,
    pid: u32,
    clients: usize,
    length: Duration,
    act: impl Step,
) -> Result<Load, Failure> {
    let mut ready = Vec::with_capacity(clients);
    for seed in 1..=clients {
        let mut connection = Connection::open(address).await?;
        let mut chance = Chance::new(u64::try_from(seed)?);
        // Once before it counts: connected, and nothing is done for the first time.
        act(&mut connection, &mut chance).await?;
        ready.push((connection, chance));
    }
    let bytes = Cell::new(0_usize);
    let wrong: Cell<Option<(usize, String)>> = Cell::new(None);
    let cpu_before = process::cpu(pid)?;
    let clock = Stopwatch::start();
    let client = async |(mut connection, mut chance): (Connection, Chance)| {
        let mut latencies = Vec::new();
        while clock.elapsed() < length {
            let sent = Stopwatch::start();
            match act(&mut connection, &mut chance).await {
                Ok(got) => {
                    bytes.set(bytes.get() + got);
                    latencies.push(u64::try_from(sent.elapsed().as_micros()).unwrap_or(u64::MAX));
                }
                Err(failure) => {
                    let (times, first) = wrong.take().unwrap_or_else(|| (0, failure.to_string()));
                    wrong.set(Some((times + 1, first)));
                    // A refusing server is not hammered.
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
        latencies
    };
    let mut running: FuturesUnordered<_> = ready.into_iter().map(client).collect();
    let mut latencies = Vec::new();
    while let Some(of_client) = running.next().await {
        latencies.extend(of_client);
    }
    drop(running);
    let took = clock.elapsed();
    let cpu = process::cpu(pid)?.saturating_sub(cpu_before);
    latencies.sort_unstable();
    let done = count(latencies.len());
    Ok(Load {
        rate: done / took.as_secs_f64(),
        bytes: count(bytes.get()) / done.max(1.0),
        cpu: millis(cpu) / done.max(1.0),
        latencies,
        wrong: wrong.into_inner(),
    })
}

/// The act of asking for one of these pages; anything but 200 is wrong.
pub(crate) fn get_one_of(sender: &Sender, paths: &[String]) -> impl Step {
    let requests: Vec<Vec<u8>> = paths.iter().map(|path| sender.get(path)).collect();
    async move |connection: &mut Connection, chance: &mut Chance| {
        let request = chance.pick(&requests).ok_or("there is no page to ask for")?;
        Ok(connection.expect(200, request).await?.body.len())
    }
}

/// A count as a figure.
pub(crate) fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let micros: Vec<u64> = (1..=200).map(|n| n * 1000).collect();
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(close(percentile(&micros, 50), 100.0));
        assert!(close(percentile(&micros, 99), 198.0));
        assert!(close(percentile(&micros[..1], 99), 1.0));
        assert!(close(percentile(&[], 50), 0.0));
    }
}
