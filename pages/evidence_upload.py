"""The field for files of evidence, and what was put into it."""

from __future__ import annotations

import streamlit as st

import bootstrap
from texts import say
from workflow.evidence import Brought, Enclosed


def field(key: str, lang: str) -> None:
    """Draw it; whatever is dropped gets its own sentence when it is sent."""
    st.file_uploader(
        say("evidence.choose", lang, most=_megabytes()),
        type=None,
        accept_multiple_files=True,
        max_upload_size=_megabytes(),
        key=_key(key),
    )


def enclosed(key: str) -> Enclosed:
    """The files of the field."""
    chosen = st.session_state.get(_key(key)) or []
    files = tuple(Brought(one.name, one.getvalue()) for one in chosen)
    return Enclosed(files, _megabytes())


def clear(key: str) -> None:
    """What was sent is not sent again with the next word."""
    st.session_state[f"{key}-times"] = st.session_state.get(f"{key}-times", 0) + 1


def _key(key: str) -> str:
    return f"{key}-{st.session_state.get(f'{key}-times', 0)}"


def _megabytes() -> int:
    """As the settings say, and no more than the server takes."""
    server: int = st.get_option("server.maxUploadSize")
    return min(bootstrap.settings().evidence_megabytes, server)
