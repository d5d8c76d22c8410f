//! The pages and the API through the real router.

mod accounts;
mod api;
mod api_house;
mod browser;
mod institution;
mod routes;
mod sign_in;
mod start;
