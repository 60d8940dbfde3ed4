"""One door for every workbook: our forms, tables of people's own making, the plan workbook.

``read_any`` says what a file is and, where that is beyond doubt, what it says. A form is
read by its codes; tables that their reporter has confirmed before are read the same way
again; else the first that nobody has confirmed comes back as a ``Proposal``, and no figure
of the file is read.
``read_report`` is the same for whoever can only use figures. What a form does not need is
loaded only for a file that is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi.definitions import OrgUnits
from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Scope, UnreadableWorkbook
from kpi.forms import SCORE_SHEETS
from kpi.periods import Period
from kpi.plan_years import DefinitionsOf
from kpi.submissions import FormReading
from loaders.books import Book
from loaders.reading_apart import open_safely
from loaders.workbook import digest_of, form_in

if TYPE_CHECKING:
    from loaders.layouts.proposals import Proposal
    from loaders.plan_book import PlanBook
    from store.engine import Session

SCORES_NOT_A_REPORT = "score_not_a_report"
NOT_SCORES = "score_no_sheet"


def read_any(
    session: Session | None,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    data: bytes,
    file_name: str,
    *,
    reporter: str | None = None,
    period: Period | None = None,
) -> FormReading | Proposal | PlanBook:
    """What a workbook is and says.

    Args:
        session: None where there is no database: then no table was ever confirmed.
        reporter: who sends it, and
        period: of when it is, as the sender says. A table of one's own is read only if
            both are said; what its title says is merely proposed.

    Raises:
        UnreadableWorkbook: if it is no workbook, or holds no table that could be read.
    """
    book = open_safely(data, file_name)
    file = (file_name, digest_of(data))
    try:
        form = form_in(book, *file)
    except UnreadableWorkbook as unreadable:
        if any(finding.code != FindingCode.NOT_OUR_FORM for finding in unreadable.findings):
            raise
        return _no_form(session, definitions, org_units, book, file, reporter or "", period)
    if form.form in SCORE_SHEETS:
        raise UnreadableWorkbook([Finding(SCORES_NOT_A_REPORT, scope=Scope.FILE)])
    if period is not None and form.period != period.code:
        from workflow.own_tables import other_period

        differs = other_period([form.period], period)
        return replace(form, findings=(differs, *form.findings))
    return form


def read_report(
    session: Session | None,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    data: bytes,
    file_name: str,
    *,
    reporter: str | None = None,
    period: Period | None = None,
) -> FormReading:
    """The figures of a report.

    Raises:
        UnreadableWorkbook: if there are none to be read; also where a table of one's own
            waits to be confirmed.
    """
    read = read_any(
        session, definitions, org_units, data, file_name, reporter=reporter, period=period
    )
    if isinstance(read, FormReading):
        return read
    from loaders.plan_book import PlanBook
    from workflow.own_tables import not_a_report, unconfirmed

    if isinstance(read, PlanBook):
        raise UnreadableWorkbook([not_a_report(read)])
    raise UnreadableWorkbook(unconfirmed(read))


def read_scores(data: bytes, file_name: str) -> FormReading:
    """A sheet of scores, which is no report.

    Raises:
        UnreadableWorkbook: if it is no workbook, or none of that kind.
    """
    refused = UnreadableWorkbook([Finding(NOT_SCORES, scope=Scope.FILE)])
    book = open_safely(data, file_name)
    try:
        form = form_in(book, file_name, digest_of(data))
    except UnreadableWorkbook as unreadable:
        if any(finding.code == FindingCode.NOT_OUR_FORM for finding in unreadable.findings):
            raise refused from unreadable
        raise
    if form.form not in SCORE_SHEETS:
        raise refused
    return form


def _no_form(
    session: Session | None,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    book: Book,
    file: tuple[str, str],
    reporter: str,
    period: Period | None,
) -> FormReading | Proposal | PlanBook:
    from loaders.plan_book import PlanBook
    from workflow.own_tables import propose_for, read_confirmed

    found = propose_for(definitions, org_units, book, *file, reporter=reporter, period=period)
    if isinstance(found, PlanBook):
        return found
    if period is None or not reporter:
        return found[0]
    return read_confirmed(session, found, definitions.of(period), org_units, period)
