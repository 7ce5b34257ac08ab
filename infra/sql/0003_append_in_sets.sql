-- Appending in sets: the chain is made in a loop, the rows go in with one statement.

drop function append_events;

-- Nothing looks an event up by position alone; followers read by (transaction_id, position).
alter table event drop constraint if exists event_pkey;
alter table event replica identity using index event_follow;

-- Append events to the end of a stream, all or none, in one round trip.
-- p_expected: the stream's version, 0 for none yet, null for any.
-- p_before, p_after: the fields of each event from id to at_us, and from actor to key_id, as event_hash takes them;
-- what the database gives an event (position, transaction, version, time, the hash before it) it adds itself.
-- Events whose ids are all in the stream already are not added again.
-- Raises IN001 where the version is another one, IN002 where some but not all of the ids are there, IN004 where a key
-- was destroyed.
create function append_events(
    p_stream text, p_expected integer, p_ids uuid[], p_types text[], p_schema_versions integer[], p_at_us bigint[],
    p_actors text[], p_causations uuid[], p_correlations uuid[], p_subjects text[], p_keys uuid[], p_payloads bytea[],
    p_before bytea[], p_after bytea[]
) returns table (last_version integer, last_position bigint, last_transaction text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    head stream_head;
    count_new constant integer := cardinality(p_ids);
    own_transaction xid8;
    now_recorded timestamptz;
    first_fields bytea;
    time_field bytea;
    positions bigint[];
    previous bytea[];
    hashes bytea[];
    known integer;
begin
    -- Writers of one stream take turns before any of them has a transaction id: followers read in the order of
    -- transactions, and would else find a stream's events out of order. A lock on a row gives an id only once it is
    -- held; an insert gives one before it is known who is first, so whoever finds no row takes turns by another lock.
    select * into head from stream_head where stream = p_stream for update;
    if not found then
        perform pg_advisory_xact_lock(hashtextextended(p_stream, 0));
        insert into stream_head values (p_stream, 0, 0, '') on conflict do nothing;
        select * into head from stream_head where stream = p_stream for update;
    end if;

    if p_expected is distinct from head.version then
        select count(*) into known from event where id = any (p_ids) and stream = p_stream;
        if known = count_new then
            return query
                select event.version, event.position, event.transaction_id::text from event
                where id = p_ids[count_new];
            return;
        elsif known > 0 then
            raise exception 'some but not all of the events are in the stream already' using errcode = 'IN002';
        elsif p_expected is not null then
            raise exception 'expected version %, the stream is at %', p_expected, head.version using errcode = 'IN001';
        end if;
    end if;

    if exists (select from subject_key where id = any (p_keys) and wrapped is null) then
        raise exception 'a key was destroyed' using errcode = 'IN004';
    end if;

    own_transaction := pg_current_xact_id();
    now_recorded := clock_timestamp();
    first_fields :=
        hash_field(convert_to(own_transaction::text, 'UTF8')) || hash_field(convert_to(p_stream, 'UTF8')) || int4send(4);
    time_field := hash_field(int8send((extract(epoch from now_recorded) * 1000000)::bigint));
    positions := array(select nextval('event_position') from generate_series(1, count_new));
    for i in 1 .. count_new loop
        previous[i] := head.hash;
        head.hash := sha256(
            int4send(8) || int8send(positions[i]) || first_fields || int4send(head.version + i) || p_before[i]
            || time_field || p_after[i] || hash_field(p_payloads[i]) || hash_field(head.hash)
        );
        hashes[i] := head.hash;
    end loop;

    insert into event
        select position, own_transaction, p_stream, head.version + number::integer, id, type, schema_version, at_us,
            now_recorded, actor, causation, correlation, subject, key_id, payload, previous_hash, hash
        from unnest(
            positions, p_ids, p_types, p_schema_versions, p_at_us, p_actors, p_causations, p_correlations, p_subjects,
            p_keys, p_payloads, previous, hashes
        ) with ordinality as new (
            position, id, type, schema_version, at_us, actor, causation, correlation, subject, key_id, payload,
            previous_hash, hash, number
        )
        order by number;

    update stream_head set version = head.version + count_new, position = positions[count_new], hash = head.hash
    where stream = p_stream;
    return query select head.version + count_new, positions[count_new], own_transaction::text;
end
$$;

revoke execute on function append_events from public;
grant execute on function append_events to intact_app;
