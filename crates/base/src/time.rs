//! Days and instants. Turkey has kept UTC+03:00 the whole year since 2016, so the office's day is
//! computed with that fixed offset.

pub use jiff::{Timestamp, civil::Date};
use jiff::{
    civil::{DateTime, Time},
    tz::Offset,
};

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

/// The instant at which a calendar day begins in Turkey.
pub fn day_begins(day: Date) -> Timestamp {
    // Only the first and last days that a calendar has lie beyond what an instant can be.
    Offset::constant(3).to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MIN)
}

/// The first instant of a day in Turkey, and that of the next day.
pub fn day_bounds(day: Date) -> (Timestamp, Timestamp) {
    let begins = |day: Date| {
        let midnight = day.to_datetime(Time::midnight());
        Offset::constant(3).to_timestamp(midnight).unwrap_or(Timestamp::MAX)
    };
    (begins(day), day.tomorrow().map_or(Timestamp::MAX, begins))
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

/// `ss.dd` in Turkish time.
pub fn time_tr(at: Timestamp) -> String {
    let local = istanbul(at);
    format!("{:02}.{:02}", local.hour(), local.minute())
}

/// The instant at which a clock in Turkey shows this hour and minute on a day; none for an hour that no clock shows.
pub fn at_local(day: Date, hour: i8, minute: i8) -> Option<Timestamp> {
    let time = Time::new(hour, minute, 0, 0).ok()?;
    Offset::constant(3).to_timestamp(day.to_datetime(time)).ok()
}

/// Reads a time typed as `ss.dd` or `ss:dd`.
pub fn parse_time_tr(typed: &str) -> Option<(i8, i8)> {
    let (hour, minute) = typed.trim().split_once(['.', ':'])?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
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
        let (from, until) = day_bounds(local_date(at));
        assert_eq!(
            (from.to_string().as_str(), until.to_string().as_str()),
            ("2026-11-22T21:00:00Z", "2026-11-23T21:00:00Z")
        );
        assert_eq!(day_begins(local_date(at)).to_string(), "2026-11-22T21:00:00Z");
        assert_eq!(time_tr(at), "00.30");
        assert_eq!(at_local(Date::constant(2026, 11, 23), 0, 30), Some(at));
        assert_eq!(at_local(Date::constant(2026, 11, 23), 24, 0), None);
    }

    #[test]
    fn typed_times_are_read_or_refused() {
        for typed in ["9.05", "09:05", " 09.05 "] {
            assert_eq!(parse_time_tr(typed), Some((9, 5)), "{typed}");
        }
        for typed in ["24.00", "9", "9.5", "", "9.60", "-9.05", "9.+5", "09.05.00"] {
            assert_eq!(parse_time_tr(typed), None, "{typed}");
        }
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
