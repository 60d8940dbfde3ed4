"""``/cong-bo``: what was published last, as the very files that were published.

Routes of the same server, beside the API: plain pages under a policy that lets no script run
and nothing load from elsewhere. Who may read the approved figures may read these. The bytes
come from the store; what was unpacked is kept by digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import bootstrap
from kpi.permissions import View, may_see
from pages import startup
from pages.addresses import PUBLISHED
from pages.coming_in import language, refuse
from pages.people import COOKIE
from reports.html.sign_in import address
from reports.published.packing import INDEX, with_archive
from store import publications
from store.engine import CANNOT_BE_READ
from texts import say
from workflow.logins import of_cookie

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_TO_TAKE_AWAY = (".csv", ".xlsx", ".zip")
_TYPES = {"": "text/plain; charset=utf-8", ".html": "text/html; charset=utf-8",
          ".csv": "text/csv; charset=utf-8", ".zip": "application/zip",
          ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip
_kept: dict[str, Mapping[str, bytes]] = {}  # the files of the last publication, by its digest


def routes() -> list[Route]:
    """The address of the published figures, and everything below it."""
    return [
        Route(PUBLISHED, _with_slash, methods=["GET"]),
        Route(PUBLISHED + "/{path:path}", show, methods=["GET"]),
    ]


def _with_slash(request: Request) -> Response:
    """Relative links need the folder's address."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{PUBLISHED}/{query}", 308)


def show(request: Request) -> Response:
    """A file of the last publication; Starlette runs this in a thread."""
    lang = language(request)
    if not startup.preparation().is_ready:
        return _say(lang, say("starting.title", lang), 503)
    try:
        return _answer(request, lang)
    except CANNOT_BE_READ:
        return _say(lang, say("error.away", lang), 503)


def _answer(request: Request, lang: str) -> Response:
    if not _may_read(request):
        return RedirectResponse(address(request.url.path), 303)
    with bootstrap.session_factory()() as session:
        last = publications.newest(session)
        if last is None:
            return _say(lang, say("published.not_yet", lang), 404)
        files = _kept.get(last.digest)
        if files is None:
            files = _keep(last.digest, publications.archive(session, last.id))
    path = request.path_params["path"]
    path = f"{path}{INDEX}" if not path or path.endswith("/") else path
    if path not in files:
        return _say(lang, say("published.not_there", lang), 404)
    return _file(request, path, files[path], last.digest, last.period)


def _say(lang: str, words: str, status: int) -> Response:
    return refuse(lang, words, status, say("published.last", lang))


def _may_read(request: Request) -> bool:
    """Whoever may read the approved figures: everybody, or who has signed in."""
    settings = bootstrap.settings()
    public = settings.reading_is_open(startup.preparation().demo)
    if not settings.sign_in or may_see(None, View.READING, public=public):
        return True
    secret = request.cookies.get(COOKIE, "")
    with bootstrap.session_factory()() as session:
        person = of_cookie(session, secret, bootstrap.now()) if secret else None
    return may_see(person, View.READING)


def _keep(digest: str, archive: bytes) -> Mapping[str, bytes]:
    """Only the last publication is looked at; the one before makes room."""
    files = with_archive(archive)
    _kept.clear()
    _kept[digest] = files
    return files


def _file(request: Request, path: str, content: bytes, digest: str, period: str) -> Response:
    """The bytes as they were published; a browser that has them is told so."""
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-cache",
        # No script could reach another window; and the browser need not begin a new process.
        "Cross-Origin-Opener-Policy": "unsafe-none",
        "ETag": f'"{digest}"',
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    file = PurePosixPath(path)
    if file.suffix in _TO_TAKE_AWAY:
        name = f"cong_bo_{period}_{file.name}"
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(content, headers=headers, media_type=_TYPES[file.suffix])
