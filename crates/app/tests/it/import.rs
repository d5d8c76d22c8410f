//! What `kunye import` tells programs.

use serde_json::Value;

use crate::running::run_well;

#[test]
fn the_json_shows_what_differs() {
    let folder = tempfile::tempdir().expect("folder");
    let (dir, data) = (folder.path().join("office"), folder.path().join("data"));
    let place = data.to_string_lossy();
    run_well(folder.path(), &["invent", "--students", "20", "--out", &place]);
    run_well(&dir, &["import", "records", &place, "--json"]);
    let file = data.join("students.csv");
    let text = std::fs::read_to_string(&file).expect("a file");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let column = lines[0].split(',').position(|name| name == "birth_place").expect("a column");
    let mut cells: Vec<&str> = lines[1].split(',').collect();
    let (number, before) = (cells[0].to_owned(), cells[column].to_owned());
    cells[column] = "Örnekköy";
    lines[1] = cells.join(",");
    std::fs::write(&file, lines.join("\n") + "\n").expect("written");
    let told = run_well(&dir, &["import", "records", &place, "--json", "--dry-run"]);
    let told: Value = serde_json::from_str(told.trim()).expect("JSON");
    let files = told["files"].as_array().expect("files");
    let students = files.iter().find(|file| file["file"] == "students.csv").expect("the file");
    assert_eq!(students["changed"], 1, "{students}");
    let example = &students["examples"][0];
    assert_eq!((&example["difference"], &example["key"]), (&"changed".into(), &number.into()), "{example}");
    let value = &example["values"][0];
    assert_eq!((&value["column"], &value["before"]), (&"birth_place".into(), &before.into()), "{example}");
    assert_eq!(value["after"], "Örnekköy");
}
