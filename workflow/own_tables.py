"""Tables of people's own making: proposed, remembered, and read the way they were confirmed.

Loaded only for a file that is none of our forms. A proposal is never read; a table whose
headings this reporter has confirmed before is, and the first finding says by whom and when.
Of several tables in a workbook each is confirmed, or set aside, before any is read. Where
the title contradicts what the sender says, nothing is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi.definitions import Definitions, OrgUnits, Text
from kpi.finding_codes import FindingCode
from kpi.finding_facts import in_both, reporter_name
from kpi.findings import Finding, NotAllowed, Scope, Severity, UnreadableWorkbook
from kpi.forms import form_of
from kpi.layouts import ConfirmedLayout, Found, LayoutMapping
from kpi.local_time import local_date
from kpi.observations import CellAddress
from kpi.periods import Period
from kpi.plan_years import DefinitionsOf
from kpi.submissions import CheckContext, FormReading
from loaders.books import Book
from loaders.layouts.applying import apply
from loaders.layouts.documents import read_mapping, write_mapping
from loaders.layouts.proposals import Proposal
from loaders.layouts.reader import Reader
from loaders.plan_book import PlanBook, read_plan
from loaders.reading_apart import open_safely
from loaders.workbook import digest_of

if TYPE_CHECKING:
    from store.engine import Session

APPLIED = "layout_applied"
UNCONFIRMED = "layout_unconfirmed"
SET_ASIDE = "layout_set_aside"
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
) -> tuple[Proposal, ...] | PlanBook:
    """What each table of a workbook seems to say; nothing is read.

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
) -> tuple[Proposal, ...] | PlanBook:
    """The same for a workbook that has been opened."""
    asked = definitions.of(period if period is not None else "")
    plan = read_plan(book, file_name, digest, asked, org_units)
    if plan is not None:
        own = definitions.of(str(plan.year)) if plan.year else asked
        if own is asked:
            return plan
        return read_plan(book, file_name, digest, own, org_units) or plan
    proposals = Reader(asked, org_units, reporter, period).proposals(book, file_name, digest)
    if not proposals:
        raise UnreadableWorkbook([Finding(FindingCode.NOT_OUR_FORM, scope=Scope.FILE)])
    if period is None or not reporter:
        return proposals
    context = CheckContext(asked, org_units)
    return tuple(
        replace(one, findings=(*_contradictions(one, context, reporter, period), *one.findings))
        for one in proposals
    )


def read_confirmed(
    session: Session | None,
    proposals: Sequence[Proposal],
    definitions: Definitions,
    org_units: OrgUnits,
    period: Period,
) -> FormReading | Proposal:
    """The figures of all tables, if nothing has to be asked; else the first that is open.

    Nothing has to be asked of a table that was confirmed before, nor of our own form without
    its hidden sheet, codes under our headings.
    """
    forms: list[FormReading] = []
    for proposal in proposals:
        confirmed = remembered(session, proposal)
        if confirmed is None and not proposal.certain:
            return proposal
        mapping = confirmed.mapping if confirmed else proposal.mapping()
        form = read_with(mapping, proposal, definitions, org_units, period)
        said = (_applied(confirmed, proposal),) if confirmed else ()
        forms.append(replace(form, findings=(*said, *form.findings)))
    return _together(forms)


def _together(forms: Sequence[FormReading]) -> FormReading:
    """The tables of one file as one report; what concerns the file is said once."""
    first = forms[0]
    findings = [one for form in forms for one in form.findings]
    return replace(
        first,
        readings=tuple(reading for form in forms for reading in form.readings),
        findings=tuple(one for at, one in enumerate(findings) if one not in findings[:at]),
        heading=" | ".join(form.heading for form in forms if form.heading),
    )


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
    facts = {"table": str(proposal.number)}
    waits = Finding(UNCONFIRMED, at=proposal.at, scope=Scope.FILE, facts=facts)
    return (waits, *proposal.findings)


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
    day = local_date(confirmed.confirmed_at).isoformat()
    return Finding(
        SET_ASIDE if confirmed.mapping.set_aside else APPLIED,
        Severity.WARNING,
        proposal.at,
        found=proposal.at.sheet,
        facts={"by": confirmed.confirmed_by, "day": day},
        explanation=f"{confirmed.confirmed_by}, {day}",
    )


def _contradictions(
    proposal: Proposal, context: CheckContext, reporter: str, period: Period
) -> Iterator[Finding]:
    """Where the title names another reporter or period than the sender does."""
    form = form_of(reporter, context.org_units)
    others = [
        one for one in proposal.reporter.candidates if form_of(one, context.org_units) == form
    ]
    if others and reporter not in others:
        yield _other_reporter(proposal.at, others, reporter, context)
    stated = proposal.period.candidates
    sure = proposal.period.found is not Found.SIMILAR
    named = {code if sure else code[:4] for code in stated}
    if named and (period.code if sure else period.code[:4]) not in named:
        yield other_period(stated, period, at=proposal.at)


def _other_reporter(
    at: CellAddress, named: Sequence[str], meant: str, context: CheckContext
) -> Finding:
    names = [reporter_name(one, context) or Text(one, one) for one in named]
    said = Text(", ".join(one.vi for one in names), ", ".join(one.en for one in names))
    facts = in_both("named", said) | in_both(
        "meant", reporter_name(meant, context) or Text(meant, meant)
    )
    return Finding(
        TITLE_DIFFERS, at=at, found=", ".join(named), expected=meant, scope=Scope.FILE, facts=facts
    )


def other_period(named: Sequence[str], meant: Period, *, at: CellAddress | None = None) -> Finding:
    """The file says that it is of another period than its sender does."""
    facts = {"variant": "period", "named_periods": ", ".join(named), "meant_period": meant.code}
    return Finding(
        TITLE_DIFFERS, at=at, found=", ".join(named), expected=meant.code, scope=Scope.FILE,
        facts=facts,
    )  # fmt: skip
