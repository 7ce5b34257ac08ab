"""The documents in use: those that come with Intact, and a folder of one's own beside them."""

from collections.abc import Iterator
from pathlib import Path

from dialogue.catalog import documents
from dialogue.catalogue import Catalogue
from schemas.errors import Invalid, Misconfigured


def documents_in_use(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Names and texts; a document in `folder` stands for the one of the same name that comes with Intact.

    Raises `Misconfigured` where `folder` is no folder, `Invalid` where a file in it cannot be read.
    """
    if folder is not None and not folder.is_dir():
        raise Misconfigured(f"INTACT_CATALOGUE: expected a folder of YAML files; {folder} is none.")
    own = {file.name: file for file in sorted(folder.glob("*.yaml"))} if folder else {}
    for name, text in documents():
        if name not in own:
            yield name, text
    for file in own.values():
        yield str(file), read_text(file)


def open_catalogue(folder: Path | None) -> Catalogue:
    """The catalogue in use. Raises `Invalid` where it has faults, and as `documents_in_use` does."""
    return Catalogue.of(documents_in_use(folder))


def read_text(file: Path) -> str:
    """What `file` holds. Raises `Invalid`, which names the line where it is not UTF-8."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file}: expected a YAML file; it cannot be read ({error.strerror}).") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"{file}:{line}: expected UTF-8; came a byte of another encoding. Save the file as UTF-8."
        raise Invalid(message) from error
