"""What may be done on Thi đua: give points beside the computed ones, try other rules, close a year.

A unit's reporter gives the unit's own points; the emulation secretary verifies them, tries rules
before they are issued, and closes the year. Each act is decided again in ``workflow``.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import streamlit as st

import bootstrap
from kpi.findings import KpiError
from kpi.permissions import Act, Actor, Scope, may
from kpi.placing import Placed
from kpi.score_sheets import Criterion, Given, Voice, criteria
from pages import people, shell, standing_book
from reports.emulation_words import criterion_name, points, unit_name
from reports.html import page
from reports.html.rehearsal_table import rehearsal_table
from reports.standing import ClusterStanding, Standing, moved
from texts import say
from texts.errors import error_sentence
from workflow.scores import give
from workflow.standings import close_year, rehearsed

_DONE = "standing-done"
_ACTS = {Voice.SELF: Act.SCORE_SELF, Voice.VERIFIED: Act.VERIFY_SCORE}
_LONGEST_NOTE, _LONGEST_RULES = 500, 40_000


def happened() -> list[tuple[str, str]]:
    """What became of the last act, once."""
    done = st.session_state.pop(_DONE, None)
    return [done] if done else []


def show(
    screen: shell.Screen, found: Standing, shown: ClusterStanding, one: Placed, person: Actor
) -> None:
    """The forms this person may use, each closed until it is wanted."""
    voices = _sheets_of(person, one)
    with st.container(key="standing-acts"):
        if found.closed is None:
            for voice, act in _ACTS.items():
                who = people.verifying(person) if voice is Voice.VERIFIED else person
                if may(who, act, _scope(found, one)):
                    _score(screen, found, one, voice)
            if voices:
                standing_book.show(screen, shown, one.org_unit, voices, _told)
        if voices:
            standing_book.brought(screen, one.org_unit, voices)
        if may(person, Act.CLOSE_STANDING, Scope()):
            _rehearse(screen, found)
            if found.closed is None and found.period.is_final:
                _close(screen)


def _sheets_of(person: Actor, one: Placed) -> list[Voice]:
    """Whose sheets to be filled in: a cluster's is verified, whichever unit is looked at."""
    verifier = people.verifying(person)
    own = may(person, Act.SCORE_SELF, Scope(reporter=one.org_unit))
    verifies = may(verifier, Act.VERIFY_SCORE, Scope())
    return [voice for voice, offered in ((Voice.SELF, own), (Voice.VERIFIED, verifies)) if offered]


def _told(kind: str, said: str) -> None:
    st.session_state[_DONE] = kind, said


def _scope(found: Standing, one: Placed) -> Scope:
    own = found.sheet(one.org_unit).own.values()
    return Scope(reporter=one.org_unit, given_by=frozenset(each.said_by for each in own))


# --- points beside the computed ones -----------------------------------------------------


def _score(screen: shell.Screen, found: Standing, one: Placed, voice: Voice) -> None:
    lang, words = screen.lang, screen.words
    counted = {
        id_: each
        for id_, each in criteria(found.rules, one.score).items()
        if each.computed is not None
    }
    unit = unit_name(one, words)
    with st.expander(say(f"standing.score.open_{voice.value}", lang, unit=unit)):
        st.caption(say("standing.score.rule", lang))
        chosen = st.selectbox(
            say("standing.score.criterion", lang), list(counted),
            key=f"score-{voice.value}-{one.org_unit}-which",
            format_func=lambda id_: criterion_name(id_, found, words),
        )  # fmt: skip
        _points_form(screen, found, one, voice, counted[chosen])


def _points_form(
    screen: shell.Screen, found: Standing, one: Placed, voice: Voice, criterion: Criterion
) -> None:
    lang = screen.lang
    key = f"score-{voice.value}-{one.org_unit}-{criterion.id}"
    last = found.sheet(one.org_unit).of(voice).get(criterion.id)
    most = points(criterion.most, found, lang)
    computed = points(criterion.computed, found, lang)
    with st.form(key, border=False):
        st.caption(say("standing.score.now", lang, computed=computed, most=most))
        st.text_input(
            say("standing.score.points", lang, most=most),
            points(last.points, found, lang) if last else computed, key=f"{key}-points",
        )  # fmt: skip
        st.text_input(
            say(f"standing.score.note_{voice.value}", lang), last.note if last else "",
            max_chars=_LONGEST_NOTE, key=f"{key}-note",
        )  # fmt: skip
        st.form_submit_button(
            say(f"standing.score.send_{voice.value}", lang),
            on_click=lambda: _give(screen, found, one, voice, criterion.id),
        )


