"""The small words of JSON Schema that the rows of every resource are described with."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

TEXT: Document = {"type": "string"}
MAYBE_TEXT: Document = {"type": ["string", "null"]}
BOOLEAN: Document = {"type": "boolean"}
WHOLE: Document = {"type": "integer"}
MAYBE_WHOLE: Document = {"type": ["integer", "null"]}
NUMBER: Document = {
    "type": ["string", "null"],
    "pattern": "^-?[0-9]+([.][0-9]+)?$",
    "description": "A decimal number as text; null where there is none.",
}
DAY: Document = {"type": "string", "format": "date"}
MAYBE_DAY: Document = {"type": ["string", "null"], "format": "date"}
APPROVED: Document = {
    "type": "boolean",
    "description": "False: it rests on a figure that nobody has decided on yet. "
    "Only with `unapproved=true`.",
}
MOMENT: Document = {"type": "string", "format": "date-time"}


def record(**properties: Document) -> Document:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def with_approval(one: Document) -> Document:
    """A record that says more where ``unapproved=true`` is asked for."""
    return {**one, "properties": {**one["properties"], "approved": APPROVED}}


def rows(of: Document) -> Document:
    return {"type": "array", "items": of}


def by_name(of: Document) -> Document:
    return {"type": "object", "additionalProperties": of}


def maybe(one: Document) -> Document:
    return {"anyOf": [one, {"type": "null"}]}


def ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


NAMES = record(vi=TEXT, en=TEXT)
NAMED = record(id=TEXT, name=NAMES)
