"""Can it be true? The questions of METHOD 10 that need more than one figure.

Every rule is a small generator over a ``Case``: what the form states, laid over what is
in force, beside the plan and the unit's past. A rule finds and decides nothing; how
severe its finding is stands in the definitions. Outliers are in ``kpi.outliers``,
figures of single quarters in ``kpi.single_quarters``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpi.check_rules import (
    BetweenParts,
    CheckRule,
    FallsWithinYear,
    Outlier,
    Reconcile,
    Scale,
    ShareSum,
    SingleQuarters,
)
from kpi.definitions import Definitions, Indicator, OrgUnits
from kpi.finding_codes import FindingCode
from kpi.finding_facts import in_both
from kpi.findings import Finding, Severity
from kpi.observations import Known, Observation
from kpi.outliers import Comparators, unusual_change
from kpi.periods import Period
from kpi.reconcile import computed_beside, reconcile
from kpi.single_quarters import by_shape, falling, names_a_quarter
from kpi.submissions import CheckContext

_WHOLE = Decimal(100)


@dataclass(frozen=True)
class Case:
    """What a form states, and what it is held against."""

    period: Period
    stated: tuple[Observation, ...]
    context: CheckContext
    heading: str = ""  # of the column the figures stand in

    @property
    def definitions(self) -> Definitions:
        return self.context.definitions

    @property
    def org_units(self) -> OrgUnits:
        return self.context.org_units

    def indicator(self, observation: Observation) -> Indicator:
        return self.definitions.indicators[observation.indicator]

    def figures(self, org_unit: str, period: Period) -> dict[str, Decimal]:
        """The unit's figures once the form is accepted, by indicator."""
        known = {
            indicator: one.value
            for (indicator, unit, code), one in self.context.in_force.items()
            if unit == org_unit and code == period.code and one.value is not None
        }
        return known | {
            one.indicator: one.value
            for one in self.stated
            if one.org_unit == org_unit and one.period == period and one.value is not None
        }

    def about(
        self, found: Observation, code: FindingCode, severity: Severity, facts: Mapping[str, str]
    ) -> Finding:
        """A finding at the figure's cell, with the names its sentence needs."""
        names = in_both("indicator", self.indicator(found).name)
        unit = in_both("unit", self.org_units.units[found.org_unit].short)
        value = {} if found.value is None else {"value": f"{found.value:f}"}
        return Finding(
            code=code,
            severity=severity,
            at=found.at,
            found=found.raw,
            indicator=found.indicator,
            org_unit=found.org_unit,
            facts=names | unit | value | dict(facts),
        )


def ask(rules: Iterable[CheckRule], case: Case) -> list[Finding]:
    """Ask every declared question; findings in the order of the rules."""
    found = [finding for rule in rules for finding in _QUESTIONS[type(rule)](rule, case)]
    if any(one.code == FindingCode.SINGLE_QUARTERS for one in found):  # says it once for all
        found = [one for one in found if one.code != FindingCode.FALLS_WITHIN_YEAR]
    return found


def falls_within_year(rule: FallsWithinYear, case: Case) -> Iterator[Finding]:
    for found, earlier in falling(case.stated, case.context):
        facts = {"earlier": f"{earlier.value:f}", "period": earlier.period.code}
        yield case.about(found, FindingCode.FALLS_WITHIN_YEAR, rule.severity, facts)


def single_quarters(rule: SingleQuarters, case: Case) -> Iterator[Finding]:
    if case.context.single_quarters:
        return  # the sender has said so, and the figures were added up
    cells = by_shape(case.stated, case.context, at_least=rule.at_least, share=rule.share)
    by_heading = case.heading if names_a_quarter(case.heading) else ""
    if not cells and not by_heading:
        return
    variant = {"variant": "heading"} if by_heading else {"count": str(len(cells))}
    at = (cells or case.stated or (None,))[0]
    yield Finding(
        code=FindingCode.SINGLE_QUARTERS,
        severity=rule.severity,
        at=at.at if at else None,
        found=by_heading,
        facts=variant | {"period": case.period.code},
    )


