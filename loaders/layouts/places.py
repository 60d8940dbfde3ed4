"""One cell of a confirmed table: its number, its conversion, and totals beside their parts.

A figure in another size of money is multiplied by the factor that was confirmed, and both
figures are said beside the cell. A text that could be two numbers is never converted. A
total is compared with the sum of what was read, and is nobody's own figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.definitions import Indicator
from kpi.finding_codes import FindingCode
from kpi.finding_facts import in_both
from kpi.findings import Finding, Severity
from kpi.numbers import fifteen_digits, parse_cell, plain, raw_text, shows_percent
from kpi.observations import CellAddress, CellKind, Reading
from loaders.books import Cell
from loaders.layouts.columns import ColumnProposal
from loaders.layouts.lines import Line

CONVERTED = "layout_converted"
UNCLEAR_TEXT = "layout_unclear_text"
TOTAL_DIFFERS = "layout_total_differs"
_EITHER = 2  # decimals with which both "8.125" and "6,296" can be read two ways


@dataclass(frozen=True)
class Place:
    """One cell with what the mapping says it is."""

    line: Line
    column: ColumnProposal
    cell: Cell
    at: CellAddress
    indicator: Indicator
    org_unit: str
    total: bool
    scale: Decimal


def converted(place: Place, findings: list[Finding]) -> tuple[object, CellKind]:
    """The figure times the confirmed factor, and both figures said beside the cell."""
    value = number_in(place)
    if value is None:
        return place.cell.value, place.cell.kind
    if isinstance(value, Finding):
        findings.append(value)
        return None, CellKind.EMPTY
    result = plain(value * place.scale)
    unit = place.indicator.unit_of_measure
    facts = {"stored": f"{value:f}", "read": f"{result:f}", "value": f"{place.scale:f}"}
    facts |= in_both("unit_of_measure", unit.name)
    findings.append(
        Finding(
            CONVERTED, Severity.WARNING, place.at, raw_text(place.cell.value),
            indicator=place.indicator.id, org_unit=place.org_unit, facts=facts,
            explanation=f"× {place.scale:f}",
        )
    )  # fmt: skip
    return result, CellKind.NUMBER


def compared(totals: Sequence[Place], readings: Sequence[Reading]) -> Iterator[Finding]:
    """Each printed total beside the sum of what was read for the same indicator; only for
    counts, and only where every part holds a number."""
    sums: dict[str, list[Decimal]] = {}
    for reading in readings:
        if isinstance(reading.raw, int | float | Decimal) and not isinstance(reading.raw, bool):
            sums.setdefault(reading.indicator, []).append(fifteen_digits(reading.raw))
    counted = Counter(reading.indicator for reading in readings)
    for place in totals:
        printed = number_in(place)
        parts = sums.get(place.indicator.id, [])
        complete = bool(parts) and len(parts) == counted[place.indicator.id]
        if not (isinstance(printed, Decimal) and place.indicator.unit_of_measure.is_count):
            continue
        whole = plain(sum(parts, Decimal(0)))
        if complete and plain(printed * place.scale) != whole:
            facts = {"read": f"{printed:f}", "sum": f"{whole:f}"}
            yield about(TOTAL_DIFFERS, Severity.WARNING, place, facts)


def number_in(place: Place) -> Decimal | Finding | None:
    """The cell's number as it is printed; None where it holds none that could be scaled."""
    cell, unit = place.cell, place.indicator.unit_of_measure
    if cell.kind is CellKind.NUMBER and shows_percent(cell.number_format):
        return None  # the checks will refuse it
    parsed = parse_cell(
        cell.value, cell.kind, cell.number_format,
        decimals=_EITHER, is_percent=unit.is_percent, is_count=unit.is_count,
    )  # fmt: skip
    if any(quirk.code is FindingCode.TWO_READINGS for quirk in parsed.findings):
        return about(UNCLEAR_TEXT, Severity.ERROR, place)
    return parsed.value


def about(
    code: str, severity: Severity, place: Place, facts: Mapping[str, str] | None = None
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        at=place.at,
        found=raw_text(place.cell.value)[:80],
        indicator=place.indicator.id,
        org_unit=place.org_unit,
        facts=in_both("indicator", place.indicator.name) | dict(facts or {}),
    )
