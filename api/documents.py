"""What is known, in the shape a program reads it: plain names, decimal strings, ISO dates.

Nothing is computed and nothing worded here. Names of persons stay inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kpi.bilingual import Text
from kpi.definitions import Agency, Commitment, Definitions, Indicator, OrgUnit, Sector
from kpi.targets import Edges, Target

Document = dict[str, Any]


def number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def moment(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


def both(text: Text | None) -> Document | None:
    return None if text is None else {"vi": text.vi, "en": text.en}


def indicator(one: Indicator) -> Document:
    unit = one.unit_of_measure
    return {
        "id": one.id,
        "name": both(one.name),
        "short": both(one.short),
        "sector": one.sector,
        "role": one.role.value,
        "unit_of_measure": {
            "id": unit.id,
            "name": both(unit.name),
            "is_percent": unit.is_percent,
            "is_count": unit.is_count,
        },
        "measure": one.measure.value,
        "direction": one.direction.value if one.direction else None,
        "levels": {
            level.value: {"reporter": rule.reporter, "basis": rule.basis, "decimals": rule.decimals}
            for level, rule in one.levels.items()
        },
        "across_units": one.across_units.value,
        "decree": {"clause": one.decree.clause, "quote": one.decree.quote} if one.decree else None,
        "annual": one.annual,
        "asked_at": [4] if one.annual else list(one.asked_at),
        "numerator": one.numerator,
        "denominator": one.denominator,
        "weight_indicator": one.weight_indicator,
        "parent": one.parent,
        "group": one.group,
        "thresholds": {
            "on_track_from": number(one.thresholds.on_track_from),
            "at_risk_from": number(one.thresholds.at_risk_from),
            "previous_tolerance": number(one.thresholds.previous_tolerance),
            "exceed_margin": number(one.thresholds.exceed_margin),
            "missing_weight": number(one.thresholds.missing_weight),
        },
    }


def decree(definitions: Definitions) -> Document:
    """What the indicators of a plan year have in common."""
    return {
        "plan_year": definitions.plan_year,
        "version": definitions.version,
        "in_force_from": day(definitions.in_force_from),
        "document": both(definitions.document),
        "sectors": [_sector(one) for one in definitions.sectors.values()],
        "agencies": [_agency(one) for one in definitions.agencies.values()],
        "bases": [{"id": one.id, "name": both(one.name)} for one in definitions.bases.values()],
        "commitments": [_commitment(one) for one in definitions.commitments.values()],
    }


def _sector(one: Sector) -> Document:
    return {"id": one.id, "number": one.number, "name": both(one.name)}


def _agency(one: Agency) -> Document:
    return {"id": one.id, "name": both(one.name), "short": both(one.short)}


def _commitment(one: Commitment) -> Document:
    return {
        "id": one.id,
        "name": both(one.name),
        "clause": one.decree.clause,
        "owner": one.owner or None,
    }


def org_unit(one: OrgUnit) -> Document:
    return {
        "code": one.code,
        "name": both(one.name),
        "short": both(one.short),
        "level": one.level.value,
        "kind": one.kind,
        "parent": one.parent,
        "cluster": one.cluster,
        "border": one.border,
        "communes": one.communes,
        "wards": one.wards,
        "townlets": one.townlets,
        "valid_from": day(one.valid_from),
        "valid_to": day(one.valid_to),
    }


def observation(row: Any, *, approval: bool = False) -> Document:
    """A row of ``store.paged``, with the cell it was read from.

    Args:
        approval: also say whether it is approved; the last key.
    """
    document = {
        "indicator": row.indicator,
        "org_unit": row.org_unit,
        "period": row.period,
        "value": number(row.value),
        "status": row.status,
        "basis": row.basis,
        "note": row.note,
        "superseded": row.superseded,
        "source": {
            "submission": row.submission,
            "revision": row.revision,
            "reporter": row.reporter,
            "file_name": row.file_name,
            "file_digest": row.file_digest,
            "sheet": row.sheet,
            "cell": row.cell,
            "raw": row.raw,
            "received_at": moment(row.received_at),
        },
    }
    return {**document, "approved": bool(row.approved)} if approval else document


def target(one: Target, replaced_on: date | None, decision: str, recorded_at: datetime) -> Document:
    return {
        "indicator": one.indicator,
        "org_unit": one.org_unit,
        "year": one.year,
        "kind": one.kind.value,
        "direction": one.direction.value,
        **_edges(one.edges),
        "by_quarter": {str(quarter): _edges(edges) for quarter, edges in one.by_quarter.items()},
        "baseline": number(one.baseline),
        "basis": one.basis,
        "clause": one.clause,
        "document": one.document,
        "assigned_by": one.assigned_by,
        "decision": decision,
        "illustrative": one.illustrative,
        "in_force_from": day(one.in_force_from),
        "replaced_on": day(replaced_on),
        "recorded_at": moment(recorded_at),
    }


def _edges(edges: Edges) -> Document:
    return {"low": number(edges.low), "high": number(edges.high)}


def within(document: Mapping[str, Any], reads: Any) -> Document:
    """An assessment without the figures of organisation units that may not be read."""
    explanation = dict(document["explanation"])
    explanation["inputs"] = {
        role: _known_within(known, reads) for role, known in explanation["inputs"].items()
    }
    last = explanation["last_known"]
    explanation["last_known"] = _known_within(last, reads) if last else None
    return {**document, "explanation": explanation}


def _known_within(known: Mapping[str, Any], reads: Any) -> Document:
    parts = [_known_within(one, reads) for one in known["parts"] if reads(one["org_unit"])]
    return {**known, "parts": parts}
