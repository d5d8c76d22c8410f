//! Joining stored papers into one file for the printer.
//!
//! The joined file is for printing only: it makes no archive claim, the single papers keep theirs.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::mem;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::PdfError;

/// Page attributes that a page may leave to its parents in the page tree.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// Collects papers one after the other; only their pages are kept, and pictures or profiles that
/// several papers share are stored once.
pub struct Merger {
    out: Document,
    tree: ObjectId,
    pages: Vec<Object>,
    streams: HashMap<u64, ObjectId>,
}

impl Default for Merger {
    fn default() -> Self {
        Self::new()
    }
}

impl Merger {
    /// An empty pile.
    pub fn new() -> Self {
        let mut out = Document::with_version("1.7");
        let tree = out.new_object_id();
        Self { out, tree, pages: Vec::new(), streams: HashMap::new() }
    }

    /// Lays the pages of `pdf` on the pile, in order.
    ///
    /// # Errors
    /// [`PdfError::Merge`] if the bytes are no readable PDF; the pile then stays as it was.
    pub fn push(&mut self, pdf: &[u8]) -> Result<(), PdfError> {
        let mut source = Document::load_mem(pdf)?;
        let pages: Vec<ObjectId> = source.get_pages().into_values().collect();
        let mut dictionaries = Vec::with_capacity(pages.len());
        for &page in &pages {
            dictionaries.push(whole_page(&source, page)?);
        }
        let mut copied = HashMap::new();
        let targets: Vec<ObjectId> = pages
            .iter()
            .map(|&page| {
                let target = self.out.new_object_id();
                copied.insert(page, target);
                target
            })
            .collect();
        for (target, mut page) in targets.into_iter().zip(dictionaries) {
            self.adopt_dictionary(&mut page, &mut source, &mut copied);
            page.set("Parent", self.tree);
            self.out.objects.insert(target, Object::Dictionary(page));
            self.pages.push(Object::Reference(target));
        }
        Ok(())
    }

    /// Writes the pile out.
    ///
    /// # Errors
    /// [`PdfError::Write`] if the file cannot be written.
    pub fn finish(mut self) -> Result<Vec<u8>, PdfError> {
        let count = i64::try_from(self.pages.len()).unwrap_or(i64::MAX);
        let tree = dictionary! { "Type" => "Pages", "Count" => count, "Kids" => self.pages };
        self.out.objects.insert(self.tree, Object::Dictionary(tree));
        let catalog = self.out.add_object(dictionary! { "Type" => "Catalog", "Pages" => self.tree });
        self.out.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        self.out.save_to(&mut bytes)?;
        Ok(bytes)
    }

    /// Takes over everything a dictionary points to. A reference to nothing becomes null.
    fn adopt_dictionary(
        &mut self,
        dictionary: &mut Dictionary,
        source: &mut Document,
        copied: &mut HashMap<ObjectId, ObjectId>,
    ) {
        for (_, value) in dictionary.iter_mut() {
            self.adopt(value, source, copied);
        }
    }

    fn adopt(
        &mut self,
        object: &mut Object,
        source: &mut Document,
        copied: &mut HashMap<ObjectId, ObjectId>,
    ) {
        match object {
            Object::Array(items) => items.iter_mut().for_each(|item| self.adopt(item, source, copied)),
            Object::Dictionary(dictionary) => self.adopt_dictionary(dictionary, source, copied),
            Object::Stream(stream) => self.adopt_dictionary(&mut stream.dict, source, copied),
            Object::Reference(id) => {
                *object = match self.move_over(*id, source, copied) {
                    Some(target) => Object::Reference(target),
                    None => Object::Null,
                };
            }
            _ => {}
        }
    }

    fn move_over(
        &mut self,
        id: ObjectId,
        source: &mut Document,
        copied: &mut HashMap<ObjectId, ObjectId>,
    ) -> Option<ObjectId> {
        if let Some(&target) = copied.get(&id) {
            return Some(target);
        }
        let mut object = mem::replace(source.objects.get_mut(&id)?, Object::Null);
        let target = self.out.new_object_id();
        copied.insert(id, target);
        self.adopt(&mut object, source, copied);
        if let Object::Stream(stream) = &mut object {
            // Where it stood in its own file does not make it another stream.
            stream.start_position = None;
            let key = fingerprint(stream);
            match self.streams.get(&key) {
                Some(&twin) if self.out.objects.get(&twin) == Some(&object) => {
                    copied.insert(id, twin);
                    return Some(twin);
                }
                _ => self.streams.insert(key, target),
            };
        }
        self.out.objects.insert(target, object);
        Some(target)
    }
}

fn fingerprint(stream: &Stream) -> u64 {
    let mut hasher = DefaultHasher::new();
    stream.content.hash(&mut hasher);
    hasher.finish()
}

/// The page's dictionary with what it inherits from the page tree, without its parent.
fn whole_page(source: &Document, page: ObjectId) -> Result<Dictionary, PdfError> {
    let mut whole = source.get_dictionary(page)?.clone();
    // A tree deeper than the number of objects would be a circle.
    for _ in 0..source.objects.len() {
        let Some(parent) = whole.remove(b"Parent") else { break };
        let parent = source.get_dictionary(parent.as_reference()?)?;
        for key in INHERITED {
            if !whole.has(key)
                && let Ok(value) = parent.get(key)
            {
                whole.set(key, value.clone());
            }
        }
        if let Ok(above) = parent.get(b"Parent") {
            whole.set("Parent", above.clone());
        }
    }
    whole.remove(b"Parent");
    whole.remove(b"StructParents");
    Ok(whole)
}

/// Joins papers into one file in the given order.
///
/// # Errors
/// [`PdfError::Merge`] if one of them is no readable PDF, [`PdfError::Write`] if the result cannot
/// be written.
pub fn merge<P: AsRef<[u8]>>(papers: impl IntoIterator<Item = P>) -> Result<Vec<u8>, PdfError> {
    let mut pile = Merger::new();
    for paper in papers {
        pile.push(paper.as_ref())?;
    }
    pile.finish()
}

/// The number of pages of a PDF.
///
/// # Errors
/// [`PdfError::Merge`] if the bytes are no readable PDF.
pub fn page_count(pdf: &[u8]) -> Result<usize, PdfError> {
    Ok(Document::load_mem(pdf)?.get_pages().len())
}
