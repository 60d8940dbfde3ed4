"""The routes under ``/api``: an application of its own inside the server's.

It has its own answers for what it does not know, so that no wrong address below ``/api`` is
taken for a screen of the app. Other origins get no permission to read (no CORS).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from api import answering
from api.catalogue import RESOURCES, STRUCTURE_PATHS
from api.problems import Problem
from api.problems import answer as tell
from api.rate import Rate
from kpi.findings import KpiError

PREFIX = "/api"
_LOG = logging.getLogger(__name__)
_CODES = {HTTPStatus.NOT_FOUND: "unknown_path", HTTPStatus.METHOD_NOT_ALLOWED: "read_only"}


def routes(rate: Rate | None = None) -> list[BaseRoute]:
    """For the ``routes`` of the server.

    Args:
        rate: how often one program may ask; None: as documented.
    """
    app = _application(rate or Rate())
    return [Route(PREFIX, app), Mount(PREFIX, app)]


def _application(rate: Rate) -> Starlette:
    found = [
        Route(f"/v1/{one.name}", _in_a_thread(partial(answering.answer, one), rate))
        for one in RESOURCES
    ]
    structure = [
        Route(f"/v1/{path}", _in_a_thread(answering.explain, rate)) for path in STRUCTURE_PATHS
    ]
    described = Route("/v1/openapi.json", _in_a_thread(answering.describe, rate))
    app = Starlette(
        routes=[*found, *structure, described],
        exception_handlers={
            Problem: _problem,
            HTTPException: _http,
            KpiError: _store,
            Exception: _unexpected,
        },
    )
    app.router.redirect_slashes = False
    return app


def _in_a_thread(
    answer: Callable[[Request, Rate], Response], rate: Rate
) -> Callable[[Request], Response]:
    """An endpoint that Starlette runs in a thread, since it is no coroutine."""

    def endpoint(request: Request) -> Response:
        return answer(request, rate)

    return endpoint


def _problem(_request: Request, problem: Exception) -> Response:
    if not isinstance(problem, Problem):
        raise problem
    return tell(problem)


def _http(_request: Request, error: Exception) -> Response:
    """No such path, or another method than GET."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    return tell(Problem(status, _CODES[status], headers=error.headers))


def _store(_request: Request, error: Exception) -> Response:
    _LOG.error("the API could not read: %s", error)
    return tell(
        Problem(HTTPStatus.SERVICE_UNAVAILABLE, "not_available", headers=answering.SOON)
    )  # fmt: skip


def _unexpected(_request: Request, _error: Exception) -> Response:
    """The server logs it; whoever asked learns nothing of the inside."""
    return tell(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "failed"))
