"""The files that were dropped on the submission screen, and what each of them turned out to be.

Every file is looked at by itself: one that cannot be read says so in its own line and the
others go on. What was found is kept by the file's digest and the state of the data, so
that moving about the screen reads nothing twice. What a sender says about a file (it is
meant for that other reporter, why a figure is right) is kept by its digest as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import streamlit as st

import bootstrap
from kpi.findings import Finding, Outcome, Severity, UnreadableWorkbook
from kpi.periods import Period
from kpi.submissions import FormReading
from loaders.excerpt import excerpts
from loaders.plan_book import PlanBook
from pages import knowledge
from pages.knowledge import Version
from pages.submit_form import Form
from reports.html.findings_table import drawn_places, refused
from store import submissions
from texts import say
from workflow.inspection import Inspection, inspect_form
from workflow.plan_books import inspect_plan
from workflow.reading import read_any

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from kpi.excerpts import Excerpt
    from kpi.observations import CellAddress
    from kpi.plans import PlanReceipt
    from loaders.layouts.proposals import Proposal
    from store.submissions import Submission
    from workflow.plan_books import PlanInspection
    from workflow.receipts import Receipt

MAX_MEGABYTES = 5
MOST_FILES = 40  # every reporter's, twice over
TO_DATE, SINGLE = "to_date", "single"
_REMEMBERED = "submit-said"


@dataclass
class Said:
    """What the sender has said about one file; lives as long as the browser session."""

    explanations: dict[str, str] = field(default_factory=dict)
    note: str = ""
    one_for_all: bool = False
    quarters: str = ""  # to_date, single; "" : not said yet
    as_named: bool = False  # take it for the reporter and period it names itself
    reconsider: str = ""  # where the table begins whose reading is to be looked at again
    columns: dict[str, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    receipt: Receipt | None = None
    plan_receipt: PlanReceipt | None = None
    problem: str = ""  # why it could not be sent a moment ago

    @property
    def single_quarters(self) -> bool:
        return self.quarters == SINGLE


@dataclass(frozen=True)
class Dropped:
    """One file as it came; ``number`` counts from 1."""

    number: int
    name: str
    data: bytes = field(repr=False)

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def said(self) -> Said:
        remembered: dict[str, Said] = st.session_state.setdefault(_REMEMBERED, {})
        return remembered.setdefault(self.digest, Said())

    @property
    def key(self) -> str:
        """Begins the name of every widget about this file."""
        return f"submit-{self.digest[:12]}"


@dataclass(frozen=True)
class Looked:
    """A file and what it is; ``form`` is whose it turned out to be, else the screen's."""

    file: Dropped
    form: Form
    found: Inspection
    table: Proposal | None = None  # of one's own, that waits to be confirmed
    plan: PlanInspection | None = None
    same_as: Submission | None = None  # in force or waiting, with these very bytes
    twin: int | None = None  # an earlier file of the same drop with the same bytes

    @property
    def said(self) -> Said:
        return self.file.said

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.found.findings

    @property
    def refused(self) -> bool:
        return refused(self.findings)

    def count(self, severity: Severity) -> int:
        return sum(one.severity is severity for one in self.findings)

    def elsewhere(self, screen: Form) -> bool:
        """Does it name another reporter or period than the screen is about?"""
        return (self.form.reporter, self.form.period) != (screen.reporter, screen.period)


def choose(lang: str, *, disabled: bool = False) -> list[Dropped]:
    """The files in the order they were dropped."""
    chosen: list[UploadedFile] = st.file_uploader(
        say("submit.upload", lang),
        type=None,  # whatever is dropped gets its own sentence instead of a refusal
        accept_multiple_files=True,
        max_upload_size=MAX_MEGABYTES,
        key=f"submit-file-{st.session_state.get('files', 0)}",
        disabled=disabled,
    )
    return [
        Dropped(number, one.name, one.getvalue())
        for number, one in enumerate(chosen[:MOST_FILES], start=1)
    ]


