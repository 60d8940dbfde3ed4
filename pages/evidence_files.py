"""``/minh-chung/12``: a file kept as evidence, as it came, to take away and not to look at here.

A route beside the screens, under the same question as their lists: whoever has signed in. The
bytes go out as nothing but a download, under a policy that lets nothing in them run.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import bootstrap
from kpi.evidence import Evidence
from kpi.permissions import View, may_see
from pages import startup
from pages.coming_in import language, refuse
from pages.people import COOKIE
from reports.html.evidence_list import PATH
from reports.html.sign_in import address
from store import evidence
from store.engine import CANNOT_BE_READ
from texts import say
from workflow.logins import of_cookie

_MOST_DIGITS = 12
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cache-Control": "private, no-store",
}


def routes() -> list[Route]:
    """The address of every file."""
    return [Route(PATH + "/{number}", take, methods=["GET"])]


def take(request: Request) -> Response:
    """One file; Starlette runs this in a thread."""
    lang = language(request)
    if not startup.preparation().is_ready:
        return _say(lang, "starting.title", 503)
    try:
        if not _may_take(request):
            return RedirectResponse(address(request.url.path), 303)
        found = _found(request.path_params["number"])
    except CANNOT_BE_READ:
        return _say(lang, "error.away", 503)
    return _say(lang, "evidence.unknown", 404) if found is None else _download(*found)


def _may_take(request: Request) -> bool:
    if not bootstrap.settings().sign_in:
        return True
    secret = request.cookies.get(COOKIE, "")
    with bootstrap.session_factory()() as session:
        person = of_cookie(session, secret, bootstrap.now()) if secret else None
    return may_see(person, View.EVIDENCE)


def _found(number: str) -> tuple[Evidence, bytes] | None:
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        return None
    with bootstrap.session_factory()() as session:
        one = evidence.get(session, int(number))
        content = None if one is None else evidence.content(session, one)
    return None if one is None or content is None else (one, bytes(content))


def _download(one: Evidence, content: bytes) -> Response:
    """Under its own name, for a browser that reads it, and a plain one for any other."""
    plain, named = f"minh-chung-{one.id}.{one.kind.value}", quote(one.download_name, safe="")
    how = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{named}"
    headers = {**_HEADERS, "Content-Disposition": how}
    return Response(content, headers=headers, media_type="application/octet-stream")


def _say(lang: str, key: str, status: int) -> Response:
    return refuse(lang, say(key, lang), status, say("evidence.title", lang))
