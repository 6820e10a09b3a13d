CREATE TABLE reactions (
    target INTEGER NOT NULL,
    person BLOB NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (target, person)
) STRICT, WITHOUT ROWID;

UPDATE settings SET value = 4 WHERE name = 'min_reader';
