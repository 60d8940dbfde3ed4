"""The mapping as a file that a person edits: YAML with the cells and what could be meant.

Everything the program is sure of is filled in; wherever it is not there stands "?" to be
replaced by a code, or by "-" to leave the column or row out. What still says "?" when the
file comes back stays out, and its figures are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from kpi.findings import NotAllowed
from kpi.layouts import (
    ColumnRole,
    LayoutMapping,
    RowUse,
    from_document,
    use_document,
)
from loaders.layouts.columns import SAME_HEADING, ColumnProposal, has_figures
from loaders.layouts.proposals import Proposal
from loaders.layouts.rows import (
    NAMELESS,
    OTHER_SIZE,
    SAME_LABEL,
    UNIT_MISSING,
    UNIT_UNKNOWN,
    RowProposal,
)

OPEN, LEFT_OUT = "?", "-"
_ABOUT_MEASURE = (OTHER_SIZE, UNIT_MISSING, UNIT_UNKNOWN)
_HEAD = """\
# Cách hiểu biểu này. Thay mỗi dấu "?" bằng mã chỉ tiêu, mã đơn vị hoặc vai trò của cột;
# ghi "-" nếu không đọc. Chỗ còn dấu "?" sẽ không được đọc.
# role: value (số liệu lũy kế của kỳ báo cáo), plan, previous, comparison, other_period,
# number, code, name, unit_code, org_unit, unit_of_measure, note, left_out.
# scale: số trong biểu nhân với số này thành đơn vị tính của chỉ tiêu.
"""


def write_mapping(proposal: Proposal, reporter: str) -> str:
    """The proposal as the text of a mapping file."""
    document: dict[str, Any] = {
        "reporter": reporter,
        "fingerprint": proposal.fingerprint,
        "title": proposal.title,
        "whole": _whole(proposal.whole),
        "columns": {one.key: entry for one, entry in _columns(proposal)},
        "rows": {row.key: entry for row, entry in _rows(proposal)},
    }
    return _HEAD + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)


def read_mapping(text: str) -> LayoutMapping:
    """The mapping a file states, without what is still open.

    Raises:
        NotAllowed: if the file is no mapping; the fact names the entry.
    """
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise NotAllowed("mapping_unreadable", detail=str(error)) from error
    if not isinstance(document, dict):
        raise NotAllowed("mapping_unreadable", detail="columns, rows")
    try:
        return from_document(
            {
                **document,
                "whole": _answered(document.get("whole")) or {},
                "columns": _entries(document, "columns"),
                "rows": _entries(document, "rows"),
            }
        )
    except ValueError as error:
        raise NotAllowed("mapping_unreadable", detail=str(error)) from error


def _columns(proposal: Proposal) -> Iterator[tuple[ColumnProposal, dict[str, Any]]]:
    for one in proposal.columns:
        if one.problem == SAME_HEADING or not (one.is_naming or _filled(proposal, one)):
            continue
        if one.found.settled and one.use is not None:
            yield one, {"cell": str(one.head.at), **use_document(one.use)}
            continue
        guess = one.use or one.guess
        entry = {"cell": str(one.head.at), "found": one.found.value, "role": OPEN}
        said = use_document(guess) if guess else {}
        if guess and one.problem in _ABOUT_MEASURE and guess.indicator:
            could_be = (str(said.get("scale", "1")),)
            yield one, {**entry, **said, "scale": OPEN} | _could_be(could_be)
            continue
        yield one, {**said, **entry} | _could_be(one.could_be)


def _filled(proposal: Proposal, one: ColumnProposal) -> bool:
    return has_figures(proposal.table, one.head.column)


def _rows(proposal: Proposal) -> Iterator[tuple[RowProposal, dict[str, Any]]]:
    for row in proposal.rows:
        if row.problem in (SAME_LABEL, NAMELESS):
            continue
        if row.found.settled and row.use is not None:
            yield row, {"cell": str(row.line.at), **use_document(row.use)}
        elif row.line.has_figures:
            yield row, _open_row(row)


def _open_row(row: RowProposal) -> dict[str, Any]:
    """The part in doubt is open; what is suggested stands in ``could_be`` beside it."""
    entry: dict[str, Any] = {"cell": str(row.line.at), "found": row.found.value}
    if row.problem:
        entry["problem"] = row.problem
    use = row.use or RowUse()
    said = use_document(use)
    doubt = "org_unit" if use.org_unit and not use.indicator else "indicator"
    suggested = [said[doubt]] if doubt in said else []
    if row.problem in _ABOUT_MEASURE and row.line.indicator.found.settled:
        doubt, suggested = "scale", [str(said.get("scale", "1"))]
    entry |= {**said, doubt: OPEN}
    return entry | _could_be(tuple(dict.fromkeys((*suggested, *row.could_be))))


def _whole(whole: RowProposal | None) -> dict[str, Any]:
    return {} if whole is None else _open_row(whole)


def _could_be(codes: tuple[str, ...]) -> dict[str, list[str]]:
    return {"could_be": list(codes)} if codes else {}


def _entries(document: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = document.get(name) or {}
    if not isinstance(part, dict):
        raise ValueError(name)
    answered = {str(key): _answered(entry) for key, entry in part.items()}
    return {key: entry for key, entry in answered.items() if entry is not None}


def _answered(entry: Any) -> Any:
    """The entry without its explanations; None while it is open, empty if left out."""
    if not isinstance(entry, dict):
        return entry
    texts = {name: value for name, value in entry.items() if isinstance(value, str)}
    if OPEN in texts.values():
        return None
    if LEFT_OUT in texts.values():
        return {"role": ColumnRole.LEFT_OUT.value} if "role" in entry else {}
    kept = ("role", "indicator", "org_unit", "total", "measure", "scale")
    return {name: entry[name] for name in kept if name in entry}
