"""What stands before every answer of the server: its headers, and the way to the sign-in.

A browser that asks for a screen without having signed in is led to the sign-in page and
back afterwards; so a deep link survives, and nothing of the product is sent before. This
is courtesy, not protection: what may be seen and done is decided by the screens and the
acts themselves, whatever comes over the websocket.
"""

from __future__ import annotations

import asyncio
import base64
import re
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

import bootstrap
from kpi.permissions import may_see
from pages import startup
from pages.addresses import PUBLISHED, view_of
from pages.coming_in import bearer, language, refuse
from reports.html import sign_in as html
from store.engine import CANNOT_BE_READ
from texts import say

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy() -> str:
    """What a browser may load and run: only what this server sends.

    Scripts: its files, and the one that stands in Streamlit's own page, by its digest. Any
    other that found its way into a page does not run. Styles: Streamlit writes them into the
    page. Fonts and pictures may be drawn from data; no other site may frame us.
    """
    page = (Path(st.__file__).parent / "static" / "index.html").read_bytes().decode()
    digests = (base64.b64encode(sha256(one.encode()).digest()) for one in _INLINE.findall(page))
    own = " ".join(f"'sha256-{digest.decode()}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {own}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


_HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_OPEN = (html.SIGN_IN, html.SIGN_OUT, html.PASSWORD, "/_stcore", "/static", "/api", PUBLISHED)
_TAKEN_AWAY = "/media/"  # documents made for a reader, by Streamlit's addresses
_BROUGHT = "/_stcore/upload_file/"


class Guard:
    """ASGI middleware around the whole server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if not is_our_name(Headers(scope=scope).get("host", "")):
            await _refuse(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        instead = await _instead(Request(scope))
        await (instead or self.app)(scope, receive, send_with_headers)


async def _instead(request: Request) -> Response | None:
    """What is answered before the product is asked: the way to the sign-in, or a refusal."""
    lang = language(request)
    try:
        if asks_for_a_screen(request) and not await asyncio.to_thread(_may_read, request):
            return RedirectResponse(html.address(request.url.path, dict(request.query_params)), 303)
        if brings_a_file(request) and not await asyncio.to_thread(_has_signed_in, request):
            return refuse(lang, say("sign_in.needed", lang))
    except CANNOT_BE_READ:
        if request.method == "GET" and not request.url.path.startswith(_TAKEN_AWAY):
            return None  # the screen itself says that nobody can be known
        return refuse(lang, say("error.away", lang), 503, say("error.title", lang))
    if comes_in(request) and not startup.preparation().is_ready:
        return refuse(lang, say("starting.title", lang), 503)
    return None


def is_our_name(host: str) -> bool:
    """Was the server asked for by a name it has?

    Another site can let a name of its own point here (DNS rebinding), and would then be
    taken for this server by the browser. Its names have dots; ours are the one people
    reach the server by, this machine's own, and addresses.
    """
    public = urlsplit(bootstrap.settings().public_url).hostname
    try:
        name = urlsplit(f"//{host}").hostname or ""
        if name == public or (name and "." not in name and ":" not in name):
            return True
        return ip_address(name).is_loopback or public is None
    except ValueError:  # no name, or no address
        return False


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(1008)(scope, receive, send)
        return
    await PlainTextResponse("KPI_PUBLIC_URL?", 400)(scope, receive, send)


def comes_in(request: Request) -> bool:
    """Does somebody want in or out? There may be no account yet to look for."""
    path = request.url.path
    doors = (html.SIGN_IN, html.SIGN_OUT, html.PASSWORD)
    return path.startswith(html.BY_PROVIDER) or (request.method == "POST" and path in doors)


def asks_for_a_screen(request: Request) -> bool:
    """Does a person's browser open a page, rather than fetch a part of one?"""
    path = request.url.path
    if path.startswith(_TAKEN_AWAY):
        return True  # as good as a screen, however it is fetched
    if request.method != "GET" or any(path == p or path.startswith(f"{p}/") for p in _OPEN):
        return False
    headers: Headers = request.headers
    return headers.get("sec-fetch-dest", "document") == "document" and "text/html" in headers.get(
        "accept", ""
    )


def brings_a_file(request: Request) -> bool:
    """Does somebody put a workbook into the server's memory?"""
    return request.method == "PUT" and request.url.path.startswith(_BROUGHT)


def _has_signed_in(request: Request) -> bool:
    return not bootstrap.settings().sign_in or bearer(request) is not None


def _may_read(request: Request) -> bool:
    """Has somebody signed in who may read, or is reading open? Not known yet: let them wait."""
    settings, preparation = bootstrap.settings(), startup.preparation()
    if not settings.sign_in or not preparation.is_ready:
        return True
    view = view_of(request.url.path)
    if may_see(None, view, public=settings.reading_is_open(preparation.demo)):
        return True
    return bearer(request) is not None  # what is not theirs to see, the screen itself says
