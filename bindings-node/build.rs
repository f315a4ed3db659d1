//! Tells the linker what a library is like that Node loads.

fn main() {
    napi_build::setup();
}
