//! Programmes, curricula, terms.

use base::time::Date;

vocabulary! {
    /// Level of study.
    Level {
        /// Ön lisans.
        Associate => "associate",
        /// Lisans.
        Bachelor => "bachelor",
        /// Yüksek lisans.
        Master => "master",
        /// Doktora.
        Doctorate => "doctorate",
    }
}

vocabulary! {
    /// Whether a curriculum demands a course or offers it.
    CourseKind {
        /// Zorunlu.
        Compulsory => "compulsory",
        /// Seçmeli.
        Elective => "elective",
    }
}

vocabulary! {
    /// Part of the academic year.
    Season {
        /// Güz.
        Autumn => "autumn",
        /// Bahar.
        Spring => "spring",
        /// Yaz okulu.
        Summer => "summer",
    }
}

vocabulary! {
    /// What an enrolment did in a term.
    TermStanding {
        /// Registered for courses.
        Registered => "registered",
        /// On leave (kayıt dondurma).
        Leave => "leave",
        /// Neither registered nor on leave.
        Unregistered => "unregistered",
    }
}

/// A term's position in time, from its first day: later terms have greater numbers.
pub fn term_order(starts_on: Date) -> i64 {
    i64::from(starts_on.year()) * 10_000 + i64::from(starts_on.month()) * 100 + i64::from(starts_on.day())
}
