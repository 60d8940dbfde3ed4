"""A person says how a table of their own is to be read, and it is remembered.

``confirm`` keeps the mapping with who and when; a changed one supersedes the old, which
stays. Only a mapping that can be used is kept: it names figures, and only codes that
exist; or it says that nothing of the table is to be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from kpi.layouts import ColumnRole, ColumnUse, LayoutMapping, RowUse
from kpi.permissions import Act, Actor, Scope
from store import layouts
from store.engine import Session, SessionFactory
from workflow.gate import Entry, perform

_LONGEST_NAME = 255


def confirm(
    factory: SessionFactory,
    actor: Actor,
    mapping: LayoutMapping,
    *,
    file_name: str,
    at: datetime,
    definitions: Definitions,
    org_units: OrgUnits,
) -> bool:
    """Keep a mapping for its reporter and headings.

    Args:
        file_name: of the workbook it was confirmed on.

    Returns:
        False if exactly this was confirmed before; then nothing changes.

    Raises:
        NotAllowed: if the actor may not, or the mapping cannot be used.
    """

    def work(session: Session, entry: Entry) -> bool:
        _require_usable(mapping, definitions, org_units)
        known = layouts.in_force(session, mapping.reporter, mapping.fingerprint, mapping.title)
        if known is not None and known.mapping == mapping:
            entry.nothing_changed = True
            return False
        layouts.add(session, mapping, file_name=file_name[-_LONGEST_NAME:], by=actor.id, at=at)
        entry.subject = mapping.reporter
        entry.details = {
            "fingerprint": mapping.fingerprint,
            "columns": str(len(mapping.columns)),
            "rows": str(len(mapping.rows)),
            "replaces": known.confirmed_at.isoformat() if known else "",
        }
        return True

    scope = Scope(reporter=mapping.reporter)
    return perform(factory, actor, Act.CONFIRM_LAYOUT, work, at=at, scope_of=lambda _session: scope)


def _require_usable(mapping: LayoutMapping, definitions: Definitions, org_units: OrgUnits) -> None:
    if mapping.reporter not in {*org_units.units, *definitions.agencies}:
        raise NotAllowed("mapping_without_reporter", subject=mapping.reporter)
    if mapping.set_aside:
        return
    values = [use for use in mapping.columns.values() if use.role is ColumnRole.VALUE]
    if not values:
        raise NotAllowed("mapping_without_values", subject=mapping.reporter)
    rows: list[ColumnUse | RowUse] = [*values, *mapping.rows.values(), mapping.whole]
    if not any(use.indicator for use in rows) or all(row.left_out for row in mapping.rows.values()):
        raise NotAllowed("mapping_without_rows", subject=mapping.reporter)
    for code in _unknown_codes(mapping, definitions, org_units):
        raise NotAllowed("mapping_unknown_code", subject=mapping.reporter, code=code)


def _unknown_codes(
    mapping: LayoutMapping, definitions: Definitions, org_units: OrgUnits
) -> Iterator[str]:
    uses: list[ColumnUse | RowUse] = [*mapping.columns.values(), *mapping.rows.values()]
    for use in (*uses, mapping.whole):
        if use.indicator and use.indicator not in definitions.indicators:
            yield use.indicator
        if use.org_unit and use.org_unit not in org_units.units:
            yield use.org_unit
