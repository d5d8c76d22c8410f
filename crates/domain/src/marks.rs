//! Marks: one attempt of a student at a course.
//!
//! What a letter is worth stands in the grade scale of the institution's rule book, never here.

use base::{
    ids::CourseId,
    number::{Credit, Ects, Score},
};
pub use regulations::{Letter, LetterError};

/// One attempt of a student at a course, as the record computes with it.
///
/// AKTS and credit are those of the course *when it was taken*; the catalogue may have changed since.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// The course; attempts at the same course are repeats of each other.
    pub course: CourseId,
    /// Position of the term in time: a greater number is a later term.
    pub term: i64,
    /// Which attempt at the course it is, from 1; orders attempts inside one term.
    pub number: u8,
    /// The letter; none while no mark has been given.
    pub letter: Option<Letter>,
    /// Score of the midterm part, where it is known.
    pub midterm: Option<Score>,
    /// Score of the final part, where it is known.
    pub final_score: Option<Score>,
    /// National credits of the course.
    pub credit: Credit,
    /// AKTS of the course.
    pub ects: Ects,
}
