"""What a workbook holds and what it would change. Nothing is stored.

The screen shows an inspection before anything is sent; ``workflow.submissions.submit``
makes the same one inside its transaction, so that what is stored is what was shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi.changes import Change, changes
from kpi.checks import check
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Finding, Outcome, UnreadableWorkbook, outcome
from kpi.forms import rows_of
from kpi.observations import Known, Observation
from kpi.periods import Period
from kpi.submissions import CheckContext, FormReading
from loaders.workbook import read_form

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


def inspect(
    session: Session | None,
    definitions: Definitions,
    org_units: OrgUnits,
    data: bytes,
    file_name: str,
    reporter: str | None = None,
) -> Inspection:
    """Read and check a workbook against what is in force.

    Args:
        session: None where there is no database yet: then nothing is in force.
        reporter: who sends it; None: whoever the file names.
    """
    try:
        form = read_form(data, file_name)
    except UnreadableWorkbook as unreadable:
        return Inspection(None, (), unreadable.findings, outcome(unreadable.findings), ())
    return inspect_form(session, definitions, org_units, form, reporter)


def inspect_form(
    session: Session | None,
    definitions: Definitions,
    org_units: OrgUnits,
    form: FormReading,
    reporter: str | None,
) -> Inspection:
    """The same for a workbook that has been read."""
    in_force = {} if session is None else _in_force(session, definitions, org_units, form)
    context = CheckContext(definitions, org_units, in_force, reporter)
    stated, findings = check(form, context)
    would_change = changes(stated, in_force)
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


def _in_force(
    session: Session, definitions: Definitions, org_units: OrgUnits, form: FormReading
) -> dict[tuple[str, str, str], Known]:
    """What is known of the form's figures, this year and the year before."""
    # A file can be checked before there is a database; half a second is then saved.
    from store import lookups

    try:
        period = Period.parse(form.period)
    except ValueError:
        return {}
    rows = rows_of(definitions, org_units, form.reporter, period)
    years = (period.year - 1, period.year)
    return lookups.known(
        session,
        indicators={row.indicator.id for row in rows},
        org_units={row.org_unit.code for row in rows},
        periods=[Period(year, quarter).code for year in years for quarter in range(5)],
    )
