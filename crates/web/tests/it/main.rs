//! The pages and the API through the real router.

mod accounts;
mod api;
mod api_house;
mod batches;
mod browser;
mod forms;
mod held_import;
mod institution;
mod lists;
mod papers;
mod readers;
mod routes;
mod sign_in;
mod start;
mod waiting;
