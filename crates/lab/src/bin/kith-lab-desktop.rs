//! A desktop that shows notifications: it says what it is told to show, and clicks where it is told to.
//!
//! On standard output one JSON object a line: `{"ready":true}`, then `{"show":…,"replaces":…,"title":…,"body":…}` and
//! `{"close":…}`. A line on standard input is the number of a notification that is clicked.

use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead as _, Write as _};
use tokio::sync::mpsc;
use zbus::OwnedVariant;
use zbus::object_server::SignalEmitter;

/// Numbers of notifications are given out from here.
#[derive(Default)]
struct Shown(u32);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Shown {
    #[expect(clippy::too_many_arguments, reason = "the interface has them")]
    fn notify(
        &mut self,
        _app_name: &str,
        replaces_id: u32,
        _app_icon: &str,
        summary: &str,
        body: &str,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedVariant>,
        _expire_timeout: i32,
    ) -> u32 {
        let id = if replaces_id == 0 {
            self.0 += 1;
            self.0
        } else {
            replaces_id
        };
        say(&json!({ "show": id, "replaces": replaces_id, "title": summary, "body": body }));
        id
    }

    fn close_notification(&self, id: u32) {
        say(&json!({ "close": id }));
    }

    fn get_capabilities(&self) -> Vec<String> {
        ["body", "body-markup", "actions"].map(str::to_owned).to_vec()
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action_key: &str) -> zbus::Result<()>;
}

fn say(line: &Value) {
    let mut out = std::io::stdout().lock();
    // Whoever started this may read no more.
    drop(writeln!(out, "{line}").and_then(|()| out.flush()));
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> zbus::Result<()> {
    const PATH: &str = "/org/freedesktop/Notifications";
    let bus = zbus::connection::Builder::session()
        .name("org.freedesktop.Notifications")
        .serve_at(PATH, Shown::default())
        .build()
        .await?;
    say(&json!({ "ready": true }));
    let (clicked, mut clicks) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if line.parse().is_ok_and(|id: u32| clicked.send(id).is_ok()) {
                continue;
            }
            return;
        }
    });
    let emitter = SignalEmitter::new(&bus, PATH)?;
    while let Some(id) = clicks.recv().await {
        Shown::action_invoked(&emitter, id, "default").await?;
    }
    Ok(())
}
