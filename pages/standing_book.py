"""Scoring in Excel, on Thi đua: the sheet to fill in, the filled-in sheet, what it would change.

A unit's reporter takes its own sheet, the emulation secretary that of a whole cluster; which of
the two a file is, it says itself. What was found stands at its cell, old beside new, and
nothing is stored before the one confirmation. Each act is decided again in ``workflow``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

import bootstrap
from kpi.findings import Finding, KpiError, NotAllowed, Severity, UnreadableWorkbook
from kpi.permissions import Actor
from kpi.score_sheets import Voice
from pages import kept_files, people, shell
from pages.knowledge import BY_NAME, Version
from reports.actors import actor_name
from reports.emulation_words import unit_name
from reports.html import escape
from reports.html.findings_table import check_table
from reports.html.score_preview import about_finding, score_preview
from reports.standing import ClusterStanding
from texts import say
from texts.errors import error_sentence
from texts.numbers import moment_text
from workflow.score_books import (
    ScoreInspection,
    barred,
    blank_scores,
    inspect_scores,
    keep_scores,
    kept_scores,
)
from workflow.scores import ACTS

MAX_MEGABYTES = 5
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UPLOADS = "scores-uploads"  # counts them: a new one begins with an empty box
VOICES = {act: voice for voice, act in ACTS.items()}
Told = Callable[[str, str], None]  # how it ended, in which words


def acting(voice: Voice) -> Actor:
    """Whoever gives points of this voice.

    Raises:
        NotAllowed: if nobody has signed in.
    """
    person = people.acting()
    return people.verifying(person) if voice is Voice.VERIFIED else person


def show(
    screen: shell.Screen, shown: ClusterStanding, unit: str, voices: Sequence[Voice], told: Told
) -> None:
    """The expander, closed until it is wanted; under it the sheets that were brought.

    Args:
        voices: whose sheets this person may send.
        told: takes what became of a confirmed sheet.
    """
    lang = screen.lang
    with st.expander(say("standing.book.open", lang)):
        st.caption(say("standing.book.rule", lang))
        with st.container(key="scores-sheets", horizontal=True):
            for voice in voices:
                _offer(screen, shown, unit, voice)
        chosen = st.file_uploader(
            say("standing.book.upload", lang), type=None, max_upload_size=MAX_MEGABYTES,
            key=f"scores-file-{st.session_state.get(_UPLOADS, 0)}",
        )  # fmt: skip
        if chosen is not None:
            _look(screen, chosen.getvalue(), chosen.name, told)


def brought(screen: shell.Screen, unit: str, voices: Sequence[Voice]) -> None:
    """The sheets that gave the unit's points, each as it came, with its digest.

    Whoever verifies sees what the unit brought, as whoever approves a report sees its file.
    """
    lang, period = screen.lang, screen.period
    seen = list(Voice) if Voice.VERIFIED in voices else voices
    with bootstrap.session_factory()() as session:
        found = kept_scores(session, seen, unit, period)
    if not found:
        return
    with st.popover(say("standing.book.brought", lang)):
        for number, book in enumerate(found):
            kept_files.offer(book.file_name, book.file_name, book.digest, key=f"scores-{number}")
            said = say(
                f"standing.book.brought_{VOICES[book.act].value}", lang,
                by=actor_name(book.by, lang), at=moment_text(book.at, lang), digest=book.digest,
            )  # fmt: skip
            st.html(f'<p class="cap digest" lang="{lang}">{escape.text(said)}</p>')


def _offer(screen: shell.Screen, shown: ClusterStanding, unit: str, voice: Voice) -> None:
    """The sheet to fill in; made when it is asked for."""
    lang, period, today = screen.lang, screen.period, screen.today
    own = voice is Voice.SELF
    whose = unit if own else shown.cluster.id
    placed = next(one for one in shown.placed if one.org_unit == unit)
    label = say(
        f"standing.book.{voice.value}", lang, unit=unit_name(placed, screen.words),
        cluster=shown.cluster.name.get(lang),
    )  # fmt: skip

    def make() -> bytes:
        with bootstrap.session_factory()() as session:
            ground = bootstrap.standing_ground(period.year)
            return blank_scores(session, ground, period, voice, whose, today=today)

    name = "phieu_tu_cham" if own else "phieu_tham_dinh"
    st.download_button(
        label, make, f"{name}_{whose}_{period.code}.xlsx", _XLSX, type="tertiary",
        icon=":material/download:", on_click="ignore", key=f"scores-sheet-{voice.value}",
    )  # fmt: skip


def _look(screen: shell.Screen, data: bytes, file_name: str, told: Told) -> None:
    """What the sheet says, what is wrong with it, what it would change, and the act."""
    lang = screen.lang
    try:
        seen = _inspected(screen.version, data, file_name, bootstrap.today())
    except UnreadableWorkbook as unreadable:
        st.html(_checked(screen, None, unreadable.findings))
        return
    if seen.findings:
        st.html(_checked(screen, seen, seen.findings))
    if seen.asked is None:
        return
    blocked = not seen.outcome.accepted
    st.html(score_preview(seen.changes, seen.asked, screen.org_units, lang, blocked=blocked))
    _confirm(screen, seen, data, told)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_NAME)
def _inspected(version: Version, data: bytes, file_name: str, today: date) -> ScoreInspection:
    """Read once for each file and state of the data."""
    with bootstrap.session_factory()() as session:
        return inspect_scores(session, bootstrap.standing_ground, data, file_name, today=today)


def _checked(
    screen: shell.Screen, seen: ScoreInspection | None, findings: Sequence[Finding]
) -> str:
    lang, units = screen.lang, screen.org_units
    asked = seen.asked if seen is not None else None
    errors = any(one.severity is Severity.ERROR for one in findings)
    return check_table(
        findings, seen.changes if seen is not None else (), screen.definitions, units, lang,
        called=lambda one: about_finding(one, asked, units, lang),
        foot="" if errors else say("standing.book.foot", lang),
    )  # fmt: skip


def _confirm(screen: shell.Screen, seen: ScoreInspection, data: bytes, told: Told) -> None:
    """The button, and beside it what keeps it from being pressed."""
    lang = screen.lang
    reasons = _reasons(screen, seen)
    st.button(
        say("standing.book.keep", lang, count=len(seen.differing)), type="primary",
        disabled=bool(reasons), key="scores-keep", on_click=_keep, args=(screen, seen, data, told),
    )  # fmt: skip
    for reason in reasons:
        st.html(f'<p class="cap" lang="{lang}">{escape.text(reason)}</p>')


def _reasons(screen: shell.Screen, seen: ScoreInspection) -> list[str]:
    """Why the sheet cannot be kept, in words; none if it can."""
    lang = screen.lang
    errors = sum(one.severity is Severity.ERROR for one in seen.findings)
    if errors:
        return [say("standing.book.blocked", lang, count=errors)]
    if not seen.differing:
        return [say("standing.book.nothing", lang)]
    with bootstrap.session_factory()() as session:
        closed_to = barred(session, acting(seen.voice), seen)
    names = {code: screen.org_units.units[code].short.get(lang) for code in closed_to}
    return [
        say("standing.book.barred", lang, unit=names[code],
            why=error_sentence(NotAllowed(why, subject=names[code]), lang))
        for code, why in closed_to.items()
    ]  # fmt: skip


def _keep(screen: shell.Screen, seen: ScoreInspection, data: bytes, told: Told) -> None:
    """The act itself, before the screen is built anew; whatever refuses it stores nothing."""
    lang, ground = screen.lang, bootstrap.standing_ground(seen.period.year)
    try:
        count = keep_scores(
            bootstrap.session_factory(), acting(seen.voice), ground, seen, data,
            at=bootstrap.now(),
        )  # fmt: skip
    except KpiError as refused:
        told("error", error_sentence(refused, lang))
        return
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    key = f"standing.book.kept_{seen.voice.value}"
    told("success", say(key, lang, count=count, file=seen.file_name))
