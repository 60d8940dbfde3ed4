"""The rows of every resource as JSON Schema, for the OpenAPI document.

Written by hand, beside ``documents``: a test holds every answer against it. Numbers are
strings, so that no program rounds them on the way.
"""

from __future__ import annotations

from api.shapes import (
    BOOLEAN,
    DAY,
    MAYBE_DAY,
    MAYBE_TEXT,
    MAYBE_WHOLE,
    MOMENT,
    NAMED,
    NAMES,
    NUMBER,
    TEXT,
    WHOLE,
    Document,
    by_name,
    maybe,
    record,
    ref,
    rows,
    with_approval,
)
from api.urging_schemas import URGING

_EDGES = record(low=NUMBER, high=NUMBER)
_STATUS: Document = {
    "type": "string",
    "enum": ["A", "E", "P", "M", "O"],
    "description": "SDMX: normal, estimate, provisional, not applicable, not available.",
}

SCHEMAS: dict[str, Document] = {
    **URGING,
    "Indicator": record(
        id=TEXT,
        name=NAMES,
        short=NAMES,
        sector=TEXT,
        role={"type": "string", "enum": ["target", "followed", "input"]},
        unit_of_measure=record(id=TEXT, name=NAMES, is_percent=BOOLEAN, is_count=BOOLEAN),
        measure={
            "type": "string",
            "enum": ["flow", "stock", "rate"],
            "description": "A flow is reported to date: Q3 is the total of nine months.",
        },
        direction=MAYBE_TEXT,
        levels=by_name(record(reporter=MAYBE_TEXT, basis=TEXT, decimals=WHOLE)),
        across_units=TEXT,
        decree=maybe(record(clause=TEXT, quote=TEXT)),
        annual=BOOLEAN,
        asked_at=rows(WHOLE),
        numerator=MAYBE_TEXT,
        denominator=MAYBE_TEXT,
        weight_indicator=MAYBE_TEXT,
        parent=MAYBE_TEXT,
        group=MAYBE_TEXT,
        thresholds=by_name(NUMBER),
    ),
    "OrgUnit": record(
        code=TEXT,
        name=NAMES,
        short=NAMES,
        level={"type": "string", "enum": ["province", "district"]},
        kind=TEXT,
        parent=MAYBE_TEXT,
        cluster=MAYBE_TEXT,
        border=BOOLEAN,
        communes=WHOLE,
        wards=WHOLE,
        townlets=WHOLE,
        valid_from=DAY,
        valid_to=MAYBE_DAY,
    ),
    "Observation": with_approval(record(
        indicator=TEXT,
        org_unit=TEXT,
        period=TEXT,
        value=NUMBER,
        status=_STATUS,
        basis=TEXT,
        note=TEXT,
        superseded=BOOLEAN,
        source=record(
            submission=WHOLE,
            revision=WHOLE,
            reporter=TEXT,
            file_name=TEXT,
            file_digest={"type": "string", "description": "SHA-256 of the workbook."},
            sheet=TEXT,
            cell=TEXT,
            raw=TEXT,
            received_at=MOMENT,
        ),
    )),
    "Target": record(
        indicator=TEXT,
        org_unit=TEXT,
        year=WHOLE,
        kind={
            "type": "string",
            "enum": ["at_least", "at_most", "range", "band", "below_previous"],
        },
        direction={"type": "string", "enum": ["increase", "decrease", "hold"]},
        low=NUMBER,
        high=NUMBER,
        by_quarter=by_name(_EDGES),
        baseline=NUMBER,
        basis=TEXT,
        clause=TEXT,
        document=TEXT,
        assigned_by=TEXT,
        decision=TEXT,
        illustrative=BOOLEAN,
        in_force_from=DAY,
        replaced_on=MAYBE_DAY,
        recorded_at=MOMENT,
    ),
    "Known": with_approval(record(
        indicator=TEXT,
        org_unit=TEXT,
        period=TEXT,
        value=NUMBER,
        status=_STATUS,
        basis=TEXT,
        submission=MAYBE_WHOLE,
        revision=MAYBE_WHOLE,
        reporter=MAYBE_TEXT,
        file=MAYBE_TEXT,
        sheet=MAYBE_TEXT,
        cell=MAYBE_TEXT,
        received_at=maybe(MOMENT),
        parts=rows(ref("Known")),
    )),
    "Explanation": record(
        rule=TEXT,
        reason=MAYBE_TEXT,
        figures=by_name(NUMBER),
        thresholds=by_name(NUMBER),
        profile=maybe(record(kind=TEXT, share=NUMBER, years=rows(WHOLE))),
        inputs=by_name(ref("Known")),
        notes=rows(record(code=TEXT, facts={"type": "object"})),
        provisional=BOOLEAN,
        coverage=maybe(
            record(present=rows(TEXT), expected=rows(TEXT), missing_weight=NUMBER)
        ),
        measures=by_name(NUMBER),
        reasons=by_name(TEXT),
        signs=by_name(TEXT),
        last_known=maybe(ref("Known")),
    ),
    "Assessment": with_approval(record(
        indicator=TEXT,
        org_unit=TEXT,
        period=TEXT,
        observation_period=TEXT,
        value=NUMBER,
        target=maybe(
            record(kind=TEXT, value=NUMBER, low=NUMBER, high=NUMBER, basis=TEXT, clause=TEXT)
        ),
        attainment=NUMBER,
        status={
            "type": "string",
            "enum": [
                "exceeded", "met", "on_track", "at_risk", "off_track", "missed",
                "incomplete", "not_due", "not_assessable", "followed",
            ],
        },
        forecast=maybe(record(central=NUMBER, low=NUMBER, high=NUMBER, profile=MAYBE_TEXT)),
        explanation=ref("Explanation"),
    )),
    "Artefact": {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^[A-Za-z0-9_@$-]+$"},
            "version": TEXT,
            "agencyID": TEXT,
            "name": TEXT,
            "names": NAMES,
        },
        "required": ["id", "version", "agencyID", "name", "names"],
    },
    "StructureMessage": {
        "type": "object",
        "description": "SDMX-JSON 2.0; `meta.schema` is its full schema.",
        "properties": {
            "meta": {
                "type": "object",
                "required": ["schema", "id", "prepared", "sender"],
            },
            "data": {
                "type": "object",
                "properties": {
                    name: rows(ref("Artefact"))
                    for name in ("dataflows", "dataStructures", "conceptSchemes", "codelists")
                },
                "required": ["dataflows"],
                "additionalProperties": False,
            },
        },
        "required": ["meta", "data"],
        "additionalProperties": False,
    },
    "Problem": {
        "type": "object",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": WHOLE,
            "code": TEXT,
            "detail": TEXT,
            "errors": rows(record(parameter=TEXT, detail=TEXT)),
        },
        "required": ["type", "title", "status", "code", "detail"],
        "additionalProperties": False,
    },
}  # fmt: skip

# What stands beside the rows, by resource
DECREE: dict[str, Document] = {
    "plan_year": WHOLE,
    "version": TEXT,
    "in_force_from": DAY,
    "document": NAMES,
    "sectors": rows(record(id=TEXT, number=TEXT, name=NAMES)),
    "agencies": rows(record(id=TEXT, name=NAMES, short=NAMES)),
    "bases": rows(NAMED),
    "commitments": rows(record(id=TEXT, name=NAMES, clause=TEXT, owner=MAYBE_TEXT)),
}
CLUSTERS: dict[str, Document] = {"clusters": rows(NAMED)}


def envelope(row: str, beside: dict[str, Document]) -> Document:
    """The JSON answer of a resource."""
    return record(
        data_version={"type": "integer", "description": "Counts every change to the data."},
        data=rows(ref(row)),
        next={
            "type": ["string", "null"],
            "description": "The query of the next page; null on the last one.",
        },
        **beside,
    )
