"""Does a form say something that can be kept? The form and number rules of METHOD 10.

Every rule is a small generator that yields what it finds and decides nothing else, so
that all problems are listed at once. ``check`` then lets through the readings that no
error concerns; a file-scope error lets none through. What becomes of the whole file is
for ``kpi.findings.outcome`` to say.

The rules about the form as a whole are in ``kpi.form_checks``, the questions of METHOD 10
that the definitions declare (scale, outliers, sums of shares) in ``kpi.plausibility``.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpi.definitions import OWN_UNIT, Indicator, Level, OrgUnit
from kpi.finding_codes import FindingCode
from kpi.finding_facts import about, in_both, number_mask, reporter_name, row_names
from kpi.findings import Finding, Scope, Severity
from kpi.form_checks import Sheet, about_the_file, sheet_of
from kpi.forms import FormRow
from kpi.numbers import Parsed, parse_cell
from kpi.observations import Observation, ObsStatus, Reading
from kpi.plausibility import Case, ask
from kpi.single_quarters import added_up
from kpi.submissions import CheckContext, FormReading
from kpi.text import fold


def check(form: FormReading, context: CheckContext) -> tuple[list[Observation], list[Finding]]:
    """The observations a form yields, and everything there is to say about it.

    Findings come in this order: the file, its cells as they stand, the declared
    questions, rows that are missing. Of a form that is refused as a whole no blank is mentioned.
    """
    sheet = sheet_of(form, context)
    about_file = [*form.findings, *about_the_file(sheet)]
    observations: list[Observation] = []
    about_cells: list[Finding] = []
    for reading in form.readings:
        observation, about_cell = _checked(reading, sheet)
        about_cells += about_cell
        if observation is not None:
            observations.append(observation)
    if any(f.scope is Scope.FILE and f.severity is Severity.ERROR for f in about_file):
        return [], about_file + [f for f in about_cells if f.code != FindingCode.LEFT_BLANK]
    if context.single_quarters:
        observations, sums = added_up(observations, context)
        about_cells += sums
    questions = _questions(sheet, observations)
    return observations, [*about_file, *about_cells, *questions, *_missing_rows(sheet)]


def _questions(sheet: Sheet, observations: list[Observation]) -> list[Finding]:
    """What the definitions ask of the figures that can be read."""
    if sheet.period is None:
        return []
    case = Case(sheet.period, tuple(observations), sheet.context, sheet.form.heading)
    return ask(sheet.context.definitions.checks, case)


def _checked(reading: Reading, sheet: Sheet) -> tuple[Observation | None, list[Finding]]:
    """One cell: its observation if nothing speaks against it, and its findings."""
    findings = list(_row_findings(reading, sheet))
    indicator = sheet.context.definitions.indicators.get(reading.indicator)
    unit = sheet.context.org_units.units.get(reading.org_unit)
    if indicator is None or unit is None or unit.level not in indicator.levels:
        return None, findings
    parsed = parse_cell(
        reading.raw,
        reading.kind,
        reading.number_format,
        decimals=indicator.decimals_at(unit.level),
        is_percent=indicator.unit_of_measure.is_percent,
        is_count=indicator.unit_of_measure.is_count,
    )
    findings += _value_findings(reading, indicator, unit.level, parsed)
    row = sheet.rows.get((reading.indicator, reading.org_unit))
    if row is None or any(f.severity is Severity.ERROR for f in findings):
        return None, findings
    if parsed.is_blank:
        return None, [*findings, _left_blank(reading, row, sheet)]
    if len(sheet.cells[reading.indicator, reading.org_unit]) > 1:
        return None, findings  # stated twice: we cannot know which one is meant
    return _observation(reading, row, parsed, sheet), findings


def _observation(reading: Reading, row: FormRow, parsed: Parsed, sheet: Sheet) -> Observation:
    quarter = sheet.period.quarter if sheet.period else 0
    usual = row.indicator.status_by_quarter.get(quarter, ObsStatus.NORMAL)
    return Observation(
        indicator=row.indicator.id,
        org_unit=row.org_unit.code,
        period=row.period,
        value=parsed.value,
        status=parsed.status or ObsStatus(usual),
        basis=row.indicator.levels[row.org_unit.level].basis,
        raw=parsed.raw,
        at=reading.at,
        note=reading.note,
    )


# --- the rows


def _row_findings(reading: Reading, sheet: Sheet) -> Iterator[Finding]:
    """Is it a row of this form, once, and in the unit of measure it was printed with?"""
    definitions, units = sheet.context.definitions, sheet.context.org_units.units
    indicator = definitions.indicators.get(reading.indicator)
    unit = units.get(reading.org_unit)
    if indicator is None:
        yield about(reading, FindingCode.UNKNOWN_INDICATOR, found=reading.indicator)
    if unit is None:
        yield about(reading, FindingCode.UNKNOWN_ORG_UNIT, found=reading.org_unit)
    if indicator is None or unit is None:
        return
    yield from _belongs_here(reading, indicator, unit, sheet)
    yield from _stated_once(reading, indicator, sheet)
    yield from _same_unit_of_measure(reading, indicator)


def _belongs_here(
    reading: Reading, indicator: Indicator, unit: OrgUnit, sheet: Sheet
) -> Iterator[Finding]:
    row = sheet.rows.get((indicator.id, unit.code))
    if row is not None:
        allowed = {sheet.form.period, row.period.code}
        if reading.period not in allowed:
            code, expected = FindingCode.WRONG_ROW_PERIOD, row.period.code
            facts = {"period": expected}
            yield about(reading, code, found=reading.period, expected=expected, facts=facts)
        return
    if not sheet.rows:
        return  # the form's own reporter or period is unknown, which has been said
    facts = in_both("indicator", indicator.name) | in_both("unit", unit.short)
    rule = indicator.levels.get(unit.level)
    reporter = unit.code if rule and rule.reporter == OWN_UNIT else (rule and rule.reporter)
    if reporter == sheet.form.reporter:
        facts |= {"period": sheet.form.period}
        yield about(reading, FindingCode.NOT_ASKED_NOW, found=sheet.form.period, facts=facts)
        return
    name = reporter_name(reporter, sheet.context) if reporter else None
    facts |= in_both("reporter", name) if name else {"variant": "nobody"}
    code = FindingCode.NOT_YOUR_FIGURE
    yield about(reading, code, found=indicator.id, expected=reporter or "", facts=facts)


def _stated_once(reading: Reading, indicator: Indicator, sheet: Sheet) -> Iterator[Finding]:
    first = sheet.cells[reading.indicator, reading.org_unit][0]
    if reading.at != first:
        facts = in_both("indicator", indicator.name) | {"first": str(first)}
        code = FindingCode.DUPLICATE_INDICATOR
        yield about(reading, code, found=indicator.id, expected=str(first), facts=facts)


def _same_unit_of_measure(reading: Reading, indicator: Indicator) -> Iterator[Finding]:
    unit = indicator.unit_of_measure
    printed = {fold(name) for name in (unit.id, unit.name.vi, unit.name.en, *unit.aliases)}
    if fold(reading.unit_of_measure) not in printed:
        facts = in_both("unit_of_measure", unit.name)
        if not reading.unit_of_measure.strip():
            facts |= {"variant": "erased"}
        found = reading.unit_of_measure
        code = FindingCode.UNIT_OF_MEASURE_CHANGED
        yield about(reading, code, found=found, expected=unit.name.vi, facts=facts)


def _missing_rows(sheet: Sheet) -> Iterator[Finding]:
    """Rows that somebody has deleted from the form; a warning each."""
    for key, row in sheet.rows.items():
        if key not in sheet.cells:
            code = FindingCode.MISSING_ROW
            facts = row_names(row) | _kept(row, sheet)
            yield Finding(
                code=code,
                severity=code.severity,
                expected=row.indicator.id,
                indicator=row.indicator.id,
                org_unit=row.org_unit.code,
                facts=facts,
            )


def _left_blank(reading: Reading, row: FormRow, sheet: Sheet) -> Finding:
    facts = row_names(row) | _kept(row, sheet)
    mask = number_mask(row.indicator, row.org_unit.level)
    return about(reading, FindingCode.LEFT_BLANK, expected=mask, facts=facts)


def _kept(row: FormRow, sheet: Sheet) -> dict[str, str]:
    """The earlier value, which a blank does not erase."""
    known = sheet.context.in_force.get(row.key)
    if known is None or known.value is None:
        return {}
    return {"variant": "kept", "kept": f"{known.value:f}"}


# --- the values


def _value_findings(
    reading: Reading, indicator: Indicator, level: Level, parsed: Parsed
) -> Iterator[Finding]:
    for quirk in parsed.findings:
        expected = quirk.facts.get("read") or number_mask(indicator, level)
        found = reading.formula if reading.raw is None and reading.formula else parsed.raw
        yield about(reading, quirk.code, found=found, expected=expected, facts=quirk.facts)
    yield from _within_limits(reading, indicator, parsed)
    yield from _whole(reading, indicator, parsed)


def _within_limits(reading: Reading, indicator: Indicator, parsed: Parsed) -> Iterator[Finding]:
    low, high, value = indicator.hard_low, indicator.hard_high, parsed.value
    if value is None:
        return
    facts = {"value": f"{value:f}"} | in_both("unit_of_measure", indicator.unit_of_measure.name)
    code = FindingCode.OUTSIDE_LIMITS
    if low is not None and value < low:
        facts |= {"variant": "below", "low": f"{low:f}"}
        yield about(reading, code, found=parsed.raw, expected=f"≥ {low}", facts=facts)
    if high is not None and value > high:
        facts |= {"variant": "above", "high": f"{high:f}"}
        yield about(reading, code, found=parsed.raw, expected=f"≤ {high}", facts=facts)


def _whole(reading: Reading, indicator: Indicator, parsed: Parsed) -> Iterator[Finding]:
    value = parsed.value
    if value is None or not indicator.unit_of_measure.is_count:
        return
    if value != value.to_integral_value():
        facts = {"value": f"{value:f}"} | in_both("unit_of_measure", indicator.unit_of_measure.name)
        code = FindingCode.NOT_WHOLE
        yield about(reading, code, found=parsed.raw, expected="0", facts=facts)
