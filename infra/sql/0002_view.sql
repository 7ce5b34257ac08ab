-- What the screens read, and how far each projector came.

create table view_position (
    view text primary key,
    transaction_id bigint not null,
    position bigint not null
);

create table view_row (
    view text not null,
    key text not null,
    body jsonb not null,
    transaction_id bigint not null,
    position bigint not null,
    primary key (view, key)
);

create index view_row_newest on view_row (view, position desc);

grant select, insert, update, delete on view_position, view_row to intact_app;
