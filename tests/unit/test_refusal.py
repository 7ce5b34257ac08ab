"""What the log is told to refuse, by the policy and by what was agreed to."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.interview import served
from dialogue.refusal import PURPOSE_OF, refusals
from dialogue.state import Interview, Seat
from schemas.events import MODELS
from schemas.ids import InterviewId, ParticipantId, SubjectId
from schemas.policy import PURPOSES, Policy, Profile, Purpose
from schemas.refusal import Refusal
from schemas.signals import Signal

ANN = ParticipantId("ann")
profiles = st.sampled_from(get_args(Profile))
agreements = st.frozensets(st.sampled_from(PURPOSES))


def interview(profile: Profile, agreed: frozenset[Purpose]) -> Interview:
    seat = Seat(role="applicant", label="Applicant A", consented=True, purposes=tuple(agreed))
    return Interview(InterviewId("0" * 32), "Analyst", "live", 0, Policy(profile), seats={ANN: seat})


def test_every_signal_is_recorded_for_a_purpose() -> None:
    signals = {model.model_fields["type"].default for model in get_args(Signal)}
    assert signals <= set(PURPOSE_OF)
    assert set(PURPOSE_OF) <= set(MODELS)


@pytest.mark.parametrize("type_", ["expression.observed", "voice-emotion.observed", "age-gender.observed"])
def test_what_a_profile_forbids_is_refused_of_everybody(type_: str) -> None:
    assert Refusal(type_) in refusals(interview("eu", frozenset(PURPOSES)))


def test_what_one_did_not_agree_to_is_refused_of_them() -> None:
    found = refusals(interview("research", frozenset({"visual-signals"})))
    assert Refusal("prosody.observed", SubjectId(ANN)) in found
    assert Refusal("sight.observed", SubjectId(ANN)) not in found


@given(profiles, agreements)
def test_a_signal_is_refused_of_a_person_where_it_is_not_served_and_nowhere_else(
    profile: Profile, agreed: frozenset[Purpose]
) -> None:
    state = interview(profile, agreed)
    found = refusals(state)
    serves = served(state, state.seats[ANN])
    for type_, purpose in PURPOSE_OF.items():
        refused = Refusal(type_) in found or Refusal(type_, SubjectId(ANN)) in found
        assert refused == (purpose not in serves)
