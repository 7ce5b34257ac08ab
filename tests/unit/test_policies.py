"""What a host may set up."""

from api.interviews.policies import rules
from api.joining.consent import SENTENCES, consent_text
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
