"""Whatever was ever written can be read, in the newest form."""

from pathlib import Path

import pytest

from schemas.envelope import fact_of
from schemas.errors import Invalid
from schemas.events import MODELS, ConsentGiven, parse_event
from schemas.fact import Fact
from schemas.ids import InterviewId, ParticipantId
from schemas.upcasts import UPCASTS, Payload, upcast
from tests.examples import Version, fields_of, versions
from tests.fakes.recorded import recorded

PROJECT = Path(__file__).resolve().parents[2]
VERSIONS = list(versions())
EVER = {(type_, number) for type_, model in MODELS.items() for number in range(1, model.schema_version + 1)}
NEWEST = [version for version in VERSIONS if MODELS[version.type].schema_version == version.schema_version]


def name(version: Version) -> str:
    return f"{version.type} {version.schema_version}"


def test_there_are_examples_of_every_version_of_every_type() -> None:
    assert {(version.type, version.schema_version) for version in VERSIONS} == EVER
    assert all(version.examples for version in VERSIONS)


def test_every_version_but_the_newest_has_its_upcast() -> None:
    assert set(UPCASTS) == EVER - {(type_, model.schema_version) for type_, model in MODELS.items()}


@pytest.mark.parametrize("version", VERSIONS, ids=name)
def test_what_was_written_is_read_in_the_newest_form(version: Version) -> None:
    for written, read in version.examples:
        fact = parse_event(version.type, version.schema_version, written)
        assert fact.model_dump(mode="json", exclude={"type"}) == read


@pytest.mark.parametrize("version", VERSIONS, ids=name)
def test_examples_hold_every_field_of_their_version(version: Version) -> None:
    fields = version.fields["properties"].keys() - {"type"}
    assert all(written.keys() == fields for written, _ in version.examples)


@pytest.mark.parametrize("version", NEWEST, ids=name)
def test_fields_do_not_change_without_a_new_version(version: Version) -> None:
    """Where this fails: a new `schema_version`, an upcast from the old one, and a file in tests/examples."""
    assert fields_of(MODELS[version.type]) == version.fields
    assert all(written == read for written, read in version.examples)


def test_a_changed_field_is_noticed() -> None:
    class Before(Fact):
        title: str

    class After(Fact):
        title: str | None

    assert fields_of(Before) != fields_of(After)
    assert "title" in fields_of(Before)["properties"]


def test_versions_are_passed_through_one_by_one_and_the_stored_payload_stays() -> None:
    def rename(payload: Payload) -> Payload:
        return {"seconds": payload["length"]}

    def refine(payload: Payload) -> Payload:
        return {"us": payload["seconds"] * 1_000_000}

    chain = {("test.happened", 1): rename, ("test.happened", 2): refine}
    stored = {"length": 2}
    assert upcast("test.happened", 1, stored, newest=3, upcasts=chain) == {"us": 2_000_000}
    assert upcast("test.happened", 2, {"seconds": 2}, newest=3, upcasts=chain) == {"us": 2_000_000}
    assert upcast("test.happened", 3, {"us": 7}, newest=3, upcasts=chain) == {"us": 7}
    assert stored == {"length": 2}


@pytest.mark.parametrize("version", [0, -1, 4])
def test_a_version_that_is_not_known_is_refused_in_words(version: int) -> None:
    with pytest.raises(Invalid, match=rf"`consent.given` in a version from 1 to 3, got version {version}"):
        parse_event("consent.given", version, VERSIONS[0].examples[0][0])


def test_a_type_that_is_not_known_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match=r"known type, got `test\.happened`"):
        parse_event("test.happened", 1, {})


def test_fields_of_another_version_are_refused_without_their_values() -> None:
    with pytest.raises(Invalid, match=r"version 1, got trouble at: interview\.ended\.by") as refused:
        parse_event("interview.ended", 1, {"by": "Ann Example"})
    assert "Ann" not in refused.value.message


def test_a_recorded_event_is_read_by_its_own_version() -> None:
    consent = ConsentGiven(participant=ParticipantId("ann"), text_version="1", language="en", purposes=())
    [event] = recorded(InterviewId("0" * 32), [consent])
    assert event.payload is not None
    old = {field: value for field, value in event.payload.items() if field != "sentence"}
    assert fact_of(event._replace(schema_version=1, payload=old)) == consent
    with pytest.raises(Invalid, match="version 4"):
        fact_of(event._replace(schema_version=4))
    assert fact_of(event._replace(schema_version=4, payload=None)) is None


def test_every_reader_goes_through_the_one_place() -> None:
    """A reader with a way of its own reads old events as if they were new ones."""
    rooms = ("dialogue", "assessment", "infra", "actors", "api")
    texts = {path: path.read_text() for room in rooms for path in (PROJECT / room).rglob("*.py")}
    assert [str(path) for path, text in texts.items() if "parse_event" in text or "event_adapter" in text] == []
