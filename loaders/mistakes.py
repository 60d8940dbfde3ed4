"""What is wrong with a file that is kept by hand, in both languages: a reader is known later."""

from __future__ import annotations

from kpi.bilingual import Text
from texts import say


def said(key: str, **facts: object) -> Text:
    """The words of ``mistake.<key>``."""
    vi, en = (say(f"mistake.{key}", lang, **facts) for lang in ("vi", "en"))
    return Text(vi, en)
