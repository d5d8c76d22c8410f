//! For tests alone: an office that stands on its own database, and folders of records to import.
//!
//! It must never be a dependency of what is shipped, and nothing in it may need another crate's tests. Start
//! reading at [`TestOffice`].

#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

pub mod candidates;
mod chance;
mod clock;
mod files;
mod office;
pub mod placement_server;
mod placements;
mod press;
mod records;

pub use chance::SeededChance;
pub use clock::FixedClock;
pub use files::MemoryFiles;
pub use office::TestOffice;
pub use placements::PlacementPages;
pub use press::PlainPress;
pub use records::RecordsFolder;
