//! Whether the bytes of a picture are all there, and how large it is, without decoding it.
//!
//! A picture that was cut off would be found only when a paper shall show it; one with a few bytes and billions of
//! pixels would fill the memory of whoever decodes it.

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
}
