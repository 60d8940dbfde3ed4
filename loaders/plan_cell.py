"""What one cell of a plan workbook hands down: a target, or why it is none.

A cell holds one figure ("12"), two ("8 – 8,5") or "giảm so với cùng kỳ". The indicator's
direction makes a target of it, and the rules of METHOD 4 hold as for targets in the
definitions. A figure that could be read two ways is refused. Where the cell stands and
whose it is: ``loaders.plan_book``.
"""

from __future__ import annotations

import re
from datetime import date

from pydantic import ValidationError

from kpi.definitions import Indicator, Level
from kpi.finding_codes import FindingCode
from kpi.finding_facts import about, in_both
from kpi.findings import Finding
from kpi.numbers import parse_cell, raw_text
from kpi.observations import CellKind, Reading
from kpi.targets import Direction, Target, TargetKind
from kpi.text import bare
from loaders.definition_models import EdgesEntry
from loaders.plan_head import Stated
from loaders.target_rules import edge_mistakes, kind_mistakes, to_edges

PLAN_FIGURE = "plan_figure"
PLAN_KIND = "plan_kind"

_TWO = re.compile(
    r"\s*(?:từ\s+)?(?P<low>[\d.,]+)\s*%?\s*(?:[-–—~]|đến)\s*(?P<high>[\d.,]+)\s*%?\s*", re.I
)
_SIGNS = {"≥": TargetKind.AT_LEAST, "≤": TargetKind.AT_MOST}
_BELOW_PREVIOUS = re.compile(r"giam(?: so voi (?:cung ky|nam truoc).*)?")
_PLAIN = {FindingCode.TEXT_NUMBER, FindingCode.READ_AS_DECIMAL_POINT, FindingCode.PERCENT_FORMAT}


def target_in(
    reading: Reading, indicator: Indicator, stated: Stated, findings: list[Finding]
) -> Target | None:
    """The target a cell sets; None where it sets none, with a finding that says why.

    Args:
        stated: what stands above the table, by which the target is to be cited.
    """
    kind_and_figures = _shape(reading, indicator, findings)
    if kind_and_figures is None:
        return None
    kind, edges = kind_and_figures
    rule = indicator.levels[Level.DISTRICT]
    bounds = indicator.hard_low, indicator.hard_high
    if any(kind_mistakes(kind, indicator.direction, indicator.measure)):
        findings.append(_refused(PLAN_KIND, reading, indicator))
        return None
    if any(edge_mistakes(kind, edges, rule.decimals, bounds)):
        findings.append(_refused(PLAN_FIGURE, reading, indicator))
        return None
    assert indicator.direction is not None  # else no kind of target suits it
    return Target(
        indicator=indicator.id,
        org_unit=reading.org_unit,
        year=stated.year,
        kind=kind,
        direction=indicator.direction,
        edges=to_edges(kind, edges),
        basis=rule.basis,
        clause="",
        document=stated.decision,
        assigned_by="tỉnh giao",
        in_force_from=stated.in_force_from or date.min,
    )


def _shape(
    reading: Reading, indicator: Indicator, findings: list[Finding]
) -> tuple[TargetKind, EdgesEntry] | None:
    """What kind of target the cell's words make, by the indicator's direction."""
    text = reading.raw.strip() if isinstance(reading.raw, str) else ""
    if _BELOW_PREVIOUS.fullmatch(bare(text)):
        return TargetKind.BELOW_PREVIOUS, EdgesEntry()
    if match := _TWO.fullmatch(text):
        low = _figure(reading, match["low"], indicator, findings)
        high = _figure(reading, match["high"], indicator, findings)
        holds = indicator.direction is Direction.HOLD
        kind = TargetKind.BAND if holds else TargetKind.RANGE
        return _entry(kind, reading, indicator, findings, low=low, high=high)
    single = {
        Direction.INCREASE: TargetKind.AT_LEAST, Direction.DECREASE: TargetKind.AT_MOST
    }.get(indicator.direction or Direction.HOLD)  # fmt: skip
    sign = _SIGNS.get(text[:1])
    if single is None or (sign is not None and sign is not single):
        findings.append(_refused(PLAN_KIND, reading, indicator))
        return None
    raw = text[1:].strip() if sign else reading.raw
    return _entry(
        single, reading, indicator, findings, value=_figure(reading, raw, indicator, findings)
    )


def _entry(
    kind: TargetKind,
    reading: Reading,
    indicator: Indicator,
    findings: list[Finding],
    **figures: object,
) -> tuple[TargetKind, EdgesEntry] | None:
    if any(figure is None for figure in figures.values()):
        return None  # which has been said
    try:
        return kind, EdgesEntry.model_validate(figures)
    except ValidationError:
        findings.append(_refused(PLAN_FIGURE, reading, indicator))
        return None


def _figure(reading: Reading, raw: object, indicator: Indicator, findings: list[Finding]) -> object:
    """One plain figure; whatever could be read two ways is refused."""
    unit = indicator.unit_of_measure
    parsed = parse_cell(
        raw, CellKind.TEXT if isinstance(raw, str) else reading.kind, reading.number_format,
        decimals=indicator.decimals_at(Level.DISTRICT),
        is_percent=unit.is_percent, is_count=unit.is_count,
    )  # fmt: skip
    if parsed.value is None or any(quirk.code not in _PLAIN for quirk in parsed.findings):
        findings.append(_refused(PLAN_FIGURE, reading, indicator))
        return None
    for quirk in parsed.findings:
        if raw is not reading.raw and quirk.code is FindingCode.TEXT_NUMBER:
            continue  # two figures in one cell cannot but be text
        findings.append(about(reading, quirk.code, found=parsed.raw, facts=quirk.facts))
    return parsed.value


def _refused(code: str, reading: Reading, indicator: Indicator) -> Finding:
    facts = in_both("indicator", indicator.name)
    facts |= {"decimals": str(indicator.decimals_at(Level.DISTRICT))}
    return Finding(
        code, at=reading.at, found=raw_text(reading.raw)[:80], indicator=indicator.id,
        org_unit=reading.org_unit, facts=facts,
    )  # fmt: skip
