"""A folder with a Whisper model in the form of CTranslate2, and the manifest that says what was fetched into it.

The manifest does for a fetched model what the registry does for those that come with Intact: a file that is missing,
or is not the one that was fetched, is an error before it is loaded.
"""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.errors import Misconfigured

MANIFEST = "intact-manifest.json"
REQUIRED = ("config.json", "model.bin", "tokenizer.json")
"""Files without which the library would not load the model, or would look for them on the network."""
OPTIONAL = ("preprocessor_config.json", "vocabulary.json", "vocabulary.txt")
HOW = "`intact models pull` makes one"


class Manifest(BaseModel):
    """What a folder holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    source: str
    """The repository it was fetched from."""
    revision: str
    """Commit of the repository."""
    files: dict[str, str]
    """SHA-256 (hex) by file."""


def checksum(file: Path) -> str:
    """SHA-256 (hex). Raises `OSError`."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def seal(folder: Path, name: str, source: str, revision: str) -> Manifest:
    """Write down what the folder holds. Raises `Misconfigured` where a file is missing or cannot be read."""
    try:
        files = {file: checksum(folder / file) for file in REQUIRED}
        files |= {file: checksum(folder / file) for file in OPTIONAL if (folder / file).is_file()}
        manifest = Manifest(name=name, source=source, revision=revision, files=files)
        (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise Misconfigured(f"Expected a whole model in {folder}, got: {error.strerror}, {error.filename}.") from None
    return manifest


def check_folder(folder: Path) -> Manifest:
    """Make sure that all files are those that were fetched. Raises `Misconfigured`, naming the first that is not."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except OSError as error:
        raise Misconfigured(f"Expected {MANIFEST} in {folder}, got: {error.strerror}; {HOW}.") from None
    except ValidationError:
        raise Misconfigured(f"Expected a manifest in {folder / MANIFEST}, got something else; {HOW}.") from None
    missing = [file for file in REQUIRED if file not in manifest.files]
    if missing:
        raise Misconfigured(f"Expected {', '.join(missing)} in the manifest of {folder}, got none; {HOW}.")
    for file, expected in manifest.files.items():
        found = _found(folder / file)
        if found != expected:
            raise Misconfigured(f"Expected {folder / file} with SHA-256 {expected}, got {found}; {HOW}.")
    return manifest


def _found(file: Path) -> str:
    try:
        return f"{checksum(file)}"
    except OSError as error:
        return f"{error.strerror}".lower()
