//! Who somebody is in one relationship: the root and its words, the identity bundle, device lists, the safety number.
pub mod bundle;
pub mod list;
pub mod safety;
pub mod seed;
