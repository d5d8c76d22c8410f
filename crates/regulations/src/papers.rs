//! What the institution prints on its papers, apart from the facts about a student.

/// The institution's head of a paper in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letterhead {
    /// The institution's name in capitals.
    pub institution: String,
    /// The seat, for "place and date": `Kastamonu`.
    pub place: String,
    /// Address, telephone and web lines at the foot; may be none.
    pub contact: Vec<String>,
}

/// Who may sign a kind of paper: the first office that is filled that day does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SigningOffices {
    /// Keys of offices in order of preference: `secretary`, then `dean`.
    pub offices: Vec<String>,
}

/// What the regulation means by a word that papers use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Definition {
    /// In Turkish.
    pub tr: String,
    /// In English.
    pub en: String,
}
