"""Coming in by the province's own sign-on: OpenID Connect, the code flow with PKCE.

Off unless a provider is configured. What the provider says of a person is only who they are:
the account here with that e-mail is signed in the way any other is, with the same cookie,
and may what it may here. Nobody without an account comes in. The library checks
signature, issuer, audience, nonce and state.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

import bootstrap
from kpi.findings import KpiError
from pages.coming_in import end_login, is_secure, language, let_in, local_path, refuse
from pages.logs import NAME
from pages.people import COOKIE
from reports.html.sign_in import BY_PROVIDER, FROM_PROVIDER
from texts import say
from texts.errors import error_sentence
from workflow import sign_in
from workflow.settings import SingleSignOn

if TYPE_CHECKING:
    from authlib.integrations.starlette_client import StarletteOAuth2App

_LOG = logging.getLogger(f"{NAME}.sign_in")
_GOES_TO = "kpi_goes_to"
_SECONDS = 600  # to sign in at the provider
# Of this process: one that is restarted meanwhile sends people to the sign-in once more.
_KEY = secrets.token_urlsafe(32)


def routes() -> list[Route]:
    """Where one goes to the provider, and where it sends people back to; [] without one."""
    if bootstrap.settings().single_sign_on is None:
        return []
    kept = Middleware(
        SessionMiddleware,
        secret_key=_KEY,
        session_cookie="kpi_on_the_way",
        max_age=_SECONDS,
        path=BY_PROVIDER,
        same_site="lax",
        https_only=bootstrap.settings().public_url.startswith("https:"),
    )
    around = [Middleware(Apart), kept]
    return [
        Route(BY_PROVIDER, go, methods=["GET"], middleware=around),
        Route(FROM_PROVIDER, come_back, methods=["GET"], middleware=around),
    ]


class Apart:
    """ASGI middleware: what is kept on the way is kept in our cookie only.

    Streamlit has a session of its own under the same name and would write ours into its
    cookie as well, which is sent without encryption and to every address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app({**scope}, receive, send)


async def go(request: Request) -> Response:
    """Send the browser to the provider, remembering where it wanted to go."""
    request.session.clear()
    request.session[_GOES_TO] = local_path(request.query_params.get("tiep", "/"))
    try:
        answer: Response = await _provider().authorize_redirect(request, _back(request))
    except _troubles() as trouble:
        return _failed(request, trouble)
    return answer


async def come_back(request: Request) -> Response:
    """Let in whoever the provider says it is."""
    goes_to = local_path(request.session.get(_GOES_TO, "/"))
    try:
        token = await _provider().authorize_access_token(request)
        who = await _claimed(token)
    except _troubles() as trouble:
        return _failed(request, trouble)
    finally:
        request.session.clear()
    try:
        there = await asyncio.to_thread(
            sign_in.sign_in_by_email,
            bootstrap.session_factory(),
            who,
            at=bootstrap.now(),
            client=request.headers.get("user-agent", ""),
        )
    except KpiError as refused:
        _LOG.info("sign_in_failed", extra={"why": getattr(refused, "reason", "store")})
        return refuse(language(request), error_sentence(refused, language(request)), 403)
    await asyncio.to_thread(end_login, request.cookies.get(COOKIE, ""))
    return let_in(there, goes_to, secure=is_secure(request))


async def _claimed(token: dict[str, Any]) -> str:
    """What the provider says of the person, as an account here has it for its e-mail."""
    claim = _configured().claim
    said = token.get("userinfo") or {}
    if claim not in said:
        said = {**said, **await _provider().userinfo(token=token)}
    if claim == "email" and said.get("email_verified") is False:
        return ""
    return str(said.get(claim) or "")


def _failed(request: Request, trouble: Exception) -> Response:
    number = secrets.token_hex(4)
    _LOG.error("single_sign_on_failed", exc_info=trouble, extra={"number": number})
    lang = language(request)
    return refuse(lang, say("sign_in.provider_failed", lang, number=number), 502)


def _troubles() -> tuple[type[Exception], ...]:
    """What can go wrong between two servers: no answer, a strange one, a forged one."""
    import httpx2
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    return (AuthlibBaseError, JoseError, httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError)


def _configured() -> SingleSignOn:
    found = bootstrap.settings().single_sign_on
    if found is None:
        raise LookupError("no provider is configured")
    return found


def _provider() -> StarletteOAuth2App:
    return _made(_configured())


@lru_cache(maxsize=2)
def _made(provider: SingleSignOn) -> StarletteOAuth2App:
    from authlib.integrations.starlette_client import OAuth

    return OAuth().register(
        "province",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
    )


def _back(request: Request) -> str:
    public = bootstrap.settings().public_url
    return (public or str(request.base_url).rstrip("/")) + FROM_PROVIDER
