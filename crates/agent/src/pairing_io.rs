//! Pairings on the network: the throwaway endpoints of open invitations, and the search for somebody else's.
//!
//! These tasks carry messages between a connection and the core, which owns the machines; they decide nothing but when
//! a connection has had its time.

use crate::core::{Msg, PairReply, PairSide};
use crate::links::EXPORTER;
use bytes::Bytes;
use kith_base::ContactId;
use kith_net::{Card, CloseCode, Config, Connection, Endpoint, Mdns, NetError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long one try may take on a connection.
const RUN: Duration = Duration::from_secs(30);
/// Tries at one invitation at one time.
const RUNS_MAX: usize = 8;
/// A dial that failed is tried again after this, as long as there is time.
const AGAIN: Duration = Duration::from_millis(500);
/// The last message gets this long to arrive before the connection goes.
const LAST_WORD: Duration = Duration::from_secs(2);

/// Which of a contact's invitations it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    /// The spoken code.
    Code,
    /// The link or QR.
    Link,
}

/// An invitation that is to be answerable.
pub(crate) struct OpenWay {
    pub(crate) contact: ContactId,
    pub(crate) way: Way,
    /// What it is announced under on the LAN.
    pub(crate) name: String,
    pub(crate) config: Config,
    pub(crate) mdns: Option<Arc<Mdns>>,
    pub(crate) stop: CancellationToken,
}

/// Binds an invitation's endpoint and answers on it until it is stopped. Says at once where it can be found.
pub(crate) async fn open(open: OpenWay, core: mpsc::Sender<Msg>, bound: oneshot::Sender<Result<Card, NetError>>) {
    let endpoint = match Endpoint::bind(open.config.clone()).await {
        Ok(endpoint) => endpoint,
        Err(error) => return drop(bound.send(Err(error))),
    };
    let announced = open.mdns.as_ref().map(|mdns| mdns.announce_pairing(&open.name, &endpoint));
    if let Some(Err(error)) = &announced {
        tracing::warn!(%error, "an open code can't be announced on this network");
    }
    drop(bound.send(Ok(endpoint.local_card())));
    let room = Arc::new(Semaphore::new(RUNS_MAX));
    loop {
        let connection = tokio::select! {
            () = open.stop.cancelled() => break,
            connection = endpoint.accept() => connection,
        };
        let Some(connection) = connection else { break };
        let Ok(permit) = Arc::clone(&room).try_acquire_owned() else {
            connection.abort(CloseCode::REFUSED);
            continue;
        };
        let core = core.clone();
        let side = PairSide::Inviter { contact: open.contact, way: open.way };
        tokio::spawn(async move {
            run(connection, side, &core).await;
            drop(permit);
        });
    }
    drop(announced);
    // Answers under way, such as the refusal that ended it, go out before the endpoint does.
    drop(timeout(LAST_WORD, room.acquire_many(u32::try_from(RUNS_MAX).unwrap_or(1))).await);
    endpoint.close().await;
}

/// Somebody's invitation that is to be answered.
pub(crate) struct Search {
    pub(crate) attempt: u64,
    /// What it is announced under on the LAN.
    pub(crate) name: String,
    /// Where a link says it is.
    pub(crate) card: Option<Card>,
    pub(crate) config: Config,
    pub(crate) mdns: Option<Arc<Mdns>>,
    pub(crate) stop: CancellationToken,
}

/// Looks for an invitation and tries everybody who claims to have made it, until it is stopped.
pub(crate) async fn search(search: Search, core: mpsc::Sender<Msg>) {
    let endpoint = match Endpoint::bind(search.config.clone()).await {
        Ok(endpoint) => endpoint,
        Err(error) => return drop(core.send(Msg::SearchFailed { attempt: search.attempt, error }).await),
    };
    let (found, mut cards) = mpsc::channel(16);
    if let Some(card) = search.card.clone() {
        drop(found.try_send(card));
    }
    let looking = search.mdns.as_ref().and_then(|mdns| mdns.find_pairing(&search.name).ok());
    let looker = looking.map(|mut looking| {
        let found = found.clone();
        tokio::spawn(async move {
            while let Some(card) = looking.next().await {
                if found.send(card).await.is_err() {
                    return;
                }
            }
        })
    });
    let tries = TaskTracker::new();
    while let Some(card) = next_card(&mut cards, &search.stop).await {
        let (endpoint, core, stop, found) = (endpoint.clone(), core.clone(), search.stop.clone(), found.clone());
        let attempt = search.attempt;
        tries.spawn(async move { try_card(&endpoint, card, attempt, &core, &found, &stop).await });
    }
    if let Some(looker) = looker {
        looker.abort();
    }
    // Tries under way send their last word before the endpoint goes.
    tries.close();
    drop(timeout(LAST_WORD, tries.wait()).await);
    endpoint.close().await;
}

async fn next_card(cards: &mut mpsc::Receiver<Card>, stop: &CancellationToken) -> Option<Card> {
    tokio::select! {
        () = stop.cancelled() => None,
        card = cards.recv() => card,
    }
}

async fn try_card(
    endpoint: &Endpoint,
    card: Card,
    attempt: u64,
    core: &mpsc::Sender<Msg>,
    found: &mpsc::Sender<Card>,
    stop: &CancellationToken,
) {
    let connected = tokio::select! {
        () = stop.cancelled() => return,
        connected = endpoint.connect(&card) => connected,
    };
    match connected {
        // A run that has begun ends by itself: what it agreed on has to be said to its end.
        Ok(connection) => drop(run(connection, PairSide::Accepter { attempt }, core).await),
        Err(error) => tracing::debug!(%error, "an invitation was not reached"),
    }
    // Whatever came of it, as long as the search goes on this place may yet be the one.
    if timeout(AGAIN, stop.cancelled()).await.is_err() {
        drop(found.send(card).await);
    }
}

/// Carries one try between its connection and the core. Whatever happens to it, the core hears of its end.
async fn run(connection: Connection, side: PairSide, core: &mpsc::Sender<Msg>) -> Option<()> {
    let exporter = connection.exporter(EXPORTER).ok()?;
    let (answer, begun) = oneshot::channel();
    core.send(Msg::PairBegin { side, exporter, answer }).await.ok()?;
    let (run, first) = begun.await.ok()??;
    drop(timeout(RUN, talk(&connection, run, first, core)).await);
    drop(core.send(Msg::PairEnd { run }).await);
    connection.close(CloseCode::DONE).await;
    Some(())
}

async fn talk(connection: &Connection, run: u64, first: Option<Vec<u8>>, core: &mpsc::Sender<Msg>) -> Option<()> {
    if let Some(first) = first {
        connection.send(first.into()).await.ok()?;
    }
    while let Some(bytes) = connection.recv().await {
        let (answer, replied) = oneshot::channel();
        core.send(Msg::PairMessage { run, bytes, answer }).await.ok()?;
        match replied.await.ok()? {
            PairReply::Send(bytes) => connection.send(Bytes::from(bytes)).await.ok()?,
            PairReply::Last(bytes) => {
                connection.send(Bytes::from(bytes)).await.ok()?;
                drop(timeout(LAST_WORD, connection.closed()).await);
                break;
            }
            PairReply::End => break,
        }
    }
    Some(())
}
