//! From nothing to the first page, and the memory of a server at rest.

use std::{path::Path, time::Duration};

use crate::{
    Failure, ROUNDS,
    clock::{Stopwatch, millis},
    floor::{FloorServer, mib},
    http::{Connection, Sender},
    kunye::{Kunye, Place, Server},
    options::Group,
    process,
    report::round,
    sheet::Sheet,
    tell,
};

/// How long a server rests before its memory is looked at.
const REST: Duration = Duration::from_secs(2);

/// Starts the server, as often as there are rounds where it is measured; the last one stays.
pub(crate) async fn measure(
    program: &Kunye,
    office: &Path,
    log: &Path,
    floors: &FloorServer,
    is_measured: bool,
    sheet: &mut Sheet,
) -> Result<Server, Failure> {
    if !is_measured {
        tell("starting the server");
        return Server::start(program, &Place::folder(office), log);
    }
    for number in 1.. {
        tell(&round(Group::Start, number));
        let exec = program.run(&[&"--version"])?;
        sheet.note("start.floor.exec", millis(exec.took));
        sheet.note("start.floor.rss", mib(floors.resident()?));

        let clock = Stopwatch::start();
        let mut server = Server::start(program, &Place::folder(office), log)?;
        sheet.note("start.ready", clock.millis());
        let mut connection = Connection::open(server.address()).await?;
        connection.expect(200, &Sender::anybody(server.address()).get("/giris")).await?;
        sheet.note("start.ms", clock.millis());
        drop(connection);
        tokio::time::sleep(REST).await;
        sheet.note("start.rss", mib(process::resident(server.pid())?));
        if number == ROUNDS {
            return Ok(server);
        }
        server.stop()?;
    }
    Err("there were no rounds".into())
}
