-- Master keys by id, so that it is known which one wrapped the key of a person. The keys themselves are never here.

create table master_key (
    id text primary key,              -- see infra/crypto.py, key_id
    introduced_at timestamptz not null default clock_timestamp(),
    retired_at timestamptz            -- null for the one that wraps new keys
);

create unique index master_key_current on master_key ((true)) where retired_at is null;

-- Null: wrapped before this column was there, by a key that is found by trying.
alter table subject_key add column master text references master_key (id);
create index subject_key_master on subject_key (master) where wrapped is not null;

grant select, insert, update on master_key to intact_app;
