//! The desktop's notifications: `org.freedesktop.Notifications` on the session bus.
//!
//! One thread of work: *asleep* → (the first notification) → *connected* → (a notification, a withdrawal, a click) → *connected*.
//! Where there is no session bus or nobody on it shows notifications, nothing is shown and nothing else is different. A click
//! runs this very program as `kith open`, so that the browser gets a one-time key as always.

use futures_util::StreamExt as _;
use kith_base::ContactId;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use zbus::Variant;

/// Notifications that wait for a desktop that is slow; those beyond are left out.
const WAITING: usize = 64;
/// How long a desktop may take to answer a program that is about to end.
const ANSWER: Duration = Duration::from_secs(5);
/// The key of the action that a click on the notification itself stands for.
const CLICK: &str = "default";

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notification {
    /// Plain text.
    pub(crate) title: String,
    /// Plain text.
    pub(crate) body: String,
}

enum Order {
    Show(ContactId, Notification),
    Withdraw(ContactId),
}

/// Where notifications are put.
pub(crate) struct Desktop(mpsc::Sender<Order>);

impl Desktop {
    /// Begins to listen; the bus is looked for when there is something to show. `home` is opened by a click.
    pub(crate) fn start(home: PathBuf, stop: CancellationToken) -> Self {
        let (orders, waiting) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = work(home, waiting) => {}
            }
        });
        Self(orders)
    }

    /// Shows a contact's notification in the place of the one before.
    pub(crate) fn show(&self, contact: ContactId, notification: Notification) {
        drop(self.0.try_send(Order::Show(contact, notification)));
    }

    /// Takes a contact's notification away.
    pub(crate) fn withdraw(&self, contact: ContactId) {
        drop(self.0.try_send(Order::Withdraw(contact)));
    }
}

#[zbus::proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications"
)]
trait Notifications {
    #[expect(clippy::too_many_arguments, reason = "the interface has them")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Variant<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;
    fn close_notification(&self, id: u32) -> zbus::Result<()>;
    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;
    #[zbus(signal)]
    fn action_invoked(&self, id: u32, action_key: &str) -> zbus::Result<()>;
}

/// Shows a notification of a program that is about to end, if anybody shows it; a desktop that does not answer is waited for a
/// moment.
pub(crate) async fn say(notification: &Notification) -> zbus::Result<()> {
    let bus = zbus::connection::Builder::session().method_timeout(ANSWER).build().await?;
    let desktop = NotificationsProxy::new(&bus).await?;
    let markup = desktop.get_capabilities().await?.iter().any(|capability| capability == "body-markup");
    let body = if markup { escaped(&notification.body) } else { notification.body.clone() };
    desktop.notify("Kith", 0, "", &notification.title, &body, &[], HashMap::new(), 0).await.map(drop)
}

async fn work(home: PathBuf, mut orders: mpsc::Receiver<Order>) {
    // A desktop that was not there may come: each first notification looks again.
    while let Some(first) = orders.recv().await {
        if let Order::Show(contact, notification) = first
            && let Err(error) = serve(&home, &mut orders, (contact, notification)).await
        {
            tracing::debug!(%error, "no notifications are shown here");
        }
    }
}

/// Serves as long as the bus does.
async fn serve(
    home: &PathBuf,
    orders: &mut mpsc::Receiver<Order>,
    (contact, notification): (ContactId, Notification),
) -> zbus::Result<()> {
    let bus = zbus::Connection::session().await?;
    let desktop = NotificationsProxy::new(&bus).await?;
    let mut clicks = desktop.receive_action_invoked().await?;
    // Whoever reads markup would take a text's own signs for it.
    let markup = desktop.get_capabilities().await?.iter().any(|capability| capability == "body-markup");
    let mut shown = BTreeMap::new();
    show(&desktop, markup, &mut shown, contact, &notification).await?;
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                None => return Ok(()),
                Some(Order::Show(contact, notification)) => {
                    show(&desktop, markup, &mut shown, contact, &notification).await?;
                }
                Some(Order::Withdraw(contact)) => if let Some(id) = shown.remove(&contact) {
                    // It may have been closed by its person.
                    drop(desktop.close_notification(id).await);
                },
            },
            click = clicks.next() => {
                let Some(click) = click else { return Ok(()) };
                let args = click.args()?;
                let clicked = shown.iter().find(|(_, id)| **id == args.id).map(|(contact, _)| *contact);
                if let Some(contact) = clicked.filter(|_| args.action_key == CLICK) {
                    open(home, contact);
                }
            }
        }
    }
}

async fn show(
    desktop: &NotificationsProxy<'_>,
    markup: bool,
    shown: &mut BTreeMap<ContactId, u32>,
    contact: ContactId,
    notification: &Notification,
) -> zbus::Result<()> {
    let body = if markup { escaped(&notification.body) } else { notification.body.clone() };
    let hints = HashMap::from([("category", Variant::from("im.received")), ("desktop-entry", Variant::from("kith"))]);
    let before = shown.get(&contact).copied().unwrap_or(0);
    // An empty name: what the action of a click is called is nowhere shown.
    let id = desktop.notify("Kith", before, "", &notification.title, &body, &[CLICK, ""], hints, -1).await?;
    shown.insert(contact, id);
    Ok(())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Opens a contact's app as its person would.
fn open(home: &PathBuf, contact: ContactId) {
    let Ok(program) = std::env::current_exe() else { return };
    let mut command = tokio::process::Command::new(program);
    command.arg("--home").arg(home).arg("open").arg(contact.to_string());
    let opened = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    match opened {
        Ok(mut child) => drop(tokio::spawn(async move { child.wait().await })),
        Err(error) => tracing::warn!(%error, "an app could not be opened"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escaped("<b>&amp;</b>"), "&lt;b&gt;&amp;amp;&lt;/b&gt;");
    }
}
