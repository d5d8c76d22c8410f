//! What a reader finds on the papers.

use catalogue::documents::KINDS;
use serde_json::Value;

use crate::support::{PRESS, all_papers, ask, metadata, pictures, render, template};

#[test]
fn every_sample_is_sound_archivable_and_readable() {
    for (name, kind, sample, bytes, path) in all_papers() {
        let checked = ask("qpdf", &["--check"], &path);
        assert!(checked.contains("No syntax or stream encoding errors"), "{name}: {checked}");
        assert!(!checked.contains("WARNING"), "{name}: {checked}");

        let whole = String::from_utf8_lossy(&bytes);
        assert!(whole.contains("<pdfaid:part>2</pdfaid:part>"), "{name} names no PDF/A part");
        assert!(whole.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{name} names no conformance");
        assert!(whole.contains(&format!("/Lang({})", sample.lang.code())), "{name} names no language");

        let info = ask("pdfinfo", &[], &path);
        assert!(info.contains(&format!("Title:           {}", kind.title(sample.lang))), "{info}");
        assert!(info.contains("Creator:         Künye"), "{info}");
        assert!(!info.contains("Syntax"), "{info}");

        let fonts = ask("pdffonts", &[], &path);
        let faces: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!faces.is_empty(), "{name} has no fonts");
        for face in faces {
            // The columns are: emb sub uni.
            assert!(face.contains("Liberation") && face.contains("yes yes yes"), "{name}: {face}");
        }

        let text = ask("pdftotext", &["-layout"], &path);
        assert!(text.contains((kind.texts)().label(sample.lang, "heading")), "{name}: {text}");
        assert!(text.contains("7K3M9-Q8RT2-V5WX4-YZ6AB-CDEF01"), "{name}: {text}");
    }
}

