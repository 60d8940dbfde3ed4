"""Taking away a workbook that is kept, byte for byte; it is read only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

import bootstrap
from pages.labels import literal
from pages.submit_form import XLSX
from store import submissions


def offer(label: str, file_name: str, digest: str, *, key: str) -> None:
    """A button for one file; whoever may see the button may have the file."""
    st.download_button(
        literal(label), _content(digest), file_name, XLSX, type="tertiary",
        icon=":material/download:", on_click="ignore", key=key,
    )  # fmt: skip


def _content(digest: str) -> Callable[[], bytes]:
    def read() -> bytes:
        with bootstrap.session_factory()() as session:
            return submissions.file_content(session, digest) or b""

    return read
