//! Pages of the ministry's placement service: one page, several in a list, or the rows themselves.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Problem, Table, push};

/// Reads one or more pages.
pub(super) fn read(text: &str) -> Result<Table, Problem> {
    let found: Value = serde_json::from_str(text).map_err(|error| {
        if error.is_eof() { Problem::Truncated } else { Problem::BrokenJson { line: error.line() } }
    })?;
    let mut rows = Vec::new();
    collect(found, &mut rows)?;
    let mut headings: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for row in &rows {
        for key in row.keys() {
            if seen.insert(key.clone()) {
                headings.push(key.clone());
            }
        }
    }
    let mut lines = Vec::new();
    push(&mut lines, 0, headings.clone())?;
    for (row, fields) in (1_u64..).zip(&rows) {
        let cells =
            headings.iter().map(|heading| fields.get(heading).map_or_else(String::new, cell)).collect();
        push(&mut lines, row, cells)?;
    }
    Ok(Table { lines, delimiter: ';', open_end: false })
}

fn collect(found: Value, rows: &mut Vec<Map<String, Value>>) -> Result<(), Problem> {
    match found {
        Value::Array(all) => all.into_iter().try_for_each(|one| collect(one, rows)),
        Value::Object(mut page) => match page.remove("content") {
            None => {
                rows.push(page);
                Ok(())
            }
            Some(Value::Array(content)) => {
                let told = page.get("numberOfElements").and_then(Value::as_u64);
                if told.is_some_and(|told| usize::try_from(told) != Ok(content.len())) {
                    return Err(Problem::Truncated);
                }
                content.into_iter().try_for_each(|row| match row {
                    Value::Object(row) => {
                        rows.push(row);
                        Ok(())
                    }
                    _ => Err(Problem::NotAPage),
                })
            }
            Some(_) => Err(Problem::NotAPage),
        },
        _ => Err(Problem::NotAPage),
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
