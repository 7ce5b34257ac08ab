"""Blobs in a folder: one file per chunk, at `<subject>/<blob>/<number>`, encrypted with the person's key.

A chunk is bound to its place: moved to another number, blob or person, it is not read. That the end of a blob is
missing does not show here; whoever writes a blob records in the log how many chunks it has.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from infra.blobs.port import Blob, check_chunk, check_names
from infra.crypto import Cipher
from infra.durable import PART, sync_folder, write_whole
from schemas.errors import Invalid, NotFound, Unavailable
from schemas.ids import BlobId, SubjectId


class Key(Protocol):
    """The key of one person."""

    @property
    def cipher(self) -> Cipher:
        """Encrypts and decrypts with it."""
        ...


class Keys(Protocol):
    """The keys of persons; see `infra.log.keyring.Keyring`."""

    async def of(self, subject: SubjectId) -> Key:
        """The key of a person, made where there is none. Raises `Refused` where it was destroyed."""
        ...

    async def find(self, subject: SubjectId) -> Key | None:
        """The key of a person as it stands now, None where there is none. Raises `Refused` where it was destroyed."""
        ...


class FolderBlobs:
    """See `infra.blobs.port.Blobs`."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._keys = keys

    async def append(self, subject: SubjectId, blob: BlobId, chunk: bytes, *, number: int) -> None:
        """See `infra.blobs.port.Blobs.append`."""
        check_names(subject, blob)
        check_chunk(chunk)
        key = await self._keys.find(subject) or await self._keys.of(subject)
        path = self._path(subject, blob, number)
        if number and not path.with_name(_name(number - 1)).exists():
            raise Invalid(f"Expected the chunk before the chunk {number} to be there, it is not.")
        if not path.exists():
            sealed = await asyncio.to_thread(key.cipher.encrypt, chunk, _place(subject, blob, number))
            await asyncio.to_thread(_write, path, sealed)

    async def read(self, subject: SubjectId, blob: BlobId, *, after: int = 0) -> AsyncIterator[bytes]:
        """See `infra.blobs.port.Blobs.read`."""
        check_names(subject, blob)
        key = await self._keys.find(subject)
        number = after
        if key is None or not self._path(subject, blob, 0).exists():
            raise NotFound("There is no such blob.")
        while (path := self._path(subject, blob, number)).exists():
            with _in_our_words():
                sealed = await asyncio.to_thread(path.read_bytes)
            chunk = await asyncio.to_thread(key.cipher.decrypt, sealed, _place(subject, blob, number))
            if chunk is None:
                raise Invalid(f"Expected the chunk {number} as it was put in, it was changed or put elsewhere.")
            yield chunk
            number += 1

    async def list(self, subject: SubjectId) -> Sequence[Blob]:
        """See `infra.blobs.port.Blobs.list`."""
        check_names(subject)
        return await asyncio.to_thread(_list, self._folder / subject)

    async def delete(self, subject: SubjectId, blob: BlobId) -> None:
        """See `infra.blobs.port.Blobs.delete`."""
        check_names(subject, blob)
        await asyncio.to_thread(_remove, self._folder / subject / blob)

    async def purge(self, subject: SubjectId) -> Sequence[Blob]:
        """See `infra.blobs.port.Blobs.purge`."""
        found = await self.list(subject)
        await asyncio.to_thread(_remove, self._folder / subject)
        return found

    def _path(self, subject: SubjectId, blob: BlobId, number: int) -> Path:
        return self._folder / subject / blob / _name(number)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"Expected the folder of blobs to answer, got: {error.strerror}.") from error


def _name(number: int) -> str:
    return f"{number:08}"


def _place(subject: SubjectId, blob: BlobId, number: int) -> bytes:
    return f"{subject}/{blob}/{number}".encode()


def _write(path: Path, sealed: bytes) -> None:
    with _in_our_words():
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in list(path.parents)[1:3]:
                sync_folder(folder)
        write_whole(path, sealed)


def _list(folder: Path) -> list[Blob]:
    with _in_our_words():
        if not folder.is_dir():
            return []
        found = [
            (blob.name, [chunk.stat().st_size for chunk in blob.iterdir() if chunk.suffix != PART])
            for blob in sorted(folder.iterdir())
        ]
    return [Blob(BlobId(name), len(sizes), sum(sizes)) for name, sizes in found]


def _remove(folder: Path) -> None:
    with _in_our_words():
        if folder.exists():
            shutil.rmtree(folder)
