//! The nine files of the institution, each a table with where its columns go.
//!
//! Values travel as JSON objects with the columns of the file, so that what a file says, what it said last
//! time and what stands here can be compared field by field. References travel as the keys of the files.

use std::collections::HashMap;

use base::{ids::Id, text, time::Date};
use serde_json::{Map, Value as Json};

use super::RecordsFile;
use crate::{
    db::{Bulk, Reader, Tx, Value},
    error::{Result, StorageError},
    permit::Permit,
};

/// A row's values by the columns of its file.
pub type Fields = Map<String, Json>;

/// From when names, titles and codes count that came over from an earlier system.
pub const BEGINNING: Date = Date::constant(1900, 1, 1);

/// Where a column of a file goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// A text column of the table.
    Text(&'static str),
    /// A number column of the table.
    Number(&'static str),
    /// A day column of the table.
    Date(&'static str),
    /// The row id of what a key of a file stands for.
    Ref(&'static str, RecordsFile),
    /// A column of the table of dated names or titles.
    Dated(&'static str),
    /// A dated code in this outside system.
    Code(&'static str),
}

/// How a row is found again.
enum Address {
    /// By the key that it had in its file, kept in `source_key`; before it was taken over, by these columns of the file.
    SourceKey(&'static [&'static str]),
    /// By these columns of the file, which are its key; the second is whether the table has row ids.
    Columns(&'static [&'static str], bool),
}

struct Table {
    name: &'static str,
    address: Address,
    columns: &'static [(&'static str, Target)],
    /// Table of what is dated, and its column that names the row.
    dated: Option<(&'static str, &'static str)>,
    /// Table of codes in outside systems, and its column that names the row.
    codes: Option<(&'static str, &'static str)>,
}

use Target::{Code, Dated, Number, Ref, Text};

const UNITS: Table = Table {
    name: "unit",
    address: Address::SourceKey(&["code"]),
    columns: &[
        ("parent_id", Ref("parent_id", RecordsFile::Units)),
        ("kind", Text("kind")),
        ("code", Text("code")),
        ("name_tr", Dated("name_tr")),
        ("name_en", Dated("name_en")),
        ("yoksis_id", Code("yoksis")),
        ("detsis_no", Code("detsis")),
    ],
    dated: Some(("unit_name", "unit_id")),
    codes: Some(("unit_code", "unit_id")),
};
const STAFF: Table = Table {
    name: "staff",
    address: Address::SourceKey(&["tckn"]),
    columns: &[
        ("tckn", Text("identity_no")),
        ("title", Dated("title")),
        ("given", Text("given_name")),
        ("surname", Text("surname")),
        ("unit_id", Ref("unit_id", RecordsFile::Units)),
        ("email", Text("email")),
    ],
    dated: Some(("staff_title", "staff_id")),
    codes: None,
};
const APPOINTMENTS: Table = Table {
    name: "appointment",
    address: Address::Columns(&["staff_id", "unit_id", "office", "starts_on"], true),
    columns: &[
        ("staff_id", Ref("staff_id", RecordsFile::Staff)),
        ("unit_id", Ref("unit_id", RecordsFile::Units)),
        ("office", Text("office")),
        ("starts_on", Target::Date("starts_on")),
        ("ends_on", Target::Date("ends_on")),
    ],
    dated: None,
    codes: None,
};
const COURSES: Table = Table {
    name: "course",
    address: Address::SourceKey(&["unit_id", "code"]),
    columns: &[
        ("unit_id", Ref("unit_id", RecordsFile::Units)),
        ("code", Text("code")),
        ("name_tr", Text("name_tr")),
        ("name_en", Text("name_en")),
        ("theory", Number("theory")),
        ("practice", Number("practice")),
        ("credit", Number("credit")),
        ("ects", Number("ects")),
    ],
    dated: None,
    codes: None,
};
const PROGRAMS: Table = Table {
    name: "programme",
    address: Address::SourceKey(&["code"]),
    columns: &[
        ("unit_id", Ref("unit_id", RecordsFile::Units)),
        ("code", Text("code")),
        ("name_tr", Dated("name_tr")),
        ("name_en", Dated("name_en")),
        ("level", Text("level")),
        ("terms", Number("terms")),
        ("language", Text("language")),
        ("osym_code", Code("osym")),
        ("yoksis_id", Code("yoksis")),
    ],
    dated: Some(("programme_name", "programme_id")),
    codes: Some(("programme_code", "programme_id")),
};
const CURRICULA: Table = Table {
    name: "curriculum",
    address: Address::SourceKey(&["program_id", "version"]),
    columns: &[
        ("program_id", Ref("programme_id", RecordsFile::Programs)),
        ("version", Number("version")),
        ("effective_year", Number("effective_year")),
    ],
    dated: None,
    codes: None,
};
const CURRICULUM_COURSES: Table = Table {
    name: "curriculum_course",
    address: Address::Columns(&["curriculum_id", "term_no", "position"], false),
    columns: &[
        ("curriculum_id", Ref("curriculum_id", RecordsFile::Curricula)),
        ("term_no", Number("term_no")),
        ("position", Number("position")),
        ("course_id", Ref("course_id", RecordsFile::Courses)),
        ("kind", Text("kind")),
    ],
    dated: None,
    codes: None,
};
const TERMS: Table = Table {
    name: "term",
    address: Address::SourceKey(&["academic_year", "season"]),
    columns: &[
        ("academic_year", Text("academic_year")),
        ("season", Text("season")),
        ("name_tr", Text("name_tr")),
        ("starts_on", Target::Date("starts_on")),
        ("ends_on", Target::Date("ends_on")),
    ],
    dated: None,
    codes: None,
};
const SECTIONS: Table = Table {
    name: "section",
    address: Address::SourceKey(&["term_id", "course_id", "section_no"]),
    columns: &[
        ("term_id", Ref("term_id", RecordsFile::Terms)),
        ("course_id", Ref("course_id", RecordsFile::Courses)),
        ("section_no", Number("section_no")),
        ("staff_id", Ref("staff_id", RecordsFile::Staff)),
        ("quota", Number("quota")),
    ],
    dated: None,
    codes: None,
};

const fn table(file: RecordsFile) -> Option<&'static Table> {
    Some(match file {
        RecordsFile::Units => &UNITS,
        RecordsFile::Staff => &STAFF,
        RecordsFile::Appointments => &APPOINTMENTS,
        RecordsFile::Courses => &COURSES,
        RecordsFile::Programs => &PROGRAMS,
        RecordsFile::Curricula => &CURRICULA,
        RecordsFile::CurriculumCourses => &CURRICULUM_COURSES,
        RecordsFile::Terms => &TERMS,
        RecordsFile::Sections => &SECTIONS,
        RecordsFile::Students | RecordsFile::StudentTerms | RecordsFile::Grades => return None,
    })
}

