"""The audit log to take away: every event that was asked for, with its details."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reports.export import Table
from reports.html.audit_table import act_name, details_text, outcome_name
from store.audit import Event
from texts import say
from texts.numbers import moment_text

_COLUMNS = ("at", "who", "act", "subject", "outcome", "details")


def export_table(events: Sequence[Event], lang: str, *, taken_at: datetime) -> Table:
    return Table(
        title=say("admin.log.title", lang),
        head=[(say("indicator.source.export_vintage", lang), moment_text(taken_at, lang))],
        columns=[say(f"admin.log.{name}", lang) for name in _COLUMNS],
        rows=[
            (
                moment_text(event.at, lang),
                event.actor,
                act_name(event.act, lang),
                event.subject,
                outcome_name(event, lang),
                details_text(event, lang),
            )
            for event in events
        ],
        sheet=say("admin.log.title", lang),
        decimals=None,
    )
