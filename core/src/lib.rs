//! kessai.
