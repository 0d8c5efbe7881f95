-- A projection's position is kept per segment: events are divided by the hash of their sequence key, so that segments
-- can be written in parallel transactions.
alter table projection.position
    add column segment smallint not null default 0,
    drop constraint position_pkey,
    add constraint position_pkey primary key (projection, segment);

-- What waits behind a parked event is told by the sequence key: the stream, or what else orders the rows.
alter table projection.dead_letter
    add column sequence_key text collate "C",
    add column attempts integer not null default 1,
    add column tried_at timestamptz(6) not null default now();
update projection.dead_letter set sequence_key = stream;
alter table projection.dead_letter alter column sequence_key set not null;
create index dead_letter_sequence_key on projection.dead_letter (projection, sequence_key, position);
