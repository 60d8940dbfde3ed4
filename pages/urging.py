"""Đôn đốc, below Tình hình nộp: the letters that are due today, written or sent by e-mail.

Only for those who may remind. What is sent goes through ``workflow.reminders``, which sends
no reporter the same step twice; an e-mail that could not be sent is sent again by pressing
again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

import bootstrap
from kpi.completeness import Report
from kpi.findings import KpiError, NotAllowed
from kpi.permissions import Act, Scope, may
from kpi.reminders import Channel, Reminder, last, rung_of, to_remind
from kpi.sendings import Outcome
from pages import errands, people, shell
from reports.html import escape, page
from reports.html.urging_table import Urged, urging_table
from reports.reminder_letters import as_text, document, file_name, folder, full_name
from reports.wording import Words
from texts import say
from texts.errors import error_sentence
from workflow.post import Letter
from workflow.reminders import addresses, record, send
from workflow.settings import Mail

_DONE = "urging-done"
Owed = Sequence[tuple[Report, int]]


def show(screen: shell.Screen, reports: Sequence[Report], known: Sequence[Reminder]) -> None:
    """The table and the buttons, where the person may remind and somebody is to be."""
    lang, person = screen.lang, people.actor()
    if person is None or screen.only_shows or not may(person, Act.REMIND, Scope()):
        return
    done(lang)
    owed = to_remind(reports, screen.today, screen.definitions.working_days)
    if not owed:
        return
    lines = _lines(owed, known)
    st.html(urging_table(lines, screen.words))
    mail = bootstrap.settings().mail
    with st.container(key="urging-acts", horizontal=True):
        _letters(screen, owed)
        if mail is not None:
            _mails(screen, owed, lines, mail)
    if mail is None:
        said = escape.text(say("reminders.not_set_up", lang))
        st.html(f'<p class="cap" lang="{lang}">{said}</p>')
    else:
        _preview(screen, owed, lines)


def done(lang: str) -> None:
    """What has become of the last act."""
    for kind, said in st.session_state.pop(_DONE, ()):
        st.html(page.message(kind, said, lang))
    errands.show(lang)


def official(screen: shell.Screen) -> Words:
    """Letters are written in the installation's language, whatever the reader's."""
    return Words(screen.definitions, screen.org_units, bootstrap.settings().language)


def _lines(owed: Owed, known: Sequence[Reminder]) -> list[Urged]:
    with bootstrap.session_factory()() as session:
        return [
            Urged(
                rung,
                addresses(session, rung.reporter),
                {channel: last(known, rung, channel) for channel in Channel},
            )
            for report, step in owed
            for rung in [rung_of(report, step)]
        ]


# --- letters -----------------------------------------------------------------------------


def _letters(screen: shell.Screen, owed: Owed) -> None:
    reports, words, today = [report for report, _ in owed], official(screen), screen.today
    st.download_button(
        say("reminders.write", screen.lang),
        lambda: folder(reports, words, today=today, made_at=bootstrap.now()),
        f"don_doc_{screen.period.code}.zip",
        key="urging-letters",
        on_click=_record,
        args=(owed, screen.lang),
    )


def _record(owed: Owed, lang: str) -> None:
    try:
        for report, step in owed:
            record(
                bootstrap.session_factory(), people.acting(), report, step,
                by=file_name(report), at=bootstrap.now(),
            )  # fmt: skip
    except KpiError as refused:
        st.session_state[_DONE] = [("error", error_sentence(refused, lang))]
        return
    said = say("reminders.written_done", lang, count=len(owed))
    st.session_state[_DONE] = [("success", said)]


# --- e-mails -----------------------------------------------------------------------------


def _mails(screen: shell.Screen, owed: Owed, lines: Sequence[Urged], mail: Mail) -> None:
    st.button(
        say("reminders.send", screen.lang), type="primary", key="urging-mails",
        disabled=errands.on_the_way() or not any(_may_go(line) for line in lines),
        on_click=_send, args=(screen, owed, lines, mail),
    )  # fmt: skip


def _may_go(line: Urged) -> bool:
    before = line.words[Channel.MAIL]
    return bool(line.addresses) and (before is None or before.outcome is Outcome.FAILED)


def _send(screen: shell.Screen, owed: Owed, lines: Sequence[Urged], mail: Mail) -> None:
    """One after the other, while the screen goes on."""
    try:
        person = people.acting()
    except KpiError as refused:
        st.session_state[_DONE] = [("error", error_sentence(refused, screen.lang))]
        return
    factory = bootstrap.session_factory()
    going = [report for report, line in zip(owed, lines, strict=True) if _may_go(line)]

    def one(report: Report, step: int) -> Reminder:
        letter = _letter(screen, report)
        return send(factory, person, report, step, letter, mail, now=bootstrap.now)

    skipped = len(owed) - len(going)
    errands.begin(lambda: _sent(one, going, skipped, screen.lang))


def _sent(
    one: Callable[[Report, int], Reminder], going: Owed, skipped: int, lang: str
) -> list[errands.Said]:
    """Who was reminded already or has no address is passed over."""
    made: list[Reminder] = []
    for report, step in going:
        try:
            made.append(one(report, step))
        except NotAllowed as refused:
            if refused.reason != "already_reminded":  # else somebody else was quicker
                return [*_told(made, skipped, lang), ("error", error_sentence(refused, lang))]
            skipped += 1
        except KpiError as refused:
            return [*_told(made, skipped, lang), ("error", error_sentence(refused, lang))]
    return _told(made, skipped, lang)


def _told(made: Sequence[Reminder], skipped: int, lang: str) -> list[tuple[str, str]]:
    failed = [one for one in made if one.outcome is Outcome.FAILED]
    sent = len(made) - len(failed)
    said = []
    if sent:
        said.append(("success", say("reminders.sent_done", lang, sent=sent)))
    if failed:
        text = say("reminders.failed_done", lang, failed=len(failed), why=failed[0].detail)
        said.append(("error", text))
    if skipped:
        said.append(("partial", say("reminders.skipped_done", lang, skipped=skipped)))
    return said


def _letter(screen: shell.Screen, report: Report) -> Letter:
    words, today = official(screen), screen.today
    subject, text = as_text(report, words, today=today)
    made = document(report, words, today=today, made_at=bootstrap.now())
    return Letter(subject, text, made, file_name(report))


def _preview(screen: shell.Screen, owed: Owed, lines: Sequence[Urged]) -> None:
    """What would be sent to one of them, before anything is."""
    lang, words = screen.lang, official(screen)
    by_code = {report.asked.reporter: report for report, _ in owed}
    to = {line.rung.reporter: line.addresses for line in lines}
    with st.expander(say("reminders.preview", lang)):
        code = st.selectbox(
            say("reminders.head.reporter", lang), list(by_code), key="urging-preview",
            format_func=lambda one: full_name(one, screen.words),
        )  # fmt: skip
        subject, text = as_text(by_code[code], words, today=screen.today)
        receivers = ", ".join(to[code]) or say("reminders.no_address", lang)
        head = escape.text(say("reminders.preview_to", lang, to=receivers))
        st.html(
            f'<p class="cap" lang="{lang}">{head}</p>'
            f'<p class="mail-preview" lang="{words.lang}"><b>{escape.text(subject)}</b>\n\n'
            f"{escape.text(text)}</p>"
        )
