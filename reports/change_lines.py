"""What changed, as words: one line for every figure and target, on screen and in files.

The definitions of the plan year that a change belongs to name and round it, so that a
change of 2018 reads the same when 2019 is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kpi.definitions import Indicator, OrgUnit, OrgUnits
from kpi.ledger import Changed, TargetChanged, Vintage
from kpi.periods import Period
from kpi.plan_years import DefinitionsOf
from kpi.rounding import half_away
from kpi.targets import Target, TargetKind
from texts import say
from texts.numbers import number, period_name, range_text

Change = Changed | TargetChanged


@dataclass(frozen=True)
class ChangeLine:
    """One change in words; ``old`` and ``new`` are the figures behind ``before`` and ``after``."""

    act: str
    indicator: str
    unit: str
    unit_of_measure: str
    period: str
    before: str
    after: str
    kind: str  # of the figure: estimated, provisional, final
    at: datetime
    by: str
    sent_by: str
    version: str
    cell: str
    why: str
    old: Decimal | None = None
    new: Decimal | None = None
    of_target: bool = False  # whose words say more than a figure


def lines(
    changes: Iterable[Change], definitions: DefinitionsOf, org_units: OrgUnits, lang: str
) -> list[ChangeLine]:
    """The changes in words, in their order."""
    return [_line(one, definitions, org_units, lang) for one in changes]


def _line(change: Change, definitions: DefinitionsOf, org_units: OrgUnits, lang: str) -> ChangeLine:
    if isinstance(change, TargetChanged):
        return _of_target(change, definitions, org_units, lang)
    indicator_id, code, period = change.cell
    indicator = definitions.of(period).indicators.get(indicator_id)
    unit = org_units.units.get(code)
    decimals = _decimals(indicator, unit)
    stated = change.new or change.old
    return ChangeLine(
        act=say(f"changes.kind.{change.kind}", lang),
        indicator=indicator.name.get(lang) if indicator else indicator_id,
        unit=unit.short.get(lang) if unit else code,
        unit_of_measure=indicator.unit_of_measure.name.get(lang) if indicator else "",
        period=period_name(Period.parse(period), lang, "short"),
        before=_value(change.old, decimals, lang),
        after=_value(change.new, decimals, lang),
        kind=say(f"kind.{change.new.status}", lang) if change.new else "",
        at=change.at,
        by=change.by,
        sent_by=stated.sent_by if stated else "",
        version=f"v{stated.revision}" if stated else "",
        cell=f"{stated.sheet}!{stated.address}" if stated else "",
        why=change.why,
        old=_rounded(change.old, decimals),
        new=_rounded(change.new, decimals),
    )


def _of_target(
    change: TargetChanged, definitions: DefinitionsOf, org_units: OrgUnits, lang: str
) -> ChangeLine:
    target = change.new or change.old
    assert target is not None  # one of them is what has changed
    indicator = definitions.of(str(target.year)).indicators.get(target.indicator)
    unit = org_units.units.get(target.org_unit)
    return ChangeLine(
        act=say(f"changes.kind.{change.kind}", lang),
        indicator=indicator.name.get(lang) if indicator else target.indicator,
        unit=unit.short.get(lang) if unit else target.org_unit,
        unit_of_measure=indicator.unit_of_measure.name.get(lang) if indicator else "",
        period=period_name(Period(target.year), lang),
        before=say("changes.none", lang) if change.old is None else plan_text(change.old, lang),
        after=say("changes.none", lang) if change.new is None else plan_text(change.new, lang),
        kind="",
        at=change.at,
        by=change.by,
        sent_by="",
        version="",
        cell="",
        why=change.decision or (change.new.document if change.new else ""),
        of_target=True,
    )


def plan_text(target: Target, lang: str) -> str:
    """What a target asks for, in words that fit a cell: "≥ 269", "8 – 8,5"."""
    if target.kind is TargetKind.BELOW_PREVIOUS:
        return say("overview.plan_previous", lang)
    return range_text(target.edges.low, target.edges.high, lang)


def _decimals(indicator: Indicator | None, unit: OrgUnit | None) -> int | None:
    rule = indicator.levels.get(unit.level) if indicator and unit else None
    return rule.decimals if rule else None


def _rounded(vintage: Vintage | None, decimals: int | None) -> Decimal | None:
    value = vintage.value if vintage else None
    return value if value is None or decimals is None else half_away(value, decimals)


def _value(vintage: Vintage | None, decimals: int | None, lang: str) -> str:
    if vintage is None:
        return say("changes.none", lang)
    if vintage.value is None:
        return say(f"kind.{vintage.status}", lang)
    return number(vintage.value, decimals or 0, lang)
