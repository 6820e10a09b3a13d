CREATE TABLE files (
    row INTEGER NOT NULL PRIMARY KEY,
    state INTEGER NOT NULL,
    have BLOB NOT NULL
) STRICT;
CREATE INDEX events_files ON events (row) WHERE kind = 8;
