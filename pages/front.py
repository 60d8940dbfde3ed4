"""The page a browser loads first, with our style sheet and script in it, and all its files.

A first visit needs some seventy files of Streamlit's front end. It reads each from the disk
for every visitor and sends it as it lies there; here each is compressed once and kept: a
third of the bytes, and less work. Our style sheet and script come as files as well, so that
they are there before the first screen and not sent again with every run. The page names
them, and the parts every screen is drawn by, so that the browser fetches all at once.
What is not found here, Streamlit answers.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import Callable
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.addresses import SCREENS
from pages.coming_in import language
from reports.html import escape, page
from texts import say

_FOLDER = Path(st.__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
_PACKED = (".woff2",)  # compressed as it is
_FOREVER = "public, immutable, max-age=31536000"  # the name changes with the content
_TITLE = re.compile(r"<title>.*?</title>")
_EARLY = ("Html",)  # Streamlit's name of what our blocks are drawn by


class Front:
    """ASGI middleware before Streamlit's own files.

    Args:
        look: what of a screen is to be read until the frame has drawn it; may be empty.
    """

    def __init__(self, app: ASGIApp, look: Callable[[Request], str] = lambda _: "") -> None:
        self.app, self.look = app, look

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_plain(scope):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        screen, found = request.url.path in _screens(), await _found(request.url.path)
        if screen:
            found = first_page(language(request), await asyncio.to_thread(self.look, request))
        if found is not None:
            await found(scope, receive, send)
            return
        if not await self._told(scope, receive, send):
            await first_page(language(request))(scope, receive, send)

    async def _told(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Let whoever is next answer, unless it is with Streamlit's own page, as it does where
        nothing stands: ours says so as well, and looks like the product.
        """
        told = True

        async def send_unless_it_is_theirs(message: Message) -> None:
            nonlocal told
            if message["type"] == "http.response.start" and _is_their_page(Headers(scope=message)):
                told = False
            if told:
                await send(message)

        await self.app(scope, receive, send_unless_it_is_theirs)
        return told


def _is_plain(scope: Scope) -> bool:
    """Can the browser take it compressed, and does it want all of it?"""
    headers = Headers(scope=scope)
    return "gzip" in headers.get("accept-encoding", "") and "range" not in headers


def _is_their_page(headers: Headers) -> bool:
    """By its tag: compressed, as a browser gets it, its length is another."""
    return headers.get("etag") == _page_tag()


async def _found(path: str) -> Response | None:
    if path in _own():
        return _kept(path)
    if path in _theirs():  # the larger ones take a moment
        return await asyncio.to_thread(_kept, path)
    return None


@lru_cache(maxsize=32)
def first_page(lang: str, look: str = "") -> Response:
    """Streamlit's page in the reader's language, with our files named in it.

    Args:
        look: what is to be read until then.
    """
    style, script = _own()
    written = _page().decode()
    written = written.replace('<html lang="en">', f'<html lang="{lang}">', 1)
    written = _TITLE.sub(f"<title>{escape.text(say('app.title', lang))}</title>", written, 1)
    early = [f'<link rel="modulepreload" crossorigin href="{one}">' for one in _early(written)]
    head = [*early, f'<link rel="preload" as="style" href="{style}">']
    # In the body: what Streamlit writes into the head while it runs shall not overrule it.
    written = written.replace("</head>", f"{''.join(head)}</head>", 1)
    sheet = f'<body><link rel="stylesheet" href="{style}">{look}'
    written = written.replace("<body>", sheet, 1)
    written = written.replace(
        "</body>", f'<script type="module" src="{script}"></script></body>', 1
    )
    return _packed(written.encode(), "text/html", "private, no-cache" if look else "no-cache")


@cache
def _page() -> bytes:
    return (_FOLDER / "index.html").read_bytes()


@cache
def _page_tag() -> str:
    path = _FOLDER / "index.html"
    return FileResponse(path, stat_result=path.stat()).headers["etag"]


@cache
def _early(written: str) -> list[str]:
    """The files of the parts that every screen needs, and that the page does not name itself."""
    known: dict[str, dict[str, Any]] = json.loads(
        (_FOLDER / "manifest.json").read_text(encoding="utf-8")
    )
    wanted: dict[str, None] = {}
    for part in known.values():
        if part.get("name") in _EARLY and part.get("isDynamicEntry"):
            needed = [part, *(known[one] for one in part.get("imports", []))]
            wanted |= dict.fromkeys(one["file"] for one in needed)
    return [f"/{file}" for file in wanted if file not in written]


# --- files -------------------------------------------------------------------------------


@cache
def _kept(path: str) -> Response:
    own = _own().get(path)
    content = _theirs()[path].read_bytes() if own is None else own
    suffix = Path(path).suffix
    if suffix in _PACKED:
        return Response(content, headers={"Cache-Control": _FOREVER}, media_type=_TYPES[suffix])
    return _packed(content, _TYPES[suffix], _FOREVER)


def _packed(content: bytes, kind: str, how_long: str) -> Response:
    headers = {"Cache-Control": how_long, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(gzip.compress(content, 6, mtime=0), headers=headers, media_type=kind)


@cache
def _own() -> dict[str, bytes]:
    """Our style sheet and our script, by an address that changes with them."""
    parts = {"css": page.stylesheet(), "js": page.script(sorted(_screens()))}
    return {
        f"/static/kpi.{sha256(text.encode()).hexdigest()[:8]}.{suffix}": text.encode()
        for suffix, text in parts.items()
    }


@cache
def _theirs() -> dict[str, Path]:
    """Streamlit's files, whose names change with what is in them, by address."""
    found = (path for path in (_FOLDER / "static").rglob("*") if path.suffix in _TYPES)
    return {f"/{path.relative_to(_FOLDER).as_posix()}": path for path in found}


@cache
def _screens() -> frozenset[str]:
    return frozenset(f"/{entry.path}" for entry in SCREENS)
