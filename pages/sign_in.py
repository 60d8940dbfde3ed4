"""Routes of the same server by which people come in and go out.

They set and take away an opaque cookie that no script can read and no other site can
send along. A form that was not sent from a page of this server is refused, whatever it
says (the browser tells where a request comes from), so nobody can be signed in or out
behind their back. Where one wanted to go survives, if it is on this server.
"""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import bootstrap
from kpi.findings import KpiError, NotAllowed
from pages import startup
from pages.coming_in import end_login, is_secure, language, let_in, local_path, page, refuse
from pages.logs import NAME
from pages.people import COOKIE
from reports.html import sign_in as html
from store.engine import CANNOT_BE_READ
from texts import say
from texts.errors import error_sentence
from workflow import accounts, sign_in
from workflow.people import DEMO_NAMES, DEMO_PASSWORD

_LONGEST_FORM = 16 * 1024
_LOG = logging.getLogger(f"{NAME}.sign_in")


def routes() -> list[Route]:
    """The addresses before the product."""
    return [
        Route(html.SIGN_IN, show, methods=["GET"]),
        Route(html.SIGN_IN, enter, methods=["POST"]),
        Route(html.SIGN_OUT, leave, methods=["POST"]),
        Route(html.PASSWORD, show_password, methods=["GET"]),
        Route(html.PASSWORD, keep_password, methods=["POST"]),
    ]


async def show(request: Request) -> Response:
    goes_to = local_path(request.query_params.get("tiep", "/"))
    return page(_sign_in_page(language(request), goes_to))


async def enter(request: Request) -> Response:
    lang = language(request)
    if not sent_from_here(request):
        return refuse(lang, say("sign_in.not_from_here", lang))
    fields = await _fields(request)
    goes_to = local_path(fields.get("tiep", "/"))
    address = request.client.host if request.client else ""
    try:
        there = await asyncio.to_thread(
            sign_in.sign_in,
            bootstrap.session_factory(),
            fields.get("ten", ""),
            fields.get("mat-khau", ""),
            at=bootstrap.now(),
            address=address,
            client=request.headers.get("user-agent", ""),
        )
    except KpiError as refused:
        # Not the name: people type their password there by mistake.
        why = getattr(refused, "reason", "store")
        _LOG.info("sign_in_failed", extra={"why": why, "address": address})
        words = _sentence(refused, lang)
        return page(_sign_in_page(lang, goes_to, words, fields.get("ten", "")), _status(refused))
    # The browser forgets the login it had; nobody else shall use it.
    await asyncio.to_thread(end_login, request.cookies.get(COOKIE, ""))
    return let_in(there, goes_to, secure=is_secure(request))


async def leave(request: Request) -> Response:
    if not sent_from_here(request):
        return refuse(language(request), say("sign_in.not_from_here", language(request)))
    try:
        await asyncio.to_thread(end_login, request.cookies.get(COOKIE, ""))
    except CANNOT_BE_READ:  # the cookie stays: without it nobody could end the login later
        lang = language(request)
        return refuse(lang, say("error.away", lang), 503, say("sign_in.out", lang))
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return answer


async def show_password(request: Request) -> Response:
    return page(html.choose_password(language(request), request.query_params.get("ma", "")))


async def keep_password(request: Request) -> Response:
    lang = language(request)
    if not sent_from_here(request):
        return refuse(lang, say("sign_in.not_from_here", lang))
    fields = await _fields(request)
    secret, password = fields.get("ma", ""), fields.get("mat-khau", "")
    if password != fields.get("nhac-lai"):
        words = say("sign_in.not_the_same", lang)
        return page(html.choose_password(lang, secret, error=words), 400)
    try:
        name = await asyncio.to_thread(
            accounts.choose_password,
            bootstrap.session_factory(),
            secret,
            password,
            at=bootstrap.now(),
        )
    except KpiError as refused:
        words = _sentence(refused, lang)
        return page(html.choose_password(lang, secret, error=words), 400)
    words = say("sign_in.kept", lang, name=name)
    return page(html.said(lang, say("sign_in.choose_title", lang), words))


# --- what a request says


def sent_from_here(request: Request) -> bool:
    """Was the form on a page of this server? Every browser of today says so."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin") or request.headers.get("referer") or ""
    return urlsplit(origin).netloc == request.headers.get("host")


async def _fields(request: Request) -> dict[str, str]:
    form = await request.form(max_files=0, max_fields=8, max_part_size=_LONGEST_FORM)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _sign_in_page(lang: str, goes_to: str, error: str = "", name: str = "") -> str:
    demo = startup.preparation().demo
    by_provider = ""
    if bootstrap.settings().single_sign_on is not None:
        by_provider = f"{html.BY_PROVIDER}?{urlencode({'tiep': goes_to})}"
    shown = [html.DemoAccount(one, say(f"sign_in.demo_accounts.{one}", lang)) for one in DEMO_NAMES]
    return html.sign_in(
        lang,
        goes_to,
        error=error,
        name=name,
        demo=shown if demo else (),
        demo_password=DEMO_PASSWORD,
        single_sign_on=by_provider,
    )


def _sentence(refused: KpiError, lang: str) -> str:
    """Whoever stands outside is not told where the database lies."""
    if isinstance(refused, CANNOT_BE_READ):
        return say("error.away", lang)
    return error_sentence(refused, lang)


def _status(refused: KpiError) -> int:
    if not isinstance(refused, NotAllowed):
        return 503
    return 429 if refused.reason == "slow_down" else 401
