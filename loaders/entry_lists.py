"""Entries of a YAML list: each validated alone, each mistake at its own line.

The definition files are lists of entries with a key of their own (``id``, ``code``). A
broken entry is noted and left out; the others are still read, and its key is still known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import ValidationError

from kpi.bilingual import Text
from loaders.mistakes import said
from loaders.model_types import Strict
from loaders.yaml_lines import Document, Place

E = TypeVar("E", bound=Strict)
Places = dict[str, dict[str, Place]]  # list -> key -> place in the file

# Mistakes that pydantic finds and that have words of their own.
_PLAIN = {
    "extra_forbidden", "missing", "string_too_short", "string_type", "bool_type", "int_type",
    "model_type", "dict_type", "mapping_type", "tuple_type",
}  # fmt: skip


def read_list(
    document: Document, name: str, model: type[E], places: Places, key: str = "id"
) -> dict[str, E]:
    """The sound entries of one list by key, in the order of the file."""
    entries: dict[str, E] = {}
    known = places.setdefault(name, {})
    if not document.entries(name):
        document.complain((name,), said("empty_list"))
    for index, raw in enumerate(document.entries(name)):
        place: Place = (name, index)
        identifier = raw.get(key) if isinstance(raw, dict) else None
        if isinstance(identifier, str) and identifier in known:
            first = document.line_of(known[identifier])
            document.complain((*place, key), said("used", id=identifier, line=first))
        elif isinstance(identifier, str):
            known[identifier] = place
        entry = read_entry(document, place, model, raw)
        if entry is not None and isinstance(identifier, str):
            entries.setdefault(identifier, entry)
    return entries


def read_entry(document: Document, place: Place, model: type[E], raw: object) -> E | None:
    """One validated entry, or None after noting what is wrong with it."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        complain_all(document, place, error, raw)
        strange = [
            _in_file(raw, d["loc"]) for d in error.errors() if d["type"] == "extra_forbidden"
        ]
        if len(strange) < error.error_count():
            return None
        # Only keys too many: without them the entry can still meet the other rules.
        return model.model_validate(_without(raw, strange))


def read_head(document: Document, model: type[E], lists: tuple[str, ...]) -> E | None:
    """The file without its lists of entries."""
    head = {name: value for name, value in document.data.items() if name not in lists}
    return read_entry(document, (), model, head)


def complain_all(
    document: Document, place: Place, error: ValidationError, raw: object = None
) -> None:
    """Note every detail of a validation error at its own line."""
    for detail in error.errors(include_url=False, include_context=False):
        # pydantic marks a wrong key of a mapping by a last part that is not in the file.
        steps = tuple(part for part in _in_file(raw, detail["loc"]) if part != "[key]")
        document.complain((*place, *steps), _words(detail))


def _words(detail: Mapping[str, object]) -> Text:
    kind = detail["type"]
    if kind == "string_pattern_mismatch" and not str(detail["input"]).strip():
        return said("empty")
    if kind in _PLAIN:
        return said(f"plain.{kind}")
    return said("other", detail=str(detail["msg"]).removeprefix("Value error, "))


def _in_file(raw: object, loc: Place) -> Place:
    """A place as the file has it: pydantic also names which of several shapes it tried."""
    steps: list[int | str] = []
    for number, part in enumerate(loc):
        is_last = number == len(loc) - 1
        if isinstance(raw, dict):
            if part not in raw and not is_last:
                continue
            raw = raw.get(part)
        elif isinstance(raw, list) and isinstance(part, int) and part < len(raw):
            raw = raw[part]
        steps.append(part)
    return tuple(steps)


def _without(raw: object, strange: Sequence[tuple[int | str, ...]], depth: int = 0) -> object:
    """A copy of ``raw`` without the places that ``strange`` points at."""
    here = {loc[depth] for loc in strange if len(loc) == depth + 1}
    inner = [loc for loc in strange if len(loc) > depth + 1]

    def below(key: int | str, value: object) -> object:
        return _without(value, [loc for loc in inner if loc[depth] == key], depth + 1)

    if isinstance(raw, dict):
        return {key: below(key, value) for key, value in raw.items() if key not in here}
    if isinstance(raw, list):
        return [below(index, value) for index, value in enumerate(raw)]
    return raw
