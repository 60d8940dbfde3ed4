"""Nộp báo cáo: from a district's workbook to the province's figures, in four steps.

Take the form, choose the file, see what was read and what is wrong with it, confirm.
Nothing is stored before the last step, and the last step is one act of ``workflow``.
The address holds who reports and for when (``?don-vi=183&ky=2018-Q3``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

import bootstrap
from kpi.explanations import Answers
from kpi.findings import Finding, KpiError, NotAllowed, Severity
from kpi.forms import form_of, rows_of
from kpi.periods import Period
from pages import knowledge, receipts, shell, take_away
from pages.knowledge import Version
from reports import submission_export
from reports.export import Table
from reports.html import page, submission
from reports.html.change_table import change_table
from reports.html.findings_table import check_table
from texts import say
from texts.errors import error_sentence
from texts.numbers import date_text, period_name
from workflow import periods
from workflow.actors import LOCAL_USER
from workflow.forms import blank_form
from workflow.inspection import Inspection, inspect
from workflow.submissions import Receipt, submit

MAX_MEGABYTES = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Form:
    """Whose form for which period the screen is about."""

    screen: shell.Screen
    reporter: str

    @property
    def name(self) -> str:
        return shell.reporter_name(self.screen, self.reporter)

    @property
    def period(self) -> Period:
        return self.screen.period

    @property
    def cells(self) -> int:
        """How many figures are asked for."""
        asked = rows_of(
            self.screen.definitions, self.screen.org_units, self.reporter, self.screen.period
        )
        return len(asked)


def inside(period: Period, lang: str) -> str:
    """The period's name as it stands within a sentence."""
    return period_name(period, lang, "inside")


def reporters(screen: shell.Screen) -> list[str]:
    """Everyone who sends a form: the districts, then the agencies."""
    districts = [unit.code for unit in screen.org_units.districts(screen.period.end)]
    return [*districts, *screen.definitions.agencies]


def main() -> None:
    screen = shell.screen()
    options = reporters(screen)
    asked = st.query_params.get("don-vi") or st.session_state.get("reporter") or options[0]
    form = Form(screen, asked if asked in options else options[0])
    head(form, options)
    if screen.notice:
        st.html(page.message("partial", screen.notice, screen.lang))
    place = st.container(key="submit-steps")
    with st.container(key="submit-columns"):
        left, right = st.columns([7, 3], gap="small")
    with left:
        step, notes = work(form)
    place.html(submission.stepper(step, notes, screen.lang))
    with right:
        receipts.show(screen, form.reporter, form.name)
    right.html(submission.filling_rules(screen.lang))


def head(form: Form, options: list[str]) -> None:
    """Title and the two selects, which write into the address."""
    screen, lang = form.screen, form.screen.lang
    due = date_text(
        screen.definitions.due_date(form.period, form_of(form.reporter, screen.org_units))
    )
    title = say("submit.title", lang, period=inside(form.period, lang))
    with st.container(key="submit-head", horizontal=True, vertical_alignment="bottom"):
        st.html(page.title(title, say("submit.caption", lang, reporter=form.name, due=due), lang))
        st.selectbox(
            say("submit.choose_reporter", lang), options, index=options.index(form.reporter),
            format_func=lambda one: shell.reporter_name(screen, one), key="submit-reporter",
            on_change=reporter_chosen, label_visibility="collapsed", width=270,
        )  # fmt: skip
        quarters = [one.code for one in screen.periods]
        st.selectbox(
            say("submit.choose_period", lang), quarters, index=quarters.index(form.period.code),
            format_func=lambda code: period_name(Period.parse(code), lang), key="submit-period",
            on_change=lambda: shell.choose_period(st.session_state["submit-period"]),
            label_visibility="collapsed", width=180,
        )  # fmt: skip


def reporter_chosen() -> None:
    st.session_state["reporter"] = st.session_state["submit-reporter"]
    st.query_params["don-vi"] = st.session_state["submit-reporter"]
    st.session_state.pop("receipt", None)


def work(form: Form) -> tuple[int, list[str]]:
    """The four steps at the left; says which one is current and a note for each."""
    lang = form.screen.lang
    notes = [
        say(
            "submit.step.template_note",
            lang,
            version=form.screen.definitions.template_version,
            count=form.cells,
        ),
        say("submit.step.file_none", lang),
        say("submit.step.check_wait", lang),
        say("submit.step.confirm_wait", lang),
    ]
    if not form.cells:
        period = inside(form.period, lang)
        text = say("submit.nothing_asked", lang, reporter=form.name, period=period)
        st.html(page.message("partial", text, lang))
        return 0, notes
    if receipt := st.session_state.get("receipt"):
        notes[1:] = [
            say("submit.step.file_done", lang, revision=receipt.revision),
            found_note(receipt.findings, lang),
            say("submit.step.confirm_done", lang, code=receipt.code),
        ]
        thank(receipt, lang)
        return 4, notes
    if closed := why_closed(form):
        st.html(page.message("partial", closed, lang))
    offer_template(form)
    file = choose_file(lang)
    if file is None:
        return 1, notes
    notes[1] = f"{file.name} · {max(1, file.size // 1024)} KB"
    with st.spinner(say("submit.reading", lang)):
        found = look(form, file.getvalue(), file.name)
    count = counted(found.findings)
    notes[2] = found_note(found.findings, lang)
    show(found, form, file.name)
    if not confirm(found, form, file.getvalue(), file.name, count):
        return 2, notes
    notes[3] = say("submit.step.confirm_ready", lang)
    return 3, notes


