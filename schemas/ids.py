"""Identifiers. Random, never derived from a person; safe to write into logs and URLs."""

from typing import NewType
from uuid import UUID

import uuid_utils

InterviewId = NewType("InterviewId", str)
"""Names one interview and, as `interview-<id>`, its stream."""

ParticipantId = NewType("ParticipantId", str)
"""Names one seat in one interview; the same person keeps it through every reconnect."""

ConnectionId = NewType("ConnectionId", str)
"""Names one signalling connection of a participant; a newer one replaces an older one."""

EventId = NewType("EventId", UUID)
"""UUIDv7 (RFC 9562): unique, and ordered by the time it was made."""

StreamName = NewType("StreamName", str)
"""Names one stream of the log: letters, digits, `-` and `_`."""

SubjectId = NewType("SubjectId", str)
"""Names the person an event is about; the key that encrypts the event belongs to it."""

BlobId = NewType("BlobId", str)
"""Names one blob of a person: letters, digits, `-` and `_`."""

AnswerId = NewType("AnswerId", str)
"""Names one answer of one participant."""

SegmentId = NewType("SegmentId", str)
"""Names one segment of a transcript."""

AskedId = NewType("AskedId", str)
"""Names one question as it was put to one participant."""

SuggestionId = NewType("SuggestionId", str)
"""Names one follow-up that was suggested."""

BotTurnId = NewType("BotTurnId", str)
"""Names one exchange with the bot."""

INTERVIEW_PREFIX = "interview-"
"""How the streams of interviews begin."""


def new_interview_id() -> InterviewId:
    """A fresh interview id."""
    return InterviewId(uuid_utils.uuid7().hex)


def new_participant_id() -> ParticipantId:
    """A fresh participant id."""
    return ParticipantId(uuid_utils.uuid7().hex)


def new_connection_id() -> ConnectionId:
    """A fresh connection id."""
    return ConnectionId(uuid_utils.uuid7().hex)


def new_answer_id() -> AnswerId:
    """A fresh answer id."""
    return AnswerId(uuid_utils.uuid7().hex)


def new_segment_id() -> SegmentId:
    """A fresh segment id."""
    return SegmentId(uuid_utils.uuid7().hex)


def new_asked_id() -> AskedId:
    """A fresh id of a question that is asked."""
    return AskedId(uuid_utils.uuid7().hex)


def new_suggestion_id() -> SuggestionId:
    """A fresh suggestion id."""
    return SuggestionId(uuid_utils.uuid7().hex)


def new_bot_turn_id() -> BotTurnId:
    """A fresh id of an exchange with the bot."""
    return BotTurnId(uuid_utils.uuid7().hex)


def new_event_id() -> EventId:
    """A fresh UUIDv7."""
    return EventId(UUID(bytes=uuid_utils.uuid7().bytes))


def interview_stream(interview: InterviewId) -> StreamName:
    """The stream that records `interview`."""
    return StreamName(f"{INTERVIEW_PREFIX}{interview}")


def interview_of(stream: StreamName) -> InterviewId:
    """The interview that `stream` records."""
    return InterviewId(stream.removeprefix(INTERVIEW_PREFIX))
