//! Rendering: one call, one paper.

use std::fmt::Write as _;
use std::sync::{Condvar, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::Offset;
use rayon::{ThreadPool, ThreadPoolBuilder};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::syntax::DiagSpanKind;
use typst::text::{FontBook, Lang, Locale};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::template::{Picture, Template, file_id};
use crate::world::{Shared, Sheet};
use crate::{PdfError, fonts};

/// Minutes by which the office's clock is ahead of UTC.
const ISTANBUL_MINUTES: i32 = 180;

/// What a reader's "document properties" show, apart from the paper itself.
#[derive(Clone, Debug)]
pub struct Metadata {
    /// Kind and number of the paper.
    pub title: String,
    /// The issuing unit.
    pub author: String,
    /// Two-letter code of the paper's language.
    pub lang: &'static str,
    /// The instant of issue; a reprint with the same instant gives the same bytes.
    pub created: Timestamp,
}

/// The typesetter with its fonts; one per process, shared by all threads.
pub struct Press {
    shared: Shared,
    standards: PdfStandards,
    bench: Bench,
}

/// The threads on which papers are set, as many as there are processors: more would only share them, and each keeps
/// memory of its own.
struct Bench {
    threads: ThreadPool,
    free: Mutex<usize>,
    freed: Condvar,
}

impl Bench {
    fn new() -> Result<Self, PdfError> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = ThreadPoolBuilder::new()
            .num_threads(processors)
            .thread_name(|n| format!("press-{n}"))
            .build()
            .map_err(|error| PdfError::Export(error.to_string()))?;
        Ok(Self { threads, free: Mutex::new(processors), freed: Condvar::new() })
    }

    /// Waits until a thread is free and works there.
    fn work<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        // Without waiting here a thread that itself waits for a part of its paper would begin another one.
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        drop(free);
        let _place = Place(self);
        self.threads.install(work)
    }
}

/// A place at the bench, free again when it is dropped.
struct Place<'a>(&'a Bench);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

impl Press {
    /// Sets up the typesetter with the built-in fonts, which takes a few milliseconds.
    ///
    /// # Errors
    /// [`PdfError::Export`] if the library cannot write PDF/A-2b.
    pub fn new() -> Result<Self, PdfError> {
        let fonts = fonts::built_in();
        let shared = Shared {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            data: file_id("data.json")?,
        };
        let standards = PdfStandards::new(&[PdfStandard::A_2b])
            .map_err(|error| PdfError::Export(error.message().to_string()))?;
        Ok(Self { shared, standards, bench: Bench::new()? })
    }

    /// Prints one paper as PDF/A-2b. The template reads `data` with `json("/data.json")` and the
    /// pictures by their names.
    ///
    /// Deterministic: the same arguments give the same bytes. Several threads may render at once.
    ///
    /// # Errors
    /// [`PdfError::Typesetting`] if the template and the data do not fit together,
    /// [`PdfError::Export`] if the result would not be PDF/A-2b.
    pub fn render(
        &self,
        template: &Template,
        data: Vec<u8>,
        pictures: &[Picture],
        metadata: &Metadata,
    ) -> Result<Vec<u8>, PdfError> {
        let sheet = Sheet { shared: &self.shared, template, data: Bytes::new(data), pictures };
        self.bench.work(|| {
            let bytes = self.compile(&sheet, metadata);
            // The typesetter would remember every paper it ever set.
            comemo::evict(0);
            bytes
        })
    }

    fn compile(&self, sheet: &Sheet<'_>, metadata: &Metadata) -> Result<Vec<u8>, PdfError> {
        let mut document: PagedDocument =
            typst::compile(sheet).output.map_err(|errors| PdfError::Typesetting(describe(sheet, &errors)))?;
        let info = document.info_mut();
        info.title = Some(metadata.title.as_str().into());
        info.author = vec![metadata.author.as_str().into()];
        if let Ok(lang) = metadata.lang.parse::<Lang>() {
            info.locale = Smart::Custom(Locale::new(lang, None));
        }
        let options = PdfOptions {
            creator: Smart::Custom(Some("Künye".to_owned())),
            timestamp: Some(timestamp(metadata.created).ok_or(PdfError::Created)?),
            standards: self.standards.clone(),
            tagged: false,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|errors| PdfError::Export(describe(sheet, &errors)))
    }
}

fn timestamp(at: Timestamp) -> Option<typst_pdf::Timestamp> {
    let local = Offset::constant(3).to_datetime(at);
    let part = |n: i8| u8::try_from(n).ok();
    let datetime = Datetime::from_ymd_hms(
        local.year().into(),
        part(local.month())?,
        part(local.day())?,
        part(local.hour())?,
        part(local.minute())?,
        part(local.second())?,
    )?;
    typst_pdf::Timestamp::new_local(datetime, ISTANBUL_MINUTES)
}

/// One line per complaint: `file:line: message (hint)`.
fn describe(sheet: &Sheet<'_>, errors: &[SourceDiagnostic]) -> String {
    let mut text = String::new();
    for error in errors {
        let place = match error.span.get() {
            DiagSpanKind::Detached => None,
            DiagSpanKind::Number { id, .. } | DiagSpanKind::Range { id, .. } => Some(id),
        };
        if let Some(id) = place {
            let line = sheet.source(id).ok().zip(sheet.range(error.span));
            let line = line.and_then(|(source, range)| source.lines().byte_to_line(range.start));
            let _ = write!(text, "{}:{}: ", id.vpath().get_without_slash(), line.map_or(0, |line| line + 1));
        }
        text.push_str(&error.message);
        for hint in &error.hints {
            let _ = write!(text, " ({})", hint.v);
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}