/// The nine files of the institution, in the order of taking over.
pub const FILES: [RecordsFile; 9] = [
    RecordsFile::Units,
    RecordsFile::Staff,
    RecordsFile::Appointments,
    RecordsFile::Courses,
    RecordsFile::Programs,
    RecordsFile::Curricula,
    RecordsFile::CurriculumCourses,
    RecordsFile::Terms,
    RecordsFile::Sections,
];

/// What the keys of the files stand for here.
#[derive(Default)]
pub struct Keys {
    ids: HashMap<RecordsFile, HashMap<i64, i64>>,
    keys: HashMap<RecordsFile, HashMap<i64, i64>>,
    /// Whether the table had rows without a key when it was read.
    others: HashMap<RecordsFile, bool>,
}

impl Keys {
    /// Reads the keys of one file's table; again after rows were added to it.
    ///
    /// # Errors
    /// The engine's refusal.
    pub fn load(&mut self, db: &Reader<'_>, file: RecordsFile) -> Result<()> {
        let Some(Table { name, address: Address::SourceKey(_), .. }) = table(file) else { return Ok(()) };
        let mut ids = HashMap::new();
        let mut keys = HashMap::new();
        let mut others = false;
        db.each(&format!("SELECT source_key, id FROM {name}"), &[], |r| {
            match r.opt_str(0)?.and_then(|key| key.parse::<i64>().ok()) {
                Some(key) => {
                    let id = r.int(1)?;
                    ids.insert(key, id);
                    keys.insert(id, key);
                }
                None => others = true,
            }
            Ok(())
        })?;
        self.ids.insert(file, ids);
        self.keys.insert(file, keys);
        self.others.insert(file, others);
        Ok(())
    }

