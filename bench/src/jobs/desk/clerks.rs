//! Many clerks at their desks: each registers one candidate after the other, as fast as the office answers.

use std::{
    cell::{Cell, RefCell},
    net::SocketAddr,
};

use futures_util::{StreamExt, stream::FuturesUnordered};
use serde_json::{Value, json};

use crate::{
    Failure,
    clock::Stopwatch,
    http::{Connection, Sender},
    load::{count, percentile},
    sheet::Sheet,
};

/// What came of it.
pub(super) struct Morning {
    /// Registrations a second.
    pub(super) rate: f64,
    /// The student numbers that the clerks were told.
    pub(super) numbers: Vec<String>,
    /// Microseconds from sending a registration to its answer, in order.
    latencies: Vec<u64>,
}

impl Morning {
    /// Milliseconds within which this share of the registrations had come back.
    pub(super) fn percentile(&self, percent: usize) -> f64 {
        percentile(&self.latencies, percent)
    }
}

/// A candidate whose papers are ticked.
struct Ready {
    id: i64,
    version: Value,
    is_left_to_a_person: bool,
}

/// Registers so many of those who wait, each clerk over a connection of his or her own. Their papers are ticked before:
/// only the registration is measured.
pub(super) async fn run(
    address: SocketAddr,
    clerks: &[Sender],
    waiting: Vec<i64>,
    wanted: usize,
    sheet: &mut Sheet,
) -> Result<Morning, Failure> {
    let queue = RefCell::new(waiting.into_iter());
    let ready = RefCell::new(Vec::new());
    let prepare = async |clerk: &Sender| -> Result<(), Failure> {
        let mut connection = Connection::open(address).await?;
        while ready.borrow().len() < wanted {
            let next = queue.borrow_mut().next();
            let Some(id) = next else { break };
            if let Some(one) = tick(&mut connection, clerk, id).await? {
                ready.borrow_mut().push(one);
            }
        }
        Ok(())
    };
    let mut running: FuturesUnordered<_> = clerks.iter().map(prepare).collect();
    while let Some(done) = running.next().await {
        done?;
    }
    drop(running);
    let mut ready = ready.into_inner();
    ready.truncate(wanted);
    if ready.len() != wanted {
        sheet.fault(format!("{} candidates are ready for the desk instead of {wanted}", ready.len()));
    }

    let mut connections = Vec::with_capacity(clerks.len());
    for clerk in clerks {
        connections.push((clerk, Connection::open(address).await?));
    }
    let (next, wrong) = (Cell::new(0), RefCell::new(Vec::new()));
    let clock = Stopwatch::start();
    let register = async |(clerk, mut connection): (&Sender, Connection)| {
        let mut done = Vec::new();
        while let Some(candidate) = ready.get(next.replace(next.get() + 1)) {
            let sent = Stopwatch::start();
            match register(&mut connection, clerk, candidate).await {
                Ok(number) => {
                    done.push((u64::try_from(sent.elapsed().as_micros()).unwrap_or(u64::MAX), number));
                }
                Err(failure) => wrong.borrow_mut().push(failure.to_string()),
            }
        }
        done
    };
    let mut running: FuturesUnordered<_> = connections.into_iter().map(register).collect();
    let (mut latencies, mut numbers) = (Vec::new(), Vec::new());
    while let Some(done) = running.next().await {
        for (took, number) in done {
            latencies.push(took);
            numbers.push(number);
        }
    }
    drop(running);
    let took = clock.elapsed();
    if let Some(first) = wrong.borrow().first() {
        sheet.fault(format!("{} registrations failed, the first: {first}", wrong.borrow().len()));
    }
    latencies.sort_unstable();
    Ok(Morning { rate: count(numbers.len()) / took.as_secs_f64(), numbers, latencies })
}

/// Ticks what the desk asks for; nothing for somebody whom another office holds up.
async fn tick(connection: &mut Connection, clerk: &Sender, id: i64) -> Result<Option<Ready>, Failure> {
    let path = format!("/api/v1/candidates/{id}");
    let candidate = connection.expect(200, &clerk.get(&path)).await?.json()?;
    let clearances = &candidate["clearances"];
    if ["school", "military", "elsewhere"].iter().any(|office| clearances[office] != "clear") {
        return Ok(None);
    }
    let papers: Vec<Value> = candidate["papers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|paper| match paper["standing"].as_str()? {
            "missing" => Some(json!({ "kind": paper["kind"], "state": "received" })),
            "to_ask" => Some(json!({ "kind": paper["kind"], "state": "waived", "reason": "Koşulu yok" })),
            _ => None,
        })
        .collect();
    let ticks = clerk.json(&format!("{path}/papers"), &json!({ "papers": papers }));
    connection.expect(204, &ticks).await?;
    let candidate = connection.expect(200, &clerk.get(&path)).await?.json()?;
    if candidate["may_register"] != true {
        return Err(format!("candidate {id} may not be registered: {}", candidate["findings"]).into());
    }
    Ok(Some(Ready {
        id,
        version: candidate["candidate"]["version"].clone(),
        is_left_to_a_person: candidate["needs_decision"] == true,
    }))
}

/// Registers a candidate; answers the student number.
async fn register(connection: &mut Connection, clerk: &Sender, candidate: &Ready) -> Result<String, Failure> {
    let mut order =
        json!({ "version": candidate.version, "fee": { "state": "not_due" }, "notice_read": true });
    if candidate.is_left_to_a_person {
        order["decision"] = json!("Masada görüldü");
    }
    let path = format!("/api/v1/candidates/{}/register", candidate.id);
    let answer = connection.expect(200, &clerk.json(&path, &order)).await?.json()?;
    Ok(answer["number"].as_str().ok_or("the registration says no number")?.to_owned())
}
