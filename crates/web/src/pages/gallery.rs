//! `/bilesenler`: the design system on one page, in the demo alone.

use crate::{components::samples::Samples, ctx::Ctx, fault::Answer, views::gallery::GalleryPage};

/// `GET /bilesenler`.
pub async fn get(ctx: Ctx) -> Answer {
    if !ctx.site().demo {
        return Err(services::ServiceError::NotFound.into());
    }
    let t = ctx.t();
    let frame = ctx.frame("Bileşenler");
    let shell = ctx.shell("bilesenler").await;
    let view = GalleryPage { t, frame: &frame, shell: &shell, s: Samples { lang: t.lang() } };
    ctx.html(&view)
}
