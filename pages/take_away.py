"""The two buttons beside a table: the figures of the screen as Excel and as CSV.

The files are made when somebody asks for them, not at every look at the screen. Data
that are made up, or not approved, say so in every table's head: a file travels without its banner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import bootstrap
from kpi.periods import Period
from pages import startup
from reports import export
from reports.cells import reporter_name
from reports.submission_export import Sent
from reports.wording import Words
from store.submissions import Submission
from texts import say

Tables = Callable[[], Sequence[export.Table]]


def buttons(tables: Tables, name: str, lang: str, *, key: str = "download") -> None:
    """Hand over what ``tables`` makes as ``name``.xlsx or .csv and leave the page as it is."""
    said = marks(lang)  # asked here: a download has no session of its own
    st.download_button(
        say("indicator.source.excel", lang), lambda: export.excel(*made(tables, said)),
        f"{name}.xlsx", key=f"{key}-excel", on_click="ignore",
    )  # fmt: skip
    st.download_button(
        say("indicator.source.csv", lang),
        lambda: export.comma_separated(*made(tables, said), lang=lang),
        f"{name}.csv", key=f"{key}-csv", on_click="ignore",
    )  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A document for the meeting: what its button says, who makes it, its file's name."""

    label: str
    make: Callable[[], bytes]
    file_name: str


def row(
    tables: Tables, name: str, lang: str, *, key: str, papers: Sequence[Paper] = ()
) -> DeltaGenerator:
    """The buttons in a line of their own, at the right under what they hand over.

    Returns:
        the line, for what else belongs into it.
    """
    line = st.container(key=f"take-away-{key}", horizontal=True, horizontal_alignment="right")
    with line:
        for n, paper in enumerate(papers):
            st.download_button(
                paper.label, paper.make, paper.file_name, key=f"{key}-paper-{n}",
                on_click="ignore",
            )  # fmt: skip
        buttons(tables, name, lang, key=key)
    return line


def sent(one: Submission, words: Words) -> Sent:
    """Whose workbook a submission's tables are about."""
    reporter = reporter_name(one.reporter, words)
    period = Period.parse(one.period)
    at = bootstrap.now()
    return Sent(reporter, period, one.file_name, one.submitted_at, at, one.revision)


def marks(lang: str) -> list[str]:
    """What every table's head must say of the data: made up, not all of them approved."""
    demo, unapproved = startup.preparation().demo, st.session_state.get("unapproved") == "1"
    keys = {"indicator.source.export_illustrative": demo, "changes.unapproved_on": unapproved}
    return [say(key, lang) for key, holds in keys.items() if holds]


def made(tables: Tables, said: Sequence[str]) -> list[export.Table]:
    """The tables, each with what is said of the data in its head."""
    head = [(one, "") for one in said]
    return [replace(table, head=[*table.head, *head]) for table in tables()]
