"""Which types of event an interview's stream must not hold: what its profile forbids, and what nobody agreed to."""

from collections.abc import Iterator, Mapping

from dialogue.interview import served
from dialogue.state import Interview
from schemas.ids import SubjectId
from schemas.policy import Purpose
from schemas.refusal import Refusal, Refusals

PURPOSE_OF: Mapping[str, Purpose] = {
    "gaze.calibrated": "visual-signals",
    "sight.observed": "visual-signals",
    "posture.observed": "visual-signals",
    "hands.observed": "visual-signals",
    "expression.observed": "facial-expression",
    "age-gender.observed": "age-and-gender",
    "prosody.observed": "voice-signals",
    "voice-emotion.observed": "voice-emotion",
    "answer.started": "transcript",
    "answer.ended": "transcript",
    "segment.transcribed": "transcript",
}
"""What each type of event is recorded for; the others are recorded whatever was agreed to."""


def refusals(state: Interview) -> Refusals:
    """What the log is to refuse in the stream of `state`."""
    asked = state.policy.asked()
    everybody = (Refusal(type_) for type_, purpose in PURPOSE_OF.items() if purpose not in asked)
    return frozenset([*everybody, *_personal(state)])


def _personal(state: Interview) -> Iterator[Refusal]:
    asked = state.policy.asked()
    for participant, seat in state.seats.items():
        agreed = served(state, seat)
        for type_, purpose in PURPOSE_OF.items():
            if purpose in asked and purpose not in agreed:
                yield Refusal(type_, SubjectId(participant))
