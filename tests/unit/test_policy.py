"""What may be done, by profile and by what the applicant agreed to."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import Invalid
from schemas.policy import NEEDS, PURPOSES, TABLE, Policy, Profile, Purpose

EMOTION_AND_KIND: tuple[Purpose, ...] = ("facial-expression", "voice-emotion", "age-and-gender")
profiles = st.sampled_from(get_args(Profile))
some_purposes = st.frozensets(st.sampled_from(PURPOSES))


def test_every_profile_says_something_of_every_purpose() -> None:
    assert set(TABLE) == set(get_args(Profile))
    for rules in TABLE.values():
        assert set(rules) == set(PURPOSES)


def test_research_serves_all_that_the_applicant_agrees_to() -> None:
    policy = Policy("research")
    assert policy.asked() == PURPOSES
    assert all(policy.serves(purpose, PURPOSES) for purpose in PURPOSES)


@pytest.mark.parametrize("purpose", EMOTION_AND_KIND)
@pytest.mark.parametrize("profile", [profile for profile in get_args(Profile) if profile != "research"])
def test_outside_research_emotion_age_and_gender_are_off(profile: Profile, purpose: Purpose) -> None:
    assert not Policy(profile).serves(purpose, PURPOSES)
    assert purpose not in Policy(profile).asked()


@pytest.mark.parametrize("purpose", EMOTION_AND_KIND)
@pytest.mark.parametrize("profile", ["eu", "blind"])
def test_where_the_law_forbids_it_nothing_switches_it_on(profile: Profile, purpose: Purpose) -> None:
    with pytest.raises(Invalid, match=purpose):
        Policy(profile, frozenset({purpose}))


def test_what_is_off_can_be_switched_on_and_is_then_asked_for() -> None:
    policy = Policy("standard", frozenset({"facial-expression"}))
    assert "facial-expression" in policy.asked()
    assert policy.serves("facial-expression", ["visual-signals", "facial-expression"])
    assert not policy.serves("facial-expression", ["visual-signals"])


def test_in_new_york_answers_are_scored_only_once_somebody_answers_for_the_audit() -> None:
    assert "answer-scoring" not in Policy("us-nyc").asked()
    assert "answer-scoring" in Policy("us-nyc", frozenset({"answer-scoring"})).asked()


def test_blind_makes_nothing_of_a_picture() -> None:
    assert set(Policy("blind").asked()) == {"transcript", "follow-ups", "answer-scoring", "voice-signals"}


@given(profiles, some_purposes, some_purposes)
def test_nothing_is_served_that_was_not_asked_for_and_agreed_to(
    profile: Profile, wanted: frozenset[Purpose], agreed: frozenset[Purpose]
) -> None:
    policy = Policy(profile, frozenset(purpose for purpose in wanted if TABLE[profile][purpose] != "never"))
    for purpose in PURPOSES:
        if policy.serves(purpose, agreed):
            assert purpose in policy.asked()
            assert {purpose, NEEDS.get(purpose, purpose)} <= agreed
            assert TABLE[profile][purpose] != "never"


@given(profiles, some_purposes)
def test_to_agree_to_less_never_serves_more(profile: Profile, agreed: frozenset[Purpose]) -> None:
    policy = Policy(profile)
    for purpose in PURPOSES:
        if policy.serves(purpose, agreed):
            assert policy.serves(purpose, PURPOSES)
            assert not policy.serves(purpose, agreed - {purpose})
