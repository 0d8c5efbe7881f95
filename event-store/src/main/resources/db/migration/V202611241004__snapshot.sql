-- A cache: nothing in this schema is part of the ledger. Everything in it may be deleted at any time, also while the
-- application runs, and need not be backed up; it is computed again from the events.
create schema cache;

-- The newest snapshot of the state of each long stream: where loading may begin instead of at the first event.
--
-- sequence, content_hash  the event up to which the state counts; a snapshot is used only if the log has that very event
-- format                  name and version of the state's form; a snapshot of another form is ignored
-- state                   the state as JSON
create table cache.snapshot (
    stream       text collate "C" not null primary key,
    sequence     bigint           not null,
    content_hash bytea            not null,
    format       text collate "C" not null,
    state        text             not null,
    created_at   timestamptz(6)   not null
) with (fillfactor = 70);

grant usage on schema cache to ${appRole};
grant select, insert, update, delete on cache.snapshot to ${appRole};
