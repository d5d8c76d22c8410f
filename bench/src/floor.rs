//! What the machine gives in this very run, without Künye: durable writes, and empty answers of the same web library.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Seek, SeekFrom, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use axum::{Router, extract, routing::get};
use tokio::sync::Notify;

use crate::{
    Failure,
    clock::Stopwatch,
    http::{Connection, Sender},
    load::{count, drive, get_one_of},
    options::Group,
    process,
    sheet::{Sheet, median},
};

/// The hidden word that makes this program the floor's server.
pub(crate) const SERVE: &str = "--floor-server";
/// Clients at once, of floors and pages alike.
pub(crate) const CLIENTS: [usize; 3] = [1, 8, 32];
/// How long durable writes are counted.
const WRITING: Duration = Duration::from_millis(700);
/// What one durable write writes.
const BLOCK: usize = 4096;
/// Blocks of the file that is written round and round.
const BLOCKS: u64 = 1024;
/// How often a download is repeated in a round.
pub(crate) const DOWNLOADS: usize = 7;

/// A server of empty answers in a process of its own; it ends with the benchmark.
pub(crate) struct FloorServer {
    process: Child,
    address: SocketAddr,
}

impl FloorServer {
    /// Starts it.
    pub(crate) fn start() -> Result<Self, Failure> {
        let program = std::env::current_exe()?;
        let mut process =
            Command::new(program).arg(SERVE).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let answer = process.stdout.take().ok_or("the floor's server says nothing")?;
        let mut line = String::new();
        BufReader::new(answer).read_line(&mut line)?;
        Ok(Self { process, address: line.trim().parse()? })
    }

    /// Measures empty answers at each number of clients, and the memory of a server that does nothing.
    pub(crate) async fn note(
        &self,
        sheet: &mut Sheet,
        group: Group,
        length: Duration,
    ) -> Result<(), Failure> {
        let nothing = Sender::anybody(self.address);
        let pid = self.process.id();
        for clients in CLIENTS {
            let load =
                drive(self.address, pid, clients, length, get_one_of(&nothing, &["/".to_owned()])).await?;
            if let Some((_, first)) = load.wrong {
                return Err(first.into());
            }
            for (name, value) in [
                ("rate", load.rate),
                ("p50", load.percentile(50)),
                ("p99", load.percentile(99)),
                ("cpu", load.cpu),
            ] {
                sheet.note_floor(group, &format!("{name}.{clients}"), value);
            }
        }
        sheet.note_floor(group, "rss", mib(self.resident()?));
        Ok(())
    }

    /// Memory of a server that does nothing, in bytes.
    pub(crate) fn resident(&self) -> Result<u64, Failure> {
        process::resident(self.process.id())
    }

    /// Milliseconds for an answer of so many bytes to one client, the median of some.
    pub(crate) async fn download(&self, bytes: usize) -> Result<f64, Failure> {
        let mut connection = Connection::open(self.address).await?;
        let request = Sender::anybody(self.address).get(&format!("/{bytes}"));
        let mut took = Vec::new();
        for _ in 0..DOWNLOADS {
            let clock = Stopwatch::start();
            connection.expect(200, &request).await?;
            took.push(clock.millis());
        }
        Ok(median(&took))
    }
}

impl Drop for FloorServer {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        if let Err(error) = self.process.wait() {
            eprintln!("bench: the floor's server was lost: {error}");
        }
    }
}

/// Serves empty answers, and answers of a size asked for, until standard input ends.
pub(crate) fn serve() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        println!("{}", listener.local_addr()?);
        let over = Arc::new(Notify::new());
        let ended = Arc::clone(&over);
        std::thread::spawn(move || {
            let mut rest = Vec::new();
            drop(std::io::stdin().read_to_end(&mut rest));
            ended.notify_one();
        });
        let routes = Router::new()
            .route("/", get(async || ""))
            .route("/{bytes}", get(async |extract::Path(bytes): extract::Path<usize>| vec![b'x'; bytes]));
        axum::serve(listener, routes).with_graceful_shutdown(async move { over.notified().await }).await?;
        Ok(())
    })
}

/// Milliseconds of one durable write: a block over an older one of a file that lies there already, then `fdatasync`.
pub(crate) fn sync_millis(folder: &Path) -> Result<f64, Failure> {
    let path = folder.join("floor-sync");
    let mut file = File::create(&path)?;
    let block = [b'x'; BLOCK];
    for _ in 0..BLOCKS {
        file.write_all(&block)?;
    }
    file.sync_all()?;
    let (mut written, clock) = (0_usize, Stopwatch::start());
    while clock.elapsed() < WRITING {
        let at = u64::try_from(written)? % BLOCKS;
        file.seek(SeekFrom::Start(at * u64::try_from(BLOCK)?))?;
        file.write_all(&block)?;
        file.sync_data()?;
        written += 1;
    }
    let each = clock.millis() / count(written);
    fs::remove_file(path)?;
    Ok(each)
}

/// Notes what [`sync_millis`] measures.
pub(crate) fn note_sync(sheet: &mut Sheet, group: Group, folder: &Path) -> Result<(), Failure> {
    sheet.note_floor(group, "sync", sync_millis(folder)?);
    Ok(())
}

/// Milliseconds to read files and to write so many bytes beside `near`, made durable once.
pub(crate) fn copy_millis(files: &[PathBuf], bytes: u64, near: &Path) -> Result<f64, Failure> {
    let clock = Stopwatch::start();
    read_millis(files)?;
    let path = near.with_extension("floor-copy");
    let mut file = File::create(&path)?;
    let piece = vec![b'x'; 1 << 20];
    let mut left = bytes;
    while left > 0 {
        let now = left.min(1 << 20);
        file.write_all(piece.get(..usize::try_from(now)?).unwrap_or_default())?;
        left -= now;
    }
    file.sync_data()?;
    let took = clock.millis();
    fs::remove_file(path)?;
    Ok(took)
}

/// Milliseconds to read files from their beginning to their end.
pub(crate) fn read_millis(files: &[PathBuf]) -> Result<f64, Failure> {
    let clock = Stopwatch::start();
    let mut piece = vec![0; 1 << 20];
    for path in files {
        let mut file = File::open(path)?;
        while file.read(&mut piece)? > 0 {}
    }
    Ok(clock.millis())
}

/// Bytes as MiB.
pub(crate) fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
