"""Which figures a form asks for: the one list behind template, samples and checks.

Form A is a district's report about itself, form B an agency's report about the units
it is responsible for. What is asked for follows from the definitions alone, so that a
template can never ask for a figure which the checks would refuse. How a form looks is
the template's business (``loaders.template``).
"""

from __future__ import annotations

from dataclasses import dataclass

from kpi.definitions import FORM_A, FORM_B, Definitions, Indicator, Level, OrgUnit, OrgUnits
from kpi.periods import Period

__all__ = ["FORM_A", "FORM_B", "FormRow", "form_of", "rows_of"]

# Sheets of the emulation score travel as workbooks too, but are no reports: a unit's own
# points, and the council's for the units of a cluster (``kpi.score_books``).
SELF_SHEET, COUNCIL_SHEET = "score_self", "score_verified"
SCORE_SHEETS = frozenset({SELF_SHEET, COUNCIL_SHEET})


@dataclass(frozen=True)
class FormRow:
    """One figure that a form asks for; ``period`` is the one the figure belongs to."""

    indicator: Indicator
    org_unit: OrgUnit
    period: Period

    @property
    def key(self) -> tuple[str, str, str]:
        """The way observations are told apart: indicator, organisation unit, period."""
        return (self.indicator.id, self.org_unit.code, self.period.code)


def form_of(reporter: str, org_units: OrgUnits) -> str:
    """The form a reporter fills in: ``"A"`` for organisation units, else ``"B"``."""
    return FORM_A if reporter in org_units.units else FORM_B


def rows_of(
    definitions: Definitions, org_units: OrgUnits, reporter: str, period: Period
) -> tuple[FormRow, ...]:
    """The rows of a reporter's form, in the order they are printed.

    Form A keeps the definitions' order; form B goes by indicator, then by unit code.
    Empty when the reporter is unknown, does not exist then, or is asked for nothing.
    """
    if form_of(reporter, org_units) == FORM_A:
        return _own_rows(definitions, org_units, reporter, period)
    return _agency_rows(definitions, org_units, reporter, period)


def _own_rows(
    definitions: Definitions, org_units: OrgUnits, code: str, period: Period
) -> tuple[FormRow, ...]:
    unit = org_units.units[code]
    if unit not in org_units.districts(period.end):
        return ()  # the province sends no form A: its agencies report for it
    return tuple(
        FormRow(indicator, unit, indicator.observation_period(period))
        for indicator in definitions.reported_by_unit()
        if indicator.is_asked_at(period.quarter)
    )


def _agency_rows(
    definitions: Definitions, org_units: OrgUnits, agency: str, period: Period
) -> tuple[FormRow, ...]:
    districts = org_units.districts(period.end)
    units: dict[str, list[OrgUnit]] = {}
    for indicator, level in definitions.reported_by_agency(agency):
        at_level = (org_units.province,) if level is Level.PROVINCE else districts
        units.setdefault(indicator.id, []).extend(at_level)
    return tuple(
        FormRow(indicator, unit, indicator.observation_period(period))
        for indicator in (definitions.indicators[id_] for id_ in units)
        if indicator.is_asked_at(period.quarter)
        for unit in sorted(units[indicator.id], key=_by_code)
    )


def _by_code(unit: OrgUnit) -> tuple[int, str]:
    # GSO codes are text but count like numbers: "20" (the province) before "178"
    return (len(unit.code), unit.code)
