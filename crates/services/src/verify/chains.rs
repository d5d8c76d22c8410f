//! The ledger itself: entries, links, heads, and the daily roots over them.
//!
//! Entries are read once, in the order in which they were written. For each chain only its last entry is
//! remembered, beside the running root over all entries so far, which is compared at the place of each root. The
//! roots of the first version are computed there from the last entries of all chains.

use std::collections::{BTreeMap, HashSet};

use base::{ids::EntryId, time::Date};
use domain::ledger::{GENESIS, Hash, Head, RootVersion, Sealed, Subject, root, root_after};
use storage::{
    Reader, StorageError,
    ledger::{self, Root},
    verify as reads,
};

use super::{
    VerifyReport,
    finding::{Fault, Finding, Place},
    progress::{Progress, Stage},
    roots::{Listed, RootLine, parse},
};

/// Missing entries that are named one by one; a number that was made up must not fill the report.
const NAMED: i64 = 100;

/// What is remembered of a chain.
struct Chain {
    head: Head,
    /// Whether the last entry's hash could be read, so that the next link can be compared.
    linked: bool,
    headed: bool,
    owned: bool,
}

struct Walk<'f> {
    chains: BTreeMap<Subject, Chain>,
    /// Entries that the chains say they have.
    entries: i64,
    roots: Roots,
    found: &'f mut Vec<Finding>,
}

/// Reads the ledger once and names what does not hold.
pub(super) fn check(
    db: &Reader<'_>,
    listed: Option<&str>,
    report: &mut VerifyReport,
    found: &mut Vec<Finding>,
    progress: &mut Progress,
) -> Result<(), StorageError> {
    let stored = ledger::roots(db)?;
    let heads = ledger::heads(db)?;
    let listed = listed.map(parse);
    report.roots = count(stored.len());
    report.listed_roots = listed.as_ref().map(|l| count(l.lines.len()));
    let covered = stored.iter().map(|r| r.upto_entry).max().unwrap_or(0);
    let lines = listed.as_ref().map_or(&[][..], |l| &l.lines);
    let roots = Roots::new(&stored, lines);
    progress.begin(Stage::Ledger, u64::try_from(heads.iter().map(|h| h.length).sum::<i64>()).unwrap_or(0));

    let mut walk = Walk { chains: BTreeMap::new(), entries: 0, roots, found };
    reads::each_entry(db, |id, place, sealed| {
        walk.roots.reach(id.get(), &walk.chains, walk.entries);
        walk.entry(id, place, sealed);
        report.entries += 1;
        report.uncovered += u64::from(id.get() > covered);
        progress.passing(report.entries);
    })?;
    walk.roots.reach(i64::MAX, &walk.chains, walk.entries);
    walk.compare_heads(&heads);
    walk.compare_owners(db)?;
    report.chains = count(walk.chains.len());
    let Walk { roots, found, .. } = walk;
    roots.judge(listed.as_ref(), found);
    Ok(())
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

impl Walk<'_> {
    fn find(&mut self, subject: Subject, seq: impl Into<Option<i64>>, fault: Fault) {
        self.found.push(Finding::of(subject, seq, fault));
    }

    fn entry(&mut self, id: EntryId, place: Option<(Subject, i64)>, sealed: Option<(Sealed, Hash)>) {
        let Some((subject, seq)) = place else {
            self.found.push(Finding {
                place: Place::Entry(id.get()),
                seq: None,
                fault: Fault::EntryUnreadable,
            });
            return;
        };
        if let Some((_, hash)) = &sealed {
            self.roots.pass(id, subject, seq, hash);
        }
        let chain = self.chains.entry(subject).or_insert_with(|| Chain {
            head: Head { subject, length: 0, hash: GENESIS },
            linked: true,
            headed: false,
            owned: false,
        });
        let next = chain.head.length + 1;
        if seq < next {
            // Written after an entry that it claims to precede.
            self.find(subject, seq, Fault::EntryAdded);
            return;
        }
        let continues = seq == next && chain.linked;
        let before = chain.head.hash;
        self.entries += seq - chain.head.length;
        chain.head.length = seq;
        chain.linked = sealed.is_some();
        if let Some((_, hash)) = &sealed {
            chain.head.hash = *hash;
        }
        for missing in (next..seq).take(usize::try_from(NAMED).unwrap_or(0)) {
            self.find(subject, missing, Fault::EntryRemoved);
        }
        match sealed {
            None => self.find(subject, seq, Fault::EntryUnreadable),
            Some((sealed, hash)) if sealed.hash() != hash => self.find(subject, seq, Fault::EntryAltered),
            Some((sealed, _)) if continues && sealed.prev != before => {
                self.find(subject, seq, Fault::LinkBroken)
            }
            Some(_) => {}
        }
    }

    fn compare_heads(&mut self, heads: &[Head]) {
        for head in heads {
            let Some(chain) = self.chains.get_mut(&head.subject) else {
                let gone =
                    Chain { head: Head { length: 0, ..*head }, linked: false, headed: true, owned: false };
                self.chains.insert(head.subject, gone);
                self.removed_at_end(head, 0);
                continue;
            };
            chain.headed = true;
            let last = chain.head;
            if head.length > last.length {
                self.removed_at_end(head, last.length);
            } else if head.length < last.length {
                for added in (head.length + 1..=last.length).take(usize::try_from(NAMED).unwrap_or(0)) {
                    self.find(head.subject, added, Fault::EntryAdded);
                }
            } else if chain.linked && head.hash != last.hash {
                self.find(head.subject, head.length, Fault::HeadAltered);
            }
        }
        let headless: Vec<Subject> =
            self.chains.iter().filter(|(_, chain)| !chain.headed).map(|(subject, _)| *subject).collect();
        for subject in headless {
            self.find(subject, None, Fault::HeadMissing);
        }
    }

    fn removed_at_end(&mut self, head: &Head, last: i64) {
        for missing in (last + 1..=head.length).take(usize::try_from(NAMED).unwrap_or(0)) {
            self.find(head.subject, missing, Fault::LastEntryRemoved);
        }
    }

    fn compare_owners(&mut self, db: &Reader<'_>) -> Result<(), StorageError> {
        let mut lonely = Vec::new();
        let mut own = |subject: Subject| match self.chains.get_mut(&subject) {
            Some(chain) => chain.owned = true,
            None => lonely.push(subject),
        };
        reads::each_enrolment(db, |enrolment, _, _| own(enrolment.into()))?;
        reads::each_person(db, |person| own(person.into()))?;
        for subject in lonely {
            self.find(subject, None, Fault::ChainMissing);
        }
        let ownerless: Vec<Subject> =
            self.chains.iter().filter(|(_, chain)| !chain.owned).map(|(subject, _)| *subject).collect();
        for subject in ownerless {
            self.find(subject, None, Fault::SubjectMissing);
        }
        Ok(())
    }
}

