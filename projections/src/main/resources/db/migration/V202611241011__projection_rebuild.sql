-- The second set of tables that a rebuild fills beside the live one, with its own positions and parked events.
create schema projection_next;
grant usage on schema projection_next to ${appRole};

create table projection_next.position (like projection.position including all);
create table projection_next.dead_letter (like projection.dead_letter including all);

-- The last rebuild, under way or over. Whether it is under way is told by the advisory lock that it holds.
create table projection.rebuild (
    singleton     boolean          not null primary key default true check (singleton),
    rebuild_id    uuid             not null,
    projections   text[]           not null,
    on_difference text collate "C" not null,
    phase         text collate "C" not null,
    events_done   bigint           not null default 0,
    events_total  bigint           not null default 0,
    per_second    bigint           not null default 0,
    error         text,
    started_at    timestamptz(6)   not null default now(),
    updated_at    timestamptz(6)   not null default now(),
    finished_at   timestamptz(6)
);

-- What its comparison found, table by table; the same rows where the last four are zero or empty.
create table projection.rebuild_comparison (
    table_name text collate "C" not null primary key,
    live_rows  bigint           not null,
    next_rows  bigint           not null,
    only_live  bigint           not null,
    only_next  bigint           not null,
    differing  bigint           not null,
    sample     text[]           not null
);

grant all on projection_next.position, projection_next.dead_letter, projection.rebuild, projection.rebuild_comparison
    to ${appRole};

-- Tables keep their owner through a rebuild, so that later migrations may alter them. The application is not that owner:
-- these functions are all it may do to them, and they touch nothing but read models.
create function projection_next.require_read_model(name text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    if name in ('position', 'dead_letter', 'rebuild', 'rebuild_comparison') or to_regclass(format('projection.%I', name)) is null then
        raise exception '% is no read model', name;
    end if;
end
$$;

create function projection_next.drop_table(name text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    perform projection_next.require_read_model(name);
    execute format('drop table if exists projection_next.%I', name);
end
$$;

-- An empty copy without keys and indexes: those are cheaper to build when the rows are there. Autovacuum would scan the
-- growing table again and again; it comes with the switch.
create function projection_next.create_table(name text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    options text;
begin
    perform projection_next.drop_table(name);
    select array_to_string(reloptions, ', ') into options
        from pg_class where oid = to_regclass(format('projection.%I', name));
    execute format('create table projection_next.%1$I (like projection.%1$I including all excluding indexes) with (%2$s)',
                   name, concat_ws(', ', options, 'autovacuum_enabled = off'));
    execute format('grant all on projection_next.%I to %I', name, '${appRole}');
end
$$;

create function projection_next.create_key(name text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    key record;
begin
    perform projection_next.require_read_model(name);
    for key in
        select conname, pg_get_constraintdef(oid) as definition from pg_constraint
        where conrelid = to_regclass(format('projection.%I', name)) and contype in ('p', 'u')
        and not exists (select from pg_constraint made
                        where made.conrelid = to_regclass(format('projection_next.%I', name))
                        and made.conname = pg_constraint.conname)
    loop
        execute format('alter table projection_next.%I add constraint %I %s', name, key.conname, key.definition);
    end loop;
end
$$;

create function projection_next.create_indexes(name text) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    definition text;
begin
    perform projection_next.create_key(name);
    for definition in
        select pg_get_indexdef(indexrelid) from pg_index join pg_class on pg_class.oid = indexrelid
        where indrelid = to_regclass(format('projection.%I', name))
        and to_regclass(format('projection_next.%I', relname)) is null
        order by relname
    loop
        execute replace(definition, format(' ON projection.%I ', name), format(' ON projection_next.%I ', name));
    end loop;
    execute format('analyze projection_next.%I', name);
end
$$;

create function projection_next.shape(table_name text) returns text
    language sql stable set search_path = pg_catalog, pg_temp as
$$
    select string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull), ', ' order by attname)
    from pg_attribute where attrelid = to_regclass(table_name) and attnum > 0 and not attisdropped
$$;

-- Whoever reads meanwhile waits for the transaction that calls this, and then reads the new tables.
create function projection_next.switch_tables(names text[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    name text;
begin
    foreach name in array names loop
        perform projection_next.require_read_model(name);
        -- A migration since they were made changed the live table alone.
        if projection_next.shape(format('projection.%I', name)) is distinct from
           projection_next.shape(format('projection_next.%I', name)) then
            raise exception 'the rebuilt % has other columns than the live one: rebuild it again', name;
        end if;
    end loop;
    execute (select 'lock table ' || string_agg(format('projection.%I', n), ', ' order by n)
                    || ' in access exclusive mode' from unnest(names) as n);
    foreach name in array names loop
        execute format('drop table projection.%I', name);
        execute format('alter table projection_next.%I reset (autovacuum_enabled)', name);
        execute format('alter table projection_next.%I set schema projection', name);
    end loop;
end
$$;

revoke all on function projection_next.require_read_model, projection_next.shape, projection_next.drop_table, projection_next.create_table,
    projection_next.create_key, projection_next.create_indexes, projection_next.switch_tables from public;
grant execute on function projection_next.drop_table, projection_next.create_table, projection_next.create_key,
    projection_next.create_indexes, projection_next.switch_tables to ${appRole};
