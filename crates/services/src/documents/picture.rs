//! Pictures that somebody sent: whether they are whole, how large they are, and a photo as it is kept.
//!
//! A picture that was cut off or damaged would be found only when a paper shall show it; one with a few bytes and
//! billions of pixels would fill the memory of whoever decodes it; one from a telephone says where it was taken. So a
//! photo is decoded once, when it comes, and kept as a new picture of nothing but its pixels.

use std::{
    io::Cursor,
    sync::{Mutex, PoisonError},
};

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};

/// Pixels of a photo that is decoded, at the most.
pub(super) const MAX_PIXELS: u64 = 25_000_000;
/// Bytes that decoding one picture may take.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
/// The longer side of a photo that is kept: 45 mm on paper at more than 500 dots per inch.
const LONGER_SIDE: u32 = 1000;
/// Quality of a photo that is kept, of 100.
const QUALITY: u8 = 90;

/// One picture is decoded at a time, so that many of them cannot fill the memory together.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Why a photo is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unusable {
    /// Bytes are missing or make no picture.
    Broken,
    /// It has too many pixels.
    TooLarge,
}

/// A photo as it is kept: decoded to its last pixel, turned the way the camera was held, made smaller where it is larger
/// than any paper shows it, and written anew as JPEG, so that place, time, device and whatever else was hidden in the
/// file are gone. The same photo gives the same bytes.
pub(super) fn photo(bytes: &[u8]) -> Result<Vec<u8>, Unusable> {
    let picture = decode(bytes)?;
    let picture = if picture.width().max(picture.height()) > LONGER_SIDE {
        picture.resize(LONGER_SIDE, LONGER_SIDE, FilterType::CatmullRom)
    } else {
        picture
    };
    let mut kept = Vec::new();
    let written = JpegEncoder::new_with_quality(&mut kept, QUALITY).encode_image(&on_white(&picture));
    written.map_err(|_| Unusable::Broken)?;
    Ok(kept)
}

/// Whether a stored photo can be decoded to its last pixel, as the press will do.
pub(super) fn can_be_shown(bytes: &[u8]) -> bool {
    decode(bytes).is_ok()
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, Unusable> {
    let (width, height) = size_of(bytes).ok_or(Unusable::Broken)?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Unusable::TooLarge);
    }
    let format = if bytes.starts_with(&[0xFF, 0xD8]) { ImageFormat::Jpeg } else { ImageFormat::Png };
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let broken = |_| Unusable::Broken;
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(broken)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    decoder.set_limits(limits).map_err(broken)?;
    let held = decoder.orientation().map_err(broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(held);
    Ok(picture)
}

/// The picture without transparency; what shines through is white, as on paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0.map(u32::from);
        Rgb([red, green, blue].map(|light| {
            let mixed = (light * alpha + 255 * (255 - alpha) + 127) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        }))
    })
}

/// Width and height of a JPEG or PNG whose parts are all there; nothing for anything else.
pub(super) fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let found = match bytes {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, chunks @ ..] => png(chunks),
        [0xFF, 0xD8, segments @ ..] => jpeg(segments),
        _ => None,
    };
    found.filter(|(width, height)| *width > 0 && *height > 0)
}

/// Chunk by chunk from the header to the end; there must be picture data between them.
fn png(mut rest: &[u8]) -> Option<(u32, u32)> {
    let mut size = None;
    let mut has_data = false;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let (data, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        let (_checksum, after) = after.split_first_chunk::<4>()?;
        match kind {
            b"IHDR" if size.is_none() => {
                let (width, data) = data.split_first_chunk::<4>()?;
                let (height, _) = data.split_first_chunk::<4>()?;
                size = Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)));
            }
            b"IDAT" => has_data = true,
            b"IEND" => return size.filter(|_| has_data),
            _ if size.is_none() => return None,
            _ => {}
        }
        rest = after;
    }
}

