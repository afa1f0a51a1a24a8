-- How the looks at a target went lately, from which follows how long the next one waits.
ALTER TABLE target ADD COLUMN failed_looks integer DEFAULT 0 NOT NULL;  -- in a row
ALTER TABLE target ADD COLUMN slowed integer DEFAULT 0 NOT NULL;        -- by throttling, in doublings of the interval
