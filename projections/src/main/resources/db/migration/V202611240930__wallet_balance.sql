-- Amounts are nano-dollars. position: the last event that changed the row; an event at or before it changes nothing.
create table projection.wallet (
    wallet_id          text collate "C" not null primary key,
    customer_id        text collate "C" not null,
    organization_id    text collate "C" not null,
    project_id         text collate "C" not null,
    mode               text collate "C" not null,
    opened_at          timestamptz(6)   not null,
    opened_position    bigint           not null,
    balance            bigint           not null,
    held               bigint           not null,
    lifetime_spend     bigint           not null,
    lifetime_topped_up bigint           not null,
    position           bigint           not null
) with (fillfactor = 70);

-- Every hold of both origins. held_when_…: what the wallet held in all right after, so that the held amount at any
-- position is found by two look-ups and not by adding up.
create table projection.hold (
    hold_id          text collate "C" not null primary key,
    wallet_id        text collate "C" not null,
    origin           text collate "C" not null,
    amount           bigint           not null,
    expires_at       timestamptz(6)   not null,
    opened_position  bigint           not null,
    held_when_opened bigint           not null,
    closed_position  bigint,
    held_when_closed bigint,
    position         bigint           not null
) with (fillfactor = 80);
create index hold_opened on projection.hold (wallet_id, opened_position);
create index hold_closed on projection.hold (wallet_id, closed_position) where closed_position is not null;
create index hold_overdue on projection.hold (expires_at) where closed_position is null;

-- Each change of a reason to freeze, so that the state at any position can be told.
create table projection.wallet_freeze (
    wallet_id text collate "C" not null,
    position  bigint           not null,
    reason    text collate "C" not null,
    frozen    boolean          not null,
    primary key (wallet_id, position)
);

grant all on projection.wallet, projection.hold, projection.wallet_freeze to ${appRole};
