//! One press for all tests, the samples on it, and the tools that read the result.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use catalogue::documents::common::samples::PICTURES;
use catalogue::documents::{KINDS, Kind, Sample};
use pdf::{Metadata, Picture, Press, Template};

pub(crate) static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new().expect("press"));

pub(crate) fn template(kind: &Kind) -> Template {
    Template::new(kind.paper).expect("template names")
}

pub(crate) fn pictures(sample: &Sample) -> Vec<Picture> {
    let shared =
        PICTURES.iter().map(|(name, bytes)| Picture::new(name, bytes.to_vec()).expect("picture name"));
    shared.chain([Picture::qr(&sample.address).expect("QR code")]).collect()
}

pub(crate) fn metadata(kind: &Kind, sample: &Sample) -> Metadata {
    Metadata {
        title: format!("{} 2026/1483", kind.title(sample.lang)),
        author: "Örnek Üniversitesi".to_owned(),
        lang: sample.lang.code(),
        created: "2026-11-23T09:30:00Z".parse().expect("instant"),
    }
}

pub(crate) fn render(kind: &Kind, sample: &Sample) -> Vec<u8> {
    let made = PRESS.render(&template(kind), sample.data.clone(), &pictures(sample), &metadata(kind, sample));
    made.unwrap_or_else(|error| panic!("{} {}: {error}", kind.key, sample.name))
}

/// Every sample with its name, printed and laid under `target/papers` to be looked at.
pub(crate) fn all_papers() -> Vec<(String, &'static Kind, Sample, Vec<u8>, PathBuf)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../papers");
    std::fs::create_dir_all(&folder).expect("folder for papers");
    let samples =
        KINDS.iter().flat_map(|kind| (kind.samples)().into_iter().map(move |sample| (kind, sample)));
    samples
        .map(|(kind, sample)| {
            let name = format!("{}-{}", kind.key, sample.name);
            let bytes = render(kind, &sample);
            let path = folder.join(format!("{name}.pdf"));
            std::fs::write(&path, &bytes).expect("paper written");
            (name, kind, sample, bytes, path)
        })
        .collect()
}

/// What a tool prints about a file; both output streams, because qpdf warns on the second.
pub(crate) fn ask(tool: &str, arguments: &[&str], path: &Path) -> String {
    let mut command = Command::new(tool);
    command.args(arguments).arg(path);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap_or_else(|error| panic!("{tool} (poppler-utils, qpdf): {error}"));
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(output.status.success(), "{tool} {}: {text}", path.display());
    text
}
