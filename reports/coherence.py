"""Parts and wholes of a period for the doors: gathered, worded, as a document.

What a gap is and who carries it says ``kpi.coherence``; screens, papers and the command
line word it here, so that they say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from kpi.coherence import Carried, Gap, Whole, gaps
from kpi.definitions import Definitions, OrgUnits
from kpi.observations import Known
from kpi.periods import Period
from kpi.rounding import half_away
from reports.wording import Words
from store import series
from store.engine import Session
from store.series import known
from texts import say
from texts.numbers import number, percent, points


def coherence(
    values: pd.DataFrame, definitions: Definitions, org_units: OrgUnits, period: Period
) -> tuple[Gap, ...]:
    """The gaps of a period.

    Args:
        values: as ``store.series.values`` gives them, of the period and the year before.
    """
    before = period.same_period_last_year()
    return gaps(definitions, org_units, _at(values, period), _at(values, before))


def wholes_of(session: Session, period: Period, as_of: datetime | None) -> pd.DataFrame:
    """The values that ``coherence`` looks at."""
    both = (period, period.same_period_last_year())
    codes = [code for one in both for code in (one.code, one.at_quarter(0).code)]
    return series.values(session, periods=codes, as_of=as_of)


def _at(values: pd.DataFrame, period: Period) -> dict[tuple[str, str], Known]:
    """By (indicator, organisation unit), annual figures with the last quarter."""
    codes = [period.code, *([period.at_quarter(0).code] if period.quarter == 4 else [])]
    found = known(values[values["period"].isin(codes)])
    return {(indicator, unit): value for (indicator, unit, _), value in found.items()}


# --- in words ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A gap as a row: what is compared, the figures, who carries it ("" where they agree)."""

    name: str
    whole: str
    parts: str
    difference: str
    carrier: str
    gap: Gap


def line(gap: Gap, words: Words) -> Line:
    lang, decimals = words.lang, _decimals(gap, words)
    return Line(
        name=_name(gap, words),
        whole=number(gap.whole, decimals, lang),
        parts=number(gap.parts, decimals, lang),
        difference=_difference(gap, decimals, words),
        carrier=_carrier(gap, decimals, words),
        gap=gap,
    )


def _decimals(gap: Gap, words: Words) -> int:
    """Those of the indicator; of shares as many as tell a gap from none, at most three."""
    unit = words.org_units.units[gap.org_unit]
    own = words.definitions.indicators[gap.indicator].decimals_at(unit.level)
    exponent = gap.difference.normalize().as_tuple().exponent
    if gap.kind is Whole.GROWTH or not isinstance(exponent, int):
        return own
    return max(own, min(3, -exponent))


def _name(gap: Gap, words: Words) -> str:
    lang = words.lang
    return say(
        f"coherence.name.{gap.kind.value}",
        lang,
        indicator=words.definitions.indicators[gap.indicator].short.get(lang),
        unit=words.org_units.units[gap.org_unit].short.get(lang),
    )


def _difference(gap: Gap, decimals: int, words: Words) -> str:
    if not half_away(gap.difference, decimals):
        return say("coherence.agrees", words.lang)
    if gap.kind is not Whole.DISTRICTS:
        return points(gap.difference, decimals, words.lang)
    said = number(gap.difference, decimals, words.lang, signed=True)
    if not gap.whole:
        return said
    return f"{said} ({percent(100 * abs(gap.difference / gap.whole), 1, words.lang)})"


def _carrier(gap: Gap, decimals: int, words: Words) -> str:
    found = gap.carrier
    if found is None or not half_away(gap.difference, decimals):
        return ""
    name = who(found, words)
    if gap.kind is Whole.GROWTH:
        return name
    if found.value is None:
        return say("coherence.missing", words.lang, name=name)
    amount = number(found.amount, max(1, decimals), words.lang, signed=True)
    return say("coherence.carrier", words.lang, name=name, amount=amount)


def who(found: Carried, words: Words) -> str:
    """The short name of a unit, or of an indicator."""
    unit = words.org_units.units.get(found.who)
    named = words.definitions.indicators[found.who] if unit is None else unit
    return named.short.get(words.lang)


# --- as a document -----------------------------------------------------------------------


def as_document(found: tuple[Gap, ...]) -> list[dict[str, Any]]:
    """For programs: figures are decimal strings."""
    return [
        {
            "kind": gap.kind.value,
            "indicator": gap.indicator,
            "org_unit": gap.org_unit,
            "whole": format(gap.whole, "f"),
            "parts": format(gap.parts, "f"),
            "difference": format(gap.difference, "f"),
            "beyond": gap.beyond,
            "carrier": None if gap.carrier is None else gap.carrier.who,
            "carried": [_carried(one) for one in gap.carried],
            "missing": list(gap.missing),
        }
        for gap in found
    ]


def _carried(one: Carried) -> dict[str, str | None]:
    value = None if one.value is None else format(one.value, "f")
    return {"who": one.who, "amount": format(round(one.amount, 6), "f"), "value": value}
