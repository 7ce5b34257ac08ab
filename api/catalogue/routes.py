"""`/api/v1/jobs`: what an applicant may be interviewed for."""

from fastapi import APIRouter, Depends

from api.auth import OpenDoor, host_or_any_interviewer
from api.catalogue.documents import open_catalogue
from dialogue.catalogue import Catalogue
from schemas.job import JobGroupNames, JobName

router = APIRouter(prefix="/api/v1/jobs", tags=["catalogue"])


@router.get("", dependencies=[Depends(host_or_any_interviewer)])
def jobs(opened: OpenDoor) -> list[JobGroupNames]:
    """Every job group of the catalogue in use and the names of its jobs; not what is asked. Read anew each time."""
    return names_of(open_catalogue(opened.settings.catalogue))


def names_of(catalogue: Catalogue) -> list[JobGroupNames]:
    """The groups and jobs of `catalogue`, in its order."""
    return [
        JobGroupNames(id=group.id, name=group.name, jobs=[JobName(id=job.id, name=job.name) for job in group.jobs])
        for group in catalogue.groups
    ]
