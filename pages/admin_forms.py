"""What the administrator's forms share: an act with its sentence, and a secret shown once.

Both stand in the section they belong to, under the buttons, where the eye is.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kpi.findings import KpiError
from reports.html import page
from texts import say
from texts.errors import error_sentence

_SECRET = "admin-secret"


def perform(doing: Callable[[], None], said: str, lang: str, place: str) -> bool:
    """Do it, and leave a sentence for the section ``place``: what happened, or why not."""
    try:
        doing()
    except KpiError as refused:
        st.session_state[place] = "error", error_sentence(refused, lang)
        return False
    st.session_state[place] = "success", said
    return True


def keep_secret(said: str, secret: str, place: str) -> None:
    """A secret that nobody can be shown again, with what it is; ``place``: of which section."""
    st.session_state[_SECRET] = place, said, secret


def show(place: str, lang: str) -> None:
    """What has become of an act of this section, and the secret to copy, if there is one.

    The secret stays until the administrator says that it is in safe hands.
    """
    if done := st.session_state.pop(place, None):
        kind, said = done
        st.html(page.message(kind, said, lang))
    kept = st.session_state.get(_SECRET)
    if kept is None or kept[0] != place:
        return
    _place, said, secret = kept
    with st.container(key="admin-secret-box"):
        st.html(page.message("partial", said, lang))
        st.code(secret, language=None, wrap_lines=True)
        st.button(say("admin.secret_kept", lang), key="admin-secret-kept", on_click=_forget_secret)


def _forget_secret() -> None:
    st.session_state.pop(_SECRET, None)
