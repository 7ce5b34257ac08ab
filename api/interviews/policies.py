"""`/api/v1/policies`: what may be set up."""

from fastapi import APIRouter, Depends

from api.auth import host
from api.joining.consent import SENTENCES
from schemas.policy import NEEDS, TABLE, Profile, Purpose, Rule
from schemas.sheet import ProfileRules

router = APIRouter(prefix="/api/v1/policies", tags=["interviews"])


@router.get("", dependencies=[Depends(host)])
async def policies() -> list[ProfileRules]:
    """Every profile, with the purposes that this version can serve: those that an applicant can be asked for."""
    return [rules(profile) for profile in TABLE]


def rules(profile: Profile) -> ProfileRules:
    """What `profile` says of the purposes that there is a sentence for."""

    def ruled(rule: Rule) -> tuple[Purpose, ...]:
        return tuple(purpose for purpose, said in TABLE[profile].items() if said == rule and purpose in SENTENCES)

    needs = {purpose: needed for purpose, needed in NEEDS.items() if purpose in SENTENCES}
    return ProfileRules(profile=profile, asks=ruled("ask"), off=ruled("off"), never=ruled("never"), needs=needs)
