"""The table of all that people wrote row by row and ``verify`` holds against the log.

A new table that people write gets a line here, and its fault a text (``verify.<code>``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy.orm import Session

from store import entries_checked, mails_checked, seals
from store.verification import Fault


class Held(NamedTuple):
    """One table: the text of its fault, what the text names, and where rows and log differ."""

    code: str
    names: tuple[str, ...]
    apart: Callable[[Session], Sequence[tuple[str, ...]]]


HELD = (
    Held("score_not_logged", ("org_unit", "period", "criterion"), entries_checked.scores),
    Held("milestone_not_logged", ("commitment",), entries_checked.milestones),
    Held("honour_not_logged", ("entry",), entries_checked.registers),
    Held("inquiry_altered", ("inquiry",), entries_checked.questions),
    Held("standing_not_logged", ("year",), entries_checked.closed_years),
    Held("reminder_not_logged", ("reporter", "period"), mails_checked.reminders),
    Held("notice_not_logged", ("inquiry",), mails_checked.notices),
    Held("target_not_logged", ("target",), partial(seals.broken, sealed=seals.TARGETS)),
    Held("account_not_logged", ("account",), partial(seals.broken, sealed=seals.ACCOUNTS)),
)


def faults(session: Session) -> Iterator[Fault]:
    """Every row that says otherwise than the log."""
    for one in HELD:
        for found in one.apart(session):
            yield Fault(one.code, dict(zip(one.names, found, strict=True)))
