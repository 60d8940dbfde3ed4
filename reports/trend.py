"""The figures a row's sparkline runs through, and the plan they may be held against (UI 6.2).

A row that is judged after a conversion of basis shows its earlier figures converted too, each
with the product taxes of its own period: its line ends at the value printed beside it. What
stands on another basis, or cannot be converted, leaves a gap; two bases never share a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.case import without_taxes
from kpi.definitions import Indicator, Measure
from kpi.judgement import Assessment
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Target
from reports.tables import Histories, History, Key

PERIODS_SHOWN = 7


@dataclass(frozen=True)
class Trend:
    """Periods, oldest first, each with its figure; None is a gap.

    ``target`` is None where the figures cannot be held against it: earlier to-date figures
    of a flow are not meant to reach the year's plan, and a plan on another basis would be
    drawn at a wrong height.
    """

    periods: tuple[Period, ...]
    shown: tuple[Known | None, ...]
    target: Target | None


def trend(assessment: Assessment, indicator: Indicator, past: Histories) -> Trend:
    """The last seven periods of one row, those reported before it and its own."""
    history = past.get(Key(assessment.indicator, assessment.org_unit), {})
    periods = last_periods(assessment.observation_period, PERIODS_SHOWN)
    shown = [history.get(period) for period in periods]
    if assessment.value is None:
        shown[-1] = None
    target = assessment.target
    if target is not None and assessment.original is not None:
        taxes = _taxes(assessment, indicator, past)
        shown = [_converted(known, taxes, target.basis) for known in shown]
    basis = next((known.basis for known in reversed(shown) if known is not None), None)
    shown = [known if known is not None and known.basis == basis else None for known in shown]
    comparable = target is not None and basis in (None, target.basis)
    held = target if comparable and indicator.measure is not Measure.FLOW else None
    return Trend(tuple(periods), tuple(shown), held)


def last_periods(period: Period, count: int) -> list[Period]:
    """``period`` and those reported before it, oldest first."""
    found = [period]
    while len(found) < count:
        found.append(found[-1].previous())
    return found[::-1]


def waiting(shown: Sequence[Known | None]) -> list[bool]:
    """Which of the figures nobody has decided on yet."""
    return [known is not None and known.unapproved for known in shown]


def _taxes(assessment: Assessment, indicator: Indicator, past: Histories) -> History:
    rule = indicator.conversion
    return past.get(Key(rule.product_taxes, assessment.org_unit), {}) if rule else {}


def _converted(known: Known | None, taxes: History, basis: str) -> Known | None:
    if known is None or known.basis == basis:
        return known
    return without_taxes(known, taxes.get(known.period), basis)
