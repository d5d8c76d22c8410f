//! A placement service inside the test: the rows that it was given, on one page.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use services::ports::{Answer, PlacementPage, PlacementQuery, PlacementService, RemoteProblem};

use crate::placement_server::CATALOGUE;

/// Answers with rows as [`crate::placement_server::placement_row`] makes them, or fails.
pub struct PlacementPages(Mutex<Result<Vec<Value>, RemoteProblem>>);

impl PlacementPages {
    /// A service with these rows.
    pub fn with(rows: Vec<Value>) -> Self {
        Self(Mutex::new(Ok(rows)))
    }

    /// What it answers from now on.
    pub fn set(&self, answer: Result<Vec<Value>, RemoteProblem>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }
}

impl PlacementService for PlacementPages {
    fn page<'a>(&'a self, _: &'a PlacementQuery, number: u32) -> Answer<'a, PlacementPage> {
        let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move { answer.map(|rows| page(&rows, number)) })
    }
}

fn page(rows: &[Value], number: u32) -> PlacementPage {
    let catalogue: Value = serde_json::from_str(CATALOGUE).expect("the catalogue");
    let fields = catalogue["fields"].as_array().cloned().unwrap_or_default();
    let headings: Vec<String> = fields.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let cell = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    PlacementPage {
        rows: rows
            .iter()
            .map(|row| headings.iter().map(|name| cell(&row[name.as_str()])).collect())
            .collect(),
        headings,
        number,
        pages: 1,
        total: u64::try_from(rows.len()).unwrap_or(u64::MAX),
    }
}
