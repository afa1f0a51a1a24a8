-- Which processes run, by this database's clock, and which targets the settings of each name.
CREATE TABLE replica (
    id      varchar(64) PRIMARY KEY,
    since   timestamp with time zone NOT NULL,  -- it has been heard of again and again since then
    seen_at timestamp with time zone NOT NULL
);

CREATE TABLE replica_target (
    replica varchar(64) NOT NULL REFERENCES replica (id) ON DELETE CASCADE,
    target  varchar(63) NOT NULL,
    PRIMARY KEY (replica, target)
);
CREATE INDEX replica_target_by_target ON replica_target (target);
