//! Papers that a student hands in.

vocabulary! {
    /// A kind of paper in a student's file.
    PaperKind {
        /// Lise diploması ya da mezuniyet belgesi.
        SchoolDiploma => "school_diploma",
        /// Kimlik belgesi fotokopisi.
        IdentityCopy => "identity_copy",
        /// Vesikalık fotoğraf.
        Photograph => "photograph",
        /// ÖSYM yerleştirme sonuç belgesi.
        PlacementResult => "placement_result",
        /// Another paper, described in words.
        Other => "other",
    }
}

vocabulary! {
    /// What the office has of a paper.
    PaperState {
        /// The original or an approved copy is in the file.
        Received => "received",
        /// The original was seen, a copy kept.
        CopySeen => "copy_seen",
        /// Still missing.
        Missing => "missing",
        /// Not asked for from this student, by somebody's decision.
        Waived => "waived",
    }
}
