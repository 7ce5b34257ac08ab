"""Errors as RFC 9457 problems."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from schemas.errors import IntactError, Invalid
from schemas.wire import Problem

MEDIA_TYPE = "application/problem+json"

log = logging.getLogger(__name__)


def problem_of(error: IntactError) -> Problem:
    """What a client is told of an error."""
    return Problem(
        type=f"urn:intact:problem:{error.code}",
        title=error.status.phrase,
        status=error.status.value,
        detail=error.message,
        code=error.code,
        retryable=error.retryable,
    )


def install(app: FastAPI) -> None:
    """Have every error that leaves a handler of `app` answered with a problem."""
    app.add_exception_handler(IntactError, _intact)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def _response(problem: Problem) -> JSONResponse:
    return JSONResponse(problem.model_dump(), status_code=problem.status, media_type=MEDIA_TYPE)


async def _intact(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, IntactError)
    return _response(problem_of(error))


async def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
    return _response(problem_of(Invalid(f"The request is not as expected: {found}.")))


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    code = status.phrase.lower().replace(" ", "-")
    return _response(
        Problem(
            type=f"urn:intact:problem:{code}",
            title=status.phrase,
            status=status.value,
            detail=status.description or status.phrase,
            code=code,
            retryable=False,
        )
    )


async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    log.error("unforeseen %s in %s", type(error).__name__, request.url.path, exc_info=error)
    return _response(problem_of(IntactError("Something went wrong here. What was recorded before is safe.")))
