"""Which actors observe a participant, of which media, and for which purposes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from actors import names
from actors.hearing import Hearing
from actors.parts import Parts
from actors.port import Runtime
from actors.prosody import Prosody
from actors.sight import Sight
from actors.teller import Teller
from schemas.events import StreamKind
from schemas.ids import InterviewId, ParticipantId
from schemas.policy import Purpose


@dataclass(frozen=True, slots=True)
class ModalityKind:
    """One way of observing."""

    actor: Callable[[InterviewId, ParticipantId, frozenset[Purpose], Parts, Runtime], Teller]
    name: Callable[[InterviewId, ParticipantId], str]
    medium: StreamKind
    needs: Purpose
    """Without it there is nothing to observe for."""
    also: frozenset[Purpose] = frozenset()
    """What else it observes for, each only where it is served."""

    def share(self, served: Iterable[Purpose]) -> frozenset[Purpose]:
        """Those of the purposes served that it observes for; none where it is not to run at all."""
        mine = frozenset(served) & (self.also | {self.needs})
        return mine if self.needs in mine else frozenset()


MODALITIES: Mapping[str, ModalityKind] = {
    "sight": ModalityKind(
        Sight, names.sight, "video", "visual-signals", frozenset({"facial-expression", "age-and-gender"})
    ),
    "prosody": ModalityKind(Prosody, names.prosody, "audio", "voice-signals", frozenset({"voice-emotion"})),
    "hearing": ModalityKind(Hearing, names.hearing, "audio", "transcript"),
}
