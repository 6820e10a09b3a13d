DROP TABLE attempts;
ALTER TABLE peers DROP COLUMN start_seen;
UPDATE settings SET value = 2 WHERE name = 'min_reader';
