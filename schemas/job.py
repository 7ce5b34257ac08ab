"""The jobs of the catalogue as a client is told of them, over HTTP."""

from schemas.language import Bilingual
from schemas.wire import Wire


class JobName(Wire):
    """A job of the catalogue, as a page names it."""

    id: str
    name: Bilingual


class JobGroupNames(Wire):
    """`GET /api/v1/jobs`: a job group and its jobs, in the order of the catalogue."""

    id: str
    name: Bilingual
    jobs: list[JobName]
