//! The pages and the API through the real router.

mod accounts;
mod api;
mod api_house;
mod browser;
mod held_import;
mod institution;
mod lists;
mod papers;
mod routes;
mod sign_in;
mod start;
mod waiting;