    /// The row id of a key.
    pub fn id(&self, file: RecordsFile, key: i64) -> Option<i64> {
        self.ids.get(&file)?.get(&key).copied()
    }

    /// The key of a row id.
    pub fn key(&self, file: RecordsFile, id: i64) -> Option<i64> {
        self.keys.get(&file)?.get(&id).copied()
    }

    fn has_others(&self, file: RecordsFile) -> bool {
        self.others.get(&file).copied().unwrap_or(true)
    }

    /// A row id as a value of a file; what came from elsewhere has no key there and equals none.
    pub fn as_field(&self, file: RecordsFile, id: Option<i64>) -> Json {
        match id {
            None => Json::Null,
            Some(id) => self.key(file, id).map_or_else(|| Json::String(format!("Künye {id}")), Json::from),
        }
    }
}

/// A row here that a row of a file stands for.
pub struct Place {
    condition: String,
    values: Vec<Owned>,
    id: Option<i64>,
    /// Whether it has the key of the file already.
    keyed: bool,
}

#[derive(Clone)]
enum Owned {
    Null,
    Int(i64),
    Text(String),
    Date(Date),
}

impl Owned {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(v) => Value::Int(*v),
            Self::Text(v) => Value::Text(v),
            Self::Date(v) => Value::Date(*v),
        }
    }
}

fn wrong(column: &str, found: &Json) -> StorageError {
    StorageError::Decode { column: column.to_owned(), found: found.to_string() }
}

/// A field as an argument for its column; nothing for a reference that has no row here.
fn owned(column: &str, target: Target, field: &Json, keys: &Keys) -> Result<Option<Owned>> {
    Ok(Some(match (target, field) {
        (_, Json::Null) => Owned::Null,
        (Ref(_, file), Json::Number(n)) => {
            let key = n.as_i64().ok_or_else(|| wrong(column, field))?;
            match keys.id(file, key) {
                Some(id) => Owned::Int(id),
                None => return Ok(None),
            }
        }
        (Number(_), Json::Number(n)) => Owned::Int(n.as_i64().ok_or_else(|| wrong(column, field))?),
        (Target::Date(_), Json::String(day)) => Owned::Date(day.parse().map_err(|_| wrong(column, field))?),
        (Text(_) | Dated(_) | Code(_), Json::String(s)) => Owned::Text(s.clone()),
        _ => return Err(wrong(column, field)),
    }))
}

impl Table {
    fn target(&self, column: &str) -> Option<Target> {
        self.columns.iter().find(|(name, _)| *name == column).map(|(_, target)| *target)
    }

    /// `parent_id = $1 AND code = $2` for columns of the file, or nothing where a reference has no row here.
    fn condition(
        &self,
        columns: &[&str],
        fields: &Fields,
        keys: &Keys,
    ) -> Result<Option<(String, Vec<Owned>)>> {
        let mut condition = String::new();
        let mut values = Vec::new();
        for column in columns {
            let Some(Text(name) | Number(name) | Target::Date(name) | Ref(name, _)) = self.target(column)
            else {
                continue;
            };
            let field = fields.get(*column).unwrap_or(&Json::Null);
            let target = self.target(column).unwrap_or(Text(name));
            let Some(value) = owned(column, target, field, keys)? else { return Ok(None) };
            if matches!(value, Owned::Null) {
                return Ok(None);
            }
            values.push(value);
            if !condition.is_empty() {
                condition.push_str(" AND ");
            }
            condition.push_str(&format!("{name} = ${}", values.len()));
        }
        Ok(Some((condition, values)))
    }
}

