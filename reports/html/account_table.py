"""The people as the administrator sees them, and a person's own browsers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kpi.local_time import local_date
from kpi.permissions import ActorRole
from reports.html import escape
from reports.html.glyphs import glyph
from texts import say
from texts.numbers import MISSING, date_text, moment_text

_HEADS = ("name", "full_name", "roles", "scope", "email", "seen", "state")
_BROWSER_HEADS = ("client", "began", "seen")
_LONG_AWAY = timedelta(days=90)


@dataclass(frozen=True)
class AccountLine:
    """One account; ``reporters`` and ``forms`` are in words already."""

    name: str
    full_name: str
    roles: tuple[ActorRole, ...]
    reporters: tuple[str, ...]
    forms: tuple[str, ...]
    email: str
    seen_at: datetime | None
    active: bool
    has_password: bool


@dataclass(frozen=True)
class BrowserLine:
    client: str
    began_at: datetime
    seen_at: datetime
    here: bool  # the one this is looked at with


def account_table(
    lines: Sequence[AccountLine], now: datetime, lang: str, *, by_provider: bool
) -> str:
    """Args:
    by_provider: people may also come in by the province's own sign-on, without a password.
    """
    heads = "".join(_head(say(f"admin.accounts.{head}", lang)) for head in _HEADS)
    rows = "".join(_row(line, now, lang, by_provider) for line in lines)
    if not lines:
        none = escape.text(say("admin.accounts.none", lang))
        rows = f'<tr><td colspan="{len(_HEADS)}">{none}</td></tr>'
    title = escape.text(say("admin.accounts.title", lang))
    count = escape.text(say("admin.accounts.count", lang, count=sum(one.active for one in lines)))
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>{title}</h2>'
        f'<span class="unit">{count}</span></div><div class="scroll wide-table">'
        f'<table class="tbl admin"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</div></section>"
    )


def browser_table(lines: Sequence[BrowserLine], lang: str) -> str:
    """The browsers somebody is signed in with."""
    heads = "".join(_head(say(f"account.{head}", lang)) for head in _BROWSER_HEADS)
    rows = "".join(
        "<tr>"
        f"<td>{escape.text(client_name(line.client, lang))}{_here(line, lang)}</td>"
        f"<td>{escape.text(moment_text(line.began_at, lang))}</td>"
        f"<td>{escape.text(moment_text(line.seen_at, lang))}</td></tr>"
        for line in lines
    )
    title = escape.text(say("account.browsers", lang))
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>{title}</h2></div>'
        f'<div class="scroll wide-table"><table class="tbl"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def client_name(client: str, lang: str) -> str:
    """A browser in one word or two, from what it says of itself; this may be anything."""
    browsers = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome",
                "Safari/": "Safari"}  # fmt: skip
    systems = {"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad",
               "Mac OS": "macOS", "Linux": "Linux"}  # fmt: skip
    found = next((name for mark, name in browsers.items() if mark in client), "")
    system = next((name for mark, name in systems.items() if mark in client), "")
    known = " · ".join(one for one in (found, system) if one)
    return known or client[:60] or say("account.unknown_client", lang)


def _here(line: BrowserLine, lang: str) -> str:
    return f' <b class="cap">({escape.text(say("account.here", lang))})</b>' if line.here else ""


def _head(words: str) -> str:
    return f'<th scope="col">{escape.text(words)}</th>'


def _row(line: AccountLine, now: datetime, lang: str, by_provider: bool) -> str:
    scope = [*line.reporters, *line.forms]
    cells = (
        f"<b>{escape.text(line.name)}</b>",
        escape.text(line.full_name),
        escape.text(", ".join(say(f"admin.roles.{role}", lang) for role in line.roles)),
        escape.text("; ".join(scope)) if scope else MISSING,
        escape.text(line.email) if line.email else MISSING,
        _seen(line, now, lang),
        _state(line, lang, by_provider),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _seen(line: AccountLine, now: datetime, lang: str) -> str:
    if line.seen_at is None:
        return escape.text(say("admin.accounts.never", lang))
    if line.active and now - line.seen_at >= _LONG_AWAY:
        days = (now - line.seen_at).days
        return f"<b>{escape.text(say('admin.accounts.away', lang, days=days))}</b>"
    return date_text(local_date(line.seen_at), lang)


def _state(line: AccountLine, lang: str, by_provider: bool) -> str:
    if not line.active:
        return _chip("lock", "nd", say("admin.accounts.closed", lang))
    if line.has_password or (by_provider and line.email):
        return _chip("met", "met", say("admin.accounts.active", lang))
    return _chip("nyd", "nd", say("admin.accounts.invited", lang))


def _chip(shape: str, token: str, words: str) -> str:
    return f'<span class="chip s-{token}">{glyph(shape)}{escape.text(words)}</span>'
