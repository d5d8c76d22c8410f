//! Papers: one transcript, many people asking for one, a hundred at once, five hundred certificates.

use std::{cell::Cell, path::Path, time::Duration};

use serde_json::json;

use crate::{
    Failure, ROUNDS,
    chance::Chance,
    clock::{Stopwatch, millis},
    floor::{mib, note_sync},
    http::Connection,
    jobs::Desk,
    kunye::Server,
    load::{count, drive, percentile},
    options::Group,
    process,
    register::Register,
    report::round,
    sheet::Sheet,
    tell,
};

/// Transcripts one after another in each round.
const SINGLES: usize = 40;
/// Clients that ask for transcripts at once.
const CLIENTS: usize = 8;
/// How often a batch is asked how far it is.
const LOOK: Duration = Duration::from_millis(5);
/// How long a batch may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// Students in a drawn order, each taken once before anybody comes again.
struct Queue {
    numbers: Vec<String>,
    next: Cell<usize>,
}

impl Queue {
    fn new(numbers: Vec<String>) -> Result<Self, Failure> {
        if numbers.is_empty() {
            Err("nobody studies now".into())
        } else {
            Ok(Self { numbers, next: Cell::new(0) })
        }
    }

    fn take(&self) -> &str {
        let at = self.next.get();
        self.next.set(at + 1);
        self.numbers.get(at % self.numbers.len()).map_or("", String::as_str)
    }

    fn take_many(&self, count: usize) -> Vec<&str> {
        (0..count.min(self.numbers.len())).map(|_| self.take()).collect()
    }
}

/// Issues papers one by one and in batches.
pub(crate) async fn measure(
    desk: &Desk,
    server: &Server,
    register: &Register,
    work: &Path,
    length: Duration,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let last_year = Queue::new(register.active(true, 11))?;
    let anybody = Queue::new(register.active(false, 12))?;
    let mut connection = Connection::open(desk.address).await?;
    let clock = Stopwatch::start();
    issue(desk, &mut connection, last_year.take()).await?;
    sheet.note("papers.first.ms", clock.millis());
    for number in 1..=ROUNDS {
        tell(&round(Group::Papers, number));
        note_sync(sheet, Group::Papers, work)?;
        singles(desk, server, &last_year, sheet).await?;
        let ask = async |connection: &mut Connection, _: &mut Chance| {
            issue(desk, connection, last_year.take()).await
        };
        let load = drive(desk.address, server.pid(), CLIENTS, length, ask).await?;
        sheet.note("papers.many.rate", load.rate);
        sheet.note("papers.many.p99", load.percentile(99));
        sheet.note("papers.many.cpu", load.cpu);
        if let Some((times, first)) = load.wrong {
            sheet.fault(format!("transcripts, {CLIENTS} clients: {times} not issued, the first: {first}"));
        }
        hundred(desk, server, &last_year.take_many(100), sheet).await?;
        certificates(desk, server, &anybody.take_many(500), sheet).await?;
    }
    Ok(())
}

/// Issues a transcript and fetches its PDF, as the counter does; answers the size of the PDF.
async fn issue(desk: &Desk, connection: &mut Connection, student: &str) -> Result<usize, Failure> {
    let order = json!({ "student": student, "kind": "transcript", "lang": "tr" });
    let answer = connection.expect(201, &desk.program.json("/api/v1/documents", &order)).await?.json()?;
    let id = answer["id"].as_i64().ok_or("the issued paper has no id")?;
    let pdf = connection.expect(200, &desk.program.get(&format!("/api/v1/documents/{id}/pdf"))).await?;
    if pdf.body.starts_with(b"%PDF-") { Ok(pdf.body.len()) } else { Err("the paper is no PDF".into()) }
}

