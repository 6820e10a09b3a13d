//! Alice and Bob, the usual two.

use crate::agent::Agent;
use crate::lan::Lan;
use std::time::Duration;

/// Pairing is quicker by far; a busy machine is not.
const SOON: Duration = Duration::from_secs(15);

/// Two people on one LAN, each with an agent that runs.
pub struct Pair {
    /// She invites.
    pub alice: Agent,
    /// He answers.
    pub bob: Agent,
    /// Theirs.
    pub lan: Lan,
}

impl Pair {
    /// Two who never met.
    pub fn strangers() -> Self {
        Self::strangers_with(|alice| alice, |bob| bob)
    }

    /// Two who never met, their agents run in a way of one's own.
    pub fn strangers_with(alice: impl FnOnce(Agent) -> Agent, bob: impl FnOnce(Agent) -> Agent) -> Self {
        let lan = Lan::new(&["alice", "bob"]);
        let alice = alice(lan.agent("alice").with(&["--name", "Alice"])).started();
        let bob = bob(lan.agent("bob").with(&["--name", "Bob"])).started();
        Self { alice, bob, lan }
    }

    /// Two who are connected: `Bob` at Alice's, `Alice` at Bob's.
    pub fn connected() -> Self {
        Self::strangers().connect()
    }

    /// Lets Bob answer Alice's invitation.
    #[must_use]
    pub fn connect(self) -> Self {
        let code = self.invite();
        self.bob.cmd(&["accept", &code, "--name", "Alice", "--wait", "15"]);
        wait_connected(&self.alice, "Bob");
        wait_connected(&self.bob, "Alice");
        self
    }

    /// Alice's code for Bob.
    pub fn invite(&self) -> String {
        let invitation = self.alice.one(&["invite", "Bob"]);
        invitation["code"].as_str().expect("an invitation has a code").to_owned()
    }
}

/// Waits until a contact is connected.
#[track_caller]
pub fn wait_connected(agent: &Agent, name: &str) {
    agent.wait_contact(name, "state", "connected", SOON);
}
