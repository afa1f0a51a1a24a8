-- Whether the settings name the target, as whoever read theirs last has them.
ALTER TABLE target ADD COLUMN configured boolean DEFAULT FALSE NOT NULL;

-- One row, changed by whoever writes that down: one after the other.
CREATE TABLE settings_read (
    times bigint NOT NULL
);
INSERT INTO settings_read (times) VALUES (0);
