//! A new student's first day, and what the office does about it.

use base::ids::{EnrolmentId, PhotoProposalId};
use serde::{Deserialize, Serialize};
use services::first_day::{
    DecidePhoto, KeepOwnContact, SealSlips, decide_photo, keep_own_contact, list_waiting_photos,
    open_first_day, open_waiting_photo, propose_photo, read_notice, seal_slips,
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::{BothNames, Page},
    fields::{Binary, Day, GivenDay, Instant, Line, Prose, Version},
    input::{File, Json, Path},
    problem::Answer,
    student_acts::done,
    words::{PaperWord, StatusWord},
};
use crate::pages::student::inert;

/// What a student still has to do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FirstDayBody {
    /// Given name and surname.
    pub name: String,
    /// Open enrolments, newest first.
    pub studies: Vec<StudyBody>,
    /// Whether the register has a photo.
    pub has_photo: bool,
    /// `waiting`, `taken`, `refused` or `replaced`; null where none was proposed.
    #[schema(required)]
    pub photo: Option<String>,
    /// First day on which a photo may be proposed; null where no dates are set.
    #[schema(required)]
    pub photo_from: Option<Day>,
    /// Last day on which a photo may be proposed; null where no dates are set.
    #[schema(required)]
    pub photo_until: Option<Day>,
    /// Version of the contact, for changing it.
    pub contact_version: i64,
}

/// One open enrolment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StudyBody {
    /// By this number its notice is confirmed.
    pub enrolment: i64,
    /// Student number.
    pub number: String,
    /// Programme.
    pub programme: BothNames,
    /// Status in force.
    pub status: StatusWord,
    /// Last day of a provisional registration.
    #[schema(required)]
    pub provisional_until: Option<Day>,
    /// What has to be brought.
    pub missing: Vec<MissingBody>,
    /// What else keeps a provisional registration from becoming final: `fee`, `school`, `military`, `elsewhere`.
    pub obstacles: Vec<String>,
    /// Whether the data-protection notice is still to be read.
    pub notice_unread: bool,
}

/// A paper that has to be brought.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MissingBody {
    /// Its kind.
    pub kind: PaperWord,
    /// Words, for a paper of kind `other`.
    #[schema(required)]
    pub description: Option<String>,
    /// Last day; null where nobody has set one.
    #[schema(required)]
    pub due_on: Option<Day>,
    /// What the office noted beside it.
    #[schema(required)]
    pub reason: Option<String>,
}

/// Ask what one's own first day still needs
#[utoipa::path(get, path = "/me/first-day", tag = "me", responses((status = 200, body = FirstDayBody)))]
pub async fn show(caller: Caller) -> Answer<axum::Json<FirstDayBody>> {
    let day = open_first_day(caller.office(), caller.actor()).await?;
    let studies = day.studies.into_iter().map(|study| StudyBody {
        enrolment: study.enrolment.get(),
        number: study.number,
        programme: BothNames::from(&study.programme),
        status: study.status.into(),
        provisional_until: study.provisional_until.map(Day),
        missing: study
            .missing
            .into_iter()
            .map(|paper| MissingBody {
                kind: paper.kind.into(),
                description: paper.description,
                due_on: paper.due_on.map(Day),
                reason: paper.reason,
            })
            .collect(),
        obstacles: study.obstacles.iter().map(|obstacle| obstacle.code().to_owned()).collect(),
        notice_unread: study.notice_unread,
    });
    Ok(axum::Json(FirstDayBody {
        name: day.name,
        studies: studies.collect(),
        has_photo: day.has_photo,
        photo: day.proposal.map(|proposal| proposal.state),
        photo_from: day.photo_window.as_ref().map(|window| Day(window.opens_on)),
        photo_until: day.photo_window.as_ref().map(|window| Day(window.closes_on)),
        contact_version: day.contact.version,
    }))
}

/// How one can be reached from now on; an empty text removes.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnContactForm {
    /// E-mail address.
    pub email: Line<254>,
    /// Telephone in any spelling.
    pub phone: Line<40>,
    /// Postal address.
    pub address: Prose<500>,
    /// The contact's version that was read.
    pub version: Version,
}

/// Replace one's own contact
#[utoipa::path(put, path = "/me/contact", tag = "me", request_body = OwnContactForm, responses((status = 204, description = "Stored.")))]
pub async fn contact(caller: Caller, Json(form): Json<OwnContactForm>) -> Answer {
    let command = KeepOwnContact {
        email: form.email.0,
        phone: form.phone.0,
        address: form.address.0,
        version: form.version.0,
    };
    keep_own_contact(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// Propose one's own photo
///
/// The body is the picture itself, JPEG or PNG, 10 MiB at the most. The office takes or refuses it.
#[utoipa::path(
    put, path = "/me/photo", tag = "me",
    request_body(content((Binary = "image/jpeg"), (Binary = "image/png"))),
    responses((status = 204, description = "Proposed."))
)]
pub async fn photo(caller: Caller, File(upload): File) -> Answer {
    propose_photo(caller.office(), caller.actor(), upload).await?;
    Ok(done())
}

