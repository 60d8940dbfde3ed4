"""Adding an entry to a register, correcting one, taking one back: three forms of the secretary.

A fourth is the administrator's: taking a person's name out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

import bootstrap
from kpi.findings import KpiError
from kpi.honours import KINDS, Entry, Honour, Recipient, Register, names_in
from kpi.permissions import Act, Scope, may
from pages import people, shell
from texts import say
from texts.errors import error_sentence
from workflow.erasure import erase_name
from workflow.honours import correct, register, take_back

_DONE = "honours-done"
_LONGEST = 300
_TEXTS = ("recipient", "decision", "decided_by", "reason")


def happened() -> list[tuple[str, str]]:
    """What became of the last act, once."""
    done = st.session_state.pop(_DONE, None)
    return [done] if done else []


def show(screen: shell.Screen, entries: Mapping[Register, Sequence[Entry]]) -> None:
    lang = screen.lang
    with st.container(key="honour-acts"):
        for book in Register:
            name = say(f"honours.{book.value}", lang)
            with st.expander(f"{name}: {say('honours.add', lang)}"):
                _form(screen, book, None)
            if entries[book]:
                with st.expander(f"{name}: {say('honours.correct', lang)}"):
                    _form(screen, book, _pick(screen, book, entries[book], "correct"))
                with st.expander(f"{name}: {say('honours.take_back', lang)}"):
                    _take_back(screen, book, _pick(screen, book, entries[book], "gone"))
            people_in = [one for one in entries[book] if names_in([one])]
            if people_in and may(people.acting(), Act.ERASE_NAME, Scope()):
                with st.expander(f"{name}: {say('honours.erase', lang)}"):
                    _erase(screen, book, _pick(screen, book, people_in, "erase"))


def _pick(screen: shell.Screen, book: Register, entries: Sequence[Entry], act: str) -> Entry:
    units, lang = screen.org_units.units, screen.lang
    of = {one.number: one for one in entries}

    def line(number: int) -> str:
        one = of[number].honour
        named = units[one.org_unit].short.get(lang)
        return say("honours.which_line", lang, number=number, unit=named, decision=one.decision)

    picked = st.selectbox(
        say("honours.which", lang), list(of), format_func=line, key=f"honour-{act}-{book.value}"
    )
    return of[picked]


def _form(screen: shell.Screen, book: Register, old: Entry | None) -> None:
    """The fields of an entry; a correction begins with what it takes the place of."""
    lang, was = screen.lang, None if old is None else old.honour
    key = f"honour-{book.value}-{old.number if old else 'new'}"
    units = [unit.code for unit in screen.org_units.districts(screen.period.end)]
    with st.form(key, border=False):
        _select(key, "org_unit", "unit", units, was, lang,
                lambda code: screen.org_units.units[code].short.get(lang))  # fmt: skip
        _select(key, "kind", "kind", list(KINDS[book]), was, lang,
                lambda kind: say(f"honours.kind.{kind}", lang))  # fmt: skip
        _select(key, "recipient_kind", "recipient_kind", list(Recipient), was, lang,
                lambda kind: say(f"honours.recipient_kind.{kind.value}", lang))  # fmt: skip
        for name in _TEXTS:
            st.text_input(
                say(f"honours.write.{name}", lang), getattr(was, name) if was else "",
                max_chars=_LONGEST, key=f"{key}-{name}",
            )  # fmt: skip
        st.date_input(
            say("honours.write.decided_on", lang), was.decided_on if was else None,
            format="DD/MM/YYYY", key=f"{key}-decided_on",
        )  # fmt: skip
        for name in ("direct_worker", "border_commune"):
            checked = bool(was and getattr(was, name))
            st.checkbox(say(f"honours.write.{name}", lang), checked, key=f"{key}-{name}")
        if old is not None:
            st.text_input(say("honours.write.why", lang), max_chars=_LONGEST, key=f"{key}-why")
        send = say("honours.send_correct" if old else "honours.send_add", lang)
        st.form_submit_button(send, on_click=lambda: _record(screen, book, old, key))


def _select(
    key: str, name: str, label: str, options: list[Any], was: Honour | None, lang: str,
    worded: Any,
) -> None:  # fmt: skip
    now = getattr(was, name) if was else None
    st.selectbox(
        say(f"honours.write.{label}", lang), options, key=f"{key}-{name}", format_func=worded,
        index=options.index(now) if now in options else 0,
    )  # fmt: skip


def _record(screen: shell.Screen, book: Register, old: Entry | None, key: str) -> None:
    """Done before the screen is built anew, so that its table shows it."""
    kept, lang = st.session_state, screen.lang
    day = kept[f"{key}-decided_on"]
    if not isinstance(day, date):
        kept[_DONE] = "error", say("honours.no_day", lang)
        return
    names = ("org_unit", "kind", "recipient_kind", *_TEXTS, "direct_worker", "border_commune")
    fields = {name: kept[f"{key}-{name}"] for name in names}
    one = Honour(register=book, year=screen.period.year, decided_on=day, **fields)
    factory, units, at = bootstrap.session_factory(), screen.org_units, bootstrap.now()
    try:
        if old is None:
            number = register(factory, people.acting(), units, one, at=at)
            kept[_DONE] = "success", say("honours.done_add", lang, number=number)
        else:
            why = kept[f"{key}-why"]
            new = correct(factory, people.acting(), units, old.number, one, why=why, at=at)
            said = say("honours.done_correct", lang, number=new, old=old.number)
            kept[_DONE] = "success", said
    except KpiError as refused:
        kept[_DONE] = "error", error_sentence(refused, lang)


def _take_back(screen: shell.Screen, book: Register, one: Entry) -> None:
    lang, key = screen.lang, f"honour-gone-{one.number}"

    def doing() -> None:
        why, at = st.session_state[f"{key}-why"], bootstrap.now()
        factory = bootstrap.session_factory()
        try:
            take_back(factory, people.acting(), book, one.number, why=why, at=at)
        except KpiError as refused:
            st.session_state[_DONE] = "error", error_sentence(refused, lang)
            return
        said = say("honours.done_take_back", lang, number=one.number)
        st.session_state[_DONE] = "success", said

    with st.form(key, border=False):
        st.text_input(say("honours.write.why", lang), max_chars=_LONGEST, key=f"{key}-why")
        st.form_submit_button(say("honours.send_take_back", lang), on_click=doing)


def _erase(screen: shell.Screen, book: Register, one: Entry) -> None:
    lang, key, kept = screen.lang, f"honour-erase-{one.number}", st.session_state

    def doing() -> None:
        if not kept[f"{key}-sure"]:
            kept[_DONE] = "error", say("honours.not_sure", lang)
            return
        why, factory, at = kept[f"{key}-why"], bootstrap.session_factory(), bootstrap.now()
        try:
            erased = erase_name(factory, people.acting(), book, one.number, why=why, at=at)
        except KpiError as refused:
            kept[_DONE] = "error", error_sentence(refused, lang)
            return
        numbers = ", ".join(str(number) for number in erased.entries)
        said = say("honours.done_erase", lang, numbers=numbers)
        if erased.logged:
            said = f"{said} {say('honours.erase_logged', lang, count=erased.logged)}"
        kept[_DONE] = "success", said

    st.caption(say("honours.erase_rule", lang))
    with st.form(key, border=False):
        st.text_input(say("honours.erase_why", lang), max_chars=_LONGEST, key=f"{key}-why")
        st.checkbox(say("honours.erase_sure", lang), key=f"{key}-sure")
        st.form_submit_button(say("honours.send_erase", lang), on_click=doing)