def _give(screen: shell.Screen, found: Standing, one: Placed, voice: Voice, id_: str) -> None:
    """Done before the screen is built anew, so that its card shows it."""
    lang, key = screen.lang, f"score-{voice.value}-{one.org_unit}-{id_}"
    value = _number(st.session_state[f"{key}-points"])
    if value is None:
        st.session_state[_DONE] = "error", say("standing.score.no_points", lang)
        return
    note = st.session_state[f"{key}-note"]
    given = Given(found.period.code, one.org_unit, id_, voice, value, note)
    ground = bootstrap.standing_ground(found.period.year)
    try:
        who = people.acting()
        who = people.verifying(who) if voice is Voice.VERIFIED else who
        give(bootstrap.session_factory(), who, ground, [given], at=bootstrap.now())
    except KpiError as refused:
        named = criterion_name(id_, found, screen.words)
        st.session_state[_DONE] = "error", f"{named}: {error_sentence(refused, lang)}"
        return
    name = criterion_name(id_, found, screen.words)
    said = say(
        f"standing.score.done_{voice.value}", lang, name=name, points=points(value, found, lang)
    )
    st.session_state[_DONE] = "success", said


def _number(text: str) -> Decimal | None:
    """``7,5`` or ``7.5``; None for anything else."""
    plain = text.strip().replace(",", ".")
    whole, _, rest = plain.partition(".")
    digits = f"{whole}{rest}"
    return Decimal(plain) if whole.isascii() and digits.isdecimal() and len(digits) < 12 else None


# --- other rules, tried ------------------------------------------------------------------


def _rehearse(screen: shell.Screen, found: Standing) -> None:
    lang, year = screen.lang, found.period.year
    with st.expander(say("standing.rehearse.open", lang)):
        st.caption(say("standing.rehearse.rule", lang))
        with st.form("standing-rehearse", border=False):
            text = bootstrap.standing_ground(year).rules or ""
            st.text_area(
                say("standing.rehearse.text", lang), text, height=320,
                max_chars=_LONGEST_RULES, key=f"rehearse-{year}",
            )  # fmt: skip
            tried = st.form_submit_button(say("standing.rehearse.send", lang))
        if tried:
            st.html(_result(screen, found, st.session_state[f"rehearse-{year}"]))


def _result(screen: shell.Screen, now: Standing, text: str) -> str:
    """Whose rank moves, or what is wrong with the rules, line by line."""
    period, lang = screen.period, screen.lang
    ground = replace(bootstrap.standing_ground(period.year), rules=text)
    moment, today = screen.version.moment, screen.today
    try:
        with bootstrap.session_factory()() as session:
            other = rehearsed(session, ground, period, as_of=moment, today=today)
    except KpiError as refused:
        return page.message("error", error_sentence(refused, lang), lang)
    if other is None:
        return page.message("empty", say("standing.no_rules", lang), lang)
    return rehearsal_table(moved(now, other), now.rules, other.rules, screen.words)


# --- the year is closed ------------------------------------------------------------------


def _close(screen: shell.Screen) -> None:
    lang, year = screen.lang, screen.period.year
    with st.expander(say("standing.close.open", lang, year=year)):
        st.caption(say("standing.close.rule", lang))
        with st.form("standing-close", border=False):
            decision = say("standing.close.decision", lang)
            st.text_input(decision, max_chars=200, key="close-decision")
            st.checkbox(say("standing.close.sure", lang, year=year), key="close-sure")
            send = say("standing.close.send", lang)
            st.form_submit_button(send, on_click=lambda: _close_now(screen))


def _close_now(screen: shell.Screen) -> None:
    kept, lang, year = st.session_state, screen.lang, screen.period.year
    if not kept["close-sure"]:
        kept[_DONE] = "error", say("standing.close.not_sure", lang)
        return
    ground, decision = bootstrap.standing_ground(year), kept["close-decision"]
    try:
        close_year(
            bootstrap.session_factory(), people.acting(), ground, year,
            decision=decision, at=bootstrap.now(),
        )  # fmt: skip
    except KpiError as refused:
        kept[_DONE] = "error", error_sentence(refused, lang)
        return
    kept[_DONE] = "success", say("standing.closed", lang, year=year, decision=decision.strip())
