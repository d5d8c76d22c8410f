//! What can go wrong between the services and a database, named by situation.

/// A failure of storage.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A uniqueness, reference or check constraint refused the write; the name follows
    /// PostgreSQL's convention (`account_user_name_key`) on both engines.
    #[error("veritabanı kısıtı: {constraint}")]
    Constraint {
        /// Constraint name.
        constraint: String,
    },
    /// A trigger refused the write, e.g. a status without its ledger entry.
    #[error("veritabanı kuralı: {rule}")]
    Refused {
        /// The trigger's code, such as `ledger_is_append_only`.
        rule: String,
    },
    /// Somebody else changed the row since it was read.
    #[error("kayıt bu arada değişti")]
    Stale,
    /// Another long write holds the database; nothing was written, try again later.
    #[error("veritabanında uzun bir yazma işi sürüyor; birazdan yeniden deneyin")]
    Busy,
    /// No room left on the disk; nothing was written.
    #[error("diskte yer kalmadı; hiçbir şey yazılmadı, yer açıp yeniden deneyin")]
    DiskFull,
    /// The schema is not the one this program was built for.
    #[error("veritabanı şeması {found}, program {expected} bekliyor; önce `kunye migrate` çalıştırın")]
    Schema {
        /// Version found.
        found: i64,
        /// Version this program was built with.
        expected: i64,
    },
    /// The database's address is not understood, or not to be trusted.
    #[error("veritabanı adresi: {}", .0.code())]
    Address(AddressFault),
    /// The database cannot be opened; the engine's or the system's own words.
    #[error("veritabanı açılamadı: {0}")]
    Open(String),
    /// A role or database cannot be called so: only plain names go into a statement.
    #[error("geçersiz ad: {0}")]
    Name(String),
    /// The engine in use does not do this.
    #[error("bu iş bu veritabanı türünde yapılmaz")]
    OtherEngine,
    /// A stored value is not what the schema promises.
    #[error("beklenmeyen veri ({column}): {found}")]
    Decode {
        /// Column position or name.
        column: String,
        /// What stood there.
        found: String,
    },
    /// SQLite's own report.
    #[error("sqlite: {0}")]
    Sqlite(rusqlite::Error),
    /// PostgreSQL's own report.
    #[error("postgresql: {0}")]
    Postgres(#[source] Box<tokio_postgres::Error>),
    /// The pool could not hand out a connection.
    #[error("postgresql bağlantısı alınamadı: {0}")]
    Pool(String),
    /// The act panicked; its transaction was rolled back.
    #[error("işlem yarıda kesildi ve geri alındı")]
    Panicked,
}

base::situations! {
    /// What is wrong with the address of a database, or with the server behind it.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum AddressFault {
        /// It is no address of a database.
        Form => "form",
        /// A check of the server's certificate that needs a root to compare it with.
        RootMissing {
            /// The word of `sslmode`.
            mode: &'static str,
        } => "root-missing",
        /// A word of `sslmode` that nobody knows.
        UnknownMode {
            /// The word.
            mode: String,
        } => "unknown-mode",
        /// The file of roots cannot be read.
        RootUnreadable {
            /// The file.
            file: String,
            /// Why not.
            why: String,
        } => "root-unreadable",
        /// The file of roots holds no certificate.
        NoCertificate {
            /// The file.
            file: String,
        } => "no-certificate",
        /// The server does not encrypt.
        Unencrypted => "unencrypted",
        /// The server does not answer.
        Unreachable {
            /// What the system says.
            why: String,
        } => "unreachable",
        /// The server does not let anybody in under this address.
        TurnedAway {
            /// What the server says.
            why: String,
        } => "turned-away",
        /// No encrypted connection came about.
        Handshake {
            /// What the library says.
            why: String,
        } => "handshake",
        /// None of the roots signed the server's certificate.
        UnknownIssuer => "unknown-issuer",
        /// The certificate was made for another server.
        OtherName {
            /// The name in the address.
            expected: String,
            /// The names in the certificate.
            presented: String,
        } => "other-name",
        /// The certificate has run out.
        Expired => "expired",
        /// The certificate does not count yet.
        NotYetValid => "not-yet-valid",
        /// The certificate is refused for another reason.
        Certificate {
            /// What the library says.
            why: String,
        } => "certificate",
    }
}

/// Result of storage work.
pub type Result<T, E = StorageError> = std::result::Result<T, E>;

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::{ErrorCode, ffi};
        let rusqlite::Error::SqliteFailure(code, message) = &error else {
            return Self::Sqlite(error);
        };
        let text = message.as_deref().unwrap_or_default();
        if let Some(rule) = text.strip_prefix("kunye:") {
            return Self::Refused { rule: rule.to_owned() };
        }
        // A trigger that found the key taken names the constraint itself.
        if let Some(constraint) = text.strip_prefix("kunye-key:") {
            return Self::Constraint { constraint: constraint.to_owned() };
        }
        match code.code {
            ErrorCode::ConstraintViolation => {
                Self::Constraint { constraint: sqlite_constraint(code.extended_code, text) }
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::SystemIoFailure
                if matches!(code.extended_code, ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE) =>
            {
                Self::DiskFull
            }
            _ => Self::Sqlite(error),
        }
    }
}

/// Gives SQLite's `UNIQUE constraint failed: account.user_name` the name PostgreSQL would use.
fn sqlite_constraint(extended: i32, text: &str) -> String {
    use rusqlite::ffi;
    let named = text.split_once(": ").map_or(text, |(_, rest)| rest);
    match extended {
        // An index on an expression is told by its name.
        ffi::SQLITE_CONSTRAINT_UNIQUE if named.starts_with("index '") => {
            named.trim_start_matches("index ").trim_matches('\'').to_owned()
        }
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
            let mut table = "";
            let mut columns = Vec::new();
            for part in named.split(", ") {
                if let Some((t, c)) = part.split_once('.') {
                    table = t;
                    columns.push(c);
                }
            }
            let suffix = if extended == ffi::SQLITE_CONSTRAINT_PRIMARYKEY { "pkey" } else { "key" };
            if suffix == "pkey" {
                format!("{table}_pkey")
            } else {
                format!("{table}_{}_key", columns.join("_"))
            }
        }
        _ => named.to_owned(),
    }
}

impl From<tokio_postgres::Error> for StorageError {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        let Some(db) = error.as_db_error() else {
            return Self::Postgres(Box::new(error));
        };
        if let Some(rule) = db.message().strip_prefix("kunye:") {
            return Self::Refused { rule: rule.to_owned() };
        }
        let code = db.code();
        if *code == SqlState::DISK_FULL {
            Self::DiskFull
        } else if *code == SqlState::LOCK_NOT_AVAILABLE
            || *code == SqlState::T_R_DEADLOCK_DETECTED
            || *code == SqlState::T_R_SERIALIZATION_FAILURE
            || *code == SqlState::QUERY_CANCELED
        {
            Self::Busy
        } else if code.code().starts_with("23") {
            Self::Constraint { constraint: db.constraint().unwrap_or_default().to_owned() }
        } else {
            Self::Postgres(Box::new(error))
        }
    }
}
