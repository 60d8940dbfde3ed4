"""The pages before the product: signing in, choosing a password.

Plain HTML that needs no script and nothing from elsewhere, so that an old machine gets in
at once and a strict policy can forbid everything else. Who comes in is decided in
``workflow.sign_in``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from kpi.passwords import LONGEST, SHORTEST
from reports.html import escape, tokens
from texts import say

_STYLE = Path(__file__).parent / "alone" / "sign_in.css"
SIGN_IN, SIGN_OUT, PASSWORD = "/dang-nhap", "/dang-xuat", "/mat-khau"
BY_PROVIDER, FROM_PROVIDER = f"{SIGN_IN}/tinh", f"{SIGN_IN}/tinh/xong"


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration, shown to everybody."""

    name: str
    what: str


def sign_in(
    lang: str,
    goes_to: str,
    *,
    error: str = "",
    name: str = "",
    demo: Sequence[DemoAccount] = (),
    demo_password: str = "",
    single_sign_on: str = "",
) -> str:
    """The form to sign in with.

    Args:
        goes_to: the path on this server that was asked for.
        single_sign_on: where the office's own sign-on begins; "" without one.
    """
    fields = (
        _hidden("tiep", goes_to)
        + _field("ten", say("sign_in.name", lang), "text", "username", value=name, first=not name)
        + _field("mat-khau", say("sign_in.password", lang), "password", "current-password",
                 first=bool(name))
    )  # fmt: skip
    form = _form(SIGN_IN, fields, say("sign_in.enter", lang), error)
    other = ""
    if single_sign_on:
        words = escape.text(say("sign_in.single_sign_on", lang))
        other = f'<p class="other"><a href="{escape.text(single_sign_on)}">{words}</a></p>'
    return _page(lang, say("sign_in.title", lang), form + other + _demo(lang, demo, demo_password))


def choose_password(lang: str, secret: str, *, error: str = "") -> str:
    """The form behind a one-time link."""
    hint = escape.text(say("sign_in.password_hint", lang, shortest=SHORTEST))
    fields = (
        _hidden("ma", secret)
        + _field("mat-khau", say("sign_in.new_password", lang), "password", "new-password",
                 first=True, shortest=SHORTEST)
        + f'<p class="hint" id="hint">{hint}</p>'
        + _field("nhac-lai", say("sign_in.repeat", lang), "password", "new-password")
    )  # fmt: skip
    form = _form(PASSWORD, fields, say("sign_in.keep", lang), error)
    return _page(lang, say("sign_in.choose_title", lang), form)


def address(path: str, query: Mapping[str, str] | None = None) -> str:
    """The sign-in page that leads back to a path of this server."""
    wanted = path + (f"?{urlencode(query)}" if query else "")
    return f"{SIGN_IN}?{urlencode({'tiep': wanted})}"


def said(lang: str, title: str, text: str, *, onward: bool = False) -> str:
    """A page that only says something, with the way to the sign-in or ``onward`` to the figures."""
    href, key = ("/", "nav.overview") if onward else (SIGN_IN, "sign_in.go")
    way = f'<a href="{href}">{escape.text(say(key, lang))}</a>'
    body = f'<section class="card"><p>{escape.text(text)}</p>{way}</section>'
    return _page(lang, title, body)


def _page(lang: str, title: str, body: str) -> str:
    name = escape.text(f"{title} – {say('app.title', lang)}")
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{name}</title><style>{_style()}</style></head><body><main>"
        f'<p class="place"><b>{escape.text(say("app.place", lang))}</b> '
        f"{escape.text(say('app.name', lang))}</p>"
        f"<h1>{escape.text(title)}</h1>{body}</main></body></html>"
    )


@cache
def _style() -> str:
    return tokens.variables() + _STYLE.read_text(encoding="utf-8")


def _form(action: str, fields: str, button: str, error: str) -> str:
    alert = f'<p class="say" role="alert">{escape.text(error)}</p>' if error else ""
    return (
        f'<form class="card" method="post" action="{action}">{alert}{fields}'
        f'<button type="submit">{escape.text(button)}</button></form>'
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape.text(value)}">'


def _field(
    name: str,
    label: str,
    kind: str,
    autocomplete: str,
    *,
    value: str = "",
    first: bool = False,
    shortest: int = 0,
) -> str:
    more = " autofocus" if first else ""
    if shortest:
        more += f' minlength="{shortest}" aria-describedby="hint"'
    return (
        f'<label for="{name}">{escape.text(label)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{autocomplete}" '
        f'maxlength="{LONGEST}" value="{escape.text(value)}" autocapitalize="none" '
        f'spellcheck="false" required{more}>'
    )


def _demo(lang: str, accounts: Sequence[DemoAccount], password: str) -> str:
    if not accounts:
        return ""
    rows = "".join(
        f"<tr><th scope=row><code>{escape.text(one.name)}</code></th>"
        f"<td>{escape.text(one.what)}</td></tr>"
        for one in accounts
    )
    intro = escape.text(say("sign_in.demo", lang))
    shown = escape.text(password)
    word = escape.text(say("sign_in.demo_password", lang))
    head = escape.text(say("sign_in.demo_title", lang))
    return (
        f'<section class="card"><h2>{head}</h2><p>{intro}</p>'
        f"<p>{word} <code>{shown}</code></p><table>{rows}</table></section>"
    )
