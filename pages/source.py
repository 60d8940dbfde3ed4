"""Nguồn: the row of the workbook a figure comes from, as it was sent, and the file itself.

Not in the menu: every cell's address on the other screens leads here
(``/nguon?ban=41&o=Quý III-2018!G19``). A link that leads nowhere is answered with a
sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

import bootstrap
from kpi.excerpts import Excerpt
from kpi.findings import UnreadableWorkbook
from kpi.periods import Period
from loaders.excerpt import excerpt
from pages import shell, take_away
from reports import submission_export
from reports.actors import actor_name
from reports.cells import reporter_name
from reports.export import Table
from reports.html import indicator_head, page
from reports.html.address import View
from reports.html.excerpt import excerpt_table, facts_list, way_back
from store import submissions
from store.submissions import Submission
from texts import say
from texts.numbers import moment_text, period_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_DIGITS = 12


@dataclass(frozen=True)
class Sent:
    """One submission with its workbook; ``newest`` is the reporter's latest revision."""

    submission: Submission
    content: bytes | None
    newest: int


def main() -> None:
    screen = shell.screen()
    lang = screen.lang
    asked, address = st.query_params.get("ban", ""), st.query_params.get("o", "")
    sent = looked_up(asked)
    sheet, _, cell = address.rpartition("!")
    st.html(back(screen))
    st.html(head(screen, sent, sheet, cell))
    if sent is None:
        said = say("source.unknown_submission", lang, found=asked) if asked else ""
        st.html(page.message("error", said or say("source.no_submission", lang), lang))
        return
    st.html(facts_list(facts(screen, sent), lang))
    if sent.newest > sent.submission.revision:
        said = say("source.newer", lang, revision=sent.newest)
        st.html(page.message("partial", said, lang))
    if sent.content is None:
        st.html(page.message("error", say("source.no_file", lang), lang))
        return
    name = sent.submission.file_name
    show(screen, sent.submission, sent.content, sheet, cell)
    label = say("source.download", lang, file=name)
    st.download_button(
        label, sent.content, name, XLSX, on_click="ignore", key="source-download",
        icon=":material/download:",
    )  # fmt: skip


def looked_up(number: str) -> Sent | None:
    """The submission of that number, if there is one."""
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        return None
    with bootstrap.session_factory()() as session:
        found = submissions.get(session, int(number))
        if found is None:
            return None
        content = submissions.file_content(session, found.file_digest)
        latest = submissions.latest(session, found.reporter, found.period)
    return Sent(found, content, latest.revision if latest else found.revision)


def back(screen: shell.Screen) -> str:
    """To the indicator the reader came from, else to the overview."""
    lang, code = screen.lang, st.query_params.get("ma", "")
    if code in screen.definitions.indicators:
        unit = st.query_params.get("don-vi")
        href = indicator_head.address(code, screen.period, unit, lang)
        return way_back(href, say("source.back", lang), lang)
    home = View(screen.period, lang=lang).overview()
    return way_back(home, say("source.to_overview", lang), lang)


def head(screen: shell.Screen, sent: Sent | None, sheet: str, cell: str) -> str:
    lang = screen.lang
    named = bool(sent and sheet and cell)
    title = say("source.title", lang, cell=cell, sheet=sheet) if named else ""
    caption = ""
    if sent is not None:
        period = period_name(Period.parse(sent.submission.period), lang, "inside")
        reporter = reporter_name(sent.submission.reporter, screen.words)
        caption = say("source.caption", lang, reporter=reporter, period=period)
    return page.title(title or say("source.title_none", lang), caption, lang)


def facts(screen: shell.Screen, sent: Sent) -> list[tuple[str, str]]:
    """What is known of the submission, in the order a reader asks."""
    one, lang = sent.submission, screen.lang
    return [
        ("file", one.file_name),
        ("reporter", reporter_name(one.reporter, screen.words)),
        ("period", period_name(Period.parse(one.period), lang)),
        ("revision", f"v{one.revision}, {say(f'source.state.{one.state}', lang)}"),
        ("received", moment_text(one.submitted_at, lang)),
        ("by", actor_name(one.submitted_by, lang)),
        ("code", one.code),
        ("note", one.note),
    ]


def show(screen: shell.Screen, one: Submission, content: bytes, sheet: str, cell: str) -> None:
    """The rows around the cell, here and to take away, or why they cannot be shown."""
    lang = screen.lang
    if not cell:
        st.html(page.message("partial", say("source.no_cell_asked", lang), lang))
        return
    try:
        found = cut(content, sheet, cell, one.file_name)
    except UnreadableWorkbook:
        st.html(page.message("partial", say("source.unreadable", lang), lang))
        return
    if found is None:
        said = say("source.no_cell", lang, found=f"{sheet}!{cell}")
        st.html(page.message("partial", said, lang))
        return
    st.html(excerpt_table(found, lang))
    offer(screen, one, found)


def offer(screen: shell.Screen, one: Submission, found: Excerpt) -> None:
    """The excerpt as a table of its own; the whole file stands below."""

    def tables() -> list[Table]:
        sent = take_away.sent(one, screen.words)
        return [submission_export.excerpt_table(found, sent, screen.words)]

    name = f"trich_{one.reporter}_{one.period}_v{one.revision}_{found.column}{found.row}"
    take_away.row(tables, name, screen.lang, key="source")


@st.cache_data(max_entries=64, show_spinner=False)
def cut(content: bytes, sheet: str, cell: str, file_name: str) -> Excerpt | None:
    return excerpt(content, sheet, cell, file_name)


main()
