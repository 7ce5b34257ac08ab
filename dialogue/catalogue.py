"""The job catalogue: reads documents, holds them to all rules, and finds jobs in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dialogue.document import Document, read
from dialogue.fault import Fault, nearest
from dialogue.rules import broken_rules, repeated
from dialogue.shape import shaped
from schemas.catalogue import Group, Job
from schemas.errors import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Job groups that fulfil all rules."""

    groups: tuple[Group, ...]

    @classmethod
    def of(cls, documents: Iterable[tuple[str, str]]) -> "Catalogue":
        """The catalogue of `documents`, names and texts. Raises `Invalid`, which names every fault, a line each."""
        groups, faults = check(documents)
        if faults:
            raise Invalid("\n".join(["The job catalogue cannot be used:", *map(str, faults)]))
        return cls(tuple(groups))

    def jobs(self) -> Iterator[Job]:
        """All jobs, in the order of the documents."""
        for group in self.groups:
            yield from group.jobs

    def job(self, name: str) -> Job:
        """The job whose id is `name`. Raises `NotFound`, which names the nearest one."""
        for job in self.jobs():
            if job.id == name:
                return job
        hint = nearest(name, (job.id for job in self.jobs()))
        raise NotFound(" ".join(["There is no job of this id in the catalogue.", hint]).strip())

    def group_of(self, name: str) -> Group:
        """The group that holds the job whose id is `name`. Raises `NotFound`."""
        job = self.job(name)
        return next(group for group in self.groups if job in group.jobs)


def check(documents: Iterable[tuple[str, str]]) -> tuple[list[Group], list[Fault]]:
    """The groups of those documents (names and texts) that have the shape of one, and all faults, file by file."""
    good: list[tuple[Document, Group]] = []
    faults: list[Fault] = []
    for file, text in documents:
        document = read(file, text)
        if isinstance(document, Fault):
            faults.append(document)
            continue
        group = shaped(document)
        if isinstance(group, list):
            faults += group
            continue
        faults += broken_rules(document, group)
        good.append((document, group))
    return [group for _, group in good], [*faults, *repeated(good)]
