//! Both carriers against a backend of the test's own: raw bytes in, raw bytes out.

mod harness;
mod local;
mod web_api;
mod web_door;
mod web_pages;
