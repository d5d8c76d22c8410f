//! The institution as a tree of units, its codes in outside systems, and who holds which office.

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
