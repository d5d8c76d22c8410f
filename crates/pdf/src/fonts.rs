//! The letters on the paper: Liberation Sans, metric twin of the Arial that official letters may be written in (RYZ-03),
//! under the SIL Open Font License (`fonts/OFL.txt`). One family for all papers.

use typst::foundations::Bytes;
use typst::text::Font;

const FACES: [&[u8]; 2] = [
    include_bytes!("../fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../fonts/LiberationSans-Bold.ttf"),
];

/// The faces built into the program, in the order of [`FACES`].
pub(crate) fn built_in() -> Vec<Font> {
    FACES.into_iter().flat_map(|face| Font::iter(Bytes::new(face))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_has_the_letters_that_papers_may_show() {
        for face in built_in() {
            let info = face.info();
            for letter in catalogue::documents::common::letters::LETTERS.iter().cloned().flatten() {
                assert!(info.coverage.contains(u32::from(letter)), "{} lacks {letter:?}", info.family);
            }
        }
    }

    #[test]
    fn every_face_has_the_turkish_letters() {
        let faces = built_in();
        assert_eq!(faces.len(), FACES.len());
        for face in faces {
            let info = face.info();
            for letter in "ğüşiöçıĞÜŞİÖÇIâîûÂÎÛ0123456789—–•“”’²×".chars() {
                assert!(info.coverage.contains(u32::from(letter)), "{} lacks {letter}", info.family);
            }
        }
    }
}
