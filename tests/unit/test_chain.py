"""The hash covers every field, and no two events share one by a shift of their fields' borders."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.log.chain import GENESIS, Head, KeptHead, StoredEvent, first_break, stored_hash

FIELDS = [name for name in StoredEvent._fields if name != "hash"]
INT64 = st.integers(-(2**63), 2**63 - 1)
INT32 = st.integers(-(2**31), 2**31 - 1)


def events(form: int) -> st.SearchStrategy[StoredEvent]:
    text = st.text(st.characters(codec="utf-8"), max_size=8)
    return st.builds(
        StoredEvent,
        position=INT64,
        transaction=INT64,
        stream=text,
        version=INT32,
        id=st.uuids(),
        type=text,
        schema_version=INT32,
        at_us=INT64,
        recorded_us=INT64,
        actor=text,
        causation=st.none() | st.uuids(),
        correlation=st.none() | st.uuids(),
        subject=st.none() | text,
        key_id=st.none() | st.uuids(),
        payload=st.binary(max_size=8),
        previous_hash=st.just(GENESIS) | st.binary(min_size=32, max_size=32),
        hash=st.just(b""),
        hash_form=st.just(form),
    )


@pytest.mark.parametrize("form", [1, 2])
@given(data=st.data())
def test_events_that_differ_in_any_field_have_different_hashes(form: int, data: st.DataObject) -> None:
    one, other = data.draw(events(form)), data.draw(events(form))
    for name in FIELDS:
        changed = one._replace(**{name: getattr(other, name)})
        assert (stored_hash(changed) == stored_hash(one)) == (changed == one), name


@given(data=st.data())
def test_text_cannot_be_moved_from_one_field_to_the_next(data: st.DataObject) -> None:
    for form in (1, 2):
        one = data.draw(events(form))
        moved = one._replace(type=one.type + one.actor, actor="")
        assert (stored_hash(moved) == stored_hash(one)) == (moved == one)


def test_an_event_of_an_unknown_form_or_without_a_time_has_no_right_hash() -> None:
    one = StoredEvent(*(1, 1, "s", 1, UUID(int=1), "t", 1, 0, 0, "a", None, None, None, None, b"{}", GENESIS, b"", 2))
    assert stored_hash(one) is not None
    assert stored_hash(one._replace(hash_form=3)) is None
    assert stored_hash(one._replace(recorded_us=None)) is None


async def none() -> AsyncIterator[StoredEvent]:
    return
    yield


@pytest.mark.parametrize(
    ("head", "kept", "version"),
    [
        (None, None, None),
        (Head(2, 7, b"x"), None, 1),
        (None, KeptHead(2, b"x"), 1),
    ],
)
async def test_an_empty_stream_is_whole_only_where_nothing_says_that_it_had_events(
    head: Head | None, kept: KeptHead | None, version: int | None
) -> None:
    broken = await first_break("s", none(), head, kept)
    assert (broken.version if broken else None) == version
