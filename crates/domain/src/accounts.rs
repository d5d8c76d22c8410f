//! Log-ins: roles, states, and what a one-time link is for.

vocabulary! {
    /// What somebody may be in the institution, one word for each of the office's people.
    Role {
        /// Öğrenci işleri memuru.
        Clerk => "clerk",
        /// Şef: a clerk who also sees and reassigns the unit's work.
        Chief => "chief",
        /// Fakülte / yüksekokul / MYO sekreteri; signs papers.
        UnitSecretary => "unit_secretary",
        /// Dekan or müdür.
        UnitHead => "unit_head",
        /// Yönetim kurulu üyesi.
        BoardMember => "board_member",
        /// Bölüm başkanı.
        DepartmentHead => "department_head",
        /// Bölüm sekreteri.
        DepartmentSecretary => "department_secretary",
        /// Danışman.
        Advisor => "advisor",
        /// Öğretim elemanı.
        Instructor => "instructor",
        /// Öğrenci.
        Student => "student",
        /// Mezun.
        Graduate => "graduate",
        /// A candidate before there is a record.
        Applicant => "applicant",
        /// Öğrenci İşleri Daire Başkanlığı.
        Registrar => "registrar",
        /// İç denetim, KVKK.
        Auditor => "auditor",
        /// Bilgi İşlem: accounts and settings, no academic data.
        Administrator => "administrator",
    }
}

vocabulary! {
    /// Whether an account may sign in.
    AccountStatus {
        /// Opened, no password set yet.
        Invited => "invited",
        /// In use.
        Active => "active",
        /// Closed by hand with a reason; can be opened again.
        Locked => "locked",
        /// Closed for good, e.g. after separation.
        Closed => "closed",
    }
}

vocabulary! {
    /// What a one-time link lets its holder do.
    LinkPurpose {
        /// Set the first password.
        Activation => "activation",
        /// Set a new password.
        Reset => "reset",
    }
}
