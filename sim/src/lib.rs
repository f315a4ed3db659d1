//! Judges the decisions of the client in an invented world.
