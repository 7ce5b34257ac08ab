"""Writes a person's record into a folder: a page, the same as JSON, and the blobs as they were."""

from pathlib import Path

from api.subjects.page import page
from api.subjects.record import SubjectRecord
from infra.blobs import Blobs
from schemas.errors import Invalid

PAGE = "subject.html"
JSON = "subject.json"
BLOBS = "blobs"


async def write_export(record: SubjectRecord, blobs: Blobs, folder: Path) -> None:
    """Write into `folder`, readable for this user alone; the page last: an export without one is partial.

    Raises `Invalid` where the folder holds something already or cannot be written, and what the blobs raise.
    """
    try:
        _begin(folder, record)
        for blob in record.blobs:
            with (folder / BLOBS / blob.id).open("xb") as file:
                async for chunk in blobs.read(record.subject, blob.id):
                    file.write(chunk)
        (folder / PAGE).write_text(page(record), "utf-8")
    except OSError as error:
        raise Invalid(f"Expected a folder that can be written, got {folder}.") from error


def _begin(folder: Path, record: SubjectRecord) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Invalid(f"Expected an empty folder, {folder} is none.")
    folder.chmod(0o700)
    (folder / BLOBS).mkdir()
    (folder / JSON).write_text(record.model_dump_json(indent=2) + "\n", "utf-8")
