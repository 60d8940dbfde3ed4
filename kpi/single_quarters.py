"""Figures of a single quarter where to-date ones are asked for.

Recognised by the heading of the column, or by the shape of the form: when most to-date
figures fall below the quarter before, nobody has corrected them all at once. It is asked,
never assumed; once the sender confirms, ``added_up`` makes to-date figures of them, and
every sum is said beside its cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from kpi.definitions import Measure
from kpi.finding_codes import FindingCode
from kpi.finding_facts import in_both
from kpi.findings import Finding
from kpi.observations import Known, Observation
from kpi.submissions import CheckContext
from kpi.text import bare

_SINGLE = ("trong quy", "rieng quy", "thuc hien quy")
_TO_DATE = ("luy ke", "tu dau nam", "cong don")


def names_a_quarter(heading: str) -> bool:
    """Does the column's heading ask for the quarter alone? "Thực hiện trong quý III"."""
    words = bare(heading)
    return any(one in words for one in _SINGLE) and not any(one in words for one in _TO_DATE)


def falling(
    stated: Iterable[Observation], context: CheckContext
) -> list[tuple[Observation, Known]]:
    """To-date figures below an earlier quarter of their year, each with that quarter's."""
    pairs = ((one, _before(one, context)) for one in stated)
    return [
        (one, before)
        for one, before in pairs
        if before is not None
        and before.value is not None
        and one.value is not None
        and one.value < before.value
    ]


def by_shape(
    stated: Iterable[Observation], context: CheckContext, *, at_least: int, share: Decimal
) -> list[Observation]:
    """The cells that fall, if they are so many that the whole form must be meant."""
    asked = [
        one
        for one in stated
        if one.value is not None and (before := _before(one, context)) is not None and before.value
    ]
    cells = [one for one, _ in falling(asked, context)]
    enough = len(cells) >= at_least and len(cells) > share * len(asked)
    return cells if enough else []


def added_up(
    stated: Iterable[Observation], context: CheckContext
) -> tuple[list[Observation], list[Finding]]:
    """To-date figures out of the quarter's own: the quarter before, plus what was added.

    A figure whose quarter before is not known cannot be added up: an error at its cell.
    """
    kept: list[Observation] = []
    findings: list[Finding] = []
    for one in stated:
        if not _accumulates(one, context) or one.value is None or one.period.quarter == 1:
            kept.append(one)
            continue
        before = _before(one, context)
        facts = in_both("indicator", context.definitions.indicators[one.indicator].name)
        facts |= {"period": one.period.previous().code}
        if before is None or before.value is None:
            findings.append(_about(one, FindingCode.NO_EARLIER_QUARTER, facts))
            continue
        total = before.value + one.value
        kept.append(replace(one, value=total))
        facts |= {"value": f"{one.value:f}", "earlier": f"{before.value:f}", "sum": f"{total:f}"}
        findings.append(_about(one, FindingCode.ADDED_UP, facts))
    return kept, findings


def _accumulates(one: Observation, context: CheckContext) -> bool:
    indicator = context.definitions.indicators[one.indicator]
    return indicator.measure is Measure.FLOW and one.period.quarter > 0


def _before(one: Observation, context: CheckContext) -> Known | None:
    """The to-date figure of the quarter before; none for Q1 and for what does not add up."""
    if not _accumulates(one, context) or one.period.quarter == 1:
        return None
    code = one.period.previous().code
    return context.in_force.get((one.indicator, one.org_unit, code))


def _about(one: Observation, code: FindingCode, facts: dict[str, str]) -> Finding:
    return Finding(
        code=code,
        severity=code.severity,
        at=one.at,
        found=one.raw,
        indicator=one.indicator,
        org_unit=one.org_unit,
        facts=facts,
    )
