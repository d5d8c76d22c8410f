//! QR codes for the screen, as pictures of their own: black on white, whatever the look of the page.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode, types::QrError};

/// Modules of white around the code that readers need.
const QUIET_ZONE: usize = 4;

/// The QR code of `text` as an SVG picture.
///
/// # Errors
/// A text longer than a code can hold.
pub(crate) fn svg(text: &str) -> Result<String, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let width = code.width();
    let side = width + 2 * QUIET_ZONE;
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/><path d=""##
    );
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let (left, top, len) = (x + QUIET_ZONE, y + QUIET_ZONE, run.len());
                // Writing into a String cannot fail.
                let _ = write!(svg, "M{left} {top}h{len}v1h-{len}z");
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
    fn the_code_stands_in_white() {
        let svg = svg("https://kunye.example.invalid/oryantasyon/katil/00112233445566778899aabbccddeeff")
            .expect("fits");
        assert!(svg.contains(r#"<path d="M4 4h7v1h-7z"#), "{svg}");
        assert!(super::svg(&"x".repeat(4000)).is_err());
    }
}
