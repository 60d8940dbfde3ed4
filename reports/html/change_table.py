"""What a submission would change: old → new for every figure, as HTML (UI 8.5)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpi.changes import Change
from kpi.definitions import Definitions, Indicator, OrgUnits
from reports.html import escape
from texts import say
from texts.numbers import MISSING, number


def change_table(
    changes: Sequence[Change], definitions: Definitions, org_units: OrgUnits, lang: str
) -> str:
    """Old → new for every figure that would change, and how many stay as they are."""
    differing = [change for change in changes if change.differs]
    if differing:
        title = say("submit.change.title", lang, changed=len(differing), total=len(changes))
    else:
        title = say("submit.change.title_none", lang)
    same = say("submit.change.same", lang, count=len(changes) - len(differing))
    several = len({change.observation.org_unit for change in changes}) > 1
    rows = "".join(_change_row(c, definitions, org_units, several, lang) for c in differing)
    heads = "".join(
        f'<th scope="col" class="{css}">{escape.text(say(f"submit.change.{key}", lang))}</th>'
        for key, css in (
            ("indicator", ""), ("unit", ""), ("before", "num"), ("after", "num"), ("what", ""),
        )
    )  # fmt: skip
    table = (
        f'<table class="tbl changes"><caption class="sr">{escape.text(title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        if differing
        else ""
    )
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>'
        f'{escape.text(title)}</h2><span class="cap">{escape.text(same)}</span></div>{table}'
        "</section>"
    )


def _change_row(
    change: Change, definitions: Definitions, org_units: OrgUnits, several: bool, lang: str
) -> str:
    observation = change.observation
    indicator = definitions.indicators[observation.indicator]
    unit = org_units.units[observation.org_unit]
    name = indicator.name.get(lang) + (f" · {unit.short.get(lang)}" if several else "")
    decimals = indicator.levels[unit.level].decimals
    none_before = f'<span class="cap">{escape.text(say("submit.change.none_before", lang))}</span>'
    before = (
        none_before if change.old is None else f"<s>{figure(change.old.value, decimals, lang)}</s>"
    )
    return (
        f"<tr><td>{escape.text(name)}</td>"
        f"<td>{escape.text(indicator.unit_of_measure.name.get(lang))}</td>"
        f'<td class="num">{before}</td>'
        f'<td class="num"><span class="new">→ {figure(observation.value, decimals, lang)}</span>'
        f"</td><td>{escape.text(what_changed(change, indicator, decimals, lang))}</td></tr>"
    )


def figure(value: Decimal | None, decimals: int, lang: str) -> str:
    """A figure as it is printed; one that is not available says so."""
    if value is None:
        return escape.text(say("submit.change.no_value", lang))
    return escape.text(number(value, decimals, lang))


def what_changed(change: Change, indicator: Indicator, decimals: int, lang: str) -> str:
    """New, or corrected by how much."""
    if change.is_new:
        return say("submit.change.new", lang)
    difference = change.difference
    text = MISSING if difference is None else number(difference, decimals, lang, signed=True)
    return say("submit.change.corrected", lang, difference=text)
