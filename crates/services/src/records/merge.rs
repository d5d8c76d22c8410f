//! Three ways of one value: what the file said last time, what it says now, what stands here.
//!
//! The file wins where nobody touched the value here since; where both changed, what stands here stays and
//! the difference is listed as a conflict, at every run, until one of the two gives way.

use serde_json::Value as Json;
use storage::records::institution::Fields;

/// A value that the file changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Change {
    pub column: String,
    pub before: Json,
    pub after: Json,
}

/// A value that both the file and somebody here changed, or that never came from the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Clash {
    pub column: String,
    pub last_taken_over: Option<Json>,
    pub here: Json,
    pub in_file: Json,
}

/// What becomes of a row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Merged {
    /// What to write here.
    pub changes: Vec<Change>,
    /// What to list and leave alone.
    pub clashes: Vec<Clash>,
    /// What to keep as taken over: a value that clashes keeps its former one.
    pub source: Fields,
}

impl Merged {
    /// Columns that are to be written.
    pub(super) fn changed_columns(&self) -> Vec<String> {
        self.changes.iter().map(|c| c.column.clone()).collect()
    }

    /// Whether a column is to be written.
    pub(super) fn changes(&self, column: &str) -> bool {
        self.changes.iter().any(|c| c.column == column)
    }

    /// Turns changes of these columns into clashes if one of them clashes: they are one fact.
    pub(super) fn bind_together(&mut self, columns: &[&str], source: Option<&Fields>) {
        let of = |column: &str| columns.contains(&column);
        if !self.clashes.iter().any(|c| of(&c.column)) {
            return;
        }
        for change in self.changes.extract_if(.., |c| of(&c.column)) {
            let last = source.and_then(|s| s.get(&change.column)).cloned();
            match &last {
                Some(value) => drop(self.source.insert(change.column.clone(), value.clone())),
                None => drop(self.source.remove(&change.column)),
            }
            self.clashes.push(Clash {
                column: change.column,
                last_taken_over: last,
                here: change.before,
                in_file: change.after,
            });
        }
    }

    /// Turns a change into a clash, for one that cannot be written here.
    pub(super) fn refuse(&mut self, column: &str, source: Option<&Fields>) {
        if let Some(at) = self.changes.iter().position(|c| c.column == column) {
            let change = self.changes.remove(at);
            let last = source.and_then(|s| s.get(column)).cloned();
            match &last {
                Some(value) => drop(self.source.insert(column.to_owned(), value.clone())),
                None => drop(self.source.remove(column)),
            }
            self.clashes.push(Clash {
                column: change.column,
                last_taken_over: last,
                here: change.before,
                in_file: change.after,
            });
        }
    }
}

/// Decides value by value.
pub(super) fn merge(source: Option<&Fields>, file: &Fields, here: &Fields) -> Merged {
    let mut out = Merged::default();
    for (column, in_file) in file {
        let last = source.and_then(|s| s.get(column));
        let stands = here.get(column).unwrap_or(&Json::Null);
        let keep = |out: &mut Merged, value: &Json| drop(out.source.insert(column.clone(), value.clone()));
        if last == Some(in_file) || stands == in_file {
            keep(&mut out, in_file);
        } else if last == Some(stands) {
            keep(&mut out, in_file);
            out.changes.push(Change {
                column: column.clone(),
                before: stands.clone(),
                after: in_file.clone(),
            });
        } else {
            if let Some(last) = last {
                keep(&mut out, last);
            }
            out.clashes.push(Clash {
                column: column.clone(),
                last_taken_over: last.cloned(),
                here: stands.clone(),
                in_file: in_file.clone(),
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(value: Json) -> Fields {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn the_file_wins_only_where_nobody_touched_the_value() {
        let last = fields(json!({ "a": 1, "b": 1, "c": 1, "d": 1 }));
        let file = fields(json!({ "a": 1, "b": 2, "c": 2, "d": 2 }));
        let here = fields(json!({ "a": 9, "b": 1, "c": 9, "d": 2 }));
        let merged = merge(Some(&last), &file, &here);
        assert_eq!(merged.changed_columns(), ["b"]);
        assert_eq!(merged.clashes.iter().map(|c| c.column.as_str()).collect::<Vec<_>>(), ["c"]);
        // The clash is found again next time, the rest is settled.
        assert_eq!(merged.source, fields(json!({ "a": 1, "b": 2, "c": 1, "d": 2 })));
        assert_eq!(
            merge(Some(&merged.source), &file, &fields(json!({ "a": 9, "b": 2, "c": 9, "d": 2 })))
                .clashes
                .len(),
            1
        );
    }

    #[test]
    fn what_never_came_from_a_file_is_left_alone() {
        let file = fields(json!({ "a": 1, "b": 2 }));
        let merged = merge(None, &file, &fields(json!({ "a": 1, "b": 3 })));
        assert!(merged.changes.is_empty());
        assert_eq!(merged.clashes[0].last_taken_over, None);
        assert_eq!(merged.source, fields(json!({ "a": 1 })));
    }

    #[test]
    fn one_fact_in_two_columns_is_taken_whole_or_left() {
        let last = fields(json!({ "status": "active", "since": "1" }));
        let file = fields(json!({ "status": "graduated", "since": "2" }));
        let mut merged = merge(Some(&last), &file, &fields(json!({ "status": "active", "since": "9" })));
        merged.bind_together(&["status", "since"], Some(&last));
        assert!(merged.changes.is_empty());
        assert_eq!(merged.clashes.len(), 2);
        assert_eq!(merged.source, last);
    }
}
