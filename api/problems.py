"""What is answered when a question cannot be: ``application/problem+json`` (RFC 9457).

``code`` is for programs, ``detail`` for people. Nothing of the inside (a path, a statement,
a trace) goes out with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import Response

import bootstrap
from texts import say

MEDIA_TYPE = "application/problem+json"
# An answer is data and nothing else, whatever a browser would like to make of it.
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class Problem(Exception):
    """Raised wherever a question turns out to be unanswerable.

    Args:
        code: has a sentence in ``texts`` under ``api.problem``.
        errors: (parameter, sentence) for each parameter that is wrong.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[tuple[str, str]] = (),
        **facts: object,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})
        self.errors = tuple(errors)
        self.facts = facts


def answer(problem: Problem) -> Response:
    """The response that tells of a problem; nobody keeps it."""
    document: dict[str, object] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "code": problem.code,
        "detail": said(f"problem.{problem.code}", **problem.facts),
    }
    if problem.errors:
        document["errors"] = [{"parameter": name, "detail": why} for name, why in problem.errors]
    return Response(
        json.dumps(document, ensure_ascii=False),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **SAFE, **problem.headers},
    )


def said(key: str, **facts: object) -> str:
    """A sentence of ``api`` in the language of the settings."""
    return say(f"api.{key}", bootstrap.settings().language, **facts)
