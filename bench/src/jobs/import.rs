//! Taking the records over: time and memory.

use std::{fs, path::Path};

use crate::{
    Failure, ROUNDS,
    floor::{copy_millis, mib, note_sync},
    kunye::Kunye,
    options::Group,
    process,
    register::Register,
    report::round,
    sheet::Sheet,
    tell,
};

/// Imports the records into `office`, as often as there are rounds where it is measured; the last one stays.
pub(crate) fn measure(
    program: &Kunye,
    register: &Register,
    office: &Path,
    is_measured: bool,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    if !is_measured {
        tell("taking the records over");
        check(
            &program.run(&[&"import", &"records", &register.folder(), &"--dir", &office, &"--json"])?.said,
            register,
            sheet,
        )?;
        return Ok(());
    }
    let files = register.files()?;
    for number in 1..=ROUNDS {
        tell(&round(Group::Import, number));
        if office.exists() {
            fs::remove_dir_all(office)?;
        }
        note_sync(sheet, Group::Import, office.parent().unwrap_or(office))?;
        let done = program.run(&[&"import", &"records", &register.folder(), &"--dir", &office, &"--json"])?;
        check(&done.said, register, sheet)?;
        let database = process::size(office)?;
        sheet.note("import.s", done.took.as_secs_f64());
        sheet.note("import.mib", mib(done.peak));
        sheet.note("import.database", mib(database));
        sheet.note("import.floor.copy", copy_millis(&files, database, office)? / 1000.0);
    }
    Ok(())
}

/// Whether every row of the files is said to have arrived.
fn check(said: &str, register: &Register, sheet: &mut Sheet) -> Result<(), Failure> {
    let answer: serde_json::Value = serde_json::from_str(said.trim())?;
    let new = |file: &str| {
        let files = answer["files"].as_array()?;
        files.iter().find(|found| found["file"] == file)?["new"].as_u64()
    };
    if answer["applied"] != true {
        sheet.fault("the import says that it was not applied");
    }
    let students = u64::try_from(register.len())?;
    if new("students.csv") != Some(students) {
        sheet
            .fault(format!("the import counts {:?} new students instead of {students}", new("students.csv")));
    }
    if let Some(marks) = new("grades.csv") {
        let remark = format!("{marks} marks");
        if !sheet.remarks().contains(&remark) {
            sheet.remark(remark);
        }
        if register.is_reference() && marks != 770_037 {
            sheet.fault(format!("the import counts {marks} marks instead of 770,037"));
        }
    }
    Ok(())
}
