"""The views, as pure functions of the log."""

from actors.projections.interview import InterviewProjection
from actors.projections.port import Projection
from actors.projections.summary import SummaryProjection

PROJECTIONS: tuple[Projection, ...] = (InterviewProjection(), SummaryProjection())
"""All there are, each with a name of its own."""

__all__ = ["PROJECTIONS"]
