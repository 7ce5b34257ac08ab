"""Links: signed, expiring, for one seat."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer

from api.link import SALT, LinkClaims, LinkOffice
from schemas.errors import LinkExpired, LinkInvalid
from schemas.ids import InterviewId, ParticipantId

CLAIMS = LinkClaims(InterviewId("i"), ParticipantId("p"), "applicant")


def office(key: bytes = b"key", ttl: int = 60) -> LinkOffice:
    return LinkOffice(key, public_url="http://host:1/", ttl_seconds=ttl)


def token_of(url: str) -> str:
    return url.partition("#link=")[2]


def test_a_link_says_what_it_was_issued_for() -> None:
    link = office().issue(CLAIMS, label="Applicant A", now_us=5)
    assert link.url.startswith("http://host:1/applicant/#link=")
    assert link.expires_at_us == 60_000_005
    assert office().read(token_of(link.url)) == CLAIMS


def test_an_old_link_has_expired() -> None:
    link = office().issue(CLAIMS, label="Applicant A", now_us=0)
    with pytest.raises(LinkExpired):
        office(ttl=-1).read(token_of(link.url))


def test_a_link_signed_with_another_key_is_none_of_ours() -> None:
    link = office(b"other").issue(CLAIMS, label="Applicant A", now_us=0)
    with pytest.raises(LinkInvalid):
        office().read(token_of(link.url))


@given(st.data())
def test_no_change_of_a_link_goes_unnoticed(data: st.DataObject) -> None:
    token = token_of(office().issue(CLAIMS, label="Applicant A", now_us=0).url)
    at = data.draw(st.integers(0, len(token) - 2))  # the last character holds unused bits
    letter = data.draw(st.sampled_from("abcXYZ019-_.").filter(lambda letter: letter != token[at]))
    with pytest.raises(LinkInvalid):
        office().read(token[:at] + letter + token[at + 1 :])


@given(st.text(max_size=200))
def test_garbage_is_none_of_ours(token: str) -> None:
    with pytest.raises(LinkInvalid):
        office().read(token)


@pytest.mark.parametrize("content", [[], ["i", "p"], ["i", "p", "admin"], {"i": 1}, "i"])
def test_a_signed_token_of_another_shape_is_none_of_ours(content: object) -> None:
    serializer = URLSafeTimedSerializer(b"key", salt=SALT, signer_kwargs={"digest_method": hashlib.sha256})
    with pytest.raises(LinkInvalid):
        office().read(str(serializer.dumps(content)))
