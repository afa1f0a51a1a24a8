-- How much a store needs a person, by the class Trouble: what it will be once the grace of a DISCONNECTED store has passed.
ALTER TABLE key_store ADD COLUMN trouble varchar(10) DEFAULT 'NONE' NOT NULL;
UPDATE key_store SET trouble = CASE
    WHEN active_job IS NULL AND (
        (wanted_state = 'CONNECTED' AND (gone OR state IN ('FAILED', 'DISCONNECTING', 'DISCONNECTED')))
        OR (wanted_state IS NULL AND NOT gone AND state = 'FAILED')) THEN 'BROKEN'
    WHEN NOT gone AND state = 'FAILED' THEN 'FAILED'
    WHEN active_job IS NOT NULL OR (NOT gone AND state IN ('CONNECTING', 'DISCONNECTING')) THEN 'MOVING'
    ELSE 'NONE' END;
CREATE INDEX key_store_by_trouble ON key_store (trouble, target, name);

CREATE INDEX key_store_by_state ON key_store (state, gone, target, id);
CREATE INDEX key_store_by_type ON key_store (type, target, id);
