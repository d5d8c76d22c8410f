//! The table of permissions, printed for people to review: `docs/generated/permissions.md`.

use std::{fmt::Write as _, fs, path::Path};

use domain::accounts::Role;
use services::{
    Action,
    authz::{Reach, reach_of},
};

/// What a role is in the office, in a line.
fn meaning(role: Role) -> &'static str {
    match role {
        Role::Clerk => "Öğrenci işleri personeli: atandığı birimin günlük işlerini yapar.",
        Role::Chief => "Şef: memurun yaptıklarını yapar, yanlış kaydı ters kayıtla geri alır.",
        Role::UnitSecretary => {
            "Fakülte, yüksekokul, MYO sekreteri: belgeleri imzalar, yanlış kaydı geri alır."
        }
        Role::UnitHead => "Dekan, müdür: biriminin öğrencilerini ve belgelerini görür.",
        Role::BoardMember => "Yönetim kurulu üyesi: kurumun birim ve programlarını görür.",
        Role::DepartmentHead => "Bölüm başkanı: bölümünün öğrencilerini görür, listesini alır.",
        Role::DepartmentSecretary => "Bölüm sekreteri: bölümünün öğrencilerini görür.",
        Role::Advisor => "Danışman: danışmanı olduğu öğrencileri görür.",
        Role::Instructor => "Öğretim elemanı: kurumun birim ve programlarını görür.",
        Role::Student => "Öğrenci: yalnız kendi kaydını ve ona kimlerin baktığını görür.",
        Role::Graduate => "Mezun: yalnız kendi kaydını ve ona kimlerin baktığını görür.",
        Role::Applicant => "Aday: henüz kaydı yoktur, hiçbir kaydı görmez.",
        Role::Registrar => "Öğrenci İşleri Daire Başkanlığı: bütün birimlerin işlerini yapar, hesap açmaz.",
        Role::Auditor => {
            "İç denetim, KVKK: her şeyi okur, kimin neye baktığını görür, hiçbir şeyi değiştirmez."
        }
        Role::Administrator => "Bilgi İşlem: hesapları ve kurum bilgilerini yönetir, öğrenci kaydı görmez.",
    }
}

/// The column of a reach, in the order of the table.
const REACHES: [(Reach, &str); 4] = [
    (Reach::Everywhere, "bütün kurumda"),
    (Reach::OwnUnit, "kendi biriminde"),
    (Reach::Advisees, "danışmanı olduğu öğrencide"),
    (Reach::OwnRecord, "kendi kaydında"),
];

fn table() -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    writeln!(out, "# Yetkiler: rol, işlem, kapsam\n")?;
    writeln!(out, "Bu dosyayı bir test, `services::authz` içindeki tablodan yazar; elle değiştirilmez.")?;
    writeln!(out, "Bir rolün adı bir satırda geçmiyorsa o rol o işlemi hiçbir yerde yapamaz.\n")?;
    writeln!(out, "## Roller\n")?;
    writeln!(out, "| rol | kim, ne yapar |\n|---|---|")?;
    for role in Role::ALL {
        writeln!(out, "| `{role}` | {} |", meaning(*role))?;
    }
    writeln!(out, "\n## Kim neyi nerede yapabilir\n")?;
    writeln!(
        out,
        "*Kendi biriminde*: görev verilen birimde ve altındakilerde; görev tek bir programa daraltılmışsa yalnız o programın kayıtlarında."
    )?;
    writeln!(out, "*Değiştirir*: yalnız okuyabilen bir API anahtarı bu işlemi yapamaz.")?;
    writeln!(
        out,
        "*Parola ister*: parola son dakikalarda yazılmış olmalıdır; API anahtarıyla ise o anahtar için yazılmış olmalıdır.\n"
    )?;
    write!(out, "| işlem | değiştirir | parola ister |")?;
    for (_, title) in REACHES {
        write!(out, " {title} |")?;
    }
    writeln!(out, "\n|---|---|---|---|---|---|---|")?;
    let tick = |yes: bool| if yes { "evet" } else { "–" };
    for action in Action::ALL {
        write!(
            out,
            "| `{}` | {} | {} |",
            action.code(),
            tick(action.changes()),
            tick(action.is_sensitive())
        )?;
        for (reach, _) in REACHES {
            let roles: Vec<&str> = Role::ALL
                .iter()
                .filter(|role| reach_of(**role, *action) == reach)
                .map(|role| role.code())
                .collect();
            write!(out, " {} |", if roles.is_empty() { "–".to_owned() } else { roles.join(", ") })?;
        }
        writeln!(out)?;
    }
    writeln!(out, "\n## Her rolün yapabildikleri\n")?;
    for role in Role::ALL {
        let able: Vec<String> = REACHES
            .iter()
            .filter_map(|(reach, title)| {
                let actions: Vec<&str> = Action::ALL
                    .iter()
                    .filter(|action| reach_of(*role, **action) == *reach)
                    .map(|action| action.code())
                    .collect();
                (!actions.is_empty()).then(|| format!("{title}: {}", actions.join(", ")))
            })
            .collect();
        writeln!(
            out,
            "* `{role}`: {}.",
            if able.is_empty() { "hiçbir şey".to_owned() } else { able.join("; ") }
        )?;
    }
    Ok(out)
}

#[test]
fn the_printed_table_is_the_policy() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated/permissions.md");
    let now = table().expect("text");
    #[expect(clippy::disallowed_methods, reason = "leave to rewrite what is compared with")]
    let blessed = std::env::var("KUNYE_BLESS").is_ok_and(|value| value == "1");
    if blessed {
        fs::write(&path, &now).expect("docs/generated/permissions.md");
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(stored, now, "the policy has changed: look at it and run `cargo xtask bless`");
}
