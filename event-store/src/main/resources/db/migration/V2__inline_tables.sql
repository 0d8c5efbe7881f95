-- Inline tables: rows written in the very transaction of the events they belong to, for what must be unique or dead at
-- once. They can be rebuilt from the log, except answers of idempotent requests (kept at least 24 hours) and customer
-- keys (erasing one is what erases a person).
create schema inline;

create table inline.idempotency (
    scope           text        collate "C" not null,
    idempotency_key text        collate "C" not null,
    request_hash    bytea                   not null,
    status          int                     not null,
    answer          bytea                   not null,
    created_at      timestamptz(6)          not null,
    primary key (scope, idempotency_key)
);
create index idempotency_created_at on inline.idempotency using brin (created_at);

create table inline.customer_key (
    customer_id text collate "C" not null primary key,
    wrapped_key bytea            not null,
    created_at  timestamptz(6)   not null
);

grant usage on schema inline to ${appRole};
grant select, insert, update, delete on inline.idempotency, inline.customer_key to ${appRole};

-- Read models: droppable and replayable, so the application may create and drop there.
create schema projection;
grant usage, create on schema projection to ${appRole};
