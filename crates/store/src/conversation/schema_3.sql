CREATE TABLE authors (no INTEGER NOT NULL PRIMARY KEY, device BLOB NOT NULL, person BLOB NOT NULL) STRICT;
INSERT INTO authors (device, person) SELECT DISTINCT device, person FROM events;

CREATE TABLE deliveries (
    first INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL,
    delivery INTEGER NOT NULL
) STRICT;
INSERT INTO deliveries (first, last, delivery)
    SELECT min(row), max(row), delivery FROM (
        SELECT row, delivery,
            row_number() OVER (ORDER BY row) - row_number() OVER (PARTITION BY delivery ORDER BY row) AS run
        FROM events WHERE mine = 1
    ) GROUP BY delivery, run;

CREATE TABLE obligations (
    device BLOB NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    alone INTEGER NOT NULL,
    PRIMARY KEY (device, first)
) STRICT, WITHOUT ROWID;
INSERT INTO obligations (device, first, last, seq, alone) SELECT device, row, row, seq, alone FROM owed;
CREATE INDEX obligations_by_seq ON obligations (device, seq);
DROP TABLE owed;

INSERT INTO settings (name, value) SELECT 'rows', coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events';
INSERT INTO settings (name, value)
    SELECT 'indexed', CASE WHEN EXISTS (SELECT 1 FROM settings WHERE name = 'search')
        THEN (SELECT value FROM settings WHERE name = 'rows') ELSE 0 END;
DELETE FROM settings WHERE name = 'search';

ALTER TABLE events RENAME TO former_events;
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
INSERT INTO events (row, id, author, counter, kind, written, arrived, mine, late, erased, edited_by, header)
    SELECT row, id, no, counter, kind, written, arrived, mine, late, erased, edited_by, header
    FROM former_events JOIN authors USING (device, person) ORDER BY row;
DROP TABLE former_events;
CREATE INDEX events_by_id ON events (substr(id, 1, 8));
CREATE INDEX events_edited ON events (edited_by) WHERE edited_by > 0;

ALTER TABLE records RENAME TO former_records;
CREATE TABLE records (
    log BLOB NOT NULL,
    seq INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO records (log, seq, bytes) SELECT log, seq, bytes FROM former_records;
DROP TABLE former_records;

ALTER TABLE logs RENAME TO former_logs;
CREATE TABLE logs (log BLOB NOT NULL PRIMARY KEY, device BLOB NOT NULL, state BLOB NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO logs (log, device, state) SELECT log, device, state FROM former_logs;
DROP TABLE former_logs;

ALTER TABLE peers RENAME TO former_peers;
CREATE TABLE peers (device BLOB NOT NULL PRIMARY KEY, state BLOB NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO peers (device, state) SELECT device, state FROM former_peers;
DROP TABLE former_peers;

ALTER TABLE sealer RENAME TO former_sealer;
CREATE TABLE sealer (key BLOB NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO sealer (key, value) SELECT key, value FROM former_sealer;
DROP TABLE former_sealer;

UPDATE settings SET value = 3 WHERE name = 'min_reader';
