"""What a host may set up."""

import pytest

from api.interviews.policies import rules
from api.interviews.terms import check_terms
from api.joining.consent import SENTENCES, consent_text
from schemas.errors import Refused
from schemas.policy import TABLE, Policy


def test_every_purpose_that_can_be_served_is_told_of_once() -> None:
    for profile in TABLE:
        told = rules(profile)
        assert sorted([*told.asks, *told.off, *told.never]) == sorted(SENTENCES)


def test_what_is_told_is_what_applicants_are_asked() -> None:
    for profile in TABLE:
        told = rules(profile)
        plain = {item.purpose for item in consent_text(Policy(profile), "en").items}
        assert plain == set(told.asks)
        switched_on = {item.purpose for item in consent_text(Policy(profile, frozenset(told.off)), "en").items}
        assert switched_on == {*told.asks, *told.off}


def test_what_the_law_forbids_is_never_offered() -> None:
    assert {"facial-expression", "voice-emotion", "age-and-gender"} <= set(rules("eu").never)
    assert "visual-signals" in rules("blind").never


def test_a_network_for_research_serves_nothing_else() -> None:
    assert {"facial-expression", "age-and-gender"} <= set(rules("research").asks)
    for profile in TABLE:
        if profile != "research":
            assert {"facial-expression", "age-and-gender"} <= set(rules(profile).never)
    check_terms(Policy("standard", frozenset({"voice-emotion"})))
    with pytest.raises(Refused, match="facial-expression"):
        check_terms(Policy("standard", frozenset({"facial-expression", "voice-emotion"})))
