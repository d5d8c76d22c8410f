//! The columns that are looked for in a placement list, and the headings that are known to mean them.
//!
//! A heading is compared without case, marks and signs, so `T.C. Kimlik No`, `TC_KIMLIK_NO` and `tcKimlikNo` are one.

use base::text::fold_ascii;

/// Heading of the column that says what is wrong with a row that is handed back.
pub const REASON: &str = "Künye açıklaması";

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident => $code:literal [$($name:literal),* $(,)?]),* $(,)?) => {
        /// A column that is looked for.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Field { $($(#[$doc])* $variant),* }

        impl Field {
            /// Every column, in the order in which the mapping form shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Stable word for programs, saved mappings and text keys.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The column of a word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }

            const fn headings(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($name),*]),* }
            }
        }
    };
}

fields! {
    /// T.C. or foreigner's identity number.
    IdentityNo => "identity_no" ["tckimlikno", "tckimliknumarasi", "tckn", "tcno", "kimlikno", "kimliknumarasi", "identityno", "ykn", "yabancikimlikno"],
    /// Passport, where there is no identity number.
    Passport => "passport" ["pasaportno", "pasaportnumarasi", "pasaport", "passport", "passportno"],
    /// Given name.
    GivenName => "given_name" ["adi", "ad", "isim", "adayadi", "ogrenciadi", "givenname", "firstname"],
    /// Surname.
    Surname => "surname" ["soyadi", "soyad", "soyisim", "adaysoyadi", "ogrencisoyadi", "surname", "lastname"],
    /// Sex.
    Sex => "sex" ["cinsiyet", "cinsiyeti", "sex", "gender"],
    /// Day of birth.
    BirthDate => "birth_date" ["dogumtarihi", "dogtarihi", "dogumtar", "birthdate"],
    /// The programme by its code in ÖSYM's guide; a code of YÖKSİS or of this office is understood, too.
    ProgrammeCode => "programme_code" ["programkodu", "osymprogramkodu", "osymkodu", "kilavuzkodu", "yerlestigiprogramkodu", "programmecode"],
    /// The programme by its code in YÖKSİS.
    YoksisCode => "yoksis_code" ["yoksiskodu", "yoksisbirimid", "birimid", "yoksisprogramkodu", "yoksiscode"],
    /// Name of the father.
    FatherName => "father_name" ["babaadi", "babaad", "fathername"],
    /// Name of the mother.
    MotherName => "mother_name" ["anneadi", "annead", "anaadi", "mothername"],
    /// Place of birth.
    BirthPlace => "birth_place" ["dogumyer", "dogumyeri", "birthplace"],
    /// Two-letter country code.
    Nationality => "nationality" ["uyruk", "uyrugu", "uyrukkodu", "ulkekodu", "nationality"],
    /// 1 for a citizen of Türkiye.
    CitizenTr => "citizen_tr" ["uyruktc"],
    /// 1 for a citizen of the Turkish Republic of Northern Cyprus.
    CitizenNorthernCyprus => "citizen_kktc" ["uyrukkktc"],
    /// 1 for a citizen of another country.
    CitizenOther => "citizen_other" ["uyrukyabanci"],
    /// E-mail address.
    Email => "email" ["eposta", "epostaadresi", "email", "mail"],
    /// Mobile telephone.
    Phone => "phone" ["ceptel", "ceptelefonu", "cep", "telefon", "telefonno", "gsm", "phone"],
    /// Other telephone, where there is no mobile one.
    HomePhone => "home_phone" ["evtel", "evtelefonu"],
    /// Postal address.
    Address => "address" ["adres", "adresi", "ikametadresi", "address"],
    /// District of the address.
    District => "district" ["semtilce", "adresilce", "ilce"],
    /// Province of the address.
    City => "city" ["adresil", "il", "sehir"],
    /// Whether the place was won by general or additional score.
    PlacementType => "placement_type" ["yerlesmeturu", "yerlestirmeturu"],
    /// Score type.
    ScoreType => "score_type" ["yerlestigipuanturu", "puanturu", "yerlesmepuanturu"],
    /// Score.
    Score => "score" ["yerkullanilanpuani", "yerlestirmepuani", "yerlesmepuani", "puan", "puani", "score"],
    /// Rank.
    Rank => "rank" ["yerkullanilanbasarisirasi", "basarisirasi", "sira", "rank"],
    /// Which of the candidate's choices it was.
    Choice => "choice" ["tercihsirasi", "tercihno"],
    /// School.
    SchoolName => "school_name" ["okuladi", "okul", "lise", "liseadi", "mezunoldugulise", "ortaogretimkurumu", "schoolname"],
    /// Code of the school.
    SchoolCode => "school_code" ["okulkodu"],
    /// Code of the type of school.
    SchoolType => "school_type" ["okulturu"],
    /// Code of the branch of the school.
    SchoolBranch => "school_branch" ["okulkolu"],
    /// Year of graduation from school.
    SchoolYear => "school_year" ["ortaogrenimmezuniyet", "mezuniyetyili", "okulmezuniyetyili", "schoolyear"],
    /// Score of school.
    SchoolScore => "school_score" ["basaripuani", "diplomanotu", "obp"],
    /// 1 for the first of a school.
    TopOfSchool => "top_of_school" ["okulbirinci", "okulbirincisi"],
    /// The examination whose result was used.
    Exam => "exam" ["sinav", "sinavadi", "exam"],
    /// 1 where the ministry confirms the graduation.
    Meb => "meb" ["mebdurum", "mebdurumu"],
    /// Its words.
    MebWords => "meb_words" ["mebdurumaciklama"],
    /// 101 where the military offices see no obstacle.
    Military => "military" ["asaldurum", "asaldurumu", "askerlikdurumu"],
    /// Their words.
    MilitaryWords => "military_words" ["asaldurumaciklama"],
    /// 1 where the candidate is registered somewhere.
    Elsewhere => "elsewhere" ["obskontrol"],
    /// YÖKSİS code of that programme.
    ElsewhereProgramme => "elsewhere_programme" ["okuduguprogram"],
    /// When the candidate registered through e-Devlet.
    ERegisteredAt => "e_registered_at" ["ekayittarihi", "ekayitzamani", "ekayit"],
    /// 1 where the preparatory class comes first.
    Preparatory => "preparatory" ["ibhazirliksinifi", "hazirliksinifi", "hazirlik"],
    /// Earlier degree: programme.
    PreviousProgramme => "previous_programme" ["mezunbirimid", "mezunoldugumyo", "mezunolduguprogram", "onlisansprogrami"],
    /// Earlier degree: grading system.
    PreviousGrading => "previous_grading" ["diplomanotsistemi"],
    /// Earlier degree: day.
    PreviousDay => "previous_day" ["mezuniyettarihi"],
    /// Class into which the candidate is placed.
    ClassYear => "class_year" ["sinif", "intibaksinifi"],
    /// Seats of the programme.
    Quota => "quota" ["kontenjan", "kontenjani", "programkontenjani", "quota"],
}

