"""What every store of blobs does."""

from pathlib import Path

import pytest

from infra.blobs import Blobs
from infra.blobs.folder import FolderBlobs
from infra.blobs.port import MOST_CHUNK_BYTES
from infra.log.keyring import Keyring
from infra.postgres import migrate, open_pool
from schemas.errors import Invalid, NotFound, Refused, Unavailable
from schemas.ids import BlobId, SubjectId
from tests.contract.conftest import MASTER_KEY

ANN, BEN = SubjectId("ann"), SubjectId("ben")
ONE, TWO = BlobId("one"), BlobId("two")


async def write(blobs: Blobs, subject: SubjectId, blob: BlobId, *chunks: bytes) -> None:
    for number, chunk in enumerate(chunks):
        await blobs.append(subject, blob, chunk, number=number)


async def content(blobs: Blobs, subject: SubjectId, blob: BlobId, after: int = 0) -> list[bytes]:
    return [chunk async for chunk in blobs.read(subject, blob, after=after)]


async def test_chunks_are_read_as_they_were_put_in(blobs: Blobs) -> None:
    await write(blobs, ANN, ONE, b"a" * 100_000, b"", b"c")
    await write(blobs, BEN, ONE, b"other")
    assert await content(blobs, ANN, ONE) == [b"a" * 100_000, b"", b"c"]
    assert await content(blobs, ANN, ONE, after=2) == [b"c"]
    assert await content(blobs, BEN, ONE) == [b"other"]


async def test_a_chunk_that_comes_again_is_kept_once_and_none_is_passed_over(blobs: Blobs) -> None:
    await write(blobs, ANN, ONE, b"a", b"b")
    await blobs.append(ANN, ONE, b"again", number=0)
    assert await content(blobs, ANN, ONE) == [b"a", b"b"]
    with pytest.raises(Invalid):
        await blobs.append(ANN, ONE, b"d", number=3)


async def test_blobs_are_listed_and_removed_by_person(blobs: Blobs) -> None:
    await write(blobs, ANN, ONE, b"a", b"b")
    await write(blobs, ANN, TWO, b"c")
    await write(blobs, BEN, TWO, b"d")
    assert [(blob.id, blob.chunks) for blob in await blobs.list(ANN)] == [(ONE, 2), (TWO, 1)]
    await blobs.delete(ANN, TWO)
    await blobs.delete(ANN, TWO)
    assert [blob.id for blob in await blobs.purge(ANN)] == [ONE]
    assert list(await blobs.purge(ANN)) == list(await blobs.list(ANN)) == []
    assert await content(blobs, BEN, TWO) == [b"d"]


async def test_what_is_not_there_is_not_found(blobs: Blobs) -> None:
    with pytest.raises(NotFound):
        await content(blobs, ANN, ONE)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\0", "a" * 65, "ä"])
async def test_an_id_cannot_lead_out_of_the_store(blobs: Blobs, name: str) -> None:
    with pytest.raises(Invalid):
        await blobs.append(ANN, BlobId(name), b"", number=0)
    with pytest.raises(Invalid):
        await blobs.purge(SubjectId(name))


async def test_a_chunk_that_is_too_large_is_refused(blobs: Blobs) -> None:
    with pytest.raises(Invalid):
        await blobs.append(ANN, ONE, bytes(MOST_CHUNK_BYTES + 1), number=0)
    assert list(await blobs.list(ANN)) == []


async def test_a_folder_holds_no_plaintext_and_no_chunk_may_change_its_place(database: str, tmp_path: Path) -> None:
    await migrate(database)
    pool = await open_pool(database)
    folder = tmp_path / "blobs"
    blobs = FolderBlobs(folder, await Keyring.open(pool, MASTER_KEY))
    await write(blobs, ANN, ONE, b"secret" * 10, b"second")
    first, second = sorted(path for path in folder.rglob("*") if path.is_file())
    assert all(b"sec" not in path.read_bytes() for path in (first, second))
    assert first.stat().st_mode & 0o777 == 0o600

    first.write_bytes(second.read_bytes())
    with pytest.raises(Invalid, match="changed or put elsewhere"):
        await content(blobs, ANN, ONE)
    first.unlink()
    first.mkdir()
    with pytest.raises(Unavailable):
        await content(blobs, ANN, ONE)

    async with pool.connection() as connection:
        await connection.execute("update subject_key set wrapped = null")
    with pytest.raises(Refused):
        await content(blobs, ANN, ONE)
    with pytest.raises(Refused):
        await blobs.append(ANN, TWO, b"", number=0)
    await pool.close()
