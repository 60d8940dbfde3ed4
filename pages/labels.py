"""Words of strangers in the labels of Streamlit's widgets."""

from __future__ import annotations

import re

# Only what would be taken for markup where it stands: a screen reader reads the backslash.
_MARKUP = re.compile(r"[\\`*\[\]$]|~(?=~)|(?<!\w)_|_(?!\w)|:(?=\w)")


def literal(text: str) -> str:
    """Text for a widget's label, which would take some of it for markup."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)
