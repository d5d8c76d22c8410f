//! Identity as now and as registered against what the ledger tells of both.

use base::ids::PersonId;
use domain::ledger::LedgerKind;
use serde_json::{Map, Value as Json};
use storage::{
    Reader, StorageError,
    ledger::told::IDENTITY,
    verify::{IdentityLine, Told, each_identity},
};

use super::{
    finding::{Fault, Finding},
    fold::{Fold, Value, object},
};

/// A person on the way through the entries.
struct Open {
    person: PersonId,
    stands: [Value; 7],
    registered: Option<[Value; 7]>,
    /// None until an entry is followed: then nothing is told but the registered identity.
    fold: Option<Fold<7>>,
}

/// Follows the entries of every person from the registered identity and compares where they lead with what stands.
///
/// Where the text of an entry was erased at its retention end, nobody can tell the values that it changed, and
/// they are not compared.
pub(super) fn check(db: &Reader<'_>, found: &mut Vec<Finding>) -> Result<(), StorageError> {
    let mut open: Option<Open> = None;
    each_identity(db, |line| {
        let IdentityLine { person, stands, registered, told } = line;
        if open.as_ref().is_none_or(|open| open.person != person) {
            close(open.take(), found);
            if registered.is_none() {
                found.push(Finding::of(person, None, Fault::RegistrationMissing));
            }
        }
        let open = open.get_or_insert(Open { person, stands, registered, fold: None });
        if let Some(told) = told {
            open.follow(&told, found);
        }
    })?;
    close(open, found);
    Ok(())
}

fn close(done: Option<Open>, found: &mut Vec<Finding>) {
    let Some(mut open) = done else { return };
    let (person, stands) = (open.person, std::mem::take(&mut open.stands));
    let differing = open.fold().differing(&stands);
    if !differing.is_empty() {
        let fault = Fault::IdentityDiffers { fields: differing.join(", ") };
        found.push(Finding::of(person, None, fault));
    }
}

impl Open {
    /// What is told so far.
    fn fold(&mut self) -> &mut Fold<7> {
        self.fold.get_or_insert_with(|| match &self.registered {
            Some(registered) => Fold::of(IDENTITY, registered.clone()),
            None => Fold::new(IDENTITY),
        })
    }

    fn follow(&mut self, told: &Told, found: &mut Vec<Finding>) {
        let text = told.text.as_deref().map(object);
        if told.kind == LedgerKind::PersonRegistered.code() {
            let Some(text) = text else { return };
            let mut first = Fold::new(IDENTITY);
            first.follow(&Map::new(), &text);
            let differing = self.registered.as_ref().map(|r| first.differing(r)).unwrap_or_default();
            if !differing.is_empty() {
                let fault = Fault::RegistrationDiffers { fields: differing.join(", ") };
                found.push(Finding::of(self.person, None, fault));
            }
            self.fold = Some(first);
        } else if told.kind == LedgerKind::IdentityChanged.code() {
            let fields = fields(&told.payload);
            let mut former = text.unwrap_or_default();
            let mut is = match former.remove("is") {
                Some(Json::Object(is)) => is,
                _ => Map::new(),
            };
            former.retain(|name, _| fields.contains(name));
            if told.undone {
                std::mem::swap(&mut former, &mut is);
            }
            let contradicted = self.fold().follow(&former, &is);
            if !contradicted.is_empty() {
                let fault = Fault::FormerDiffers { fields: contradicted.join(", ") };
                found.push(Finding::of(self.person, told.seq, fault));
            }
            let untold: Vec<String> = fields.into_iter().filter(|name| !is.contains_key(name)).collect();
            self.fold().forget(&untold);
        }
    }
}

/// Names of the fields that an entry changed: `{"fields": ["surname"]}`.
fn fields(payload: &str) -> Vec<String> {
    let payload = object(payload);
    let named = payload.get("fields").and_then(Json::as_array).into_iter().flatten();
    named.filter_map(Json::as_str).map(str::to_owned).collect()
}
