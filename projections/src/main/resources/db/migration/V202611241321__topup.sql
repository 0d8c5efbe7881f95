-- One row per quoted top-up, with what became of it. Amounts are nano-dollars; refunded and disputed: cash that went out of the
-- books again; refund_reported: all that Stripe says was refunded, disputed money included. Percentages are decimals as text.
create table projection.topup (
    topup_id          text collate "C" not null primary key,
    wallet_id         text collate "C" not null,
    customer_id       text collate "C" not null,
    organization_id   text collate "C" not null,
    project_id        text collate "C" not null,
    mode              text collate "C" not null,
    status            text collate "C" not null,
    amount            bigint           not null,
    platform_fee      bigint           not null,
    total_amount      bigint           not null,
    net_credited      bigint           not null,
    developer_margin  bigint           not null,
    bonus_quoted      bigint           not null,
    markup_percent    text             not null,
    bonus_percent     text             not null,
    fee_percent       text             not null,
    payment_intent_id text collate "C",
    charge_id         text collate "C",
    paid              bigint           not null,
    credited          bigint           not null,
    bonus_credited    bigint           not null,
    margin            bigint           not null,
    refunded          bigint           not null,
    refund_reported   bigint           not null,
    disputed          bigint           not null,
    quoted_at         timestamptz(6)   not null,
    settled_at        timestamptz(6),
    quoted_position   bigint           not null,
    position          bigint           not null
) with (fillfactor = 70);
create index topup_wallet on projection.topup (wallet_id, quoted_position desc);
create index topup_payment_intent on projection.topup (payment_intent_id) where payment_intent_id is not null;
create index topup_quoted on projection.topup (quoted_at) where status = 'QUOTED';
create index topup_settled on projection.topup (mode, settled_at) where status = 'SETTLED';

-- Payments that match no quote: one row each, for the operator.
create table projection.topup_parked (
    topup_id          text collate "C" not null,
    position          bigint           not null primary key,
    payment_intent_id text collate "C" not null,
    reason            text collate "C" not null,
    received          bigint           not null,
    currency          text             not null,
    mode              text collate "C" not null,
    parked_at         timestamptz(6)   not null
);

grant all on projection.topup, projection.topup_parked to ${appRole};