/// An enrolment's notice.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeForm {
    /// The enrolment.
    pub enrolment: Version,
    /// Version of the text that was read, as `GET /notice` tells it.
    pub version: Line<40, 1>,
}

/// Confirm having read the data-protection notice
#[utoipa::path(post, path = "/me/notice", tag = "me", request_body = NoticeForm, responses((status = 204, description = "Noted.")))]
pub async fn notice(caller: Caller, Json(form): Json<NoticeForm>) -> Answer {
    read_notice(caller.office(), caller.actor(), EnrolmentId::new(form.enrolment.0), form.version.0).await?;
    Ok(done())
}

/// A photo that waits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WaitingPhotoBody {
    /// By this number it is decided.
    pub id: i64,
    /// Given name and surname.
    pub name: String,
    /// Student number.
    pub number: String,
    /// When it was proposed.
    pub proposed_at: Instant,
    /// Whether a photo is there already.
    pub has_photo: bool,
}

/// List photos that wait for a decision
#[utoipa::path(get, path = "/photo-proposals", tag = "students", responses((status = 200, body = Page<WaitingPhotoBody>)))]
pub async fn waiting(caller: Caller) -> Answer<axum::Json<Page<WaitingPhotoBody>>> {
    let waiting = list_waiting_photos(caller.office(), caller.actor()).await?;
    let items = waiting.into_iter().map(|line| WaitingPhotoBody {
        id: line.proposal.id.get(),
        name: line.name,
        number: line.number,
        proposed_at: line.proposal.proposed_at.into(),
        has_photo: line.has_photo,
    });
    Ok(axum::Json(Page::whole(items.collect())))
}

/// Which proposal.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ProposalPath {
    /// Its number.
    pub id: i64,
}

/// Get a photo that waits
#[utoipa::path(
    get, path = "/photo-proposals/{id}/photo", tag = "students", params(ProposalPath),
    responses((status = 200, content((Binary = "image/jpeg"), (Binary = "image/png"))))
)]
pub async fn picture(caller: Caller, Path(path): Path<ProposalPath>) -> Answer {
    let id = PhotoProposalId::new(path.id);
    let (mime, bytes) = open_waiting_photo(caller.office(), caller.actor(), id).await?;
    Ok(inert(mime, bytes, None))
}

/// A decision about a photo.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhotoDecisionForm {
    /// Take it, or refuse it.
    pub take: bool,
    /// Why it is refused; the student reads it.
    pub reason: Option<Line<200>>,
}

/// Take or refuse a proposed photo
#[utoipa::path(
    post, path = "/photo-proposals/{id}/decision", tag = "students", params(ProposalPath), request_body = PhotoDecisionForm,
    responses((status = 204, description = "Decided."))
)]
pub async fn decide(
    caller: Caller,
    Path(path): Path<ProposalPath>,
    Json(form): Json<PhotoDecisionForm>,
) -> Answer {
    let command = DecidePhoto {
        id: PhotoProposalId::new(path.id),
        take: form.take,
        reason: form.reason.map(|line| line.0).unwrap_or_default(),
    };
    decide_photo(caller.office(), caller.actor(), command).await?;
    Ok(done())
}

/// Whose slips are wanted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SlipsForm {
    /// Code of the programme.
    pub programme: Line<40, 1>,
    /// Day of registration.
    pub day: GivenDay,
    /// Also for whoever holds a slip that can still be used; that one is void then.
    #[serde(default)]
    pub again: bool,
}

/// A sealed slip, shown once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SlipBody {
    /// Student number.
    pub number: String,
    /// User name.
    pub user_name: String,
    /// The link that sets the first password.
    pub url: String,
    /// Until when it can be used.
    pub expires_at: Instant,
}

/// Issue sign-in slips for the new students of a programme and day
#[utoipa::path(post, path = "/slips", tag = "accounts", request_body = SlipsForm, responses((status = 200, body = Page<SlipBody>)))]
pub async fn slips(caller: Caller, Json(form): Json<SlipsForm>) -> Answer<axum::Json<Page<SlipBody>>> {
    let order = SealSlips { programme: form.programme.0, day: form.day.0, again: form.again };
    let slips = seal_slips(caller.office(), caller.actor(), order).await?;
    let items = slips.into_iter().map(|slip| SlipBody {
        url: slip.link.url(caller.office()),
        number: slip.number,
        user_name: slip.link.user_name,
        expires_at: slip.link.expires_at.into(),
    });
    Ok(axum::Json(Page::whole(items.collect())))
}
