"""Keys of persons: made at first use, kept wrapped in the database, remembered unwrapped in memory."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from infra.crypto import new_key, unwrap, wrap
from infra.postgres import Pool, in_our_words
from schemas.errors import Refused
from schemas.ids import SubjectId


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """One person's key."""

    id: UUID
    secret: bytes


class Keyring:
    """The keys in one database."""

    def __init__(self, pool: Pool, master_key: bytes) -> None:
        self._pool = pool
        self._master_key = master_key
        self._by_subject: dict[SubjectId, SubjectKey] = {}
        self._by_id: dict[UUID, SubjectKey | None] = {}

    async def of(self, subject: SubjectId) -> SubjectKey:
        """The key of `subject`, made where there is none. Raises `Refused` where it was destroyed, `Unavailable`."""
        known = self._by_subject.get(subject)
        if known is not None:
            return known
        async with in_our_words(), self._pool.connection() as connection:
            await connection.execute(
                "insert into subject_key (id, subject, wrapped) values (%s, %s, %s) on conflict (subject) do nothing",
                [uuid4(), subject, wrap(self._master_key, new_key())],
            )
            found = await connection.execute("select id, wrapped from subject_key where subject = %s", [subject])
            row = await found.fetchone()
        assert row is not None
        id_, wrapped = row
        if wrapped is None:
            raise Refused("This person was erased; nothing more is recorded about them.")
        key = SubjectKey(id_, unwrap(self._master_key, bytes(wrapped)))
        self._by_subject[subject] = key
        self._by_id[id_] = key
        return key

    async def by_id(self, id_: UUID) -> SubjectKey | None:
        """The key called `id_`, None where it was destroyed. Raises `Unavailable`, `Misconfigured`."""
        if id_ not in self._by_id:
            async with in_our_words(), self._pool.connection() as connection:
                found = await connection.execute("select wrapped from subject_key where id = %s", [id_])
                row = await found.fetchone()
            wrapped = row[0] if row else None
            self._by_id[id_] = SubjectKey(id_, unwrap(self._master_key, bytes(wrapped))) if wrapped else None
        return self._by_id[id_]

    def forget(self) -> None:
        """Drop what is remembered, so that a destroyed key is not used again."""
        self._by_subject.clear()
        self._by_id.clear()
