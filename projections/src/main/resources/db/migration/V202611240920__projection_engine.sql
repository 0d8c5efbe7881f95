-- How far each projection has come; changed in the transaction of the rows it wrote. Locking a row is the right to
-- project: any number of nodes may try.
create table projection.position (
    projection text collate "C" not null primary key,
    position   bigint           not null,
    updated_at timestamptz(6)   not null default now()
);

-- Events that a projection could not take. Later events of the same stream wait behind them, so that order is kept.
create table projection.dead_letter (
    projection text collate "C" not null,
    position   bigint           not null,
    stream     text collate "C" not null,
    error      text             not null,
    parked_at  timestamptz(6)   not null default now(),
    primary key (projection, position)
);

grant all on projection.position, projection.dead_letter to ${appRole};
