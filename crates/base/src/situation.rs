//! What people are told about: a stable word with values, never a sentence.
//!
//! Nobody here knows the reader's language, so whoever tells of a situation keeps its sentence in every language under
//! that word; `SITUATIONS` is the list to hold such sentences against.

use crate::time::{Date, date_tr};

/// A value of a sentence, in the same letters in every language.
pub trait Said {
    /// As it is put into the sentence.
    fn said(&self) -> String;
}

macro_rules! said {
    ($($type:ty),*) => {
        $(impl Said for $type {
            fn said(&self) -> String {
                self.to_string()
            }
        })*
    };
}
said!(String, &'static str, char, u8, u32, u64, i32, i64, usize);

impl Said for Date {
    fn said(&self) -> String {
        date_tr(*self)
    }
}

/// Declares a vocabulary of situations: an enum of which each variant has a stable word and, as fields, the values of
/// its sentence.
#[macro_export]
macro_rules! situations {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$doc:meta])*
                $variant:ident $({ $( $(#[$field_doc:meta])* $field:ident: $type:ty ),* $(,)? })? => $code:literal
            ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $( $(#[$doc])* $variant $({ $( $(#[$field_doc])* $field: $type ),* })? ),*
        }

        impl $name {
            /// The word of every situation, with the names of its values.
            pub const SITUATIONS: &'static [(&'static str, &'static [&'static str])] =
                &[$( ($code, &[$($( stringify!($field) ),*)?]) ),*];

            /// Stable word for programs, and key of the sentence.
            pub const fn code(&self) -> &'static str {
                match self {
                    $( Self::$variant { .. } => $code ),*
                }
            }

            /// Values of the sentence, by name.
            pub fn args(&self) -> Vec<(&'static str, String)> {
                match self {
                    $( Self::$variant $({ $($field),* })? => {
                        vec![$($( (stringify!($field), $crate::situation::Said::said($field)) ),*)?]
                    } ),*
                }
            }
        }
    };
}
