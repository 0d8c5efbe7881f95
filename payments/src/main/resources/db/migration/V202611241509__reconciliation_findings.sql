-- What did not match, until a reconciliation that looks at it again finds nothing. Events that could not be handled are
-- among them, so that they are tried again. Not derived from the log: Stripe's records decide.
create table inline.reconciliation_finding (
    mode        text collate "C" not null,
    kind        text collate "C" not null,
    subject     text collate "C" not null,
    topup_id    text collate "C",
    stripe_id   text collate "C",
    message     text             not null,
    first_seen  timestamptz(6)   not null,
    last_seen   timestamptz(6)   not null,
    primary key (mode, kind, subject)
);
create index reconciliation_finding_age on inline.reconciliation_finding (mode, last_seen);
grant select, insert, update, delete on inline.reconciliation_finding to "${appRole}";
