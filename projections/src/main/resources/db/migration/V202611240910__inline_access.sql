-- Who may do what right now. Written in the transaction of the events themselves, read by primary key on every request
-- and every node. Rebuildable from the log.
create table inline.organization (
    organization_id text collate "C" not null primary key,
    name            text             not null,
    active          boolean          not null,
    created_at      timestamptz(6)   not null
);
create index organization_created_at on inline.organization (created_at desc, organization_id);

create table inline.project (
    project_id      text collate "C" not null primary key,
    organization_id text collate "C" not null,
    name            text             not null,
    active          boolean          not null,
    settings        text             not null,
    created_at      timestamptz(6)   not null
);
create index project_organization on inline.project (organization_id, created_at desc, project_id);

create table inline.access_key (
    key_id          text collate "C" not null primary key,
    kind            text collate "C" not null,
    organization_id text collate "C",
    project_id      text collate "C",
    mode            text collate "C",
    name            text             not null,
    preview         text             not null,
    revoked         boolean          not null,
    expires_at      timestamptz(6),
    created_at      timestamptz(6)   not null
);
create index access_key_project on inline.access_key (project_id, created_at desc, key_id);
create index access_key_organization on inline.access_key (organization_id, created_at desc, key_id);

create table inline.key_fingerprint (
    fingerprint text collate "C" not null primary key,
    key_id      text collate "C" not null
);

create table inline.external_id (
    project_id        text collate "C" not null,
    mode              text collate "C" not null,
    external_id_index text collate "C" not null,
    customer_id       text collate "C" not null,
    primary key (project_id, mode, external_id_index)
);

create table inline.customer (
    customer_id     text collate "C" not null primary key,
    wallet_id       text collate "C" not null,
    organization_id text collate "C" not null,
    project_id      text collate "C" not null,
    mode            text collate "C" not null,
    status          text collate "C" not null
);

-- One column per reason to freeze: reasons are a set, and each event changes its own alone.
create table inline.wallet (
    wallet_id       text collate "C" not null primary key,
    customer_id     text collate "C" not null,
    project_id      text collate "C" not null,
    mode            text collate "C" not null,
    frozen_backend  boolean          not null,
    frozen_operator boolean          not null,
    frozen_dispute  boolean          not null
);

create table inline.session (
    session_id      text collate "C" not null primary key,
    wallet_id       text collate "C" not null,
    customer_id     text collate "C" not null,
    organization_id text collate "C" not null,
    project_id      text collate "C" not null,
    mode            text collate "C" not null,
    generation      integer          not null,
    revoked         boolean          not null,
    minted_at       timestamptz(6)   not null,
    models          text,
    max_spend       bigint
);

create table inline.session_token (
    fingerprint text collate "C" not null primary key,
    session_id  text collate "C" not null,
    generation  integer          not null,
    expires_at  timestamptz(6)   not null
);
create index session_token_expires_at on inline.session_token using brin (expires_at);

create table inline.backend_hold (
    hold_id   text collate "C" not null primary key,
    wallet_id text collate "C" not null,
    status    text collate "C" not null
);

grant select, insert, update, delete
    on inline.organization, inline.project, inline.access_key, inline.key_fingerprint, inline.external_id,
       inline.customer, inline.wallet, inline.session, inline.session_token, inline.backend_hold
    to ${appRole};
