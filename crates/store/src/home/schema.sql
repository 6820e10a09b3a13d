CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO settings (name, value) VALUES ('min_reader', 1);

CREATE TABLE local (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT;

CREATE TABLE contacts (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    state INTEGER NOT NULL,
    stage INTEGER NOT NULL,
    failure TEXT NOT NULL,
    side INTEGER NOT NULL,
    host_label TEXT NOT NULL UNIQUE,
    conversation BLOB NOT NULL,
    vault_file TEXT NOT NULL,
    wrapped_key BLOB NOT NULL,
    verified INTEGER NOT NULL,
    mark BLOB NOT NULL,
    bundle BLOB NOT NULL,
    their_bundle BLOB NOT NULL,
    identity BLOB NOT NULL,
    created INTEGER NOT NULL,
    extra BLOB NOT NULL
) STRICT;
CREATE INDEX contacts_by_name ON contacts (name_key);

CREATE TABLE peers (
    device BLOB NOT NULL PRIMARY KEY,
    contact BLOB NOT NULL,
    pair_secret BLOB NOT NULL,
    card BLOB NOT NULL,
    start_seen INTEGER NOT NULL,
    beat_seen INTEGER NOT NULL,
    extra BLOB NOT NULL
) STRICT;
CREATE INDEX peers_by_contact ON peers (contact);

CREATE TABLE invitations (
    contact BLOB NOT NULL PRIMARY KEY,
    kind INTEGER NOT NULL,
    name BLOB NOT NULL,
    state BLOB NOT NULL
) STRICT;

CREATE TABLE attempts (id BLOB NOT NULL PRIMARY KEY, state BLOB NOT NULL) STRICT;

CREATE TABLE intents (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    vault_file TEXT NOT NULL,
    body BLOB NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE recovery (
    number INTEGER NOT NULL PRIMARY KEY,
    sign BLOB NOT NULL,
    kem BLOB NOT NULL,
    used INTEGER NOT NULL
) STRICT;

CREATE TABLE bearers (hash BLOB NOT NULL PRIMARY KEY, label TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
