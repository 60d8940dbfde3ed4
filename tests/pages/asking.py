"""Asks an ASGI application without a network: one request, one answer."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, list[str]] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str:
        return ", ".join(self.headers.get(name, []))


def ask(
    app: ASGIApp,
    path: str,
    *,
    form: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    scheme: str = "http",
    method: str = "",
) -> Answer:
    """GET ``path``, or POST ``form`` to it, as a browser on the server's own pages would.

    Args:
        method: another one.
    """
    sent = {"host": "localhost", "accept": "text/html", "sec-fetch-site": "same-origin"}
    sent |= headers or {}
    body = urlencode(form).encode() if form is not None else b""
    if form is not None:
        sent["content-type"] = "application/x-www-form-urlencoded"
    where, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method or ("GET" if form is None else "POST"),
        "scheme": scheme,
        "path": where,
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": ("10.0.0.7", 50000),
        "server": ("localhost", 80),
    }
    answer = Answer()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            for name, value in message["headers"]:
                answer.headers.setdefault(name.decode().lower(), []).append(value.decode())
        else:
            answer.body += message.get("body", b"")

    # In a thread: a browser's test before this one leaves a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, app(scope, receive, send)).result()
    return answer
