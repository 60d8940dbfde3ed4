"""From a request to its answer: count, recognise, choose the format, read, cut, word.

Every step may end in a problem. The ``ETag`` is known before anything is read: it stands
for the data version, the day, what the token may see and the question, so that a program
that asks again costs next to nothing. It is weak, since the server may compress on the way.
The answer is made in a thread: the database must not keep the other visitors waiting.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

import bootstrap
from api import access, formats, openapi, schemas, structure
from api.catalogue import STRUCTURE_MEDIA, UNAPPROVED, VINTAGES, Resource
from api.negotiation import MediaType, chosen
from api.parameters import CURSOR, REFERENCES, Known, Parameter, read_all
from api.problems import SAFE, Problem
from api.rate import Rate
from api.resources import Key, Question
from kpi.permissions import View

if TYPE_CHECKING:
    from store.engine import Session

SOON = {"Retry-After": "2"}
# May be kept by the program alone, and is asked about before each use.
_CACHING = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Accept"}


@dataclass(frozen=True)
class _Asked:
    """A question that has an answer: which format it wants, and what is known beforehand."""

    question: Question
    media: MediaType
    version: int
    headers: dict[str, str]
    is_known: bool


def answer(resource: Resource, request: Request, rate: Rate) -> Response:
    """The rows of one resource.

    Raises:
        Problem: if there is no answer.
    """
    with _reading() as session:
        access_ = _recognised(request, session, rate, resource.view)
        asked = _asked(resource.every_parameter, resource.media, request, session, access_)
        if asked.is_known:
            return _not_modified(asked.headers)
        page = resource.read(asked.question)
    following = _following(request, page.following)
    if following is not None:
        asked.headers["Link"] = f'<{following}>; rel="next"'
    envelope = {"data_version": asked.version, **page.about, "data": page.rows, "next": following}
    body = formats.body(asked.media, envelope, asked.question.known.years)
    return Response(body, headers=asked.headers)


def explain(request: Request, rate: Rate) -> Response:
    """The structure message of the SDMX-CSV.

    Raises:
        Problem: if there is no answer.
    """
    with _reading() as session:
        access_ = _recognised(request, session, rate, View.READING)
        asked = _asked((REFERENCES,), STRUCTURE_MEDIA, request, session, access_)
    if asked.is_known:
        return _not_modified(asked.headers)
    references = asked.question.asked[REFERENCES.name]
    made = structure.message(asked.question.known, references, bootstrap.now())
    return Response(json.dumps(made, ensure_ascii=False), headers=asked.headers)


def _asked(
    parameters: Sequence[Parameter],
    offered: Sequence[MediaType],
    request: Request,
    session: Session,
    access_: access.Access,
) -> _Asked:
    known = Known(bootstrap.plan_years(session), bootstrap.org_units())
    values = read_all(parameters, request.query_params.multi_items(), known)
    # in SDMX a figure has one value for its key, and no word for what nobody has decided on
    more = any(values.get(one.name, False) for one in (VINTAGES, UNAPPROVED))
    media = _media(request, offered, sdmx=not more)
    version = bootstrap.data_version(session)
    tag = _tag(request, version, bootstrap.today(), access_, media)
    headers = {"ETag": tag, **_CACHING, **SAFE, "Content-Type": formats.content_type(media)}
    question = Question(session, known, access_, values)
    return _Asked(question, media, version, headers, _is_known(request, tag))


def _not_modified(headers: Mapping[str, str]) -> Response:
    kept = {name: value for name, value in headers.items() if name != "Content-Type"}
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)


def describe(request: Request, rate: Rate) -> Response:
    """The OpenAPI document; open to all, since it holds nothing but the decree's own names."""
    _count(request, None, rate)
    with _reading() as session:
        known = Known(bootstrap.plan_years(session), bootstrap.org_units())
        made = openapi.document(known, reading_is_open=access.reading_is_open(session))
    text = json.dumps(made, ensure_ascii=False)
    tag = f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", **SAFE}
    if _is_known(request, tag):
        return _not_modified(headers)
    return Response(text, media_type=str(formats.JSON), headers=headers)


@contextmanager
def _reading() -> Iterator[Session]:
    """A session, once the server has brought the database up to date."""
    session = bootstrap.session_if_ready()
    if session is None:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "not_ready", headers=SOON)
    with session:
        yield session


def _recognised(request: Request, session: Session, rate: Rate, view: View) -> access.Access:
    found = access.of_request(request, session, bootstrap.now())
    _count(request, found, rate)
    if found is None or not found.sees(view):
        raise access.refused()
    return found


def _count(request: Request, found: access.Access | None, rate: Rate) -> None:
    seconds = rate.wait(access.counted_as(request, found), bootstrap.now())
    if seconds is not None:
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS, "too_many",
            headers={"Retry-After": str(seconds)}, seconds=seconds,
        )  # fmt: skip


def _media(request: Request, offered: Sequence[MediaType], *, sdmx: bool) -> MediaType:
    if not sdmx:
        offered = [one for one in offered if one != formats.SDMX_CSV]
    found = chosen(request.headers.get("accept"), offered)
    if found is None:
        names = ", ".join(formats.content_type(one).partition("; ")[0] for one in offered)
        raise Problem(HTTPStatus.NOT_ACCEPTABLE, "not_acceptable", offered=names)
    return found


@cache
def _shape() -> str:
    """Another version of the program may give the same data in another shape."""
    return hashlib.sha256(json.dumps(schemas.SCHEMAS).encode()).hexdigest()


def _tag(
    request: Request, version: int, day: date, access_: access.Access, media: MediaType
) -> str:
    question = sorted(request.query_params.multi_items())
    parts = [
        _shape(), version, day.isoformat(), sorted(access_.units), request.url.path, question,
        str(media),
    ]  # fmt: skip
    return f'W/"{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]}"'


def _is_known(request: Request, tag: str) -> bool:
    """Does the program have the answer with this tag already?"""
    shown = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    bare = tag.removeprefix("W/")
    return "*" in shown or bare in (one.removeprefix("W/") for one in shown)


def _following(request: Request, key: Key | None) -> str | None:
    """The query of the next page, relative to the resource: right behind any proxy."""
    if key is None:
        return None
    kept = [pair for pair in request.query_params.multi_items() if pair[0] != CURSOR.name]
    pairs = [*kept, (CURSOR.name, "/".join(map(str, key)))]
    return f"?{urlencode(pairs, safe='/')}"
