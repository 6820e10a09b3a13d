//! What the local API's carriers ask: calls go to the core, look-ups to the shared directory.

use crate::core::{BackupMsg, Directory, Msg};
use crate::files::FileMsg;
use bytes::Bytes;
use kith_api::{Error, ErrorKind, Push, Request};
use kith_loopback::{App, Backend, Download, Scope, Upload};
use serde_json::Value;
use std::sync::{Arc, RwLock};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

/// The agent, as the carriers see it.
pub(crate) struct AgentBackend {
    pub(crate) core: mpsc::Sender<Msg>,
    pub(crate) pushes: broadcast::Sender<Arc<Push>>,
    pub(crate) directory: Arc<RwLock<Directory>>,
    pub(crate) locked: watch::Receiver<bool>,
}

impl AgentBackend {
    /// Puts a message to the core and waits for its answer.
    async fn ask<T>(&self, msg: impl FnOnce(oneshot::Sender<Result<T, Error>>) -> Msg) -> Result<T, Error> {
        let (answer, answered) = oneshot::channel();
        let stopping = || Error::new(ErrorKind::NotRunning, "stopping", []);
        self.core.send(msg(answer)).await.map_err(|_| stopping())?;
        answered.await.map_err(|_| {
            if self.core.is_closed() {
                return stopping();
            }
            Error::new(ErrorKind::Internal, "mistake-no-answer", [])
        })?
    }
}

impl Backend for AgentBackend {
    async fn call(&self, scope: Scope, request: Request) -> Result<Value, Error> {
        self.ask(|answer| Msg::Call { scope, request, answer }).await
    }

    async fn send_file(&self, contact: &str, upload: Upload) -> Result<Value, Error> {
        let (contact, upload) = (contact.to_owned(), Box::new(upload));
        self.ask(|answer| Msg::File(FileMsg::FromPage { contact, upload, answer })).await
    }

    async fn open_file(&self, contact: &str, event: &str) -> Result<Download, Error> {
        let (contact, event) = (contact.to_owned(), event.to_owned());
        self.ask(|answer| Msg::File(FileMsg::ToPage { contact, event, answer })).await
    }

    async fn open_backup(&self, ticket: &str) -> Result<mpsc::Receiver<Bytes>, Error> {
        let ticket = ticket.to_owned();
        self.ask(|answer| Msg::Backup(BackupMsg::ToPage { ticket, answer })).await
    }

    fn watch(&self) -> broadcast::Receiver<Arc<Push>> {
        self.pushes.subscribe()
    }

    fn app(&self, label: &str) -> Option<App> {
        self.directory.read().ok()?.apps.get(label).cloned()
    }

    fn bearer_known(&self, label: &str, hash: &[u8; 32]) -> bool {
        let Ok(directory) = self.directory.read() else { return false };
        directory.bearers.contains(&(label.to_owned(), *hash))
    }

    fn locked(&self) -> watch::Receiver<bool> {
        self.locked.clone()
    }

    fn language(&self) -> Option<&'static str> {
        self.directory.read().ok()?.language
    }

    fn announces(&self, contact: &str, on: bool) {
        if let Ok(mut directory) = self.directory.write() {
            directory.announces(contact, on);
        }
    }

    fn bearer_add(&self, label: &str, hash: &[u8; 32]) {
        let (kept, done) = oneshot::channel();
        let msg = Msg::Bearer { label: label.to_owned(), hash: *hash, kept };
        if self.core.try_send(msg).is_ok() {
            // The bearer is handed out after this returns, so it has to be durable by then.
            drop(tokio::task::block_in_place(|| done.blocking_recv()));
        }
    }
}
