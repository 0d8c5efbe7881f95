-- Which documents go out by e-mail. Rows name no person: the address is looked up when the letter is sent.
create schema receipt;
grant usage on schema receipt to ${appRole};

-- How far the log was looked through for documents; the row is locked by whoever looks.
create table receipt.bookmark (
    singleton boolean not null primary key default true check (singleton),
    position  bigint  not null
);

-- position: of the event that the document is about.
create table receipt.mail (
    position   bigint           not null primary key,
    topup_id   text collate "C" not null,
    state      text collate "C" not null check (state in ('waiting', 'sent', 'no_address', 'failed')),
    attempts   integer          not null default 0,
    due_at     timestamptz(6)   not null default now(),
    error      text,
    changed_at timestamptz(6)   not null default now()
);
create index mail_due on receipt.mail (due_at) where state = 'waiting';

grant select, insert, update on receipt.bookmark, receipt.mail to ${appRole};
