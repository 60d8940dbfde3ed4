"""Giải trình: what was asked about which figure, who answers by when, and what came of it.

The address holds the state: a list (``?trang-thai=mo&don-vi=183``), one inquiry (``?so=12``),
or a question to be asked (``?hoi=1&ma=…&don-vi=183&ky=2018-Q3``), to which the page of an
indicator leads.
"""

from __future__ import annotations

import streamlit as st

import bootstrap
from kpi.inquiries import Inquiry, State, statistics
from kpi.permissions import Act, ActorRole, Scope, may
from pages import choosing, inquiry_forms, inquiry_mails, kept, knowledge, people, shell, take_away
from reports.html import escape, page
from reports.html.inquiry_card import inquiry_card
from reports.html.inquiry_table import inquiry_table, statistics_card
from reports.inquiries import Line
from reports.inquiry_words import InquiryWords, to_state
from store import notices, submissions
from texts import say
from texts.numbers import date_text

_OPEN = "mo"


def main() -> None:
    screen = shell.screen()
    words = words_of(screen)
    found = kept.inquiry_lines(screen.version, screen.today)
    if st.query_params.get("hoi") == "1":
        inquiry_forms.ask(screen, words)
        return
    asked = st.query_params.get("so")
    chosen = next((line for line in found if str(line.inquiry.id) == asked), None)
    if chosen is not None:
        show_one(screen, words, chosen)
        return
    show_list(screen, words, found, asked)


def words_of(screen: shell.Screen) -> InquiryWords:
    years = knowledge.plan_years(screen.version)
    return InquiryWords(years, screen.org_units, screen.lang, screen.today)


# --- the list ----------------------------------------------------------------------------


def show_list(
    screen: shell.Screen, words: InquiryWords, found: list[Line], asked: str | None
) -> None:
    lang = screen.lang
    caption = say("inquiries.caption", lang, count=len(found), today=date_text(screen.today, lang))
    if not found:
        caption = say("inquiries.caption_none", lang, today=date_text(screen.today, lang))
    head = st.container(key="inquiries-head", horizontal=True)
    head.html(page.title(say("inquiries.title", lang), caption, lang))
    inquiry_forms.done(lang)
    if asked is not None:
        st.html(page.message("partial", say("inquiries.unknown", lang, found=asked), lang))
    if not found:
        st.html(nothing(screen))
        return
    with head:
        choose(screen, words, found)
    shown = [line for line in found if wanted(line.inquiry)]
    lead = escape.text(words.lead(found))
    st.html(f'<section class="card lead" lang="{lang}"><p>{lead}</p></section>')
    st.html(inquiry_table(shown, words))
    counted = statistics([line.inquiry for line in shown], screen.today)
    st.html(statistics_card(counted, shown, words))
    take_away.row(lambda: [words.export_table(shown)], "giai_trinh", lang, key="inquiries")


def nothing(screen: shell.Screen) -> str:
    """That nobody has asked yet; whoever may ask is led to where one asks."""
    lang, person = screen.lang, people.actor()
    said = say("inquiries.nothing", lang)
    if person is None or screen.only_shows or not may(person, Act.ASK, Scope()):
        return page.message("empty", said, lang)
    href = escape.link("/chi-tieu", ky=screen.period.code, lang=lang)
    return page.nothing_yet(said, say("inquiries.nothing_ask", lang), href, lang)


def wanted(one: Inquiry) -> bool:
    """Is it among those the address asks for?"""
    address, question = st.query_params, one.question
    facts = {"don-vi": one.owner, "ma": question.indicator}
    if "ma" in address:  # from a light: of its period
        facts["ky"] = question.period.code
    states = to_state(address.get("trang-thai"))
    return one.state in states and all(address.get(name, fact) == fact
                                       for name, fact in facts.items())  # fmt: skip


def choose(screen: shell.Screen, words: InquiryWords, found: list[Line]) -> None:
    lang = screen.lang
    states = {"": say("inquiries.any_state", lang), _OPEN: say("inquiries.open_only", lang)}
    states |= {state.value: say(f"inquiries.state.{state.value}", lang) for state in State}
    chosen = st.query_params.get("trang-thai", "")
    chosen = chosen if chosen in states else ""
    choosing.choose("inquiries", "state", states, chosen, _writer("trang-thai"), lang, width=190)
    owners = {"": say("inquiries.any_owner", lang)}
    owners |= {line.inquiry.owner: words.owner(line.inquiry) for line in found}
    owner = st.query_params.get("don-vi", "")
    owner = owner if owner in owners else ""
    choosing.choose("inquiries", "owner", owners, owner, _writer("don-vi"), lang, width=220)


def _writer(name: str) -> inquiry_forms.Write:
    def write(code: str) -> None:
        for other in ("so", "ma"):
            st.query_params.pop(other, None)
        if code:
            st.query_params[name] = code
        else:
            st.query_params.pop(name, None)

    return write


# --- one of them -------------------------------------------------------------------------


def show_one(screen: shell.Screen, words: InquiryWords, line: Line) -> None:
    one, lang = line.inquiry, screen.lang
    heading = say("inquiries.one", lang, number=one.id)
    st.html(page.title(heading, words.figure(one), lang))
    inquiry_forms.done(lang)
    numbers = {taken.submission for taken in one.answers if taken.submission is not None}
    with bootstrap.session_factory()() as session:
        sent = {n: found for n in numbers if (found := submissions.get(session, n)) is not None}
        mails = notices.of_inquiry(session, one.id, screen.version.moment)
    st.html(inquiry_card(line, words, sent, mails))
    person = people.actor()
    if person is None or screen.only_shows:
        return
    if ActorRole.REPORTER in person.roles:
        inquiry_forms.answer(screen, words, one, person)
    inquiry_forms.judge(screen, words, one, person)
    inquiry_mails.again(one, mails, person, lang, inquiry_forms.DONE)


main()
