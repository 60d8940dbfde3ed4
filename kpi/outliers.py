"""Does a figure change unlike anything before it, or unlike its neighbours?

The change on the same period of last year is held against the unit's own earlier changes,
else against the other units' in the same period, by the modified z-score
0.6745 · (x − median) ÷ MAD with x itself left out (METHOD 10; a score that counts the
tested value among its comparators can never be large in a short series). A zero spread
gives no score; a series that never changed and now does is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from statistics import median

from kpi.check_rules import Outlier
from kpi.definitions import Indicator
from kpi.observations import Observation
from kpi.periods import Period
from kpi.rounding import half_away

Figures = Mapping[tuple[str, str, str], Decimal]  # (indicator, organisation unit, period code)

_NORMAL = Decimal("0.6745")  # makes the MAD of a normal distribution its standard deviation
_HUNDRED = Decimal(100)


def modified_z(x: Decimal, comparators: Iterable[Decimal]) -> Decimal | None:
    """How far ``x`` stands from its comparators; None where they do not spread.

    >>> modified_z(Decimal(9), [Decimal(n) for n in (1, 2, 3, 4, 5)])
    Decimal('4.047')
    """
    values = list(comparators)
    middle = median(values)
    spread = median(abs(value - middle) for value in values)
    return _NORMAL * (x - middle) / spread if spread else None


def change(indicator: Indicator, now: Decimal, before: Decimal) -> Decimal | None:
    """On last year: in points for percentages, else as a part of last year's figure.

    None where last year's figure is no yardstick: nothing, or a count so small that it
    varies by chance.
    """
    if indicator.unit_of_measure.is_percent:
        return (now - before) / _HUNDRED
    if before <= 0:
        return None
    if indicator.unit_of_measure.is_count and before < indicator.thresholds.small_count:
        return None
    return now / before - 1


def unusual_change(
    rule: Outlier,
    indicator: Indicator,
    found: Observation,
    past: Comparators,
    peers: Iterable[str],
) -> dict[str, str] | None:
    """The facts of the finding; None where the change is like others or cannot be compared.

    Args:
        peers: the other organisation units of the same level.
    """
    before = past.figure(indicator.id, found.org_unit, _last_year(found.period.code))
    if found.value is None or before is None:
        return None
    x = change(indicator, found.value, before)
    if x is None:
        return None
    own = past.own_changes(indicator, found)
    others = past.peer_changes(indicator, found, peers)
    for variant, comparators in (("history", own), ("peers", others)):
        if len(comparators) < rule.comparators:
            continue
        usual = median(comparators)
        if abs(x - usual) <= _least(rule, indicator):
            continue
        score = modified_z(x, comparators)
        if score is None and variant == "history" and not any(comparators):
            return _facts(indicator, "constant", before, x, usual)
        if score is not None and abs(score) > rule.limit:
            return _facts(indicator, variant, before, x, usual)
    return None


def _least(rule: Outlier, indicator: Indicator) -> Decimal:
    percent = indicator.unit_of_measure.is_percent
    return rule.least_points / _HUNDRED if percent else rule.least_part


class Comparators:
    """Figures in force by series, read once for all figures of a form."""

    def __init__(self, figures: Figures) -> None:
        self._series: dict[tuple[str, str], dict[str, Decimal]] = {}
        for (indicator, org_unit, period), value in figures.items():
            self._series.setdefault((indicator, org_unit), {})[period] = value

    def figure(self, indicator: str, org_unit: str, period: str) -> Decimal | None:
        return self._series.get((indicator, org_unit), {}).get(period)

    def own_changes(self, indicator: Indicator, found: Observation) -> list[Decimal]:
        """Earlier changes of the unit, of quarters or of years as the figure is."""
        code = found.period.code
        series = self._series.get((indicator.id, found.org_unit), {})
        earlier = sorted(one for one in series if one < code and len(one) == len(code))
        return self._changes(indicator, [(found.org_unit, one) for one in earlier])

    def peer_changes(
        self, indicator: Indicator, found: Observation, peers: Iterable[str]
    ) -> list[Decimal]:
        """The changes of the other units in the same period."""
        return self._changes(indicator, [(unit, found.period.code) for unit in peers])

    def _changes(self, indicator: Indicator, places: Iterable[tuple[str, str]]) -> list[Decimal]:
        found: list[Decimal] = []
        for org_unit, period in places:
            now = self.figure(indicator.id, org_unit, period)
            before = self.figure(indicator.id, org_unit, _last_year(period))
            if now is not None and before is not None:
                changed = change(indicator, now, before)
                if changed is not None:
                    found.append(changed)
        return found


def _last_year(period: str) -> str:
    return Period.parse(period).same_period_last_year().code


def _facts(
    indicator: Indicator, variant: str, before: Decimal, x: Decimal, usual: Decimal
) -> dict[str, str]:
    points = "_points" if indicator.unit_of_measure.is_percent else ""
    return {
        "variant": f"{variant}{points}",
        "before": f"{before:f}",
        "change": _percent(x),
        "usual": _percent(usual),
    }


def _percent(part: Decimal) -> str:
    return f"{half_away(part * _HUNDRED, 1):f}"
