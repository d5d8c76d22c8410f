//! The benchmark of Künye: the real program over real sockets, driven from outside, on 20,000 invented students.
//!
//! Every figure is taken three times and stands beside a floor measured in the same run (an empty answer of the
//! same web library, one durable write, a plain copy of the same bytes), because the machine's other work moves
//! both. Right answers come first: a wrong one ends the run with exit code 1, a slow one never does.
//! It must never import a crate of the product: what it cannot see from outside it does not measure.
//! Start reading at [`run`]; the targets stand in [`targets`].
#![expect(clippy::print_stdout, reason = "the report goes to standard output")]
#![expect(clippy::float_arithmetic, reason = "measured figures; no mark and no money is near")]

mod chance;
mod clock;
mod floor;
mod http;
mod jobs;
mod kunye;
mod load;
mod options;
mod process;
mod register;
mod report;
mod session;
mod sheet;
mod targets;

use std::{path::Path, process::ExitCode};

use crate::{
    floor::FloorServer,
    jobs::{Desk, answers, desk, export, import, pages, papers, start, verify},
    kunye::{Kunye, Place, Server},
    options::{Group, Options},
    register::Register,
    sheet::Sheet,
};

/// Whatever kept the benchmark from going on, in words.
type Failure = Box<dyn std::error::Error>;

/// How often everything is measured.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == floor::SERVE) {
        return ended(floor::serve());
    }
    let options = match Options::parse(&words) {
        Ok(options) => options,
        Err(failure) => {
            eprintln!("bench: {failure}\n\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    // One thread, so that the machine's cores are left to the server.
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return ended(Err(error.into())),
    };
    let mut sheet = Sheet::default();
    let done = runtime.block_on(run(&options, &mut sheet));
    if let Err(failure) = &done {
        sheet.remark(format!("**not finished**: {failure}"));
    }
    println!("{}", report::markdown(&options, &sheet));
    match done {
        Err(failure) => ended(Err(failure)),
        Ok(()) if sheet.faults().is_empty() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(1),
    }
}

fn ended(done: Result<(), Failure>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Says on standard error what is being done.
fn tell(line: &str) {
    eprintln!("bench: {line}");
}

/// Everything that was asked for, in the order of an installation's life.
async fn run(options: &Options, sheet: &mut Sheet) -> Result<(), Failure> {
    let program = Kunye::new(options.kunye.clone())?;
    // Beside the programs: a temporary folder of the system may lie in memory, where a sync costs nothing.
    let beside = options.kunye.parent().ok_or("the program has no folder")?;
    let work = tempfile::Builder::new().prefix("kunye-bench-").tempdir_in(beside)?;
    let floors = FloorServer::start()?;
    let wants = |group| options.wants(group);

    if wants(Group::Floors) {
        tell("floors");
        for _ in 0..ROUNDS {
            floor::note_sync(sheet, Group::Floors, work.path())?;
            floors.note(sheet, Group::Floors, options.length).await?;
        }
    }
    if options.only == Some(Group::Floors) {
        return Ok(());
    }

    let data = match &options.data {
        // Some commands run elsewhere.
        Some(folder) => std::path::absolute(folder)?,
        None => {
            let folder = work.path().join("data");
            tell("inventing 20,000 students");
            program.run(&[&"invent", &"--students", &"20000", &"--out", &folder])?;
            folder
        }
    };
    let register = Register::read(&data)?;
    sheet.remark(register.describe());
    if options.only != Some(Group::Desk) {
        years(&program, options, &floors, &register, work.path(), sheet).await?;
    }
    if wants(Group::Desk) {
        desk::measure(&program, &register, work.path(), options, sheet).await?;
    }
    Ok(())
}

/// What an office does all the year round.
async fn years(
    program: &Kunye,
    options: &Options,
    floors: &FloorServer,
    register: &Register,
    work: &Path,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let wants = |group| options.wants(group);
    let office = work.join("office");
    import::measure(program, register, &office, wants(Group::Import), sheet)?;
    let place = Place::folder(&office);
    let links = session::open_accounts(program, &place, register.faculty_code())?;

    let log = work.join("server.log");
    let mut server: Server =
        start::measure(program, &office, &log, floors, wants(Group::Start), sheet).await?;
    let desk = Desk::sign_in(server.address(), links, program, &place).await?;

    if [Group::Answers, Group::Pages, Group::Papers, Group::Export].into_iter().any(wants) {
        tell("right answers");
        answers::check(&desk, register, sheet).await?;
    }
    if wants(Group::Pages) {
        pages::measure(&desk, &server, floors, register, options.length, sheet).await?;
    }
    if wants(Group::Export) {
        export::measure(&desk, &server, floors, register, sheet).await?;
    }
    if wants(Group::Papers) {
        papers::measure(&desk, &server, register, work, options.length, sheet).await?;
    }
    drop(desk);

    let took = server.stop()?;
    sheet.note("stop.ms", clock::millis(took));
    for line in kunye::complaints(&log)? {
        sheet.remark(format!("the server logged: {line}"));
    }
    if wants(Group::Verify) {
        verify::measure(program, &office, sheet)?;
    }
    Ok(())
}
