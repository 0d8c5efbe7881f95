-- Personal data in plain text, unsealed from the events for as long as the customer's key exists.
create table projection.customer (
    customer_id        text collate "C" not null primary key,
    wallet_id          text collate "C" not null,
    project_id         text collate "C" not null,
    mode               text collate "C" not null,
    external_id        text,
    email              text,
    name               text,
    status             text collate "C" not null,
    created_at         timestamptz(6)   not null,
    created_position   bigint           not null,
    position           bigint           not null
);
create index customer_newest on projection.customer (project_id, mode, created_position desc);
create index customer_external_id on projection.customer (project_id, mode, md5(external_id));

grant all on projection.customer to ${appRole};
