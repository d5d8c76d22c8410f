//! Papers that a student hands in: what the office has of them, and what the way of entry asks for.

mod last_day;
mod required;
mod standing;

pub use last_day::{DayBasis, KnownDays};
pub use required::{Doubt, Due, EntryFacts, Need, RequiredPaper, required_papers};
pub use standing::{Coverage, Held, PaperFile, PaperLine, PaperStanding, compare};

vocabulary! {
    /// A kind of paper in a student's file, under the code by which the rule book asks for it.
    PaperKind {
        /// Lise diploması ya da mezuniyet belgesi.
        SchoolDiploma => "school_diploma",
        /// Kimlik belgesi fotokopisi.
        IdentityCopy => "identity_copy",
        /// Vesikalık fotoğraf.
        Photograph => "photograph",
        /// ÖSYM yerleştirme sonuç belgesi.
        PlacementResult => "placement_result",
        /// Alan belgesi, for extra points of a school field.
        FieldCertificate => "field_certificate",
        /// Katkı payı ya da öğrenim ücreti dekontu.
        FeeReceipt => "fee_receipt",
        /// Başvuru ya da kayıt formu, signed.
        ApplicationForm => "application_form",
        /// Önceki yükseköğretim diploması ya da mezuniyet belgesi.
        PreviousDiploma => "previous_diploma",
        /// Yeminli diploma çevirisi.
        DiplomaTranslation => "diploma_translation",
        /// Denklik belgesi ya da denklik başvurusu.
        Equivalence => "equivalence",
        /// Giriş sınavı sonuç belgesi.
        ExamResult => "exam_result",
        /// Kabul ya da davet mektubu.
        AcceptanceLetter => "acceptance_letter",
        /// Türkçe yeterlik belgesi.
        TurkishProficiency => "turkish_proficiency",
        /// Yurt dışında okunduğunu gösteren belge.
        SchoolAbroad => "school_abroad",
        /// Pasaport.
        Passport => "passport",
        /// İkamet izni.
        ResidencePermit => "residence_permit",
        /// Sağlık sigortası.
        HealthInsurance => "health_insurance",
        /// Sağlık raporu, where the programme asks for a condition of health.
        HealthReport => "health_report",
        /// Not durum belgesi of another programme.
        RecordOfStudies => "record_of_studies",
        /// Öğrenci belgesi of another institution.
        EnrolmentProof => "enrolment_proof",
        /// Ders içerikleri.
        CourseContents => "course_contents",
        /// Disiplin durumunu gösteren belge.
        DisciplineRecord => "discipline_record",
        /// Yüzde ona girdiğini gösteren belge.
        TopTenProof => "top_ten_proof",
        /// Yabancı dil ya da hazırlık sınıfı başarı belgesi.
        LanguageProof => "language_proof",
        /// Kayıtlı olunan kurumun kararı ya da adaylık bildirimi.
        HomeDecision => "home_decision",
        /// Öğrenim anlaşması.
        LearningAgreement => "learning_agreement",
        /// Alınacak dersleri gösteren belge.
        CoursePlan => "course_plan",
        /// Özel durumu gösteren belge.
        ReasonProof => "reason_proof",
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

#[cfg(test)]
mod tests;
