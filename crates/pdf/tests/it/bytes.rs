//! Same input, same bytes; many papers, flat memory.

use std::thread;

use catalogue::documents::KINDS;

use crate::support::{PRESS, metadata, pictures, render, template};

#[test]
fn two_renders_are_byte_identical_and_so_are_two_threads() {
    for kind in KINDS {
        for sample in (kind.samples)() {
            let first = render(kind, &sample);
            assert!(first == render(kind, &sample), "{} {}", kind.key, sample.name);
            let from_threads = thread::scope(|scope| {
                let threads = [scope.spawn(|| render(kind, &sample)), scope.spawn(|| render(kind, &sample))];
                threads.map(|thread| thread.join().expect("thread"))
            });
            assert!(from_threads.iter().all(|bytes| *bytes == first), "{} {}", kind.key, sample.name);
        }
    }
}

#[test]
fn another_instant_gives_other_bytes() {
    let kind = &KINDS[0];
    let sample = (kind.samples)().into_iter().next().expect("sample");
    let later = pdf::Metadata {
        created: "2026-11-24T09:30:00Z".parse().expect("instant"),
        ..metadata(kind, &sample)
    };
    let made = PRESS.render(&template(kind), sample.data.clone(), &pictures(&sample), &later).expect("paper");
    assert!(made != render(kind, &sample));
}

#[test]
fn memory_stays_flat_over_two_hundred_papers() {
    let kind = KINDS.iter().find(|kind| kind.key == "transcript").expect("transcript");
    let sample = (kind.samples)().into_iter().find(|sample| sample.name == "withheld").expect("sample");
    let template = template(kind);
    let pictures = pictures(&sample);
    let metadata = metadata(kind, &sample);
    let data = String::from_utf8(sample.data).expect("JSON is UTF-8");
    let print = |from: usize, to: usize| {
        for n in from..to {
            // Each paper is another student's.
            let data =
                data.replace("220101001", &format!("22010{n:04}")).replace("IŞIK", &format!("IŞIK{n}"));
            PRESS.render(&template, data.into_bytes(), &pictures, &metadata).expect("paper");
        }
    };
    print(0, 40);
    let before = resident_mib();
    print(40, 200);
    let after = resident_mib();
    assert!(after < before + 48, "{before} MiB before, {after} MiB after");
}

fn resident_mib() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("Linux");
    let pages: u64 = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).expect("resident pages");
    pages * 4 / 1024
}
