"""Whose form for which period the submission screen is about, and the blank form itself.

The address says it (``?don-vi=183&ky=2018-Q3``). A file may be another reporter's or of
another period: then its own ``Form`` is asked for, and the sender asked first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

import bootstrap
from kpi.calendar import Refusal as Closing
from kpi.findings import NotAllowed
from kpi.forms import form_of, rows_of
from kpi.periods import Period
from kpi.permissions import Act, Scope, refusal
from pages import knowledge, people, shell
from pages.knowledge import Version
from texts import say
from texts.errors import error_sentence
from texts.numbers import date_text, period_name
from workflow import periods
from workflow.forms import blank_form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Form:
    """One reporter's form for one period."""

    screen: shell.Screen
    reporter: str

    @property
    def name(self) -> str:
        return shell.reporter_name(self.screen, self.reporter)

    @property
    def period(self) -> Period:
        return self.screen.period

    @property
    def lang(self) -> str:
        return self.screen.lang

    @property
    def cells(self) -> int:
        """How many figures are asked for."""
        asked = rows_of(
            self.screen.definitions, self.screen.org_units, self.reporter, self.screen.period
        )
        return len(asked)

    def of(self, reporter: str, period: Period) -> Form:
        """The form a file says it is, by the definitions of that period's year."""
        definitions = knowledge.definitions(self.screen.version, period)
        return Form(replace(self.screen, definitions=definitions, period=period), reporter)


def inside(period: Period, lang: str) -> str:
    """The period's name as it stands within a sentence."""
    return period_name(period, lang, "inside")


def reporters(screen: shell.Screen) -> list[str]:
    """Whom the person may send for; everyone where that is nobody: to look at.

    The districts first, then the agencies.
    """
    districts = [unit.code for unit in screen.org_units.districts(screen.period.end)]
    everyone = [*districts, *screen.definitions.agencies]
    person = people.actor()
    own = [one for one in everyone if person is not None and person.reports_for(one)]
    return own or everyone


def closed(form: Form) -> Closing | None:
    """Why the reporter cannot send for this period today; None if they can."""
    screen = form.screen
    kind = form_of(form.reporter, screen.org_units)
    with bootstrap.session_factory()() as session:
        return periods.closed(
            session, screen.definitions, kind, form.reporter, form.period, bootstrap.now()
        )


def why_closed(form: Form) -> str | None:
    """The same in words, with names in the place of codes."""
    found = closed(form)
    if found is None:
        return None
    day = date_text(found.day, form.lang) if found.day else ""
    period = inside(form.period, form.lang)
    return say(f"refused.{found.code}", form.lang, subject=form.name, period=period, day=day)


def why_not_allowed(form: Form) -> str | None:
    """Why the person at the screen may not send for this reporter; None if they may."""
    try:
        found = refusal(people.acting(), Act.SUBMIT, Scope(reporter=form.reporter))
    except NotAllowed as refused:
        return error_sentence(refused, form.lang)
    if found is None:
        return None
    return error_sentence(NotAllowed(found, subject=form.reporter), form.lang)


def why_not_handed_down(lang: str) -> str | None:
    """Why the person at the screen may not lay down targets; None if they may."""
    try:
        found = refusal(people.acting(), Act.REVISE_TARGET, Scope())
    except NotAllowed as refused:
        return error_sentence(refused, lang)
    return error_sentence(NotAllowed(found, subject=""), lang) if found else None


def offer_template(form: Form) -> None:
    """The blank form with plan and last figures."""
    lang = form.lang
    st.download_button(
        say("submit.download", lang, period=inside(form.period, lang)),
        template(form.screen.version, form.reporter, form.period),
        file_name=f"bieu_{form.reporter}_{form.period.code}.xlsx",
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="submit-download",
    )
    st.html(f'<p class="cap" lang="{lang}">{say("submit.download_hint", lang)}</p>')


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def template(version: Version, reporter: str, period: Period) -> bytes:
    """The reporter's form with plan and last figures; anew when the data change."""
    with bootstrap.session_factory()() as session:
        return blank_form(
            session, knowledge.definitions(version, period), bootstrap.org_units(), reporter, period
        )
