"""An event's payload as bytes, checked before any log takes it."""

import json

from infra.log.port import MOST_PAYLOAD_BYTES
from schemas.envelope import NewEvent
from schemas.errors import Invalid


def payload_bytes(event: NewEvent) -> bytes:
    """The payload as JSON in UTF-8. Raises `Invalid` where it is too large, or is no JSON object (RFC 8259)."""
    try:
        written = json.dumps(event.payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, ValueError):
        # The driver's own words would quote the value, which may be personal.
        raise Invalid(f"Expected a payload of `{event.type}` that can be written as JSON, got another one.") from None
    if len(written) > MOST_PAYLOAD_BYTES:
        raise Invalid(f"Expected a payload of at most {MOST_PAYLOAD_BYTES} bytes, got {len(written)}.")
    return written
