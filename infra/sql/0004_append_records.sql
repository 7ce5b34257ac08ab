-- Appending as cheaply as the guarantees allow: new events travel as one array of records with the digests of what they
-- say, a stream's writers take turns by an advisory lock alone, and the stream's head is updated in place.

drop function append_events;

-- How the hash of an event is made: 1 as by event_hash, 2 as by infra/log/chain.py, the digest of what the writer says
-- and what the database adds.
alter table event add hash_form smallint not null default 1;
alter table event alter hash_form set default 2;

-- An event as its writer knows it.
create type new_event as (
    id uuid,
    type text,
    schema_version integer,
    at_us bigint,
    actor text,
    causation uuid,
    correlation uuid,
    subject text,
    key_id uuid,
    payload bytea
);

-- Room on each page for the next versions of its rows: an update then touches no index.
alter table stream_head set (fillfactor = 50);
alter table stream_head
    add recorded_at timestamptz not null default '-infinity',
    add dropped_at timestamptz;       -- when the stream's events were dropped, at the end of their retention
update stream_head set recorded_at = event.recorded_at
from event where event.stream = stream_head.stream and event.version = stream_head.version;

-- Searches by type, by subject and by time of recording read the block ranges that may hold what they look for. A B-tree
-- for each would make an append of a hundred a third slower; an interview's events lie together, and so few ranges are
-- read. A range has some 1 700 events; the numbers are those of distinct values to expect in one.
drop index event_subject;
create index event_search on event using brin (
    type text_bloom_ops (n_distinct_per_range = 100),
    subject text_bloom_ops (n_distinct_per_range = 200),
    recorded_at timestamptz_minmax_ops
) with (autosummarize = on);

-- Append events to the end of a stream, all or none, in one round trip.
-- p_expected: the stream's version, 0 for none yet, null for any. p_keys: the keys that the payloads are encrypted with.
-- p_digests: one SHA-256 for each event, of what its writer says, one behind the other.
-- What the database gives an event (position, transaction, version, time, the hash before it) it adds itself.
-- The time of recording never goes back within a stream, even where the server's clock does.
-- Events whose ids are all in the stream already are not added again.
-- Raises IN001 where the version is another one, IN002 where some but not all of the ids are there, IN004 where a key
-- was destroyed, IN005 where the stream was dropped.
create function append_events(
    p_stream text, p_expected integer, p_keys uuid[], p_events new_event[], p_digests bytea,
    out last_version integer, out last_position bigint, out last_transaction text
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    count_new constant integer := cardinality(p_events);
    head stream_head;
    destroyed boolean;
    known integer;
    own_transaction xid8;
    now_recorded timestamptz;
    field_transaction bytea;
    field_recorded bytea;
    positions bigint[];
    hashes bytea[];
begin
    -- Writers of one stream take turns before any of them has a transaction id: followers read in the order of
    -- transactions, and would else find a stream's events out of order. To lock a row, or to change it, can give an id
    -- before the turn has come; this lock gives none.
    perform pg_advisory_xact_lock(hashtextextended(p_stream, 0));
    select coalesce(version, 0), coalesce(hash, ''), recorded_at, dropped_at,
        exists (select from subject_key where id = any (p_keys) and wrapped is null)
    into head.version, head.hash, head.recorded_at, head.dropped_at, destroyed
    from (values (p_stream)) as wanted (stream) left join stream_head using (stream);

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

    insert into event
        select positions[number], own_transaction, p_stream, head.version + number::integer, id, type, schema_version,
            at_us, now_recorded, actor, causation, correlation, subject, key_id, payload, hashes[number - 1],
            hashes[number]
        from unnest(p_events) with ordinality as new (
            id, type, schema_version, at_us, actor, causation, correlation, subject, key_id, payload, number
        );

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
end
$$;

revoke execute on function append_events from public;
grant execute on function append_events to intact_app;
