CREATE TABLE new_ids (id BLOB NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (id, row)) STRICT, WITHOUT ROWID;
CREATE TABLE ids (place INTEGER NOT NULL PRIMARY KEY, entries BLOB NOT NULL) STRICT;
INSERT INTO new_ids (id, row) SELECT substr(id, 1, 8), row FROM events ORDER BY substr(id, 1, 8), row;
INSERT INTO settings (name, value) VALUES ('ids', 0);
DROP INDEX events_by_id;

UPDATE settings SET value = 7 WHERE name = 'min_reader';
