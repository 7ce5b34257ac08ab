"""Who is told of an event at once, over the signalling sockets: pure."""

from collections.abc import Iterator

from actors import names
from dialogue.state import Interview, Seat
from schemas.events import (
    ConsentGiven,
    ConsentWithdrawn,
    Event,
    InterviewEnded,
    ParticipantJoined,
    ParticipantLeft,
    Role,
    SubjectErased,
)
from schemas.ids import ParticipantId
from schemas.wire import ConsentChanged, Ended, PeerInfo, PeerJoined, PeerLeft, Wire


def announcements(state: Interview, event: Event) -> Iterator[tuple[str, bytes]]:
    """Subjects and messages that `event` calls for, `state` being the one after it."""
    match event:
        case InterviewEnded():
            for participant in state.seats:
                yield _signal(state, participant, Ended())
        case ParticipantJoined(participant=participant, connection=connection):
            yield names.owner_subject(state.id, participant), connection.encode()
            info = peer_info(participant, state.seats[participant])
            for other in counterparts(state, participant):
                yield _signal(state, other, PeerJoined(peer=info))
        case ConsentGiven(participant=participant) | ConsentWithdrawn(participant=participant):
            purposes = list(state.seats[participant].purposes)
            yield _signal(state, participant, ConsentChanged(purposes=purposes))
        case ParticipantLeft(participant=participant, reason="left" | "vanished"):
            for other in counterparts(state, participant):
                yield _signal(state, other, PeerLeft(participant=participant))
        case SubjectErased(erased=participant, role=role):
            yield _signal(state, participant, Ended())
            for other in _connected(state, besides=role):
                yield _signal(state, other, PeerLeft(participant=participant))
        case _:
            return


def counterparts(state: Interview, participant: ParticipantId) -> list[ParticipantId]:
    """Who is connected and talks with `participant`: applicants and interviewer, never one applicant with another.

    Nobody where the seat is gone.
    """
    seat = state.seats.get(participant)
    return _connected(state, besides=seat.role) if seat is not None else []


def _connected(state: Interview, *, besides: Role | None) -> list[ParticipantId]:
    return [id_ for id_, seat in state.seats.items() if seat.role != besides and seat.connection is not None]


def peer_info(participant: ParticipantId, seat: Seat) -> PeerInfo:
    """A participant as the others see them."""
    return PeerInfo(participant=participant, role=seat.role, label=seat.label)


def _signal(state: Interview, participant: ParticipantId, message: Wire) -> tuple[str, bytes]:
    return names.signal_subject(state.id, participant), message.model_dump_json().encode()
