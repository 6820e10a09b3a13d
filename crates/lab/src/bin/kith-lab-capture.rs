//! Writes every frame that passes the interfaces of its network namespace into a file, until it is killed.
//!
//! `tcpdump` can't be used for this: it gives up its groups, which nobody may do in an unprivileged user namespace.

use rustix::net::{AddressFamily, Protocol, RecvFlags, SocketType, recv, socket};
use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{self, Write};
use std::num::NonZeroU32;

/// `ETH_P_ALL` of `linux/if_ether.h`, in network order: frames of every protocol.
const ALL_PROTOCOLS: u32 = 0x0003_u16.to_be() as u32;
/// Larger than any frame, also one that the network card would cut up.
const FRAME_BYTES_MAX: usize = 128 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args_os().nth(1).ok_or("usage: kith-lab-capture FILE")?;
    let mut file = File::create(path)?;
    let protocol = NonZeroU32::new(ALL_PROTOCOLS).map(Protocol::from_raw);
    let interfaces = socket(AddressFamily::PACKET, SocketType::RAW, protocol)?;
    println!("listening");
    io::stdout().flush()?;
    let mut frame = vec![0; FRAME_BYTES_MAX];
    loop {
        let (filled, _) = recv(&interfaces, &mut frame, RecvFlags::empty())?;
        file.write_all(frame.get(..filled).unwrap_or(&frame))?;
    }
}
