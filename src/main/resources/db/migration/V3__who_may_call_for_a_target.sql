-- Who is at work on a target, and until when by this database's clock: nobody else calls KMS about it before that.
ALTER TABLE target ADD COLUMN holder varchar(64);
ALTER TABLE target ADD COLUMN held_until timestamp with time zone;
