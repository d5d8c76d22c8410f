//! What follows from the way in which somebody became a student: papers, fields, fee, reporting, rights.
//!
//! Everything here is read from tables of the rule book that name the way of entry by its code; no code of a way
//! of entry or of a paper stands in this crate. The words below are those that tables may use.
//!
//! Not modelled: who may apply at all (averages, quotas, base scores), and the pattern of student numbers; a way of
//! entry names only the group that shares a number scheme.

use base::time::Date;

use crate::Named;

/// Declares an enum whose words stand in tables of the rule book.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $code:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every word, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in tables and text keys.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The words with what they mean, for reading a table.
            pub(crate) const WORDS: &'static [(&'static str, Self)] = &[$(($code, Self::$variant)),*];
        }
    )*};
}

words! {
    /// How somebody who enters in this way comes to the office.
    Arrival {
        /// In a list of placed candidates.
        List => "list",
        /// One by one, by a form.
        Form => "form",
    }

    /// What the enrolment is to the institution.
    Stay {
        /// Studies here for a degree.
        Degree => "degree",
        /// Belongs to another institution and leaves on a day known at entry.
        Guest => "guest",
        /// Hangs on a main enrolment of the same person.
        Linked => "linked",
    }

    /// When a paper is asked for.
    Stage {
        /// With the application, before there is a place.
        Application => "application",
        /// At registration.
        Registration => "registration",
    }

    /// Which form of a paper the office takes.
    Original {
        /// The original alone.
        Required => "required",
        /// The original or a certified copy.
        OrCertified => "or_certified",
        /// A plain copy or a print-out will do.
        NotNeeded => "not_needed",
    }

    /// For whom alone a paper is asked.
    Condition {
        /// Men.
        Male => "male",
        /// Citizens of Türkiye.
        Citizen => "citizen",
        /// Citizens of other countries alone.
        Foreign => "foreign",
        /// Placed with extra points of a school field.
        ExtraPoints => "extra_points",
        /// Finished school in the year of entry.
        RecentGraduate => "recent_graduate",
        /// Comes from an open school.
        OpenSchool => "open_school",
        /// Went to school abroad.
        SchoolAbroad => "school_abroad",
        /// Registered in another formal programme.
        RegisteredElsewhere => "registered_elsewhere",
        /// Owes a fee at registration.
        FeeDue => "fee_due",
        /// Applied with the score of a central examination.
        CentralScore => "central_score",
        /// Moves from evening to day education.
        EveningToDay => "evening_to_day",
        /// Taught wholly or partly in a foreign language.
        ForeignLanguage => "foreign_language",
        /// The programme asks for a condition of health.
        HealthCondition => "health_condition",
        /// Holds a certificate of Turkish already.
        KnowsTurkish => "knows_turkish",
        /// Came by a special reason instead of success.
        SpecialReason => "special_reason",
    }

    /// What is written down at entry beside the person's identity.
    EntryField {
        /// Identity number of a citizen or a registered foreigner.
        IdentityNo => "identity_no",
        /// Passport number and country.
        Passport => "passport",
        /// Year and kind of the placement.
        Placement => "placement",
        /// Score, score type and rank.
        Score => "score",
        /// School and year of graduation from it.
        School => "school",
        /// Earlier degree: programme, day and grading system.
        PreviousDegree => "previous_degree",
        /// The examination whose result was used.
        Exam => "exam",
        /// Institution from which the student comes.
        HomeInstitution => "home_institution",
        /// Programme there.
        HomeProgramme => "home_programme",
        /// Country of that institution.
        HomeCountry => "home_country",
        /// The earlier enrolment here.
        PreviousEnrolment => "previous_enrolment",
        /// The enrolment on which this one hangs.
        MainEnrolment => "main_enrolment",
        /// Class into which the student is placed.
        ClassYear => "class_year",
        /// Decision that admits the student: board, day, number.
        Decision => "decision",
        /// The agreement under which the student comes.
        Agreement => "agreement",
        /// The law that opened the way.
        Law => "law",
        /// Day on which the stay ends.
        EndsOn => "ends_on",
    }

    /// What an enrolment has, or has not, because of the way of entry.
    EntryRight {
        /// A diploma at the end.
        Diploma => "diploma",
        /// A place in the ranking of graduates.
        Ranking => "ranking",
        /// A place in the count of an evening class's first ten percent.
        TopTenPercent => "top_ten_percent",
    }

    /// Who must learn of the registration.
    Report {
        /// YÖKSİS.
        Yoksis => "yoksis",
        /// The military offices, for men who are citizens.
        Military => "military",
        /// The institution from which the student comes.
        HomeInstitution => "home_institution",
    }

    /// What the registration desk looks at besides papers and fields.
    DeskCheck {
        /// The announced window of registration.
        Window => "window",
        /// Graduation from school, as the ministry answers.
        School => "school",
        /// Military service, as the military offices answer.
        Military => "military",
        /// Studies elsewhere, as YÖKSİS answers.
        Elsewhere => "elsewhere",
        /// A second formal programme of the same level.
        SecondProgramme => "second_programme",
    }

    /// What an obstacle does to a registration.
    DeskEffect {
        /// Nothing can be registered.
        Blocks => "blocks",
        /// A provisional registration stays open.
        Provisional => "provisional",
    }

    /// What the fee of the enrolment follows.
    FeeBasis {
        /// The programme, its kind of education and the student's period, as for everybody.
        Programme => "programme",
        /// Tuition every term, in day education too.
        Tuition => "tuition",
        /// The main enrolment; nothing of its own inside the period of grace.
        MainEnrolment => "main_enrolment",
        /// Nothing here: the student pays at home.
        HomeInstitution => "home_institution",
        /// What the agreement says.
        Agreement => "agreement",
    }
}

/// A way of entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryRule {
    /// Its full name, as papers print it.
    pub name: Named,
    /// How students of this way come to the office; never empty.
    pub arrivals: Vec<Arrival>,
    /// Kinds of placement, as YÖKSİS calls them, whose lists bring students of this way.
    pub placements: Vec<String>,
    /// What the enrolment is to the institution.
    pub stay: Stay,
    /// For [`Stay::Linked`], the word for the bond: `double_major`.
    pub link: Option<String>,
}

/// A paper that a way of entry asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryPaper {
    /// When it is asked for.
    pub stage: Stage,
    /// In which form; nothing where no source says.
    pub original: Option<Original>,
    /// Conditions, all of which must hold; empty for everybody.
    pub conditions: Vec<Condition>,
    /// How old it may be at most.
    pub max_age_months: Option<u16>,
    /// What else the clerk has to know.
    pub note: Option<Named>,
}

/// Whether a paper may come after a registration that is temporary until then.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TemporaryRegistration {
    /// Whether it may.
    pub allowed: bool,
    /// Last day; nothing while nobody has entered the day of the year.
    pub until: Option<Date>,
    /// Last day for students of open schools, where it is another.
    pub until_open_school: Option<Date>,
}

/// A span of time in a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Span {
    /// Calendar days.
    Days(u16),
    /// Months.
    Months(u16),
    /// Terms of study.
    Terms(u16),
}

/// Whether a registration is reported, and how soon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReportRule {
    /// Whether it is.
    pub applies: bool,
    /// Within which time; nothing where no source says.
    pub within: Option<Span>,
}
