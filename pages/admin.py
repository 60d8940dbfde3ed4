"""Quản trị: periods, people, tokens of programs, health, and the log of everything done.

One section at a time, by its address (``?muc=nhat-ky``); each is a module of its own
(``admin_…``). Every act goes through ``workflow``, which asks again whether this person may.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages import (
    admin_audit,
    admin_health,
    admin_people,
    admin_periods,
    admin_tokens,
    shell,
)
from reports.html import escape, page
from reports.html.sections import Section, section_links
from texts import say

SECTIONS: dict[str, Callable[[shell.Screen], None]] = {
    "ky": admin_periods.show,
    "nguoi-dung": admin_people.show,
    "ma-truy-cap": admin_tokens.show,
    "tinh-trang": admin_health.show,
    "nhat-ky": admin_audit.show,
}
_FIRST = next(iter(SECTIONS))


def main() -> None:
    screen = shell.screen()
    lang = screen.lang
    st.html(page.title(say("admin.title", lang), say("admin.caption", lang), lang))
    shown = st.query_params.get("muc", _FIRST)
    if shown not in SECTIONS:
        shown = _FIRST
    st.html(section_links([_section(one, shown, lang) for one in SECTIONS], lang))
    SECTIONS[shown](screen)


def _section(name: str, shown: str, lang: str) -> Section:
    here = {key: value for key, value in st.query_params.items() if key != "muc"}
    more = {} if name == _FIRST else {"muc": name}
    address = escape.link("/quan-tri", **here, **more)
    return Section(say(f"admin.sections.{name}", lang), address, is_shown=name == shown)


main()
