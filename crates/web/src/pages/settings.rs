//! How somebody wants to see pages, and the unit to work in: the small forms of the bar.

use axum::response::{IntoResponse, Redirect};
use base::{ids::UnitId, lang::Lang};
use services::accounts::{self, Settings};

use crate::{
    components::frame::Theme,
    ctx::{Anyone, Posted},
    fault::Answer,
    url::local,
};

/// `POST /tercih`: one setting at a time. It is kept in the browser, language, theme and size also with the account.
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
        let unit = posted.number("unit").map(UnitId::new);
        if unit.is_some() && unit != session.unit && session.actor.roles.iter().any(|role| role.unit == unit)
        {
            accounts::choose_unit(anyone.office(), session, unit).await?;
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
