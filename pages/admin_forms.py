"""What the administrator's forms share: an act with its sentence, and a secret shown once."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kpi.findings import KpiError
from reports.html import page
from texts import say
from texts.errors import error_sentence

_SECRET = "admin-secret"


def perform(doing: Callable[[], None], said: str, lang: str, done: str) -> bool:
    """Do it, and leave a sentence for the reader under ``done``: what happened, or why not."""
    try:
        doing()
    except KpiError as refused:
        st.session_state[done] = "error", error_sentence(refused, lang)
        return False
    st.session_state[done] = "success", said
    return True


def keep_secret(said: str, secret: str) -> None:
    """A secret that nobody can be shown again, with what it is."""
    st.session_state[_SECRET] = said, secret


def show_secret(lang: str) -> None:
    """The secret to copy, until the administrator says that it is in safe hands."""
    kept = st.session_state.get(_SECRET)
    if kept is None:
        return
    said, secret = kept
    with st.container(key="admin-secret-box"):
        st.html(page.message("partial", said, lang))
        st.code(secret, language=None, wrap_lines=True)
        st.button(say("admin.secret_kept", lang), key="admin-secret-kept", on_click=_forget_secret)


def _forget_secret() -> None:
    st.session_state.pop(_SECRET, None)
