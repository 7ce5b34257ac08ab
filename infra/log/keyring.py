"""Keys of persons: made at first use, kept wrapped in the database, remembered unwrapped in memory."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from infra.crypto import Cipher, new_key
from infra.master_keys import MasterKeys
from infra.postgres import Pool, in_our_words, migrate, open_pool
from schemas.errors import Misconfigured, Refused
from schemas.ids import SubjectId

INTRODUCE = (
    "insert into master_key (id) select %s where not exists (select from master_key where retired_at is null)"
    " on conflict do nothing"
)
CURRENT = "select id from master_key where retired_at is null"
# Master keys that a key of a person is wrapped by, and the one that wraps new ones.
IN_USE = (
    "select id from master_key where retired_at is null"
    " or exists (select from subject_key where master = master_key.id and wrapped is not null) order by id"
)
WITHOUT_ID = "select wrapped from subject_key where master is null and wrapped is not null limit 1"
# No key comes in under a master key that a rotation has retired meanwhile: the rotation holds the table.
INSERT = (
    "insert into subject_key (id, subject, wrapped, master) select %s, %s, %s, id from master_key"
    " where id = %s and retired_at is null on conflict (subject) do nothing"
)
FIND = "select id, wrapped from subject_key where subject = %s"


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """One person's key."""

    id: UUID
    cipher: Cipher


class Keyring:
    """The keys in one database."""

    def __init__(self, pool: Pool, master_keys: MasterKeys) -> None:
        self._pool = pool
        self._master_keys = master_keys
        self._by_subject: dict[SubjectId, SubjectKey] = {}
        self._by_wrapped: dict[bytes, Cipher] = {}

    @classmethod
    async def open(cls, pool: Pool, master_key: bytes | MasterKeys) -> "Keyring":
        """The keys in the database of `pool`.

        Raises `Misconfigured` where the settings lack a master key that a person's key is wrapped by, `Unavailable`.
        """
        given = master_key if isinstance(master_key, MasterKeys) else MasterKeys(lambda: [master_key])
        keyring = cls(pool, given)
        await keyring._check()
        return keyring

    async def _check(self) -> None:
        async with in_our_words(), self._pool.connection() as connection:
            without_id = await (await connection.execute(WITHOUT_ID)).fetchone()
            if without_id is not None:
                self.unwrapped(bytes(without_id[0]))
            await connection.execute(INTRODUCE, [self._master_keys.wanted])
            in_use = [id_ for (id_,) in await (await connection.execute(IN_USE)).fetchall()]
        missing = [id_ for id_ in in_use if not self._master_keys.knows(id_)]
        if missing:
            raise Misconfigured(
                f"Expected the master key {', '.join(missing)}, which wraps the keys of persons in this database; the"
                f" settings hold {', '.join(self._master_keys.ids)}. Without it nothing personal can be read: put it"
                " back."
            )

    async def of(self, subject: SubjectId) -> SubjectKey:
        """The key of `subject`, made where there is none; one that is remembered may have been destroyed meanwhile.

        Raises `Refused` where it was destroyed, `Misconfigured` where the master key is another one, `Unavailable`.
        """
        known = self._by_subject.get(subject)
        if known is not None:
            return known
        while (found := await self.find(subject)) is None:
            await self._make(subject)
        self._by_subject[subject] = found
        return found

    async def find(self, subject: SubjectId) -> SubjectKey | None:
        """The key of `subject` as it stands in the database, None where there is none. Raises as `of`."""
        async with in_our_words(), self._pool.connection() as connection:
            row = await (await connection.execute(FIND, [subject])).fetchone()
        if row is None:
            return None
        id_, wrapped = row
        if wrapped is None:
            self._by_subject.pop(subject, None)
            raise Refused("This person was erased; nothing more is recorded about them.")
        return SubjectKey(id_, self.unwrapped(bytes(wrapped)))

    async def _make(self, subject: SubjectId) -> None:
        async with in_our_words(), self._pool.connection() as connection:
            [current] = await (await connection.execute(CURRENT)).fetchall()
            wrapped = self._master_keys.wrap(current[0], new_key())
            await connection.execute(INSERT, [uuid4(), subject, wrapped, current[0]])

    def unwrapped(self, wrapped: bytes) -> Cipher:
        """What a wrapped key encrypts and decrypts with. Raises `Misconfigured` where the master key is another one."""
        cipher = self._by_wrapped.get(wrapped)
        if cipher is None:
            cipher = self._by_wrapped[wrapped] = Cipher(self._master_keys.unwrap(wrapped))
        return cipher

    def forget(self) -> None:
        """Drop what is remembered, so that a destroyed key is not used again."""
        self._by_subject.clear()
        self._by_wrapped.clear()


async def check_keys(url: str, master_keys: MasterKeys) -> None:
    """Raises `Misconfigured` where a person's key in the database at `url` is wrapped by none of `master_keys`."""
    await migrate(url)
    pool = await open_pool(url, most=1)
    try:
        await Keyring.open(pool, master_keys)
    finally:
        await pool.close()