/// Finds the row that a row of a file stands for: by its key, or, where nobody gave it one, by what names it here.
///
/// # Errors
/// The engine's refusal.
pub fn locate(
    db: &Reader<'_>,
    file: RecordsFile,
    key: &str,
    fields: &Fields,
    keys: &Keys,
) -> Result<Option<Place>> {
    let Some(table) = table(file) else { return Ok(None) };
    match table.address {
        Address::SourceKey(natural) => {
            if let Some(id) = key.parse().ok().and_then(|key| keys.id(file, key)) {
                return Ok(Some(Place {
                    condition: "id = $1".to_owned(),
                    values: vec![Owned::Int(id)],
                    id: Some(id),
                    keyed: true,
                }));
            }
            if !keys.has_others(file) {
                return Ok(None);
            }
            let Some((condition, values)) = table.condition(natural, fields, keys)? else { return Ok(None) };
            let sql = format!(
                "SELECT id FROM {} WHERE {condition} AND source_key IS NULL ORDER BY id LIMIT 1",
                table.name
            );
            let args: Vec<Value<'_>> = values.iter().map(Owned::value).collect();
            let id = db.one(&sql, &args, |r| r.int(0))?;
            Ok(id.map(|id| Place {
                condition: "id = $1".to_owned(),
                values: vec![Owned::Int(id)],
                id: Some(id),
                keyed: false,
            }))
        }
        Address::Columns(columns, has_id) => {
            let Some((condition, values)) = table.condition(columns, fields, keys)? else { return Ok(None) };
            let what = if has_id { "id" } else { "1" };
            let args: Vec<Value<'_>> = values.iter().map(Owned::value).collect();
            let found =
                db.one(&format!("SELECT {what} FROM {} WHERE {condition}", table.name), &args, |r| r.int(0))?;
            Ok(found.map(|id| Place { condition, values, id: has_id.then_some(id), keyed: true }))
        }
    }
}

/// Columns of a file by which its rows are known beside their key; nothing for files whose key they are.
pub const fn known_by(file: RecordsFile) -> Option<&'static [&'static str]> {
    match table(file) {
        Some(Table { address: Address::SourceKey(natural), .. }) => Some(natural),
        _ => None,
    }
}

/// Another row here that is known by what a row of a file is known by: the key with which it was taken over, or none
/// where it was set up here.
///
/// # Errors
/// The engine's refusal.
pub fn namesake(
    db: &Reader<'_>,
    file: RecordsFile,
    key: &str,
    fields: &Fields,
    keys: &Keys,
) -> Result<Option<Option<String>>> {
    let Some(table) = table(file) else { return Ok(None) };
    let Address::SourceKey(natural) = table.address else { return Ok(None) };
    let Some((condition, mut values)) = table.condition(natural, fields, keys)? else { return Ok(None) };
    values.push(Owned::Text(key.to_owned()));
    let sql = format!(
        "SELECT source_key FROM {} WHERE {condition} AND (source_key IS NULL OR source_key <> ${}) ORDER BY id LIMIT 1",
        table.name,
        values.len()
    );
    let args: Vec<Value<'_>> = values.iter().map(Owned::value).collect();
    db.one(&sql, &args, |r| r.opt_text(0))
}

/// The values that stand at a place today, with the columns of the file.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, file: RecordsFile, place: &Place, keys: &Keys, day: Date) -> Result<Fields> {
    let mut out = Fields::new();
    let Some(table) = table(file) else { return Ok(out) };
    let mut names = Vec::new();
    let mut plain = Vec::new();
    let mut dated = Vec::new();
    for (field, target) in table.columns {
        match target {
            Text(name) | Number(name) | Target::Date(name) | Ref(name, _) => {
                names.push(*name);
                plain.push((*field, *target));
            }
            Dated(name) => dated.push((*field, *name)),
            Code(_) => {}
        }
        out.insert((*field).to_owned(), Json::Null);
    }
    let args: Vec<Value<'_>> = place.values.iter().map(Owned::value).collect();
    db.each(
        &format!("SELECT {} FROM {} WHERE {}", names.join(", "), table.name, place.condition),
        &args,
        |r| {
            for (i, (field, target)) in plain.iter().enumerate() {
                let value = match target {
                    Number(_) => r.opt_int(i)?.map_or(Json::Null, Json::from),
                    Target::Date(_) => r.opt_date(i)?.map_or(Json::Null, |d| Json::String(d.to_string())),
                    Ref(_, of) => keys.as_field(*of, r.opt_int(i)?),
                    _ => r.opt_text(i)?.map_or(Json::Null, Json::String),
                };
                out.insert((*field).to_owned(), value);
            }
            Ok(())
        },
    )?;
    let Some(id) = place.id else { return Ok(out) };
    if let Some((name, column)) = table.dated {
        let wanted: Vec<&str> = dated.iter().map(|(_, name)| *name).collect();
        let sql = format!(
            "SELECT {} FROM {name} WHERE {column} = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)",
            wanted.join(", ")
        );
        db.each(&sql, &[Value::Int(id), Value::Date(day)], |r| {
            for (i, (field, _)) in dated.iter().enumerate() {
                out.insert((*field).to_owned(), Json::String(r.text(i)?));
            }
            Ok(())
        })?;
    }
    if let Some((name, column)) = table.codes {
        let sql = format!(
            "SELECT system, code FROM {name} WHERE {column} = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)"
        );
        db.each(&sql, &[Value::Int(id), Value::Date(day)], |r| {
            let system = r.str(0)?;
            if let Some((field, _)) = table.columns.iter().find(|(_, t)| matches!(t, Code(s) if *s == system))
            {
                out.insert((*field).to_owned(), Json::String(r.text(1)?));
            }
            Ok(())
        })?;
    }
    Ok(out)
}

