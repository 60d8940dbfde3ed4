"""The parts of a screen that shows one at a time: plain links, so that each has its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.html import escape
from texts import say


@dataclass(frozen=True)
class Section:
    """``href`` is the address that shows it."""

    name: str
    href: str
    is_shown: bool


def section_links(sections: Iterable[Section], lang: str) -> str:
    """The row of links above the part that is shown."""
    links = "".join(_link(one) for one in sections)
    label = escape.text(say("admin.sections.label", lang))
    return f'<nav class="sections" lang="{lang}" aria-label="{label}">{links}</nav>'


def _link(one: Section) -> str:
    current = ' aria-current="page"' if one.is_shown else ""
    return f'<a href="{one.href}" target="_self"{current}>{escape.text(one.name)}</a>'
