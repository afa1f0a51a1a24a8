-- What a change gives: JSON, in which secrets are sealed or referred to, and erased when the job has ended.
ALTER TABLE job ADD COLUMN properties text;
-- Whether it goes on to connect the store: a create with connect, an update or a repair with reconnect.
ALTER TABLE job ADD COLUMN goes_on boolean DEFAULT FALSE NOT NULL;
-- The failure code that the store showed first: KMS forgets it at the disconnect that a repair begins with.
ALTER TABLE job ADD COLUMN first_code varchar(100);
-- A store that is being created has no id, and was in no state.
ALTER TABLE job ALTER COLUMN key_store_id DROP NOT NULL;
ALTER TABLE job_step ALTER COLUMN seen_before DROP NOT NULL;
-- KMS shows it of a CloudHSM key store.
ALTER TABLE key_store ADD COLUMN trust_anchor varchar(5000);
-- 256 characters, some of which H2 counts as two.
ALTER TABLE key_store ALTER COLUMN name SET DATA TYPE varchar(512);
