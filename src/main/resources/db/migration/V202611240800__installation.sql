create table inline.installation (
    one_row               boolean primary key default true check (one_row),
    payments              text not null check (payments in ('sandbox', 'none', 'stripe')),
    fingerprint_key_check text not null,
    encryption_key_check  text not null,
    installed_at          timestamptz not null default now()
);

comment on table inline.installation is
    'What this installation is. Play money (sandbox) and real money never share a database.';

grant select, insert, update on inline.installation to "${appRole}";
