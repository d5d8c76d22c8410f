//! Lists that show one unit: the one in their address, or the one that their reader chose to work in.
//!
//! The address always says which: a list that is asked for without a unit goes on to the reader's, so that a link shows
//! everybody the same rows. [`ALL`] stands for all units.

use axum::response::{IntoResponse, Redirect, Response};
use services::institution::{self, UnitLine};

use crate::{
    components::{Chip, form::Choice},
    ctx::Ctx,
    fault::Fault,
    url::Params,
    words,
};

/// Name of the parameter.
pub const PARAM: &str = "birim";
/// Its value where the reader works in one unit and the list shows all.
pub const ALL: &str = "hepsi";

/// The list in the unit that its reader chose, where its address names none.
pub async fn go_there(ctx: &Ctx, code: &str, list: Params<'_>) -> Option<Response> {
    if !code.is_empty() {
        return None;
    }
    let unit = ctx.work_unit().await?;
    Some(Redirect::to(&list.with(PARAM, &unit.code).to_string()).into_response())
}

/// The unit that an address names; none for all of them.
///
/// # Errors
/// As [`institution::find_unit`].
pub async fn asked(ctx: &Ctx, code: &str) -> Result<Option<UnitLine>, Fault> {
    if code.is_empty() || code == ALL {
        return Ok(None);
    }
    let near = ctx.workplace().await.units.iter().find(|unit| unit.code == code);
    match near {
        Some(unit) => Ok(Some(unit.clone())),
        None => Ok(institution::find_unit(ctx.office(), ctx.actor(), code.to_owned()).await?),
    }
}

/// What the address says for all units: nothing, unless the reader works in one of them.
pub async fn all(ctx: &Ctx) -> &'static str {
    if ctx.work_unit().await.is_some() { ALL } else { "" }
}

/// The unit as a filter that can be taken away.
pub async fn chip<'a>(ctx: &'a Ctx, unit: &'a UnitLine, list: Params<'_>) -> Chip<'a> {
    Chip {
        label: words::unit(unit, ctx.t().lang()).into(),
        href: list.with(PARAM, all(ctx).await).to_string().into(),
        removable: true,
        current: true,
        ..Chip::default()
    }
}

/// The units to choose from in a list's filter; empty for somebody who works in one alone.
pub async fn choices<'a>(ctx: &'a Ctx, unit: Option<&UnitLine>) -> Vec<Choice<'a>> {
    let (t, workplace) = (ctx.t(), ctx.workplace().await);
    if !workplace.is_wide() {
        return Vec::new();
    }
    let every = Choice::new(all(ctx).await, t.get("filter-all")).chosen(unit.is_none());
    let one = |line: &'a UnitLine| {
        let is_chosen = unit.is_some_and(|unit| unit.id == line.id);
        Choice::new(line.code.as_str(), words::unit(line, t.lang())).chosen(is_chosen)
    };
    std::iter::once(every).chain(workplace.units.iter().map(one)).collect()
}
