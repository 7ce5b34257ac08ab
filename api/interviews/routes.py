"""`/api/v1/interviews`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from actors.projections import interview as interview_projection
from actors.projections import summary as summary_projection
from api.auth import OpenDoor, host, host_or_interviewer
from api.catalogue.documents import open_catalogue
from api.door import Door
from api.interviews.terms import check_terms
from api.link import LinkClaims
from infra.views.port import Row
from schemas.commands import CreateInterview, EndInterview, InviteParticipant
from schemas.errors import NotFound, Refused
from schemas.events import Role
from schemas.ids import InterviewId, ParticipantId, new_interview_id, new_participant_id
from schemas.policy import Policy
from schemas.views import InterviewSummary, InterviewView
from schemas.wire import CreateInterviewRequest, InterviewCreatedResponse, Link, Snapshot

router = APIRouter(prefix="/api/v1/interviews", tags=["interviews"])

Id = Annotated[InterviewId, Path(alias="interview", pattern="^[0-9a-f]{32}$")]


@router.post("", status_code=201, dependencies=[Depends(host)])
async def create(request: CreateInterviewRequest, opened: OpenDoor) -> InterviewCreatedResponse:
    """Set up an interview with an interviewer's seat and one applicant's."""
    interview = new_interview_id()
    policy = Policy(request.profile, frozenset(request.switched_on))
    check_terms(policy)
    if request.job is not None:
        open_catalogue(opened.settings.catalogue).job(request.job)  # raises where there is none
    create = CreateInterview(
        interview=interview,
        title=request.title,
        epoch_us=opened.now_us(),
        policy=policy,
        job=request.job,
        language=request.language,
    )
    await opened.execute(interview, create)
    links = [await _invite(opened, interview, "interviewer"), await _invite(opened, interview, "applicant")]
    return InterviewCreatedResponse(interview=interview, links=links)


@router.get("", dependencies=[Depends(host)])
async def summaries(opened: OpenDoor, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> list[InterviewSummary]:
    """Interviews, the one with the newest event first."""
    rows = await opened.views.list(summary_projection.SummaryProjection.name, limit=limit)
    return [summary_projection.summary_of(row.body) for row in rows]


@router.get("/{interview}", dependencies=[Depends(host_or_interviewer)])
async def view(interview: Id, opened: OpenDoor) -> Snapshot:
    """One interview, as its interviewer's screen shows it."""
    return await snapshot(opened, interview)


@router.post("/{interview}/participants", status_code=201, dependencies=[Depends(host_or_interviewer)])
async def invite(interview: Id, opened: OpenDoor) -> Link:
    """A seat, and a link, for a further applicant (five at most)."""
    return await _invite(opened, interview, "applicant")


@router.post("/{interview}/links", dependencies=[Depends(host)])
async def links(interview: Id, opened: OpenDoor) -> list[Link]:
    """Fresh links for all seats of an open interview. Older links stay good until they expire."""
    await refuse_ended(opened, interview)
    state = await opened.state(interview)
    return [_issue(opened, interview, participant, seat.role, seat.label) for participant, seat in state.seats.items()]


@router.post("/{interview}/end", status_code=204, dependencies=[Depends(host_or_interviewer)])
async def end(interview: Id, opened: OpenDoor) -> None:
    """End the interview for everybody; ending it again changes nothing."""
    await opened.execute(interview, EndInterview())


async def snapshot(opened: Door, interview: InterviewId) -> Snapshot:
    """The interview's view and the position up to which it is true. Raises `NotFound`."""
    rows = await opened.views.load(interview_projection.InterviewProjection.name, [interview])
    row = rows.get(interview)
    if row is None:
        raise NotFound("There is no such interview.")
    return snapshot_of(row)


def snapshot_of(row: Row) -> Snapshot:
    """A row of the interview's view as a screen takes it."""
    return Snapshot(position=row.place.position, view=InterviewView.model_validate(row.body))


async def refuse_ended(opened: Door, interview: InterviewId) -> None:
    """Raises `Refused` where the interview is over, without waking the actor that owned it."""
    rows = await opened.views.load(interview_projection.InterviewProjection.name, [interview])
    if interview in rows and rows[interview].body["status"] == "ended":
        raise Refused("The interview is over.")


async def _invite(opened: Door, interview: InterviewId, role: Role) -> Link:
    participant = new_participant_id()
    await opened.execute(interview, InviteParticipant(participant=participant, role=role))
    label = (await opened.state(interview)).seats[participant].label
    return _issue(opened, interview, participant, role, label)


def _issue(opened: Door, interview: InterviewId, participant: ParticipantId, role: Role, label: str) -> Link:
    return opened.links.issue(LinkClaims(interview, participant, role), label=label, now_us=opened.now_us())
