"""The buttons of the award dossier on Thi đua: whole for whoever may see names, public for all."""

from __future__ import annotations

from collections.abc import Callable

import bootstrap
from kpi.permissions import Actor, may_see_names
from pages import knowledge, shell, take_away
from reports.dossier import Dossier, dossier
from reports.dossier_docx import dossier_docx, dossier_xlsx
from reports.dossier_parts import Asked
from reports.standing import Standing
from texts import say


def papers(
    screen: shell.Screen, found: Standing, unit: str, person: Actor | None
) -> list[take_away.Paper]:
    """Word and Excel; each is made when somebody asks for it."""
    lang = screen.lang
    whole = may_see_names(person, unit)
    result = []
    for public in (False, True) if whole else (True,):
        made = _maker(screen, found, unit, public)
        name = "trich_ho_so" if public else "ho_so"
        stem = f"{name}_{unit}_{screen.period.code}"
        key = "public" if public else "whole"
        for ending, written in (("docx", _word(made, lang)), ("xlsx", _excel(made, lang))):
            label = say(f"dossier.button.{key}_{ending}", lang)
            result.append(take_away.Paper(label, written, f"{stem}.{ending}"))
    return result


def _maker(screen: shell.Screen, found: Standing, unit: str, public: bool) -> Callable[[], Dossier]:
    """Everything that is the session's is asked here: a download has none of its own."""
    years, marks = knowledge.plan_years(screen.version), take_away.marks(screen.lang)
    fixed = years.at(screen.period).history_fixed_at
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
