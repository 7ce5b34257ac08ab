"""What a stream of the log refuses to hold.

Not a decision: whoever knows policy and consents decides, and the log holds every writer to it.
"""

from dataclasses import dataclass

from schemas.ids import SubjectId


@dataclass(frozen=True, slots=True)
class Refusal:
    """One type of event that is not recorded."""

    type: str
    subject: SubjectId | None = None
    """The person it must not be about; None where it is refused whomever it is about, and about nobody too."""


Refusals = frozenset[Refusal]
"""All that one stream refuses."""