/// Adds rows that have no place here yet; references must have been loaded, those inside the same file apart.
///
/// # Errors
/// Constraints by name, e.g. a code that another row has.
pub fn insert(
    tx: &Tx<'_>,
    _permit: &Permit,
    file: RecordsFile,
    rows: &[(String, Fields)],
    keys: &Keys,
) -> Result<()> {
    let Some(table) = table(file) else { return Ok(()) };
    let (has_id, has_key) = match table.address {
        Address::SourceKey(_) => (true, true),
        Address::Columns(_, has_id) => (has_id, false),
    };
    let ids: Vec<Id<()>> = if has_id { tx.reserve_ids(table.name, rows.len())? } else { Vec::new() };
    // A unit may stand before the one above it; what points inside the same file follows when all rows are there.
    let plain: Vec<(&str, &str, Target)> = table
        .columns
        .iter()
        .filter_map(|(field, target)| match target {
            Ref(_, of) if *of == file => None,
            Text(name) | Number(name) | Target::Date(name) | Ref(name, _) => Some((*field, *name, *target)),
            Dated(_) | Code(_) => None,
        })
        .collect();
    let mut columns: Vec<&str> = plain.iter().map(|(_, name, _)| *name).collect();
    if has_id {
        columns.push("id");
    }
    if has_key {
        columns.push("source_key");
    }
    if file == RecordsFile::Staff {
        columns.push("sort_key");
    }
    tx.bulk(table.name, &columns, |put| {
        for (i, (key, fields)) in rows.iter().enumerate() {
            let mut row = Vec::with_capacity(columns.len());
            for (field, _, target) in &plain {
                let value = fields.get(*field).unwrap_or(&Json::Null);
                row.push(owned(field, *target, value, keys)?.ok_or_else(|| wrong(field, value))?);
            }
            if let Some(id) = ids.get(i) {
                row.push(Owned::Int(id.get()));
            }
            if has_key {
                row.push(Owned::Text(key.clone()));
            }
            if file == RecordsFile::Staff {
                row.push(Owned::Text(staff_sort_key(fields)));
            }
            put_owned(put, &row)?;
        }
        Ok(())
    })?;
    insert_dated(tx, table, rows, &ids)?;
    insert_codes(tx, table, rows, &ids)
}

fn put_owned(put: &mut Bulk<'_>, row: &[Owned]) -> Result<()> {
    let values: Vec<Value<'_>> = row.iter().map(Owned::value).collect();
    put.row(&values)
}

