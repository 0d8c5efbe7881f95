#!/bin/bash
# Run once by the postgres image on an empty data directory: the two roles that Purser uses. The owner
# migrates; the application reads and appends, and the migrations give it no right beyond that.
set -euo pipefail

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set "owner_password=$PURSER_DATABASE_OWNER_PASSWORD" \
    --set "application_password=$PURSER_DATABASE_APPLICATION_PASSWORD" <<'SQL'
create role purser_owner login nosuperuser nocreatedb nocreaterole password :'owner_password';
create role purser_app login nosuperuser nocreatedb nocreaterole password :'application_password';

select format('alter database %I owner to purser_owner', current_database()) \gexec
select format('revoke all on database %I from public', current_database()) \gexec
select format('grant connect on database %I to purser_app', current_database()) \gexec
SQL
