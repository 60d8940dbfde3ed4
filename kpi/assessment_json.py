"""An assessment as the document other programs read (``manage.py assess --json``).

Every number is a decimal string in plain notation, every code is the one of
``kpi.judgement``; nothing is worded and nothing computed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kpi.judgement import Assessment, Explanation, Forecast, Note, Profile
from kpi.observations import Coverage, Known
from kpi.targets import Target

Document = dict[str, Any]


def as_document(assessment: Assessment, *, approval: bool = False) -> Document:
    """Keys and their order are a contract; None becomes ``null``.

    Args:
        approval: also say of the assessment and of every figure behind it whether it rests on
            approved figures alone; the last key, ``approved``.
    """
    document = {
        "indicator": assessment.indicator,
        "org_unit": assessment.org_unit,
        "period": assessment.period.code,
        "observation_period": assessment.observation_period.code,
        "value": _number(assessment.value),
        "target": _target(assessment.target),
        "attainment": _number(assessment.attainment),
        "status": assessment.status.value,
        "forecast": _forecast(assessment.forecast),
        "explanation": _explanation(assessment, approval),
    }
    return {**document, "approved": not assessment.unapproved} if approval else document


def _explanation(assessment: Assessment, approval: bool) -> Document:
    explanation: Explanation = assessment.explanation
    last = assessment.last_known
    return {
        "rule": explanation.rule,
        "reason": explanation.reason,
        "figures": _numbers(explanation.figures),
        "thresholds": _numbers(explanation.thresholds),
        "profile": _profile(explanation.profile),
        "inputs": {role: _known(known, approval) for role, known in explanation.inputs.items()},
        "notes": [_note(note) for note in assessment.notes],
        "provisional": assessment.provisional,
        "coverage": _coverage(assessment.coverage),
        "measures": _numbers(
            {
                "distance": assessment.distance,
                "travelled": assessment.travelled,
                "used_of_limit": assessment.used_of_limit,
                "change": assessment.change,
            }
        ),
        "reasons": dict(explanation.reasons),
        "signs": dict(explanation.signs),
        "last_known": _known(last, approval) if last else None,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _numbers(values: Mapping[str, Decimal] | Mapping[str, Decimal | None]) -> Document:
    return {name: _number(value) for name, value in values.items()}


def _target(target: Target | None) -> Document | None:
    if target is None:
        return None
    single = target.value is not None
    return {
        "kind": target.kind.value,
        "value": _number(target.value),
        "low": None if single else _number(target.edges.low),
        "high": None if single else _number(target.edges.high),
        "basis": target.basis,
        "clause": target.clause,
    }


def _forecast(forecast: Forecast | None) -> Document | None:
    if forecast is None:
        return None
    return {
        "central": _number(forecast.central),
        "low": _number(forecast.low),
        "high": _number(forecast.high),
        "profile": forecast.profile,
    }


def _profile(profile: Profile | None) -> Document | None:
    if profile is None:
        return None
    return {
        "kind": profile.kind.value,
        "share": _number(profile.share),
        "years": list(profile.years),
    }


def _coverage(coverage: Coverage | None) -> Document | None:
    if coverage is None:
        return None
    return {
        "present": list(coverage.present),
        "expected": list(coverage.expected),
        "missing_weight": _number(coverage.missing_weight),
    }


def _note(note: Note) -> Document:
    facts = {
        name: _number(fact) if isinstance(fact, Decimal) else fact
        for name, fact in note.facts.items()
    }
    return {"code": note.code, "facts": facts}


def _known(known: Known, approval: bool) -> Document:
    """A value with its cell; a computed one with the values it is made of."""
    source = known.source
    document = {
        "indicator": known.indicator,
        "org_unit": known.org_unit,
        "period": known.period.code,
        "value": _number(known.value),
        "status": known.status.value,
        "basis": known.basis,
        "submission": source.submission if source else None,
        "revision": source.revision if source else None,
        "reporter": source.reporter if source else None,
        "file": source.file_name if source else None,
        "sheet": source.at.sheet if source else None,
        "cell": source.at.cell if source else None,
        "received_at": source.received_at.isoformat() if source else None,
        "parts": [_known(part, approval) for part in known.parts],
    }
    return {**document, "approved": not known.unapproved} if approval else document
