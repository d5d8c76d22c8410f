//! Everything a use case works with.

use std::sync::Arc;

use base::{
    random::Randomness,
    time::{Clock, Date, Timestamp},
};
use regulations::Book;
use storage::Db;

use crate::{
    audit::ReadLog,
    ports::{FileStore, PaperPress, PlacementService},
    registration::figures::LiveFigures,
    room::Room,
};

/// The office at work: database, rule book, clock, chance and ports. Cheap to clone.
#[derive(Clone)]
pub struct Office {
    /// The database.
    pub db: Db,
    /// The institution's rule book.
    pub book: Arc<Book>,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Where keys and codes come from.
    pub random: Arc<dyn Randomness>,
    /// Photos and papers.
    pub files: Arc<dyn FileStore>,
    /// Turns payloads into PDF.
    pub press: Arc<dyn PaperPress>,
    /// The ministry's placement service; none where no account is set.
    pub placements: Option<Arc<dyn PlacementService>>,
    /// Groups the reads of personal data.
    pub reads: ReadLog,
    /// Whether long work found room on the disk the last time.
    pub room: Room,
    /// The last count of the registration that is going on.
    pub figures: LiveFigures,
    /// Address under which people reach this installation, for QR codes and links; no slash at the end.
    pub public_url: Arc<str>,
}

impl Office {
    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The office's day.
    pub fn today(&self) -> Date {
        self.clock.today()
    }
}
