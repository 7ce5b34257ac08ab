"""All places in which something about a person may lie, and whoever may write there."""

from dataclasses import dataclass

from api.subjects.followers import Followers
from api.subjects.writer import Writer
from infra.blobs import Blobs
from infra.bus import Bus
from infra.log import Log
from infra.subjects import Subjects
from infra.views import Views


@dataclass(frozen=True, slots=True)
class Holdings:
    """Built by the composition root, for a command or for an API process."""

    log: Log
    views: Views
    bus: Bus
    blobs: Blobs
    subjects: Subjects
    writer: Writer
    followers: Followers