def share_sum(rule: ShareSum, case: Case) -> Iterator[Finding]:
    """The sum on the statistics' own basis, product taxes being a share like the others."""
    groups: dict[tuple[str, str, Period], list[Observation]] = {}
    for one in case.stated:
        if group := case.indicator(one).share_group:
            groups.setdefault((group, one.org_unit, one.period), []).append(one)
    for (group, org_unit, period), stated in groups.items():
        level = case.org_units.units[org_unit].level
        members = [
            i.id
            for i in case.definitions.indicators.values()
            if i.share_group == group and i.exists_at(level)
        ]
        figures = case.figures(org_unit, period)
        if not all(member in figures for member in members):
            continue  # what is blank has been said
        total = sum((figures[member] for member in members), Decimal(0))
        if abs(total - _WHOLE) > rule.tolerance:
            facts = {"sum": f"{total:f}", "count": str(len(members))}
            yield case.about(stated[-1], FindingCode.SHARE_SUM, rule.severity, facts)


def between_parts(rule: BetweenParts, case: Case) -> Iterator[Finding]:
    for found in case.stated:
        if found.indicator != rule.total or found.value is None:
            continue
        figures = case.figures(found.org_unit, found.period)
        parts = [figures[part] for part in rule.parts if part in figures]
        if len(parts) < len(rule.parts) or min(parts) <= found.value <= max(parts):
            continue
        facts = {"least": f"{min(parts):f}", "greatest": f"{max(parts):f}"}
        yield case.about(found, FindingCode.NOT_BETWEEN_PARTS, rule.severity, facts)


def scale(rule: Scale, case: Case) -> Iterator[Finding]:
    """Held against the figure in force, last year's, and the plan; the first that speaks."""
    for found in case.stated:
        indicator = case.indicator(found)
        if not found.value or indicator.unit_of_measure.is_percent:
            continue
        for variant, other in _yardsticks(found, case):
            ratio = abs(found.value / other) if other else Decimal(0)
            if ratio and not rule.low <= ratio <= rule.high:
                ratio = 1 / ratio
            if rule.low <= ratio <= rule.high:
                facts = {"variant": variant, "other": f"{other:f}"}
                unit = in_both("unit_of_measure", indicator.unit_of_measure.label)
                code = FindingCode.SCALE
                yield case.about(found, code, rule.severity, facts | unit)
                break


def _yardsticks(found: Observation, case: Case) -> Iterator[tuple[str, Decimal]]:
    for variant, period in (
        ("in_force", found.period),
        ("last_year", found.period.same_period_last_year()),
    ):
        known = case.context.in_force.get((found.indicator, found.org_unit, period.code))
        if known is not None and known.value:
            yield variant, known.value
    target = case.context.targets.get((found.indicator, found.org_unit))
    if target is not None and target.value:
        yield "plan", target.value


def outlier(rule: Outlier, case: Case) -> Iterator[Finding]:
    past = Comparators(case.context.comparators)
    units = case.org_units.districts(case.period.end)
    for found in case.stated:
        level = case.org_units.units[found.org_unit].level
        peers = [unit.code for unit in units if unit.level is level and unit.code != found.org_unit]
        unusual = unusual_change(rule, case.indicator(found), found, past, peers)
        if unusual is not None:
            yield case.about(found, FindingCode.OUTLIER, rule.severity, unusual)


def reported_and_computed(rule: Reconcile, case: Case) -> Iterator[Finding]:
    """The form's own district figures count as they will be once it is accepted."""
    values = _values(case, case.period)
    previous = _values(case, case.period.same_period_last_year())
    for found in case.stated:
        if found.org_unit != case.org_units.province.code:
            continue
        indicator, reported = case.indicator(found), values.get((found.indicator, found.org_unit))
        computed = computed_beside(
            indicator, case.definitions, case.org_units, case.period, values, previous
        )
        apart = reconcile(reported, computed, rule.tolerance)
        if apart is not None and apart.beyond:
            facts = {
                "computed": f"{apart.computed.value:f}",
                "difference": f"{apart.difference:f}",
            }
            yield case.about(found, FindingCode.NOT_RECONCILED, rule.severity, facts)


def _values(case: Case, period: Period) -> dict[tuple[str, str], Known]:
    """By (indicator, organisation unit), annual figures with the quarter they are asked at."""
    codes = {period.code, period.at_quarter(0).code} if period.quarter == 4 else {period.code}
    known = {
        (indicator, unit): one
        for (indicator, unit, code), one in case.context.in_force.items()
        if code in codes
    }
    stated = (one for one in case.stated if one.period.code in codes)
    return known | {(one.indicator, one.org_unit): one.as_known() for one in stated}


_QUESTIONS: Mapping[type, Callable[..., Iterator[Finding]]] = {
    FallsWithinYear: falls_within_year,
    SingleQuarters: single_quarters,
    ShareSum: share_sum,
    BetweenParts: between_parts,
    Scale: scale,
    Outlier: outlier,
    Reconcile: reported_and_computed,
}
