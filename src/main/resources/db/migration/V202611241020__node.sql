-- The nodes of this installation, each keeping its own row alive while it runs. Which of them leads is not written here:
-- the session that holds the writer's advisory lock bears the node's name, and the database tells whose session that is.
create table inline.node (
    node_id    text collate "C" not null primary key,
    address    text             not null,
    version    text             not null,
    started_at timestamptz(6)   not null default clock_timestamp(),
    seen_at    timestamptz(6)   not null default clock_timestamp()
);

comment on column inline.node.address is 'host:port at which the other nodes reach this one; private network only';

grant select, insert, update, delete on inline.node to "${appRole}";
