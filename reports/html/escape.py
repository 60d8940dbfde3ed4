"""The one door for strings into HTML: everything that is not markup passes here."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode


def text(value: object) -> str:
    """``value`` as text inside an element or a quoted attribute."""
    return escape(str(value), quote=True)


def link(path: str, /, **query: str | None) -> str:
    """An address with its query, ready for ``href="…"``; parameters without value go;
    underscores in names become hyphens (``linh_vuc`` is written ``linh-vuc``).
    """
    kept = {name.replace("_", "-"): value for name, value in query.items() if value}
    return escape(f"{path}?{urlencode(kept)}" if kept else path, quote=True)
