"""How a figure is drawn and said that was sent and that nobody has decided on yet.

More ink is closer to the actual (UI 7): a dot becomes a ring with a point in it, a bar is
filled with a grid, both unlike the forecast's open dot and strokes. Where nothing waits,
the marks are the plain ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.figures.palette import Palette
from texts import say

Look = dict[str, object]


def said(text: str, lang: str) -> str:
    """A written figure with the words that mark it."""
    return say("figure.unapproved", lang, figure=text)


def marked(texts: Sequence[str], waits: Sequence[bool], lang: str) -> list[str]:
    """Written figures, those that wait marked in words."""
    return [said(text, lang) if wait else text for text, wait in zip(texts, waits, strict=True)]


def dots(waits: Sequence[bool], colour: str, size: int, colours: Palette) -> Look:
    """The marker of a line's dots."""
    if not any(waits):
        return {"size": size, "color": colour}
    return {
        "size": [size + 2 if wait else size for wait in waits],  # room for the point
        "color": [colours.surface if wait else colour for wait in waits],
        "symbol": ["circle-dot" if wait else "circle" for wait in waits],
        "line": {"color": colour, "width": [2 if wait else 0 for wait in waits]},
        "opacity": 1,  # Plotly takes dots of several sizes for bubbles and makes them pale
    }


def bars(waits: Sequence[bool], colour: str, colours: Palette) -> Look:
    """The marker of a row of bars."""
    if not any(waits):
        return {"color": colour, "line": {"width": 0}}
    return {
        "color": colour,
        "line": {"color": colour, "width": [1.5 if wait else 0 for wait in waits]},
        "pattern": {
            "shape": ["+" if wait else "" for wait in waits],
            "size": 5,
            "solidity": 0.3,
            "fgcolor": colour,
            "bgcolor": colours.surface,
        },
    }
