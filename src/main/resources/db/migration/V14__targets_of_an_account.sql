-- Where the account is: with it what a quota counts for.
ALTER TABLE target ADD COLUMN region varchar(50);

-- Which other targets are the same, asked for at each look.
CREATE INDEX target_by_account ON target (account, region);

-- Outside UTC some were written hours ahead.
UPDATE scheduled_tasks SET execution_time = CURRENT_TIMESTAMP
WHERE NOT picked AND execution_time > CURRENT_TIMESTAMP + INTERVAL '1' HOUR;
