"""Tables of people's own making: proposed, remembered, and read the way they were confirmed.

Loaded only for a file that is none of our forms. A proposal is never read; a table whose
headings this reporter has confirmed before is, and the first finding says by whom and when.
Where the title contradicts what the sender says, nothing is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi.definitions import Definitions, OrgUnits
from kpi.finding_codes import FindingCode
from kpi.findings import Finding, NotAllowed, Scope, Severity, UnreadableWorkbook
from kpi.forms import form_of
from kpi.layouts import ConfirmedLayout, Found, LayoutMapping
from kpi.periods import Period
from kpi.plan_years import DefinitionsOf
from kpi.submissions import FormReading
from loaders.books import Book
from loaders.layouts.applying import apply
from loaders.layouts.documents import read_mapping, write_mapping
from loaders.layouts.proposals import Proposal, Reader
from loaders.plan_book import PlanBook, read_plan
from loaders.reading_apart import open_safely
from loaders.workbook import digest_of

if TYPE_CHECKING:
    from store.engine import Session

APPLIED = "layout_applied"
UNCONFIRMED = "layout_unconfirmed"
TITLE_DIFFERS = "layout_title_differs"
PLAN_NOT_A_REPORT = "plan_not_a_report"


def propose(
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    data: bytes,
    file_name: str,
    *,
    reporter: str = "",
    period: Period | None = None,
) -> Proposal | PlanBook:
    """What the first table of a workbook seems to say; nothing is read.

    Raises:
        UnreadableWorkbook: if it is no workbook, or holds no table that could be read.
    """
    book = open_safely(data, file_name)
    return propose_for(
        definitions, org_units, book, file_name, digest_of(data), reporter=reporter, period=period
    )


def propose_for(
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    book: Book,
    file_name: str,
    digest: str,
    *,
    reporter: str = "",
    period: Period | None = None,
) -> Proposal | PlanBook:
    """The same for a workbook that has been opened."""
    asked = definitions.of(period if period is not None else "")
    plan = read_plan(book, file_name, digest, asked, org_units)
    if plan is not None:
        return plan
    proposal = Reader(asked, org_units, reporter, period).propose(book, file_name, digest)
    if proposal is None:
        raise UnreadableWorkbook([Finding(FindingCode.NOT_OUR_FORM, scope=Scope.FILE)])
    if period is None or not reporter:
        return proposal
    differing = tuple(_contradictions(proposal, org_units, reporter, period))
    return replace(proposal, findings=(*differing, *proposal.findings))


def read_confirmed(
    session: Session | None,
    proposal: Proposal,
    definitions: Definitions,
    org_units: OrgUnits,
    period: Period,
) -> FormReading | None:
    """The figures, if nothing has to be asked: the table was confirmed before, or it is our
    own form without its hidden sheet, codes under our headings. Else None."""
    confirmed = remembered(session, proposal)
    if confirmed is not None:
        form = read_with(confirmed.mapping, proposal, definitions, org_units, period)
        return replace(form, findings=(_applied(confirmed, proposal), *form.findings))
    if proposal.certain:
        return read_with(proposal.mapping(), proposal, definitions, org_units, period)
    return None


def read_with(
    mapping: LayoutMapping,
    proposal: Proposal,
    definitions: Definitions,
    org_units: OrgUnits,
    period: Period,
) -> FormReading:
    """A proposal's file read by a mapping: what would be stored once it is confirmed."""
    return apply(
        mapping, Reader(definitions, org_units, mapping.reporter, period), proposal, period
    )


def remembered(session: Session | None, proposal: Proposal) -> ConfirmedLayout | None:
    """How the proposal's reporter has such a table read, if that was ever said."""
    if session is None or not proposal.given_reporter:
        return None
    from store import layouts

    return layouts.in_force(session, proposal.given_reporter, proposal.fingerprint, proposal.title)


def unconfirmed(proposal: Proposal) -> tuple[Finding, ...]:
    """Why a proposal's figures are not read, as findings of the file."""
    at = proposal.table.heads[0].at
    return (Finding(UNCONFIRMED, at=at, scope=Scope.FILE), *proposal.findings)


def not_a_report(plan: PlanBook) -> Finding:
    return Finding(PLAN_NOT_A_REPORT, found=plan.decision, scope=Scope.FILE)


def mapping_file(proposal: Proposal) -> str:
    """The proposal as a file to be edited; the reporter is the one who was named."""
    return write_mapping(proposal, proposal.given_reporter)


def answered(proposal: Proposal, text: str) -> LayoutMapping:
    """What an edited mapping file says about the proposal's table.

    Raises:
        NotAllowed: if it is no mapping, or one of another table or reporter.
    """
    mapping = read_mapping(text)
    if mapping.fingerprint != proposal.fingerprint:
        raise NotAllowed("mapping_of_another_table", subject=mapping.reporter)
    if proposal.given_reporter and mapping.reporter != proposal.given_reporter:
        raise NotAllowed("mapping_of_another_reporter", subject=mapping.reporter)
    return proposal.completed(mapping)


def _applied(confirmed: ConfirmedLayout, proposal: Proposal) -> Finding:
    """Says who confirmed it when; that is its explanation, nobody has to type another."""
    day = confirmed.confirmed_at.date().isoformat()
    return Finding(
        APPLIED,
        Severity.WARNING,
        proposal.table.heads[0].at,
        facts={"by": confirmed.confirmed_by, "day": day},
        explanation=f"{confirmed.confirmed_by}, {day}",
    )


def _contradictions(
    proposal: Proposal, org_units: OrgUnits, reporter: str, period: Period
) -> Iterator[Finding]:
    """Where the title names another reporter or period than the sender does."""
    form = form_of(reporter, org_units)
    others = [one for one in proposal.reporter.candidates if form_of(one, org_units) == form]
    if others and reporter not in others:
        yield title_differs(", ".join(others), reporter)
    stated = proposal.period.candidates
    sure = proposal.period.found is not Found.SIMILAR
    named = {code if sure else code[:4] for code in stated}
    if named and (period.code if sure else period.code[:4]) not in named:
        yield title_differs(", ".join(stated), period.code)


def title_differs(found: str, expected: str) -> Finding:
    return Finding(TITLE_DIFFERS, found=found, expected=expected, scope=Scope.FILE)
