"""What changed since a day, as an HTML table: old → new, who approved it when, and why."""

from __future__ import annotations

from datetime import tzinfo

import pandas as pd

from kpi.definitions import Definitions, OrgUnits
from kpi.periods import Period
from reports.html import escape
from texts import say
from texts.numbers import moment_text, number, period_name

_HEADS = ("indicator", "unit", "period", "before", "after", "approved", "source", "why")
_LISTED = 300


def change_list(
    frame: pd.DataFrame, definitions: Definitions, org_units: OrgUnits, zone: tzinfo, lang: str
) -> str:
    """The rows of ``store.series.changes``, newest first; the first few hundred of them."""
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"changes.{head}", lang))}</th>' for head in _HEADS
    )
    shown = frame.head(_LISTED).itertuples(index=False)
    rows = "".join(_row(row, definitions, org_units, zone, lang) for row in shown)
    count = escape.text(
        say("changes.count", lang, count=len(frame), shown=min(len(frame), _LISTED))
    )
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>{count}</h2></div>'
        f'<table class="tbl changes"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</section>"
    )


def _row(
    row: object, definitions: Definitions, org_units: OrgUnits, zone: tzinfo, lang: str
) -> str:
    values = row._asdict()  # type: ignore[attr-defined]  # a row of itertuples
    indicator = definitions.indicators.get(values["indicator"])
    unit = org_units.units.get(values["org_unit"])
    decimals = indicator.levels[unit.level].decimals if indicator and unit else 0
    none = escape.text(say("changes.none", lang))
    before, after = (
        none if values[name] is None else escape.text(number(values[name], decimals, lang))
        for name in ("old", "value")
    )
    kind = say(f"kind.{values['status']}", lang)
    approved = f"{moment_text(values['approved_at'].astimezone(zone))} · {values['approved_by']}"
    cells = (
        escape.text(indicator.name.get(lang) if indicator else values["indicator"]),
        escape.text(unit.short.get(lang) if unit else values["org_unit"]),
        escape.text(period_name(Period.parse(values["period"]), lang, "short")),
        f"<s>{before}</s>",
        f'<span class="new">{after}</span> {escape.text(kind)}',
        escape.text(approved),
        f'v{values["revision"]} <code class="cell">'
        f"{escape.text(values['sheet'])}!{escape.text(values['cell'])}</code>",
        escape.text(values["note"]),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
