//! How somebody wants to see pages and lists, and the unit to work in: the small forms of the bar.

use axum::response::{IntoResponse, Redirect};
use base::{ids::UnitId, lang::Lang};
use services::{
    accounts::{self, List, Settings},
    institution,
};

use crate::{
    components::frame::Theme,
    ctx::{Anyone, Posted},
    fault::Answer,
    url::{local, without},
};

/// `POST /tercih`: one setting at a time. It is kept in the browser; language, theme, size, columns of lists and the
/// unit also with the account.
pub async fn save(anyone: Anyone, posted: Posted) -> Answer {
    let mut look = anyone.look();
    let lang = Lang::from_code(posted.text("dil")).unwrap_or(anyone.t().lang());
    look.theme = Theme::from_code(posted.text("tema")).unwrap_or(look.theme);
    look.comfortable = switched(posted.text("rahat"), look.comfortable);
    look.contrast = switched(posted.text("karsitlik"), look.contrast);
    look.letter_keys = switched(posted.text("harf"), look.letter_keys);
    anyone.set_look(lang, look);
    if let Some(session) = anyone.session() {
        let before = Settings { lang: session.lang, theme: session.theme, comfortable: session.comfortable };
        let theme = accounts::Theme::from_code(look.theme.code()).unwrap_or(before.theme);
        let after = Settings { lang, theme, comfortable: look.comfortable };
        if after != before {
            accounts::change_settings(anyone.office(), session, after).await?;
        }
        if let Some(list) = List::from_code(posted.text("liste")) {
            let columns = if posted.text("olagan").is_empty() { posted.all("sutun") } else { &[] };
            accounts::choose_columns(anyone.office(), session, list, columns).await?;
        }
        if let Some(unit) = posted.number("unit") {
            let workplace = institution::workplace(anyone.office(), &session.actor).await?;
            let unit = workplace.chosen(Some(UnitId::new(unit))).map(|line| line.id);
            if unit != session.unit {
                accounts::choose_unit(anyone.office(), session, unit).await?;
            }
            // A list that was asked for another unit begins anew in this one.
            return Ok(Redirect::to(&without(local(posted.text("geri")), &["birim", "sonra", "once"]))
                .into_response());
        }
    }
    Ok(Redirect::to(local(posted.text("geri"))).into_response())
}

fn switched(sent: &str, now: bool) -> bool {
    match sent {
        "1" => true,
        "0" => false,
        _ => now,
    }
}
