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
UPDATE settings SET value = 4 WHERE name = 'min_reader';
