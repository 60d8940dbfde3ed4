"""How a finding is written down: its address, what was found, names in both languages.

``kpi.checks`` decides what is wrong; the functions here only put it into a ``Finding``
from which ``texts`` can make a sentence without knowing indicators or units.
"""

from __future__ import annotations

from collections.abc import Mapping

from kpi.definitions import Indicator, Level, Text
from kpi.finding_codes import FindingCode
from kpi.findings import Finding
from kpi.forms import FormRow
from kpi.observations import Reading
from kpi.submissions import CheckContext

_LONGEST_FOUND = 80  # a cell can hold a novel; a sentence about it should not


def about_file(
    code: FindingCode, found: str, expected: str, facts: Mapping[str, str] | None = None
) -> Finding:
    return Finding(
        code=code,
        severity=code.severity,
        scope=code.scope,
        found=_short(found),
        expected=expected,
        facts=facts or {},
    )


def about(
    reading: Reading,
    code: FindingCode,
    *,
    found: str = "",
    expected: str = "",
    facts: Mapping[str, str] | None = None,
) -> Finding:
    return Finding(
        code=code,
        severity=code.severity,
        at=reading.at,
        found=_short(found),
        expected=expected,
        scope=code.scope,
        indicator=reading.indicator,
        org_unit=reading.org_unit,
        facts=facts or {},
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_FOUND else text[: _LONGEST_FOUND - 1] + "…"


def in_both(name: str, words: Text) -> dict[str, str]:
    """A fact in both languages: ``texts`` takes the one it needs."""
    return {f"{name}_vi": words.vi, f"{name}_en": words.en}


def row_names(row: FormRow) -> dict[str, str]:
    return in_both("indicator", row.indicator.name) | in_both("unit", row.org_unit.short)


def reporter_name(reporter: str, context: CheckContext) -> Text | None:
    if reporter in context.org_units.units:
        return context.org_units.units[reporter].name
    agency = context.definitions.agencies.get(reporter)
    return agency.name if agency else None


def number_mask(indicator: Indicator, level: Level) -> str:
    """The notation that is expected, the way Excel writes a number's pattern."""
    decimals = indicator.decimals_at(level)
    return "0," + "0" * decimals if decimals else "0"
