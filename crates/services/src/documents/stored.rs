//! Uploads and stored bytes: type by content, size limits, hash.

use std::sync::Arc;

use super::{
    failed,
    picture::{self, MAX_PIXELS, Unusable},
};
use crate::{
    Office,
    error::{FieldError, Result, ServiceError},
};

/// Largest upload in bytes.
pub const MAX_UPLOAD: usize = 10 * 1024 * 1024;
const PDF: &str = "application/pdf";
const NOT_IMAGE: &str = "file-not-image";

/// Bytes that somebody sent; the name they came with is not believed.
#[derive(Clone)]
pub struct Upload {
    /// The content.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({} bytes)", self.bytes.len())
    }
}

/// An upload that lies in the file store and can be named by a row.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Hash of the content.
    pub sha256: [u8; 32],
    /// Size in bytes.
    pub size: usize,
    /// Type by content.
    pub mime: &'static str,
}

/// The type of bytes by what they begin and end with; nothing for types that are not kept.
pub fn type_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(PDF),
        _ => None,
    }
}

/// Checks a photo and puts it into the file store as a new picture of its pixels alone, upright and no larger than
/// papers show it ([`picture::photo`]): what the file said of place and device is not kept.
///
/// # Errors
/// [`ServiceError::Invalid`] on `field` for what is no JPEG or PNG, is empty or too large, has too many pixels, or cannot
/// be decoded to its last pixel.
pub async fn store_photo(office: &Office, field: &'static str, upload: Upload) -> Result<Stored> {
    if checked_type(field, &upload.bytes, NOT_IMAGE)? == PDF {
        return Err(ServiceError::field(field, NOT_IMAGE));
    }
    let drawn = tokio::task::spawn_blocking(move || picture::photo(&upload.bytes)).await;
    let bytes = drawn.map_err(|error| failed("files", &error))?.map_err(|unusable| match unusable {
        Unusable::Broken => ServiceError::field(field, "file-picture-broken"),
        Unusable::TooLarge => {
            let most = (MAX_PIXELS / 1_000_000).to_string();
            ServiceError::Invalid(vec![FieldError::new(field, "file-picture-large").with("max", most)])
        }
    })?;
    put(office, bytes, "image/jpeg").await
}

/// Checks a scan, PDF or picture, and puts it into the file store as it came, because it is evidence.
///
/// # Errors
/// [`ServiceError::Invalid`] on `field` for a wrong type, an empty or too large file, and a picture that was cut off.
pub async fn store_scan(office: &Office, field: &'static str, upload: Upload) -> Result<Stored> {
    let mime = checked_type(field, &upload.bytes, "file-not-pdf-or-image")?;
    if mime != PDF && picture::size_of(&upload.bytes).is_none() {
        return Err(ServiceError::field(field, "file-picture-broken"));
    }
    put(office, upload.bytes, mime).await
}

/// The type of what was sent, by its content; `otherwise` is what a wrong one is called.
fn checked_type(field: &'static str, bytes: &[u8], otherwise: &'static str) -> Result<&'static str> {
    if bytes.is_empty() {
        return Err(ServiceError::field(field, "file-empty"));
    }
    if bytes.len() > MAX_UPLOAD {
        return Err(ServiceError::Invalid(vec![FieldError::new(field, "file-too-large").with("max", "10")]));
    }
    type_of(bytes).ok_or_else(|| ServiceError::field(field, otherwise))
}

/// Makes bytes durable before any row names them.
async fn put(office: &Office, bytes: Vec<u8>, mime: &'static str) -> Result<Stored> {
    let size = bytes.len();
    let files = Arc::clone(&office.files);
    let sha256 = tokio::task::spawn_blocking(move || files.put(&bytes))
        .await
        .map_err(|error| failed("files", &error))?
        .map_err(|error| ServiceError::port("files", error))?;
    Ok(Stored { sha256, size, mime })
}

/// Bytes from the file store, checked against their hash.
///
/// # Errors
/// [`ServiceError::Port`] when they are missing or altered.
pub async fn bytes(office: &Office, sha256: [u8; 32]) -> Result<Vec<u8>> {
    let files = Arc::clone(&office.files);
    tokio::task::spawn_blocking(move || files.get(&sha256))
        .await
        .map_err(|error| failed("files", &error))?
        .map_err(|error| ServiceError::port("files", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_not_believed() {
        assert_eq!(type_of(b"%PDF-1.7 ..."), Some("application/pdf"));
        assert_eq!(type_of(b"MZ\x90\x00 photo.jpg"), None);
        assert_eq!(type_of(b"<svg onload=alert(1)>"), None);
        assert_eq!(type_of(&[0xFF, 0xD8, 0xFF, 0xE0]), Some("image/jpeg"));
    }
}
