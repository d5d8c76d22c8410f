//! The page of a fetch: while it runs, after it, and with nothing to show.

use askama::Template;
use base::lang::Lang;

use super::check_page;
use crate::{
    components::{Button, Figure, Note, State, Weight, samples::Samples},
    texts::{Languages, Texts},
    views::placement_fetch::FetchPage,
};

fn page(t: &Texts, n: usize, full: bool) -> askama::Result<String> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("YÖKSİS", "/kayit/listeler/yoksis/7"), s.shell("/kayit"));
    let figure = |number: &'static str| Figure {
        number: number.into(),
        label: s.say("yeni aday", "new candidates"),
        href: "".into(),
    };
    let page = FetchPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        lead: "YKS (YKS) · 2026".into(),
        buttons: if full {
            vec![
                Button::link(s.say("Hatalı satırlara git", "Go to the faulty rows"), "/kayit/listeler/3")
                    .weight(Weight::Main),
            ]
        } else {
            Vec::new()
        },
        notes: if full {
            vec![Note::new(
                State::Ask,
                s.say("12 satır hatalı", "12 rows are faulty"),
                s.say("Düzeltin.", "Mend them."),
            )]
        } else {
            Vec::new()
        },
        job: s.jobs().swap_remove(n),
        figures: if full { ["4.112", "12"].map(figure).to_vec() } else { Vec::new() },
    };
    page.render()
}

#[test]
fn the_page_of_a_fetch_is_sound_in_both_languages() {
    let languages = Languages::load(&[]).expect("texts");
    for t in Lang::ALL.map(|lang| languages.of(lang)) {
        let jobs = Samples { lang: t.lang() }.jobs().len();
        for n in 0..jobs {
            for full in [true, false] {
                let html = page(t, n, full).expect("page renders");
                check_page(&format!("fetch-{n}-{full}.{}", t.code()), &html);
            }
        }
        assert!(t.missing().is_empty(), "{:?}", t.missing());
    }
}
