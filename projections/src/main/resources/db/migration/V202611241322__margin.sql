-- One row per organization and mode. Amounts are nano-dollars. reserved: what payouts took and did not give back.
-- day: the UTC day (ISO 8601) whose accruals an entry changes.
create table projection.margin_account (
    margin_id       text collate "C" not null primary key,
    organization_id text collate "C" not null,
    mode            text collate "C" not null,
    balance         bigint           not null,
    accrued         bigint           not null,
    clawed_back     bigint           not null,
    reserved        bigint           not null,
    position        bigint           not null
) with (fillfactor = 70);
create index margin_account_payable on projection.margin_account (balance) where mode = 'live';

create table projection.margin_entry (
    margin_id     text collate "C" not null,
    position      bigint           not null,
    entry_id      text collate "C" not null,
    type          text collate "C" not null,
    amount        bigint           not null,
    balance_after bigint           not null,
    topup_id      text collate "C",
    payout_id     text collate "C",
    day           text collate "C",
    created_at    timestamptz(6)   not null,
    primary key (margin_id, position)
);
create index margin_entry_day on projection.margin_entry (margin_id, day) where day is not null;

create table projection.payout (
    payout_id          text collate "C" not null primary key,
    organization_id    text collate "C" not null,
    destination        text collate "C" not null,
    amount             bigint           not null,
    automatic          boolean          not null,
    status             text collate "C" not null,
    transfer_id        text collate "C",
    failure_reason     text,
    requested_at       timestamptz(6)   not null,
    closed_at          timestamptz(6),
    requested_position bigint           not null,
    position           bigint           not null
) with (fillfactor = 70);
create index payout_newest on projection.payout (organization_id, requested_position desc);
create index payout_in_flight on projection.payout (requested_position) where status = 'IN_FLIGHT';

grant all on projection.margin_account, projection.margin_entry, projection.payout to ${appRole};