def clear() -> None:
    """Put the files away; what was sent stays in the receipts."""
    st.session_state["files"] = st.session_state.get("files", 0) + 1
    st.session_state.pop(_REMEMBERED, None)


def look_at_all(screen: Form, files: Iterable[Dropped]) -> list[Looked]:
    """Each file, read and checked by itself; a bar shows how far it is where there are many."""
    files = list(files)
    lang = screen.lang
    bar = st.progress(0.0, say("submit.reading", lang)) if len(files) > 1 else None
    looked: list[Looked] = []
    first: dict[str, int] = {}
    for file in files:
        looked.append(look_at(screen, file, first.get(file.digest)))
        first.setdefault(file.digest, file.number)
        if bar is not None:
            said = say("submit.reading_part", lang, done=len(looked), total=len(files))
            bar.progress(len(looked) / len(files), said)
    if bar is not None:
        bar.empty()
    return looked


def look_at(screen: Form, file: Dropped, twin: int | None = None) -> Looked:
    """What one file is and says; nothing is stored."""
    seen = _looked(
        file.digest, file.name, screen.reporter, screen.period, screen.screen.version,
        file.said.single_quarters, file.data,
    )  # fmt: skip
    read = seen.found.form
    form = _form_named(screen, read) if read is not None else screen
    with bootstrap.session_factory()() as session:
        latest = submissions.latest(session, form.reporter, form.period.code, standing=True)
    same = latest if latest is not None and latest.file_digest == file.digest else None
    return Looked(file, form, seen.found, seen.table, seen.plan, same, twin)


def _form_named(screen: Form, read: FormReading) -> Form:
    """Whose form it says it is; the screen's where that is nobody's."""
    known = {*screen.screen.org_units.units, *screen.screen.definitions.agencies}
    try:
        period = Period.parse(read.period)
    except ValueError:
        return screen
    return screen.of(read.reporter, period) if read.reporter in known else screen


@dataclass(frozen=True)
class _Seen:
    """What a file is: a report, a table that waits to be confirmed, or a plan."""

    found: Inspection
    table: Proposal | None = None
    plan: PlanInspection | None = None


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def _looked(
    digest: str, name: str, reporter: str, period: Period, version: Version, single: bool,
    _data: bytes,
) -> _Seen:  # fmt: skip
    """The digest stands for the data, the version for all that they are compared with."""
    definitions, org_units = knowledge.plan_years(version), bootstrap.org_units()
    with bootstrap.session_factory()() as session:
        try:
            # a form says itself whose it is; only a table of one's own needs to be told
            read = read_any(session, definitions, org_units, _data, name)
            if not isinstance(read, FormReading):
                read = read_any(
                    session, definitions, org_units, _data, name, reporter=reporter, period=period
                )
        except UnreadableWorkbook as unreadable:
            return _Seen(_not_read(unreadable.findings))
        if isinstance(read, PlanBook):
            plan = inspect_plan(session, read)
            return _Seen(Inspection(None, (), plan.findings, plan.outcome, ()), plan=plan)
        if not isinstance(read, FormReading):
            return _Seen(_not_read(()), table=read)
        found = inspect_form(
            session, definitions.of(read.period), org_units, read, None,
            data=_data, single_quarters=single,
        )  # fmt: skip
    return _Seen(found)


def _not_read(findings: tuple[Finding, ...]) -> Inspection:
    return Inspection(None, (), findings, Outcome.REJECTED_FILE, ())


def rows_in_sheet(looked: Looked) -> dict[CellAddress, Excerpt]:
    """The rows of the sheet that findings are about, as they were sent."""
    places = drawn_places(looked.findings)
    return _rows_in_sheet(looked.file.digest, places, looked.file.name, looked.file.data)


@st.cache_resource(max_entries=64, show_spinner=False)
def _rows_in_sheet(
    digest: str, places: tuple[CellAddress, ...], name: str, _data: bytes
) -> dict[CellAddress, Excerpt]:
    try:
        return excerpts(_data, places, name)
    except UnreadableWorkbook:
        return {}
