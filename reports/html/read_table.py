"""Every figure that was read out of a workbook, beside what stood in its cell, as HTML.

A preview before anything is sent: what a cell said and what it was taken for. What would
change is ``change_table``'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpi.changes import Change
from kpi.definitions import Definitions, OrgUnits
from reports.html import escape
from reports.html.change_table import figure
from reports.html.findings_table import address
from texts import say

_COLUMNS = (
    ("cell", ""), ("indicator", ""), ("org_unit", ""), ("unit", ""), ("stood", "num"),
    ("read", "num"), ("note", ""),
)  # fmt: skip


def read_table(
    changes: Sequence[Change], definitions: Definitions, org_units: OrgUnits, lang: str
) -> str:
    """All figures in the order of the form, folded: most readers trust the findings."""
    several = len({one.observation.org_unit for one in changes}) > 1
    columns = [one for one in _COLUMNS if several or one[0] != "org_unit"]
    heads = "".join(
        f'<th scope="col" class="{css}">{escape.text(say(f"submit.read.{key}", lang))}</th>'
        for key, css in columns
    )
    rows = "".join(_row(one, definitions, org_units, several, lang) for one in changes)
    title = escape.text(say("submit.read.title", lang, count=len(changes)))
    return (
        f'<details class="card flush read" lang="{lang}"><summary>{title}</summary>'
        f'<div class="scroll"><table class="tbl figures">'
        f'<caption class="sr">{title}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _row(
    change: Change, definitions: Definitions, org_units: OrgUnits, several: bool, lang: str
) -> str:
    stated = change.observation
    indicator = definitions.indicators[stated.indicator]
    unit = org_units.units[stated.org_unit]
    decimals = indicator.decimals_at(unit.level)
    whose = f"<td>{escape.text(unit.short.get(lang))}</td>" if several else ""
    return (
        f"<tr><td>{address(stated.at, lang)}</td>"
        f"<td>{escape.text(indicator.name.get(lang))}</td>{whose}"
        f"<td>{escape.text(indicator.unit_of_measure.name.get(lang))}</td>"
        f'<td class="num">{escape.text(stated.raw)}</td>'
        f'<td class="num found">{figure(stated.value, decimals, lang)}</td>'
        f"<td>{escape.text(stated.note)}</td></tr>"
    )
