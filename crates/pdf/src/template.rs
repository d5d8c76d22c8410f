//! Templates and pictures: named, parsed once, shared by all papers.

use std::sync::Arc;

use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

use crate::PdfError;

/// A parsed template with the modules it imports; make it once and keep it.
///
/// File names live as long as the process, so they must come from a fixed set, never from data.
#[derive(Clone, Debug)]
pub struct Template {
    sources: Arc<[Source]>,
}

impl Template {
    /// Parses `files` (name relative to the root, text); the first one is the paper itself, the
    /// others are reached from it by `#import "/name"`.
    ///
    /// Mistakes in the text show when the first paper is rendered.
    ///
    /// # Errors
    /// [`PdfError::Name`] for a name that leaves the root.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, PdfError> {
        let sources = files
            .iter()
            .map(|(name, text)| Ok(Source::new(file_id(name)?, (*text).to_owned())))
            .collect::<Result<Vec<_>, PdfError>>()?;
        if sources.is_empty() {
            return Err(PdfError::Name("boş şablon".to_owned()));
        }
        Ok(Self { sources: sources.into() })
    }

    pub(crate) fn main(&self) -> FileId {
        self.sources[0].id()
    }

    pub(crate) fn source(&self, id: FileId) -> Option<&Source> {
        self.sources.iter().find(|source| source.id() == id)
    }
}

/// A picture the paper may show, such as a logo, a photo or a QR code; the template reaches it by
/// `image("/name")`.
#[derive(Clone)]
pub struct Picture {
    pub(crate) id: FileId,
    pub(crate) bytes: Bytes,
}

impl Picture {
    /// Names the bytes of an SVG, PNG or JPEG file; the ending of the name tells which.
    ///
    /// Clones share the bytes, so a logo is made once. The name must come from a fixed set
    /// (`logo.svg`, `photo.jpg`), because names live as long as the process.
    ///
    /// # Errors
    /// [`PdfError::Name`] for a name that leaves the root.
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Self, PdfError> {
        Ok(Self { id: file_id(name)?, bytes: Bytes::new(bytes) })
    }

    /// The name by which a template reaches it.
    pub fn name(&self) -> &'static str {
        self.id.get().vpath().get_without_slash()
    }

    /// The QR code of `text` under the name `qr.svg`.
    ///
    /// # Errors
    /// [`PdfError::Qr`] if the text is longer than a QR code can hold.
    pub fn qr(text: &str) -> Result<Self, PdfError> {
        Self::new("qr.svg", crate::qr_svg(text)?.into_bytes())
    }
}

pub(crate) fn file_id(name: &str) -> Result<FileId, PdfError> {
    let path = VirtualPath::new(name).map_err(|reason| PdfError::Name(format!("{name}: {reason}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}
