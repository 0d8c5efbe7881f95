-- Whose books the postings of a stream belong to.
create table projection.book (
    stream          text collate "C" not null primary key,
    organization_id text collate "C" not null,
    mode            text collate "C" not null,
    of_wallet       boolean          not null,
    opened_at       timestamptz(6)   not null,
    opened_position bigint           not null
);
create index book_owner on projection.book (organization_id, mode, stream);

-- What a stream posted within an hour (since 1970-01-01T00:00Z), by kind of account: nano-dollars, debit positive, each row
-- adding up to zero. stream_hour is "stream/hour".
create table projection.posting_hour (
    stream_hour        text collate "C" not null primary key,
    stream             text collate "C" not null,
    hour               bigint           not null,
    stripe_clearing    bigint           not null,
    wallet             bigint           not null,
    wallet_held        bigint           not null,
    margin             bigint           not null,
    platform_fees      bigint           not null,
    revenue_usage      bigint           not null,
    grants             bigint           not null,
    loss_refunds       bigint           not null,
    loss_underestimate bigint           not null,
    forfeited          bigint           not null,
    payouts_in_flight  bigint           not null,
    topups_settling    bigint           not null,
    position           bigint           not null
) with (fillfactor = 70);
create index posting_hour_stream on projection.posting_hour (stream, hour);

grant all on projection.book, projection.posting_hour to ${appRole};
