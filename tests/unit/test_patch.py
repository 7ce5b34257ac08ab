"""RFC 7396 merge patches."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from actors.projections.patch import merge_patch
from tests.merge_patch import patched

KEYS = st.sampled_from("abcd")
OBJECTS = st.recursive(
    st.dictionaries(KEYS, st.integers(0, 3) | st.text(max_size=2) | st.lists(st.integers(0, 2), max_size=2)),
    lambda inner: st.dictionaries(KEYS, inner),
    max_leaves=6,
)


@given(OBJECTS, OBJECTS)
def test_a_patch_leads_from_before_to_after(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert patched(before, merge_patch(before, after)) == after


@given(OBJECTS)
def test_nothing_changed_is_an_empty_patch(body: dict[str, Any]) -> None:
    assert merge_patch(body, body) == {}


def test_a_patch_holds_only_what_changed() -> None:
    before = {"kept": 1, "inner": {"gone": 1, "kept": 2}}
    after = {"kept": 1, "inner": {"kept": 2, "new": 3}}
    assert merge_patch(before, after) == {"inner": {"gone": None, "new": 3}}
