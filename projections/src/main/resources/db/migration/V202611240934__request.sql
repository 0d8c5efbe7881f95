-- One row per metered call of the gateway, open ones included. Amounts are nano-dollars.
create table projection.request (
    request_id        text collate "C" not null primary key,
    wallet_id         text collate "C" not null,
    session_id        text collate "C",
    status            text collate "C" not null,
    hold_amount       bigint           not null,
    opened_position   bigint           not null,
    opened_at         timestamptz(6)   not null,
    expires_at        timestamptz(6)   not null,
    closed_position   bigint,
    closed_at         timestamptz(6),
    model             text,
    provider          text,
    upstream_id       text,
    prompt_tokens     bigint,
    cached_tokens     bigint,
    completion_tokens bigint,
    images            integer,
    usage_source      text collate "C",
    price_version     integer,
    cost              bigint,
    charged           bigint,
    entry_id          text collate "C",
    position          bigint           not null
) with (fillfactor = 70);

grant all on projection.request to ${appRole};