fn insert_dated(tx: &Tx<'_>, table: &Table, rows: &[(String, Fields)], ids: &[Id<()>]) -> Result<()> {
    let Some((name, column)) = table.dated else { return Ok(()) };
    let dated: Vec<(&str, &str)> = dated_columns(table);
    let mut columns = vec![column, "valid_from"];
    columns.extend(dated.iter().map(|(_, name)| *name));
    tx.bulk(name, &columns, |put| {
        for ((_, fields), id) in rows.iter().zip(ids) {
            let mut row = vec![Owned::Int(id.get()), Owned::Date(BEGINNING)];
            row.extend(dated.iter().map(|(field, _)| Owned::Text(text_of(fields, field))));
            put_owned(put, &row)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn insert_codes(tx: &Tx<'_>, table: &Table, rows: &[(String, Fields)], ids: &[Id<()>]) -> Result<()> {
    let Some((name, column)) = table.codes else { return Ok(()) };
    tx.bulk(name, &[column, "system", "code", "valid_from"], |put| {
        for ((_, fields), id) in rows.iter().zip(ids) {
            for (field, target) in table.columns {
                if let (Code(system), Some(Json::String(code))) = (target, fields.get(*field)) {
                    put.row(&[
                        Value::Int(id.get()),
                        Value::Text(system),
                        Value::Text(code),
                        Value::Date(BEGINNING),
                    ])?;
                }
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn dated_columns(table: &Table) -> Vec<(&'static str, &'static str)> {
    let of = |(field, target): &(&'static str, Target)| match target {
        Dated(name) => Some((*field, *name)),
        _ => None,
    };
    table.columns.iter().filter_map(of).collect()
}

fn text_of(fields: &Fields, field: &str) -> String {
    fields.get(field).and_then(Json::as_str).unwrap_or_default().to_owned()
}

fn staff_sort_key(fields: &Fields) -> String {
    format!("{} {}", text::sort_key(&text_of(fields, "surname")), text::sort_key(&text_of(fields, "given")))
}

/// A change to one row.
pub struct Update<'a> {
    /// Which file.
    pub file: RecordsFile,
    /// The row here.
    pub place: &'a Place,
    /// All values as they are to stand.
    pub values: &'a Fields,
    /// The columns of the file that change.
    pub columns: &'a [String],
    /// The day from which dated values count.
    pub day: Date,
}

/// Writes the changed columns of one row; what counted until the day is kept where it is dated.
///
/// # Errors
/// Constraints by name, e.g. a code that another row has.
pub fn update(tx: &Tx<'_>, _permit: &Permit, update: &Update<'_>, keys: &Keys) -> Result<()> {
    let Update { file, place, values: merged, columns: changed, day } = *update;
    let Some(table) = table(file) else { return Ok(()) };
    for (field, target) in table.columns {
        if !changed.iter().any(|c| c == field) {
            continue;
        }
        let value = merged.get(*field).unwrap_or(&Json::Null);
        match target {
            Text(name) | Number(name) | Target::Date(name) | Ref(name, _) => {
                let new = owned(field, *target, value, keys)?.ok_or_else(|| wrong(field, value))?;
                set(tx, table, place, name, &new)?;
            }
            Dated(_) => {}
            Code(system) => set_code(tx, table, place, system, value.as_str(), day)?,
        }
    }
    let dated = dated_columns(table);
    if dated.iter().any(|(field, _)| changed.iter().any(|c| c == field)) {
        set_dated(tx, table, place, &dated, merged, day)?;
    }
    if file == RecordsFile::Staff && changed.iter().any(|c| c == "given" || c == "surname") {
        set(tx, table, place, "sort_key", &Owned::Text(staff_sort_key(merged)))?;
    }
    Ok(())
}

fn set(tx: &Tx<'_>, table: &Table, place: &Place, column: &str, new: &Owned) -> Result<()> {
    let mut args: Vec<Value<'_>> = place.values.iter().map(Owned::value).collect();
    args.push(new.value());
    tx.execute(
        &format!("UPDATE {} SET {column} = ${} WHERE {}", table.name, args.len(), place.condition),
        &args,
    )?;
    Ok(())
}

fn set_dated(
    tx: &Tx<'_>,
    table: &Table,
    place: &Place,
    dated: &[(&str, &str)],
    merged: &Fields,
    day: Date,
) -> Result<()> {
    let (Some((name, column)), Some(id)) = (table.dated, place.id) else { return Ok(()) };
    let texts: Vec<String> = dated.iter().map(|(field, _)| text_of(merged, field)).collect();
    let mut args = vec![Value::Int(id), Value::Date(day)];
    args.extend(texts.iter().map(|t| Value::Text(t)));
    let sets: Vec<String> =
        dated.iter().enumerate().map(|(i, (_, name))| format!("{name} = ${}", i + 3)).collect();
    let again = format!("UPDATE {name} SET {} WHERE {column} = $1 AND valid_from = $2", sets.join(", "));
    if tx.execute(&again, &args)? == 0 {
        tx.execute(
            &format!("UPDATE {name} SET valid_to = $2 WHERE {column} = $1 AND valid_to IS NULL"),
            &args[..2],
        )?;
        let columns: Vec<&str> = dated.iter().map(|(_, name)| *name).collect();
        let places = super::staging::places(1, args.len());
        tx.execute(
            &format!("INSERT INTO {name} ({column}, valid_from, {}) VALUES ({places})", columns.join(", ")),
            &args,
        )?;
    }
    Ok(())
}

fn set_code(
    tx: &Tx<'_>,
    table: &Table,
    place: &Place,
    system: &str,
    code: Option<&str>,
    day: Date,
) -> Result<()> {
    let (Some((name, column)), Some(id)) = (table.codes, place.id) else { return Ok(()) };
    let args = [Value::Int(id), Value::Text(system), Value::Date(day)];
    tx.execute(
        &format!("DELETE FROM {name} WHERE {column} = $1 AND system = $2 AND valid_from = $3"),
        &args,
    )?;
    tx.execute(
        &format!("UPDATE {name} SET valid_to = $3 WHERE {column} = $1 AND system = $2 AND valid_to IS NULL"),
        &args,
    )?;
    if let Some(code) = code {
        tx.execute(
            &format!("INSERT INTO {name} ({column}, system, valid_from, code) VALUES ($1, $2, $3, $4)"),
            &[args[0], args[1], args[2], Value::Text(code)],
        )?;
    }
    Ok(())
}

/// Gives a row that was made here the key it has in the file.
///
/// # Errors
/// The engine's refusal.
pub fn adopt(tx: &Tx<'_>, _permit: &Permit, file: RecordsFile, place: &Place, key: &str) -> Result<()> {
    match (table(file), place.keyed) {
        (Some(table), false) => set(tx, table, place, "source_key", &Owned::Text(key.to_owned())),
        _ => Ok(()),
    }
}

/// Writes what points inside its own file: the unit above, for rows that [`insert`] added.
///
/// # Errors
/// The engine's refusal.
pub fn insert_parents(tx: &Tx<'_>, _permit: &Permit, rows: &[(String, Fields)], keys: &Keys) -> Result<()> {
    for (key, fields) in rows {
        let (Ok(key), Some(parent)) = (key.parse(), fields.get("parent_id").and_then(Json::as_i64)) else {
            continue;
        };
        if let (Some(id), Some(parent)) =
            (keys.id(RecordsFile::Units, key), keys.id(RecordsFile::Units, parent))
        {
            tx.execute(
                "UPDATE unit SET parent_id = $2 WHERE id = $1",
                &[Value::Int(id), Value::Int(parent)],
            )?;
        }
    }
    Ok(())
}

/// Writes every unit's way up anew from the tree of units.
///
/// # Errors
/// The engine's refusal.
pub fn rebuild_closure(tx: &Tx<'_>, _permit: &Permit) -> Result<()> {
    let parents: HashMap<i64, Option<i64>> = tx
        .query("SELECT id, parent_id FROM unit", &[], |r| Ok((r.int(0)?, r.opt_int(1)?)))?
        .into_iter()
        .collect();
    tx.execute("DELETE FROM unit_closure", &[])?;
    tx.bulk("unit_closure", &["descendant_id", "ancestor_id", "depth"], |put| {
        for unit in parents.keys() {
            let mut above = Some(*unit);
            let mut depth = 0_i64;
            while let Some(ancestor) = above
                && depth <= i64::try_from(parents.len()).unwrap_or(i64::MAX)
            {
                put.row(&[Value::Int(*unit), Value::Int(ancestor), Value::Int(depth)])?;
                above = parents.get(&ancestor).copied().flatten();
                depth += 1;
            }
        }
        Ok(())
    })?;
    Ok(())
}
