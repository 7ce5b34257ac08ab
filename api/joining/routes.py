"""`/api/v1/join` and `/api/v1/consent`: open to whoever holds a link."""

from fastapi import APIRouter

from api.auth import OpenDoor
from api.door import Door
from api.interviews.routes import refuse_ended
from api.joining.consent import check, consent_text, whole_text
from api.link import LinkClaims, digest
from schemas.commands import ClaimLink, GiveConsent, WithdrawConsent
from schemas.wire import ConsentRequest, JoinRequest, JoinResponse, WithdrawRequest

router = APIRouter(prefix="/api/v1", tags=["joining"])


@router.post("/join")
async def join(request: JoinRequest, opened: OpenDoor) -> JoinResponse:
    """May this browser use this link? The first browser to ask is the one that may."""
    claims = opened.links.read(request.token)
    await claim(opened, claims, request.claim)
    state = await opened.state(claims.interview)
    seat = state.seats[claims.participant]
    return JoinResponse(
        interview=claims.interview,
        participant=claims.participant,
        role=seat.role,
        label=seat.label,
        title=state.title,
        consent=consent_text(state.policy, request.language),
        consented=seat.consented,
        purposes=list(seat.purposes),
    )


@router.post("/consent", status_code=204)
async def consent(request: ConsentRequest, opened: OpenDoor) -> None:
    """Agree to none, some or all purposes; to be asked again changes the answer, also in the midst of the interview."""
    claims = opened.links.read(request.token)
    await claim(opened, claims, request.claim)
    text = consent_text((await opened.state(claims.interview)).policy, request.language)
    check(request, text)
    await opened.execute(
        claims.interview,
        GiveConsent(
            participant=claims.participant,
            text_version=request.text_version,
            language=request.language,
            purposes=tuple(request.purposes),
            sentence=whole_text(text),
        ),
    )


@router.post("/consent/withdraw", status_code=204)
async def withdraw(request: WithdrawRequest, opened: OpenDoor) -> None:
    """Take back some purposes, at any time: they are served no more from now on."""
    claims = opened.links.read(request.token)
    await claim(opened, claims, request.claim)
    await opened.execute(claims.interview, WithdrawConsent(claims.participant, tuple(request.purposes)))


async def claim(opened: Door, claims: LinkClaims, secret: str) -> None:
    """Bind the link to the browser that holds `secret`. Raises `LinkUsed`, `Refused` after the end, `NotFound`."""
    await refuse_ended(opened, claims.interview)
    await opened.execute(claims.interview, ClaimLink(claims.participant, digest(secret)))
