//! Looking at a file before its rows are read: is it there, whose header is it, do the columns hold what they say?

use std::{fs, path::Path};

use base::text::upper_tr;
use storage::records::RecordsFile;

use super::{
    cells,
    faults::{Faults, quoted},
    format::{Column, Format, Shape, format},
    lines::{Lines, split},
};

/// Rows looked at before the columns are believed.
const SAMPLE: usize = 50;
/// Rows that must agree before a whole column is called wrong.
const ENOUGH: usize = 3;

/// A file whose header was understood; the next line is the first row.
pub(super) struct Opened {
    pub lines: Lines,
    /// For each field of a row, its column in the format.
    pub order: Vec<usize>,
}

/// Opens a file of the folder; answers nothing when its rows cannot be read, and says why.
pub(super) fn open(dir: &Path, file: RecordsFile, faults: &mut Faults) -> Option<Opened> {
    let path = dir.join(file.file_name());
    let format = format(file);
    let size = match fs::metadata(&path) {
        Ok(found) if found.is_file() => found.len(),
        Ok(_) => {
            faults.file(file, "missing_file", "Bu adla bir dosya değil, klasör var.");
            return None;
        }
        Err(_) => {
            let near = similar_name(dir, file.file_name());
            let hint = near
                .map_or_else(String::new, |name| format!(" Klasörde {} var; adını düzeltin.", quoted(&name)));
            faults.file(file, "missing_file", format!("Dosya klasörde yok. On iki dosyanın hepsi gerekir; satırı yoksa yalnız başlığıyla koyun.{hint}"));
            return None;
        }
    };
    if size == 0 {
        faults.file(
            file,
            "empty_file",
            format!("Dosya boş. En azından başlık satırı olmalı: {}", format.header()),
        );
        return None;
    }
    let mut lines = read(file, faults, || Lines::open(&path))?;
    let order = header(file, format, &mut lines, faults)?;
    let mut sample = read(file, faults, || Lines::open(&path))?;
    if columns_fit(file, format, &order, &mut sample, faults) { Some(Opened { lines, order }) } else { None }
}

fn read<T>(file: RecordsFile, faults: &mut Faults, open: impl FnOnce() -> std::io::Result<T>) -> Option<T> {
    open().map_err(|error| faults.file(file, "unreadable", format!("Dosya okunamadı: {error}."))).ok()
}

fn similar_name(dir: &Path, wanted: &str) -> Option<String> {
    let names = fs::read_dir(dir).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let plain = |name: &str| name.to_ascii_lowercase().replace(['_', '-', ' '], "");
    names.into_iter().find(|name| plain(name) == plain(wanted))
}

fn header(file: RecordsFile, format: &Format, lines: &mut Lines, faults: &mut Faults) -> Option<Vec<usize>> {
    let line = match read(file, faults, || lines.next())? {
        Some(Ok(())) => lines.current().to_owned(),
        Some(Err(fault)) => {
            faults.row(file, 1, None, fault.code, fault.message);
            return None;
        }
        None => {
            faults.file(
                file,
                "empty_file",
                format!("Dosya boş. En azından başlık satırı olmalı: {}", format.header()),
            );
            return None;
        }
    };
    if !line.contains(',') {
        for (separator, name) in [(';', "noktalı virgül (;)"), ('\t', "sekme"), ('|', "dikey çizgi (|)")] {
            if line.contains(separator) {
                faults.row(
                    file,
                    1,
                    None,
                    "separator",
                    format!("Alanlar {name} ile ayrılmış; virgül (,) olmalı. Excel’de “CSV UTF-8 (virgülle ayrılmış)” biçimini seçin, bölge ayarı noktalı virgül kullanıyorsa ayırıcıyı virgüle çevirin."),
                );
                return None;
            }
        }
    }
    let (mut text, mut ends) = (String::new(), Vec::new());
    if let Err(message) = split(&line, ',', &mut text, &mut ends) {
        faults.row(file, 1, None, "quote", message);
        return None;
    }
    let mut start = 0;
    let names: Vec<&str> = ends
        .iter()
        .map(|end| {
            let name = text[start..*end].trim();
            start = *end;
            name
        })
        .collect();
    let places: Vec<Option<usize>> = names
        .iter()
        .map(|name| format.columns.iter().position(|c| c.name.eq_ignore_ascii_case(name)))
        .collect();
    if places.iter().all(Option::is_none) {
        faults.row(
            file,
            1,
            None,
            "no_header",
            format!(
                "İlk satır başlık değil ({}). İlk satıra sütun adlarını yazın: {}",
                quoted(&line),
                format.header()
            ),
        );
        return None;
    }
    let before = faults.len();
    for (place, name) in places.iter().zip(&names) {
        if place.is_none() {
            let what = if name.is_empty() {
                "adsız bir sütun".to_owned()
            } else {
                format!("bilinmeyen sütun {}", quoted(name))
            };
            faults.row(
                file,
                1,
                None,
                "unknown_column",
                format!("Başlıkta {what} var. Silin ya da adını düzeltin; beklenen: {}", format.header()),
            );
        }
    }
    for (i, column) in format.columns.iter().enumerate() {
        match places.iter().filter(|place| **place == Some(i)).count() {
            0 => faults.row(
                file,
                1,
                column.name,
                "missing_column",
                "Başlıkta bu sütun yok. Sütunu ekleyin; sıra önemli değildir.",
            ),
            1 => {}
            n => faults.row(
                file,
                1,
                column.name,
                "repeated_column",
                format!("Başlıkta bu sütun {n} kez var; birini silin."),
            ),
        }
    }
    if faults.len() > before { None } else { places.into_iter().collect() }
}

