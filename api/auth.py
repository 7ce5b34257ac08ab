"""Who asks: the host (whoever started the server), or the holder of a participant's link."""

import hmac
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.door import Door, door
from api.link import LinkClaims
from schemas.errors import LinkInvalid
from schemas.ids import InterviewId

bearer = HTTPBearer(auto_error=False, description="The host key, or the token of an interviewer's link")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
OpenDoor = Annotated[Door, Depends(door)]


def is_host(opened: Door, token: str) -> bool:
    """Whether `token` is the host key."""
    return hmac.compare_digest(token.encode(), opened.settings.host_key.get_secret_value().encode())


def host(opened: OpenDoor, credentials: Credentials) -> None:
    """Let only the host through. Raises `LinkInvalid`."""
    if credentials is None or not is_host(opened, credentials.credentials):
        raise LinkInvalid("Expected the host key as bearer token; open the link that the server printed.")


def host_or_interviewer(interview: InterviewId, opened: OpenDoor, credentials: Credentials) -> None:
    """Let the host and the interviewer of `interview` through. Raises `LinkInvalid`, `LinkExpired`."""
    if credentials is None:
        raise LinkInvalid("Expected the host key or an interviewer's link as bearer token.")
    if not is_host(opened, credentials.credentials):
        check_interviewer(opened.links.read(credentials.credentials), interview)


def host_or_any_interviewer(opened: OpenDoor, credentials: Credentials) -> None:
    """Let the host and whoever leads some interview through. Raises `LinkInvalid`, `LinkExpired`."""
    if credentials is None:
        raise LinkInvalid("Expected the host key or an interviewer's link as bearer token.")
    token = credentials.credentials
    if not is_host(opened, token) and opened.links.read(token).role != "interviewer":
        raise LinkInvalid("This link is not an interviewer's.")


def check_interviewer(claims: LinkClaims, interview: InterviewId) -> None:
    """Raises `LinkInvalid` unless `claims` are those of the interviewer of `interview`."""
    if (claims.interview, claims.role) != (interview, "interviewer"):
        raise LinkInvalid("This link is not for the interviewer of this interview.")
