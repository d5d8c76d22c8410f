//! Uploads and stored bytes: type by content, size limits, hash.

use std::sync::Arc;

use super::picture;
use crate::{
    Office,
    error::{FieldError, Result, ServiceError},
};

/// Largest upload in bytes.
pub const MAX_UPLOAD: usize = 10 * 1024 * 1024;
/// Pixels of a photo at the most: papers show it, so somebody has to decode it.
const MAX_PIXELS: u64 = 25_000_000;
/// Types that a photo may have.
pub const IMAGE: &[&str] = &["image/jpeg", "image/png"];
/// Types that a scan may have.
pub const PDF_OR_IMAGE: &[&str] = &["application/pdf", "image/jpeg", "image/png"];

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
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        _ => None,
    }
}

/// Checks an upload and puts it into the file store, durable before any row names it.
///
/// # Errors
/// [`ServiceError::Invalid`] on `field` for a wrong type, an empty or too large file, a picture that was cut off, and a
/// photo with too many pixels.
pub async fn store(
    office: &Office,
    field: &'static str,
    upload: Upload,
    accepted: &'static [&'static str],
) -> Result<Stored> {
    if upload.bytes.is_empty() {
        return Err(ServiceError::field(field, "file-empty"));
    }
    if upload.bytes.len() > MAX_UPLOAD {
        return Err(ServiceError::Invalid(vec![FieldError::new(field, "file-too-large").with("max", "10")]));
    }
    let mime = type_of(&upload.bytes).filter(|mime| accepted.contains(mime)).ok_or_else(|| {
        ServiceError::field(field, if accepted == IMAGE { "file-not-image" } else { "file-not-pdf-or-image" })
    })?;
    if mime != "application/pdf" {
        let (width, height) = picture::size_of(&upload.bytes)
            .ok_or_else(|| ServiceError::field(field, "file-picture-broken"))?;
        if accepted == IMAGE && u64::from(width) * u64::from(height) > MAX_PIXELS {
            let error = FieldError::new(field, "file-picture-large")
                .with("max", (MAX_PIXELS / 1_000_000).to_string());
            return Err(ServiceError::Invalid(vec![error]));
        }
    }
    let size = upload.bytes.len();
    let files = Arc::clone(&office.files);
    let sha256 = tokio::task::spawn_blocking(move || files.put(&upload.bytes))
        .await
        .map_err(broken)?
        .map_err(broken)?;
    Ok(Stored { sha256, size, mime })
}

/// Bytes from the file store, checked against their hash.
///
/// # Errors
/// [`ServiceError::Port`] when they are missing or altered.
pub async fn bytes(office: &Office, sha256: [u8; 32]) -> Result<Vec<u8>> {
    let files = Arc::clone(&office.files);
    tokio::task::spawn_blocking(move || files.get(&sha256)).await.map_err(broken)?.map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Port { port: "files", message: error.to_string() }
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
