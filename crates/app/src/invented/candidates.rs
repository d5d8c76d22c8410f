//! Invented candidates: a placement list as the placement service names its columns.

use std::{
    collections::HashSet,
    fs,
    io::{self, Write},
    path::Path,
};

use super::{
    chance::Chance,
    university::identity,
    words::{MEN, PLACES, SURNAMES, WOMEN},
};

/// Column names of the placement service.
const HEADER: &str = "tcKimlikNo;adi;soyadi;babaAdi;anneAdi;cinsiyet;dogumTarihi;dogumYer;uyrukTc;cepTel;eposta;adres;programKodu;\
     yerlestigiPuanTuru;yerKullanilanPuani;yerKullanilanBasariSirasi;tercihSirasi;kontenjan;ortaOgrenimMezuniyet;mebDurum;asalDurum;\
     obsKontrol;ekayitTarihi;ibHazirlikSinifi;okulKodu;yerlesmeTuru";

/// ÖSYM codes of the programmes in a `programs.csv`.
///
/// # Errors
/// When the file cannot be read.
pub fn programme_codes(programs: &Path) -> io::Result<Vec<String>> {
    let text = fs::read_to_string(programs)?;
    // The codes stand in the ninth column, and no name before them has a comma.
    let code = |line: &str| line.split(',').nth(8).map(str::to_owned).filter(|code| !code.is_empty());
    Ok(text.lines().skip(1).filter_map(code).collect())
}

/// A list to be written.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    /// Codes of the programmes over which the candidates are spread.
    pub codes: &'a [String],
    /// Candidates.
    pub count: usize,
    /// Year of placement.
    pub year: i16,
    /// The same number gives the same list.
    pub seed: u64,
    /// How many registered through e-Devlet with nothing against them, the first of the list; none lets chance decide.
    pub e_registered: Option<usize>,
}

/// What chance leaves to a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Everything.
    Open,
    /// Registered through e-Devlet, and nothing stands against it.
    ERegistered,
    /// Anything but registered through e-Devlet.
    AtTheDesk,
}

/// Writes a list.
///
/// Unless the list says how many registered through e-Devlet, seven in ten have nothing against them, and a third of
/// those registered; the rest wait for the school, the military office or the register of other studies.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path, list: List<'_>) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut chance = Chance::new(list.seed ^ 0x6164_6179);
    let mut taken = HashSet::new();
    let mut out = io::BufWriter::new(fs::File::create(path)?);
    writeln!(out, "{HEADER}")?;
    for i in 0..list.count {
        let Some(code) = list.codes.get(i % list.codes.len().max(1)) else { break };
        let fate = match list.e_registered {
            None => Fate::Open,
            Some(many) if i < many => Fate::ERegistered,
            Some(_) => Fate::AtTheDesk,
        };
        row(&mut out, &mut chance, &mut taken, (code, list.year), fate)?;
    }
    out.flush()
}

fn row(
    out: &mut impl Write,
    chance: &mut Chance,
    taken: &mut HashSet<[u8; 9]>,
    (code, year): (&str, i16),
    fate: Fate,
) -> io::Result<()> {
    let woman = chance.happens(510);
    let given = chance.pick(if woman { WOMEN } else { MEN });
    let surname = SURNAMES[chance.below(SURNAMES.len()).min(chance.below(SURNAMES.len()))];
    let (father, mother, place) = (chance.pick(MEN), chance.pick(WOMEN), chance.pick(PLACES));
    let number = identity(chance, taken);
    let born = year - i16::try_from(chance.between(18, 21)).unwrap_or(18);
    let birth = format!("{:02}/{:02}/{born}", chance.between(1, 28), chance.between(1, 12));
    let score = format!("{},{:05}", chance.between(210, 520), chance.between(0, 99_999));
    let clear = chance.happens(700) || fate == Fate::ERegistered;
    let trouble = if clear { 3 } else { chance.below(3) };
    // 101 means that the military offices see no obstacle, 102 sends to the branch.
    let (school, military, elsewhere) =
        (u8::from(trouble != 0), if trouble == 1 && !woman { 102 } else { 101 }, u8::from(trouble == 2));
    let e_registered = match fate {
        Fate::Open => clear && chance.happens(330),
        Fate::ERegistered => true,
        Fate::AtTheDesk => false,
    };
    let registered_on = if e_registered {
        format!("{:02}/08/{year} 14:20:00", chance.between(24, 28))
    } else {
        String::new()
    };
    writeln!(
        out,
        "{};{};{};{};{};{};{birth};{};1;555{:07};aday{}@example.invalid;{} Mah. {}. Sok. No {};{code};SAY;{score};{};{};60;{year};{school};{military};{elsewhere};{registered_on};0;{};Genel",
        number.reveal(),
        base::text::upper_tr(given),
        surname,
        base::text::upper_tr(father),
        base::text::upper_tr(mother),
        if woman { "Kadın" } else { "Erkek" },
        base::text::upper_tr(place),
        chance.between(0, 9_999_999),
        taken.len(),
        place,
        chance.between(1, 40),
        chance.between(1, 99),
        chance.between(1_000, 900_000),
        chance.between(1, 24),
        900_000 + chance.between(1, 400),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_header_and_whole_rows_and_is_the_same_again() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("placement/yks.csv");
        let codes = ["109900013".to_owned(), "109900023".to_owned()];
        let list = List { codes: &codes, count: 200, year: 2026, seed: 1, e_registered: None };
        write(&path, list).expect("written");
        let text = fs::read_to_string(&path).expect("a list");
        assert_eq!(text.lines().count(), 201);
        let columns = HEADER.split(';').count();
        assert!(text.lines().all(|line| line.split(';').count() == columns), "{text}");
        for sign in [";Kadın;", ";Erkek;", "/08/2026 14:20:00;0;900", ";102;", ";0;101;0;", ";1;101;1;"] {
            assert!(text.contains(sign), "{sign}");
        }
        write(&path, list).expect("written");
        assert_eq!(fs::read_to_string(&path).expect("a list"), text);
    }

    #[test]
    fn so_many_as_are_wanted_registered_through_e_devlet_with_nothing_against_them() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("yks.csv");
        let codes = ["109900013".to_owned()];
        write(&path, List { codes: &codes, count: 90, year: 2026, seed: 1, e_registered: Some(40) })
            .expect("written");
        let text = fs::read_to_string(&path).expect("a list");
        let signed = |line: &&str| line.contains("/08/2026 14:20:00;");
        assert_eq!(text.lines().filter(signed).count(), 40);
        assert!(text.lines().filter(signed).all(|line| line.contains(";1;101;0;")), "{text}");
    }
}
