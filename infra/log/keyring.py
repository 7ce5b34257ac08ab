"""Keys of persons: made at first use, kept wrapped in the database, remembered unwrapped in memory."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from infra.crypto import Cipher, new_key, unwrap, wrap
from infra.postgres import Pool, in_our_words
from schemas.errors import Refused
from schemas.ids import SubjectId


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """One person's key."""

    id: UUID
    cipher: Cipher


class Keyring:
    """The keys in one database."""

    def __init__(self, pool: Pool, master_key: bytes) -> None:
        self._pool = pool
        self._master_key = master_key
        self._by_subject: dict[SubjectId, SubjectKey] = {}
        self._by_wrapped: dict[bytes, Cipher] = {}

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
        key = SubjectKey(id_, self.unwrapped(bytes(wrapped)))
        self._by_subject[subject] = key
        return key

    def unwrapped(self, wrapped: bytes) -> Cipher:
        """What a wrapped key encrypts and decrypts with. Raises `Misconfigured` where the master key is another one."""
        cipher = self._by_wrapped.get(wrapped)
        if cipher is None:
            cipher = self._by_wrapped[wrapped] = Cipher(unwrap(self._master_key, wrapped))
        return cipher

    def forget(self) -> None:
        """Drop what is remembered, so that a destroyed key is not used again."""
        self._by_subject.clear()
        self._by_wrapped.clear()
