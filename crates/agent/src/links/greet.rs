//! Dials and hellos: from an address to a connection whose other end proved who it is.

use super::{Greeted, Order};
use crate::core::{HelloKeys, Msg};
use bytes::Bytes;
use kith_base::{DeviceId, Secret};
use kith_net::{Card, CloseCode, Connection, Endpoint};
use kith_proto::hello::{self, Endpoints, Met, Proven, Role};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::timeout;

/// How long a hello may take.
const HELLO: Duration = Duration::from_secs(5);
/// Hellos answered at one time: a stranger that opens connections and says nothing can't fill us.
const HELLOS_MAX: usize = 64;

/// The pair secrets that an incoming hello is tried against.
pub(super) type Candidates = Arc<RwLock<Vec<(DeviceId, Secret)>>>;

/// A peer to dial, at the places it may be, most likely first.
#[derive(Debug)]
pub(super) struct Dialled {
    pub(super) device: DeviceId,
    pub(super) secret: Secret,
    pub(super) cards: Vec<Card>,
}

/// Dials a peer at all its places at once and greets on the first that is it.
pub(super) async fn dial(
    endpoint: Endpoint,
    dialled: Dialled,
    core: mpsc::Sender<Msg>,
    links: mpsc::UnboundedSender<Order>,
) {
    let Dialled { device, secret, cards } = dialled;
    let (found, mut connections) = mpsc::channel(cards.len().max(1));
    for card in cards.into_iter().filter(|card| !card.addresses.is_empty() || !card.relays.is_empty()) {
        let (endpoint, found) = (endpoint.clone(), found.clone());
        tokio::spawn(async move {
            match endpoint.connect(&card).await {
                Ok(connection) => drop(found.send(connection).await),
                Err(error) => tracing::debug!(%error, "a dial failed"),
            }
        });
    }
    drop(found);
    while let Some(connection) = connections.recv().await {
        let hello = timeout(HELLO, initiate(&endpoint, &connection, device, secret.clone(), &core)).await;
        match hello {
            Ok(Some(met)) => return drop(links.send(Order::Greeted(Box::new(Greeted { device, connection, met })))),
            Ok(None) | Err(_) => connection.abort(CloseCode::REFUSED),
        }
    }
    drop(links.send(Order::DialFailed(device)));
}

/// Answers hellos until the endpoint closes.
pub(super) async fn accept(
    endpoint: Endpoint,
    candidates: Candidates,
    core: mpsc::Sender<Msg>,
    links: mpsc::UnboundedSender<Order>,
) {
    let room = Arc::new(Semaphore::new(HELLOS_MAX));
    while let Some(connection) = endpoint.accept().await {
        let Ok(permit) = Arc::clone(&room).try_acquire_owned() else {
            connection.abort(CloseCode::REFUSED);
            continue;
        };
        let (endpoint, candidates, core, links) =
            (endpoint.clone(), Arc::clone(&candidates), core.clone(), links.clone());
        tokio::spawn(async move {
            match timeout(HELLO, respond(&endpoint, &connection, &candidates, &core)).await {
                Ok(Some((device, met))) => {
                    drop(links.send(Order::Greeted(Box::new(Greeted { device, connection, met }))));
                }
                Ok(None) | Err(_) => connection.abort(CloseCode::REFUSED),
            }
            drop(permit);
        });
    }
}

async fn initiate(
    endpoint: &Endpoint,
    connection: &Connection,
    device: DeviceId,
    secret: Secret,
    core: &mpsc::Sender<Msg>,
) -> Option<Met> {
    let exporter = connection.exporter(EXPORTER).ok()?;
    // HELLO-003
    let (state, proof) = hello::start(secret, exporter);
    connection.send(Bytes::copy_from_slice(&proof)).await.ok()?;
    let proven = state.on_proof(&connection.recv().await?).ok()?;
    greet(endpoint, connection, proven, device, core).await
}

async fn respond(
    endpoint: &Endpoint,
    connection: &Connection,
    candidates: &Candidates,
    core: &mpsc::Sender<Msg>,
) -> Option<(DeviceId, Met)> {
    let exporter = connection.exporter(EXPORTER).ok()?;
    let first = connection.recv().await?;
    let (device, proven, proof) = {
        let candidates = candidates.read().ok()?;
        hello::respond(&first, exporter, candidates.iter().map(|(device, secret)| (*device, secret)))?
    };
    connection.send(Bytes::copy_from_slice(&proof)).await.ok()?;
    Some((device, greet(endpoint, connection, proven, device, core).await?))
}

/// The label of the TLS exporter that hellos and pairings are bound to.
pub(crate) const EXPORTER: &str = "kith/1/exporter";

/// Both sides say, signed, who they are.
async fn greet(
    endpoint: &Endpoint,
    connection: &Connection,
    proven: Proven,
    device: DeviceId,
    core: &mpsc::Sender<Msg>,
) -> Option<Met> {
    let (answer, keys) = oneshot::channel();
    core.send(Msg::Greet { device, answer }).await.ok()?;
    let HelloKeys { mine, key, peer } = keys.await.ok()??;
    let (us, them) = (endpoint.id(), connection.remote_id());
    let role = proven.role();
    let endpoints = match role {
        Role::Initiator => Endpoints { initiator: &us.0, responder: &them.0 },
        Role::Responder => Endpoints { initiator: &them.0, responder: &us.0 },
    };
    let (state, greeting) = proven.greet(&mine, &key, endpoints);
    connection.send(greeting.into()).await.ok()?;
    let greeted = state.on_greeting(&connection.recv().await?, &peer, endpoints).ok()?;
    let initiator = if role == Role::Initiator { mine.device } else { greeted.theirs.device };
    Some(Met { their_start: greeted.theirs.start, initiator })
}
