"""A small OpenID Connect provider in this process, on plain http: one person.

It signs with a key of its own, checks the client's secret and PKCE, gives each code out once.
It asks no questions, or shows a browser one page with the link that goes back. What it should
do wrong is set by the test.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "kpi", "mat-khau-cua-chuong-trinh"


@dataclass
class Provider:
    url: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "7", "email": "hoa@langson.vn"})
    overrides: dict[str, Any] = field(default_factory=dict)  # of the claims about the token
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    published: RSAKey | None = None  # another key than it signs with
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    shows_a_page: bool = False

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser goes back to, with a code."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], basic: str) -> dict[str, Any] | None:
        asked = self.codes.pop(form.get("code", ""), None)
        given = base64.b64decode(basic.removeprefix("Basic ")).decode()
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if asked is None or given != f"{CLIENT}:{SECRET}" or challenge != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"],
        } | self.person | self.overrides  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            where = urlsplit(self.path)
            if where.path == "/authorize":
                self._send_back(provider.authorize(dict(parse_qsl(where.query))))
                return
            published = provider.published or provider.key
            answers = {
                "/.well-known/openid-configuration": provider.metadata(),
                "/jwks": {"keys": [published.as_dict(private=False)]},
                "/userinfo": provider.person,
            }
            self._say(answers.get(where.path))

        def _send_back(self, address: str) -> None:
            self.send_response(200 if provider.shows_a_page else 302)
            if not provider.shows_a_page:
                self.send_header("Location", address)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            link = f'<a href="{escape(address)}">Tiếp tục</a>'
            self.wfile.write(f"<!doctype html><h1>Tài khoản của tỉnh</h1>{link}".encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(provider.token(form, self.headers.get("authorization", "")))

        def _say(self, document: dict[str, Any] | None) -> None:
            self.send_response(200 if document is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(document or {"error": "invalid_grant"}).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Nobody listens."""

    return Handler


@contextmanager
def provider() -> Iterator[Provider]:
    """It answers until the block ends."""
    made = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
