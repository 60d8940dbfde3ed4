"""The buttons of the award dossier on Thi đua: whole for whoever may see names, public for all."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

import bootstrap
from kpi.permissions import Actor, may_see_names
from pages import knowledge, shell, take_away
from reports.dossier import Dossier, dossier
from reports.dossier_docx import dossier_docx, dossier_xlsx
from reports.dossier_parts import Asked
from reports.standing import Standing
from texts import say


def row(screen: shell.Screen, found: Standing, unit: str, person: Actor | None) -> None:
    """Word and Excel; each is made when somebody asks for it."""
    lang = screen.lang
    whole = may_see_names(person, unit)
    with st.container(key="take-away-dossiers", horizontal=True, horizontal_alignment="right"):
        for public in (False, True) if whole else (True,):
            made = _maker(screen, found, unit, public)
            name = "trich_ho_so" if public else "ho_so"
            stem = f"{name}_{unit}_{screen.period.code}"
            key = "public" if public else "whole"
            st.download_button(
                say(f"dossier.button.{key}_docx", lang), _word(made, lang), f"{stem}.docx",
                key=f"dossier-{key}-docx", on_click="ignore",
            )  # fmt: skip
            st.download_button(
                say(f"dossier.button.{key}_xlsx", lang), _excel(made, lang), f"{stem}.xlsx",
                key=f"dossier-{key}-xlsx", on_click="ignore",
            )  # fmt: skip


def _maker(screen: shell.Screen, found: Standing, unit: str, public: bool) -> Callable[[], Dossier]:
    """Everything that is the session's is asked here: a download has none of its own."""
    years, marks = knowledge.plan_years(screen.version), take_away.marks(screen.lang)
    fixed = bootstrap.history_fixed_at(years.at(screen.period))
    placed = found.placed(unit)
    assert placed is not None  # the screen shows it
    asked = Asked(
        found, placed, years, screen.words, screen.version.moment, screen.today, fixed, public
    )

    def make() -> Dossier:
        with bootstrap.session_factory()() as session:
            return dossier(session, asked, marks)

    return make


def _word(made: Callable[[], Dossier], lang: str) -> Callable[[], bytes]:
    return lambda: dossier_docx(made(), lang, made_at=bootstrap.now())


def _excel(made: Callable[[], Dossier], lang: str) -> Callable[[], bytes]:
    return lambda: dossier_xlsx(made(), lang)
