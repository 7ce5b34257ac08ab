"""The questions of a job, one by one, each under a name that stays while its place in the catalogue stays."""

from collections.abc import Iterator
from dataclasses import dataclass

from dialogue.fault import Path
from schemas.catalogue import Cause, Job
from schemas.language import Bilingual


@dataclass(frozen=True, slots=True)
class Question:
    """One question that may be asked as it stands."""

    id: str
    """Names it within its job: `<tree>/opening-<n>` or `<tree>/<topic>/<cause>`."""
    tree: str
    topic: str | None
    """None for an opening."""
    when: Cause | None
    """Why it is asked; None for an opening."""
    ask: Bilingual
    path: Path
    """Where it stands within the job."""


def questions(job: Job) -> Iterator[Question]:
    """All questions of `job`, in the order of the document."""
    for t, tree in enumerate(job.trees):
        for n, ask in enumerate(tree.opening):
            yield Question(f"{tree.id}/opening-{n + 1}", tree.id, None, None, ask, ("trees", t, "opening", n))
        for p, topic in enumerate(tree.topics):
            for n, follow_up in enumerate(topic.follow_ups):
                path = ("trees", t, "topics", p, "follow_ups", n)
                name = f"{tree.id}/{topic.id}/{follow_up.when}"
                yield Question(name, tree.id, topic.id, follow_up.when, follow_up.ask, (*path, "ask"))
