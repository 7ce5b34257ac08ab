"""Links: signed, expiring, for one seat of one interview; bound to the browser that uses them first."""

import hashlib
from dataclasses import dataclass
from typing import get_args

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from schemas.errors import LinkExpired, LinkInvalid
from schemas.events import Role
from schemas.ids import InterviewId, ParticipantId
from schemas.wire import Link

SALT = "intact.link.1"
"""Separates these signatures from any other made with the same key."""


@dataclass(frozen=True, slots=True)
class LinkClaims:
    """What a link says, once its signature is found good."""

    interview: InterviewId
    participant: ParticipantId
    role: Role


class LinkOffice:
    """Issues links and reads them."""

    def __init__(self, key: bytes, *, public_url: str, ttl_seconds: int) -> None:
        self._serializer = URLSafeTimedSerializer(key, salt=SALT, signer_kwargs={"digest_method": hashlib.sha256})
        self._public_url = public_url.rstrip("/")
        self._ttl = ttl_seconds

    def issue(self, claims: LinkClaims, *, label: str, now_us: int) -> Link:
        """A link for one seat."""
        token = self._serializer.dumps([claims.interview, claims.participant, claims.role])
        return Link(
            participant=claims.participant,
            label=label,
            role=claims.role,
            url=f"{self._public_url}/{claims.role}/#link={token}",
            expires_at_us=now_us + self._ttl * 1_000_000,
        )

    def read(self, token: str) -> LinkClaims:
        """What the link with `token` says. Raises `LinkExpired`, and `LinkInvalid` for anything not issued here."""
        try:
            content = self._serializer.loads(token, max_age=self._ttl)
        except SignatureExpired:
            raise LinkExpired from None
        except BadData:
            raise LinkInvalid from None
        match content:
            case [str(interview), str(participant), role] if role in get_args(Role):
                return LinkClaims(InterviewId(interview), ParticipantId(participant), role)
            case _:
                raise LinkInvalid


def digest(claim: str) -> str:
    """How the record keeps a browser's claim secret."""
    return hashlib.sha256(claim.encode()).hexdigest()
