"""What the terms of the networks that come with Intact allow, beside what the law does."""

from collections.abc import Mapping

from infra.models.registry import model
from schemas.errors import Refused
from schemas.policy import Policy, Profile, Purpose

NETWORKS: Mapping[Purpose, str] = {"facial-expression": "expression", "age-and-gender": "age-gender"}
"""By purpose, the network that serves it, by its name in the registry."""


def permitted(profile: Profile, purpose: Purpose) -> bool:
    """Whether the network that serves `purpose`, if it needs one, may be used under `profile`."""
    return profile == "research" or purpose not in NETWORKS or not model(NETWORKS[purpose]).research


def check_terms(policy: Policy) -> None:
    """Raises `Refused` where a purpose was switched on whose network may be used for research alone."""
    kept = sorted(purpose for purpose in policy.switched_on if not permitted(policy.profile, purpose))
    if kept:
        raise Refused(
            f"Expected purposes that the terms of the networks allow; those for {', '.join(kept)} may be used for "
            "research alone."
        )
