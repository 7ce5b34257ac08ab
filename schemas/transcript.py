"""The transcript as a client is told of it, over HTTP."""

from schemas.ids import AnswerId, ParticipantId
from schemas.views import AnswerView
from schemas.wire import Wire


class AnswersResponse(Wire):
    """`GET /api/v1/interviews/{id}/answers`: every answer that is recorded, by participant."""

    participants: dict[ParticipantId, dict[AnswerId, AnswerView]]
