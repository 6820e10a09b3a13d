-- conversation, version 5
CREATE TABLE authors (no INTEGER NOT NULL PRIMARY KEY, device BLOB NOT NULL, person BLOB NOT NULL) STRICT;
CREATE TABLE bodies (row INTEGER NOT NULL PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE deliveries (
    first INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL,
    delivery INTEGER NOT NULL
) STRICT;
CREATE TABLE events (
    row INTEGER NOT NULL PRIMARY KEY,
    id BLOB NOT NULL,
    author INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    written INTEGER NOT NULL,
    arrived INTEGER NOT NULL,
    mine INTEGER NOT NULL,
    late INTEGER NOT NULL,
    erased INTEGER NOT NULL,
    edited_by INTEGER NOT NULL,
    header BLOB NOT NULL
) STRICT;
CREATE INDEX events_by_id ON events (substr(id, 1, 8));
CREATE INDEX events_edited ON events (edited_by) WHERE edited_by > 0;
CREATE INDEX events_files ON events (row) WHERE kind = 8;
CREATE TABLE files (
    row INTEGER NOT NULL PRIMARY KEY,
    state INTEGER NOT NULL,
    have BLOB NOT NULL
) STRICT;
CREATE TABLE intents (id INTEGER NOT NULL PRIMARY KEY) STRICT;
CREATE TABLE local (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE logs (log BLOB NOT NULL PRIMARY KEY, device BLOB NOT NULL, state BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE meta (key INTEGER NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE obligations (
    device BLOB NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    alone INTEGER NOT NULL,
    PRIMARY KEY (device, first)
) STRICT, WITHOUT ROWID;
CREATE INDEX obligations_by_seq ON obligations (device, seq);
CREATE TABLE peers (device BLOB NOT NULL PRIMARY KEY, state BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE reactions (
    target INTEGER NOT NULL,
    person BLOB NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (target, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE records (
    log BLOB NOT NULL,
    seq INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE sealer (key BLOB NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE welcomes (device BLOB NOT NULL PRIMARY KEY, welcome BLOB NOT NULL) STRICT;

-- home, version 4
CREATE TABLE bearers (hash BLOB NOT NULL PRIMARY KEY, label TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
CREATE TABLE cards (
    contact BLOB NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL,
    photo_type TEXT NOT NULL,
    photo BLOB NOT NULL,
    book TEXT NOT NULL,
    address TEXT NOT NULL,
    version TEXT NOT NULL
) STRICT;
CREATE TABLE cards_left (id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
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
, pinned INTEGER NOT NULL DEFAULT 0, muted INTEGER NOT NULL DEFAULT 0, archived INTEGER NOT NULL DEFAULT 0, blocked INTEGER NOT NULL DEFAULT 0, met INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX contacts_by_name ON contacts (name_key);
CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE intents (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    vault_file TEXT NOT NULL,
    body BLOB NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE TABLE invitations (
    contact BLOB NOT NULL PRIMARY KEY,
    kind INTEGER NOT NULL,
    name BLOB NOT NULL,
    state BLOB NOT NULL
) STRICT;
CREATE TABLE local (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE peers (
    device BLOB NOT NULL PRIMARY KEY,
    contact BLOB NOT NULL,
    pair_secret BLOB NOT NULL,
    card BLOB NOT NULL,
    beat_seen INTEGER NOT NULL,
    extra BLOB NOT NULL
) STRICT;
CREATE INDEX peers_by_contact ON peers (contact);
CREATE TABLE recovery (
    number INTEGER NOT NULL PRIMARY KEY,
    sign BLOB NOT NULL,
    kem BLOB NOT NULL,
    used INTEGER NOT NULL
) STRICT;
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

