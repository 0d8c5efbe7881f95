-- Amounts are nano-dollars.
create table projection.session (
    session_id       text collate "C" not null primary key,
    customer_id      text collate "C" not null,
    wallet_id        text collate "C" not null,
    mode             text collate "C" not null,
    minted_at        timestamptz(6)   not null,
    expires_at       timestamptz(6)   not null,
    revoked_at       timestamptz(6),
    spend            bigint           not null,
    max_spend        bigint,
    created_position bigint           not null,
    position         bigint           not null
) with (fillfactor = 80);
create index session_customer on projection.session (customer_id, created_position desc);

grant all on projection.session to ${appRole};