/// Where a root must be computed, and what for.
struct Due {
    upto: i64,
    stored: bool,
    index: usize,
}

/// The roots to be compared, in the order in which the entries reach them.
struct Roots {
    waiting: Vec<Due>,
    at: usize,
    /// The root over all entries so far.
    running: Hash,
    stored: Vec<RootLine>,
    listed: Vec<RootLine>,
    stored_holds: Vec<bool>,
    listed_holds: Vec<bool>,
}

impl Roots {
    fn new(stored: &[Root], lines: &[(usize, RootLine)]) -> Self {
        let stored: Vec<RootLine> = stored.iter().map(RootLine::from).collect();
        let listed: Vec<RootLine> = lines.iter().map(|(_, line)| *line).collect();
        let places = |roots: &[RootLine], from_stored| -> Vec<Due> {
            roots
                .iter()
                .enumerate()
                .map(|(index, r)| Due { upto: r.upto_entry, stored: from_stored, index })
                .collect()
        };
        let mut waiting = places(&stored, true);
        waiting.extend(places(&listed, false));
        waiting.sort_by_key(|place| place.upto);
        Self {
            waiting,
            at: 0,
            running: GENESIS,
            stored_holds: vec![false; stored.len()],
            listed_holds: vec![false; listed.len()],
            stored,
            listed,
        }
    }

    /// An entry joins the running root.
    fn pass(&mut self, id: EntryId, subject: Subject, seq: i64, hash: &Hash) {
        self.running = root_after(&self.running, id, subject, seq, hash);
    }

    /// Before entry `next` is looked at: the roots that it no longer belongs to are due.
    fn reach(&mut self, next: i64, chains: &BTreeMap<Subject, Chain>, entries: i64) {
        // The same for every root of the first version until the next entry.
        let mut over_heads = None;
        while let Some(place) = self.waiting.get(self.at).filter(|place| place.upto < next) {
            let said = if place.stored { &self.stored } else { &self.listed }[place.index];
            let hash = match said.version {
                RootVersion::Heads => {
                    *over_heads.get_or_insert_with(|| root(chains.values().map(|c| &c.head)))
                }
                RootVersion::Entries => self.running,
            };
            let holds = said.hash == hash
                && said.entries == entries
                && usize::try_from(said.chains).is_ok_and(|said| said == chains.len());
            if place.stored {
                self.stored_holds[place.index] = holds;
            } else {
                self.listed_holds[place.index] = holds;
            }
            self.at += 1;
        }
    }

    fn judge(&self, listed: Option<&Listed>, found: &mut Vec<Finding>) {
        for (first, until, days) in runs(&self.stored, &self.stored_holds) {
            let fault = Fault::RootAltered { until, days };
            found.push(Finding { place: Place::Root(first), seq: None, fault });
        }
        let Some(listed) = listed else { return };
        for line in &listed.unreadable {
            found.push(Finding {
                place: Place::RootsLine(*line),
                seq: None,
                fault: Fault::RootsLineUnreadable,
            });
        }
        for (first, until, days) in runs(&self.listed, &self.listed_holds) {
            let fault = Fault::HistoryRewritten { until, days };
            found.push(Finding { place: Place::Root(first), seq: None, fault });
        }
        let here: HashSet<&RootLine> = self.stored.iter().collect();
        let there: HashSet<(Date, i64)> = self.listed.iter().map(|l| (l.day, l.upto_entry)).collect();
        for (number, line) in &listed.lines {
            if !here.contains(line) {
                found.push(Finding {
                    place: Place::RootsLine(*number),
                    seq: None,
                    fault: Fault::RootNotStored,
                });
            }
        }
        for root in &self.stored {
            if !there.contains(&(root.day, root.upto_entry)) {
                found.push(Finding { place: Place::Root(root.day), seq: None, fault: Fault::RootNotListed });
            }
        }
    }
}

/// Days of roots in a row that do not hold: first, last, and how many.
fn runs(roots: &[RootLine], holds: &[bool]) -> Vec<(Date, Date, u64)> {
    let mut out: Vec<(Date, Date, u64)> = Vec::new();
    let mut open = false;
    for (root, holds) in roots.iter().zip(holds) {
        match out.last_mut() {
            _ if *holds => {}
            Some((_, until, days)) if open => (*until, *days) = (root.day, *days + 1),
            _ => out.push((root.day, root.day, 1)),
        }
        open = !*holds;
    }
    out
}
