"""What may be done with an applicant's media and words, by the law that holds for an interview. One table, no I/O.

A purpose is served only where the profile allows it, whoever set up the interview wants it, and the applicant agreed.
What is not served is not computed: its model is not loaded and its events are refused.

The reasons, in short (engineering input, not legal advice):

- EU AI Act, Art. 5(1)(f): inferring emotions from biometric data at work, recruitment included, is prohibited; so no
  setting under `eu` serves facial expression or voice emotion. Age and gender estimated from a face are biometric
  categorisation and evidence of discrimination: nothing but research has a use for them.
- Illinois, 820 ILCS 42: notice, explanation and consent before AI looks at a video; nothing for those who refuse.
- New York City, 6 RCNY 5-300: a tool that scores needs a bias audit not older than twelve months; until somebody says
  that there is one, answers are not scored.
- Korea, Fair Hiring Procedure Act Art. 4-3 and blind recruitment: no looks, no region, no school; under `blind` nothing
  is made of a picture at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from schemas.errors import Invalid

Purpose = Literal[
    "recording",
    "transcript",
    "follow-ups",
    "answer-scoring",
    "visual-signals",
    "facial-expression",
    "age-and-gender",
    "voice-signals",
    "voice-emotion",
]
"""What an applicant may agree to, each on its own."""

Profile = Literal["research", "standard", "eu", "us-il", "us-nyc", "kr", "blind"]

Rule = Literal["ask", "off", "never"]
"""`ask`: served where the applicant agrees. `off`: as `ask`, once whoever sets up the interview switches it on.
`never`: not served, whatever anybody says."""

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

_EVERYDAY: Mapping[Purpose, Rule] = {
    "recording": "off",
    "transcript": "ask",
    "follow-ups": "ask",
    "answer-scoring": "ask",
    "visual-signals": "ask",
    "facial-expression": "off",
    "age-and-gender": "off",
    "voice-signals": "ask",
    "voice-emotion": "off",
}
_NO_EMOTION: Mapping[Purpose, Rule] = {
    "facial-expression": "never",
    "age-and-gender": "never",
    "voice-emotion": "never",
}

TABLE: Mapping[Profile, Mapping[Purpose, Rule]] = {
    "research": dict.fromkeys(PURPOSES, "ask"),
    "standard": _EVERYDAY,
    "eu": {**_EVERYDAY, **_NO_EMOTION},
    "us-il": {**_EVERYDAY, "age-and-gender": "never"},
    "us-nyc": {**_EVERYDAY, "answer-scoring": "off", "age-and-gender": "never"},
    "kr": {**_EVERYDAY, "age-and-gender": "never"},
    "blind": {**_EVERYDAY, **_NO_EMOTION, "recording": "never", "visual-signals": "never"},
}
"""What each profile says of each purpose."""

NEEDS: Mapping[Purpose, Purpose] = {
    "follow-ups": "transcript",
    "answer-scoring": "transcript",
    "facial-expression": "visual-signals",
    "age-and-gender": "visual-signals",
    "voice-emotion": "voice-signals",
}
"""A purpose that cannot be served without another one: words must be there to be followed up, a face to be found."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for one interview."""

    profile: Profile = "standard"
    switched_on: frozenset[Purpose] = frozenset()
    """Purposes that are off in the profile and were switched on for this interview."""

    def __post_init__(self) -> None:
        """Raises `Invalid` where a purpose was switched on that the profile never serves."""
        forbidden = sorted(purpose for purpose in self.switched_on if self.rule(purpose) == "never")
        if forbidden:
            raise Invalid(f"Expected purposes that `{self.profile}` allows, it never serves {', '.join(forbidden)}.")

    def rule(self, purpose: Purpose) -> Rule:
        """What the profile says of `purpose`."""
        return TABLE[self.profile][purpose]

    def asked(self) -> tuple[Purpose, ...]:
        """The purposes an applicant is asked about; no other is ever served."""
        wanted = {
            purpose
            for purpose in PURPOSES
            if self.rule(purpose) == "ask" or (self.rule(purpose) == "off" and purpose in self.switched_on)
        }
        return tuple(purpose for purpose in PURPOSES if purpose in wanted and NEEDS.get(purpose, purpose) in wanted)

    def serves(self, purpose: Purpose, agreed: Iterable[Purpose]) -> bool:
        """Whether `purpose` is served for an applicant who agreed to `agreed`."""
        given = set(agreed)
        return purpose in self.asked() and purpose in given and NEEDS.get(purpose, purpose) in given


STANDARD = Policy()
"""What holds where nobody said anything else."""
