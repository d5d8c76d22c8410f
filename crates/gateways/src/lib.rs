//! The doors to other people's systems: each implements a port of `services` over the wire.
//!
//! Only this crate opens connections to the outside. It knows addresses, names of fields and kinds of refusal; what an
//! answer means for a candidate or a student is decided in `services`. The names that a remote system gives its fields
//! stand in its `wire.rs` alone. It must never write a question, a body or an account into a log, and it must never be
//! called inside a transaction. Start reading at [`yoksis`]; how another system is added is a recipe
//! (`docs/recipes/add-a-gateway.md`).

pub mod http;
pub mod yoksis;
