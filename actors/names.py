"""Names of actors and of live subjects on the bus: the one place that spells them."""

from schemas.ids import InterviewId, ParticipantId

RELAY = "relay"
PROJECTOR = "projector"

APPENDED = "log.appended"
"""Told after every append, so that followers need not wait for their next look."""


def session(interview: InterviewId) -> str:
    """The actor that owns the interview's stream."""
    return f"session:{interview}"


def is_session(name: str) -> bool:
    """Whether an actor's name is that of a session."""
    return name.startswith("session:")


def peer(interview: InterviewId, participant: ParticipantId) -> str:
    """The actor that owns the participant's media connection."""
    return f"peer:{interview}:{participant}"


def sight(interview: InterviewId, participant: ParticipantId) -> str:
    """The actor that watches the participant."""
    return f"sight:{interview}:{participant}"


def prosody(interview: InterviewId, participant: ParticipantId) -> str:
    """The actor that listens to how the participant sounds."""
    return f"prosody:{interview}:{participant}"


def hearing(interview: InterviewId, participant: ParticipantId) -> str:
    """The actor that listens to what the participant says."""
    return f"hearing:{interview}:{participant}"


def live_subject(interview: InterviewId, participant: ParticipantId | str = "*") -> str:
    """Live signals; not recorded."""
    return f"live.{interview}.{participant}"


def signal_subject(interview: InterviewId, participant: ParticipantId) -> str:
    """Messages for the participant's signalling socket."""
    return f"signal.{interview}.{participant}"


def owner_subject(interview: InterviewId, participant: ParticipantId) -> str:
    """Tells which connection counts as the participant's from now on."""
    return f"owner.{interview}.{participant}"


def view_subject(interview: InterviewId) -> str:
    """Changes of the interview's view."""
    return f"view.interview.{interview}"
