-- The ledger: one append-only table. This is a stored contract: the columns, their types and what the hashes cover
-- are what auditors verify years later. Never rename, retype or rewrite; only add nullable columns.
--
-- global_position  contiguous from 1 without gaps, assigned by the single writer in commit order; a reader that
--                  follows it never skips an event
-- stream, sequence the aggregate's id and the event's number in it, contiguous from 0
-- occurred_at      when the decision was made; recorded_at when the writer stored it, never decreasing by position
-- metadata         actor, request id and the like, in the binary form documented in docs/event-store.md
-- content_hash     SHA-256 over length-prefixed stream, sequence, type, revision, event_id, occurred_at, metadata,
--                  payload, salt and previous_hash, all as stored
-- previous_hash    content_hash of the stream's previous event, 32 zero bytes for the first
create schema ledger;

create table ledger.event (
    global_position bigint                    not null,
    stream          text        collate "C"   not null,
    sequence        bigint                    not null,
    type            text        collate "C"   not null,
    revision        smallint                  not null,
    event_id        uuid                      not null,
    occurred_at     timestamptz(6)            not null,
    recorded_at     timestamptz(6)            not null,
    metadata        bytea                     not null,
    payload         bytea                     not null,
    salt            bytea                     not null,
    content_hash    bytea                     not null,
    previous_hash   bytea                     not null,
    constraint event_pk primary key (global_position),
    constraint event_stream_sequence unique (stream, sequence),
    constraint event_position_positive check (global_position > 0),
    constraint event_sequence_not_negative check (sequence >= 0),
    constraint event_salt_128_bit check (octet_length(salt) = 16),
    constraint event_content_hash_256_bit check (octet_length(content_hash) = 32),
    constraint event_previous_hash_256_bit check (octet_length(previous_hash) = 32)
);

-- "The greatest position recorded up to t": because recorded_at never decreases by position, the answer is found by a
-- binary search over the primary key (about 30 look-ups for a billion events). No index on recorded_at is needed, and
-- none is paid for on every append.

grant usage on schema ledger to ${appRole};
grant select, insert on ledger.event to ${appRole};
