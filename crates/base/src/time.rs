//! Days and instants. Turkey has kept UTC+03:00 the whole year since 2016, so the office's day is
//! computed with that fixed offset.

pub use jiff::{Timestamp, civil::Date};
use jiff::{civil::DateTime, tz::Offset};

/// Where "now" comes from; nothing below `web` asks the system itself.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;

    /// The office's calendar day at this instant.
    fn today(&self) -> Date {
        local_date(self.now())
    }
}

fn istanbul(at: Timestamp) -> DateTime {
    Offset::constant(3).to_datetime(at)
}

/// The calendar day in Turkey at `at`.
pub fn local_date(at: Timestamp) -> Date {
    istanbul(at).date()
}

/// `gg.aa.yyyy`, as official letters write a day.
///
/// # Legal basis
/// RYZ-09 (Resmî Yazışma Yönetmeliği m.12/1).
pub fn date_tr(day: Date) -> String {
    format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year())
}

/// `gg.aa.yyyy ss.dd` in Turkish time.
pub fn date_time_tr(at: Timestamp) -> String {
    let local = istanbul(at);
    format!("{} {:02}.{:02}", date_tr(local.date()), local.hour(), local.minute())
}

/// Reads a day typed as `gg.aa.yyyy` (also with `/` or `-`) or as `yyyy-aa-gg`.
pub fn parse_date_tr(typed: &str) -> Option<Date> {
    let parts: Vec<&str> = typed.trim().split(['.', '/', '-']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (day, month, year) = if a.len() == 4 { (c, b, a) } else { (a, b, c) };
    if year.len() != 4 || day.is_empty() || day.len() > 2 || month.is_empty() || month.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_day_begins_three_hours_before_utc() {
        let at: Timestamp = "2026-11-22T21:30:00Z".parse().expect("instant");
        assert_eq!(date_tr(local_date(at)), "23.11.2026");
        assert_eq!(date_time_tr(at), "23.11.2026 00.30");
    }

    #[test]
    fn typed_days_are_read_or_refused() {
        let day = Date::constant(2026, 3, 5);
        for typed in ["05.03.2026", "5.3.2026", " 05/03/2026 ", "2026-03-05"] {
            assert_eq!(parse_date_tr(typed), Some(day), "{typed}");
        }
        for typed in ["32.10.2026", "05.03.26", "5 mart", "", "05.03", "1.2.3.4"] {
            assert_eq!(parse_date_tr(typed), None, "{typed}");
        }
    }
}
