-- Up to when Stripe's records have been held against ours, in each mode, and what did not match. Not derived from the
-- log: without it the next reconciliation goes over all that Stripe still lists.
create table inline.reconciliation (
    mode        text collate "C" not null primary key,
    up_to       timestamptz(6),
    report      text             not null
);
grant select, insert, update on inline.reconciliation to "${appRole}";
