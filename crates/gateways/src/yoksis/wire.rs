//! What the services of YÖKSİS call things, letter by letter, and how an answer is taken apart.
//!
//! Source: section 14 of the ministry's "REST Servisler Yardım Dökümanı" as two open clients use it. Numbers come as
//! numbers and as texts, with decimal comma or point; what they mean is read where files with the same columns are.

use serde::Deserialize;
use serde_json::{Map, Value};
use services::ports::{PlacementPage, RemoteProblem};

/// Service of placed candidates.
pub(super) const PLACEMENTS: &str = "yerlestirmeveri";
/// Year of placement, in a query.
pub(super) const YEAR: &str = "yil";
/// Kind of placement, in a query.
pub(super) const KIND: &str = "tur";
/// Place of a page, in a query.
pub(super) const PAGE: &str = "page";
/// Rows of a page, in a query.
pub(super) const SIZE: &str = "size";
/// Rows that are asked for at once; the service's own default.
pub(super) const PAGE_SIZE: u32 = 1000;

/// Fields of `YerlestirmeVeri`, in the order of the document.
const FIELDS: [&str; 55] = [
    "tcKimlikNo",
    "adi",
    "soyadi",
    "babaAdi",
    "anneAdi",
    "cinsiyet",
    "dogumTarihi",
    "uyrukTc",
    "uyrukKktc",
    "uyrukYabanci",
    "dogumYer",
    "nufusIl",
    "nufusIlce",
    "okulKodu",
    "okulTuru",
    "okulKolu",
    "ogrenimDurumu",
    "ortaOgrenimMezuniyet",
    "yerlesmeTuru",
    "basariPuani",
    "adres",
    "adresIl",
    "semtIlce",
    "evTel",
    "cepTel",
    "eposta",
    "okulBirinci",
    "yerKullanilanPuani",
    "yerKullanilanBasariSirasi",
    "universiteKodu",
    "universiteAdi",
    "fakulteAdi",
    "programKodu",
    "programAdi",
    "tercihSirasi",
    "yerlestigiPuanTuru",
    "kontenjan",
    "mebDurum",
    "mebDurumAciklama",
    "mebSorgulamaTarihi",
    "asalDurum",
    "asalDurumAciklama",
    "asalSorgulamaTarihi",
    "obsKontrol",
    "obsKontrolSorgulamaTarihi",
    "okuduguProgram",
    "ekayitDonemId",
    "ekayitDonemAdi",
    "ekayitDonemTuru",
    "ibHazirlikSinifi",
    "ekayitIzin",
    "ekayitTarihi",
    "mezunBirimId",
    "diplomaNotSistemi",
    "mezuniyetTarihi",
];

/// Fields without which no row can become a candidate.
const NEEDED: [&str; 6] = ["tcKimlikNo", "adi", "soyadi", "cinsiyet", "dogumTarihi", "programKodu"];

/// `Page<T>`: Spring's page with `firstPage` and `lastPage` in place of `first` and `last`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    content: Vec<Value>,
    number: u32,
    total_pages: u32,
    total_elements: u64,
    number_of_elements: Option<usize>,
}

/// A page of placements.
pub(super) fn placements(body: &[u8]) -> Result<PlacementPage, RemoteProblem> {
    let answer: Value = serde_json::from_slice(body)
        .map_err(|error| if error.is_eof() { RemoteProblem::CutOff } else { RemoteProblem::NotData })?;
    let page = match answer {
        // A search that finds nothing may be answered without a page around it, and so may be all that it finds.
        Value::Array(content) => Page {
            number: 0,
            total_pages: 1,
            total_elements: u64::try_from(content.len()).unwrap_or(u64::MAX),
            number_of_elements: None,
            content,
        },
        whole => serde_json::from_value::<Page>(whole).map_err(|_| RemoteProblem::Unexpected)?,
    };
    if page.number_of_elements.is_some_and(|told| told != page.content.len()) {
        return Err(RemoteProblem::CutOff);
    }
    look_at_names(&page.content)?;
    Ok(PlacementPage {
        headings: FIELDS.map(str::to_owned).to_vec(),
        rows: page.content.iter().map(row).collect(),
        number: page.number,
        pages: page.total_pages,
        total: page.total_elements,
    })
}

/// Whether the rows still have the fields that were agreed. One row without a field is that row's fault; a field that
/// no row has was renamed.
fn look_at_names(content: &[Value]) -> Result<(), RemoteProblem> {
    let rows: Vec<&Map<String, Value>> = content.iter().filter_map(Value::as_object).collect();
    if rows.is_empty() {
        return if content.is_empty() { Ok(()) } else { Err(RemoteProblem::Unexpected) };
    }
    let missing: Vec<&str> =
        NEEDED.into_iter().filter(|name| !rows.iter().any(|row| row.contains_key(*name))).collect();
    if !missing.is_empty() {
        return Err(RemoteProblem::FieldsMissing { fields: missing.join(", ") });
    }
    let mut new: Vec<&str> = rows
        .iter()
        .flat_map(|row| row.keys())
        .map(String::as_str)
        .filter(|name| !FIELDS.contains(name))
        .collect();
    new.sort_unstable();
    new.dedup();
    if !new.is_empty() {
        tracing::warn!(fields = new.join(", "), "the placement service sends fields that are not known");
    }
    Ok(())
}

fn row(found: &Value) -> Vec<String> {
    match found {
        Value::Object(row) => {
            FIELDS.iter().map(|name| row.get(*name).map_or_else(String::new, text)).collect()
        }
        other => {
            let mut cells = vec![String::new(); FIELDS.len()];
            if let Some(first) = cells.first_mut() {
                *first = other.to_string().chars().take(200).collect();
            }
            cells
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => u8::from(*yes).to_string(),
        other => other.to_string(),
    }
}
