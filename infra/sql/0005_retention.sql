-- Dropping whole streams at the end of their retention. Each leaves its head behind: how many events it had, the hash of
-- the last one, and when it was dropped.

-- An event may be removed once the head of its stream says that the stream was dropped, never without a trace.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if exists (select from stream_head where stream = old.stream and dropped_at is not null) then
            return old;
        end if;
    end if;
    raise exception 'the log is append-only' using errcode = 'IN003';
end
$$;

-- Drop a stream whose newest event was recorded before p_before; whether it was dropped. For the owner alone: the
-- application's role has no right to.
create function drop_stream(p_stream text, p_before timestamptz) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(p_stream, 0));  -- the turn of a writer
    update stream_head set dropped_at = clock_timestamp()
    where stream = p_stream and recorded_at < p_before and dropped_at is null;
    if not found then
        return false;
    end if;
    delete from event where stream = p_stream;
    return true;
end
$$;

revoke execute on function drop_stream from public;
