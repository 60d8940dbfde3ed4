"""The rows of what is owed and urged as JSON Schema: reports, commitments, explanations.

Beside ``urging``, as ``schemas`` stands beside ``documents``.
"""

from __future__ import annotations

from api.shapes import (
    BOOLEAN,
    DAY,
    MAYBE_DAY,
    MAYBE_TEXT,
    MAYBE_WHOLE,
    MOMENT,
    NAMES,
    NUMBER,
    TEXT,
    WHOLE,
    Document,
    maybe,
    record,
    rows,
)
from kpi import inquiries, milestones
from kpi.evidence import Kind
from kpi.inquiries import Course, Step
from kpi.judgement import Status

_STATUSES = [one.value for one in Status]
_LATE: Document = {"type": "integer", "description": "Days after the due day; 0 in time."}
_FILES = rows(
    record(
        kind={"type": "string", "enum": [one.value for one in Kind]},
        size={"type": "integer", "description": "Bytes."},
        digest={"type": "string", "description": "SHA-256; a file's name stays inside."},
    )
)

URGING: dict[str, Document] = {
    "Completeness": record(
        org_unit=TEXT,
        reporter=TEXT,
        form={"type": "string", "enum": ["A", "B"], "description": "B: of a provincial agency."},
        period=TEXT,
        state={
            "type": "string",
            "enum": ["on_time", "late", "to_fix", "missing", "not_due", "none"],
            "description": "none: nothing is asked for at this period.",
        },
        expected={"type": "integer", "description": "Figures that the form asks for."},
        filled={"type": "integer", "description": "Answered at all."},
        valid={"type": "integer", "description": "Answered in what has not been returned."},
        accepted={"type": "integer", "description": "Answered in what is in force."},
        in_time_until=DAY,
        excepted={**BOOLEAN, "description": "The day comes from an exception."},
        received_on=MAYBE_DAY,
        days_over=WHOLE,
        revision=MAYBE_WHOLE,
        returned={"type": "integer", "description": "How often it was sent back."},
    ),
    "Milestone": record(
        commitment=TEXT,
        name=NAMES,
        clause=TEXT,
        owner=MAYBE_TEXT,
        owner_name=maybe(NAMES),
        state={
            "enum": [None, *(one.value for one in milestones.State)],
            "description": "null: nobody has said yet.",
        },
        progress={"type": ["integer", "null"], "minimum": 0, "maximum": milestones.FULL},
        due=MAYBE_DAY,
        days_late=_LATE,
        evidence=TEXT,
        files=_FILES,
        said_at=maybe(MOMENT),
    ),
    "Inquiry": record(
        id=WHOLE,
        indicator=TEXT,
        org_unit=TEXT,
        period=TEXT,
        owner={"type": "string", "description": "The reporter who answers."},
        question=TEXT,
        due=DAY,
        status={"type": "string", "enum": _STATUSES, "description": "As whoever asked saw it."},
        value=NUMBER,
        asked_at=MOMENT,
        state={"type": "string", "enum": [one.value for one in inquiries.State]},
        days_late=_LATE,
        next_status={
            "enum": [None, *_STATUSES],
            "description": "Of the same figure at the next quarter, where that is judged.",
        },
        course={"type": "string", "enum": [one.value for one in Course]},
        steps=rows(
            record(
                step={"type": "string", "enum": [one.value for one in Step]},
                text=TEXT,
                at=MOMENT,
                submission=MAYBE_WHOLE,
                files=_FILES,
            )
        ),
    ),
}