async fn singles(desk: &Desk, server: &Server, students: &Queue, sheet: &mut Sheet) -> Result<(), Failure> {
    let mut connection = Connection::open(desk.address).await?;
    let (mut latencies, mut bytes) = (Vec::new(), 0);
    let cpu = process::cpu(server.pid())?;
    for _ in 0..SINGLES {
        let student = students.take();
        let clock = Stopwatch::start();
        match issue(desk, &mut connection, student).await {
            Ok(size) => {
                latencies.push(u64::try_from(clock.elapsed().as_micros())?);
                bytes += size;
            }
            Err(failure) => sheet.fault(format!("a transcript for {student} was not issued: {failure}")),
        }
    }
    let cpu = process::cpu(server.pid())?.saturating_sub(cpu);
    latencies.sort_unstable();
    sheet.note("papers.one.p50", percentile(&latencies, 50));
    sheet.note("papers.one.p99", percentile(&latencies, 99));
    sheet.note("papers.one.cpu", millis(cpu) / count(SINGLES));
    sheet.note("papers.one.kib", count(bytes) / count(latencies.len()).max(1.0) / 1024.0);
    Ok(())
}

async fn hundred(desk: &Desk, server: &Server, students: &[&str], sheet: &mut Sheet) -> Result<(), Failure> {
    let pid = server.pid();
    sheet.note("papers.100.before", mib(process::resident(pid)?));
    process::reset_peak(pid)?;
    let cpu = process::cpu(pid)?;
    let batch = run(desk, "transcript", students, sheet).await?;
    sheet.note("papers.100.ms", millis(batch.took));
    sheet.note("papers.100.first", millis(batch.first));
    sheet.note("papers.100.cpu", millis(process::cpu(pid)?.saturating_sub(cpu)));
    let mut connection = Connection::open(desk.address).await?;
    let clock = Stopwatch::start();
    let path = format!("/api/v1/jobs/{}/result?form=merged", batch.job);
    let merged = connection.expect(200, &desk.program.get(&path)).await?;
    sheet.note("papers.100.merge", clock.millis());
    sheet.note("papers.100.mib", count(merged.body.len()) / f64::from(1 << 20));
    if !merged.body.starts_with(b"%PDF-") {
        sheet.fault("100 transcripts as one PDF are no PDF");
    }
    // With the joining of the hundred: that too is part of handing them over.
    sheet.note("papers.100.peak", mib(process::peak(pid)?));
    sheet.note("papers.100.after", mib(process::resident(pid)?));
    Ok(())
}

async fn certificates(
    desk: &Desk,
    server: &Server,
    students: &[&str],
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    process::reset_peak(server.pid())?;
    let batch = run(desk, "student_certificate", students, sheet).await?;
    sheet.note("papers.500.s", batch.took.as_secs_f64());
    sheet.note("papers.500.rate", count(students.len()) / batch.took.as_secs_f64());
    sheet.note("papers.500.peak", mib(process::peak(server.pid())?));
    Ok(())
}

/// A batch that has ended.
struct Batch {
    job: i64,
    /// From the order to the first paper that the progress counts.
    first: Duration,
    /// From the order to the end.
    took: Duration,
}

/// Orders papers for a list and waits for them; a student who gets none is a wrong answer.
async fn run(desk: &Desk, kind: &str, students: &[&str], sheet: &mut Sheet) -> Result<Batch, Failure> {
    let mut connection = Connection::open(desk.address).await?;
    let order = json!({ "kind": kind, "lang": "tr", "numbers": students });
    let clock = Stopwatch::start();
    let answer =
        connection.expect(202, &desk.program.json("/api/v1/document-batches", &order)).await?.json()?;
    let job = answer["job"].as_i64().ok_or("the batch has no number")?;
    let question = desk.program.get(&format!("/api/v1/jobs/{job}"));
    let mut first = None;
    loop {
        let progress = connection.expect(200, &question).await?.json()?;
        let took = clock.elapsed();
        let done = progress["done"].as_u64().unwrap_or_default();
        if done > 0 && first.is_none() {
            first = Some(took);
        }
        let state = progress["state"].as_str().unwrap_or_default();
        if !matches!(state, "waiting" | "running") {
            if state != "done" || done != u64::try_from(students.len())? {
                let why = progress["failures"].get(0).map(ToString::to_string).unwrap_or_default();
                sheet.fault(format!("{kind} for {}: {state}, {done} made {why}", students.len()));
            }
            return Ok(Batch { job, first: first.unwrap_or(took), took });
        }
        if took > PATIENCE {
            return Err(format!("the batch of {kind} does not end: {progress}").into());
        }
        tokio::time::sleep(LOOK).await;
    }
}
