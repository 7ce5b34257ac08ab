"""Puts the keys of all persons under another master key, while the system runs."""

from dataclasses import dataclass

from infra.log.keyring import CURRENT
from infra.master_keys import MasterKeys
from infra.postgres import connect, in_our_words, migrate
from schemas.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did."""

    master: str
    """The id of the master key that wraps all keys."""
    retired: tuple[str, ...]
    """The ids of master keys that no key needs any more."""
    rewrapped: int


async def rotate(url: str, master_keys: MasterKeys) -> Rotated:
    """Wrap every key in the database at `url` with the wanted master key, all or none.

    Appends that need a new key wait meanwhile; reading goes on. Repeated, it changes nothing. Raises `Misconfigured`
    where a key is wrapped by a master key that is not among `master_keys`, or the wanted one was retired before;
    `Unavailable`.
    """
    await migrate(url)
    wanted = master_keys.wanted
    async with in_our_words(), await connect(url) as connection:
        await connection.execute("lock table subject_key in share row exclusive mode")
        current = await (await connection.execute(CURRENT)).fetchall()
        if current != [(wanted,)]:
            await connection.execute("update master_key set retired_at = clock_timestamp() where retired_at is null")
            added = await connection.execute("insert into master_key (id) values (%s) on conflict do nothing", [wanted])
            if not added.rowcount:
                raise Misconfigured(f"Expected a new master key, {wanted} was retired before.")
        found = await connection.execute(
            "select id, wrapped from subject_key where wrapped is not null and master is distinct from %s", [wanted]
        )
        keys = [
            (master_keys.wrap(wanted, master_keys.unwrap(bytes(wrapped))), wanted, id_) async for id_, wrapped in found
        ]
        async with connection.cursor() as cursor:
            await cursor.executemany("update subject_key set wrapped = %s, master = %s where id = %s", keys)
        old = await connection.execute("select id from master_key where id <> %s order by introduced_at", [wanted])
        return Rotated(wanted, tuple(id_ for (id_,) in await old.fetchall()), len(keys))
