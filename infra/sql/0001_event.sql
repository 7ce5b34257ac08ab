-- The log: events as they were written, chained by hash within their stream.

create table event (
    position bigint primary key,
    transaction_id xid8 not null,
    stream text not null,
    version integer not null check (version > 0),
    id uuid not null unique,
    type text not null,
    schema_version integer not null,
    at_us bigint not null,            -- session time, microseconds
    recorded_at timestamptz not null,
    actor text not null,
    causation uuid,
    correlation uuid,
    subject text,                     -- the person it is about
    key_id uuid,                      -- the key that the payload is encrypted with
    payload bytea not null,
    previous_hash bytea not null,
    hash bytea not null,
    unique (stream, version)
);

-- Followers read in this order; see the query `follow` in infra/log/postgres.py.
create unique index event_follow on event (transaction_id, position);
create index event_subject on event (subject) where subject is not null;

create sequence event_position owned by event.position;

-- The newest version of every stream and its hash: the lock that writers of one stream take turns with, and the anchor
-- that shows a cut-off tail.
create table stream_head (
    stream text primary key,
    version integer not null,
    position bigint not null,
    hash bytea not null
);

create table subject_key (
    id uuid primary key,
    subject text not null unique,
    wrapped bytea,                    -- null once destroyed
    created_at timestamptz not null default clock_timestamp(),
    destroyed_at timestamptz
);

-- A field as it enters the hash: its length and its bytes; a null has the length -1.
create function hash_field(value bytea) returns bytea
language sql immutable parallel safe as $$
    select coalesce(int4send(length(value)) || value, int4send(-1))
$$;

-- The hash of an event: SHA-256 over all its fields in the order of the table, each as by hash_field.
create function event_hash(e event) returns bytea
language sql immutable parallel safe as $$
    select sha256(
        hash_field(int8send(e.position))
        || hash_field(convert_to(e.transaction_id::text, 'UTF8'))
        || hash_field(convert_to(e.stream, 'UTF8'))
        || hash_field(int4send(e.version))
        || hash_field(uuid_send(e.id))
        || hash_field(convert_to(e.type, 'UTF8'))
        || hash_field(int4send(e.schema_version))
        || hash_field(int8send(e.at_us))
        || hash_field(int8send((extract(epoch from e.recorded_at) * 1000000)::bigint))
        || hash_field(convert_to(e.actor, 'UTF8'))
        || hash_field(uuid_send(e.causation))
        || hash_field(uuid_send(e.correlation))
        || hash_field(convert_to(e.subject, 'UTF8'))
        || hash_field(uuid_send(e.key_id))
        || hash_field(e.payload)
        || hash_field(e.previous_hash)
    )
$$;

-- Append events to the end of a stream, all or none, in one round trip.
-- p_expected: the stream's version, 0 for none yet, null for any.
-- Events whose ids are all in the stream already are not added again.
-- Raises IN001 where the version is another one, IN002 where some but not all of the ids are there.
create function append_events(
    p_stream text, p_expected integer, p_ids uuid[], p_types text[], p_schema_versions integer[], p_at_us bigint[],
    p_actors text[], p_causations uuid[], p_correlations uuid[], p_subjects text[], p_keys uuid[], p_payloads bytea[]
) returns table (last_version integer, last_position bigint, last_transaction text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    head stream_head;
    e event;
    known integer;
begin
    insert into stream_head values (p_stream, 0, 0, '') on conflict do nothing;
    select * into head from stream_head where stream = p_stream for update;

    if p_expected is not null and head.version <> p_expected then
        select count(*) into known from event where id = any (p_ids) and stream = p_stream;
        if known = cardinality(p_ids) then
            return query
                select event.version, event.position, event.transaction_id::text from event
                where id = p_ids[cardinality(p_ids)];
            return;
        elsif known > 0 then
            raise exception 'some but not all of the events are in the stream already' using errcode = 'IN002';
        end if;
        raise exception 'expected version %, the stream is at %', p_expected, head.version using errcode = 'IN001';
    end if;

    for i in 1 .. cardinality(p_ids) loop
        e.position := nextval('event_position');
        e.transaction_id := pg_current_xact_id();
        e.stream := p_stream;
        e.version := head.version + 1;
        e.id := p_ids[i];
        e.type := p_types[i];
        e.schema_version := p_schema_versions[i];
        e.at_us := p_at_us[i];
        e.recorded_at := clock_timestamp();
        e.actor := p_actors[i];
        e.causation := p_causations[i];
        e.correlation := p_correlations[i];
        e.subject := p_subjects[i];
        e.key_id := p_keys[i];
        e.payload := p_payloads[i];
        e.previous_hash := head.hash;
        e.hash := event_hash(e);
        insert into event select e.*;
        head.version := e.version;
        head.position := e.position;
        head.hash := e.hash;
    end loop;

    update stream_head set version = head.version, position = head.position, hash = head.hash
    where stream = p_stream;
    return query select head.version, head.position, pg_current_xact_id()::text;
end
$$;

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the log is append-only' using errcode = 'IN003';
end
$$;

create trigger event_append_only before update or delete on event
for each row execute function refuse_change();
create trigger event_never_truncated before truncate on event
for each statement execute function refuse_change();

do $$
begin
    create role intact_app nologin;
exception when duplicate_object then
    null;
end
$$;

grant usage on schema public to intact_app;
grant select on event, stream_head to intact_app;
grant select, insert, update on subject_key to intact_app;
revoke execute on function append_events from public;
grant execute on function append_events to intact_app;