def counted(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    severities = [finding.severity for finding in findings]
    return {severity: severities.count(severity) for severity in Severity}


def found_note(findings: Iterable[Finding], lang: str) -> str:
    count = counted(findings)
    return say(
        "submit.step.check_done", lang,
        errors=count[Severity.ERROR], warnings=count[Severity.WARNING],
    )  # fmt: skip


def offer_template(form: Form) -> None:
    lang = form.screen.lang
    with st.container(key="submit-template", horizontal=True, vertical_alignment="center"):
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


@st.cache_resource(max_entries=32, show_spinner=False)
def template(version: Version, reporter: str, period: Period) -> bytes:
    """The reporter's form with plan and last figures; anew when the data change."""
    with bootstrap.session_factory()() as session:
        return blank_form(
            session, knowledge.definitions(version, period), bootstrap.org_units(), reporter, period
        )


def choose_file(lang: str) -> st.runtime.uploaded_file_manager.UploadedFile | None:
    return st.file_uploader(
        say("submit.upload", lang),
        type=None,  # whatever is dropped gets its own sentence instead of a refusal
        max_upload_size=MAX_MEGABYTES,
        key=f"submit-file-{st.session_state.get('files', 0)}",
    )


def look(form: Form, data: bytes, name: str) -> Inspection:
    screen = form.screen
    with bootstrap.session_factory()() as session:
        return inspect(
            session, bootstrap.plan_years(session), screen.org_units, data, name, form.reporter
        )  # fmt: skip


def show(found: Inspection, form: Form, file_name: str) -> None:
    """What the check found and what would change, here and to take away."""
    screen = form.screen
    args = screen.definitions, screen.org_units, screen.lang
    changes = found.changes if found.outcome.accepted else ()
    st.html(check_table(found.findings, found.observations, *args))
    if changes:
        st.html(change_table(changes, *args))

    def tables() -> list[Table]:
        at = bootstrap.now()
        sent = submission_export.Sent(form.name, form.period, file_name, at, at)
        return submission_export.tables(found.findings, changes, sent, screen.words)

    name = f"kiem_tra_{form.reporter}_{form.period.code}"
    take_away.row(tables, name, screen.lang, key="submission")


def confirm(
    found: Inspection, form: Form, data: bytes, name: str, count: dict[Severity, int]
) -> bool:
    """The last step; says whether it is open."""
    lang = form.screen.lang
    obstacle = why_not(found, form, count)
    warnings = count[Severity.WARNING]
    note = ""
    if obstacle is None:
        asked = say("submit.explain", lang, count=warnings) if warnings else ""
        note = st.text_input(asked or say("submit.note", lang), key="submit-note", max_chars=500)
    explained = not warnings or bool(note.strip())
    reason = obstacle or ("" if explained else say("submit.blocked_warnings", lang))
    with st.container(key="submit-send", horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            say("submit.send", lang), type="primary", disabled=bool(reason), key="submit-button"
        )
        if reason:
            st.html(f'<p class="cap" lang="{lang}">{reason}</p>')
    if pressed:
        send(form, data, name, note)
    return obstacle is None


def why_not(found: Inspection, form: Form, count: dict[Severity, int]) -> str | None:
    """Why the file cannot be submitted, in words; None if it can."""
    lang = form.screen.lang
    if closed := why_closed(form):
        return closed
    if count[Severity.ERROR]:
        return say("submit.blocked_errors", lang, count=count[Severity.ERROR])
    if found.form is not None and found.form.period != form.period.code:
        other = inside(Period.parse(found.form.period), lang)
        return say("submit.blocked_period", lang, found=other, chosen=inside(form.period, lang))
    if not found.observations:
        return say("submit.blocked_empty", lang)
    return None


def why_closed(form: Form) -> str | None:
    """Why the reporter cannot send for this period today, in words; None if they can."""
    screen = form.screen
    kind = form_of(form.reporter, screen.org_units)
    with bootstrap.session_factory()() as session:
        found = periods.closed(
            session, screen.definitions, kind, form.reporter, form.period, bootstrap.now()
        )
    if found is None:
        return None
    return error_sentence(periods.refused(found, form.reporter, form.period), screen.lang)


def send(form: Form, data: bytes, name: str, note: str) -> None:
    """The act itself; whatever refuses it is said in a sentence, and nothing is stored."""
    screen = form.screen
    try:
        with st.spinner(say("submit.storing", screen.lang)):
            receipt = submit(
                bootstrap.session_factory(), LOCAL_USER, data, name, at=bootstrap.now(),
                definitions=bootstrap.plan_years(), org_units=screen.org_units,
                reporter=form.reporter, answers=Answers(note),
            )  # fmt: skip
    except NotAllowed as refused:
        st.html(page.message("error", error_sentence(refused, screen.lang), screen.lang))
        return
    except KpiError:
        # what was checked a moment ago no longer holds, or the database is busy
        st.html(page.message("error", say("submit.try_again", screen.lang), screen.lang))
        return
    st.session_state["receipt"] = receipt
    st.session_state["files"] = st.session_state.get("files", 0) + 1
    st.rerun()


def thank(receipt: Receipt, lang: str) -> None:
    """The receipt, and where to go from here."""
    if receipt.duplicate:
        text = say("submit.same_file", lang, revision=receipt.revision)
    else:
        text = say(
            "submit.sent_detail", lang, count=len(receipt.observations),
            changed=sum(1 for change in receipt.changes if change.differs),
            state=say(f"submit.{receipt.state}", lang),
        )  # fmt: skip
    st.html(
        page.message("success", text, lang, heading=say("submit.sent", lang, code=receipt.code))
    )
    with st.container(horizontal=True):
        st.page_link("overview.py", label=say("submit.see_overview", lang))
        if st.button(say("submit.next_file", lang), key="submit-next"):
            del st.session_state["receipt"]
            st.rerun()


main()
