//! The files under `/static/`, part of the program. Nothing here is made at run time.
//!
//! Pages ask for `/static/<path>?v=<version>`, so a file may be cached for a year.

use std::sync::LazyLock;

/// One file that the browser fetches.
#[derive(Debug)]
pub struct Asset {
    /// Path below `/static/`.
    pub path: &'static str,
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

macro_rules! assets {
    ($($path:literal => $content_type:literal),* $(,)?) => {
        /// Every file, in the order of this list.
        pub static ASSETS: &[Asset] = &[$(
            Asset {
                path: $path,
                content_type: $content_type,
                bytes: include_bytes!(concat!("../static/", $path)),
            },
        )*];
    };
}

assets![
    "tokens.css" => "text/css; charset=utf-8",
    "components.css" => "text/css; charset=utf-8",
    "kunye.js" => "text/javascript; charset=utf-8",
    "vendor/htmx.min.js" => "text/javascript; charset=utf-8",
    "vendor/htmx.LICENSE.txt" => "text/plain; charset=utf-8",
    "icons.svg" => "image/svg+xml",
    "mark.svg" => "image/svg+xml",
];

/// The file at `path` below `/static/`.
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// Eight letters that change with any of the files.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        // FNV-1a: only has to differ when a file differs.
        let hash =
            ASSETS.iter().flat_map(|asset| asset.bytes).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            });
        format!("{:08x}", hash >> 32)
    });
    &VERSION
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn files_below(dir: &Path, prefix: &str, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(dir).expect("static folder") {
            let entry = entry.expect("entry");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                files_below(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name);
            }
        }
    }

    #[test]
    fn every_file_is_in_the_list() {
        let mut on_disk = BTreeSet::new();
        files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("static"), "", &mut on_disk);
        let listed: BTreeSet<String> = ASSETS.iter().map(|asset| asset.path.to_owned()).collect();
        assert_eq!(on_disk, listed);
        assert!(find("kunye.js").is_some() && find("../Cargo.toml").is_none());
        assert_eq!(version().len(), 8);
    }

    #[test]
    fn scripts_stay_under_sixty_kibibytes() {
        let scripts: usize =
            ASSETS.iter().filter(|asset| asset.path.ends_with(".js")).map(|asset| asset.bytes.len()).sum();
        assert!(scripts < 60 * 1024, "{scripts} bytes");
    }

    #[test]
    fn both_dark_blocks_say_the_same() {
        let tokens = find("tokens.css").map(|asset| String::from_utf8_lossy(asset.bytes)).expect("tokens");
        let block = |selector: &str| -> Vec<String> {
            let from = tokens.find(selector).expect("dark block") + selector.len();
            tokens[from..]
                .lines()
                .skip(1)
                .map(str::trim)
                .take_while(|l| *l != "}")
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(block(":root:not([data-theme=light])"), block(":root[data-theme=dark]"));
    }
}
