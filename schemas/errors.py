"""Errors: one base, few children. Each says what was expected, what came, and whether retrying helps."""

from http import HTTPStatus
from typing import ClassVar


class IntactError(Exception):
    """Something Intact was asked to do could not be done."""

    code: ClassVar[str] = "error"
    """Public, stable name of the problem (the last part of an RFC 9457 `type`)."""
    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR
    retryable: ClassVar[bool] = False
    """Whether the same call may succeed later without being changed."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).__doc__)

    @property
    def message(self) -> str:
        """One sentence for a person; holds no personal content."""
        return str(self)


class Invalid(IntactError):
    """What was sent is not what was expected."""

    code = "invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotFound(IntactError):
    """There is nothing under this name."""

    code = "not-found"
    status = HTTPStatus.NOT_FOUND


class Refused(IntactError):
    """The present state of the interview does not allow this."""

    code = "refused"
    status = HTTPStatus.CONFLICT


class LinkInvalid(IntactError):
    """This link is not one of ours, or a part of it is missing."""

    code = "link-invalid"
    status = HTTPStatus.UNAUTHORIZED


class LinkExpired(IntactError):
    """This link has expired; ask whoever sent it for a new one."""

    code = "link-expired"
    status = HTTPStatus.UNAUTHORIZED


class LinkUsed(IntactError):
    """This link is already in use in another browser."""

    code = "link-used"
    status = HTTPStatus.CONFLICT


class MediaUnreadable(IntactError):
    """The media cannot be read."""

    code = "media-unreadable"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class StreamClosed(IntactError):
    """Media no longer arrives over this connection."""

    code = "stream-closed"
    status = HTTPStatus.GONE


class WrongVersion(IntactError):
    """The stream has moved on since it was read."""

    code = "wrong-version"
    status = HTTPStatus.CONFLICT
    retryable = True


class Unavailable(IntactError):
    """A part that is needed does not answer right now."""

    code = "unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    retryable = True


class Misconfigured(IntactError):
    """The settings or the machine are not as needed."""

    code = "misconfigured"
