-- The first answer to each request that came with an Idempotency-Key, to be given again.
CREATE TABLE idempotency (
    caller      varchar(200) NOT NULL,
    request_key varchar(255) NOT NULL,
    fingerprint varchar(64) NOT NULL,  -- of what was asked: the same key must not ask for anything else
    created_at  timestamp with time zone NOT NULL,
    status      integer,
    location    varchar(500),
    retry_after varchar(20),
    body        text,
    PRIMARY KEY (caller, request_key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
