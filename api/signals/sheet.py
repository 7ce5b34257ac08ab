"""What each signal is, what it is not, and how far it was from the truth where that was measured.

A number of an error stands in the page of `bench/results` that it names; what no page measures is None.
"""

from api.signals.heard import VOICE
from api.signals.seen import BODY, FACE
from api.signals.worded import WORDED
from schemas.sheet import SignalEntry

SHEET: tuple[SignalEntry, ...] = (*FACE, *BODY, *VOICE, *WORDED)
"""Every signal."""
