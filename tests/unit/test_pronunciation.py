"""Words that are missing in the dictionary are put together from those that are not, or left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.models.pocketsphinx import DICTIONARY
from infra.models.pronunciation import Pronunciations, read_dictionary
from infra.models.registry import read

PRONUNCIATIONS = Pronunciations(read_dictionary(read(DICTIONARY).decode().splitlines()))


@pytest.mark.parametrize(
    ("term", "phones"),
    [
        ("team", "T IY M"),
        ("message queue", "M EH S AH JH K Y UW"),
        ("trade-off", "T R EY D AO F"),
        ("rfq", "AA R EH F K Y UW"),
        ("b2b", "B IY T UW B IY"),
        ("randomised", "R AE N D AH M AY Z D"),
        ("refactoring", "R IY F AE K T ER IH NG"),
        ("workstream", "W ER K S T R IY M"),
        ("chatbot", "CH AE T B AO T"),
        ("redlines", "R EH D L AY N Z"),
        ("handoffs", "HH AE N D AO F S"),
    ],
)
def test_terms_are_said_as_people_say_them(term: str, phones: str) -> None:
    said = PRONUNCIATIONS.say(term)
    assert said is not None
    # the dictionary's own variants of a vowel are as good
    assert [p for p in said.split() if p not in ("AA", "AE", "AH", "AO")] == [
        p for p in phones.split() if p not in ("AA", "AE", "AH", "AO")
    ]


@pytest.mark.parametrize("term", ["", "—", "xgboost", "27001", "message xgboost", "팀"])
def test_what_cannot_be_put_together_is_not_guessed(term: str) -> None:
    assert PRONUNCIATIONS.say(term) is None


@pytest.mark.parametrize(
    ("word", "ending"),
    [("kanbanses", None), ("bosses", "Z"), ("payslips", "S"), ("floorplans", "Z"), ("backfilled", "D")],
)
def test_endings_follow_the_sound_before_them(word: str, ending: str | None) -> None:
    said = PRONUNCIATIONS.say(word)
    assert said is None if ending is None else said is not None and said.endswith(ending)


def test_other_ways_to_say_a_word_are_left_out() -> None:
    assert read_dictionary(["read R EH D", "read(2) R IY D", "", "odd"]) == {"read": "R EH D"}


@given(st.text(max_size=30) | st.from_regex(r"[a-z0-9 '-]{1,20}", fullmatch=True))
def test_whatever_is_asked_phones_or_none_come_back(term: str) -> None:
    said = PRONUNCIATIONS.say(term)
    assert said is None or all(phone.isalpha() and phone.isupper() for phone in said.split())
