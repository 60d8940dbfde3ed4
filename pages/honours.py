"""Điển hình, khen thưởng: the two registers, and whom awards reach (decree 3 and 4).

The address holds the unit: ``?don-vi=183``; without one the whole province. Names of people are
shown to whoever may see them only. The secretary has the three acts below the tables.
"""

from __future__ import annotations

import streamlit as st

from kpi.honours import Entry, Register, shares
from kpi.permissions import Act, Scope, may, may_see_names
from pages import choosing, honour_acts, kept, people, shell, startup, take_away
from reports.honour_words import register_table
from reports.html import page
from reports.html.honour_table import reach_strip, register_card
from texts import say

_EVERY = "20"


def main() -> None:
    screen = shell.screen()
    lang, year = screen.lang, screen.period.year
    unit = chosen_unit(screen)
    entries = [one for one in kept.honours(screen.version, year)
               if unit in (_EVERY, one.honour.org_unit)]  # fmt: skip
    person = people.actor()

    def named(code: str) -> bool:
        return may_see_names(person, code)

    head = st.container(key="honours-head", horizontal=True)
    head.html(page.title(say("honours.title", lang), caption(screen, unit), lang))
    with head:
        choose(screen, unit)
    for kind, said in (*honour_acts.happened(), *notices(screen, named(unit), entries)):
        st.html(page.message(kind, said, lang))
    of = {one: [e for e in entries if e.honour.register is one] for one in Register}
    st.html(reach_strip(len(of[Register.EXEMPLAR]), shares(of[Register.AWARD]), lang))
    for register, found in of.items():
        title = say(f"honours.{register.value}", lang)
        st.html(register_card(title, found, named, screen.words))
    if person is not None and may(person, Act.REGISTER_HONOUR, Scope()) and not screen.only_shows:
        honour_acts.show(screen, of)
    take_away.row(
        lambda: [
            register_table(register, found, year, screen.words, names=named(unit))
            for register, found in of.items()
        ],
        f"dien_hinh_khen_thuong_{unit}_{year}", lang, key="honours",
    )  # fmt: skip


def chosen_unit(screen: shell.Screen) -> str:
    asked = st.query_params.get("don-vi", _EVERY)
    units = {unit.code for unit in screen.org_units.districts(screen.period.end)}
    return asked if asked in units else _EVERY


def caption(screen: shell.Screen, unit: str) -> str:
    lang = screen.lang
    named = screen.org_units.units[unit].name.get(lang)
    if unit == _EVERY:
        named = say("honours.every_unit", lang)
    return say("honours.caption", lang, year=screen.period.year, units=named)


def notices(screen: shell.Screen, named: bool, entries: list[Entry]) -> list[tuple[str, str]]:
    """That the data are made up, that names are hidden, that there is nothing yet."""
    lang = screen.lang
    if not entries:
        return [("empty", say("honours.none", lang, year=screen.period.year))]
    said = []
    if startup.preparation().demo:
        said.append(("partial", say("honours.illustrative", lang)))
    if not named:
        said.append(("empty", say("honours.hidden_names", lang)))
    return said


def choose(screen: shell.Screen, unit: str) -> None:
    lang = screen.lang
    units = {_EVERY: screen.org_units.province.short.get(lang)}
    for one in screen.org_units.districts(screen.period.end):
        units[one.code] = one.short.get(lang)

    def go(code: str) -> None:
        if code == _EVERY:
            st.query_params.pop("don-vi", None)
        else:
            st.query_params["don-vi"] = code

    choosing.choose("honours", "unit", units, unit, go, lang)
    years = {str(period.year): str(period.year) for period in screen.periods}
    year = str(screen.period.year)
    choosing.choose("honours", "year", years, year, lambda to: _of_year(screen, to), lang)


def _of_year(screen: shell.Screen, year: str) -> None:
    """A year has no address of its own: its last quarter stands for it."""
    last = max(one for one in screen.periods if str(one.year) == year)
    shell.choose_period(last.code)


main()
