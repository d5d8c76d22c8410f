//! Those who registered through e-Devlet, all at once.

use std::{collections::BTreeSet, net::SocketAddr, time::Duration};

use serde_json::json;

use super::E_REGISTERED;
use crate::{
    Failure,
    clock::Stopwatch,
    http::{Connection, Sender},
    sheet::Sheet,
};

/// Where bulk registrations are ordered.
const RUNS: &str = "/api/v1/bulk-registrations";
/// How often a run is asked how far it is.
const LOOK: Duration = Duration::from_millis(20);
/// How long a run may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// A run that has ended.
pub(super) struct Done {
    /// From the order to the end.
    pub(super) took: Duration,
    /// From the order to the first registration that the progress counts.
    pub(super) first: Duration,
    /// How many different counts the progress showed.
    pub(super) steps: usize,
}

/// Orders the bulk registration of everybody and waits for it; somebody who is left out is a wrong answer.
pub(super) async fn run(address: SocketAddr, registrar: &Sender, sheet: &mut Sheet) -> Result<Done, Failure> {
    let mut connection = Connection::open(address).await?;
    let order = registrar.json(RUNS, &json!({ "fee": "not_due" }));
    let clock = Stopwatch::start();
    let answer = connection.expect(202, &order).await?.json()?;
    let job = answer["id"].as_i64().ok_or("the run has no number")?;
    let question = registrar.get(&format!("{RUNS}/{job}"));
    let (mut first, mut steps) = (None, BTreeSet::new());
    loop {
        let progress = connection.expect(200, &question).await?.json()?;
        let took = clock.elapsed();
        let done = progress["done"].as_u64().unwrap_or_default();
        steps.insert(done);
        if done > 0 && first.is_none() {
            first = Some(took);
        }
        let state = progress["state"].as_str().unwrap_or_default();
        if !matches!(state, "waiting" | "running") {
            if state != "done" || done != u64::try_from(E_REGISTERED)? {
                let why = progress["failures"].get(0).map(ToString::to_string).unwrap_or_default();
                sheet.fault(format!("bulk registration: {state}, {done} of {E_REGISTERED} registered {why}"));
            }
            return Ok(Done { took, first: first.unwrap_or(took), steps: steps.len() });
        }
        if took > PATIENCE {
            return Err(format!("the bulk registration does not end: {progress}").into());
        }
        tokio::time::sleep(LOOK).await;
    }
}
