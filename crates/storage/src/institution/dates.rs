//! Names and codes that count from a day on, of units and of programmes alike.

use base::time::Date;
use domain::{student_file::Name, units::CodeSystem};

use crate::{
    args,
    db::{Reader, Tx},
    error::{Result, StorageError},
};

/// The tables of dated names and codes of units or of programmes.
pub(super) struct Dates {
    pub(super) table: &'static str,
    pub(super) id: &'static str,
    pub(super) names: &'static str,
    pub(super) codes: &'static str,
}

impl Dates {
    pub(super) fn insert_name(&self, tx: &Tx<'_>, id: i64, name: &Name, from: Date) -> Result<()> {
        let Self { names, id: column, .. } = self;
        let later = tx.count(
            &format!("SELECT count(*) FROM {names} WHERE {column} = $1 AND valid_from >= $2"),
            args![id, from],
        )?;
        if later > 0 {
            return Err(StorageError::Stale);
        }
        tx.execute(
            &format!(
                "UPDATE {names} SET valid_to = $2 WHERE {column} = $1 AND (valid_to IS NULL OR valid_to > $2)"
            ),
            args![id, from],
        )?;
        tx.execute(
            &format!("INSERT INTO {names} ({column}, name_tr, name_en, valid_from) VALUES ($1, $2, $3, $4)"),
            args![id, name.tr, name.en, from],
        )?;
        Ok(())
    }

    pub(super) fn set_code(
        &self,
        tx: &Tx<'_>,
        id: i64,
        system: CodeSystem,
        code: Option<&str>,
        from: Date,
    ) -> Result<()> {
        let Self { codes, id: column, .. } = self;
        let later = tx.count(
            &format!("SELECT count(*) FROM {codes} WHERE {column} = $1 AND system = $2 AND valid_from >= $3"),
            args![id, system.code(), from],
        )?;
        if later > 0 {
            return Err(StorageError::Stale);
        }
        tx.execute(
            &format!(
                "UPDATE {codes} SET valid_to = $3
                 WHERE {column} = $1 AND system = $2 AND (valid_to IS NULL OR valid_to > $3)"
            ),
            args![id, system.code(), from],
        )?;
        if let Some(code) = code {
            tx.execute(
                &format!("INSERT INTO {codes} ({column}, system, code, valid_from) VALUES ($1, $2, $3, $4)"),
                args![id, system.code(), code, from],
            )?;
        }
        Ok(())
    }

    pub(super) fn other_with_code(
        &self,
        db: &Reader<'_>,
        id: i64,
        system: CodeSystem,
        code: &str,
        from: Date,
    ) -> Result<Option<String>> {
        let Self { table, codes, id: column, .. } = self;
        db.one(
            &format!(
                "SELECT o.code FROM {codes} k JOIN {table} o ON o.id = k.{column}
                 WHERE k.system = $2 AND k.code = $3 AND k.{column} <> $1 AND (k.valid_to IS NULL OR k.valid_to > $4)
                 ORDER BY o.id LIMIT 1"
            ),
            args![id, system.code(), code, from],
            |r| r.text(0),
        )
    }
}
