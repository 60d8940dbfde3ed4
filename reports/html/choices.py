"""Selects beside a title: a form that asks for an address, so it works without a script.

The browser's own select: it is there with the first look, a telephone shows its own list,
and the keyboard and screen readers know it. The page's script follows a choice at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.html import escape


@dataclass(frozen=True)
class Choice:
    """One select: its parameter of the address, its label, the options by value."""

    parameter: str
    label: str
    options: Mapping[str, str]
    chosen: str

    def html(self) -> str:
        options = "".join(
            f'<option value="{escape.text(value)}"{" selected" if value == self.chosen else ""}>'
            f"{escape.text(name)}</option>"
            for value, name in self.options.items()
        )
        return (
            f'<label><span class="sr">{escape.text(self.label)}</span>'
            f'<select name="{escape.text(self.parameter)}">{options}</select></label>'
        )


def form(path: str, wanted: Iterable[Choice], kept: Mapping[str, str | None], lang: str) -> str:
    """The form; ``kept`` is the rest of the address, which stays as it is."""
    rest = "".join(
        f'<input type="hidden" name="{escape.text(name)}" value="{escape.text(value)}">'
        for name, value in kept.items()
        if value
    )
    return (
        f'<form class="choices" action="{escape.text(path)}" method="get" lang="{lang}">'
        f"{rest}{''.join(one.html() for one in wanted)}</form>"
    )
