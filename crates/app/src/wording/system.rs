//! What the operating system refused.

use std::{
    io::{Error, ErrorKind},
    path::Path,
};

use web::texts::Texts;

/// Why a file, folder or address could not be used.
pub fn system(t: &Texts, error: &Error) -> String {
    let key = match error.kind() {
        ErrorKind::NotFound => "cannot-system-not-found",
        ErrorKind::PermissionDenied => "cannot-system-permission",
        ErrorKind::AlreadyExists => "cannot-system-exists",
        ErrorKind::IsADirectory => "cannot-system-is-a-folder",
        ErrorKind::NotADirectory => "cannot-system-not-a-folder",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "cannot-system-no-room",
        ErrorKind::AddrInUse => "cannot-system-address-used",
        ErrorKind::AddrNotAvailable => "cannot-system-address-missing",
        ErrorKind::InvalidData => "cannot-system-not-text",
        _ => return t.fmt("cannot-system-other", &[("why", &error.to_string())]),
    };
    t.get(key).to_owned()
}

/// The same with the file or folder.
pub fn in_file(t: &Texts, path: &Path, error: &Error) -> String {
    t.fmt("cannot-path", &[("path", &path.display().to_string()), ("text", &system(t, error))])
}
