"""The keys that wrap the keys of persons: the one that the settings want used, and those that it takes over from."""

from collections.abc import Callable, Sequence

from infra.crypto import key_id, unwrap, wrap
from schemas.errors import Misconfigured


class MasterKeys:
    """What the settings hold, by key id; read anew where a key is asked for that is not known.

    `read` gives at least one key of 32 bytes, the wanted one first; it may raise `Misconfigured`.
    """

    def __init__(self, read: Callable[[], Sequence[bytes]]) -> None:
        self._read = read
        self._by_id: dict[str, bytes] = {}
        self.reload()

    @property
    def wanted(self) -> str:
        """The id of the key that is to wrap new keys."""
        return next(iter(self._by_id))

    @property
    def ids(self) -> list[str]:
        """The ids of all keys, the wanted one first."""
        return list(self._by_id)

    def reload(self) -> None:
        """Read the keys anew. Raises `Misconfigured`."""
        self._by_id = {key_id(key): key for key in self._read()}

    def knows(self, id_: str) -> bool:
        """Whether the key called `id_` is there, perhaps since a moment ago. Raises `Misconfigured`."""
        if id_ not in self._by_id:
            self.reload()
        return id_ in self._by_id

    def wrap(self, id_: str, key: bytes) -> bytes:
        """`key` under the master key called `id_`. Raises `Misconfigured` where there is none."""
        if not self.knows(id_):
            raise Misconfigured(f"Expected the master key {id_}, the settings hold {', '.join(self.ids)}.")
        return wrap(self._by_id[id_], key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """The key inside `wrapped`. Raises `Misconfigured` where no key of the settings wrapped it."""
        found = self._unwrap(wrapped)
        if found is None:
            self.reload()
            found = self._unwrap(wrapped)
        if found is None:
            raise Misconfigured(
                "Expected the master key that wrapped the keys of persons,"
                f" the settings hold {', '.join(self.ids)}, which did not."
            )
        return found

    def _unwrap(self, wrapped: bytes) -> bytes | None:
        opened = (unwrap(key, wrapped) for key in self._by_id.values())
        return next((key for key in opened if key is not None), None)
