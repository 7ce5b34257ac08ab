-- What a stream refuses to hold: types of event, for everybody or for one person. Held against every append, whoever
-- makes it; only an append replaces it, in the turn of a writer.

create table refusal (
    stream text primary key,
    -- By type of event: null where it is refused whomever it is about, else an array of the persons it is refused for.
    refused jsonb not null check (jsonb_typeof(refused) = 'object')
);

-- Read with every append, for each of its events: kept in its row as it is, and not compressed.
alter table refusal alter refused set storage external;
alter table refusal set (toast_tuple_target = 8160);

-- Whether an event is refused; an event about nobody is refused only where its type is for everybody.
create function refuses(p_refused jsonb, p_type text, p_subject text) returns boolean
language sql immutable parallel safe as $$
    select (p_refused ? p_type and (p_refused -> p_type = 'null' or p_refused -> p_type ? p_subject)) is true
$$;

drop function append_events;

-- Append events to the end of a stream, all or none, in one round trip.
-- p_expected: the stream's version, 0 for none yet, null for any. p_keys: the keys that the payloads are encrypted with.
-- p_digests: one SHA-256 for each event, of what its writer says, one behind the other.
-- p_refused: what the stream refuses from here on, these events included; null for what it refused before.
-- What the database gives an event (position, transaction, version, time, the hash before it) it adds itself.
-- The time of recording never goes back within a stream, even where the server's clock does.
-- Events whose ids are all in the stream already are not added again, and nothing is replaced.
-- Raises IN001 where the version is another one, IN002 where some but not all of the ids are there, IN004 where a key
-- was destroyed, IN005 where the stream was dropped, IN006 where an event is refused, with its type as the detail.
create function append_events(
    p_stream text, p_expected integer, p_keys uuid[], p_events new_event[], p_digests bytea,
    p_refused jsonb default null,
    out last_version integer, out last_position bigint, out last_transaction text
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    count_new constant integer := cardinality(p_events);
    head stream_head;
    destroyed boolean;
    in_force jsonb;
    known integer;
    own_transaction xid8;
    now_recorded timestamptz;
    field_transaction bytea;
    field_recorded bytea;
    positions bigint[];
    hashes bytea[];
    count_written integer;
begin
    -- Writers of one stream take turns before any of them has a transaction id: followers read in the order of
    -- transactions, and would else find a stream's events out of order. To lock a row, or to change it, can give an id
    -- before the turn has come; this lock gives none.
    perform pg_advisory_xact_lock(hashtextextended(p_stream, 0));
    select coalesce(version, 0), coalesce(hash, ''), recorded_at, dropped_at,
        exists (select from subject_key where id = any (p_keys) and wrapped is null), coalesce(p_refused, refused)
    into head.version, head.hash, head.recorded_at, head.dropped_at, destroyed, in_force
    from (values (p_stream)) as wanted (stream) left join stream_head using (stream) left join refusal using (stream);

    if head.dropped_at is not null then
        raise exception 'the stream was dropped' using errcode = 'IN005';
    end if;
    if p_expected is distinct from head.version then
        select count(*) into known from event where stream = p_stream and id in (select id from unnest(p_events));
        if known = count_new then
            select version, position, transaction_id::text into last_version, last_position, last_transaction
            from event where id = p_events[count_new].id;
            return;
        elsif known > 0 then
            raise exception 'some but not all of the events are in the stream already' using errcode = 'IN002';
        elsif p_expected is not null then
            raise exception 'expected version %, the stream is at %', p_expected, head.version using errcode = 'IN001';
        end if;
    end if;
    if destroyed then
        raise exception 'a key was destroyed' using errcode = 'IN004';
    end if;

    own_transaction := pg_current_xact_id();
    now_recorded := greatest(clock_timestamp(), head.recorded_at);
    field_transaction := int8send(own_transaction::text::bigint);
    field_recorded := int8send((extract(epoch from now_recorded) * 1000000)::bigint);
    hashes[0] := head.hash;
    for i in 1 .. count_new loop
        positions[i] := nextval('event_position');
        hashes[i] := sha256(
            '\x02' || int8send(positions[i]) || field_transaction || int4send(head.version + i) || field_recorded
            || substr(p_digests, 32 * i - 31, 32) || hashes[i - 1]
        );
    end loop;

    -- What is refused is looked for in the pass that writes: another one over the events would cost more than the rest
    -- of the question.
    insert into event
        select positions[number], own_transaction, p_stream, head.version + number::integer, id, type, schema_version,
            at_us, now_recorded, actor, causation, correlation, subject, key_id, payload, hashes[number - 1],
            hashes[number]
        from unnest(p_events) with ordinality as new (
            id, type, schema_version, at_us, actor, causation, correlation, subject, key_id, payload, number
        )
        where not refuses(in_force, type, subject);
    get diagnostics count_written = row_count;
    if count_written < count_new then
        raise exception 'the stream refuses an event' using errcode = 'IN006', detail = (
            select type from unnest(p_events) where refuses(in_force, type, subject) limit 1
        );
    end if;

    last_version := head.version + count_new;
    last_position := positions[count_new];
    last_transaction := own_transaction;
    if head.version = 0 then
        insert into stream_head values (p_stream, last_version, last_position, hashes[count_new], now_recorded);
    else
        update stream_head
        set version = last_version, position = last_position, hash = hashes[count_new], recorded_at = now_recorded
        where stream = p_stream;
    end if;
    if p_refused is not null then
        insert into refusal values (p_stream, p_refused)
        on conflict (stream) do update set refused = excluded.refused;
    end if;
end
$$;

revoke execute on function append_events from public;
grant execute on function append_events to intact_app;

-- Drop a stream whose newest event was recorded before p_before; whether it was dropped. For the owner alone: the
-- application's role has no right to.
create or replace function drop_stream(p_stream text, p_before timestamptz) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(p_stream, 0));  -- the turn of a writer
    update stream_head set dropped_at = clock_timestamp()
    where stream = p_stream and recorded_at < p_before and dropped_at is null;
    if not found then
        return false;
    end if;
    delete from event where stream = p_stream;
    delete from refusal where stream = p_stream;
    return true;
end
$$;

-- What is refused for one person tells what that person did not agree to. It goes with the key: nothing about them can
-- be recorded any more.
create function forget_refusals() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update refusal
    set refused = coalesce(
        (
            select jsonb_object_agg(type, case when persons = 'null' then persons else persons - new.subject end)
            from jsonb_each(refused) as of_type (type, persons)
            where persons <> jsonb_build_array(new.subject)
        ),
        '{}'
    )
    where jsonb_path_exists(refused, '$.*[*] ? (@ == $person)', jsonb_build_object('person', new.subject));
    return null;
end
$$;

create trigger subject_key_destroyed after update of wrapped on subject_key
for each row when (old.wrapped is not null and new.wrapped is null) execute function forget_refusals();
