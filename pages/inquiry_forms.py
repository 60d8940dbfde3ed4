"""The forms of Giải trình: to ask, to answer, to judge an answer; shown to those who may.

Each is done before the screen is built anew and leaves a sentence for it: done, or why not.
What a person may is decided again inside the act.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

import bootstrap
from kpi.definitions import Indicator, OrgUnit
from kpi.findings import KpiError
from kpi.inquiries import TO_ANSWER, WORKING_DAYS, Inquiry, Question, State, owner_of
from kpi.judgement import Assessment
from kpi.local_time import local_date
from kpi.periods import Period
from kpi.permissions import Act, Actor, Scope, may
from pages import errands, evidence_upload, inquiry_mails, knowledge, people, shell
from reports import tables
from reports.cells import reporter_name
from reports.html import page
from reports.html.inquiry_mark import open_at
from reports.html.summary_card import summary_card
from reports.inquiry_words import InquiryWords
from store.submissions import Submission
from texts import say
from texts.errors import error_sentence
from texts.numbers import date_text, period_name
from workflow import inquiries as acts

Write = Callable[[str], None]
DONE = "inquiry-done"
_LONGEST = 2_000
_TOLD = ("answer", "return")  # of the steps these by e-mail, where it is set up


def done(lang: str) -> None:
    """What has become of the last act."""
    for kind, said in st.session_state.pop(DONE, ()):
        st.html(page.message(kind, said, lang))
    errands.show(lang)


# --- to ask ------------------------------------------------------------------------------


def ask(screen: shell.Screen, words: InquiryWords) -> None:
    """The figure that the address names, as it stands, and a field for the question."""
    lang, address = screen.lang, st.query_params
    indicator = screen.definitions.indicators.get(address.get("ma", ""))
    unit = screen.org_units.units.get(address.get("don-vi", screen.org_units.province.code))
    found = None if indicator is None or unit is None else judged(screen, indicator, unit)
    if indicator is None or unit is None or found is None:
        st.html(page.title(say("inquiries.ask", lang), "", lang))
        st.html(page.message("empty", say("inquiries.nothing", lang), lang))
        return
    owner = owner_of(screen.definitions, indicator, unit)
    heading = say("inquiries.ask_title", lang, name=indicator.short.get(lang))
    named = unit.name.get(lang), period_name(screen.period, lang)
    who = "" if owner is None else reporter_name(owner, screen.words)
    caption = say("inquiries.ask_caption", lang, unit=named[0], period=named[1], owner=who)
    st.html(page.title(heading, caption if owner else " · ".join(named), lang))
    done(lang)
    standing = open_at(knowledge.inquiries(screen.version), screen.period)
    st.html(summary_card(found, screen.words, standing))
    mine = [o for o in standing.get(indicator.id, ()) if o.question.org_unit == unit.code]
    if owner is None:
        st.html(page.message("partial", say("inquiries.no_owner", lang), lang))
    elif mine:
        said = say("inquiries.already", lang, number=mine[0].id)
        st.html(page.message("partial", said, lang))
    else:
        _ask_form(screen, found, who)


def judged(screen: shell.Screen, indicator: Indicator, unit: OrgUnit) -> Assessment | None:
    """The figure as whoever asks sees it; None where it does not exist at the unit's level."""
    found = tables.assessments(
        knowledge.values(screen.version),
        knowledge.targets(screen.version, screen.period),
        screen.definitions,
        screen.org_units,
        period=screen.period,
        org_units_wanted=[unit.code],
        indicators=[indicator.id],
        today=screen.today,
        opening=knowledge.opening(screen.version, screen.period),
    )
    return found[0] if found else None


def _ask_form(screen: shell.Screen, found: Assessment, owner: str) -> None:
    lang, person = screen.lang, people.actor()
    if person is None or not may(person, Act.ASK, Scope()) or screen.only_shows:
        return
    today = bootstrap.today()
    due = screen.definitions.working_days(today, WORKING_DAYS)
    with st.container(key="inquiry-form"), st.form("inquiry-ask", border=False):
        st.text_area(
            say("inquiries.write_question", lang), max_chars=_LONGEST, key="inquiry-question",
            placeholder=say("inquiries.question_example", lang),
        )  # fmt: skip
        st.date_input(
            say("inquiries.choose_due", lang), due, min_value=today, format="DD/MM/YYYY",
            key="inquiry-due", width=200,
        )  # fmt: skip
        st.form_submit_button(
            say("inquiries.send_question", lang), type="primary", on_click=_ask,
            args=(screen, found, owner),
        )  # fmt: skip


