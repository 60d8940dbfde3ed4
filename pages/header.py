"""The header's line: the banner, which figures are shown, the person, the other language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kpi.permissions import Actor
from pages import shell, startup
from pages.addresses import FIGURES
from reports.html import escape, page
from reports.html.sign_in import address
from store.engine import CANNOT_BE_READ


@dataclass(frozen=True)
class Here:
    """The address a screen is looked at under: its path, what is asked, the language."""

    path: str
    asked: Mapping[str, str]
    lang: str

    def with_(self, name: str, value: str) -> str:
        """The same address but for one parameter, escaped."""
        rest = {key: found for key, found in self.asked.items() if key != name}
        return escape.link(f"/{self.path}", **rest, **{name: value})


def line(person: Actor | None, data: int, here: Here, day: date | None, *, unapproved: bool) -> str:
    """All of it.

    Args:
        data: the version of the data.
        day: the day of the past whose knowledge is shown, if it is one.
        unapproved: are figures shown that nobody has decided on yet?
    """
    lang = here.lang
    parts = (
        page.banner(lang) if startup.preparation().demo else "",
        _approval(data, here, unapproved),
        page.day_switch(day, escape.link(f"/{here.path}", ngay="nay"), lang),
        _bearer(person, here),
        page.language_switch(lang, here.with_("lang", "en" if lang == "vi" else "vi")),
    )
    return f'<div class="shell" lang="{lang}">{"".join(parts)}</div>'


def _bearer(person: Actor | None, here: Here) -> str:
    """Who has signed in, with the way out; else the way in. Nothing where nobody signs in."""
    if person is not None:
        return page.way_out(person.name, here.lang) if person.login is not None else ""
    return page.way_in(address(f"/{here.path}", dict(here.asked)), here.lang)


def _approval(data: int, here: Here, unapproved: bool) -> str:
    """On the screens of figures: the switch that shows what nobody has decided on yet."""
    if here.path not in FIGURES:
        return ""
    try:
        count = shell.waiting(data)
    except CANNOT_BE_READ:
        count = 0
    href = here.with_("chua-duyet", "0" if unapproved else "1")
    return page.approval_switch(unapproved, count, href, here.lang)
