"""Fetches Whisper models from the Hugging Face hub: on a connected machine, when somebody asks, and never by a server.

What arrives is held against the checksums that the hub names, and sealed with a manifest.
"""

from pathlib import Path

from httpx2 import HTTPError
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

from infra.models.whisper_folder import OPTIONAL, REQUIRED, Manifest, checksum, seal
from schemas.errors import Misconfigured, NotFound, Unavailable

REPOSITORIES = {
    **{size: f"Systran/faster-whisper-{size}" for size in ("tiny", "base", "small", "medium", "large-v3")},
    **{f"{size}.en": f"Systran/faster-whisper-{size}.en" for size in ("tiny", "base", "small", "medium")},
}
"""Where each model is: OpenAI's weights (MIT), converted by SYSTRAN (MIT)."""
PATIENCE = 20.0
"""Seconds to wait for the hub's first answer."""


def pull(name: str, folder: Path, hub: HfApi | None = None) -> Manifest:
    """Fetch the model of this name into `folder`, check what arrived and write its manifest.

    Raises `NotFound` for a name that is none, `Unavailable` where the hub is out of reach or does not give the model
    out, and `Misconfigured` where the folder cannot be written or what arrived is not what the hub has.
    """
    source = REPOSITORIES.get(name)
    if source is None:
        raise NotFound(f"Expected the name of a model ({', '.join(REPOSITORIES)}), got {name!r}.")
    hub = hub or HfApi()
    try:
        info = hub.model_info(source, files_metadata=True, timeout=PATIENCE)
        hub.snapshot_download(
            source, revision=info.sha, local_dir=folder, allow_patterns=[*REQUIRED, *OPTIONAL], etag_timeout=PATIENCE
        )
    except (HTTPError, HfHubHTTPError, LocalEntryNotFoundError) as error:
        raise Unavailable(
            f"Expected {source} from the hub, got {type(error).__name__}: this needs a machine that reaches "
            f"{hub.endpoint}; carry the folder to one that does not."
        ) from None
    except OSError as error:
        raise Misconfigured(f"Expected to write into {folder}, got: {error.strerror}.") from None
    for sibling in info.siblings or ():
        file = folder / sibling.rfilename
        if sibling.lfs is not None and file.is_file() and (found := checksum(file)) != sibling.lfs.sha256:
            raise Misconfigured(f"Expected {file} with SHA-256 {sibling.lfs.sha256}, got {found}; fetch it again.")
    return seal(folder, name, source, info.sha or "unknown")
