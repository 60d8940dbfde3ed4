"""What a workbook holds and what it would change. Nothing is stored.

The screen shows an inspection before anything is sent; ``workflow.submissions.submit``
makes the same one inside its transaction, so that what is stored is what was shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpi.changes import Change, changes
from kpi.checks import check
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Finding, Outcome, UnreadableWorkbook, outcome
from kpi.forms import rows_of
from kpi.history import YEARS_BACK
from kpi.observations import Observation
from kpi.periods import Period
from kpi.plan_years import DefinitionsOf
from kpi.submissions import CheckContext, Earlier, FormReading
from workflow.reading import read_report

if TYPE_CHECKING:
    from store.engine import Session


@dataclass(frozen=True)
class Inspection:
    """What a workbook holds. ``form`` is None when it cannot be read at all."""

    form: FormReading | None
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    outcome: Outcome
    changes: tuple[Change, ...]

    @property
    def unchanged(self) -> bool:
        """The workbook says again what is in force already."""
        return bool(self.changes) and not any(one.differs for one in self.changes)


def inspect(
    session: Session | None,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    data: bytes,
    file_name: str,
    reporter: str | None = None,
    *,
    period: Period | None = None,
    single_quarters: bool = False,
) -> Inspection:
    """Read and check a workbook against what is in force.

    Args:
        session: None where there is no database yet: then nothing is in force.
        reporter: who sends it; None: whoever the file names.
        period: of when it is, as the sender says; needed for a table of one's own only.
        single_quarters: the sender confirms that each figure is the quarter's own.
    """
    try:
        form = read_report(
            session, definitions, org_units, data, file_name, reporter=reporter, period=period
        )
    except UnreadableWorkbook as unreadable:
        return Inspection(None, (), unreadable.findings, outcome(unreadable.findings), ())
    asked = definitions.of(form.period)
    return inspect_form(session, asked, org_units, form, reporter, single_quarters=single_quarters)


def inspect_form(
    session: Session | None,
    definitions: Definitions,
    org_units: OrgUnits,
    form: FormReading,
    reporter: str | None,
    *,
    data: bytes = b"",
    single_quarters: bool = False,
) -> Inspection:
    """The same for a workbook that has been read; ``data`` are its bytes."""
    context = CheckContext(
        definitions, org_units, reporter=reporter, single_quarters=single_quarters
    )
    if session is not None:
        context = _informed(context, session, form)
        context = replace(context, older_than=_newer_one(session, form, data))
    stated, findings = check(form, context)
    would_change = changes(stated, context.in_force)
    return Inspection(form, tuple(stated), tuple(findings), outcome(findings), would_change)


def differences(session: Session, number: int) -> tuple[Change, ...]:
    """What a stored submission states beside what is in force: what approving would change."""
    from store import lookups, observations

    stated = observations.stated_by(session, number)
    in_force = lookups.known(
        session,
        indicators={one.indicator for one in stated},
        org_units={one.org_unit for one in stated},
        periods={one.period.code for one in stated},
    )
    return changes(stated, in_force)


def _informed(context: CheckContext, session: Session, form: FormReading) -> CheckContext:
    """The context with all that is known of the form's figures, their past and their peers."""
    # A file can be checked before there is a database; half a second is then saved.
    from store import lookups, targets
    from store.comparators import comparators

    try:
        period = Period.parse(form.period)
    except ValueError:
        return context
    rows = rows_of(context.definitions, context.org_units, form.reporter, period)
    indicators = {row.indicator.id for row in rows}
    units = {row.org_unit.code for row in rows}
    peers = {unit.code for unit in context.org_units.districts(period.end)} - units
    years = range(period.year - YEARS_BACK, period.year + 1)
    return replace(
        context,
        in_force=lookups.known(
            session, indicators=indicators, org_units=units, periods=_codes(years[-2:])
        ),
        comparators=comparators(
            session, indicators, of=(units, _codes(years)), peers=(peers, _codes(years[-2:]))
        ),
        targets={
            (one.indicator, one.org_unit): one
            for one in targets.in_force(session, period.year, period.end)
        },
    )


def _newer_one(session: Session, form: FormReading, data: bytes) -> Earlier | None:
    """The submission in force or under way that is newer than this file, if there is one.

    These bytes were sent before it, or its workbook was saved later by its own word.
    """
    from loaders.saved_at import saved_at
    from store import submissions

    latest = submissions.latest(session, form.reporter, form.period, standing=True)
    if latest is None or latest.file_digest == form.digest:
        return None
    sent = submissions.listed(session, reporter=form.reporter, period=form.period)
    again = any(one.file_digest == form.digest for one in sent)
    if not again:
        own = saved_at(data)
        theirs = own and saved_at(submissions.file_content(session, latest.file_digest) or b"")
        if not own or not theirs or own >= theirs:
            return None
    return Earlier(latest.revision, latest.submitted_at, again)


def _codes(years: Iterable[int]) -> list[str]:
    """Every period of some years, the years themselves included."""
    return [Period(year, quarter).code for year in years for quarter in range(5)]
