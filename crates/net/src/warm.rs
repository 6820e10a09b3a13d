//! What the first handshake of a process would wait for.

/// Seeds the generator of the TLS library, which takes its time: about a tenth of a second once in each process. Blocks;
/// meant for a thread of its own while other things are opened. Without it the first handshake does it.
pub fn warm_up() {
    let mut byte = [0];
    // A generator that fails will fail the handshake too, which tells of it.
    drop(rustls::crypto::aws_lc_rs::default_provider().secure_random.fill(&mut byte));
}
