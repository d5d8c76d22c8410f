//! A whole list as one file for the printer.

use catalogue::documents::KINDS;

use crate::support::{all_papers, ask, render};

#[test]
fn joined_papers_keep_their_order_and_their_text() {
    let papers = all_papers();
    let joined = pdf::merge(papers.iter().map(|paper| &paper.3)).expect("joined");
    let pages: usize = papers.iter().map(|paper| pdf::page_count(&paper.3).expect("readable")).sum();
    assert_eq!(pdf::page_count(&joined).expect("readable"), pages);

    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("joined.pdf");
    std::fs::write(&path, &joined).expect("written");
    let checked = ask("qpdf", &["--check"], &path);
    assert!(
        checked.contains("No syntax or stream encoding errors") && !checked.contains("WARNING"),
        "{checked}"
    );
    let singly: String = papers.iter().map(|paper| ask("pdftotext", &["-layout"], &paper.4)).collect();
    assert_eq!(ask("pdftotext", &["-layout"], &path), singly);
}

#[test]
fn a_hundred_transcripts_share_what_is_the_same() {
    let kind = KINDS.iter().find(|kind| kind.key == "transcript").expect("transcript");
    let sample = (kind.samples)().into_iter().next().expect("sample");
    let one = render(kind, &sample);
    let joined = pdf::merge(std::iter::repeat_n(&one, 100)).expect("joined");
    assert_eq!(pdf::page_count(&joined).expect("readable"), 200);
    // Equal fonts, profiles and page contents are stored once.
    assert!(joined.len() < 10 * one.len(), "{} bytes from {}", joined.len(), one.len());
}

#[test]
fn what_is_no_pdf_is_refused() {
    assert!(matches!(pdf::merge([b"no paper"]), Err(pdf::PdfError::Merge(_))));
    assert!(matches!(pdf::page_count(b""), Err(pdf::PdfError::Merge(_))));
}
