"""Findings, comments and quarterly edges as JSON text, and back again, digit for digit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from kpi.findings import Finding, Scope, Severity
from kpi.observations import CellAddress
from kpi.submissions import CellComment
from kpi.targets import Edges


def dump(value: object) -> str:
    """Canonical JSON: the same value is always the same text (the audit chain needs it)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def findings_to_text(findings: Iterable[Finding]) -> str:
    return dump([_finding(finding) for finding in findings])


def findings_from_text(text: str) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code=entry["code"],
            severity=Severity(entry["severity"]),
            at=CellAddress(*entry["at"]) if entry["at"] else None,
            found=entry["found"],
            expected=entry["expected"],
            scope=Scope(entry["scope"]),
            indicator=entry["indicator"],
            org_unit=entry["org_unit"],
            facts=entry["facts"],
            explanation=entry.get("explanation", ""),  # not asked for in the first reports
        )
        for entry in json.loads(text)
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "at": [finding.at.sheet, finding.at.cell] if finding.at else None,
        "found": finding.found,
        "expected": finding.expected,
        "scope": finding.scope.value,
        "indicator": finding.indicator,
        "org_unit": finding.org_unit,
        "explanation": finding.explanation,
        "facts": dict(finding.facts),
    }


def comments_to_text(comments: Iterable[CellComment]) -> str:
    return dump([[one.at.sheet, one.at.cell, one.text] for one in comments])


def comments_from_text(text: str) -> tuple[CellComment, ...]:
    return tuple(
        CellComment(CellAddress(sheet, cell), said) for sheet, cell, said in json.loads(text)
    )


def edges_to_text(by_quarter: Mapping[int, Edges]) -> str:
    return dump({str(q): [_number(e.low), _number(e.high)] for q, e in sorted(by_quarter.items())})


def edges_from_text(text: str) -> dict[int, Edges]:
    return {
        int(quarter): Edges(*(None if edge is None else Decimal(edge) for edge in pair))
        for quarter, pair in json.loads(text).items()
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
