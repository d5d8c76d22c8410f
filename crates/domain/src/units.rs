//! The institution as a tree of units, its codes in outside systems, and who holds which office.

use crate::student_file::Name;

vocabulary! {
    /// Kind of a unit.
    UnitKind {
        /// Üniversite.
        University => "university",
        /// Fakülte.
        Faculty => "faculty",
        /// Yüksekokul.
        School => "school",
        /// Meslek yüksekokulu.
        VocationalSchool => "vocational_school",
        /// Enstitü.
        Institute => "institute",
        /// Konservatuvar.
        Conservatory => "conservatory",
        /// Bölüm.
        Department => "department",
    }
}

impl UnitKind {
    /// Whether papers are numbered and signed by units of this kind (fakülte, yüksekokul, …).
    pub const fn issues_papers(self) -> bool {
        !matches!(self, Self::Department)
    }
}

vocabulary! {
    /// Outside system that knows a unit or programme by a code of its own.
    CodeSystem {
        /// YÖKSİS birim id, 6 digits.
        Yoksis => "yoksis",
        /// ÖSYM program kodu, 9 digits.
        Osym => "osym",
        /// DETSİS number, 8 digits.
        Detsis => "detsis",
    }
}

impl CodeSystem {
    /// How many digits its codes have.
    pub const fn digits(self) -> usize {
        match self {
            Self::Yoksis => 6,
            Self::Osym => 9,
            Self::Detsis => 8,
        }
    }

    /// Whether it knows programmes; DETSİS knows the units that write letters alone.
    pub const fn knows_programmes(self) -> bool {
        !matches!(self, Self::Detsis)
    }
}

vocabulary! {
    /// An office that somebody holds in a unit from a day to a day.
    Office {
        /// Rektör.
        Rector => "rector",
        /// Dekan.
        Dean => "dean",
        /// Dekan yardımcısı.
        ViceDean => "vice_dean",
        /// Müdür (yüksekokul, MYO, enstitü).
        Director => "director",
        /// Müdür yardımcısı.
        ViceDirector => "vice_director",
        /// Fakülte / yüksekokul sekreteri.
        Secretary => "secretary",
        /// Bölüm başkanı.
        DepartmentHead => "department_head",
        /// Bölüm sekreteri.
        DepartmentSecretary => "department_secretary",
        /// Öğrenci İşleri Daire Başkanı.
        Registrar => "registrar",
    }
}

/// Academic titles as staff records write them, and what an English paper says in their place.
const ACADEMIC_TITLES: [(&str, &str); 11] = [
    ("Prof. Dr.", "Prof. Dr."),
    ("Prof.", "Prof."),
    ("Doç. Dr.", "Assoc. Prof. Dr."),
    ("Doç.", "Assoc. Prof."),
    ("Yrd. Doç. Dr.", "Asst. Prof. Dr."),
    ("Dr. Öğr. Üyesi", "Asst. Prof. Dr."),
    ("Öğr. Gör. Dr.", "Lecturer Dr."),
    ("Öğr. Gör.", "Lecturer"),
    ("Arş. Gör. Dr.", "Research Asst. Dr."),
    ("Arş. Gör.", "Research Asst."),
    ("Dr.", "Dr."),
];

/// The title of a member of staff where it is an academic one, in both languages. Only such a title stands before a
/// name; administrative staff are called by their office after it.
pub fn academic_title(title: &str) -> Option<Name> {
    let squeezed: String = title.split_whitespace().collect();
    let found = ACADEMIC_TITLES.iter().find(|(tr, _)| tr.split(' ').collect::<String>() == squeezed)?;
    Some(Name { tr: found.0.to_owned(), en: found.1.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_no_title() {
        let english = |title| academic_title(title).map(|title| title.en);
        assert_eq!(english("Doç. Dr.").as_deref(), Some("Assoc. Prof. Dr."));
        assert_eq!(english(" Dr.  Öğr.Üyesi").as_deref(), Some("Asst. Prof. Dr."));
        for office in ["Yüksekokul Sekreteri", "Öğrenci İşleri Daire Başkanı", "V.H.K.İ.", ""] {
            assert_eq!(english(office), None, "{office}");
        }
    }
}
