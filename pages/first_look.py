"""The overview as the first page carries it, to be read before the frame has drawn anything.

A browser takes a second or more to load the frame, and the figures are known before that. So
they stand in the page itself, as the overview's screen would show them; once that has been
drawn, they make room (``first.js``). What needs a session, such as a day of the past, waits for
the frame, and so does whatever an address asks for that does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

import bootstrap
from kpi.permissions import Actor
from kpi.permissions import View as Right
from pages import header, knowledge, last_known, people, shell
from pages.coming_in import bearer, language
from pages.knowledge import Version
from pages.overview_table import blocks
from reports.html import page
from reports.html.address import View
from reports.html.strip import GROUPS
from store.engine import CANNOT_BE_READ
from workflow.actors import LOCAL_USER

_ANSWERED = {"ky", "linh-vuc", "tinh-trang", "lang"}  # parameters of the address


def look(request: Request) -> str:
    """The overview for whoever asks for it; empty where the frame has to answer."""
    if request.url.path != "/":
        return ""
    try:
        person = bearer(request) if bootstrap.settings().sign_in else LOCAL_USER
        return _overview(person, dict(request.query_params), language(request))
    except CANNOT_BE_READ:
        return ""


def _overview(person: Actor | None, asked: Mapping[str, str], lang: str) -> str:
    known = last_known.data()
    if known.away or not people.sees(person, Right.READING) or not asked.keys() <= _ANSWERED:
        return ""
    screen = _screen(Version(known.version), asked.get("ky"), lang)
    view = _view(screen, asked) if screen is not None else None
    if screen is None or view is None:
        return ""
    line = header.line(person, known.version, header.Here("", asked, lang), None, unapproved=False)
    return page.first_look(line, blocks(screen, view, asked.get("lang")), lang)


def _screen(version: Version, code: str | None, lang: str) -> shell.Screen | None:
    periods = knowledge.plan_years(version).quarters
    named = {period.code: period for period in periods}
    period = named.get(code) if code else shell.default_period(periods, version)
    return None if period is None else shell.at(version, period, lang)


def _view(screen: shell.Screen, asked: Mapping[str, str]) -> View | None:
    sector, status = asked.get("linh-vuc") or None, asked.get("tinh-trang")
    if sector is not None and sector not in screen.definitions.sectors:
        return None
    return View(screen.period, sector, status if status in GROUPS else None, screen.lang)
