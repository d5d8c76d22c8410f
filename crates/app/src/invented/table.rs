//! A CSV file while it is written: UTF-8, comma, line feed, quotes where needed.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

/// An open file of the folder.
pub(super) struct Table {
    out: BufWriter<File>,
    rows: u64,
}

impl Table {
    pub(super) fn create(dir: &Path, name: &str, header: &str) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(64 * 1024, File::create(dir.join(name))?);
        writeln!(out, "{header}")?;
        Ok(Self { out, rows: 0 })
    }

    pub(super) fn row(&mut self, fields: &[&dyn std::fmt::Display]) -> io::Result<()> {
        self.rows += 1;
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                self.out.write_all(b",")?;
            }
            let text = field.to_string();
            if text.contains([',', '"', '\n']) {
                write!(self.out, "\"{}\"", text.replace('"', "\"\""))?;
            } else {
                self.out.write_all(text.as_bytes())?;
            }
        }
        self.out.write_all(b"\n")
    }

    pub(super) fn finish(mut self) -> io::Result<u64> {
        self.out.flush()?;
        Ok(self.rows)
    }
}

/// What stands in a field that may be empty.
pub(super) struct Maybe<T>(pub Option<T>);

impl<T: std::fmt::Display> std::fmt::Display for Maybe<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Some(value) => value.fmt(f),
            None => Ok(()),
        }
    }
}
