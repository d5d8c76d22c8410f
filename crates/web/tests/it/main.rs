//! The pages and the API through the real router.

mod accounts;
mod api;
mod api_house;
mod batches;
mod browser;
mod bulk_registration;
mod day_pack;
mod first_day;
mod forms;
mod held_import;
mod institution;
mod lists;
mod morning;
mod notice;
mod orientation;
mod papers;
mod placement;
mod placement_fetch;
mod readers;
mod registration;
mod routes;
mod sign_in;
mod start;
mod waiting;
mod windows;
