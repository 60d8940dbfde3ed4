"""Quản trị: periods, people, tokens of programs, health, and the log of everything done.

Each section is a module of its own (``admin_…``). Every act goes through ``workflow``, which
asks again whether this person may.
"""

from __future__ import annotations

import streamlit as st

from pages import (
    admin_audit,
    admin_health,
    admin_people,
    admin_periods,
    admin_tokens,
    shell,
)
from reports.html import page
from texts import say

DONE = "administered"


def main() -> None:
    screen = shell.screen()
    lang = screen.lang
    st.html(page.title(say("admin.title", lang), say("admin.caption", lang), lang))
    if done := st.session_state.pop(DONE, None):
        kind, said = done
        st.html(page.message(kind, said, lang))
    admin_periods.show(screen, DONE)
    admin_people.show(screen)
    admin_tokens.show(screen)
    admin_health.show(screen)
    admin_audit.show(screen)


main()