def _ask(screen: shell.Screen, found: Assessment, owner: str) -> None:
    kept, lang = st.session_state, screen.lang
    day = kept["inquiry-due"]
    question = Question(
        found.indicator,
        found.org_unit,
        screen.period,
        kept["inquiry-question"],
        day if isinstance(day, date) else bootstrap.today(),
        found.status,
        found.value,
    )
    try:
        number = acts.ask(
            bootstrap.session_factory(),
            people.acting(),
            question,
            definitions=bootstrap.plan_years(),
            org_units=screen.org_units,
            at=bootstrap.now(),
        )
    except KpiError as refused:
        kept[DONE] = [("error", error_sentence(refused, lang))]
        return
    said = "success", say("inquiries.done.ask", lang, number=number, owner=owner)
    kept[DONE] = inquiry_mails.tell_aside(number, lang, [said], to_unit=True)
    for name in ("hoi", "ma", "don-vi"):
        st.query_params.pop(name, None)
    st.query_params["so"] = str(number)


# --- to answer ---------------------------------------------------------------------------


def answer(screen: shell.Screen, words: InquiryWords, one: Inquiry, person: Actor) -> None:
    """Fields for the answer and its files, and the reports that may have corrected the figure."""
    lang = screen.lang
    if one.state not in TO_ANSWER or not may(person, Act.ANSWER, Scope(one.owner)):
        return
    with bootstrap.session_factory()() as session:
        years = knowledge.plan_years(screen.version)
        sent = acts.corrections(session, one, years, screen.org_units)
    options: dict[int, str] = {0: say("inquiries.no_correction", lang)}
    options |= {report.id: _option(report, lang) for report in sent}
    said, chosen = f"inquiry-answer-{one.id}", f"inquiry-correction-{one.id}"
    with st.container(key="inquiry-form"), st.form(f"inquiry-{one.id}", border=False):
        st.text_area(say("inquiries.write_answer", lang), max_chars=_LONGEST, key=said)
        st.selectbox(
            say("inquiries.correction", lang), list(options), key=chosen,
            format_func=options.__getitem__, help=say("inquiries.correction_hint", lang),
        )  # fmt: skip
        evidence_upload.field(f"inquiry-files-{one.id}", lang)
        st.form_submit_button(
            say("inquiries.send_answer", lang),
            type="primary",
            on_click=lambda: act(
                "answer", words, one,
                lambda: acts.answer(
                    bootstrap.session_factory(), people.acting(), one.id,
                    st.session_state[said], definitions=bootstrap.plan_years(),
                    org_units=screen.org_units, at=bootstrap.now(),
                    submission=st.session_state[chosen] or None,
                    enclosed=evidence_upload.enclosed(f"inquiry-files-{one.id}"),
                ),
            ),
        )  # fmt: skip


def _option(report: Submission, lang: str) -> str:
    return say(
        "inquiries.correction_option", lang,
        period=period_name(Period.parse(report.period), lang), revision=report.revision,
        day=date_text(local_date(report.submitted_at), lang), code=report.code,
    )  # fmt: skip


# --- to judge ----------------------------------------------------------------------------


def judge(screen: shell.Screen, words: InquiryWords, one: Inquiry, person: Actor) -> None:
    """Accept the answer, ask for more, or need none any more."""
    lang = screen.lang
    if not one.is_open or not may(person, Act.WITHDRAW_QUESTION, Scope()):
        return
    whose = Scope(one.owner, submitted_by=one.answered_by)
    judging = may(people.deciding(), Act.ACCEPT_ANSWER, whose)  # not by whoever answered
    key, answered = f"inquiry-remark-{one.id}", one.state is State.ANSWERED
    with st.container(key="inquiry-judge"), st.form(f"inquiry-judge-{one.id}", border=False):
        st.text_area(say("inquiries.write_remark", lang), max_chars=_LONGEST, key=key, height=80)
        with st.container(horizontal=True):
            if answered and judging:
                _button("accept", acts.accept, words, one, key)
                _button("return", acts.return_, words, one, key)
            _button("withdraw", acts.withdraw, words, one, key)


def _button(
    name: str, doing: Callable[..., Inquiry], words: InquiryWords, one: Inquiry, key: str
) -> None:
    def press() -> None:
        factory, at = bootstrap.session_factory(), bootstrap.now()
        who = people.acting() if name == "withdraw" else people.deciding()
        act(name, words, one, lambda: doing(factory, who, one.id, st.session_state[key], at=at))

    st.form_submit_button(
        say(f"inquiries.{name}", words.lang), on_click=press,
        type="primary" if name == "accept" else "secondary",
    )  # fmt: skip


def act(name: str, words: InquiryWords, one: Inquiry, doing: Callable[[], Inquiry]) -> None:
    """Do it, and leave a sentence for the screen."""
    lang = words.lang
    try:
        doing()
    except KpiError as refused:
        st.session_state[DONE] = [("error", error_sentence(refused, lang))]
        return
    said = "success", say(f"inquiries.done.{name}", lang, number=one.id, owner=words.owner(one))
    if name not in _TOLD:
        st.session_state[DONE] = [said]
        return
    told = inquiry_mails.tell_aside(one.id, lang, [said], to_unit=name == "return")
    st.session_state[DONE] = told
