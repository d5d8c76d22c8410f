//! A student says what the orientation was like.

use base::ids::OrientationId;
use domain::orientation::FeedbackFigures;

use super::{Moment, about_student, own_invitation};
use crate::{
    Office,
    authz::Actor,
    error::{FieldError, Result, ServiceError},
    once,
};

/// Characters of the words at the most.
const LONGEST: usize = 1000;

/// What the form of a feedback sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GiveFeedback {
    /// Of which orientation.
    pub of: OrientationId,
    /// From 1 to 5, as typed.
    pub score: String,
    /// Words; may stay empty.
    pub words: String,
}

/// Keeps what a student who came thinks of it, in place of what he or she said before. The office reads scores and words
/// without names, and the log says that something was said, not what.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::NotFound`] as for one's own invitation; [`ServiceError::Invalid`] on
/// `score` (`score-range`, `feedback-needs-attendance`), `words` (`too-long`).
pub async fn give_feedback(office: &Office, actor: &Actor, form: GiveFeedback) -> Result<()> {
    let at = Moment::of(office);
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (_, enrolment, permit) = own_invitation(tx, actor, form.of, at.now)?;
        let mut wrong = Vec::new();
        let score: Option<u8> = form.score.trim().parse().ok();
        let score =
            score.filter(|score| (FeedbackFigures::LOWEST..=FeedbackFigures::HIGHEST).contains(score));
        if score.is_none() {
            wrong.push(FieldError::new("score", "score-range"));
        }
        let words = form.words.trim();
        if words.chars().count() > LONGEST {
            wrong.push(FieldError::new("words", "too-long").with("max", LONGEST.to_string()));
        }
        let came = storage::orientation::sessions_come_to(tx, enrolment.id)?;
        if !came.iter().any(|session| session.orientation == form.of) {
            wrong.push(FieldError::new("score", "feedback-needs-attendance"));
        }
        let (Some(score), true) = (score, wrong.is_empty()) else {
            return Err(ServiceError::Invalid(wrong));
        };
        let words = Some(words).filter(|words| !words.is_empty());
        storage::orientation::keep_feedback(tx, &permit, form.of, enrolment.id, score, words)?;
        Ok(storage::audit::append(tx, &about_student(&permit, "give_feedback", &enrolment, ""))?)
    })
    .await
}
