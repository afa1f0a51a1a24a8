-- What the job before this one had asked of KMS last: a look may go on showing the state of before that ask.
ALTER TABLE job ADD COLUMN earlier_state varchar(40);
ALTER TABLE job ADD COLUMN earlier_shown boolean;
ALTER TABLE job ADD COLUMN earlier_at timestamp with time zone;
