"""A standing as one document for programs; its digest is what closing a year keeps.

The digest covers the points and ranks of the clusters. What people gave beside them stands under
``scores``: it moves no rank.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from kpi.placing import Placed
from kpi.score_sheets import Given, Sheet, Voice
from kpi.scoring import Line
from reports.standing import Standing


def as_document(found: Standing) -> dict[str, Any]:
    rules, closed = found.rules, found.closed
    return {
        "period": found.period.code,
        "rules": {
            "version": rules.version,
            "document": rules.document.vi,
            "clause": rules.clause,
            "illustrative": rules.illustrative,
            "total": _text(rules.total),
        },
        "closed": None
        if closed is None
        else {"decision": closed.decision, "known_at": closed.known_at.isoformat()},
        "clusters": [
            {"cluster": one.cluster.id, "units": [_placed(p) for p in one.placed]}
            for one in found.clusters
        ],
        "scores": {unit: _sheet(one) for unit, one in sorted(found.sheets.items())},
    }


def digest(found: Standing) -> str:
    """Of every point and rank."""
    clusters = as_document(found)["clusters"]
    return hashlib.sha256(json.dumps(clusters, sort_keys=True).encode()).hexdigest()


def _placed(one: Placed) -> dict[str, Any]:
    score = one.score
    return {
        "org_unit": one.org_unit,
        "rank": one.rank,
        "shared": one.shared,
        "rank_from": one.best,
        "rank_to": one.worst,
        "not_clearly_different_from": list(one.unclear),
        "usual_revision": _text(one.revision),
        "total": _text(score.total),
        "not_ranked": score.unranked,
        "figures": {"counted": score.counted, "present": score.present},
        "lines": [_line(line) for line in score.lines],
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        voice.value: {
            "total": _text(sheet.total(voice)),
            "criteria": {id_: _given(one) for id_, one in sheet.of(voice).items()},
        }
        for voice in Voice
    }


def _given(one: Given) -> dict[str, str | None]:
    return {"points": _text(one.points), "note": one.note, "by": one.said_by}


def _line(line: Line) -> dict[str, Any]:
    counted = {"entries": [one.number for one in line.entries]} if line.entries else {}
    judged, report = line.judged, line.report
    sources = judged.known.sources if judged is not None and judged.known is not None else ()
    return {
        "group": line.group,
        "ground": line.ground,
        "indicator": line.item.id if line.item else judged.indicator if judged else None,
        "points": _text(line.points),
        "max_points": _text(line.most),
        "level": _text(line.level),
        "value": _text(judged.value) if judged else None,
        "status": judged.status if judged else None,
        "cells": [f"{source.file_name} {source.at}" for source in sources],
        "period": report.asked.period.code if report else None,
        "days_over": report.days_over if report else None,
        **counted,  # only where there are: a year that was closed without them stays the same
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
