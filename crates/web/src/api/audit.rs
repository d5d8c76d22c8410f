//! The audit log: the auditor all of it, students what concerns their own record.

use serde::{Deserialize, Serialize};
use services::audit::{AuditLine, AuditPage, AuditQuery, read_audit, read_own_audit};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::Page,
    cursor::{self, Cursor},
    fields::{Instant, Line, given},
    input::Query,
    problem::Answer,
    students::{Limit, limit_of},
};

/// Mark of these lists' cursors.
const LIST: char = 'l';

/// A row of the audit log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuditBody {
    /// Row number.
    pub id: i64,
    /// When.
    pub at: Instant,
    /// Name of the account; empty where nobody was signed in.
    pub who: String,
    /// What, e.g. `read_student`.
    pub action: String,
    /// Whose data, as a name; empty where no single person.
    pub whom: String,
    /// Student number, where the row is about one enrolment; otherwise empty.
    pub student_number: String,
    /// Kind of the object.
    pub object_kind: String,
    /// Row number of the object.
    #[schema(required)]
    pub object: Option<i64>,
    /// Codes that tell more.
    pub detail: String,
    /// How many people a list showed.
    pub shown: usize,
    /// Reason typed.
    #[schema(required)]
    pub reason: Option<String>,
}

impl From<AuditLine> for AuditBody {
    fn from(line: AuditLine) -> Self {
        Self {
            id: line.id,
            at: line.at.into(),
            who: line.who,
            action: line.action,
            whom: line.whom,
            student_number: line.student_number,
            object_kind: line.object_kind,
            object: line.object,
            detail: line.detail,
            shown: line.shown,
            reason: line.reason,
        }
    }
}

/// Which rows are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AuditParams {
    /// Only rows about the person with this student number, lists that showed him or her included.
    #[param(inline)]
    pub number: Option<Line<64>>,
    /// Only what the account of this user name did.
    #[param(inline)]
    pub user_name: Option<Line<64>>,
    /// Only this action.
    #[param(inline)]
    pub action: Option<Line<64>>,
    /// Rows wanted, 50 unless said otherwise.
    #[param(inline)]
    pub limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// Where in the own list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OwnAuditParams {
    /// Rows wanted, 50 unless said otherwise.
    #[param(inline)]
    pub limit: Option<Limit>,
    /// Where the page before ended: its `next`.
    #[param(inline)]
    pub after: Option<Cursor>,
}

fn page(page: AuditPage) -> axum::Json<Page<AuditBody>> {
    let next = page.next.map(|row| cursor::of_row(LIST, row));
    axum::Json(Page { items: page.lines.into_iter().map(AuditBody::from).collect(), next })
}

/// Read the audit log
///
/// The newest rows first, for auditors; that it was read stands in it too.
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditParams), responses((status = 200, body = Page<AuditBody>)))]
pub async fn all(caller: Caller, Query(params): Query<AuditParams>) -> Answer<axum::Json<Page<AuditBody>>> {
    let before = cursor::read_row(LIST, given(params.after.as_ref()))?;
    let query = AuditQuery {
        number: params.number.unwrap_or_default().0,
        user_name: params.user_name.unwrap_or_default().0,
        action: params.action.unwrap_or_default().0,
        before,
        limit: limit_of(params.limit),
    };
    Ok(page(read_audit(caller.office(), caller.actor(), query).await?))
}

/// Read who looked at the own record
///
/// For students and graduates: who looked at their record or changed it, the newest first.
#[utoipa::path(get, path = "/me/audit", tag = "me", params(OwnAuditParams), responses((status = 200, body = Page<AuditBody>)))]
pub async fn own(
    caller: Caller,
    Query(params): Query<OwnAuditParams>,
) -> Answer<axum::Json<Page<AuditBody>>> {
    let before = cursor::read_row(LIST, given(params.after.as_ref()))?;
    Ok(page(read_own_audit(caller.office(), caller.actor(), before, limit_of(params.limit)).await?))
}
