-- One row per change of a balance, free requests (amount 0) included. Amounts are nano-dollars.
create table projection.ledger_entry (
    wallet_id         text collate "C" not null,
    position          bigint           not null,
    entry_id          text collate "C" not null,
    type              text collate "C" not null,
    amount            bigint           not null,
    balance_after     bigint           not null,
    created_at        timestamptz(6)   not null,
    description       text,
    session_id        text collate "C",
    request_id        text collate "C",
    model             text,
    prompt_tokens     bigint,
    cached_tokens     bigint,
    completion_tokens bigint,
    usage_source      text collate "C",
    cost              bigint,
    loss              bigint,
    primary key (wallet_id, position)
);
-- A busy wallet has few credits among very many debits.
create index ledger_entry_credits on projection.ledger_entry (wallet_id, type, position) where type <> 'usage_debit';

grant all on projection.ledger_entry to ${appRole};
