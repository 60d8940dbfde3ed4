"""Colours of the figures, taken from the one list of tokens.

The rest of the page lets ``light-dark()`` follow the theme. Plotly draws on the server's
orders and needs the hex values themselves; the page says which theme is on.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.html import tokens

_CONE = {"light": 0.14, "dark": 0.16}  # UI 7: 12 to 16 % of the actual's colour


@dataclass(frozen=True)
class Palette:
    """What a figure may use; status colours are not among it."""

    surface: str
    ink: str
    ink2: str
    ink3: str
    line: str
    ac: str  # thực hiện; text on it is ``surface``
    py: str  # cùng kỳ
    band: str  # plan zone
    bande: str  # its edges
    pace: str
    cone: str  # the forecast's spread


def palette(theme: str | None) -> Palette:
    """The palette of a theme as Streamlit names it; light when it does not know."""
    name = "dark" if theme == "dark" else "light"
    colours = tokens.palette(name)
    own = {key: colours[key] for key in Palette.__dataclass_fields__ if key != "cone"}
    return Palette(**own, cone=rgba(colours["ac"], _CONE[name]))


def hatched(colours: Palette) -> dict[str, object]:
    """The bar of a forecast (UI 7)."""
    return {
        "color": colours.surface,
        "line": {"color": colours.ac, "width": 1},
        "pattern": {"shape": "/", "size": 6, "solidity": 0.25, "fgcolor": colours.ac,
                    "bgcolor": colours.surface},
    }  # fmt: skip


def rgba(colour: str, alpha: float) -> str:
    """A hex colour with transparency, as Plotly reads it."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
