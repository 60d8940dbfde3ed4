"""Who owes which form, and how each stands: read from the memory, judged by ``kpi``.

Screen, command and documents all ask here. Due days come from the one calendar
(``Definitions.window``); an exception that was granted to a reporter moves its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from kpi.completeness import Asked, Report, report
from kpi.definitions import FORM_A, FORM_B, Definitions, OrgUnits
from kpi.forms import rows_of
from kpi.periods import Period
from kpi.plan_years import DefinitionsOf
from store import filings, periods
from store.engine import Session
from store.periods import PeriodException

FORMS = (FORM_A, FORM_B)


def reports(
    session: Session,
    years: DefinitionsOf,
    org_units: OrgUnits,
    wanted: Sequence[Period],
    *,
    today: date,
    as_of: datetime | None = None,
) -> list[Report]:
    """Every reporter at every wanted period: districts in official order, then agencies."""
    sent = filings.filed(session, [period.code for period in wanted], as_of)
    found = []
    for period in wanted:
        granted = _exceptions(session, period, as_of)
        for asked in _asked(years.of(period), org_units, period, granted):
            found.append(report(asked, sent.get((asked.reporter, period.code), ()), today))
    return found


def _asked(
    definitions: Definitions,
    org_units: OrgUnits,
    period: Period,
    granted: dict[str, PeriodException],
) -> Iterator[Asked]:
    units = [unit.code for unit in org_units.districts(period.end)]
    for form, reporters in zip(FORMS, (units, list(definitions.agencies)), strict=True):
        until = definitions.window(form, period).in_time_until
        for reporter in reporters:
            longer = granted.get(reporter)
            excepted = longer is not None and longer.until > until
            yield Asked(
                reporter=reporter,
                form=form,
                period=period,
                expected=len(rows_of(definitions, org_units, reporter, period)),
                until=longer.until if longer is not None and excepted else until,
                excepted=excepted,
            )


def _exceptions(
    session: Session, period: Period, as_of: datetime | None
) -> dict[str, PeriodException]:
    """The newest of each reporter, as far as it had been granted."""
    found: dict[str, PeriodException] = {}
    for one in periods.exceptions(session, period=period.code):
        if as_of is None or one.granted_at <= as_of:
            found.setdefault(one.reporter, one)
    return found
