//! Two of these on one LAN, or on one machine, find each other and connect, with nothing between them.
//!
//! ```text
//! finder NUMBER PEER    a device whose key is NUMBER (0-255) looks for the one whose key is PEER; the lower dials
//! finder --code NAME    opens the pairing code NAME and waits for one connection
//! finder --find NAME    finds the open code NAME and connects
//! ```
//! The keys are public: for experiments and tests only. Prints one line of JSON when it is connected.

use kith_net::{Card, Config, Connection, Endpoint, EndpointId, Found, NetError};
use std::time::Instant;

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let start = Instant::now();
    let result = match args.as_slice() {
        ["--code", name] => open_code(name).await,
        ["--find", name] => find_code(name).await,
        [own, peer] => match (own.parse(), peer.parse()) {
            (Ok(own), Ok(peer)) => find_device(own, peer).await,
            _ => return usage(),
        },
        _ => return usage(),
    };
    if let Err(error) = result.map(|how| println!("{{\"ms\":{},\"how\":\"{how}\"}}", start.elapsed().as_millis())) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn usage() {
    eprintln!("finder NUMBER PEER | --code NAME | --find NAME");
    std::process::exit(2);
}

async fn endpoint(seed: u8) -> Result<Endpoint, NetError> {
    Endpoint::bind(Config { mdns: true, ..Config::new([seed; 32]) }).await
}

/// A nonce that no other run has at the same time: enough for an experiment.
fn nonce() -> [u8; 8] {
    u64::from(std::process::id()).to_be_bytes()
}

async fn find_device(own: u8, peer: u8) -> Result<String, NetError> {
    let endpoint = endpoint(own).await?;
    let mdns = endpoint.mdns(nonce()).ok_or(NetError::BadName)?;
    if own > peer {
        return greet(&endpoint.accept().await.ok_or(NetError::Closed)?, false).await;
    }
    // A contact knows the endpoint id from the card; here it follows from the number.
    let throwaway = Endpoint::bind(Config::new([peer; 32]).for_pairing([peer; 32])).await?;
    let known = Card::new(EndpointId(throwaway.id().0));
    throwaway.close().await;
    loop {
        let Some(Found::Seen { addresses, .. }) = mdns.found().await else { continue };
        if let Ok(connection) = endpoint.connect(&known.at(&addresses)).await {
            return greet(&connection, true).await;
        }
    }
}

async fn open_code(name: &str) -> Result<String, NetError> {
    let contacts = endpoint(1).await?;
    let mdns = contacts.mdns(nonce()).ok_or(NetError::BadName)?;
    let throwaway = Endpoint::bind(Config::new([0; 32]).for_pairing([101; 32])).await?;
    let _open = mdns.announce_pairing(name, &throwaway)?;
    greet(&throwaway.accept().await.ok_or(NetError::Closed)?, false).await
}

async fn find_code(name: &str) -> Result<String, NetError> {
    let contacts = endpoint(2).await?;
    let mdns = contacts.mdns(nonce()).ok_or(NetError::BadName)?;
    let throwaway = Endpoint::bind(Config::new([0; 32]).for_pairing([102; 32])).await?;
    let mut search = mdns.find_pairing(name)?;
    let card = search.next().await.ok_or(NetError::Closed)?;
    greet(&throwaway.connect(&card).await?, true).await
}

/// One message each way, so that both ends know it works.
async fn greet(connection: &Connection, first: bool) -> Result<String, NetError> {
    if first {
        connection.send(b"hello"[..].into()).await?;
    }
    let heard = connection.recv().await.ok_or(NetError::Closed)?;
    if !first {
        connection.send(heard).await?;
    }
    let how = format!("{:?}", connection.path());
    connection.close(kith_net::CloseCode::DONE).await;
    Ok(how)
}
