//! MLS send groups.
