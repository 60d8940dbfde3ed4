"""Status shapes: CSS masks over ``currentColor``, so a shape always has its word's colour.

The paths are UI 5's, on a 14 × 14 grid. ``<`` and ``>`` are percent-encoded because the
browser-side cleaner drops a style sheet in which it sees markup.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.html import escape

_PATHS: Mapping[str, str] = {
    "met": "M7 0a7 7 0 100 14A7 7 0 007 0zM6.2 10.1L3.1 7l1.2-1.2 1.9 1.9 3.6-3.7L11 5.2z",
    "exc": ("M7 0a7 7 0 100 14A7 7 0 007 0zM7 2.6l3.6 3.7-1.2 1.2L7.9 6v5H6.1V6L4.6 7.5 3.4 6.3z"),
    "on": "M2 1.2v11.6a.6.6 0 00.9.5l9.8-5.8a.6.6 0 000-1L2.9.7A.6.6 0 002 1.2z",
    "risk": (
        "M7.7.9l6.1 11a.8.8 0 01-.7 1.2H.9a.8.8 0 01-.7-1.2L6.3.9a.8.8 0 011.4 0z"
        "M6.2 4.6v4h1.6v-4zm0 5v1.6h1.6V9.6z"
    ),
    "off": ("M7 0l7 7-7 7-7-7zM5.3 4.3l-1 1L6 7 4.3 8.7l1 1L7 8l1.7 1.7 1-1L8 7l1.7-1.7-1-1L7 6z"),
    "fail": ("M1 0h12v14H1zM4.6 3.6L3.6 4.6 6 7 3.6 9.4l1 1L7 8l2.4 2.4 1-1L8 7l2.4-2.4-1-1L7 6z"),
    "late": "M7 0a7 7 0 100 14A7 7 0 007 0zm-.9 3v4.6l3.2 2 .9-1.4-2.4-1.5V3z",
    "edit": "M1 10.2L9.3 2 12 4.7 3.8 13H1zM10 1.2L11.2 0 14 2.8 12.8 4z",
    "lock": ("M3.5 6V4a3.5 3.5 0 017 0v2H12v8H2V6zm1.6 0h3.8V4a1.9 1.9 0 00-3.8 0z"),
    "ask": (
        "M1 1h12v9.2H6.6L3.4 13.4v-3.2H1zM3.5 4.8v1.6h1.6V4.8zm2.7 0v1.6h1.6V4.8z"
        "m2.7 0v1.6h1.6V4.8z"
    ),
    "up": "M7 3l5 8H2z",
    "dn": "M7 11L2 3h10z",
    "eq": "M2 6h10v2H2z",
    "quote": (
        "M1 8.2C1 5 2.7 3 5.6 2.4l.4 1.2C4.5 4.2 3.7 5 3.5 6.2H6V11H1zm7 0C8 5 9.7 3 12.6 2.4l.4 "
        "1.2c-1.5.6-2.3 1.4-2.5 2.6H13V11H8z"
    ),
}
_STROKES: Mapping[str, str] = {
    "nd": "<circle cx='7' cy='7' r='5.8' stroke-width='1.6' stroke-dasharray='2.4 2.15'/>",
    "nyd": "<circle cx='7' cy='7' r='5.9' stroke-width='1.5'/><path d='M7 3.6V7l2.3 1.6' "
    "stroke-width='1.5'/>",
    "na": "<circle cx='7' cy='7' r='5.9' stroke-width='1.5'/><path d='M4.4 7h5.2' "
    "stroke-width='1.6'/>",
}

# A CSS gradient would blur in print; a mask stays crisp.
_HATCH = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'>"
    "<path d='M-1 1L1-1M0 4L4 0M3 5L5 3' stroke='#000'/></svg>"
)


def glyph(name: str, *, label: str = "") -> str:
    """A shape; alone it needs a ``label``, next to its word it stays silent."""
    voice = f'role="img" aria-label="{escape.text(label)}"' if label else 'aria-hidden="true"'
    return f'<i class="g g-{name}" {voice}></i>'


def drawn(name: str) -> str:
    """The shape as a picture in the page itself, beside its word; for pages without masks."""
    path = _PATHS.get(name)
    inside = f'<path fill-rule="evenodd" d="{path}"/>' if path else _STROKES[name]
    group = inside if path else f'<g class="o">{inside}</g>'
    return f'<svg class="g" viewBox="0 0 14 14" aria-hidden="true">{group}</svg>'


def data_uri(svg: str) -> str:
    """A small SVG as ``url(…)`` for a mask, safe inside style sheets and attributes."""
    encoded = svg
    for plain, code in (("%", "%25"), ("#", "%23"), ("<", "%3C"), (">", "%3E"), ('"', "'")):
        encoded = encoded.replace(plain, code)
    return f'url("data:image/svg+xml,{encoded}")'


def rules() -> str:
    """The CSS of all shapes, and the hatching that marks a forecast."""
    shapes = "".join(f".g-{name}{{--g:{data_uri(svg)}}}" for name, svg in _drawings())
    return f"{shapes}:root{{--hatch:{data_uri(_HATCH)}}}"


def _drawings() -> list[tuple[str, str]]:
    head = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 14 14'"
    filled = [
        (name, f"{head}><path fill-rule='evenodd' d='{path}'/></svg>")
        for name, path in _PATHS.items()
    ]
    stroked = [
        (name, f"{head} fill='none' stroke='#000' stroke-linecap='butt'>{shape}</svg>")
        for name, shape in _STROKES.items()
    ]
    return filled + stroked