/// The places of all lists in the data of a paper, as JSON pointers; a list within a list is a row of fixed length.
fn lists(value: &Value, place: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            found.push(place.to_owned());
            for (n, item) in items.iter().enumerate().filter(|(_, item)| item.is_object()) {
                lists(item, &format!("{place}/{n}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                lists(field, &format!("{place}/{name}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn whichever_list_of_a_paper_is_empty_it_can_be_set() {
    for kind in KINDS {
        let template = template(kind);
        for sample in (kind.samples)().into_iter().filter(|sample| !sample.name.contains("crowded")) {
            let data: Value = serde_json::from_slice(&sample.data).expect("json");
            let mut places = Vec::new();
            lists(&data["body"], "/body", &mut places);
            // One of each sort: the courses of the first term stand for those of all others, the last for the end.
            let mut sorts = std::collections::BTreeMap::new();
            for place in places {
                let sort: String = place.chars().filter(|c| !c.is_ascii_digit()).collect();
                let ends: &mut Vec<String> = sorts.entry(sort).or_default();
                ends.truncate(1);
                ends.push(place);
            }
            for place in sorts.into_values().flatten() {
                let mut emptied = data.clone();
                *emptied.pointer_mut(&place).expect("a list") = Value::Array(Vec::new());
                let sheet = serde_json::to_vec(&emptied).expect("json");
                let set = PRESS.render(&template, sheet, &pictures(&sample), &metadata(kind, &sample));
                assert!(set.is_ok(), "{}-{} without {place}: {:?}", kind.key, sample.name, set.err());
            }
        }
    }
}

#[test]
fn turkish_letters_come_back_from_the_paper() {
    let papers = all_papers();
    let text = |name: &str| {
        let (.., path) = papers.iter().find(|paper| paper.0 == name).expect("sample");
        ask("pdftotext", &["-layout"], path)
    };
    let certificate = text("student_certificate-plain");
    for words in
        ["ÖRNEK ÜNİVERSİTESİ", "Işıl", "IŞIK", "Iğdır", "Gülşah ÇELİKOĞLU", "İLGİLİ MAKAMA", "2026/1482"]
    {
        assert!(certificate.contains(words), "{words} is not in {certificate}");
    }
    let transcript = text("transcript-plain");
    for words in
        ["Işıl IŞIK", "FİZ101", "Atatürk İlkeleri ve İnkılap Tarihi I", "2,74", "AGNO", "Koşullu geçer"]
    {
        assert!(transcript.contains(words), "{words} is not in {transcript}");
    }
    assert!(text("transcript-english").contains("Atatürk"));
}

#[test]
fn what_is_handed_out_is_one_page_and_eight_terms_with_their_scale_are_two() {
    for (name, _, _, bytes, _) in all_papers() {
        let pages = pdf::page_count(&bytes).expect("readable");
        match name.as_str() {
            "transcript-crowded" | "transcript-english-crowded" => assert_eq!(pages, 3, "{name}"),
            name if name.starts_with("transcript") => assert_eq!(pages, 2, "{name}"),
            "daily_registration_list-crowded" => assert_eq!(pages, 5, "{name}"),
            "sign_in_sheet-crowded" => assert_eq!(pages, 5, "{name}"),
            "orientation_notice-crowded" => assert_eq!(pages, 2, "{name}"),
            name if [
                "student_certificate",
                "registration",
                "missing_papers",
                "file_label",
                "daily",
                "participation",
                "orientation",
                "sign_in",
            ]
            .iter()
            .any(|kind| name.starts_with(kind)) =>
            {
                assert_eq!(pages, 1, "{name}");
            }
            // Another kind's length is its own.
            _ => assert!(pages >= 1, "{name}"),
        }
    }
}

/// The pages' texts of a transcript that is altered before it is printed.
fn pages_of(sample: &str, alter: impl Fn(&mut Value)) -> Vec<String> {
    let kind = KINDS.iter().find(|kind| kind.key == "transcript").expect("transcript");
    let mut sample = (kind.samples)().into_iter().find(|s| s.name == sample).expect("sample");
    let mut data: Value = serde_json::from_slice(&sample.data).expect("JSON");
    alter(&mut data);
    sample.data = serde_json::to_vec(&data).expect("JSON");
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, render(kind, &sample)).expect("written");
    let text = ask("pdftotext", &["-layout"], &path);
    text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
}

fn page_with(pages: &[String], words: &str) -> usize {
    1 + pages.iter().position(|page| page.contains(words)).unwrap_or_else(|| panic!("no {words}: {pages:?}"))
}

#[test]
fn the_scale_stands_on_the_back_and_the_totals_with_the_last_term() {
    let mut lengths = Vec::new();
    for terms in 1..=8 {
        for remaining in 0..=5 {
            let pages = pages_of("first-year", |data| {
                let blocks = &mut data["body"]["blocks"];
                let one = blocks[0].clone();
                *blocks = (0..terms)
                    .map(|n| {
                        let mut block = one.clone();
                        block["title"] = format!("Dönem {n}.").into();
                        block
                    })
                    .collect();
                let list = data["body"]["remaining"].as_array_mut().expect("terms");
                list.truncate(remaining);
            });
            let totals = page_with(&pages, "GENEL TOPLAM");
            assert_eq!(totals, page_with(&pages, &format!("Dönem {}.", terms - 1)), "{terms} {remaining}");
            let signature = page_with(&pages, "Gülşah");
            if remaining > 0 {
                let last = format!("{}. yarıyıl", 2 + remaining);
                assert_eq!(page_with(&pages, "HENÜZ ALINMAYAN"), page_with(&pages, "3. yarıyıl"));
                assert_eq!(signature, page_with(&pages, &last), "{terms} {remaining}");
            } else {
                assert_eq!(signature, totals, "{terms}");
            }
            let scale = page_with(&pages, "NOT ÖLÇEĞİ");
            assert_eq!(scale, pages.len());
            // On the back of the sheet; on a page of its own only where a full back left no room.
            let full = pages.get(signature - 1).is_some_and(|page| page.lines().count() > 40);
            assert!(
                (scale.is_multiple_of(2) && scale <= signature + 1) || (scale == signature + 1 && full),
                "{terms} {remaining}"
            );
            lengths.push(pages.len());
        }
    }
    assert!(lengths.contains(&2) && lengths.contains(&3), "{lengths:?}");
}

#[test]
fn a_paper_numbered_before_there_was_a_list_of_what_remains_is_still_printed() {
    let pages = pages_of("first-year", |data| {
        data["body"].as_object_mut().expect("body").remove("remaining");
    });
    assert!(!pages.iter().any(|page| page.contains("HENÜZ ALINMAYAN")));
    assert!(pages_of("first-year", |_| {})[0].contains("HENÜZ ALINMAYAN DERSLER"));
}

#[test]
fn a_withheld_figure_is_named_with_its_reason() {
    let papers = all_papers();
    let (.., path) = papers.iter().find(|paper| paper.0 == "transcript-withheld").expect("sample");
    let text = ask("pdftotext", &["-layout"], path);
    assert!(text.contains("basılmadı"), "{text}");
    assert!(text.contains("ANO, AGNO"), "{text}");
    assert!(text.contains("yuvarlama kuralı"), "{text}");
    assert!(!text.contains("2,74"), "{text}");
}

#[test]
fn papers_stay_small() {
    for (name, _, _, bytes, _) in all_papers() {
        let pages = pdf::page_count(&bytes).expect("readable");
        let most = if pages > 2 { 72 } else { 60 };
        assert!(bytes.len() <= most * 1024, "{name}: {} bytes", bytes.len());
    }
}

#[test]
fn data_that_does_not_fit_is_refused_with_file_and_line() {
    let kind = &KINDS[0];
    let sample = (kind.samples)().into_iter().next().expect("sample");
    let made = PRESS.render(&template(kind), b"{}".to_vec(), &pictures(&sample), &metadata(kind, &sample));
    let error = made.expect_err("nothing to print").to_string();
    assert!(error.contains("student_certificate/paper.typ:4: "), "{error}");
}

#[test]
fn a_letter_in_no_font_is_refused_by_name_not_printed_as_a_box() {
    let kind = &KINDS[0];
    let mut sample = (kind.samples)().into_iter().next().expect("sample");
    let data = String::from_utf8(sample.data).expect("JSON is UTF-8");
    sample.data = data.replace("Işıl", "春").into_bytes();
    let made =
        PRESS.render(&template(kind), sample.data.clone(), &pictures(&sample), &metadata(kind, &sample));
    let error = made.expect_err("no such letter").to_string();
    assert!(error.contains('春'), "{error}");
    // The press is not spoilt by it.
    sample.data = data.into_bytes();
    assert!(!render(kind, &sample).is_empty());
}

#[test]
fn a_broken_photo_is_refused_and_a_missing_one_named() {
    let kind = &KINDS[0];
    let sample = (kind.samples)().into_iter().find(|sample| sample.name == "english-photo").expect("sample");
    let mut pictures = pictures(&sample);
    let print = |pictures: &[pdf::Picture]| {
        PRESS.render(&template(kind), sample.data.clone(), pictures, &metadata(kind, &sample))
    };
    pictures.retain(|picture| picture.name() != "photo.svg");
    let error = print(&pictures).expect_err("no photo").to_string();
    assert!(error.contains("photo.svg"), "{error}");
    pictures.push(pdf::Picture::new("photo.svg", b"<svg".to_vec()).expect("name"));
    assert!(matches!(print(&pictures), Err(pdf::PdfError::Typesetting(_))));
}

#[test]
fn photos_may_be_jpeg_or_png() {
    let kind = &KINDS[0];
    let sample = (kind.samples)().into_iter().find(|sample| sample.name == "english-photo").expect("sample");
    let data = String::from_utf8(sample.data.clone()).expect("JSON is UTF-8");
    let photos: [(&str, &[u8]); 2] =
        [("photo.jpg", include_bytes!("photo.jpg")), ("photo.png", include_bytes!("photo.png"))];
    for (name, bytes) in photos {
        let mut pictures = pictures(&sample);
        pictures.push(pdf::Picture::new(name, bytes.to_vec()).expect("name"));
        let data = data.replace("photo.svg", name).into_bytes();
        let made = PRESS.render(&template(kind), data, &pictures, &metadata(kind, &sample));
        let bytes = made.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(String::from_utf8_lossy(&bytes).contains("/Subtype/Image"), "{name} is not on the paper");
    }
}
