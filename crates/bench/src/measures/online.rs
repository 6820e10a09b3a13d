//! Start to online: how long after its agent's start somebody's contact can be reached.

use super::{ALICE_IP, BOB_IP, LONG, contact};
use crate::figure::Figure;
use crate::stats::median;
use kith_lab::{Agent, Lan, Pair, until};
use std::thread;
use std::time::{Duration, Instant};

/// How often the agent is asked.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// Takes the measure.
pub(super) fn take(rounds: usize) -> Vec<Figure> {
    let Pair { mut alice, mut bob, lan } = Pair::connected();
    let (mut known, mut found, mut ready, mut launch) = (vec![], vec![], vec![], vec![]);
    for round in 0..rounds {
        launch.push(launched(&lan));
        bob.stop();
        until("Alice sees that he left", LONG, || (contact(&alice, "Bob")["online"] == false).then_some(()));
        let (listens, online) = started(&mut bob);
        ready.push(listens);
        known.push(online);

        // Neither is where the other knows them: only looking around on the LAN finds them.
        alice.stop();
        bob.stop();
        move_to(&lan, "alice", &format!("10.7.{}.1", round + 1));
        move_to(&lan, "bob", &format!("10.7.{}.2", round + 1));
        alice.start();
        found.push(started(&mut bob).1);
        alice.stop();
        bob.stop();
        move_to(&lan, "alice", ALICE_IP);
        move_to(&lan, "bob", BOB_IP);
        alice.start();
        bob.start();
        until("they meet again", LONG, || (contact(&alice, "Bob")["online"] == true).then_some(()));
    }
    let note = format!(
        "from the command's start, of which {:.3} s are the tools that enter the namespace; the contact's agent runs already",
        median(&launch)
    );
    vec![
        Figure::low("start to contact online, address known", "s", known).reaching(0.3, Some(0.15)).note(&note),
        Figure::low("start to contact online, by mDNS alone", "s", found)
            .reaching(1.0, Some(0.5))
            .note("as above, with other addresses on both sides than those that the two know of each other"),
        Figure::low("start to the local socket's first answer", "s", ready),
    ]
}

/// Seconds that a program takes that does nothing.
fn launched(lan: &Lan) -> f64 {
    let begin = Instant::now();
    lan.host("bob").program("true").status().expect("a program");
    begin.elapsed().as_secs_f64()
}

/// Seconds until the agent answers, and until its contact is online there.
fn started(bob: &mut Agent) -> (f64, f64) {
    let begin = Instant::now();
    bob.launch();
    let mut asked = loop {
        if let Ok(client) = kith_api::client::Client::connect(bob.home()) {
            break client;
        }
        assert!(begin.elapsed() < LONG, "the agent does not start");
        thread::sleep(LOOK_EVERY);
    };
    let mut ready = None;
    loop {
        let request = kith_api::Request::Contact { contact: Some("Alice".to_owned()) };
        let seen = asked.call(request).unwrap_or_else(|error| panic!("{error}"));
        let now = begin.elapsed().as_secs_f64();
        ready.get_or_insert(now);
        if seen["online"] == true {
            return (ready.unwrap_or(now), now);
        }
        assert!(begin.elapsed() < LONG, "they don't meet");
        thread::sleep(LOOK_EVERY);
    }
}

/// Gives a host one address in place of what it has.
fn move_to(lan: &Lan, host: &str, ip: &str) {
    lan.host(host).script(&format!(
        "ip -n {host} addr flush dev eth0 scope global
         ip -n {host} addr add {ip}/16 dev eth0"
    ));
}
