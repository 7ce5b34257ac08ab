"""`/api/v1/interviews/{id}/answers`: the whole transcript, of which a view holds the newest answers alone."""

from fastapi import APIRouter, Depends

from api.auth import OpenDoor, host_or_interviewer
from api.interviews.routes import Id
from infra.log import Log
from schemas.answers import AnswerEnded, AnswerStarted, SegmentTranscribed
from schemas.envelope import RecordedEvent, fact_of
from schemas.errors import NotFound
from schemas.ids import AnswerId, InterviewId, ParticipantId, interview_stream
from schemas.transcript import AnswersResponse
from schemas.views import AnswerView, SegmentView

router = APIRouter(prefix="/api/v1/interviews", tags=["interviews"])

HEARD = ("answer.started", "answer.ended", "segment.transcribed")
Heard = AnswerStarted | AnswerEnded | SegmentTranscribed


@router.get("/{interview}/answers", dependencies=[Depends(host_or_interviewer)], response_model_exclude_none=True)
async def answers(interview: Id, opened: OpenDoor) -> AnswersResponse:
    """Every answer of the interview, as far as it is known."""
    return await read_answers(opened.log, interview)


async def read_answers(log: Log, interview: InterviewId) -> AnswersResponse:
    """Every answer that the log holds; a person who was erased is not in it. Raises `NotFound`, `Unavailable`."""
    found: dict[ParticipantId, dict[AnswerId, AnswerView]] = {}
    event: RecordedEvent | None = None
    async for event in log.read(interview_stream(interview)):
        fact = fact_of(event) if event.type in HEARD else None
        if isinstance(fact, Heard):
            said = found.setdefault(fact.participant, {})
            said[fact.answer] = _after(said.get(fact.answer), fact)
    if event is None:
        raise NotFound("There is no such interview.")
    return AnswersResponse(participants=found)


def _after(answer: AnswerView | None, fact: Heard) -> AnswerView:
    """An answer with what `fact` tells of it; it always begins before anything else is told."""
    match fact:
        case AnswerStarted():
            return AnswerView(start=fact.start)
        case AnswerEnded():
            return _known(answer).model_copy(update={"end": fact.end, "ended": fact.ended})
        case SegmentTranscribed():
            before = _known(answer)
            shown = SegmentView.model_validate(fact.model_dump(include=set(SegmentView.model_fields)))
            return before.model_copy(update={"segments": {**before.segments, fact.segment: shown}})


def _known(answer: AnswerView | None) -> AnswerView:
    assert answer is not None
    return answer
