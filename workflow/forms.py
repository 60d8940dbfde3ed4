"""The form a reporter downloads: plan and last figures filled in, the input cells empty.

Not an act, since it changes nothing; it stands here because it needs both the store
and the template.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kpi.definitions import Definitions, Indicator, OrgUnits
from kpi.forms import rows_of
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Target
from loaders.template import write_form

if TYPE_CHECKING:
    from store.engine import Session


def blank_form(
    session: Session | None,
    definitions: Definitions,
    org_units: OrgUnits,
    reporter: str,
    period: Period,
    *,
    stated: Iterable[Target] = (),
) -> bytes:
    """The form of ``reporter`` for ``period`` as the bytes of an ``.xlsx``.

    Args:
        session: None where there is no database yet: then the plan is what ``stated``
            says, and no earlier figure is known.

    Raises:
        ValueError: if nothing is asked of that reporter at that period.
    """
    targets = stated if session is None else _in_force(session, period)
    return write_form(
        definitions,
        org_units,
        reporter,
        period,
        targets={(t.indicator, t.org_unit): t for t in targets if t.year == period.year},
        previous={}
        if session is None
        else _previous(session, definitions, org_units, reporter, period),
    )


def _in_force(session: Session, period: Period) -> list[Target]:
    from store import targets

    return targets.in_force(session, period.year, period.end)


def _previous(
    session: Session, definitions: Definitions, org_units: OrgUnits, reporter: str, period: Period
) -> dict[tuple[str, str], Known]:
    from store import lookups

    wanted = {
        (row.indicator.id, row.org_unit.code, before.code)
        for row in rows_of(definitions, org_units, reporter, period)
        for before in (_asked_before(row.indicator, row.period),)
    }
    known = lookups.known(
        session,
        indicators={indicator for indicator, _, _ in wanted},
        org_units={unit for _, unit, _ in wanted},
        periods={code for _, _, code in wanted},
    )
    return {key[:2]: value for key, value in known.items() if key in wanted}


def _asked_before(indicator: Indicator, period: Period) -> Period:
    """The period this figure was asked for just before ``period``."""
    before = period.previous()
    while not (indicator.annual or indicator.is_asked_at(before.quarter)):
        before = before.previous()
    return before
