-- To find what has been kept long enough without reading all of it.
CREATE INDEX job_ended ON job (finished_at);
CREATE INDEX key_store_history_age ON key_store_history (seen_at);
CREATE INDEX audit_age ON audit (at);