/// Whether the first rows hold in each column what the header says.
fn columns_fit(
    file: RecordsFile,
    format: &Format,
    order: &[usize],
    lines: &mut Lines,
    faults: &mut Faults,
) -> bool {
    let (mut text, mut ends) = (String::new(), Vec::new());
    let mut rows: Vec<Vec<String>> = Vec::new();
    // A line that cannot be read gets its message when the rows are read.
    let _ = lines.next();
    while rows.len() < SAMPLE
        && let Ok(Some(Ok(()))) = lines.next()
    {
        if split(lines.current(), ',', &mut text, &mut ends).is_err() || ends.len() != order.len() {
            continue;
        }
        let mut row = vec![String::new(); format.columns.len()];
        let mut start = 0;
        for (end, place) in ends.iter().zip(order) {
            text[start..*end].trim().clone_into(&mut row[*place]);
            start = *end;
        }
        rows.push(row);
    }
    let filled = |place: usize| rows.iter().map(move |r| r[place].as_str()).filter(|v| !v.is_empty());
    let fits = |column: &Column, value: &str| cells::read(column, value).is_ok();
    let all_fit = |column: &Column, place: usize| {
        filled(place).next().is_some() && filled(place).all(|v| fits(column, v))
    };
    let wrong: Vec<usize> = (0..format.columns.len())
        .filter(|place| {
            filled(*place).count() >= ENOUGH && filled(*place).all(|v| !fits(&format.columns[*place], v))
        })
        .collect();
    let before = faults.len();
    let mut told: Vec<usize> = Vec::new();
    for place in wrong {
        if told.contains(&place) {
            continue;
        }
        let column = &format.columns[place];
        let partner = (0..format.columns.len()).find(|other| {
            *other != place && all_fit(column, *other) && all_fit(&format.columns[*other], place)
        });
        let example = filled(place).next().unwrap_or_default();
        if let Some(other) = partner {
            told.push(other);
            swapped(file, column.name, format.columns[other].name, faults);
        } else if is_typed(column.shape) {
            faults.row(
                file,
                2,
                column.name,
                "column_content",
                format!(
                    "İlk {} satırın hiçbirinde beklenen içerik yok ({}); örneğin {}. Sütunlar kaymış ya da başlık yanlış olabilir; başlığı verilerle karşılaştırın.",
                    filled(place).count(),
                    column.shape.described(),
                    quoted(example)
                ),
            );
        }
    }
    if let (Some(given), Some(surname)) = (format.place("given"), format.place("surname")) {
        let capitals = |v: &str| v.chars().filter(|c| c.is_alphabetic()).count() > 1 && upper_tr(v) == v;
        if rows.len() >= ENOUGH
            && rows.iter().all(|r| capitals(&r[given]) && !r[surname].is_empty() && !capitals(&r[surname]))
        {
            swapped(file, "given", "surname", faults);
        }
    }
    faults.len() == before
}

fn swapped(file: RecordsFile, one: &'static str, other: &'static str, faults: &mut Faults) {
    faults.row(
        file,
        1,
        one,
        "swapped_columns",
        format!("“{one}” ile “{other}” sütunları yer değiştirmiş: ilk satırlarda birinin içeriği ötekinde duruyor. Başlıkta bu iki adı değiştirin."),
    );
}

/// Whether a column that is wrong throughout is more likely the wrong column than full of mistakes.
fn is_typed(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Key
            | Shape::Ref(_)
            | Shape::Word(_)
            | Shape::Digits(_)
            | Shape::Number(..)
            | Shape::Decimal(_)
            | Shape::Date
            | Shape::AcademicYear
    )
}
