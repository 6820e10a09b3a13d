CREATE VIRTUAL TABLE search USING fts5(text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
CREATE INDEX events_edited ON events (edited_by) WHERE edited_by > 0;
INSERT INTO settings (name, value) SELECT 'search', 1 WHERE NOT EXISTS (SELECT 1 FROM events);
UPDATE settings SET value = 2 WHERE name = 'min_reader';
