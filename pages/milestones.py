"""Nhiệm vụ: the decree's commitments without a number, which are late, and their evidence.

Everybody who may read sees the table; who may say how a commitment stands has a form below it.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

import bootstrap
from kpi.findings import KpiError
from kpi.milestones import FULL, State, Word
from kpi.permissions import Act, Scope, View, may
from pages import evidence_upload, knowledge, people, shell, take_away
from reports.html import escape, page
from reports.html.milestone_table import export_table, milestone_lead, milestone_table
from texts import say
from texts.errors import error_sentence
from texts.numbers import date_text
from workflow.milestones import record

_DONE = "milestone-said"


def main() -> None:
    screen = shell.screen()
    lang, year = screen.lang, screen.period.year
    said = knowledge.milestones(screen.version, year)
    caption = say(
        "milestones.caption", lang, year=year, count=len(screen.definitions.commitments),
        today=date_text(screen.today, lang),
    )  # fmt: skip
    st.html(page.title(say("milestones.title", lang), caption, lang))
    if done := st.session_state.pop(_DONE, None):
        kind, happened = done
        st.html(page.message(kind, happened, lang))
    lead = escape.text(milestone_lead(said, screen.words, screen.today))
    st.html(f'<section class="card lead" lang="{lang}"><p>{lead}</p></section>')
    person = people.actor()
    files_open = people.sees(person, View.EVIDENCE)
    st.html(milestone_table(said, screen.words, screen.today, files_open=files_open))
    if person is not None and may(person, Act.RECORD_MILESTONE, Scope()) and not screen.only_shows:
        form(screen, said)
    shell.on_paper(screen.period, screen.today)
    take_away.row(
        lambda: [export_table(said, screen.words, screen.today)],
        f"nhiem_vu_{year}",
        lang,
        key="milestones",
    )


def form(screen: shell.Screen, said: dict[str, Word]) -> None:
    """One word on one commitment; it begins with what was said last."""
    lang, every = screen.lang, screen.definitions.commitments
    with st.container(key="milestone-form"), st.expander(say("milestones.open", lang)):
        chosen = st.selectbox(
            say("milestones.choose", lang), list(every), key="milestone-which",
            format_func=lambda id_: every[id_].name.get(lang),
        )  # fmt: skip
        last = said.get(chosen)
        with st.form(f"milestone-{chosen}", border=False):
            states = list(State)
            st.selectbox(
                say("milestones.choose_state", lang), states, key=f"milestone-state-{chosen}",
                index=states.index(last.state) if last else 0,
                format_func=lambda state: say(f"milestones.state.{state.value}", lang),
            )  # fmt: skip
            st.number_input(
                say("milestones.choose_progress", lang), 0, FULL, last.progress if last else 0,
                key=f"milestone-progress-{chosen}",
            )  # fmt: skip
            st.date_input(
                say("milestones.choose_due", lang), value=last.due if last else None,
                format="DD/MM/YYYY", key=f"milestone-due-{chosen}",
            )  # fmt: skip
            st.text_input(
                say("milestones.write_evidence", lang), last.evidence if last else "",
                max_chars=500, key=f"milestone-evidence-{chosen}",
            )  # fmt: skip
            evidence_upload.field(f"milestone-files-{chosen}", lang)
            st.form_submit_button(
                say("milestones.send", lang), on_click=lambda: _record(screen, chosen)
            )


def _record(screen: shell.Screen, chosen: str) -> None:
    """Done before the screen is built anew, so that its table shows it."""
    kept, lang = st.session_state, screen.lang
    due = kept[f"milestone-due-{chosen}"]
    word = Word(
        commitment=chosen,
        state=kept[f"milestone-state-{chosen}"],
        progress=int(kept[f"milestone-progress-{chosen}"]),
        due=due if isinstance(due, date) else None,
        evidence=kept[f"milestone-evidence-{chosen}"],
    )
    try:
        record(
            bootstrap.session_factory(),
            people.acting(),
            screen.definitions,
            word,
            at=bootstrap.now(),
            enclosed=evidence_upload.enclosed(f"milestone-files-{chosen}"),
        )
    except KpiError as refused:
        kept[_DONE] = "error", error_sentence(refused, lang)
        return
    evidence_upload.clear(f"milestone-files-{chosen}")
    name = screen.definitions.commitments[chosen].name.get(lang)
    kept[_DONE] = "success", say("milestones.done", lang, name=name)


main()
