//! QR codes as vector pictures, so that they stay sharp on any printer.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::PdfError;

/// Modules of white around the code that readers need.
const QUIET_ZONE: usize = 2;

/// The QR code of `text` as an SVG of black modules on nothing, with a two-module quiet zone.
///
/// Neighbouring modules of a row are one rectangle, which keeps the paper small. Correction level M
/// survives a fold or a light stamp.
///
/// # Errors
/// [`PdfError::Qr`] if the text is longer than a QR code can hold.
pub fn qr_svg(text: &str) -> Result<String, PdfError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let width = code.width();
    let side = width + 2 * QUIET_ZONE;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}"><path d=""#
    );
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Writing into a String cannot fail.
                let _ =
                    write!(svg, "M{} {}h{len}v1h-{len}z", x + QUIET_ZONE, y + QUIET_ZONE, len = run.len());
            }
            x += run.len();
        }
    }
    svg.push_str(r#""/></svg>"#);
    Ok(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finder_pattern_opens_the_picture() {
        let svg = qr_svg("https://obs.example.invalid/dogrula/7K3M9QWERTYASDFGHZXCVB0123").expect("fits");
        assert!(svg.contains(r#"<path d="M2 2h7v1h-7z"#), "{svg}");
        assert!(svg.ends_with("</svg>"));
    }

    #[test]
    fn a_text_beyond_the_largest_code_is_refused() {
        assert!(matches!(qr_svg(&"x".repeat(4000)), Err(PdfError::Qr(_))));
    }
}
