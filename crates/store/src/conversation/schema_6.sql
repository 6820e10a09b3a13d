CREATE TABLE pins (
    target INTEGER NOT NULL PRIMARY KEY,
    row INTEGER NOT NULL,
    pinned INTEGER NOT NULL
) STRICT;
CREATE TABLE expiries (
    row INTEGER NOT NULL PRIMARY KEY,
    pending INTEGER NOT NULL,
    ends INTEGER NOT NULL
) STRICT;

UPDATE settings SET value = 6 WHERE name = 'min_reader';
