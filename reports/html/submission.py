"""What frames the screen where a workbook is submitted: the four steps, the filling rules.

What the check found, what would change and the receipts have modules of their own
(``findings_table``, ``change_table``, ``receipt_list``). Uploading and storing are not here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.html import escape
from reports.html.glyphs import glyph
from texts import say

STEPS = ("template", "file", "check", "confirm")


def stepper(current: int, notes: Sequence[str], lang: str) -> str:
    """The four steps; ``current`` counts from 0, 4 means all done; one note per step."""
    cells = []
    for index, (name, note) in enumerate(zip(STEPS, notes, strict=True)):
        state = "done" if index < current else "current" if index == current else "future"
        mark = glyph("met") if state == "done" else str(index + 1)
        aria = ' aria-current="step"' if state == "current" else ""
        cells.append(
            f'<li class="step {state}"{aria}><span class="no">{mark}</span>'
            f"<span><b>{escape.text(say(f'submit.step.{name}', lang))}</b>"
            f'<span class="sr"> ({escape.text(say(f"submit.step.state_{state}", lang))})</span>'
            f"<small>{escape.text(note)}</small></span></li>"
        )
    label = escape.text(say("submit.step.label", lang))
    return (
        f'<ol class="stepper" lang="{lang}" aria-label="{label}">{"".join(cells)}</ol>'
        f"{_spoken(current, notes, lang)}"
    )


def _spoken(current: int, notes: Sequence[str], lang: str) -> str:
    """For ears only: where the whole stands, said again whenever that changes."""
    at = min(current, len(STEPS) - 1)
    said = f"{say(f'submit.step.{STEPS[at]}', lang)}: {notes[at]}"
    return f'<p class="sr" role="status" lang="{lang}">{escape.text(said)}</p>'


def filling_rules(lang: str) -> str:
    """The four rules that prevent most findings."""
    rules: Mapping[str, str] = {
        name: f"{name}_how" for name in ("decimals", "thousands", "missing", "keep")
    }
    rows = "".join(
        f"<dt>{escape.text(say(f'submit.rule.{name}', lang))}</dt>"
        f"<dd>{escape.text(say(f'submit.rule.{how}', lang))}</dd>"
        for name, how in rules.items()
    )
    title = escape.text(say("submit.rules", lang))
    return f'<section class="card rules" lang="{lang}"><h2>{title}</h2><dl>{rows}</dl></section>'