/// Segment by segment to the picture data, which must come to its end.
fn jpeg(mut rest: &[u8]) -> Option<(u32, u32)> {
    let mut size = None;
    loop {
        let ([0xFF, marker], after) = rest.split_first_chunk::<2>()? else { return None };
        if *marker == 0xFF {
            // A marker may have any number of these before it.
            rest = rest.split_first()?.1;
            continue;
        }
        let (length, _) = after.split_first_chunk::<2>()?;
        let (segment, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        match marker {
            // Start of frame, in all its kinds; C4, C8 and CC are tables.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let [_, _, _, h1, h2, w1, w2, ..] = segment else { return None };
                size = Some((
                    u32::from(u16::from_be_bytes([*w1, *w2])),
                    u32::from(u16::from_be_bytes([*h1, *h2])),
                ));
            }
            0xDA => {
                let ends = after.windows(2).any(|pair| pair == [0xFF, 0xD9]);
                return size.filter(|_| ends);
            }
            _ => {}
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use image::{
        ExtendedColorType, GenericImageView, ImageEncoder, Rgba, RgbaImage, codecs::png::PngEncoder,
    };

    use super::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let chunk = |kind: &[u8; 4], data: &[u8]| {
            let length = u32::try_from(data.len()).expect("short").to_be_bytes();
            [&length[..], kind, data, &[0; 4]].concat()
        };
        let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), chunk(b"IDAT", b"data"), chunk(b"IEND", b"")]
            .concat()
    }

    fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC0, 0, 8, 8];
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.extend([1, 0xFF, 0xDA, 0, 2, 7, 7, 0xFF, 0xD9]);
        bytes
    }

    #[test]
    fn a_whole_picture_tells_its_size() {
        assert_eq!(size_of(&png_of(300, 400)), Some((300, 400)));
        assert_eq!(size_of(&jpeg_of(300, 400)), Some((300, 400)));
        assert_eq!(size_of(&png_of(u32::MAX, 1)), Some((u32::MAX, 1)));
    }

    #[test]
    fn a_picture_that_was_cut_off_is_none_wherever_the_cut_is() {
        for whole in [png_of(30, 40), jpeg_of(30, 40)] {
            for end in 0..whole.len() {
                assert_eq!(size_of(&whole[..end]), None, "{end}");
            }
        }
        assert_eq!(size_of(&png_of(0, 4)), None);
        assert_eq!(size_of(b"\x89PNG\r\n\x1a\n rest of a picture"), None);
    }

    /// A JPEG whose upper half is red and whose lower half is blue.
    fn red_over_blue(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |_, y| {
            if y < height / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) }
        });
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, 95).encode_image(&picture).expect("a JPEG");
        bytes
    }

    /// The JPEG with what a telephone adds: which way it was held, and the place.
    fn from_a_telephone(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        exif.extend(b"GPS 41.37N 33.77E");
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
    }

    fn has(bytes: &[u8], words: &[u8]) -> bool {
        bytes.windows(words.len()).any(|found| found == words)
    }

    #[test]
    fn a_photo_is_kept_upright_small_and_without_what_it_tells() {
        let plain = photo(&red_over_blue(300, 400)).expect("a photo");
        assert_eq!(size_of(&plain), Some((300, 400)));
        assert_eq!(photo(&red_over_blue(300, 400)).expect("a photo"), plain);

        // Held so that the top of the person is on the right of the file: six.
        let sent = from_a_telephone(&red_over_blue(400, 300), 6);
        assert!(has(&sent, b"GPS 41.37N") && has(&sent, b"Exif"));
        let kept = photo(&sent).expect("a photo");
        assert_eq!(size_of(&kept), Some((300, 400)));
        assert!(!has(&kept, b"GPS") && !has(&kept, b"Exif"));
        let seen = decode(&kept).expect("a picture");
        let ([left, ..], [right, ..]) = (seen.get_pixel(20, 200).0, seen.get_pixel(280, 200).0);
        assert!(left < 100 && right > 150, "{left} {right}");

        let large = photo(&red_over_blue(1500, 2000)).expect("a photo");
        assert_eq!(size_of(&large), Some((750, 1000)));
        assert!(large.len() < 100 * 1024, "{}", large.len());
    }

    fn png(picture: &RgbaImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        PngEncoder::new(&mut bytes)
            .write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgba8)
            .expect("a PNG");
        bytes
    }

    #[test]
    fn what_shines_through_is_white() {
        let glass = png(&RgbaImage::from_pixel(40, 50, Rgba([0, 0, 0, 0])));
        let seen = decode(&photo(&glass).expect("a photo")).expect("a picture");
        assert_eq!(seen.get_pixel(20, 20).0[..3], [255, 255, 255]);
        let smoke = png(&RgbaImage::from_pixel(40, 50, Rgba([0, 0, 0, 128])));
        let seen = decode(&photo(&smoke).expect("a photo")).expect("a picture");
        assert!((120..136).contains(&seen.get_pixel(20, 20).0[0]));
    }

    #[test]
    fn a_picture_with_spoilt_pixels_is_broken_though_its_parts_are_all_there() {
        let whole = png(&RgbaImage::from_fn(60, 80, |x, y| Rgba([x as u8, y as u8, 7, 255])));
        assert!(photo(&whole).is_ok());
        let data = whole.windows(4).position(|name| name == b"IDAT").expect("pixels") + 12;
        let mut spoilt = whole;
        spoilt[data..data + 12].fill(0xFF);
        assert!(size_of(&spoilt).is_some(), "its parts are all there");
        assert_eq!(photo(&spoilt), Err(Unusable::Broken));
        assert!(!can_be_shown(&spoilt));
        // Headers alone.
        assert_eq!(photo(&png_of(300, 400)), Err(Unusable::Broken));
        assert_eq!(photo(&jpeg_of(300, 400)), Err(Unusable::Broken));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        assert_eq!(photo(&png_of(u32::MAX, u32::MAX)), Err(Unusable::TooLarge));
        assert_eq!(photo(&jpeg_of(u16::MAX, u16::MAX)), Err(Unusable::TooLarge));
        assert_eq!(photo(&png_of(5001, 5000)), Err(Unusable::TooLarge));
    }
}
