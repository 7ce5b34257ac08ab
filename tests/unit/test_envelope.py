"""What comes into the envelope, and what does not."""

import pytest

from schemas.envelope import enveloped
from schemas.errors import Invalid
from schemas.events import InterviewEnded, parse_event
from schemas.media import SessionTime


def test_an_event_of_an_unknown_type_is_refused_where_it_is_read() -> None:
    with pytest.raises(Invalid, match="known type"):
        parse_event("interview.unheard", 1, {})


def test_an_event_of_a_known_type_with_other_fields_is_refused_without_quoting_them() -> None:
    with pytest.raises(Invalid) as told:
        parse_event("interview.ended", 1, {"by": "Ann's own words"})
    assert "Ann" not in told.value.message


def test_what_is_enveloped_is_read_as_the_same_event() -> None:
    event = InterviewEnded(by="interviewer")
    new = enveloped(event, at=SessionTime(-1), actor="session")
    assert parse_event(new.type, new.schema_version, new.payload) == event
    assert (new.schema_version, new.at, new.subject) == (1, -1, None)
