"""Names of those who act and are no people: the machine itself, and whoever sits at it.

The log keeps an id ("automatic"); people's own ids are what they are called by here.
"""

from __future__ import annotations

from texts import has, say


def actor_name(actor: str, lang: str) -> str:
    """``Duyệt tự động`` for "automatic"; a person's login stays as it is."""
    key = f"actor.{actor}"
    return say(key, lang) if has(key, lang) else actor
