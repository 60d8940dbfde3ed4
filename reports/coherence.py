"""Parts and wholes of a period for the doors: gathered, worded, as a document.

What a gap is and who carries it says ``kpi.coherence``; screens, papers and the command
line word it here, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from kpi.coherence import Carried, Gap, Whole, gaps
from kpi.definitions import Definitions, OrgUnits
from kpi.observations import Known
from kpi.periods import Period
from kpi.rounding import half_away
from reports.html.strip import in_sentence
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
    unit: str
    whole: str
    parts: str
    difference: str
    carrier: str
    gap: Gap

    @property
    def apart(self) -> bool:
        """Whole and parts differ as they are printed, or by more than is allowed."""
        return bool(self.carrier) or self.gap.beyond


@dataclass(frozen=True)
class Compared:
    """All that was held against each other, as a list for screens and papers."""

    agree: str  # "3 of 14 comparisons agree."; "" where none does
    rows: tuple[Line, ...]
    rules: tuple[str, ...]  # how the rows are meant


def compared(found: Sequence[Gap], words: Words) -> Compared:
    """Rows: all that is apart, and the province's own also where it agrees; of the districts'
    structures what agrees is only counted."""
    lines = [line(gap, words) for gap in found]
    province = words.org_units.province.code
    rows = tuple(one for one in lines if one.apart or one.gap.org_unit == province)
    return Compared(_how_many_agree(lines, words.lang), rows, tuple(_rules(rows, words)))


def _how_many_agree(lines: Sequence[Line], lang: str) -> str:
    even, count = sum(not one.apart for one in lines), len(lines)
    if not even:
        return ""
    return say(f"coherence.{'all' if even == count else 'some'}_even", lang, even=even, count=count)


def _rules(rows: Sequence[Line], words: Words) -> Iterator[str]:
    """Only what is needed for these rows."""
    kinds = {one.gap.kind for one in rows}
    if any(one.apart and one.gap.kind is not Whole.GROWTH for one in rows):
        yield say("coherence.rule", words.lang)
    if Whole.GROWTH in kinds:
        yield say("coherence.growth_rule", words.lang)
    if Whole.DISTRICTS in kinds:
        tolerance = number(100 * words.definitions.reconcile_tolerance, 1, words.lang)
        yield say("coherence.beyond", words.lang, tolerance=tolerance)


def line(gap: Gap, words: Words) -> Line:
    lang, decimals = words.lang, _decimals(gap, words)
    return Line(
        name=_name(gap, words),
        unit=_unit(gap, words),
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


def _unit(gap: Gap, words: Words) -> str:
    return words.definitions.indicators[gap.indicator].unit_of_measure.label.get(words.lang)


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
    if not half_away(gap.difference, decimals):
        return ""
    if gap.kind is Whole.GROWTH:
        return _growth_carrier(gap, decimals, words)
    found = gap.carrier
    if found is None:
        return ""
    name = who(found, words)
    if found.value is None:
        return say("coherence.missing", words.lang, name=name)
    places = max(1, decimals)
    if gap.kind is Whole.SHARES:
        amount = points(found.amount, places, words.lang)
    else:
        amount = f"{number(found.amount, places, words.lang, signed=True)} {_unit(gap, words)}"
    return say("coherence.carrier", words.lang, name=name, amount=amount)


def _growth_carrier(gap: Gap, decimals: int, words: Words) -> str:
    """Whom to ask about what growth leaves over; where that is nobody, what it implies."""
    lang, found = words.lang, gap.carrier
    if gap.implied is None or gap.unmeasured is None:
        return say("coherence.nobody", lang)
    taxes = words.definitions.indicators[gap.unmeasured].short.get(lang)
    implied = percent(gap.implied, 1, lang, signed=True)
    facts = {"taxes": in_sentence(taxes), "implied": implied}
    if not gap.beyond:
        return say("coherence.growth_fits", lang, **facts)
    if found is None:
        return say("coherence.growth_apart", lang, **facts)
    departs = points(-found.amount, decimals, lang)
    return say("coherence.growth_who", lang, name=who(found, words), amount=departs, **facts)


def who(found: Carried, words: Words) -> str:
    """The short name of a unit, or of an indicator."""
    unit = words.org_units.units.get(found.who)
    named = words.definitions.indicators[found.who] if unit is None else unit
    return named.short.get(words.lang)


# --- as a document -----------------------------------------------------------------------


def as_document(found: tuple[Gap, ...], definitions: Definitions) -> list[dict[str, Any]]:
    """For programs: figures are decimal strings."""
    indicators = definitions.indicators
    return [
        {
            "kind": gap.kind.value,
            "indicator": gap.indicator,
            "org_unit": gap.org_unit,
            "unit": indicators[gap.indicator].unit_of_measure.id,
            "whole": format(gap.whole, "f"),
            "parts": format(gap.parts, "f"),
            "difference": format(gap.difference, "f"),
            "beyond": gap.beyond,
            "carrier": None if gap.carrier is None else gap.carrier.who,
            "carried": [_carried(one) for one in gap.carried],
            "missing": list(gap.missing),
            "implied": None if gap.implied is None else format(round(gap.implied, 6), "f"),
        }
        for gap in found
    ]


def _carried(one: Carried) -> dict[str, str | None]:
    value = None if one.value is None else format(one.value, "f")
    return {"who": one.who, "amount": format(round(one.amount, 6), "f"), "value": value}
