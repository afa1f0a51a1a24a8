-- The disconnect that begins when the job that is being cancelled has ended.
ALTER TABLE job ADD COLUMN next_job varchar(64);