/// Headings of the ministry's pages that Künye knows and has no use for.
const UNUSED: &[&str] = &[
    "nufusil",
    "nufusilce",
    "ogrenimdurumu",
    "universitekodu",
    "universiteadi",
    "fakulteadi",
    "programadi",
    "mebsorgulamatarihi",
    "asalsorgulamatarihi",
    "obskontrolsorgulamatarihi",
    "ekayitdonemid",
    "ekayitdonemadi",
    "ekayitdonemturu",
    "ekayitizin",
    "sirano",
    "no",
];

/// A heading without case, marks and signs.
pub(super) fn plain(heading: &str) -> String {
    fold_ascii(heading).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The column that a heading means by itself.
pub(super) fn known(heading: &str) -> Option<Field> {
    let plain = plain(heading);
    Field::ALL.iter().copied().find(|field| field.headings().contains(&plain.as_str()))
}

/// Whether a heading is known to have no use here.
pub(super) fn is_unused(heading: &str) -> bool {
    UNUSED.contains(&plain(heading).as_str())
}

/// Whether it is the column in which Künye said what is wrong.
pub(super) fn is_reason(heading: &str) -> bool {
    plain(heading) == plain(REASON)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_heading_is_found_however_it_is_written() {
        for (heading, field) in [
            ("tcKimlikNo", Field::IdentityNo),
            ("T.C. KİMLİK NO", Field::IdentityNo),
            (" T.C. Kimlik Numarası ", Field::IdentityNo),
            ("ADI", Field::GivenName),
            ("Soyadı", Field::Surname),
            ("DOĞUM TARİHİ", Field::BirthDate),
            ("ÖSYM Program Kodu", Field::ProgrammeCode),
            ("yerKullanilanBasariSirasi", Field::Rank),
        ] {
            assert_eq!(known(heading), Some(field), "{heading}");
        }
        assert_eq!((known("Renk"), known("")), (None, None));
        assert!(is_unused("Üniversite Adı") && is_reason("KÜNYE AÇIKLAMASI"));
    }

    #[test]
    fn the_format_document_knows_every_column_and_its_headings() {
        let told = include_str!("../../../../docs/placement-format.md");
        let lines: Vec<&str> = told.lines().filter(|line| line.starts_with("| `")).collect();
        assert_eq!(lines.len(), Field::ALL.len());
        for (field, line) in Field::ALL.iter().zip(lines) {
            let headings: Vec<String> = field.headings().iter().map(|name| format!("`{name}`")).collect();
            let wanted = (format!("| `{}` |", field.code()), format!("| {} |", headings.join(", ")));
            assert!(line.starts_with(&wanted.0) && line.ends_with(&wanted.1), "{line} {wanted:?}");
        }
    }

    #[test]
    fn no_heading_means_two_columns() {
        let mut seen = HashMap::new();
        for field in Field::ALL {
            for heading in field.headings() {
                assert_eq!(plain(heading), *heading);
                assert_eq!(seen.insert(*heading, *field), None, "{heading}");
                assert!(!is_unused(heading), "{heading}");
            }
            assert_eq!(Field::from_code(field.code()), Some(*field));
        }
    }
}
