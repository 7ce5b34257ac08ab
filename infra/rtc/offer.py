"""Looks at an SDP offer before a connection is made for it."""

from aiortc.sdp import SessionDescription

from schemas.errors import Invalid
from schemas.events import StreamKind

MOST_MEDIA = 4
"""Sections of media in an offer; ours have two."""


def check_offer(sdp: str) -> tuple[StreamKind, ...]:
    """What an offer sends us, video first. Raises `Invalid` for anything that is not an offer of video or sound."""
    try:
        description = SessionDescription.parse(sdp)
        sent = {media.kind for media in description.media if media.direction in ("sendonly", "sendrecv") and media.port}
        sections = len(description.media)
    except Exception as error:
        # The parser meets what it does not expect with any of ValueError, IndexError, KeyError, AssertionError …
        raise Invalid("Expected an SDP offer, got something that does not read as one.") from error
    kinds: list[StreamKind] = [kind for kind in ("video", "audio") if kind in sent]
    if not kinds or sections > MOST_MEDIA:
        raise Invalid("Expected an SDP offer that sends video or sound, got one that sends neither, or too much.")
    return tuple(kinds)
