"""The colours of UI 3.1, light and dark, as CSS variables.

Kept as data so that a test can recompute every contrast. ``light-dark()`` follows the
reader's choice of theme without Python knowing it; browsers without it get the light
values. Charts drawn by Plotly take their palette from here as well.
"""

from __future__ import annotations

from collections.abc import Mapping

# token: (light, dark)
COLOURS: Mapping[str, tuple[str, str]] = {
    "bg": ("#F6F7F9", "#10161D"),
    "surface": ("#FFFFFF", "#19222C"),
    "sunk": ("#EFF2F5", "#141B23"),
    "ink": ("#17212B", "#E9EEF3"),
    "ink2": ("#46525F", "#B4BEC9"),
    "ink3": ("#5F6B78", "#93A0AD"),
    "line": ("#E3E7EC", "#2A3540"),
    "line2": ("#C9D0D8", "#3A4652"),
    "brand": ("#24427E", "#9DB8F2"),
    "brands": ("#E8EDF7", "#1F2C46"),
    "ac": ("#2B3948", "#D3DBE3"),
    "py": ("#8794A1", "#6B7885"),
    "track": ("#E9EDF1", "#2A343F"),
    "band": ("#C9DCF3", "#274667"),
    "bande": ("#4F78B3", "#77A8E2"),
    "tick": ("#17212B", "#FFFFFF"),
    "pace": ("#8A5A9E", "#D3A9E6"),
    "met": ("#006B4F", "#4CC9A7"),
    "mets": ("#DFF2EB", "#12332C"),
    "on": ("#1D5FA6", "#7DB5F5"),
    "ons": ("#E4EEF9", "#16304D"),
    "risk": ("#855B00", "#F0B354"),
    "risks": ("#FBF0D3", "#3A2A0E"),
    "off": ("#A8123E", "#FF8A80"),
    "offs": ("#FBE4EA", "#46191B"),
    "nd": ("#56616D", "#A0ABB7"),
    "nds": ("#EDF0F3", "#242E38"),
    # The sequential scale of heat map and tile map: more is further from the page's colour,
    # and each step has the colour of the text upon it.
    "q1": ("#D9E6F5", "#1C3450"),
    "q2": ("#AFCBEA", "#28517E"),
    "q3": ("#6F9FD3", "#3F78B8"),
    "q4": ("#2E6DAF", "#77AEE8"),
    "q5": ("#123F72", "#C3DEFA"),
    "q1t": ("#17212B", "#E9EEF3"),
    "q2t": ("#17212B", "#E9EEF3"),
    "q3t": ("#0B1A2A", "#FFFFFF"),
    "q4t": ("#FFFFFF", "#08131F"),
    "q5t": ("#FFFFFF", "#08131F"),
}


def palette(theme: str) -> dict[str, str]:
    """The colours of one theme by name, for charts: ``"light"`` or ``"dark"``."""
    index = 1 if theme == "dark" else 0
    return {name: pair[index] for name, pair in COLOURS.items()}


def variables(used_in: str | None = None) -> str:
    """The CSS that declares every token, or those that some rules use."""
    wanted = {
        name: pair for name, pair in COLOURS.items() if used_in is None or f"(--{name})" in used_in
    }
    both = "".join(f"--{n}:light-dark({light},{dark});" for n, (light, dark) in wanted.items())
    light_only = "".join(f"--{n}:{light};" for n, (light, _) in wanted.items())
    return (
        f":root,.stApp{{{both}}}"
        "@supports not (color:light-dark(#000,#fff)){"
        f":root,.stApp{{{light_only}}}}}"
    )
