"""How a reporter's own tables are read: every mapping that was ever confirmed.

Rows are only added. The newest one of a reporter for a table's headings and title is in
force; the older ones say how earlier files were read.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from kpi.layouts import ConfirmedLayout, LayoutMapping, from_document, to_document
from store.json_text import dump
from store.schema import layout_mapping


def in_force(
    session: Session, reporter: str, fingerprint: str, title: str = ""
) -> ConfirmedLayout | None:
    """How this reporter's table with these headings is to be read; None: never confirmed.

    Args:
        title: of the table, as a key: two tables may have the same headings. Without one of
            that title it is the newest that is read; a table is set aside by its own only.
    """
    found = history(session, reporter, fingerprint)
    titled = [one for one in found if one.mapping.title == title]
    others = [one for one in found if not one.mapping.set_aside]
    return next(reversed(titled or others), None)


def history(session: Session, reporter: str, fingerprint: str) -> list[ConfirmedLayout]:
    """Every mapping there has been for a table, oldest first."""
    rows = session.execute(
        select(layout_mapping)
        .where(
            layout_mapping.c.reporter == reporter,
            layout_mapping.c.fingerprint == fingerprint,
        )
        .order_by(layout_mapping.c.id)
    )
    return [_confirmed(row) for row in rows]


def add(session: Session, mapping: LayoutMapping, *, file_name: str, by: str, at: datetime) -> None:
    """Remember a mapping; whatever was in force for the same table is superseded."""
    session.execute(
        insert(layout_mapping).values(
            reporter=mapping.reporter,
            fingerprint=mapping.fingerprint,
            mapping=dump(to_document(mapping)),
            file_name=file_name,
            confirmed_by=by,
            confirmed_at=at,
        )
    )


def _confirmed(row: Row[Any]) -> ConfirmedLayout:
    mapping = from_document(json.loads(row.mapping))
    return ConfirmedLayout(mapping, row.confirmed_by, row.confirmed_at)
