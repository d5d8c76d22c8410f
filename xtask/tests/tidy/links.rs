//! Every relative link of a Markdown file leads somewhere.

use std::path::{Component, Path, PathBuf};

use crate::tree::{File, assert_none, files, root};

fn breaches(files: &[File], exists: impl Fn(&Path) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is("md")) {
        for target in targets(&file.text) {
            let path = target.split('#').next().unwrap_or_default();
            if !path.is_empty() && !exists(&resolve(&file.path, path)) {
                found.push(format!("{}: {target} leads nowhere", file.path));
            }
        }
    }
    found
}

/// Where links and pictures of a text point, without addresses of the web and without code.
fn targets(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        // Every second piece between back-ticks is code.
        for prose in line.split('`').step_by(2) {
            for (opening, closing) in [("](", ')'), ("src=\"", '"'), ("href=\"", '"')] {
                found.extend(
                    prose.split(opening).skip(1).filter_map(|rest| Some(rest.split_once(closing)?.0.trim())),
                );
            }
        }
        // A link defined apart: `[name]: target`.
        if let Some((_, target)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")) {
            found.push(target.trim());
        }
    }
    found.retain(|target| !target.contains("://") && !target.starts_with("mailto:"));
    found
}

fn resolve(file: &str, target: &str) -> PathBuf {
    let mut path = Path::new(file).parent().map(Path::to_owned).unwrap_or_default();
    for part in Path::new(target).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            Component::RootDir => path.clear(),
            Component::CurDir | Component::Prefix(_) => {}
        }
    }
    path
}

#[test]
fn a_link_that_leads_nowhere_is_seen() {
    let text = "[a](a.md#part) ![b](../b.png) [web](https://example.invalid/x) `[c](c.md)`\n\
        ```\n[d](d.md)\n```\n<img src=\"e.png\">\n[f]: f.md\n[here](#here)\n";
    let files = [File::new("docs/recipes/r.md", text)];
    let there = |path: &Path| path == Path::new("docs/recipes/a.md");
    assert_eq!(
        breaches(&files, there),
        [
            "docs/recipes/r.md: ../b.png leads nowhere",
            "docs/recipes/r.md: e.png leads nowhere",
            "docs/recipes/r.md: f.md leads nowhere",
        ]
    );
    assert_eq!(resolve("docs/recipes/r.md", "../b.png"), Path::new("docs/b.png"));
}

#[test]
fn every_link_leads_somewhere() {
    assert_none(&breaches(&files(), |path| root().join(path).exists()));
}
