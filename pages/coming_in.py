"""What every way in shares: what a request says, the cookie, the page that only says something."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

import bootstrap
from kpi.permissions import Actor
from pages.people import COOKIE
from reports.html import sign_in as html
from texts import LANGUAGES, say
from workflow.logins import ABSOLUTE, of_cookie
from workflow.sign_in import SignedIn, sign_out

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}


def language(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else bootstrap.settings().language


def bearer(request: Request) -> Actor | None:
    """Who has signed in with this browser."""
    secret = request.cookies.get(COOKIE, "")
    if not secret:
        return None
    with bootstrap.session_factory()() as session:
        return of_cookie(session, secret, bootstrap.now())


def local_path(asked: str) -> str:
    """Where to go afterwards: a path on this server, or the first page."""
    parts = urlsplit(asked)
    if parts.scheme or parts.netloc or not asked.startswith("/") or asked.startswith("//"):
        return "/"
    return "/" if "\\" in asked or any(ord(c) < 32 for c in asked) else asked


def is_secure(request: Request) -> bool:
    """Do people reach the server by https? Behind a proxy its own connection says nothing."""
    public = bootstrap.settings().public_url
    return public.startswith("https:") if public else request.url.scheme == "https"


def end_login(secret: str) -> None:
    """End the login of a cookie, if it is one."""
    at = bootstrap.now()
    with bootstrap.session_factory()() as session:
        person = of_cookie(session, secret, at) if secret else None
    if person is not None:
        sign_out(bootstrap.session_factory(), person, at=at)


def let_in(there: SignedIn, goes_to: str, *, secure: bool) -> Response:
    """Give the browser its cookie, and send it on."""
    answer = RedirectResponse(goes_to, status_code=303)
    answer.set_cookie(
        COOKIE,
        there.secret,
        max_age=int(ABSOLUTE.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )
    return answer


def page(written: str, status: int = 200) -> Response:
    """One of the pages before the product, in the product's letters."""
    written = written.replace("</style>", f"{_letters()}</style>", 1)
    return HTMLResponse(written, status_code=status, headers=_HEADERS)


@cache
def _letters() -> str:
    """The file of letters that Streamlit has with it, whose name changes with its version; the
    screens need it next anyway. Without it the reader's own letters stand."""
    folder = Path(st.__file__).parent / "static"
    found = next(folder.glob("static/media/SourceSansVF-Upright*.woff2"), None)
    if found is None:
        return ""
    address = f"/{found.relative_to(folder).as_posix()}"
    return (
        '@font-face{font-family:"Source Sans";font-weight:200 900;font-display:swap;'
        f'src:url("{address}") format("woff2")}}'
    )


def refuse(lang: str, words: str, status: int = 403, title: str = "") -> Response:
    """A page that only says something; without a title of its own it is about the sign-in."""
    about = title or say("sign_in.title", lang)
    return page(html.said(lang, about, words, onward=bool(title)), status)
