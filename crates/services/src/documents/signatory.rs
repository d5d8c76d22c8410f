//! Who signs a paper today.

use base::time::Date;
use catalogue::documents::Signer;
use domain::{
    student_file::Name,
    units::{Office, academic_title},
};
use regulations::{Book, Finding, Named, Verdict, When};
use storage::{Reader, documents::Issuer, institution::Holder};

use crate::error::Result;

/// The signer of a day, or why there is none; and what somebody should look at.
pub(super) struct Signatory {
    /// Who signs, or the finding that refuses.
    pub(super) signer: std::result::Result<Signer, Box<Finding>>,
    /// Warnings, such as an order of offices that nobody has verified.
    pub(super) warning: Option<Finding>,
}

/// The first office of the rule book's order that somebody holds in the issuing unit that day signs.
///
/// # Legal basis
/// DIP-05 (those in office on the day of issue), RYZ-15 (name, title, by delegation).
pub(super) fn signatory(
    db: &Reader<'_>,
    book: &Book,
    kind: &str,
    issuer: &Issuer,
    when: When,
    day: Date,
) -> Result<Signatory> {
    let rule = book.signing_offices(kind, when);
    let Some(order) = rule.value else {
        let missing = Finding::new(Verdict::Refuses, "signing-rule-missing").value("kind", kind);
        return Ok(Signatory { signer: Err(Box::new(missing)), warning: None });
    };
    let warning = (!rule.citation.mark.is_verified())
        .then(|| Finding::new(Verdict::Warns, "signing-rule-unverified").citing(&rule.citation));
    for office in order.offices.iter().filter_map(|code| Office::from_code(code)) {
        if let Some(holder) = storage::institution::holder_of(db, issuer.unit, office, day)? {
            return Ok(Signatory { signer: Ok(signer(book, &holder, issuer, when)), warning });
        }
    }
    let nobody = Finding::new(Verdict::Refuses, "no-signatory")
        .value("offices", order.offices.join(" "))
        .value("unit", &issuer.name.tr)
        .value("unit_code", &issuer.code)
        .value("day", base::time::date_tr(day));
    Ok(Signatory { signer: Err(Box::new(nobody)), warning })
}

fn signer(book: &Book, holder: &Holder, issuer: &Issuer, when: When) -> Signer {
    let title_of =
        |office: Office| book.office_title(office.code(), issuer.kind.code(), when).value.map(both);
    let title = title_of(holder.office)
        .unwrap_or_else(|| Name { tr: holder.title.clone(), en: holder.title.clone() });
    let academic = academic_title(&holder.title).unwrap_or_default();
    let called = |title: &str| [title, &holder.given_name, &holder.surname].join(" ").trim().to_owned();
    let name = Name { tr: called(&academic.tr), en: called(&academic.en) };
    let deputises_for = match holder.office {
        Office::ViceDean => title_of(Office::Dean),
        Office::ViceDirector => title_of(Office::Director),
        _ => None,
    };
    Signer { name, title, on_behalf: deputises_for.as_ref().map(catalogue::documents::issue::on_behalf_of) }
}

fn both(named: &Named) -> Name {
    Name { tr: named.tr.clone(), en: named.en.clone() }
}
